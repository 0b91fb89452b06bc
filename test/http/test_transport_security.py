"""TLS, redirects, proxies and hosts: who gets to see what."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from support.clock import QuickClock
from support.faults import NUMBER, RUN, TOKEN, create, get
from support.wire import WireServer, answer

import openapi_client as oc

OK = answer(200, RUN)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def trusted(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file with the authority's certificate."""
    path = tmp_path_factory.mktemp("tls") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def server_context(authority: trustme.CA, *names: str, **options: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(names or ("127.0.0.1",)), **options).configure_cert(context)
    return context


def call(url: str, act: Any = get, **settings: Any) -> Any:
    configuration = oc.Configuration(
        host=url, **{"access_token": TOKEN, "clock": QuickClock(), "retries": 0, **settings}
    )
    with oc.ApiClient(configuration) as client:
        return act(oc.JournalRunsApi(client))


def test_trusted_server(authority: trustme.CA, trusted: str) -> None:
    """A certificate of a trusted authority is accepted."""
    with WireServer([OK], server_context(authority)) as server:
        assert call(server.url, ssl_ca_cert=trusted) == NUMBER


def test_unknown_authority(authority: trustme.CA) -> None:
    """By default only certifi's authorities are trusted, and no request leaves."""
    with WireServer([OK], server_context(authority)) as server, pytest.raises(oc.TransportException) as caught:
        call(server.url)
    assert "certificate" in str(caught.value).lower()
    assert not caught.value.sent
    assert server.requests == []


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"])
def test_certificates_of_the_environment(
    authority: trustme.CA, trusted: str, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With ``trust_env`` the environment says which authorities are trusted; without it certifi does."""
    for each in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(each, raising=False)
    if name == "SSL_CERT_DIR":
        # OpenSSL finds a certificate in a folder by the hash of its subject.
        subject = f"{subject_hash(trusted)}.0"
        (tmp_path / subject).write_bytes(Path(trusted).read_bytes())
    monkeypatch.setenv(name, str(tmp_path) if name == "SSL_CERT_DIR" else trusted)
    with WireServer([OK], server_context(authority)) as server:
        assert call(server.url, trust_env=True, no_proxy="*") == NUMBER
        with pytest.raises(oc.TransportException):
            call(server.url)


def subject_hash(certificate: str) -> str:
    """How OpenSSL calls the file of a certificate."""
    command = ["openssl", "x509", "-hash", "-noout", "-in", certificate]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()


def test_a_bundle_that_is_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting that led to an unusable file is named."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with pytest.raises(oc.ApiValueError, match=r"`trust_env`.*cannot be used"):
        call("https://127.0.0.1:9", trust_env=True, no_proxy="*")


def test_certificates_of_the_system(authority: trustme.CA) -> None:
    """Truststore judges a certificate by what the system trusts, which a test's own authority is not."""
    with WireServer([OK], server_context(authority)) as server, pytest.raises(oc.TransportException) as caught:
        call(server.url, use_truststore=True)
    assert "certificate" in str(caught.value).lower()
    assert server.requests == []


def test_truststore_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package, the message says how to get it."""
    monkeypatch.setitem(sys.modules, "truststore", None)
    with pytest.raises(oc.ApiValueError, match=r"pip install 'zuora-journal-runs\[truststore\]'"):
        call("https://127.0.0.1:9", use_truststore=True)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, (True, True)),
        ({"socket_options": []}, (False, False)),
        ({"socket_options": [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]}, (True, False)),
    ],
)
def test_socket_options(settings: dict[str, Any], expected: tuple[bool, bool]) -> None:
    """A connection is kept alive through firewalls, and sends small requests at once, unless it is to be otherwise."""
    with WireServer([OK]) as server:
        configuration = oc.Configuration(host=server.url, access_token=TOKEN, **settings)
        with oc.ApiClient(configuration) as client:
            response = oc.JournalRunsApi(client).get_journal_run(NUMBER, _preload_content=False)
            sock = response.connection.sock if hasattr(response, "connection") else response._connection.sock
            keeps = sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            is_quick = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            response.read()
            response.release_conn()
    assert (bool(keeps), bool(is_quick)) == expected


def test_a_certificate_does_not_heal(authority: trustme.CA) -> None:
    """It is not asked for again, nor is that worth another call; the message names the settings that help."""
    with WireServer([OK], server_context(authority)) as server, pytest.raises(oc.TransportException) as caught:
        call(server.url, retries=3)
    assert (caught.value.attempts, caught.value.is_retryable, caught.value.is_lasting) == (1, False, True)
    assert "ssl_ca_cert" in str(caught.value)
    assert "trust_env=True" in str(caught.value)


def test_a_name_that_does_not_match_does_not_heal(authority: trustme.CA, trusted: str) -> None:
    """Neither does a certificate for another host."""
    with (
        WireServer([OK], server_context(authority, "elsewhere.example")) as server,
        pytest.raises(oc.TransportException) as caught,
    ):
        call(server.url, ssl_ca_cert=trusted, retries=3)
    assert (caught.value.attempts, caught.value.is_retryable) == (1, False)


def test_an_answer_that_is_not_tls() -> None:
    """A host without a scheme means https, which a plain server does not speak: that is said, and not tried again."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            with listener.accept()[0] as sock:
                sock.recv(100)
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=refuse, daemon=True)
        thread.start()
        with pytest.raises(oc.TransportException) as caught:
            call(f"127.0.0.1:{listener.getsockname()[1]}", retries=3)
        thread.join(10)
    assert (caught.value.attempts, caught.value.is_retryable) == (1, False)
    assert "write http:// in host" in str(caught.value)


@pytest.mark.parametrize(
    ("host", "settings", "expected"),
    [
        ("https://nonexistent.invalid", {}, "check the name in host"),
        ("http://127.0.0.1:9", {}, "check host and its port"),
        ("http://nonexistent.invalid", {"proxy": "http://127.0.0.1:9"}, "check proxy"),
    ],
)
def test_what_could_not_be_reached(host: str, settings: dict[str, Any], expected: str) -> None:
    """The message says which setting to look at; another call may succeed."""
    with pytest.raises(oc.TransportException) as caught:
        call(host, **settings)
    assert expected in str(caught.value)
    assert caught.value.is_retryable


def test_wrong_name(authority: trustme.CA, trusted: str) -> None:
    """A certificate for another name is refused, unless that name is the one expected."""
    with WireServer([OK], server_context(authority, "elsewhere.example")) as server:
        with pytest.raises(oc.TransportException):
            call(server.url, ssl_ca_cert=trusted)
        assert call(server.url, ssl_ca_cert=trusted, assert_hostname="elsewhere.example") == NUMBER
        assert call(server.url, ssl_ca_cert=trusted, assert_hostname=False) == NUMBER


def test_verification_off(authority: trustme.CA, caplog: pytest.LogCaptureFixture) -> None:
    """``verify_ssl=False`` takes any certificate; a log record says so once."""
    with WireServer([OK], server_context(authority)) as server:
        assert call(server.url, lambda api: [get(api), get(api)], verify_ssl=False) == [NUMBER, NUMBER]
    assert [record.message for record in caplog.records].count(
        "TLS certificates are not verified, because verify_ssl is off"
    ) == 1


def test_own_context(authority: trustme.CA) -> None:
    """A context of the caller's is used as it is."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    with WireServer([OK], server_context(authority, "localhost")) as server:
        assert call(f"https://localhost:{server.port}", ssl_context=context) == NUMBER


def test_client_certificate(authority: trustme.CA, trusted: str, tmp_path: Path) -> None:
    """A server that wants a client certificate gets it."""
    context = server_context(authority)
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    own = authority.issue_cert("client@example.org")
    cert, key = tmp_path / "client.pem", tmp_path / "client.key"
    own.cert_chain_pems[0].write_to_path(str(cert))
    own.private_key_pem.write_to_path(str(key))
    with WireServer([OK], context) as server:
        assert call(server.url, ssl_ca_cert=trusted, cert_file=str(cert), key_file=str(key)) == NUMBER
        with pytest.raises(oc.TransportException):
            call(server.url, ssl_ca_cert=trusted)


def test_old_tls(authority: trustme.CA, trusted: str) -> None:
    """TLS below 1.2 is refused."""
    context = server_context(authority)
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with WireServer([OK], context) as server, pytest.raises(oc.TransportException):
        call(server.url, ssl_ca_cert=trusted)


@pytest.mark.parametrize("name", ["ssl_ca_cert", "cert_file"])
def test_unusable_file(name: str, tmp_path: Path) -> None:
    """A certificate file that is none is an error of the setting."""
    path = tmp_path / "none.pem"
    path.write_text("no certificate")
    with pytest.raises(oc.ApiValueError, match=name):
        call("https://127.0.0.1:1", **{name: str(path)})


def test_plain_server_behind_https(trusted: str) -> None:
    """A server that does not speak TLS gets no request."""
    with WireServer([OK]) as server, pytest.raises(oc.TransportException) as caught:
        call(server.url.replace("http:", "https:"), ssl_ca_cert=trusted)
    assert not caught.value.sent


def test_corrupt_record_never_repeats_a_keyless_create(authority: trustme.CA, trusted: str) -> None:
    """A broken TLS record after the request was sent makes one run, not four."""

    def corrupt(request: Any) -> bool:
        with socket.socket(fileno=request.sock.detach()) as plain:
            plain.sendall(b"\x17\x03\x03\x00\x20" + b"x" * 32)
        return False

    with WireServer([corrupt], server_context(authority)) as server, pytest.raises(oc.TransportException) as caught:
        call(
            server.url,
            lambda api: api.create_journal_run(
                {"journalEntryDate": "2026-01-01", "transactionTypes": []}, idempotency_key=None
            ),
            ssl_ca_cert=trusted,
            retries=3,
        )
    assert len(server.requests) == 1
    assert caught.value.outcome_unknown


def test_one_context_for_all_connections(authority: trustme.CA, trusted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authorities are loaded once a client, not once a connection."""
    loads = []
    original = ssl.SSLContext.load_verify_locations

    def counting(self: ssl.SSLContext, *args: Any, **kwargs: Any) -> None:
        loads.append(args)
        original(self, *args, **kwargs)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", counting)
    with WireServer([answer(200, RUN, close=True)], server_context(authority)) as server:
        with oc.ApiClient(oc.Configuration(host=server.url, ssl_ca_cert=trusted)) as client:
            for _ in range(5):
                get(oc.JournalRunsApi(client))
        assert server.connections == 5
    assert len(loads) == 1


def test_credentials_stay_at_home() -> None:
    """Neither a redirect nor ``_host`` takes credentials to another origin."""
    with WireServer([OK]) as other, WireServer([answer(307, b"", {"Location": f"{other.url}/x"})]) as home:
        with pytest.raises(oc.ApiException):
            call(home.url)
        assert other.requests == []
        configuration = oc.Configuration(host=home.url, access_token=TOKEN)
        with oc.ApiClient(configuration) as client:
            client.call_api("/x", "GET", response_type="object", auth_settings=[], _host=other.url)
        assert "authorization" not in other.requests[0].headers


def test_redirect_keeps_the_post_at_home() -> None:
    """A create that is redirected goes nowhere else, neither as POST nor as GET."""
    with WireServer([OK]) as other, WireServer([answer(303, b"", {"Location": f"{other.url}/x"})]) as home:
        with pytest.raises(oc.ApiException):
            call(home.url, create)
        assert other.requests == []
        assert [request.method for request in home.requests] == ["POST"]


def test_host_without_scheme() -> None:
    """A bare host name is reached by TLS, never in the clear."""
    configuration = oc.Configuration(host="rest.zuora.com/")
    assert configuration.host == "rest.zuora.com/"
    assert configuration.base_url == "https://rest.zuora.com"
    configuration.host = "http://localhost"
    assert configuration.base_url == "http://localhost"


class Proxy:
    """Forwards CONNECT tunnels, and answers absolute requests itself."""

    def __init__(self) -> None:
        self.heads: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._socks: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._socks:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self._socks.append(sock)
                thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, sock: socket.socket) -> None:
        sock.settimeout(10)
        with sock, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += sock.recv(4096)
            self.heads.append(head.decode("latin-1"))
            if not head.startswith(b"CONNECT"):
                sock.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{"number": "JR-00000001" }')
                return
            host, _, port = head.split()[1].decode().partition(":")
            with socket.create_connection((host, int(port)), 10) as target:
                sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=self._pump, args=(target, sock), daemon=True)
                back.start()
                self._pump(sock, target)
                back.join(10)

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    running = Proxy()
    yield running
    running.close()


def test_proxy_for_http(proxy: Proxy) -> None:
    """A plain request goes to the proxy as an absolute URL."""
    assert call("http://zuora.invalid", proxy=f"http://127.0.0.1:{proxy.port}") == NUMBER
    assert proxy.heads[0].startswith("GET http://zuora.invalid/v1/journal-runs/JR-00000001 HTTP/1.1")


def test_proxy_for_https(proxy: Proxy, authority: trustme.CA, trusted: str) -> None:
    """A TLS request is tunnelled; the proxy sees its own credentials and never the token."""
    with WireServer([OK], server_context(authority)) as server:
        settings = {"proxy": f"http://us%40er:pass@127.0.0.1:{proxy.port}", "proxy_headers": {"X-Team": "close"}}
        assert call(server.url, ssl_ca_cert=trusted, **settings) == NUMBER
    head = proxy.heads[0].lower()
    assert head.startswith(f"connect 127.0.0.1:{server.port}")
    pair = base64.b64encode(b"us@er:pass").decode().lower()
    assert f"proxy-authorization: basic {pair}" in head
    assert "x-team: close" in head
    assert TOKEN.lower() not in head
    assert "proxy-authorization" not in server.requests[0].headers


def test_no_proxy(proxy: Proxy) -> None:
    """Hosts of ``no_proxy`` are reached directly."""
    with WireServer([OK]) as server:
        assert call(server.url, proxy=f"http://127.0.0.1:{proxy.port}", no_proxy="127.0.0.1") == NUMBER
    assert proxy.heads == []


def test_environment_is_ignored(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxy variables count only with ``trust_env``."""
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with WireServer([OK]) as server:
        assert call(server.url) == NUMBER
        assert proxy.heads == []
        assert call(server.url, trust_env=True) == NUMBER
    assert len(proxy.heads) == 1


def test_proxy_that_refuses(proxy: Proxy) -> None:
    """A dead proxy is a transport error that shows no password, and the request was not sent."""
    dead = socket.create_server(("127.0.0.1", 0))
    port = dead.getsockname()[1]
    dead.close()
    with pytest.raises(oc.TransportException) as caught:
        call("https://zuora.invalid", proxy=f"http://user:hush@127.0.0.1:{port}")
    assert "hush" not in str(caught.value)
    assert not caught.value.sent
