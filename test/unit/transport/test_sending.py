"""One exchange: urllib3's errors told as failures, redirects, and bodies that cannot be read."""

from __future__ import annotations

import http.client
import math
import socket
import ssl
import traceback
from typing import Any

import pytest
import urllib3
from support.clock import FrozenClock
from support.wire import WireServer, answer, hang_up, raw, stall

import openapi_client as oc
from openapi_client import Failure, Reply
from openapi_client._policy.timeouts import Limits
from openapi_client._transport import sending
from openapi_client._transport.connections import Outgoing
from openapi_client._transport.exchange import Headers, Request
from openapi_client._transport.sending import Urllib3Transport, failure_of

Timeouts = urllib3.exceptions
LIMITS = Limits(total=9.0, connect=2.0, read=3.0)


def outgoing(*, sent: bool = False, reused: bool = False) -> Outgoing:
    """Headers of a request that has got so far."""
    found = Outgoing()
    found.sent, found.reused = sent, reused
    return found


def protocol(error: BaseException) -> Any:
    return Timeouts.ProtocolError("Connection aborted.", error)


@pytest.mark.parametrize(
    ("error", "sent", "limits", "phase", "reason"),
    [
        (TimeoutError(), False, LIMITS, "connect", "no connection to http://a within 2 seconds (connect timeout)"),
        (TimeoutError(), True, LIMITS, "read", "no complete answer within 3 seconds (read timeout)"),
        (TimeoutError(), True, Limits(2.5, 5.0, None), "read", "no complete answer within 2.5 seconds (read timeout)"),
        (TimeoutError(), False, Limits(1.0, 5.0), "connect", "no connection to http://a within 1 seconds"),
        (TimeoutError(), True, Limits(None, None, None), "read", "within nan seconds"),
        (Timeouts.ReadTimeoutError(None, "", "late"), True, LIMITS, "read", "no complete answer"),  # type: ignore[arg-type]
        (Timeouts.ConnectTimeoutError("late"), False, LIMITS, "connect", "no connection to http://a"),
        (protocol(TimeoutError()), True, LIMITS, "read", "no complete answer within 3 seconds"),
        (Timeouts.ProxyError("proxy", TimeoutError()), False, LIMITS, "connect", "no connection to http://a"),
    ],
)
def test_time_limits(error: BaseException, sent: bool, limits: Limits, phase: str | None, reason: str) -> None:
    """A time limit is told with its seconds, the step it is for, and whether the request had left."""
    failure = failure_of(error, outgoing(sent=sent), limits, "http://a")
    assert reason in failure.reason
    assert (failure.sent, failure.phase, failure.cause) == (sent, phase, error)
    assert failure.error is (oc.TransportException if phase is None else oc.RequestTimeoutException)


@pytest.mark.parametrize(
    ("error", "reused", "stale"),
    [
        (protocol(ConnectionResetError("reset")), True, True),
        (protocol(http.client.RemoteDisconnected("gone")), True, True),
        (BrokenPipeError("pipe"), True, True),
        (protocol(ConnectionResetError("reset")), False, False),
        (protocol(http.client.BadStatusLine("x")), True, False),
        (protocol(ssl.SSLError("ssl")), True, False),
        (Timeouts.ProtocolError("alone"), True, False),
        (ssl.SSLEOFError("eof"), True, False),
        (ValueError("no"), True, False),
    ],
)
def test_stale_connections(error: BaseException, reused: bool, stale: bool) -> None:
    """A connection is stale when it has served before and the server has closed it."""
    failure = failure_of(error, outgoing(sent=True, reused=reused), LIMITS)
    assert (failure.is_stale, failure.sent, failure.error) == (stale, True, oc.TransportException)
    assert failure.cause is error


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<urllib3.connection.HTTPConnection object at 0x7f00>: refused", "NewConnectionError: refused (http://a)"),
        ("HTTPConnection(host='a', port=1): refused", "NewConnectionError: refused (http://a)"),
        ("_Plain(host='a'): refused", "NewConnectionError: refused (http://a)"),
        ("refused: by (somebody): else", "NewConnectionError: refused: by (somebody): else (http://a)"),
    ],
)
def test_messages_without_objects(text: str, shown: str) -> None:
    """The ``repr`` of urllib3's objects is cut off; where nothing was sent, the message names the origin."""

    class NewConnectionError(Timeouts.HTTPError):
        pass

    failure = failure_of(NewConnectionError(text), outgoing(), LIMITS, "http://a")
    assert failure.reason == shown
    failure = failure_of(NewConnectionError(text), outgoing(sent=True), LIMITS, "http://a")
    assert failure.reason == shown.removesuffix(" (http://a)")


def test_a_refused_connection_is_no_time_limit() -> None:
    """urllib3's error for a refused connection is one for a time limit by inheritance only."""
    error = Timeouts.NewConnectionError(None, "refused")  # type: ignore[arg-type]
    failure = failure_of(error, outgoing(), LIMITS, "http://a")
    assert (failure.error, failure.phase) == (oc.TransportException, None)


def deep(depth: int) -> Any:
    """An error that was raised from another one, and so on."""
    error: Any = None
    for index in range(depth):
        try:
            raise OSError(f"error {index}") from error
        except OSError as caught:
            error = caught
    return error


def test_frames_are_dropped() -> None:
    """The frames below, which hold the request, are not kept: neither of the error nor of what is inside it."""
    inner, outer = deep(1), deep(5)
    error = Timeouts.ProxyError("proxy", inner)
    error.__cause__ = outer
    wrapped = protocol(deep(1))
    failure_of(error, outgoing(), LIMITS)
    failure_of(wrapped, outgoing(), LIMITS)
    assert inner.__traceback__ is None
    assert wrapped.args[1].__traceback__ is None
    found: Any = error
    count = 0
    while found is not None:
        assert found.__traceback__ is None
        found, count = found.__cause__, count + 1
    assert count == 6
    assert "deep" not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize("length", [3, 200_000])
def test_an_answer_that_is_cut_off(length: int) -> None:
    """An answer that ends before its length is no answer, however it is read."""
    with WireServer([raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n{}" % length)]) as server:
        failure = send(server)
    assert isinstance(failure, Failure)
    assert (failure.sent, failure.status) == (True, None)


@pytest.mark.parametrize("field", [b"Content-Length: 2, 2", b"Transfer-Encoding: gzip, chunked"])
def test_an_end_that_is_not_understood(field: bytes) -> None:
    """Where Python and urllib3 differ about the end of an answer, it is none."""
    with WireServer([raw(b"HTTP/1.1 200 OK\r\n" + field + b"\r\n\r\n{}")]) as server:
        failure = send(server)
    assert isinstance(failure, Failure)
    assert failure.reason == "the answer's Content-Length or Transfer-Encoding is not understood"


def test_a_chain_that_never_ends() -> None:
    """A chain of errors that goes in a circle is looked at no further than twenty times."""
    error = OSError("circle")
    other = OSError("other")
    error.__context__, other.__context__ = other, error
    assert failure_of(error, outgoing(), LIMITS).cause is error


def send(server: WireServer, method: str = "GET", *, limits: Limits = LIMITS, **changes: Any) -> Any:
    """One exchange with a server."""
    settings = changes.pop("settings", {})
    transport = Urllib3Transport(oc.Configuration(**settings))
    try:
        return transport.send(Request(method, f"{server.url}/first?a=b", Headers(), **changes), limits)
    finally:
        transport.close()


MOVED = {"Location": "/second"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_redirects(status: int, method: str) -> None:
    """GET and HEAD follow every kind of redirect within the origin, as what they are."""
    with WireServer([answer(status, b"", MOVED), answer(200, b"body")]) as server:
        reply = send(server, method)
        assert (reply.status, reply.body) == (200, b"body" if method == "GET" else b"")
    assert [(request.method, request.target) for request in server.requests] == [
        (method, "/first?a=b"),
        (method, "/second"),
    ]


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_no_redirects(status: int) -> None:
    """Other statuses are no redirects, whatever their headers say."""
    with WireServer([answer(status, b"", MOVED)]) as server:
        assert send(server).status == status
        assert len(server.requests) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_what_is_not_redirected(method: str) -> None:
    """Nothing but GET and HEAD follows."""
    with WireServer([answer(307, b"", MOVED)]) as server:
        assert send(server, method).status == 307
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "location", ["", "http://127.0.0.1:1/", "https://127.0.0.1/", "//elsewhere.example/", "http://[", "ftp://a"]
)
def test_targets_that_are_not_followed(location: str) -> None:
    """Another origin, or no URL at all, is not gone to."""
    with WireServer([answer(302, b"", {"Location": location})]) as server:
        assert send(server).status == 302
        assert len(server.requests) == 1


def test_so_many_redirects() -> None:
    """Five redirects are followed; the sixth is the answer."""
    with WireServer([*[answer(302, b"", MOVED)] * 5, answer(200)]) as server:
        assert send(server).status == 200
    with WireServer([answer(302, b"", MOVED)]) as server:
        assert send(server).status == 302
        assert len(server.requests) == 6


def test_a_target_relative_to_the_last_one() -> None:
    """Each redirect is relative to where the last one led."""
    steps = [answer(302, b"", {"Location": "/a/b/c"}), answer(302, b"", {"Location": "../d?e=f"}), answer(200)]
    with WireServer(steps) as server:
        send(server)
    assert [request.target for request in server.requests] == ["/first?a=b", "/a/b/c", "/a/d?e=f"]


@pytest.mark.parametrize(("taken", "requests"), [(4.0, 2), (5.0, 1)])
def test_redirects_share_the_total(taken: float, requests: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All redirects together have the total; when it is over, none is followed."""
    clock = FrozenClock()
    monkeypatch.setattr(sending, "SYSTEM", clock)

    def slow(request: Any) -> bool:
        clock.sleep(taken)
        return answer(302, b"", MOVED)(request)

    with WireServer([slow, answer(200)]) as server:
        outcome = send(server, limits=Limits(total=5.0, connect=5.0, read=None))
        assert len(server.requests) == requests
    if requests == 1:
        assert isinstance(outcome, Failure)
        assert (outcome.phase, outcome.sent, outcome.error) == ("read", True, oc.RequestTimeoutException)
        assert outcome.reason == "no complete answer within 5 seconds (read timeout)"
    else:
        assert outcome.status == 200


def test_the_rest_of_the_total_is_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a redirect has left of the total limits the next exchange."""
    clock = FrozenClock()
    monkeypatch.setattr(sending, "SYSTEM", clock)

    def slow(request: Any) -> bool:
        clock.sleep(4.9)
        return answer(302, b"", MOVED)(request)

    with WireServer([slow, stall]) as server:
        outcome = send(server, limits=Limits(total=5.0, connect=5.0, read=None))
    assert isinstance(outcome, Failure)
    assert "within 0.1 seconds" in outcome.reason


def test_an_unread_answer() -> None:
    """With ``preload`` off a success is given unread; anything else is read."""
    with WireServer([answer(200, b"body"), answer(404, b"gone")]) as server:
        reply = send(server, preload=False)
        assert (reply.status, reply.body, reply.reason) == (200, b"", "Reason")
        assert reply.raw.read() == b"body"
        reply.raw.release_conn()
        reply = send(server, preload=False)
        assert (reply.status, reply.body) == (404, b"gone")


@pytest.mark.parametrize("status", [199 + 1, 299, 300, 404, 500])
def test_a_body_that_breaks_off(status: int) -> None:
    """A success whose body breaks off is a failure with its headers; of an error the status alone tells enough."""
    with WireServer([answer(status, b"{", {"X-Y": "z"}, length=100)]) as server:
        outcome = send(server)
    assert outcome.headers["x-y"] == "z"
    if status < 300:
        assert isinstance(outcome, Failure)
        assert (outcome.sent, outcome.error, outcome.is_stale) == (True, oc.TransportException, False)
    else:
        assert isinstance(outcome, Reply)
        assert (outcome.status, outcome.reason) == (status, "Reason")
        assert outcome.body.startswith(b"(the body could not be read: ")
        assert outcome.raw is not None


@pytest.mark.parametrize("status", [200, 400])
def test_a_body_that_is_too_large(status: int) -> None:
    """The limit of the configuration holds for every answer."""
    with WireServer([answer(status, b"x" * 101), answer(status, b"x" * 100)]) as server:
        settings = {"max_response_bytes": 100}
        outcome = send(server, settings=settings)
        if status == 200:
            assert isinstance(outcome, Failure)
            assert (outcome.error, outcome.status) == (oc.DecodeException, 200)
        else:
            assert b"larger than 100 bytes" in outcome.body
        assert send(server, settings=settings).body == b"x" * 100


def test_a_connection_with_a_rest_is_not_used_again() -> None:
    """After a body that was not read to its end the next request has a connection of its own."""
    transport = Urllib3Transport(oc.Configuration(max_response_bytes=100))
    with WireServer([answer(500, b"x" * 200_000), answer(200, b"body")]) as server:
        request = Request("GET", server.url, Headers())
        assert isinstance(transport.send(request, LIMITS), Reply)
        reply = transport.send(request, LIMITS)
        assert isinstance(reply, Reply)
        assert reply.body == b"body"
        transport.close()
        assert server.connections == 2


def test_what_is_sent() -> None:
    """Method, target, headers and body go out as they are given."""
    with WireServer([answer(200)]) as server:
        transport = Urllib3Transport(oc.Configuration())
        transport.send(Request("POST", server.url + "/a%20b?c=d", Headers({"X-Own": "1"}), b"body"), LIMITS)
        transport.close()
    (request,) = server.requests
    assert (request.method, request.target, request.body) == ("POST", "/a%20b?c=d", b"body")
    assert (request.headers["x-own"], request.headers["host"]) == ("1", server.url.partition("://")[2])


@pytest.mark.parametrize(
    ("step", "limits", "phase"),
    [(stall, Limits(0.1, 5.0, None), "read"), (stall, Limits(None, 5.0, 0.1), "read")],
)
def test_limits_on_the_wire(step: Any, limits: Limits, phase: str) -> None:
    """Total and read limit end a wait for an answer."""
    with WireServer([step]) as server:
        outcome = send(server, limits=limits)
    assert isinstance(outcome, Failure)
    assert (outcome.phase, outcome.sent, outcome.error) == (phase, True, oc.RequestTimeoutException)
    assert "within 0.1 seconds" in outcome.reason


def test_errors_on_the_wire() -> None:
    """A connection that is refused was not used; one that ends, or talks nonsense, was."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    transport = Urllib3Transport(oc.Configuration())
    outcome = transport.send(Request("GET", url + "/", Headers()), LIMITS)
    assert isinstance(outcome, Failure)
    assert (outcome.sent, outcome.phase) == (False, None)
    assert outcome.reason.endswith(f"({url})")
    for step in (hang_up, raw(b"nonsense\r\n\r\n")):
        with WireServer([step]) as server:
            outcome = send(server)
        assert isinstance(outcome, Failure)
        assert (outcome.sent, outcome.error, outcome.is_stale) == (True, oc.TransportException, False)


def test_settings_that_cannot_be_used_are_raised() -> None:
    """A wrong setting is an error of the caller's, not a failure of the network."""
    transport = Urllib3Transport(oc.Configuration(ssl_ca_cert="/nowhere.pem"))
    with pytest.raises(oc.ApiValueError, match="ssl_ca_cert"):
        transport.send(Request("GET", "https://127.0.0.1:1/", Headers()), LIMITS)


def test_seconds_of_no_limit() -> None:
    """Where there is no limit there are no seconds to tell."""
    failure = failure_of(TimeoutError(), outgoing(), Limits(None, None, None), "http://a")
    assert "within nan seconds" in failure.reason
    assert math.isnan(float(failure.reason.split()[-4]))


def test_the_parts_of_a_reply() -> None:
    """A reply has all that the server said, and the response that it came in."""
    with WireServer([answer(203, b"body", {"X-Y": "z"}, reason="Told By Another")]) as server:
        reply = send(server)
    assert (reply.status, reply.body, reply.headers["X-y"], reply.reason) == (203, b"body", "z", "Told By Another")
    assert isinstance(reply.raw, urllib3.HTTPResponse)


def test_a_body_that_stalls() -> None:
    """A body that does not come is told with the limit that it broke."""
    with WireServer([raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody", close=False), stall]) as server:
        outcome = send(server, limits=Limits(0.1, 5.0, None))
    assert isinstance(outcome, Failure)
    assert "no complete answer within 0.1 seconds" in outcome.reason
    assert outcome.cause is not None


@pytest.mark.parametrize(("status", "read"), [(200, False), (299, False), (300, True), (199 + 200, True)])
def test_what_is_left_unread(status: int, read: bool) -> None:
    """Only a success is left unread, with its headers."""
    with WireServer([answer(status, b"body", {"X-Y": "z"})]) as server:
        reply = send(server, preload=False)
    assert reply.body == (b"body" if read else b"")
    assert reply.headers["x-y"] == "z"


@pytest.mark.parametrize(
    ("limits", "within"),
    [
        (Limits(9.0, 2.0, 3.0), 9.0),
        (Limits(None, 2.0, 3.0), 3.0),
        (Limits(9.0, 2.0, None), 9.0),
        (Limits(None, 2.0, None), None),
    ],
)
def test_time_to_send(limits: Limits, within: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sending may take the total, or without one the time to read."""
    seen: list[float | None] = []

    class Noting(Outgoing):
        def __setattr__(self, name: str, value: Any) -> None:
            if name == "send_within":
                seen.append(value)
            super().__setattr__(name, value)

    monkeypatch.setattr(sending, "Outgoing", Noting)
    with WireServer([answer(200)]) as server:
        assert send(server, limits=limits).status == 200
    assert seen == [within]


@pytest.mark.parametrize(("extra", "connections"), [(0, 1), (500_000, 2)])
def test_large_redirects(extra: int, connections: int) -> None:
    """Of a redirect some kilobytes are read; beyond that its connection is given up, and it is followed."""
    body = b"x" * (sending._LONGEST_REDIRECT + extra)
    with WireServer([answer(302, body, MOVED), answer(200, b"body")]) as server:
        assert send(server).body == b"body"
        assert server.connections == connections


def test_a_small_limit_holds_for_redirects() -> None:
    """A limit of the configuration that is smaller than that for redirects holds."""
    with WireServer([answer(302, b"x" * 500_000, MOVED), answer(200, b"body")]) as server:
        assert send(server, settings={"max_response_bytes": 100}).body == b"body"
        assert server.connections == 2


def test_errors_may_be_large() -> None:
    """What holds for redirects does not hold for other answers."""
    body = b"x" * (sending._LONGEST_REDIRECT + 1)
    with WireServer([answer(404, body), answer(200, body)]) as server:
        assert send(server).body == body
        assert send(server).body == body


def test_kinds_of_failures() -> None:
    """What is no time limit is a failure of the transport."""
    assert failure_of(ValueError("x"), outgoing(), LIMITS).error is oc.TransportException
    assert failure_of(ValueError("x"), outgoing(), LIMITS).reason == "ValueError: x ()"


def test_what_is_inside_an_error_has_no_frames() -> None:
    """urllib3 keeps the error of a proxy as an attribute, which has frames, too."""

    class Wrapping(Timeouts.HTTPError):
        def __init__(self, original_error: BaseException) -> None:
            super().__init__("wrapped")
            self.original_error = original_error

    inner = deep(1)
    failure_of(Wrapping(inner), outgoing(), LIMITS)
    assert inner.__traceback__ is None


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("http://a/b://c", ("http://a", "/b://c")),
        ("http://a?b=c?d", ("http://a", "/?b=c?d")),
    ],
)
def test_odd_urls(url: str, parts: tuple[str, str]) -> None:
    """The first slash after the host begins the path, or the first question mark."""
    assert sending.split(url) == parts
