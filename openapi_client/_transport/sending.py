"""The transport that clients use: one HTTP exchange over urllib3, its errors told as failures."""

from __future__ import annotations

import http.client
import math
import re
import socket
import ssl
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any
from urllib.parse import urljoin

import urllib3
from urllib3.util.ssl_match_hostname import CertificateError

from openapi_client._base.clock import SYSTEM
from openapi_client._base.process import PerProcess
from openapi_client._policy import advice
from openapi_client._policy.history import Failure
from openapi_client._policy.hosts import origin_of
from openapi_client._policy.timeouts import Limits
from openapi_client._transport import body
from openapi_client._transport.connections import Outgoing
from openapi_client._transport.exchange import Outcome, Reply, Request
from openapi_client._transport.pools import Pools
from openapi_client.configuration import Configuration
from openapi_client.exceptions import OpenApiException, RequestTimeoutException

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
#: Nobody reads what a redirect says; reading it to its end only keeps its connection, which is not worth more bytes.
_LONGEST_REDIRECT = 1 << 20
#: urllib3 takes one that was made before as it is, and never repeats or redirects by it.
_NEVER = urllib3.Retry(False, redirect=False)
#: What urllib3 puts in front of some messages: the repr of its connection.
_OBJECT = r"^(<[^>]* object at 0x[0-9a-f]+>|_?\w+\(.*?\)): "
_ERRORS = (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError)
_TIMEOUTS = (urllib3.exceptions.TimeoutError, TimeoutError)
#: It is a ``ConnectTimeoutError`` by inheritance only.
_NO_TIMEOUT = urllib3.exceptions.NewConnectionError
_UNTRUSTED = (ssl.SSLCertVerificationError, CertificateError)
#: How OpenSSL calls an answer that is no TLS, by its versions.
_NOT_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"})
_ADVICE: tuple[tuple[type[BaseException], str], ...] = (
    (urllib3.exceptions.ProxyError, advice.PROXY),
    (socket.gaierror, advice.UNRESOLVED),
    (ConnectionRefusedError, advice.NOT_LISTENING),
)
_CLOSED = (ConnectionError, http.client.RemoteDisconnected)


class Urllib3Transport:
    """Sends requests over pools of kept connections.

    - It never retries. It follows redirects of GET and HEAD within one origin, and no others.
    - Answers are bounded in time and size.
    - A forked child gets connections of its own.

    :param configuration: TLS, proxies, pools and the largest answer; fixed when the first request is sent, apart from
        ``proxy``, ``no_proxy``, ``trust_env`` (fixed for each origin), ``max_response_bytes`` and
        ``fast_response_heads`` (read live).
    """

    def __init__(self, configuration: Configuration, num_pools: int = 4, maxsize: int | None = None) -> None:
        self._configuration = configuration
        # Else the first calls load them, and a child that is forked meanwhile waits for their locks for ever.
        for name in ("encodings.idna", "uuid"):
            import_module(name)
        size = maxsize or configuration.connection_pool_maxsize or 4
        self._pools = PerProcess(partial(Pools, configuration, num_pools, size))

    @property
    def pools(self) -> Pools:
        """The connection pools of this process."""
        return self._pools.get()

    def close(self) -> None:
        """Close the connections. A later request opens new ones."""
        self._pools.get().close()

    def send(self, request: Request, limits: Limits) -> Outcome:
        """Send one request, see :class:`~openapi_client.Transport`."""
        url, total = request.url, limits.total
        ends = None if total is None else SYSTEM.now() + total
        for _ in range(_MOST_REDIRECTS):
            reply = self._exchange(request, url, limits)
            target = _redirect_target(request.method, url, reply) if reply.status in _REDIRECTS else None
            if target is None:
                return reply
            url = target
            if ends is not None and total is not None:
                left = ends - SYSTEM.now()
                if left <= 0:
                    return _too_late("read", total, "complete answer", sent=True)
                limits = limits._replace(total=left)
        return self._exchange(request, url, limits)

    def _exchange(self, request: Request, url: str, limits: Limits) -> Outcome:
        origin, path = split(url)
        outgoing = Outgoing(request.headers)
        outgoing.send_within = limits.read if limits.total is None else limits.total
        outgoing.reads_head = self._configuration.fast_response_heads
        try:
            opener, absolute = self._pools.get().opener(origin)
            response = opener.urlopen(
                request.method,
                url if absolute else path,
                body=request.body,
                headers=outgoing,
                retries=_NEVER,
                redirect=False,
                assert_same_host=False,
                timeout=_Timeout(limits.total, limits.connect, limits.read),
                preload_content=False,
                enforce_content_length=True,
            )
        except urllib3.exceptions.ClosedPoolError:
            return self._exchange(request, url, limits)  # closed since it was found; the next one is new
        except _ERRORS as error:
            if isinstance(error, OpenApiException):
                raise  # a setting that cannot be used
            return failure_of(error, outgoing, limits, origin)
        if not request.preload and 200 <= response.status <= 299:
            return Reply(response.status, b"", response.headers, response.reason, response)
        return self._read(response, outgoing, limits)

    def _read(self, response: Any, outgoing: Outgoing, limits: Limits) -> Outcome:
        """The answer with its body; of an answer that is an error anyway, as much as can be read."""
        complete = False
        try:
            most = self._configuration.max_response_bytes
            if response.status in _REDIRECTS:
                most = min(most, _LONGEST_REDIRECT)
            data = body.read(response, most)
            complete = True
        except body.Unusable as unusable:
            failure = unusable.failure
        except _ERRORS as error:
            failure = failure_of(error, outgoing, limits)
        finally:
            if complete:
                response.release_conn()
            else:
                # What is left on the wire must never be taken for the next answer.
                response.close()
        if complete:
            return Reply(response.status, data, response.headers, response.reason, response)
        if 200 <= response.status <= 299:
            return failure._replace(headers=response.headers)
        # The status alone tells more about the call than the failure to read why.
        note = f"(the body could not be read: {failure.reason})".encode()
        return Reply(response.status, note, response.headers, response.reason, response)


def split(url: str) -> tuple[str, str]:
    """Origin and the rest of an absolute URL."""
    start = url.find("/", url.find("://") + 3)
    if start < 0:
        start = url.find("?") if "?" in url else len(url)
    path = url[start:]
    return url[:start], path if path.startswith("/") else "/" + path


def _redirect_target(method: str, url: str, reply: Outcome) -> str | None:
    """Where a redirect may be followed to: GET and HEAD, within one origin (RFC 9110 section 15.4)."""
    location = (reply.headers or {}).get("Location")
    if not location or method not in ("GET", "HEAD"):
        return None
    try:
        target = urljoin(url, location)
        return target if origin_of(target) == origin_of(url) else None
    except ValueError:
        return None


class _Timeout(urllib3.Timeout):
    """Limits that were checked: urllib3 copies its own twice for each request, and checks each copy again."""

    def __init__(self, total: Any, connect: Any, read: Any) -> None:
        self.total, self._connect, self._read = total, connect, read
        self._start_connect = None

    def clone(self) -> _Timeout:
        return _Timeout(self.total, self._connect, self._read)


def failure_of(error: BaseException, outgoing: Outgoing, limits: Limits, origin: str = "") -> Failure:
    """One of urllib3's or the socket's errors as a failure; ``sent`` tells whether the request may have arrived.

    The frames of the libraries below hold the request with its credentials, so they are dropped from the traceback.
    """
    cause: Any = getattr(error, "original_error", None) or error
    message = re.sub(_OBJECT, "", str(error))
    name = type(error).__name__
    _drop_frames(error)
    if any(isinstance(one, _TIMEOUTS) and not isinstance(one, _NO_TIMEOUT) for one in (error, cause, _root(cause))):
        phase, limit = ("read", limits.read) if outgoing.sent else ("connect", limits.connect)
        seconds = min(filter(None, (limit, limits.total)), default=math.nan)
        what = "complete answer" if outgoing.sent else f"connection to {origin}"
        return _too_late(phase, seconds, what, sent=outgoing.sent, cause=error)
    where = "" if outgoing.sent else f" ({origin})"
    is_lasting, help_ = _help_against(error)
    return Failure(
        f"{name}: {message}{where}",
        sent=outgoing.sent,
        is_stale=outgoing.reused and isinstance(_root(cause), _CLOSED) and not isinstance(cause, ssl.SSLError),
        cause=error,
        is_lasting=is_lasting,
        advice=help_,
    )


def _help_against(error: BaseException) -> tuple[bool, str | None]:
    """Whether a failure stays as it is, and what helps against it."""
    chain = [*_chain(error)]
    if any(isinstance(each, _UNTRUSTED) for each in chain):
        return True, advice.UNTRUSTED
    if any(isinstance(each, ssl.SSLError) and getattr(each, "reason", None) in _NOT_TLS for each in chain):
        return True, advice.NOT_TLS
    for kind, known in _ADVICE:
        if any(isinstance(each, kind) for each in chain):
            return False, known
    return False, None


def _too_late(phase: str, seconds: float, what: str, *, sent: bool, cause: BaseException | None = None) -> Failure:
    reason = f"no {what} within {seconds:.3g} seconds ({phase} timeout)"
    return Failure(reason, sent=sent, error=RequestTimeoutException, phase=phase, cause=cause)


def _drop_frames(error: BaseException) -> None:
    for each in _chain(error):
        each.__traceback__ = None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that it was made of."""
    for _ in range(20):  # a chain is never that long
        if error is None:
            return
        yield error
        for inner in (*error.args, getattr(error, "original_error", None)):
            if isinstance(inner, BaseException):
                yield inner
                yield from (each for each in inner.args if isinstance(each, BaseException))
        error = error.__cause__ or error.__context__


def _root(error: Any) -> Any:
    """The socket's error inside urllib3's ``ProtocolError('Connection aborted.', error)``."""
    is_wrapped = isinstance(error, urllib3.exceptions.ProtocolError) and len(error.args) > 1
    return error.args[1] if is_wrapped else error
