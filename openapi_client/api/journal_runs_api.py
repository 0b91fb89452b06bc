"""The four journal-run operations: a table, and a thin typed method for each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, overload

from openapi_client._call import operation as declared
from openapi_client._call.operation import CONFIGURED
from openapi_client._call.response import ApiResponse
from openapi_client._policy import checks as _checks
from openapi_client._runs import waiting as _polling
from openapi_client._runs.keys import random_key
from openapi_client._runs.settling import Settling
from openapi_client.api_client import ApiClient
from openapi_client.exceptions import (
    ApiTypeError,
    ApiValueError,
)
from openapi_client.models.common_response_type import CommonResponseType
from openapi_client.models.journal_run_status import JournalRunStatus
from openapi_client.models.post_journal_run_type import POSTJournalRunType

if TYPE_CHECKING:
    from typing import TypedDict, Union

    from typing_extensions import Unpack

    from openapi_client._call.background import AsyncResult
    from openapi_client._policy.retry import RetryPolicy
    from openapi_client.models.get_journal_run_type import GETJournalRunType
    from openapi_client.models.post_journal_run_response_type import POSTJournalRunResponseType

    class _CallOptions(TypedDict, total=False):
        """What every operation takes besides its subject."""

        zuora_track_id: str | None
        zuora_entity_ids: str | None
        zuora_org_ids: str | None
        zuora_version: str | None
        _headers: Mapping[str, Any] | None
        _preload_content: bool
        _request_timeout: Union[float, tuple[float, float], None]
        _retries: Union[int, RetryPolicy, None]
        _return_http_data_only: bool

    class _CreateOptions(_CallOptions, total=False):
        """What a create takes besides the request."""

        idempotency_key: str | None


_Method = TypeVar("_Method", bound=Callable[..., Any])
_LONGEST_KEY = 255
#: Keyword argument -> header (Zuora API reference, header parameters of the journal-run operations).
_HEADERS = {
    "zuora_track_id": "Zuora-Track-Id",
    "zuora_entity_ids": "Zuora-Entity-Ids",
    "zuora_org_ids": "Zuora-Org-Ids",
    "zuora_version": "Zuora-Version",
}
_FROM_CONFIGURATION = ("zuora_entity_ids", "zuora_org_ids", "zuora_version")
_OPTIONS = frozenset(
    {*_HEADERS, "async_req", "_headers", "_preload_content", "_request_timeout", "_retries", "_return_http_data_only"}
)
_ACCEPT = {"Accept": "application/json", "Accept-Encoding": "gzip"}
_RUN_PATH = "/v1/journal-runs/{jr-number}"


class Operation(NamedTuple):
    """One operation of the API.

    :ivar verb: HTTP verb.
    :ivar path: path template.
    :ivar subject: name of the one required parameter.
    :ivar result: name of the model of the answer.
    :ivar content_type: media type of the body, or ``None`` without one.
    :ivar options: keyword arguments beyond those of every operation.
    :ivar done: statuses of a run that show that an earlier, unclear attempt has succeeded.
    """

    verb: str
    path: str
    subject: str
    result: str
    content_type: str | None = None
    options: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()


CREATE = Operation(
    "POST", "/v1/journal-runs", "request", "POSTJournalRunResponseType", "application/json; charset=utf-8",
    frozenset({"idempotency_key"}),
)  # fmt: skip
RETRIEVE = Operation("GET", _RUN_PATH, "jr_number", "GETJournalRunType")
# Zuora answers other cancels without a JSON body with 415, so an empty object is sent.
CANCEL = Operation(
    "PUT", _RUN_PATH + "/cancel", "jr_number", "CommonResponseType", "application/json",
    done=frozenset({JournalRunStatus.CANCEL_IN_PROGRESS, JournalRunStatus.CANCELLED}),
)  # fmt: skip
DELETE = Operation(
    "DELETE", _RUN_PATH, "jr_number", "CommonResponseType", done=frozenset({JournalRunStatus.DELETE_IN_PROGRESS})
)
_LOOK = declared.Operation(
    "GET",
    _RUN_PATH,
    (
        declared.Parameter("jr_number", "path", "jr-number", required=True),
        *(declared.Parameter(name, "header", header) for name, header in _HEADERS.items()),
    ),
    "GETJournalRunType",
)
SETTLING = {
    "PUT": Settling(_LOOK, done=CANCEL.done, open={"Pending", "Error", "Completed"}),
    "DELETE": Settling(_LOOK, done=DELETE.done, open={"Cancelled"}, gone=True),
}


def _generated(method: _Method, name: str) -> _Method:
    """``method`` under the name that OpenAPI Generator gives it; error messages use that name, too."""

    def renamed(self: Any, *args: Any, **kwargs: Any) -> Any:
        return method(self, *args, _name=name.removesuffix("_with_http_info"), **kwargs)

    renamed.__name__, renamed.__qualname__ = name, f"JournalRunsApi.{name}"
    renamed.__doc__ = f"The generated name of :meth:`{method.__name__}`."
    renamed.__wrapped__ = method  # type: ignore[attr-defined]  # where inspect finds the signature
    return renamed  # type: ignore[return-value]  # it takes and returns what method does


class JournalRunsApi:
    """Create, retrieve, cancel and delete journal runs.

    Each operation exists under a readable and under its generated name, and with ``_with_http_info`` for the
    :class:`~openapi_client.ApiResponse` with status and headers. All of them take these keyword arguments:

    - ``zuora_track_id``: your own id of the call, echoed in the answer: at most 64 US-ASCII characters, none of
      ``: ; " '``
    - ``zuora_entity_ids``: the entity to work in (Multi-entity); ``zuora_org_ids``: comma-separated organizations
      (Multi-Org); ``zuora_version``: the minor version of the API. Their defaults stand in the configuration.
    - ``async_req=True``: run on another thread, and return an object with ``get(timeout)``
    - ``_request_timeout``: seconds for the whole call, or ``(connect, read)`` seconds for each attempt
    - ``_retries``: as ``Configuration.retries``, for this call
    - ``_headers``: further headers; they win over all others
    - ``_preload_content=False``: return the urllib3 response with its body unread

    They raise :class:`~openapi_client.ApiTypeError` and :class:`~openapi_client.ApiValueError` for bad arguments,
    before anything is sent, and :class:`~openapi_client.ApiException` for everything that fails after that.

    :param api_client: the client to use; ``None`` makes one with the default configuration.
    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client: ApiClient = ApiClient() if api_client is None else api_client

    @overload
    def create_journal_run(
        self,
        request: POSTJournalRunType | dict[str, Any],
        *,
        async_req: Literal[True],
        **kwargs: Unpack[_CreateOptions],
    ) -> AsyncResult[POSTJournalRunResponseType]: ...

    @overload
    def create_journal_run(
        self,
        request: POSTJournalRunType | dict[str, Any],
        *,
        async_req: Literal[False] | None = None,
        **kwargs: Unpack[_CreateOptions],
    ) -> POSTJournalRunResponseType: ...

    def create_journal_run(self, request: Any, **kwargs: Any) -> Any:
        """Create a journal run (``POST /v1/journal-runs``); it goes on in the background.

        The call is sent with an ``Idempotency-Key``, so that repeating it after a failure never makes a second run.
        It needs the permission "Create Journal Run", and one run can be active at a time.

        :param request: what to collect, as model or dict.
        :param kwargs: see the class; besides ``idempotency_key``: a key of your own (at most 255 characters, kept for
            24 hours), or ``None`` to send none and never to repeat what may have been received.
        :returns: the number of the run, in ``journal_run_number``.
        :raises ApiException: its ``outcome_unknown`` tells whether the run may exist all the same.
        """
        return self._call(CREATE, "create_journal_run", request, kwargs, data_only=True)

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | dict[str, Any],
        *,
        async_req: Literal[True],
        **kwargs: Unpack[_CreateOptions],
    ) -> AsyncResult[ApiResponse[POSTJournalRunResponseType]]: ...

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | dict[str, Any],
        *,
        async_req: Literal[False] | None = None,
        **kwargs: Unpack[_CreateOptions],
    ) -> ApiResponse[POSTJournalRunResponseType]: ...

    def create_journal_run_with_http_info(self, request: Any, **kwargs: Any) -> Any:
        """:meth:`create_journal_run` with status, headers and more of the answer."""
        return self._call(CREATE, "create_journal_run", request, kwargs, data_only=False)

    @overload
    def get_journal_run(
        self, jr_number: str, *, async_req: Literal[True], **kwargs: Unpack[_CallOptions]
    ) -> AsyncResult[GETJournalRunType]: ...

    @overload
    def get_journal_run(
        self, jr_number: str, *, async_req: Literal[False] | None = None, **kwargs: Unpack[_CallOptions]
    ) -> GETJournalRunType: ...

    def get_journal_run(self, jr_number: Any, **kwargs: Any) -> Any:
        """Retrieve a journal run (``GET /v1/journal-runs/{jr-number}``).

        :param jr_number: number of the run, such as ``JR-00000042``.
        :param kwargs: see the class.
        :raises NotFoundException: there is no such run; before minor version 2024-05-20 of the API it is an
            :class:`~openapi_client.OperationFailedException` with a reason of category 40.
        """
        return self._call(RETRIEVE, "get_journal_run", jr_number, kwargs, data_only=True)

    @overload
    def get_journal_run_with_http_info(
        self, jr_number: str, *, async_req: Literal[True], **kwargs: Unpack[_CallOptions]
    ) -> AsyncResult[ApiResponse[GETJournalRunType]]: ...

    @overload
    def get_journal_run_with_http_info(
        self, jr_number: str, *, async_req: Literal[False] | None = None, **kwargs: Unpack[_CallOptions]
    ) -> ApiResponse[GETJournalRunType]: ...

    def get_journal_run_with_http_info(self, jr_number: Any, **kwargs: Any) -> Any:
        """:meth:`get_journal_run` with status, headers and more of the answer."""
        return self._call(RETRIEVE, "get_journal_run", jr_number, kwargs, data_only=False)

    @overload
    def cancel_journal_run(
        self, jr_number: str, *, async_req: Literal[True], **kwargs: Unpack[_CallOptions]
    ) -> AsyncResult[CommonResponseType]: ...

    @overload
    def cancel_journal_run(
        self, jr_number: str, *, async_req: Literal[False] | None = None, **kwargs: Unpack[_CallOptions]
    ) -> CommonResponseType: ...

    def cancel_journal_run(self, jr_number: Any, **kwargs: Any) -> Any:
        """Cancel a journal run (``PUT /v1/journal-runs/{jr-number}/cancel``); its entries follow in the background.

        Success says that the status (``Pending``, ``Error`` or ``Completed``) allowed it. The run ends in
        ``Cancelled``, or in ``Completed`` again when an entry was transferred to accounting before. It needs the
        permission "Cancel Journal Run".

        :param jr_number: number of the run.
        :param kwargs: see the class.
        """
        return self._call(CANCEL, "cancel_journal_run", jr_number, kwargs, data_only=True)

    @overload
    def cancel_journal_run_with_http_info(
        self, jr_number: str, *, async_req: Literal[True], **kwargs: Unpack[_CallOptions]
    ) -> AsyncResult[ApiResponse[CommonResponseType]]: ...

    @overload
    def cancel_journal_run_with_http_info(
        self, jr_number: str, *, async_req: Literal[False] | None = None, **kwargs: Unpack[_CallOptions]
    ) -> ApiResponse[CommonResponseType]: ...

    def cancel_journal_run_with_http_info(self, jr_number: Any, **kwargs: Any) -> Any:
        """:meth:`cancel_journal_run` with status, headers and more of the answer."""
        return self._call(CANCEL, "cancel_journal_run", jr_number, kwargs, data_only=False)

    @overload
    def delete_journal_run(
        self, jr_number: str, *, async_req: Literal[True], **kwargs: Unpack[_CallOptions]
    ) -> AsyncResult[CommonResponseType]: ...

    @overload
    def delete_journal_run(
        self, jr_number: str, *, async_req: Literal[False] | None = None, **kwargs: Unpack[_CallOptions]
    ) -> CommonResponseType: ...

    def delete_journal_run(self, jr_number: Any, **kwargs: Any) -> Any:
        """Delete a journal run (``DELETE /v1/journal-runs/{jr-number}``); it has to be ``Cancelled``.

        It needs the permission "Delete Cancelled Journal Run".

        :param jr_number: number of the run.
        :param kwargs: see the class.
        """
        return self._call(DELETE, "delete_journal_run", jr_number, kwargs, data_only=True)

    @overload
    def delete_journal_run_with_http_info(
        self, jr_number: str, *, async_req: Literal[True], **kwargs: Unpack[_CallOptions]
    ) -> AsyncResult[ApiResponse[CommonResponseType]]: ...

    @overload
    def delete_journal_run_with_http_info(
        self, jr_number: str, *, async_req: Literal[False] | None = None, **kwargs: Unpack[_CallOptions]
    ) -> ApiResponse[CommonResponseType]: ...

    def delete_journal_run_with_http_info(self, jr_number: Any, **kwargs: Any) -> Any:
        """:meth:`delete_journal_run` with status, headers and more of the answer."""
        return self._call(DELETE, "delete_journal_run", jr_number, kwargs, data_only=False)

    p_ost_journal_run = _generated(create_journal_run, "p_ost_journal_run")
    p_ost_journal_run_with_http_info = _generated(create_journal_run_with_http_info, "p_ost_journal_run_with_http_info")
    g_et_journal_run = _generated(get_journal_run, "g_et_journal_run")
    g_et_journal_run_with_http_info = _generated(get_journal_run_with_http_info, "g_et_journal_run_with_http_info")
    p_ut_journal_run = _generated(cancel_journal_run, "p_ut_journal_run")
    p_ut_journal_run_with_http_info = _generated(cancel_journal_run_with_http_info, "p_ut_journal_run_with_http_info")
    d_elete_journal_run = _generated(delete_journal_run, "d_elete_journal_run")
    d_elete_journal_run_with_http_info = _generated(
        delete_journal_run_with_http_info, "d_elete_journal_run_with_http_info"
    )

    def wait_for_journal_run(
        self,
        jr_number: str,
        *,
        until: str | Collection[str] = JournalRunStatus.COMPLETED,
        timeout: float = 3600.0,
        progress: Callable[[GETJournalRunType], Any] | None = None,
        **kwargs: Unpack[_CallOptions],
    ) -> GETJournalRunType:
        """Wait until a run has one of the wanted statuses.

        It looks again after 1 second, then after growing, jittered delays of up to 20 seconds, goes on through
        failures that may pass, and stops when no wanted status can be reached any more. After a cancel, a run that
        goes back to ``Completed`` has entries that could not be cancelled.

        :param jr_number: number of the run.
        :param until: the wanted status, or a collection of statuses.
        :param timeout: seconds to wait at most.
        :param progress: called with the run after each look.
        :raises JournalRunFailedException: no wanted status can be reached any more; its ``run`` is the run.
        :raises RequestTimeoutException: ``timeout`` has passed; its ``run`` is the run as last seen.
        """
        wanted = _polling.wanted_statuses(until)
        return self._poller(jr_number, "wait_for_journal_run", timeout, progress, dict(kwargs)).wait(wanted)

    def wait_for_journal_run_deleted(
        self, jr_number: str, *, timeout: float = 3600.0, **kwargs: Unpack[_CallOptions]
    ) -> None:
        """Wait until a run no longer exists.

        :param jr_number: number of the run.
        :param timeout: seconds to wait at most.
        :raises RequestTimeoutException: ``timeout`` has passed; its ``run`` is the run as last seen.
        """
        self._poller(jr_number, "wait_for_journal_run_deleted", timeout, None, dict(kwargs)).wait_until_gone()

    def _poller(
        self, jr_number: str, name: str, timeout: float, progress: Callable[[Any], Any] | None, options: dict[str, Any]
    ) -> _polling.Poller:
        self._check(RETRIEVE, name, jr_number, options)
        longest = options.pop("_request_timeout", None)

        def read(left: float) -> Any:
            limit = left if longest is None else longest if isinstance(longest, tuple) else min(longest, left)
            return self._perform(RETRIEVE, name, jr_number, {**options, "_request_timeout": limit}, False)

        return _polling.Poller(jr_number, read, self.api_client.configuration.clock, timeout, progress)

    def _call(self, operation: Operation, name: str, subject: Any, options: dict[str, Any], *, data_only: bool) -> Any:
        """Check the arguments, then perform the operation here or on another thread."""
        name = options.pop("_name", name)
        self._check(operation, name, subject, options)
        data_only = options.pop("_return_http_data_only", data_only) or data_only
        args = (operation, name, subject, options, data_only)
        if options.pop("async_req", None):
            return self.api_client.pool.apply_async(self._perform, args)
        return self._perform(*args)

    def _check(self, operation: Operation, name: str, subject: Any, options: Mapping[str, Any]) -> None:
        for option in options:
            if option not in _OPTIONS and option not in operation.options:
                raise ApiTypeError(f"Got an unexpected keyword argument '{option}' to method {name}")
        if subject is None and self.api_client.client_side_validation:
            raise ApiValueError(f"Missing the required parameter `{operation.subject}` when calling `{name}`")
        if self.api_client.client_side_validation:
            for option in (*_HEADERS, "idempotency_key"):
                if options.get(option) is not None:
                    _checks.text_parameter(option, options[option], name)
            if options.get("zuora_track_id") is not None:
                _checks.track_id(options["zuora_track_id"], name)
            key = options.get("idempotency_key")
            if key is not None and not 0 < len(key) <= _LONGEST_KEY:
                raise ApiValueError(
                    f"Invalid value for parameter `idempotency_key` when calling `{name}`: "
                    f"use 1 to {_LONGEST_KEY} characters, or None to send no key"
                )

    def _perform(self, operation: Operation, name: str, subject: Any, options: dict[str, Any], data_only: bool) -> Any:
        is_create = operation.subject == "request"
        arguments = {"jr_number": subject, **options}
        settle = SETTLING.get(operation.verb)
        extra: dict[str, Any] = {}
        if settle is not None:
            extra["_settle"] = partial(settle.verdict, self.api_client, name, arguments)
        if options.get("_retries") is not None:
            extra["_retries"] = options["_retries"]
        return self.api_client.call_api(
            operation.path,
            operation.verb,
            {} if is_create else {"jr-number": self._number(name, subject)},
            [],
            self._headers(operation, options),
            body=self._body(name, subject) if is_create else {} if operation.content_type else None,
            post_params=[],
            files={},
            response_type=operation.result,
            auth_settings=CONFIGURED,
            _return_http_data_only=data_only,
            collection_formats={},
            _preload_content=options.get("_preload_content", True),
            _request_timeout=options.get("_request_timeout"),
            **extra,
        )

    def _number(self, name: str, value: Any) -> Any:
        if self.api_client.client_side_validation:
            _checks.text_parameter("jr_number", value, name)
        # The client makes the segment; here the error names the parameter as Python callers know it.
        _checks.path_segment("jr_number", value)
        return value

    def _body(self, name: str, request: Any) -> Any:
        if not self.api_client.client_side_validation or hasattr(request, "openapi_types"):
            return request
        if isinstance(request, Mapping):
            return POSTJournalRunType._from_user(dict(request))
        raise ApiTypeError(
            f"Invalid type for parameter `request` when calling `{name}`: "
            f"it must be a POSTJournalRunType or a dict, not {type(request).__name__}"
        )

    def _headers(self, operation: Operation, options: Mapping[str, Any]) -> list[tuple[str, Any]]:
        configuration = self.api_client.configuration
        headers: list[tuple[str, Any]] = list(_ACCEPT.items())
        if operation.content_type is not None:
            headers.append(("Content-Type", operation.content_type))
        for option, header in _HEADERS.items():
            value = options.get(option)
            if value is None and option in _FROM_CONFIGURATION:
                value = getattr(configuration, option)
            if value is not None:
                headers.append((header, value))
        extra = options.get("_headers") or {}
        if not isinstance(extra, Mapping):
            raise ApiTypeError(f"Invalid type for parameter `_headers`: it must be a dict, not {type(extra).__name__}")
        if operation is CREATE and not any(str(header).lower() == "idempotency-key" for header in extra):
            headers.append(
                ("Idempotency-Key", options["idempotency_key"] if "idempotency_key" in options else random_key())
            )
        return [*headers, *extra.items()]
