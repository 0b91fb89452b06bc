"""Time limits hold, whatever the stage; none of these tests looks at how long it took."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from typing import Any

import pytest
import urllib3
from support.clients import client_for, client_in_real_time
from support.faults import NUMBER, REQUEST, RUN
from support.wire import PATIENCE, Request, WireServer, answer, stall

import openapi_client as oc

OK = answer(200, RUN)


def test_redirects_share_the_total(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each redirect has what is left of the total, not the whole of it."""
    given: list[float] = []
    urlopen = urllib3.HTTPConnectionPool.urlopen

    def noted(self: Any, *args: Any, **options: Any) -> Any:
        given.append(options["timeout"].total)
        return urlopen(self, *args, **options)

    monkeypatch.setattr(urllib3.HTTPConnectionPool, "urlopen", noted)
    hop = answer(302, b"", {"Location": "/again"})
    with WireServer([hop, hop, OK]) as server, client_in_real_time(server, retries=0) as client:
        oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=9)
    assert 9 >= given[0] > given[1] > given[2]


def test_slow_redirects_end() -> None:
    """Redirects that each take a while are not followed beyond the total."""

    def slow(request: Request) -> bool:
        request.server.is_closed.wait(0.15)
        return answer(302, b"", {"Location": "/again"})(request)

    with WireServer([slow]) as server, client_in_real_time(server, retries=0) as client:
        with pytest.raises(oc.RequestTimeoutException):
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=0.4)
        assert len(server.requests) < 5


def test_slow_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is not resolved in time is a time limit of the connection: nothing was sent."""
    resolve, asked, done = socket.getaddrinfo, [], threading.Event()

    def slow(host: str, port: int, family: int = 0, kind: int = 0, proto: int = 0, flags: int = 0) -> Any:
        if flags & socket.AI_NUMERICHOST:
            return resolve(host, port, family, kind, proto, flags)
        asked.append(host)
        done.wait(PATIENCE)
        return resolve("127.0.0.1", port, family, kind)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with oc.ApiClient(oc.Configuration(host="http://slow.invalid", retries=0)) as client:
        with pytest.raises(oc.RequestTimeoutException) as caught:
            oc.JournalRunsApi(client).create_journal_run(REQUEST, idempotency_key=None, _request_timeout=0.3)
    done.set()
    assert (caught.value.phase, caught.value.sent, caught.value.outcome_unknown) == ("connect", False, False)
    assert asked == ["slow.invalid"]


def test_names_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One connection asks the resolver for its name once."""
    resolve, asked = socket.getaddrinfo, []

    def counted(host: str, port: int, family: int = 0, kind: int = 0, proto: int = 0, flags: int = 0) -> Any:
        if not flags & socket.AI_NUMERICHOST and host == "zuora.invalid":
            asked.append(host)
            host = "127.0.0.1"
        return resolve(host, port, family, kind, proto, flags)

    monkeypatch.setattr(socket, "getaddrinfo", counted)
    with WireServer([OK]) as server:
        with oc.ApiClient(oc.Configuration(host=f"http://zuora.invalid:{server.port}")) as client:
            for _ in range(3):
                oc.JournalRunsApi(client).get_journal_run(NUMBER)
    assert asked == ["zuora.invalid"]


def test_proxy_that_takes_its_time() -> None:
    """CONNECT counts towards the time to connect, and nothing is sent after it has passed."""

    def connected_late(request: Request) -> bool:
        request.server.is_closed.wait(0.6)
        request.sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return stall(request)

    with WireServer([connected_late]) as proxy:
        settings = {"host": "https://127.0.0.1:1", "proxy": proxy.url, "retries": 0}
        with oc.ApiClient(oc.Configuration(**settings)) as client:
            with pytest.raises(oc.RequestTimeoutException) as caught:
                oc.JournalRunsApi(client).create_journal_run(REQUEST, idempotency_key=None, _request_timeout=0.4)
    assert (caught.value.phase, caught.value.sent, caught.value.outcome_unknown) == ("connect", False, False)
    assert [request.method for request in proxy.requests] == ["CONNECT"]


def test_upload_that_is_steady_but_slow() -> None:
    """Sending has more time than connecting; a server that reads slowly is not cut off."""
    big = {**REQUEST, "accountingPeriodName": "x" * 40_000_000}

    def greet(sock: socket.socket) -> bool:
        threading.Event().wait(0.5)
        return True

    with WireServer([answer(200, {"journalRunNumber": NUMBER, "success": True})], greet=greet) as server:
        with client_for(server, retries=0, timeout=(0.2, 20)) as client:
            assert oc.JournalRunsApi(client).create_journal_run(big).journal_run_number == NUMBER


def test_upload_that_gets_stuck() -> None:
    """A time limit while sending is a time limit, and the outcome is unknown."""
    big = {**REQUEST, "accountingPeriodName": "x" * 60_000_000}
    over = threading.Event()

    def greet(sock: socket.socket) -> bool:
        over.wait(PATIENCE)
        return False

    with WireServer([OK], greet=greet) as server, client_for(server, retries=0, timeout=(1, 0.3)) as client:
        with pytest.raises(oc.RequestTimeoutException) as caught:
            oc.JournalRunsApi(client).create_journal_run(big)
        over.set()
    assert (caught.value.sent, caught.value.outcome_unknown) == (True, True)


def test_many_tiny_members_of_gzip() -> None:
    """A body of 100,000 tiny gzip members is inflated in one pass."""
    text = json.dumps(RUN).encode()
    tiny = b"".join(gzip.compress(bytes([char])) for char in text)
    filler = gzip.compress(b" ") * 100_000
    with WireServer([answer(200, tiny + filler, {"Content-Encoding": "gzip"})]) as server, client_for(server) as client:
        assert oc.JournalRunsApi(client).get_journal_run(NUMBER).number == NUMBER


def test_pair_reaches_the_token_request() -> None:
    """The limits for connection and answer hold for the request of a token as well."""
    settings = {"client_id": "the-id", "client_secret": "the-secret", "retries": 0}
    with WireServer([stall]) as server, client_in_real_time(server, **settings) as client:
        with pytest.raises(oc.RequestTimeoutException) as caught:
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=(5, 0.3))
        assert [request.target for request in server.requests] == ["/oauth/token"]
    assert (caught.value.phase, caught.value.outcome_unknown) == ("token", False)


def test_wait_with_a_pair() -> None:
    """The time for a wait binds each look, also when the limits of a look are given as a pair."""
    with WireServer([stall]) as server, client_in_real_time(server, retries=0) as client:
        with pytest.raises(oc.RequestTimeoutException):
            oc.JournalRunsApi(client).wait_for_journal_run(NUMBER, timeout=0.5, _request_timeout=(5, PATIENCE * 100))


@pytest.mark.parametrize("longest", [0.0, 0.02])
def test_longest_wait_caps_our_own_backoff(longest: float) -> None:
    """A short ``longest_wait`` shortens our own waits; it refuses none."""
    policy = oc.RetryPolicy(longest_wait=longest)
    with WireServer([answer(503), answer(503), answer(503), OK] * 5) as server:
        with client_for(server, retries=policy) as client:
            for _ in range(5):
                assert oc.JournalRunsApi(client).get_journal_run(NUMBER).number == NUMBER


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "utf-7", "utf7", "hex"])
def test_charset_that_takes_its_time(charset: str) -> None:
    """A body in a charset that is no plain one is refused, without decoding it."""
    headers = {"Content-Type": f"application/json; charset={charset}"}
    with WireServer([answer(200, b"x" * 4_000_000, headers)]) as server, client_for(server) as client:
        with pytest.raises(oc.DecodeException, match="unknown charset"):
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=PATIENCE)


PLAIN = "utf-8 UTF8 utf-16 utf_16_le utf-32be latin-1 iso-8859-15 us-ascii cp1252 windows-1251 koi8-r gbk big5"


@pytest.mark.parametrize("charset", PLAIN.split())
def test_plain_charsets(charset: str) -> None:
    """The charsets that people use are understood."""
    headers = {"Content-Type": f"application/json; charset={charset}"}
    body = json.dumps(RUN).encode(charset)
    with WireServer([answer(200, body, headers)]) as server, client_for(server) as client:
        assert oc.JournalRunsApi(client).get_journal_run(NUMBER).number == NUMBER
