"""One HTTP exchange over urllib3, with its errors translated into ours."""

from __future__ import annotations

import http.client
import io
import json
import math
import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin

import urllib3
from urllib3.filepost import encode_multipart_formdata

from openapi_client import exceptions
from openapi_client._base.process import PerProcess
from openapi_client._policy import timeouts as _timeouts
from openapi_client._policy.hosts import origin_of
from openapi_client._transport import body as _body
from openapi_client._transport.connections import departure
from openapi_client._transport.pools import Pools
from openapi_client.exceptions import (
    ApiException,
    ApiTypeError,
    ApiValueError,
    DecodeException,
    RequestTimeoutException,
    TransportException,
)

if TYPE_CHECKING:
    from openapi_client.configuration import Configuration

__all__ = ["ApiException", "ApiValueError", "RESTClientObject", "RESTResponse"]

_METHODS = frozenset({"GET", "HEAD", "DELETE", "POST", "PUT", "PATCH", "OPTIONS"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
#: What urllib3 puts in front of some messages: the repr of its connection.
_OBJECT = re.compile(r"^(<[^>]* object at 0x[0-9a-f]+>|_\w+\(.*?\)): ")
_TIMEOUTS = (urllib3.exceptions.TimeoutError, TimeoutError)
#: It is a ``ConnectTimeoutError`` by inheritance only.
_NO_TIMEOUT = urllib3.exceptions.NewConnectionError
_CLOSED = (ConnectionError, http.client.RemoteDisconnected)
_ENCODE = json.JSONEncoder(allow_nan=False).encode


class RESTResponse(io.IOBase):
    """An answer whose body has been read."""

    def __init__(self, resp: Any, data: bytes | None = None) -> None:
        self.urllib3_response = resp
        self.status: int = resp.status
        self.reason: str | None = resp.reason
        self.data: Any = resp.data if data is None else data

    @property
    def headers(self) -> Any:
        """The headers, case-insensitive."""
        return self.urllib3_response.headers

    def getheaders(self) -> Any:
        """The headers, case-insensitive."""
        return self.urllib3_response.headers

    def getheader(self, name: str, default: str | None = None) -> str | None:
        """One header."""
        value: str | None = self.urllib3_response.headers.get(name, default)
        return value


class RESTClientObject:
    """The transport of a client.

    - It never retries: :class:`~openapi_client.ApiClient` decides that.
    - It follows redirects of GET and HEAD within one origin, and no others.
    - Answers are bounded in time and size.
    - Assigning ``pool_manager`` replaces the transport, as tests of generated clients do.
    """

    def __init__(self, configuration: Configuration, pools_size: int = 4, maxsize: int | None = None) -> None:
        self._configuration = configuration
        self._pools = PerProcess(
            partial(Pools, configuration, pools_size, maxsize or configuration.connection_pool_maxsize or 4)
        )
        self._replaced: Any = None

    @property
    def pool_manager(self) -> Any:
        """The urllib3 pool manager."""
        return self._replaced if self._replaced is not None else self._pools.get().manager(self._configuration.proxy)

    @pool_manager.setter
    def pool_manager(self, manager: Any) -> None:
        self._replaced = manager

    def close(self) -> None:
        """Close the connections. A later request opens new ones."""
        self._pools.get().close()

    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, str] | None = None,
        body: Any = None,
        post_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """Send one request and give its answer.

        :param query_params: pairs or a mapping.
        :param body: for a JSON content type anything JSON can hold, else text or bytes.
        :param post_params: form fields, instead of ``body``.
        :param _preload_content: ``False`` gives the urllib3 response with its body unread.
        :param _request_timeout: seconds in total, or ``(connect, read)``.
        :returns: a :class:`RESTResponse`, or the urllib3 response.
        :raises ApiException: a status outside 2xx (the class tells which), or no usable answer
            (:class:`~openapi_client.exceptions.TransportException` and below).
        """
        method = method.upper()
        if method not in _METHODS:
            raise ApiValueError(f"Invalid value for `method` ({method!r}): use one of {', '.join(sorted(_METHODS))}")
        if post_params and body:
            raise ApiValueError("body parameter cannot be used with post_params parameter.")
        headers = headers if headers is not None else {}
        headers.setdefault("Content-Type", "application/json")
        limits = _timeouts.timeouts_of(_request_timeout, "_request_timeout")
        if self._replaced is not None:
            response = self._through_replaced(
                method, url, query_params, headers, body, post_params, _preload_content, limits.given
            )
        else:
            if query_params:
                url = f"{url}{'&' if '?' in url else '?'}{urlencode(query_params)}"
            payload = _payload(method, headers, body, post_params)
            response = self._exchange(method, url, headers, payload, limits, _preload_content)
        if not 200 <= response.status <= 299:
            raise exceptions.for_status(response.status)(http_resp=response)
        return response

    def _exchange(
        self, method: str, url: str, headers: dict[str, str], payload: Any, limits: _timeouts.Timeouts, preload: bool
    ) -> Any:
        """Send, follow safe redirects, and read the body."""
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._send(method, url, headers, payload, limits)
            target = _redirect_target(method, url, response)
            if target is None:
                break
            response.drain_conn()
            url = target
        if 200 <= response.status <= 299:
            return self._read(response, limits) if preload else response
        try:
            return self._read(response, limits)
        except ApiException as error:
            # The status alone tells more about the call than the failure to read why.
            return RESTResponse(response, f"(the body could not be read: {error.reason})".encode())

    def _send(self, method: str, url: str, headers: dict[str, str], payload: Any, limits: _timeouts.Timeouts) -> Any:
        origin, path = _split(url)
        opener, absolute = self._pools.get().opener(origin)
        departure.sent = False
        try:
            return opener.urlopen(
                method,
                url if absolute else path,
                body=payload,
                headers=headers,
                retries=False,
                redirect=False,
                timeout=_urllib3_timeout(limits.total, limits.connect, limits.read),
                preload_content=False,
                enforce_content_length=True,
            )
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise _translated(error, limits, origin) from error

    def _read(self, response: Any, limits: _timeouts.Timeouts) -> RESTResponse:
        complete = False
        try:
            data = _body.read(response, self._configuration.max_response_bytes)
            complete = True
        except DecodeException as error:
            error.status = response.status
            raise
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
            if isinstance(error, TransportException):
                raise
            raise _translated(error, limits) from error
        finally:
            if complete:
                response.release_conn()
            else:
                # What is left on the wire must never be taken for the next answer.
                response.close()
        return RESTResponse(response, data)

    def _through_replaced(
        self,
        method: str,
        url: str,
        query_params: Any,
        headers: dict[str, str],
        body: Any,
        post_params: Any,
        preload: bool,
        timeout: Any,
    ) -> Any:
        """Call a pool manager that a test put in place, with the very arguments generated code gives."""
        options: dict[str, Any] = {"preload_content": preload, "timeout": None, "headers": headers}
        if timeout is not None:
            pair = timeout if isinstance(timeout, tuple) and len(timeout) == 2 else None
            options["timeout"] = (
                urllib3.Timeout(connect=pair[0], read=pair[1]) if pair else urllib3.Timeout(total=timeout)
            )
        content_type = headers["Content-Type"]
        if method in ("GET", "HEAD"):
            options["fields"] = query_params
        elif content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
            options.update(fields=post_params or {}, encode_multipart=content_type == "multipart/form-data")
            if options["encode_multipart"]:
                del headers["Content-Type"]
        else:
            options["body"] = _payload(method, headers, body, None)
        if query_params and "fields" not in options:
            url = f"{url}?{urlencode(query_params)}"
        departure.sent, departure.reused = True, False
        try:
            response = self._replaced.request(method, url, **options)
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
            raise _translated(error, _timeouts.Timeouts()) from error
        return RESTResponse(response) if preload else response

    def GET(  # noqa: N802 - the generated name
        self,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """:meth:`request` with GET."""
        return self.request("GET", url, query_params, headers, None, None, _preload_content, _request_timeout)

    def HEAD(  # noqa: N802 - the generated name
        self,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """:meth:`request` with HEAD."""
        return self.request("HEAD", url, query_params, headers, None, None, _preload_content, _request_timeout)

    def OPTIONS(  # noqa: N802 - the generated name
        self,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """:meth:`request` with OPTIONS."""
        return self.request(
            "OPTIONS", url, query_params, headers, body, post_params, _preload_content, _request_timeout
        )

    def DELETE(  # noqa: N802 - the generated name
        self,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """:meth:`request` with DELETE."""
        return self.request("DELETE", url, query_params, headers, body, None, _preload_content, _request_timeout)

    def POST(  # noqa: N802 - the generated name
        self,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """:meth:`request` with POST."""
        return self.request("POST", url, query_params, headers, body, post_params, _preload_content, _request_timeout)

    def PUT(  # noqa: N802 - the generated name
        self,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """:meth:`request` with PUT."""
        return self.request("PUT", url, query_params, headers, body, post_params, _preload_content, _request_timeout)

    def PATCH(  # noqa: N802 - the generated name
        self,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """:meth:`request` with PATCH."""
        return self.request("PATCH", url, query_params, headers, body, post_params, _preload_content, _request_timeout)


def _payload(method: str, headers: dict[str, str], body: Any, post_params: Any) -> Any:
    """The bytes or text to send, by content type; a multipart type is completed with its boundary."""
    content_type = headers["Content-Type"]
    if method in ("GET", "HEAD"):
        return None
    if "json" in content_type.lower():
        return None if body is None else _json(body)
    if content_type == "application/x-www-form-urlencoded":
        return urlencode(post_params or {})
    if content_type == "multipart/form-data":
        data, headers["Content-Type"] = encode_multipart_formdata(post_params or {})
        return data
    if isinstance(body, (str, bytes)):
        return body
    raise ApiTypeError(
        f"Cannot send a {type(body).__name__} as {content_type!r}: pass str or bytes, or declare a JSON content type"
    )


def _json(body: Any) -> str:
    try:
        return _ENCODE(body)
    except TypeError as error:
        raise ApiTypeError(f"The request body cannot be written as JSON: {error}") from None
    except (ValueError, RecursionError) as error:
        raise ApiValueError(f"The request body cannot be written as JSON: {error}") from None


def _split(url: str) -> tuple[str, str]:
    """Origin and the rest of an absolute URL."""
    start = url.find("/", url.find("://") + 3)
    if start < 0:
        start = url.find("?") if "?" in url else len(url)
    path = url[start:]
    return url[:start], path if path.startswith("/") else "/" + path


def _redirect_target(method: str, url: str, response: Any) -> str | None:
    """Where a redirect may be followed to: GET and HEAD, within one origin (RFC 9110 section 15.4)."""
    location = response.headers.get("Location") if response.status in _REDIRECTS else None
    if not location or method not in ("GET", "HEAD"):
        return None
    try:
        target = urljoin(url, location)
        return target if origin_of(target) == origin_of(url) else None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _urllib3_timeout(total: float | None, connect: float | None, read: float | None) -> urllib3.Timeout:
    return urllib3.Timeout(total=total, connect=connect, read=read)


def _translated(error: Exception, limits: _timeouts.Timeouts, origin: str = "") -> TransportException:
    """One of urllib3's or the socket's errors as ours; ``sent`` tells whether the request may have arrived."""
    cause: Any = getattr(error, "original_error", None) or error
    timed_out = [isinstance(one, _TIMEOUTS) and not isinstance(one, _NO_TIMEOUT) for one in (error, cause)]
    if any(timed_out):
        phase, limit = ("read", limits.read) if departure.sent else ("connect", limits.connect)
        seconds = min(filter(None, (limit, limits.total)), default=math.nan)
        what = "complete answer" if departure.sent else f"connection to {origin}"
        late = RequestTimeoutException(status=0, reason=f"no {what} within {seconds:.3g} seconds ({phase} timeout)")
        late.phase, late.sent = phase, departure.sent
        return late
    message = _OBJECT.sub("", str(error))
    where = "" if departure.sent else f" ({origin})"
    translated = TransportException(status=0, reason=f"{type(error).__name__}: {message}{where}")
    translated.sent = departure.sent
    translated.is_stale = departure.reused and isinstance(_root(cause), _CLOSED)
    return translated


def _root(error: Any) -> Any:
    """The socket's error inside urllib3's ``ProtocolError('Connection aborted.', error)``."""
    is_wrapped = isinstance(error, urllib3.exceptions.ProtocolError) and len(error.args) > 1
    return error.args[1] if is_wrapped else error
