"""Connections: what is left of the time at each read, and a full measure of it for the next request."""

from __future__ import annotations

import http.client
import io
import queue
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from support.clock import FrozenClock
from support.faults import RUN
from support.wire import WireServer, answer, hang_up, raw

from openapi_client._transport import connections
from openapi_client._transport.connections import Outgoing, _DeadlineReader, _Idle, _Plain


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FrozenClock:
    """The clock of the connections, which stands still."""
    clock = FrozenClock()
    monkeypatch.setattr(connections, "SYSTEM", clock)
    return clock


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two connected sockets."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_each_read_gets_what_is_left(clock: FrozenClock, pair: Any) -> None:
    """Before each read the socket's timeout becomes what is left of the whole, and then nothing is."""
    ours, theirs = pair
    theirs.sendall(b"abc")
    ours.settimeout(5.0)
    reader = _DeadlineReader(ours.makefile("rb", buffering=0), ours, 5.0)
    timeouts = []
    for _ in range(3):
        assert reader.readinto(bytearray(1)) == 1
        timeouts.append(ours.gettimeout())
        clock.sleep(2.0)
    assert timeouts == [5.0, 3.0, 1.0]
    with pytest.raises(TimeoutError, match=r"^timed out$"):
        reader.readinto(bytearray(1))


def test_an_answer_has_one_limit(clock: FrozenClock, pair: Any) -> None:
    """What its head has taken is missing for its body."""
    ours, theirs = pair
    ours.settimeout(5.0)
    theirs.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
    response = connections._Response(ours, method="GET")
    response.begin()
    clock.sleep(2.0)
    theirs.sendall(b"{}")
    assert (response.read(), ours.gettimeout()) == (b"{}", 3.0)
    response.close()


def test_a_moment_is_not_told(clock: FrozenClock, pair: Any) -> None:
    """The socket hears of what is left only where it makes a difference, and those differences do not add up."""
    ours, theirs = pair
    theirs.sendall(b"abcd")
    ours.settimeout(5.0)
    reader = _DeadlineReader(ours.makefile("rb", buffering=0), ours, 5.0)
    timeouts = []
    for _ in range(4):
        assert reader.readinto(bytearray(1)) == 1
        timeouts.append(ours.gettimeout())
        clock.sleep(0.004)
    assert timeouts == [5.0, 5.0, 5.0, pytest.approx(4.988)]


def test_no_time_at_all_is_too_late(clock: FrozenClock, pair: Any) -> None:
    """When exactly nothing is left, nothing is read: a timeout of zero would mean not to wait."""
    ours, theirs = pair
    theirs.sendall(b"abc")
    reader = _DeadlineReader(ours.makefile("rb", buffering=0), ours, 5.0)
    clock.sleep(5.0)
    with pytest.raises(TimeoutError):
        reader.readinto(bytearray(1))


def test_a_reader_reads_and_closes(pair: Any) -> None:
    """The reader is a raw file, and closes the one below it."""
    ours, _ = pair
    below = ours.makefile("rb", buffering=0)
    reader = _DeadlineReader(below, ours, 5.0)
    assert reader.readable()
    reader.close()
    assert reader.closed
    assert below.closed


def test_a_reused_connection_has_its_full_time() -> None:
    """Sending the next request has the whole timeout, not what the last answer had left."""
    seen = []

    def chunks(conn: Any) -> Iterator[bytes]:
        seen.append(conn.sock.gettimeout())
        yield b"{}"

    with WireServer([answer(200, RUN)]) as server:
        conn = _Plain("127.0.0.1", server.port, timeout=5.0)
        for _ in range(3):
            conn.request("POST", "/", body=chunks(conn), headers={"Content-Length": "2"})
            assert conn.getresponse().read() is not None
            conn.sock.settimeout(0.001)
        conn.close()
    assert seen[1:] == [5.0, 5.0]


def test_what_follows_a_connection_has_what_is_left(clock: FrozenClock) -> None:
    """TLS, or a proxy's answer, has the rest of the time to connect."""
    with WireServer([answer(200, RUN)]) as server:
        conn = _Plain("127.0.0.1", server.port, timeout=5.0)
        conn.connect()
        assert conn.sock.gettimeout() == 5.0
        conn.close()


def test_without_a_timeout_nothing_is_limited() -> None:
    """A connection without a timeout waits as long as it takes."""
    with WireServer([answer(200, RUN)]) as server:
        conn = _Plain("127.0.0.1", server.port, timeout=None)
        for _ in range(2):
            conn.request("GET", "/")
            assert conn.getresponse().read() is not None
            assert conn.sock.gettimeout() is None
        conn.close()


def test_what_is_known_of_the_departure() -> None:
    """A request knows whether it has left, and whether its connection has served another one before."""
    with WireServer([answer(200, RUN)]) as server:
        conn = _Plain("127.0.0.1", server.port, timeout=5.0)
        facts = []
        for index in range(3):
            outgoing = Outgoing({"Accept": "*/*"})
            assert (outgoing.sent, outgoing.reused) == (False, False)
            conn.request("GET", "/", headers=outgoing)
            facts.append((outgoing.sent, outgoing.reused))
            assert conn.getresponse().read() is not None
            if index == 1:
                conn.close()
        conn.close()
    assert facts == [(True, False), (True, True), (True, False)]


@pytest.mark.parametrize("lets_in", [True, False])
def test_a_tunnel_is_not_the_request(lets_in: bool) -> None:
    """The bytes that ask a proxy for a tunnel are not the request, which leaves once the tunnel is there."""
    steps = [raw(b"HTTP/1.1 200 OK\r\n\r\n", close=False), answer(200, RUN)] if lets_in else [hang_up]
    with WireServer(steps) as proxy:
        conn, outgoing = _Plain("127.0.0.1", proxy.port, timeout=5.0), Outgoing()
        conn.set_tunnel("zuora.invalid", 443)
        if lets_in:
            conn.request("GET", "/", headers=outgoing)
            assert conn.getresponse().status == 200
        else:
            with pytest.raises(OSError, match=r"closed|aborted|reset"):
                conn.request("GET", "/", headers=outgoing)
        conn.close()
    assert proxy.requests[0].method == "CONNECT"
    assert outgoing.sent is lets_in


def test_a_refused_connection_sends_nothing() -> None:
    """Where nobody listens, nothing has left."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    conn, outgoing = _Plain("127.0.0.1", port, timeout=5.0), Outgoing()
    with pytest.raises(Exception, match="refused"):
        conn.request("GET", "/", headers=outgoing)
    assert not outgoing.sent


def test_headers_travel_as_they_are() -> None:
    """A copy of the headers is the headers themselves, so that what is noted in it is not lost."""
    outgoing = Outgoing({"A": "b"})
    assert outgoing.copy() is outgoing


def addresses(*hosts: str) -> Any:
    """A resolver that gives these addresses."""

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        found = hosts if host == "several.example" else (host,)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    return getaddrinfo


def test_the_second_address_has_the_rest_of_the_time(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """All addresses of a host share one connect timeout."""
    monkeypatch.setattr(socket, "getaddrinfo", addresses("127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3"))
    tried = []

    class Trying(connections._Departing):
        _dns_host, port, timeout = "several.example", 80, 5.0

    class Below:
        def _new_conn(self: Any) -> Any:
            tried.append((self._dns_host, self.timeout))
            clock.sleep(2.0)
            raise connections.urllib3.exceptions.NewConnectionError(self, "refused")

    conn = type("Conn", (Trying, Below), {})()
    with pytest.raises(connections.urllib3.exceptions.NewConnectionError):
        conn._new_conn()
    assert tried == [("127.0.0.1", 5.0), ("127.0.0.2", 3.0), ("127.0.0.3", 1.0)]
    assert (conn._dns_host, conn.timeout) == ("several.example", 5.0)


def test_no_further_address_when_the_time_is_over(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the time is over, the next address is not tried."""
    monkeypatch.setattr(socket, "getaddrinfo", addresses("127.0.0.1", "127.0.0.2"))
    tried = []

    class Below:
        def _new_conn(self: Any) -> Any:
            tried.append(self._dns_host)
            clock.sleep(5.0)
            raise connections.urllib3.exceptions.NewConnectionError(self, "refused")

    conn = type("Conn", (connections._Departing, Below), {"_dns_host": "several.example", "timeout": 5.0})()
    with pytest.raises(connections.urllib3.exceptions.NewConnectionError):
        conn._new_conn()
    assert tried == ["127.0.0.1"]


def test_the_second_address_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host whose first address refuses is reached at the second one."""
    monkeypatch.setattr(socket, "getaddrinfo", addresses("127.0.0.2", "127.0.0.1"))
    with WireServer([answer(200, RUN)]) as server:
        conn = _Plain("several.example", server.port, timeout=5.0)
        conn.request("GET", "/")
        assert conn.getresponse().status == 200
        conn.close()
    assert server.requests[0].headers["host"] == f"several.example:{server.port}"


@pytest.mark.parametrize("count", [100, 101])
def test_interim_answers(count: int) -> None:
    """Interim answers are skipped, and so many of them are no answer any more."""

    def step(request: Any) -> bool:
        request.sock.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * (count - 1))
        request.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        return True

    with WireServer([step]) as server:
        conn = _Plain("127.0.0.1", server.port, timeout=5.0)
        conn.request("GET", "/")
        if count <= 100:
            assert conn.getresponse().status == 200
        else:
            with pytest.raises(Exception, match="more than 100 interim answers"):
                conn.getresponse()
        conn.close()


def test_equipped() -> None:
    """A pool manager is given our connections for both schemes."""
    manager = connections.equip(connections.urllib3.PoolManager())
    assert manager.connection_from_url("http://a.example").ConnectionCls is _Plain
    assert issubclass(manager.connection_from_url("https://a.example").ConnectionCls, connections._Secure)
    assert isinstance(_DeadlineReader(io.BytesIO(), None, 1.0), io.RawIOBase)


def test_idle_connections() -> None:
    """They are kept up to a number, the latest is used first, and nobody waits for one."""
    idle = _Idle(2)
    with pytest.raises(queue.Empty):
        idle.get()
    idle.put("first")
    idle.put("second", block=False)
    with pytest.raises(queue.Full):
        idle.put("third")
    assert idle.qsize() == 2
    assert [idle.get(block=False, timeout=None), idle.get()] == ["second", "first"]


def test_an_answer_within_the_timeout(clock: FrozenClock) -> None:
    """All of an answer has the timeout of the socket, from the moment it is waited for."""
    with WireServer([raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", close=False)]) as server:
        sock = socket.create_connection(("127.0.0.1", server.port), timeout=5.0)
        sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
        response = connections._Response(sock, method="GET")
        response.begin()
        assert response.read(3) == b"abc"
        clock.sleep(5.0)
        with pytest.raises(TimeoutError, match="timed out"):
            response.read(2)
        response.close()
        sock.close()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_method_decides_about_the_body(method: str) -> None:
    """The answer to a HEAD has no body, whatever its headers say."""
    with WireServer([answer(200, b"body")]) as server:
        sock = socket.create_connection(("127.0.0.1", server.port), timeout=5.0)
        sock.sendall(f"{method} / HTTP/1.1\r\n\r\n".encode())
        response = connections._Response(sock, method=method)
        response.begin()
        assert response.read() == (b"" if method == "HEAD" else b"body")
        response.close()
        sock.close()


def ended(data: bytes) -> bool:
    """Whether a connection on which this arrived has been ended by the one that read it."""
    with WireServer([raw(data, close=False)]) as server:
        sock = socket.create_connection(("127.0.0.1", server.port), timeout=5.0)
        sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
        response = connections._Response(sock, method="GET")
        response.begin()
        response.read()
        response.close()
        try:
            sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
        except OSError:
            return True
        finally:
            sock.close()
    return False


GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD, False),
        (b"HTTP/1.1 102 Processing\r\n\r\n" + GOOD, False),
        (b"HTTP/1.1 199 Whatever\r\n\r\n" + GOOD, False),
        (GOOD + b"x", True),
        (GOOD + GOOD, True),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", True),
        (b"HTTP/1.1 204 No Content\r\n\r\n", False),
        (b"HTTP/1.1 204 No Content\r\n\r\nx", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nx", True),
    ],
)
def test_a_connection_is_ended_when_more_arrived(data: bytes, expected: bool) -> None:
    """A connection that brought more than the answer serves nobody else; interim answers are part of the answer."""
    assert ended(data) is expected


def test_a_switch_of_protocols_is_no_interim_answer() -> None:
    """What comes after a 101 is not the answer."""
    with WireServer([raw(b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + GOOD, close=False)]) as server:
        conn = _Plain("127.0.0.1", server.port, timeout=5.0)
        conn.request("GET", "/")
        assert conn.getresponse().status == 101
        conn.close()


@pytest.mark.parametrize(
    ("line", "size"),
    [
        (b"a\r\n", 10),
        (b"0A\n", 10),
        (b"1f \t;name=value\r\n", 31),
        (b"F" * 16 + b"\r\n", 0xFFFFFFFFFFFFFFFF),
        (b"F" * 17 + b"\r\n", None),
        (b"-1\r\n", None),
        (b"0x1\r\n", None),
        (b"1_0\r\n", None),
        (b"+1\r\n", None),
        (b" 1\r\n", None),
        (b"\r\n", None),
        (b"", None),
        (b"1;" + b"x" * 4092 + b"\r\n", 1),
        (b"1;" + b"x" * 4094 + b"\r\n", None),
    ],
)
def test_sizes_of_chunks(line: bytes, size: int | None, pair: Any) -> None:
    """A size is hexadecimal digits, and nothing that Python would take for a number besides."""
    ours, theirs = pair
    response = connections._Response(ours, method="GET")
    theirs.sendall(line)
    theirs.shutdown(socket.SHUT_WR)
    if size is None:
        with pytest.raises(http.client.HTTPException, match=r"^the size of a chunk is no number$"):
            response._read_next_chunk_size()
    else:
        assert response._read_next_chunk_size() == size
    response.close()


def test_a_proxy_that_says_too_much() -> None:
    """A proxy that sends more than its answer to CONNECT is not spoken to."""
    with WireServer([raw(b"HTTP/1.1 200 OK\r\n\r\nmore", close=False)]) as proxy:
        conn, outgoing = _Plain("127.0.0.1", proxy.port, timeout=5.0), Outgoing()
        conn.set_tunnel("zuora.invalid", 443)
        with pytest.raises(http.client.HTTPException, match=r"^the proxy sent more than its answer to CONNECT$"):
            conn.request("GET", "/", headers=outgoing)
        conn.close()
    assert not outgoing.sent


class Step:
    """What stands in for urllib3's connection, so that each step takes as long as it is told.

    :ivar timeouts: of the socket, as each step found it.
    """

    clock: FrozenClock
    durations: tuple[float, ...] = ()

    def __init__(self) -> None:
        self.timeouts: list[float | None] = []
        self.closed = False
        self.sock: Any = None

    def _next(self) -> None:
        self.timeouts.append(self.sock.gettimeout() if self.sock else None)
        if len(self.timeouts) <= len(self.durations):
            self.clock.sleep(self.durations[len(self.timeouts) - 1])

    def _new_conn(self) -> socket.socket:
        self._next()
        return socket.socket()

    def _tunnel(self) -> None:
        self._next()

    def connect(self) -> None:
        self.sock = self._new_conn()
        self._tunnel()
        self._next()

    def request(self, *_: Any, **__: Any) -> None:
        self._next()

    def send(self, data: bytes) -> None:
        self._next()

    def close(self) -> None:
        self.closed = True
        self.sock.close()


def stepping(clock: FrozenClock, *durations: float, timeout: Any = 9.0) -> Any:
    """A connection whose steps (TCP, CONNECT, TLS, sending) take so many seconds."""
    bases = (connections._Departing, Step)
    facts = {"clock": clock, "durations": durations, "_dns_host": "127.0.0.1", "port": 80, "timeout": timeout}
    return type("Stepping", bases, facts)()


def test_the_steps_to_a_connection_share_its_time(clock: FrozenClock) -> None:
    """TCP, CONNECT and TLS have the time to connect together."""
    conn = stepping(clock, 1.0, 2.0, 3.0)
    conn.connect()
    assert conn.timeouts == [None, 8.0, 6.0]
    assert not conn._connecting
    conn.close()


@pytest.mark.parametrize(("last", "late"), [(2.9, False), (3.0, True), (4.0, True)])
def test_a_connection_that_comes_too_late(last: float, late: bool, clock: FrozenClock) -> None:
    """A connection that is made after its time is closed, and nothing is sent on it."""
    conn = stepping(clock, 2.0, 4.0, last)
    if late:
        with pytest.raises(connections.urllib3.exceptions.ConnectTimeoutError, match="connected too late"):
            conn.connect()
    else:
        conn.connect()
    assert conn.closed is late
    conn.close()


def test_a_step_that_leaves_nothing_for_the_next(clock: FrozenClock) -> None:
    """A step that begins when the time is over has next to none: not none at all, which would mean not to wait."""
    conn = stepping(clock, 10.0)
    with pytest.raises(connections.urllib3.exceptions.ConnectTimeoutError):
        conn.connect()
    assert conn.timeouts == [None, 0.001, 0.001]


def test_no_time_to_connect(clock: FrozenClock) -> None:
    """Without a timeout no step is limited."""
    conn = stepping(clock, 10.0, 10.0, 10.0, timeout=None)
    conn.connect()
    assert conn.timeouts == [None, None, None]
    conn.close()


@pytest.mark.parametrize("within", [7.0, None])
def test_sending_has_a_time_of_its_own(within: float | None, clock: FrozenClock) -> None:
    """Sending has its own limit, on a new connection as on a used one, if there is one."""
    conn = stepping(clock)
    outgoing = Outgoing()
    outgoing.send_within = within
    conn.request("POST", "/", headers=outgoing)
    conn.send(b"head")
    assert conn.timeouts[-1] == (within or 9.0)
    assert conn.timeout == (within or 9.0)
    assert (outgoing.sent, outgoing.reused) == (True, False)
    conn.sock.settimeout(0.001)
    again = Outgoing()
    again.send_within = within
    conn.request("POST", "/", headers=again)
    conn.send(b"head")
    assert conn.timeouts[-1] == (within or 0.001)
    assert again.reused
    conn.close()


def test_a_connection_made_for_its_first_request_is_not_reused(clock: FrozenClock) -> None:
    """A connection that is there before its first request has served none."""
    conn = stepping(clock)
    conn.connect()
    outgoing = Outgoing()
    conn.request("GET", "/", headers=outgoing)
    assert not outgoing.reused
    for _ in range(3):
        outgoing = Outgoing()
        conn.request("GET", "/", headers=outgoing)
        assert outgoing.reused
    conn.close()


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (TimeoutError("not in time"), connections.urllib3.exceptions.ConnectTimeoutError, "not in time"),
        (OSError("no such name"), connections.urllib3.exceptions.NewConnectionError, "no such name"),
    ],
)
def test_names_that_are_not_found(
    error: Exception, kind: type[Exception], told: str, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the look-up says becomes an error of urllib3's, with its words and its connection."""
    asked = []

    def addresses(*args: Any) -> Any:
        asked.append(args)
        raise error

    monkeypatch.setattr(connections.names, "addresses", addresses)
    conn = stepping(clock)
    with pytest.raises(kind, match=told) as caught:
        conn._new_conn()
    assert caught.value.__cause__ is error
    assert asked == [("127.0.0.1", 80, 9.0)]
    if kind is connections.urllib3.exceptions.NewConnectionError:
        assert "Stepping" in str(caught.value)
