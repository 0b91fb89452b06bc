"""What generated code calls: builds a call from parameters, and hands it to the engine."""

from __future__ import annotations

import datetime
import importlib
import os
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar

from openapi_client import rest
from openapi_client._base.redact import is_secret
from openapi_client._call.engine import Call, Engine
from openapi_client._call.operation import CONFIGURED
from openapi_client._policy import checks as _checks
from openapi_client._policy import hosts as _hosts
from openapi_client._policy import retry as _retry
from openapi_client._schema import wire as _wire
from openapi_client.configuration import Configuration
from openapi_client.exceptions import ApiAttributeError, ApiException, ApiValueError, DecodeException

if TYPE_CHECKING:
    from typing_extensions import Self

    from openapi_client._call.background import ThreadPool

__all__ = ["ApiClient", "ApiException", "ApiValueError", "Configuration"]

_JSON = "application/json"
#: Headers that bring credentials of their own.
_CREDENTIALS = frozenset({"authorization", "apiaccesskeyid"})
_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PATCH", "PUT", "DELETE")


class _Threads(int):
    """The default of ``pool_threads``: shown as generated code shows it, but not serial."""


_POOL_THREADS = _Threads(1)


class ApiClient:
    """Sends calls and decodes their answers. One client serves any number of threads.

    - A call that fails in a way that may pass is tried again by :class:`~openapi_client.RetryPolicy`.
    - Close it with ``close()`` or ``with``; a client that is dropped leaves no thread and no socket behind.
    - A forked child gets connections of its own. Pickling leaves connections, tokens and secrets out.

    :param configuration: settings; ``None`` takes the stored default.
    :param header_name: a header to send with every call, and
    :param header_value: its value.
    :param cookie: a ``Cookie`` header to send with every call.
    :param pool_threads: threads for ``async_req``; a small pool unless it is given.
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
    _pool: ThreadPool | None = None
    _pool_pid = 0

    def __init__(
        self,
        configuration: Configuration | None = None,
        header_name: str | None = None,
        header_value: str | None = None,
        cookie: str | None = None,
        pool_threads: int = _POOL_THREADS,
    ) -> None:
        self.configuration: Any = Configuration.get_default_copy() if configuration is None else configuration
        self.default_headers: dict[str, Any] = {}
        if header_name is not None:
            self.set_default_header(header_name, header_value)
        self.user_agent = "OpenAPI-Generator/1.0.0/python"
        self.cookie = cookie
        self.pool_threads = pool_threads
        self.client_side_validation: bool = self.configuration.client_side_validation
        self.last_response: Any = None
        self._start()

    def _start(self) -> None:
        self.rest_client = rest.RESTClientObject(self.configuration)
        self._decoder = _wire.Decoder(_model_named, self.configuration)
        self._engine = Engine(self.configuration)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Wait for the asynchronous calls, end their threads, and close the connections."""
        pool, self._pool = self._pool, None
        if pool is not None:
            self._finalizer.detach()
            pool.close()
            pool.join()
        self.rest_client.close()

    def __getstate__(self) -> dict[str, Any]:
        keeps = self.configuration.pickle_secrets
        headers = {name: value for name, value in self.default_headers.items() if keeps or not is_secret(name)}
        state = {name: self.__dict__[name] for name in ("configuration", "pool_threads", "client_side_validation")}
        return {**state, "default_headers": headers, "cookie": self.cookie if keeps else None, "last_response": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._start()

    @property
    def pool(self) -> ThreadPool:
        """The threads for ``async_req``, made on first use."""
        if self._pool is None or self._pool_pid != os.getpid():
            from openapi_client._call import background as _async

            threads = self.pool_threads
            self._pool = _async.ThreadPool(_async.DEFAULT_THREADS if isinstance(threads, _Threads) else threads)
            self._pool_pid = os.getpid()
            self._finalizer = _async.close_at_exit(self)
        return self._pool

    @property
    def user_agent(self) -> str:
        """The ``User-Agent`` header."""
        return str(self.default_headers["User-Agent"])

    @user_agent.setter
    def user_agent(self, value: str) -> None:
        self.set_default_header("User-Agent", value)

    def set_default_header(self, header_name: str, header_value: Any) -> None:
        """Send a header with every call, unless the call has one of that name.

        :raises ApiTypeError: not text. :raises ApiValueError: characters that headers cannot carry.
        """
        if header_value is not None:
            _checks.header_value(_checks.header_name(header_name), header_value)
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
        :param _host: base URL for this call.
        :param _retries: as ``Configuration.retries``, for this call.
        :raises ApiException: see :mod:`openapi_client.exceptions`.
        """
        args = (
            resource_path, method, path_params, query_params, header_params, body, post_params, files, response_type,
            auth_settings, _return_http_data_only, collection_formats, _preload_content, _request_timeout, _host,
            _retries,
        )  # fmt: skip
        return self.pool.apply_async(self._call, args) if async_req else self._call(*args)

    def _call(
        self,
        resource_path: str,
        method: str,
        path_params: Any,
        query_params: Any,
        header_params: Any,
        body: Any,
        post_params: Any,
        files: Any,
        response_type: Any,
        auth_settings: Any,
        data_only: bool | None,
        collection_formats: Any,
        preload: bool,
        request_timeout: Any,
        host: str | None,
        retries: Any,
    ) -> Any:
        settings = self.configuration
        path = self._path(resource_path, path_params, collection_formats)
        home = settings.base_url
        base = home if host is None else _hosts.base_url(host)
        call = Call(method, path, base + path, self._headers(header_params, collection_formats))
        call.query = _wire.pairs(_wire.sanitize(query_params), collection_formats) if query_params else query_params
        call.post_params = post_params
        if post_params or files:
            fields = _wire.pairs(_wire.sanitize(post_params or []), collection_formats)
            call.post_params = [*fields, *_wire.file_fields(files)]
        if auth_settings is CONFIGURED:
            is_home = base is home or _hosts.origin_of(base) == _hosts.origin_of(home)
            call.takes_credentials = is_home and not _CREDENTIALS.intersection(call.names)
        else:
            call.query = [] if auth_settings and call.query is None else call.query
            self.update_params_for_auth(call.headers, call.query, auth_settings)
        call.body = _wire.sanitize(body)
        call.kind, call.preload = response_type, preload
        call.timeout = settings.timeout if request_timeout is None else request_timeout
        call.policy = _retry.policy_of(settings.retries if retries is None else retries)
        answer = self._engine.run(self, call)
        return answer.data if data_only and preload else answer

    def _path(self, template: str, params: Any, formats: Any) -> str:
        for name, value in _wire.pairs(_wire.sanitize(params), formats) if params else ():
            segment = _checks.path_segment(name, value, self.configuration.safe_chars_for_path_param)
            template = template.replace("{" + name + "}", segment)
        return template

    def _headers(self, given: Any, formats: Any) -> dict[str, tuple[str, str]]:
        """The default headers and above them those of the call; one of a name, whatever its case."""
        headers: dict[str, tuple[str, str]] = {}
        own = _wire.pairs(given, formats) if given else ()
        cookie = (("Cookie", self.cookie),) if self.cookie else ()
        for name, value in (*self.default_headers.items(), *cookie, *own):
            if value is not None:
                value = value if isinstance(value, str) else _wire.sanitize(value)
                headers[_checks.header_name(name).lower()] = (name, _checks.header_value(name, value))
        return headers

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
            raise ApiValueError("http method must be `GET`, `HEAD`, `OPTIONS`, `POST`, `PATCH`, `PUT` or `DELETE`.")
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
        return _wire.sanitize(obj)

    def parameters_to_tuples(self, params: Any, collection_formats: Mapping[str, str] | None) -> list[tuple[str, Any]]:
        """Parameters as pairs, collections formatted."""
        return _wire.pairs(params, collection_formats)

    def files_parameters(self, files: Mapping[str, Any] | None = None) -> list[Any]:
        """Form fields ``(name, (file name, content, media type))`` from paths, or lists of paths."""
        return _wire.file_fields(files)

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

        :raises ApiValueError: a scheme that is neither header, query nor cookie.
        """
        found = self.configuration.auth_settings() if auth_settings else {}
        for name in auth_settings or ():
            setting = found.get(name) or found.get("basicAuth" if "basic" in name.lower() else "bearerAuth")
            if not setting or setting["value"] is None:
                continue
            if setting["in"] == "header":
                headers[setting["key"]] = setting["value"]
            elif setting["in"] == "cookie":
                headers["Cookie"] = setting["value"]
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
            return _wire.save_file(response.data, response.getheader("Content-Disposition"), folder)
        if response_type == "bytes" or response_type is bytes:
            return response.data
        text = _wire.text_of(response.data, None)
        if not text and getattr(response, "status", None) == 204:
            return self._decoder.nothing(response_type)
        try:
            data = _wire.json_of(text)
        except DecodeException:
            if response_type not in ("str", "object", str, object):
                raise
            data = text
        if data is None and self._decoder.is_model(response_type):
            raise DecodeException(reason=f"The answer should be a {response_type}, but the server sent null")
        return self._decoder.decode(data, response_type)


def _model_named(name: str) -> Any:
    # Looked up at each use, as generated code does, so that models can be added to the package.
    models: Any = importlib.import_module("openapi_client.models")
    try:
        return getattr(models, name)
    except AttributeError:
        raise ApiAttributeError(f"openapi_client.models has no model named {name!r}") from None
