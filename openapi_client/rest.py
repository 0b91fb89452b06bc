"""What generated code knows of the transport: a client with a method for each verb, and its response."""

from __future__ import annotations

import http.client
import io
import json
import sys
from collections.abc import Callable
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3.filepost import encode_multipart_formdata

from openapi_client._policy import checks
from openapi_client._policy.history import Failure
from openapi_client._policy.raising import exception_of_one
from openapi_client._policy.timeouts import DEFAULT, Limits, limits_of
from openapi_client._transport.connections import Outgoing
from openapi_client._transport.exchange import Headers, Outcome, Reply, Request, Transport
from openapi_client._transport.sending import Urllib3Transport, failure_of
from openapi_client._version import __version__
from openapi_client.configuration import Configuration
from openapi_client.exceptions import ApiException, ApiTypeError, ApiValueError, for_status

__all__ = ["ApiException", "ApiValueError", "RESTClientObject", "RESTResponse"]

METHODS = frozenset({"GET", "HEAD", "DELETE", "POST", "PUT", "PATCH", "OPTIONS"})
#: It begins as that of generated clients, which firewalls and logs may know.
USER_AGENT = (
    f"OpenAPI-Generator/1.0.0/python zuora-journal-runs/{__version__} "
    f"Python/{'.'.join(map(str, sys.version_info[:3]))} urllib3/{vars(urllib3)['__version__']}"
)
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
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


def _verb(name: str, *, takes: str) -> Callable[..., Any]:
    """The method for one verb, with the parameters that generated code gives it.

    :param takes: ``""``, ``"body"``, or ``"form"`` for form fields and body.
    """

    def plain(
        self: RESTClientObject,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        return self.request(name, url, query_params, headers, None, None, _preload_content, _request_timeout)

    def with_body(
        self: RESTClientObject,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        return self.request(name, url, query_params, headers, body, None, _preload_content, _request_timeout)

    def with_form(
        self: RESTClientObject,
        url: str,
        headers: Any = None,
        query_params: Any = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        return self.request(name, url, query_params, headers, body, post_params, _preload_content, _request_timeout)

    methods: dict[str, Callable[..., Any]] = {"": plain, "body": with_body, "form": with_form}
    method = methods[takes]
    method.__name__, method.__qualname__ = name, f"RESTClientObject.{name}"
    method.__doc__ = f":meth:`request` with {name}."
    return method


class _Replaced:
    """A pool manager that a test put in place, called with the very arguments that generated code gives."""

    def __init__(self, manager: Any) -> None:
        self.manager = manager

    def send(self, request: Request, limits: Limits) -> Outcome:
        query, form, _, content_type = request.parts
        headers, url = Headers(request.headers), request.url
        options: dict[str, Any] = {"preload_content": request.preload, "timeout": None, "headers": headers}
        timeout = limits.given
        if timeout is not None:
            pair = timeout if isinstance(timeout, tuple) and len(timeout) == 2 else None
            options["timeout"] = (
                urllib3.Timeout(connect=pair[0], read=pair[1]) if pair else urllib3.Timeout(total=timeout)
            )
        if request.method in ("GET", "HEAD"):
            url, options["fields"] = without_query(request), query
        elif content_type in _FORMS:
            options.update(fields=form or {}, encode_multipart=content_type == _FORMS[1])
            if options["encode_multipart"]:
                del headers["Content-Type"]
        else:
            options["body"] = request.body
        outgoing = Outgoing(headers)
        # What becomes of the request inside of it, only the replacement knows.
        outgoing.sent = True
        try:
            response = self.manager.request(request.method, url, **options)
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
            return failure_of(error, outgoing, DEFAULT)
        return reply_of(response, is_read=request.preload)

    def close(self) -> None:
        """Leave the replacement to its owner."""


class RESTClientObject:
    """Sends single requests, as generated code does it. Calls of a client share its transport.

    Assigning ``pool_manager`` replaces the transport, as tests of generated clients do.

    :param configuration: TLS, proxies, pools and the largest answer.
    :param pools_size: hosts whose connections are kept.
    :param maxsize: connections kept per host; ``None`` takes that of the configuration.
    :param transport: sends the requests; ``None`` makes one over urllib3.
    """

    def __init__(
        self,
        configuration: Configuration,
        pools_size: int = 4,
        maxsize: int | None = None,
        transport: Transport | None = None,
    ) -> None:
        self._configuration = configuration
        self.transport: Transport = transport or Urllib3Transport(configuration, pools_size, maxsize)

    @property
    def is_as_made(self) -> bool:
        """Whether nobody has replaced a method, as tests of generated clients do."""
        return _methods_of(type(self)) == _METHODS and len(self.__dict__) == _OWN_ATTRIBUTES

    @property
    def pool_manager(self) -> Any:
        """The urllib3 pool manager."""
        if isinstance(self.transport, Urllib3Transport):
            return self.transport.pools.manager(self._configuration.proxy)
        return getattr(self.transport, "manager", None)

    @pool_manager.setter
    def pool_manager(self, manager: Any) -> None:
        self.transport = _Replaced(manager)

    def close(self) -> None:
        """Close the connections. A later request opens new ones."""
        self.transport.close()

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
        if method not in METHODS:
            raise ApiValueError(f"Invalid value for `method` ({method!r}): use one of {', '.join(sorted(METHODS))}")
        if post_params and body:
            raise ApiValueError("body parameter cannot be used with post_params parameter.")
        headers = headers if headers is not None else {}
        headers.setdefault("Content-Type", "application/json")
        limits = limits_of(_request_timeout, "_request_timeout")
        parts = (query_params, post_params, body, headers["Content-Type"])
        payload = encoded(method, headers, body, post_params)
        checked = Headers((name, checks.header_value(name, value)) for name, value in headers.items())
        request = Request(method, with_query(url, query_params), checked, payload, _preload_content, parts)
        reply = self.transport.send(request, limits)
        if isinstance(reply, Failure):
            raise exception_of_one(reply)
        is_unread = not _preload_content and 200 <= reply.status <= 299
        response = reply.raw if is_unread else RESTResponse(reply.raw or reply, reply.body)
        if not 200 <= response.status <= 299:
            raise for_status(response.status)(http_resp=response)
        return response

    GET = _verb("GET", takes="")
    HEAD = _verb("HEAD", takes="")
    OPTIONS = _verb("OPTIONS", takes="form")
    DELETE = _verb("DELETE", takes="body")
    POST = _verb("POST", takes="form")
    PUT = _verb("PUT", takes="form")
    PATCH = _verb("PATCH", takes="form")


_methods_of = attrgetter("request", *METHODS)
_METHODS = _methods_of(RESTClientObject)
#: Those of ``__init__``; a method that was replaced on the instance is one more.
_OWN_ATTRIBUTES = 2


def with_query(url: str, query: Any) -> str:
    """A URL with further query parameters, given as pairs or a mapping."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}" if query else url


def without_query(request: Request) -> str:
    """The URL of a request without the query parameters among its parts."""
    query = request.parts[0]
    return request.url[: -len(urlencode(query)) - 1] if query else request.url


def reply_of(response: Any, *, is_read: bool) -> Reply:
    """An answer that code of others gives, be it text or bytes."""
    data = response.data if is_read else b""
    body = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data or b""
    headers = getattr(response, "headers", None)
    found = response.getheaders() if headers is None else headers
    return Reply(response.status, body, found, response.reason, response)


def encoded(method: str, headers: dict[str, str], body: Any, post_params: Any) -> bytes | str | None:
    """The bytes or text to send, by content type; a multipart type is completed with its boundary.

    :raises ApiTypeError: a body that the content type cannot carry.
    :raises ApiValueError: no JSON.
    """
    content_type = headers["Content-Type"]
    if method in ("GET", "HEAD"):
        return None
    if "json" in content_type.lower():
        return None if body is None else _json(body)
    if content_type == _FORMS[0]:
        return urlencode(post_params or {})
    if content_type == _FORMS[1]:
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
