"""urllib3 connections that know two things more: did the request leave, and when must each step be over."""

from __future__ import annotations

import http.client
import io
import queue
import re
import socket
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from openapi_client._base.clock import SYSTEM
from openapi_client._transport import heads, names
from openapi_client._transport.exchange import Headers

#: Nobody sends so many; a server that goes on for ever is not waited for.
_MOST_INTERIM = 100
#: RFC 9112 section 7.1, with the white space that some servers pad a size with.
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,16})[ \t]*(?:;.*)?\r?\n")
_LONGEST_CHUNK_LINE = 4096
#: So many seconds an answer may take longer: to tell a socket its timeout lets other threads run first.
_EXACT = 0.01


class Outgoing(Headers):
    """The headers of one request on its way, and what is known of its departure.

    They travel with the request itself: a thread, a signal handler or a greenlet that sends another request meanwhile
    has its own.

    :ivar sent: whether a byte of the request may have left this machine.
    :ivar reused: whether its connection has served another request before.
    :ivar send_within: seconds that sending may take, or ``None``.
    :ivar reads_head: whether the head of the answer is read directly.
    """

    sent = False
    reused = False
    send_within: float | None = None
    reads_head = True

    def copy(self) -> Outgoing:
        """These headers themselves: urllib3 copies them to add those of a proxy, and nobody uses them again."""
        return self


class _DeadlineReader(io.RawIOBase):
    """Reads from a socket until a fixed moment, however slowly the bytes drip."""

    def __init__(self, raw: Any, sock: Any, seconds: float | None) -> None:
        self._raw = raw
        self._sock = sock
        self._until = None if seconds is None else SYSTEM.now() + seconds
        self._set = seconds or 0.0
        self.is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        if self.is_over:
            return 0
        if self._until is not None:
            left = self._until - SYSTEM.now()
            if left <= 0:
                raise TimeoutError("timed out")
            if left < self._set - _EXACT:
                self._sock.settimeout(left)
                self._set = left
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """An answer that must be complete within the read timeout, which urllib3 applies to each single ``recv``.

    - Interim answers are skipped, whatever they are (RFC 9110 section 15.2): ``http.client`` knows 100 only, and would
      take any other for the answer, and the answer itself for that of the next request.
    - The size of a chunk is a hexadecimal number and nothing else. Python would take ``-1`` for "all there is".
    - When more arrived than the answer, or the server switched to another protocol, which nobody asks for, its
      connection serves no other request.
    """

    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._reader = _DeadlineReader(self.fp.detach(), sock, sock.gettimeout())
        self._used = sock
        self.fp = io.BufferedReader(self._reader)

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MOST_INTERIM):
            version, status, reason = super()._read_status()  # type: ignore[misc]  # not in the stubs
            if not 101 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)
        raise http.client.HTTPException(f"got more than {_MOST_INTERIM} interim answers")

    def _read_next_chunk_size(self) -> int:
        match = _CHUNK_SIZE.fullmatch(self.fp.readline(_LONGEST_CHUNK_LINE))
        if match is None:
            raise http.client.HTTPException("the size of a chunk is no number")
        return int(match[1], 16)

    def _close_conn(self) -> None:
        # From here on the reader gives what it has, and asks the socket for nothing.
        self._reader.is_over = True
        has_more = not self.fp.closed and bool(self.fp.peek(1))
        super()._close_conn()  # type: ignore[misc]  # not in the stubs
        if has_more or self.status == 101:
            self._spoil()

    def _spoil(self) -> None:
        try:
            self._used.shutdown(socket.SHUT_RDWR)  # the pool drops a connection that has ended
        except OSError:
            pass  # it has ended already


class _DirectResponse(_Response):
    """An answer whose head is read as e-mail only where it is not plainly common."""

    def begin(self) -> None:
        if self.headers is None and not heads.begin(self):
            super().begin()


class _TunnelResponse(_Response):
    """A proxy's answer to CONNECT: nothing may follow it before the client has spoken through the tunnel."""

    _makes_a_tunnel = False

    def _read_status(self) -> tuple[str, int, str]:
        # Closed without this being read to its end, a refusal has more in any case: that it is one is said by others.
        answer: tuple[str, int, str] = super()._read_status()
        self._makes_a_tunnel = answer[1] == http.HTTPStatus.OK
        return answer

    def _spoil(self) -> None:
        if not self._makes_a_tunnel:
            return
        # An ended socket would not do here: Python's ssl takes one for a socket that is not connected yet.
        raise http.client.HTTPException("the proxy sent more than its answer to CONNECT")


class _Departing:
    """Marks the departure of a request (the bytes of a proxy's CONNECT are not the request), and limits its steps.

    Name, TCP, CONNECT and TLS together have the time to connect; what comes too late is not used.
    """

    sock: Any = None
    timeout: Any = None
    port: Any = None
    _dns_host: Any = None
    _connecting = False
    _until: float | None = None
    _requests = 0
    _outgoing = Outgoing()

    def _class_of_answer(self) -> type[_Response]:
        if self._connecting:
            return _TunnelResponse
        return _DirectResponse if self._outgoing.reads_head else _Response

    response_class: Any = property(_class_of_answer)

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **options: Any) -> Any:
        if isinstance(headers, Outgoing):
            self._outgoing = headers
            headers.reused = self._requests > 0 and self.sock is not None
            if self.sock is not None and headers.send_within is not None:
                self.timeout = headers.send_within  # newer urllib3 puts it on the socket before it sends
        self._requests += 1
        return super().request(method, url, body=body, headers=headers, **options)  # type: ignore[misc]  # a mixin

    def _new_conn(self) -> Any:
        """Connect to one of the host's addresses; urllib3 would give each of them the whole time."""
        host, limit = self._dns_host, self.timeout
        if not isinstance(limit, (int, float)):
            return super()._new_conn()  # type: ignore[misc]  # a mixin in front of urllib3's connection
        self._until = until = SYSTEM.now() + limit
        try:
            addresses = names.addresses(host, self.port, limit)
        except TimeoutError as error:
            raise urllib3.exceptions.ConnectTimeoutError(self, str(error)) from error
        except OSError as error:
            raise urllib3.exceptions.NewConnectionError(self, str(error)) from error  # type: ignore[arg-type]  # a mixin
        try:
            while True:
                self._dns_host, self.timeout = addresses.pop(0), max(until - SYSTEM.now(), 0.001)
                try:
                    sock = super()._new_conn()  # type: ignore[misc]  # a mixin in front of urllib3's connection
                except urllib3.exceptions.HTTPError:
                    if not addresses or SYSTEM.now() >= until:
                        raise
                else:
                    sock.settimeout(self._left())
                    return sock
        finally:
            self._dns_host, self.timeout = host, limit

    def _left(self) -> float:
        return max((self._until or 0.0) - SYSTEM.now(), 0.001)

    def _tunnel(self) -> None:
        if self._until is not None:
            self.sock.settimeout(self._left())
        super()._tunnel()  # type: ignore[misc]  # a mixin in front of http.client's connection
        if self._until is not None:
            self.sock.settimeout(self._left())

    def connect(self) -> None:
        self._connecting = True
        try:
            super().connect()  # type: ignore[misc]  # a mixin in front of http.client's connection
        finally:
            self._connecting = False
        if self._until is not None and SYSTEM.now() >= self._until:
            self.close()  # type: ignore[attr-defined]  # a mixin in front of http.client's connection
            raise urllib3.exceptions.ConnectTimeoutError(self, "connected too late")

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        if not self._connecting:
            self._outgoing.sent = True
            # What is left on the socket is the time to connect, or the little that the answer before had at its end.
            limit = self._outgoing.send_within
            if limit is not None and self.sock.gettimeout() != limit:
                self.timeout = limit
                self.sock.settimeout(limit)
        super().send(data)  # type: ignore[misc]  # a mixin in front of http.client's connection


class _Plain(_Departing, HTTPConnection):
    pass


class _Secure(_Departing, HTTPSConnection):
    pass


class _Idle:
    """Idle connections, the latest first. Each step is one of C: Ctrl-C can leave the locks of urllib3's queue taken.

    It never waits, as the pools here never do.
    """

    def __init__(self, maxsize: int) -> None:
        self._maxsize = maxsize
        self._found: list[Any] = []
        self.qsize = self._found.__len__

    def get(self, block: bool = False, timeout: float | None = None) -> Any:  # noqa: ARG002 - as a queue has it
        try:
            return self._found.pop()
        except IndexError:
            raise queue.Empty from None

    def put(self, item: Any, block: bool = False) -> None:  # noqa: ARG002 - as a queue has it
        if len(self._found) >= self._maxsize:
            raise queue.Full
        self._found.append(item)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain
    QueueCls: Any = _Idle


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure
    QueueCls: Any = _Idle

    def _validate_conn(self, conn: Any) -> None:
        # urllib3's own version warns at each request when the user has switched verification off; the pools of a
        # client log it once.
        if conn.sock is None:
            conn.connect()


def equip(manager: urllib3.PoolManager) -> urllib3.PoolManager:
    """Make ``manager`` use the connections of this module."""
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
    return manager
