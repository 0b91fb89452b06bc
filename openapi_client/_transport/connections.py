"""urllib3 connections that know two things more: did the request leave, and when must the answer be complete."""

from __future__ import annotations

import http.client
import io
import socket
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.connection import allowed_gai_family

from openapi_client._base.clock import SYSTEM
from openapi_client._transport.exchange import Headers


class Outgoing(Headers):
    """The headers of one request on its way, and what is known of its departure.

    They travel with the request itself: a thread, a signal handler or a greenlet that sends another request meanwhile
    has its own.

    :ivar sent: whether a byte of the request may have left this machine.
    :ivar reused: whether its connection has served another request before.
    """

    sent = False
    reused = False

    def copy(self) -> Outgoing:
        """These headers themselves: urllib3 copies them to add those of a proxy, and nobody uses them again."""
        return self


class _DeadlineReader(io.RawIOBase):
    """Reads from a socket until a fixed moment, however slowly the bytes drip."""

    def __init__(self, raw: Any, sock: Any, seconds: float) -> None:
        self._raw = raw
        self._sock = sock
        self._deadline = SYSTEM.now() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        left = self._deadline - SYSTEM.now()
        if left <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _DeadlineResponse(http.client.HTTPResponse):
    """An answer that must be complete within the read timeout, which urllib3 applies to each single ``recv``.

    Interim answers are skipped, whatever they are (RFC 9110 section 15.2): ``http.client`` knows 100 only, and would
    take any other for the answer, and the answer itself for that of the next request.
    """

    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        seconds = sock.gettimeout()
        if seconds is not None:
            raw = self.fp.detach()
            self.fp = io.BufferedReader(_DeadlineReader(raw, sock, seconds))

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MOST_INTERIM):
            version, status, reason = super()._read_status()  # type: ignore[misc]  # not in the stubs
            if not 101 < status < 200:
                return version, status, reason
            http.client.parse_headers(self.fp)
        raise http.client.HTTPException(f"got more than {_MOST_INTERIM} interim answers")


def _addresses(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, each once; none where urllib3 should report why."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, allowed_gai_family(), socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


#: Nobody sends so many; a server that goes on for ever is not waited for.
_MOST_INTERIM = 100


class _Departing:
    """Marks the departure of a request; the bytes of a proxy's CONNECT are not the request."""

    response_class: Any = _DeadlineResponse
    sock: Any = None
    timeout: Any = None
    port: Any = None
    _dns_host: Any = None
    _connecting = False
    _requests = 0
    _outgoing = Outgoing()

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **options: Any) -> Any:
        if isinstance(headers, Outgoing):
            self._outgoing = headers
            headers.reused = self._requests > 0 and self.sock is not None
        self._requests += 1
        if self.sock is not None and isinstance(self.timeout, (int, float)) and self.sock.gettimeout() != self.timeout:
            # The answer before this request has left the little time it had at its end.
            self.sock.settimeout(self.timeout)
        return super().request(method, url, body=body, headers=headers, **options)  # type: ignore[misc]  # a mixin

    def _new_conn(self) -> Any:
        """Connect to one of the host's addresses; urllib3 would give each of them the whole time."""
        host, limit = self._dns_host, self.timeout
        addresses = _addresses(host, self.port) if isinstance(limit, (int, float)) else []
        if len(addresses) < 2:
            return super()._new_conn()  # type: ignore[misc]  # a mixin in front of urllib3's connection
        deadline = SYSTEM.now() + limit
        try:
            while True:
                self._dns_host, self.timeout = addresses.pop(0), max(deadline - SYSTEM.now(), 0.001)
                try:
                    return super()._new_conn()  # type: ignore[misc]  # a mixin in front of urllib3's connection
                except urllib3.exceptions.HTTPError:
                    if not addresses or SYSTEM.now() >= deadline:
                        raise
        finally:
            self._dns_host, self.timeout = host, limit

    def connect(self) -> None:
        self._connecting = True
        try:
            super().connect()  # type: ignore[misc]  # a mixin in front of http.client's connection
        finally:
            self._connecting = False

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        if not self._connecting:
            self._outgoing.sent = True
        super().send(data)  # type: ignore[misc]  # a mixin in front of http.client's connection


class _Plain(_Departing, HTTPConnection):
    pass


class _Secure(_Departing, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure

    def _validate_conn(self, conn: Any) -> None:
        # urllib3's own version warns at each request when the user has switched verification off; the pools of a
        # client log it once.
        if conn.sock is None:
            conn.connect()


def equip(manager: urllib3.PoolManager) -> urllib3.PoolManager:
    """Make ``manager`` use the connections of this module."""
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
    return manager
