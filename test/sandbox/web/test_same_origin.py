"""Which hosts are believed: a page whose name was made to lead to this machine may neither read nor steer."""

from __future__ import annotations

import socket

import pytest

from openapi_client.sandbox.web.same_origin import host_name

TIMEOUT_SECONDS = 20


def status_of(sandbox, *lines):
    """Send a request as it is written, and return the status of the answer."""
    address = ("127.0.0.1", int(sandbox.url.rpartition(":")[2]))
    with socket.create_connection(address, TIMEOUT_SECONDS) as client:
        client.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))
        return int(client.makefile("rb").readline().split()[1])


STATE = "GET /_sandbox/state HTTP/1.1"


@pytest.mark.parametrize(
    "host",
    [
        "a_b.evil.example",
        "a!b.evil.example",
        "a~b.evil.example",
        "a%62.evil.example",
        "%65vil.example",
        "evil.example.",
        "evil.localhost.example",
        "localhost.evil.example:80",
        "notlocalhost.",
        "evil..localhost",
        ".localhost",
        "-.localhost",
        "",
        " ",
        ":80",
        "localhost:65536",
        "localhost:8o",
        "localhost:80:80",
        "local host",
        "localhost,evil.example",
        "localhost/evil.example",
        "evil.example#localhost",
        "user@localhost",
        "[::1",
        "::1",
        "[evil.example]",
        "[::1%25eth0]",
        "[1.2.3.4]",
        "127.0.0.1.",
        "127.1.evil",
        "l\xf6calhost",
    ],
)
def test_an_odd_or_public_host_is_refused(sandbox, host):
    """What is empty, malformed or a public name is not believed, whatever characters it holds."""
    assert status_of(sandbox, STATE, f"Host: {host}") in (400, 403)


@pytest.mark.parametrize("path", ["/", "/_sandbox/requests", "/_sandbox/static/inspector.js", "/%5Fsandbox/state"])
def test_every_way_to_the_page_and_the_records_is_guarded(sandbox, path):
    """However the path is spelled."""
    assert status_of(sandbox, f"GET {path} HTTP/1.1", "Host: a_b.evil.example") == 403


def test_a_request_has_one_host(sandbox):
    """None, or a second one that could be the true one, is refused."""
    assert status_of(sandbox, "GET /_sandbox/state HTTP/1.0") == 403
    assert status_of(sandbox, STATE, "Host: localhost", "Host: evil.example") in (400, 403)
    assert status_of(sandbox, STATE, "Host: localhost", "Host: localhost") in (400, 403)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("http://localhost:4711/_sandbox/state", 200),
        ("http://evil.example/_sandbox/state", 403),
        ("http://a_b.evil.example/_sandbox/state", 403),
        ("http://evil.example@localhost/_sandbox/state", 403),
        ("//evil.example/_sandbox/state", 404),
        ("_sandbox/state", 403),
    ],
)
def test_the_host_of_a_whole_url_counts(sandbox, target, status):
    """A URL as the target takes the place of the header."""
    assert status_of(sandbox, f"GET {target} HTTP/1.1", "Host: localhost") == status


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:4711", "localhost"),
        ("localhost.:4711", "localhost"),
        ("app.localhost.", "app.localhost"),
        ("localhost:", "localhost"),
        ("my_sandbox:8080", "my_sandbox"),
        ("10.0.0.7", "10.0.0.7"),
        ("[::1]:80", "::1"),
        ("[::FFFF:127.0.0.1]", "::ffff:127.0.0.1"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_a_host_is_read_as_browsers_send_it(host, name):
    """Without port and brackets, in lower case."""
    assert host_name(host) == name


@pytest.mark.parametrize("host", ["localhost.", "app.localhost.:80", "my_sandbox", "[::1]:80", "[fe80::1]"])
def test_local_names_are_good(sandbox, host):
    """An IP address, ``localhost`` with and without its dot, and the name of a container."""
    assert status_of(sandbox, STATE, f"Host: {host}") == 200


def test_the_name_it_listens_on_is_good(sandbox_with, monkeypatch):
    """Whoever started it has chosen that name, which may have dots."""
    lookup = socket.getaddrinfo
    known = {"buildbox.corp.example": "127.0.0.1"}
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: lookup(known.get(host, host), *rest, **more))
    sandbox = sandbox_with(host="buildbox.corp.example")
    assert sandbox.url.startswith("http://buildbox.corp.example:")
    assert status_of(sandbox, STATE, "Host: BuildBox.corp.example:80") == 200
    assert status_of(sandbox, STATE, "Host: other.corp.example") == 403
