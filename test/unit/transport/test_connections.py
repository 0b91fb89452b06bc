"""Connections: what is left of the time at each read, and a full measure of it for the next request."""

from __future__ import annotations

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
    reader = _DeadlineReader(ours.makefile("rb", buffering=0), ours, 5.0)
    timeouts = []
    for _ in range(3):
        assert reader.readinto(bytearray(1)) == 1
        timeouts.append(ours.gettimeout())
        clock.sleep(2.0)
    assert timeouts == [5.0, 3.0, 1.0]
    with pytest.raises(TimeoutError, match="timed out"):
        reader.readinto(bytearray(1))


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
