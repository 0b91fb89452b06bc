"""What generated code calls: makes a frozen call of the parameters, hands it to the engine, and decodes its answer."""

from __future__ import annotations

import datetime
import importlib
import os
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar

from openapi_client import rest
from openapi_client._base.reasons import most_values
from openapi_client._base.redact import is_secret
from openapi_client._call.background import DEFAULT_THREADS, ThreadPool
from openapi_client._call.engine import Engine
from openapi_client._call.operation import CONFIGURED
from openapi_client._call.request import Call
from openapi_client._policy import checks, hosts, retry, timeouts
from openapi_client._policy.calling import strict
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline, Limits
from openapi_client._schema import wire
from openapi_client._transport.exchange import Headers, Outcome, Reply, Request, Transport
from openapi_client.configuration import Configuration
from openapi_client.exceptions import ApiAttributeError, ApiException, ApiValueError, DecodeException

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["ApiClient", "ApiException", "ApiValueError", "Configuration"]

_JSON = "application/json"
#: Headers that bring credentials of their own.
_CREDENTIALS = frozenset({"authorization", "apiaccesskeyid"})
_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PATCH", "PUT", "DELETE")
_METHODS_IN_WORDS = "`GET`, `HEAD`, `OPTIONS`, `POST`, `PATCH`, `PUT` or `DELETE`"


class _Threads(int):
    """The default of ``pool_threads``: shown as generated code shows it, but not serial."""


_POOL_THREADS = _Threads(1)


class ApiClient:
    """Sends calls and decodes their answers. One client serves any number of threads.

    - A call that fails in a way that may pass is tried again by :class:`~openapi_client.RetryPolicy`.
    - Close it with ``close()`` or ``with``; a client that is dropped leaves no thread and no socket behind.
    - A forked child gets connections of its own. Pickling leaves connections, tokens and secrets out.

    - Settings are read live, unless the configuration's own page says that they are fixed.

    :param configuration: settings; ``None`` takes the stored default.
    :param header_name: a header to send with every call, and
    :param header_value: its value.
    :param cookie: a ``Cookie`` header to send with every call.
    :param pool_threads: threads for ``async_req``; a small pool unless it is given.
    :param transport: sends the requests; ``None`` sends them over urllib3.
    """

    PRIMITIVE_TYPES = (float, bool, bytes, str, int)
    NATIVE_TYPES_MAPPING: ClassVar[dict[str, type]] = {
        "int": int,
        "long": int,
        "float": float,
        "str": str,
        "bool": bool,
        "date": datetime.date,
        "datetime": datetime.datetime,
        "object": object,
    }

    @strict
    def __init__(
        self,
        configuration: Configuration | None = None,
        header_name: str | None = None,
        header_value: str | None = None,
        cookie: str | None = None,
        pool_threads: int = _POOL_THREADS,
        transport: Transport | None = None,
    ) -> None:
        self.configuration: Any = Configuration.get_default_copy() if configuration is None else configuration
        self.default_headers: dict[str, Any] = {}
        if header_name is not None:
            self.set_default_header(header_name, header_value)
        self.user_agent = rest.USER_AGENT
        self.cookie = cookie
        self.pool_threads = pool_threads
        self._start(transport)

    def _start(self, transport: Transport | None = None) -> None:
        self.rest_client: Any = rest.RESTClientObject(self.configuration, transport=transport)
        self._decoder = wire.Decoder(_model_named, self.configuration)
        # What one transport was given as a token may mean nothing to another one.
        self._engine = Engine(self.configuration, shares_tokens=transport is None)
        self._last: Reply | None = None
        self._pools: dict[int, ThreadPool] = {}

    @property
    def client_side_validation(self) -> bool:
        """Whether arguments are strict: the setting of the configuration, unless it was set here."""
        own = self.__dict__.get("_validates")
        return bool(self.configuration.client_side_validation if own is None else own)

    @client_side_validation.setter
    def client_side_validation(self, value: bool | None) -> None:
        self._validates = value

    @property
    def last_response(self) -> Any:
        """The latest answer as generated code keeps it; of any thread, so only of use where there is one."""
        reply = self._last
        return None if reply is None else _response_of(reply, text=True) if reply.body else reply.raw

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Wait for the asynchronous calls, end their threads, and close the connections."""
        pool = self._pool
        if pool is not None:
            pool.join()
            pool.close()
            self._pools.pop(os.getpid(), None)
        self.rest_client.close()

    def __getstate__(self) -> dict[str, Any]:
        keeps = self.configuration.pickle_secrets
        headers = {name: value for name, value in self.default_headers.items() if keeps or not is_secret(name)}
        state = {"configuration": self.configuration, "pool_threads": self.pool_threads}
        own = {"_validates": self._validates} if "_validates" in self.__dict__ else {}
        return {**state, **own, "default_headers": headers, "cookie": self.cookie if keeps else None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._start()

    @property
    def pool(self) -> ThreadPool:
        """The threads for ``async_req``, made on first use; a forked child makes its own."""
        pool = self._pools.get(os.getpid())
        if pool is None:
            threads = self.pool_threads
            made = ThreadPool(DEFAULT_THREADS if isinstance(threads, _Threads) else threads, self)
            # Of several threads that come here at once, one pool is kept; the others have started nothing.
            pool = self._pools.setdefault(os.getpid(), made)
            if pool is not made:
                made.close()
        return pool

    @property
    def _pool(self) -> ThreadPool | None:
        """The threads for ``async_req``, if there are any, by the name that generated code has for them."""
        return self._pools.get(os.getpid())

    @property
    def user_agent(self) -> str:
        """The ``User-Agent`` header."""
        return str(self.default_headers["User-Agent"])

    @user_agent.setter
    def user_agent(self, value: str) -> None:
        self.set_default_header("User-Agent", value)

    def set_default_header(self, header_name: str, header_value: Any) -> None:
        """Send a header with every call, unless the call has one of that name.

        :raises ApiTypeError: not text.
        :raises ApiValueError: characters that headers cannot carry.
        """
        if header_value is not None:
            checks.header_value(checks.header_name(header_name), header_value)
        self.default_headers[header_name] = header_value

    def call_api(
        self,
        resource_path: str,
        method: str,
        path_params: Any = None,
        query_params: Any = None,
        header_params: Any = None,
        body: Any = None,
        post_params: Any = None,
        files: Any = None,
        response_type: Any = None,
        auth_settings: Any = None,
        async_req: bool | None = None,
        _return_http_data_only: bool | None = None,
        collection_formats: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
        _host: str | None = None,
        *,
        _retries: Any = None,
        _settle: Callable[[Failure, Deadline], bool | None] | None = None,
    ) -> Any:
        """Make a call; what the operations of an API class and of generated code stand on.

        :param resource_path: path with ``{placeholders}``.
        :param method: HTTP verb.
        :param path_params: values of the placeholders.
        :param query_params: query parameters, as pairs or a mapping.
        :param header_params: headers; they win over the default headers, and ``None`` is left out.
        :param body: what is sent as JSON, or text or bytes for another content type.
        :param post_params: form fields.
        :param files: form field -> path, or list of paths.
        :param response_type: class, or its name as generated code writes it.
        :param auth_settings: names of security schemes, see :meth:`Configuration.auth_settings`.
        :param async_req: run on another thread and give an object with ``get(timeout)``.
        :param _return_http_data_only: give the data alone instead of an :class:`~openapi_client.ApiResponse`.
        :param collection_formats: parameter -> ``csv``, ``ssv``, ``tsv``, ``pipes`` or ``multi``.
        :param _preload_content: ``False`` gives the urllib3 response with its body unread.
        :param _request_timeout: seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _host: base URL for this call. Another origin than that of the configuration gets neither credentials
            nor the cookie, nor default headers with secret names.
        :param _retries: as ``Configuration.retries``, for this call.
        :param _settle: tells what became of a repeated call that was refused.
        :raises ApiException: see :mod:`openapi_client.exceptions`.
        """
        if method not in _METHODS:
            raise ApiValueError(f"http method must be {_METHODS_IN_WORDS}.")
        settings, formats = self.configuration, collection_formats
        path = self._path(resource_path, path_params, formats)
        home = settings.base_url
        base = home if _host is None else hosts.base_url(_host)
        is_home = base is home or hosts.origin_of(base) == hosts.origin_of(home)
        names, headers = self._headers(header_params, formats, is_home)
        query = self._pairs(query_params, formats)
        signs = is_home and auth_settings is CONFIGURED and _CREDENTIALS.isdisjoint(names)
        if is_home and auth_settings and auth_settings is not CONFIGURED:
            self.update_params_for_auth(headers, query, auth_settings)
        form = post_params
        if post_params or files:
            form = [*self._pairs(post_params, formats), *wire.file_fields(files)]
        plain = None if body is None else self.sanitize_for_serialization(body)
        if form and plain:
            raise ApiValueError("body parameter cannot be used with post_params parameter.")
        parts = (query, form, plain, headers.setdefault("Content-Type", _JSON))
        given = (settings.timeout, "timeout") if _request_timeout is None else (_request_timeout, "_request_timeout")
        call = Call(
            # URL and body have no names here: a traceback with variables would show the secrets in them.
            Request(
                method,
                rest.with_query(base + path, query),
                headers,
                rest.encoded(method, headers, plain, form),
                _preload_content,
                parts,
            ),
            path,
            response_type,
            self._send,
            self._decode,
            retry.policy_of(settings.retries if _retries is None else _retries),
            timeouts.limits_of(*given),
            key=headers.get(names.get("idempotency-key", "")),
            signs=signs,
            info=not _return_http_data_only,
            settle=_settle,
        )
        return self.pool.apply_async(self._engine.run, (call,)) if async_req else self._engine.run(call)

    def _send(self, request: Request, limits: Limits) -> Outcome:
        """Send one attempt of a call, by way of what generated code has replaced, if it has."""
        sender = self.rest_client
        if (
            type(self).request is _REQUEST
            and "request" not in self.__dict__
            and type(sender) is rest.RESTClientObject
            and sender.is_as_made
        ):
            reply = sender.transport.send(request, limits)
        else:
            reply = self._sent_by_request(request, limits)
        if type(reply) is Reply:
            self._last = reply
        return reply

    def _sent_by_request(self, request: Request, limits: Limits) -> Outcome:
        query, fields, body, sends = request.parts
        headers = Headers(request.headers)
        if sends is not None:
            headers["Content-Type"] = sends  # a form is encoded again, with a boundary of its own
        try:
            response = self.request(
                request.method,
                rest.without_query(request),
                query_params=query,
                headers=headers,
                post_params=fields,
                body=body,
                _preload_content=request.preload,
                _request_timeout=limits,
            )
        except ApiException as error:
            if error.status:
                body = error.body if isinstance(error.body, bytes) else str(error.body or "").encode("utf-8", "replace")
                return Reply(error.status, body, error.headers or {}, error.reason, error)
            return Failure(str(error.reason), error.sent, type(error), error.phase, error.is_stale, cause=error)
        return rest.reply_of(response, is_read=request.preload)

    def _decode(self, reply: Reply, answer: Any) -> Any:
        """The value of an answer, by way of an overridden ``deserialize``, if there is one."""
        if not answer:
            return None
        is_download = answer in ("file", "bytes", bytes)
        if is_download or type(self).deserialize is not _DESERIALIZE or "deserialize" in self.__dict__:
            return self.deserialize(_response_of(reply, text=not is_download), answer)
        text = wire.text_of(reply.body, reply.headers.get("Content-Type"))
        return self._decoded(text, reply.status, answer)

    def _pairs(self, params: Any, formats: Any) -> list[tuple[str, Any]]:
        return wire.pairs(self.sanitize_for_serialization(params), formats) if params else []

    def _path(self, template: str, params: Any, formats: Any) -> str:
        for name, value in wire.pairs(params, formats) if params else ():
            if not isinstance(value, str):
                value = self.sanitize_for_serialization(value)
            segment = checks.path_segment(name, value, self.configuration.safe_chars_for_path_param)
            template = template.replace("{" + name + "}", segment)
        return template

    def _headers(self, given: Any, formats: Any, is_home: bool) -> tuple[dict[str, str], Headers]:
        """The default headers and above them those of the call; one of a name, whatever its case.

        :param is_home: whether they go to the configured host, and so may hold secrets.
        :returns: the names by their lower-case form, and the headers.
        """
        names: dict[str, str] = {}
        headers = Headers()
        defaults = (*self.default_headers.items(), ("Cookie", self.cookie or None))
        if not is_home:
            defaults = tuple(pair for pair in defaults if not is_secret(pair[0]))
        for name, value in (*defaults, *(wire.pairs(given, formats) if given else ())):
            if value is None:
                continue
            if value.__class__ is not str:
                value = self.sanitize_for_serialization(value)
            lowered = checks.lower_name(name)
            if lowered in names:
                del headers[names[lowered]]
            names[lowered] = name
            is_plain = value.__class__ is str and value.isascii() and value.isprintable()
            headers[name] = value if is_plain else checks.header_value(name, value)
        if not headers.get(names.get("idempotency-key", ""), "?").strip():
            # A blank key is none: a server may take every request under it for a new one.
            del headers[names.pop("idempotency-key")]
        return names, headers

    def request(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: dict[str, str] | None = None,
        post_params: Any = None,
        body: Any = None,
        _preload_content: bool = True,
        _request_timeout: Any = None,
    ) -> Any:
        """Send one request; every attempt of a call comes through here.

        :raises ApiValueError: an unknown HTTP verb.
        """
        if method not in _METHODS:
            raise ApiValueError(f"http method must be {_METHODS_IN_WORDS}.")
        options = {
            "query_params": query_params,
            "headers": headers,
            "_preload_content": _preload_content,
            "_request_timeout": _request_timeout,
        }
        if method not in ("GET", "HEAD"):
            options["body"] = body
            if method != "DELETE":
                options["post_params"] = post_params
        return getattr(self.rest_client, method)(url, **options)

    def sanitize_for_serialization(self, obj: Any) -> Any:
        """``obj`` as JSON can hold it: models become objects with wire names, dates ISO 8601 text."""
        return wire.sanitize(obj)

    def parameters_to_tuples(self, params: Any, collection_formats: Mapping[str, str] | None) -> list[tuple[str, Any]]:
        """Parameters as pairs, collections formatted."""
        return wire.pairs(params, collection_formats)

    def files_parameters(self, files: Mapping[str, Any] | None = None) -> list[Any]:
        """Form fields ``(name, (file name, content, media type))`` from paths, or lists of paths."""
        return wire.file_fields(files)

    def select_header_accept(self, accepts: list[str] | None) -> str | None:
        """The ``Accept`` header for what an operation can answer: JSON if it is there, else all."""
        if not accepts:
            return None
        lowered = [accept.lower() for accept in accepts]
        return _JSON if _JSON in lowered else ", ".join(lowered)

    def select_header_content_type(self, content_types: list[str] | None) -> str:
        """The ``Content-Type`` header for what an operation takes: JSON if it is there, else the first."""
        lowered = [content_type.lower() for content_type in content_types or (_JSON,)]
        return _JSON if _JSON in lowered or "*/*" in lowered else lowered[0]

    def update_params_for_auth(self, headers: dict[str, str], querys: Any, auth_settings: Any) -> None:
        """Put the values of the named security schemes into ``headers`` and ``querys``.

        A name that :meth:`Configuration.auth_settings` does not list stands for the bearer token, if there is one:
        generated code names its OAuth schemes as its API description does.

        :raises ApiValueError: a scheme that is neither header, query nor cookie, or a value that no header can carry.
        """
        found = self.configuration.auth_settings() if auth_settings else {}
        for name in auth_settings or ():
            setting = found.get(name) or found.get("basicAuth" if "basic" in name.lower() else "bearerAuth")
            if not setting or setting["value"] is None:
                continue
            if setting["in"] in ("header", "cookie"):
                key = setting["key"] if setting["in"] == "header" else "Cookie"
                headers[key] = checks.header_value(key, setting["value"])
            elif setting["in"] == "query":
                querys.append((setting["key"], setting["value"]))
            else:
                raise ApiValueError("Authentication token must be in `query` or `header`")

    def deserialize(self, response: Any, response_type: Any) -> Any:
        """Decode an answer.

        :param response: what :meth:`request` gave.
        :param response_type: a class, or its name: a model, ``list[...]``, ``dict(str, ...)``, ``file``, ``date`` ...
        :raises DecodeException: the body has another shape.
        """
        if response_type == "file":
            folder = self.configuration.temp_folder_path
            return wire.save_file(response.data, response.getheader("Content-Disposition"), folder)
        if response_type == "bytes" or response_type is bytes:
            return response.data
        return self._decoded(wire.text_of(response.data, None), getattr(response, "status", None), response_type)

    def _decoded(self, text: str, status: int | None, response_type: Any) -> Any:
        if not text and status == 204:
            return self._decoder.nothing(response_type)
        size = self.configuration.max_response_bytes
        try:
            data = wire.json_of(text, size)
        except DecodeException:
            # Too much JSON is no text, unless a text is what was asked for, such as CSV.
            if response_type not in (("str", str) if most_values(text, size) else ("str", "object", str, object)):
                raise
            data = text
        if data is None and self._decoder.is_model(response_type):
            raise DecodeException(reason=f"The answer should be a {response_type}, but the server sent null")
        try:
            return self._decoder.decode(data, response_type)
        except RecursionError:
            raise wire.too_deep() from None


#: What is not overridden, neither in a subclass nor by a test that replaces the method of this class.
_REQUEST, _DESERIALIZE = ApiClient.request, ApiClient.deserialize


def _response_of(reply: Reply, *, text: bool) -> rest.RESTResponse:
    """An answer as generated code knows it, its body as text where it is no download."""
    response = rest.RESTResponse(reply.raw or reply, reply.body)
    response.status = reply.status
    if text:
        response.data = wire.text_of(reply.body, reply.headers.get("Content-Type"))
    return response


def _model_named(name: str) -> Any:
    # Looked up at each use, as generated code does, so that models can be added to the package.
    models: Any = importlib.import_module("openapi_client.models")
    try:
        return getattr(models, name)
    except AttributeError:
        raise ApiAttributeError(f"openapi_client.models has no model named {name!r}") from None
