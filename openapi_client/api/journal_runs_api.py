# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""Create, retrieve, cancel and delete journal runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from openapi_client._call.operation import Operation, Parameter, checked, generated, operation
from openapi_client._policy.busy import refusal_of_a_create
from openapi_client._policy.checks import track_id
from openapi_client._runs.keys import RANDOM_KEY, key_rule, random_key
from openapi_client._runs.settling import ByLooking
from openapi_client._schema.kinds import Nested
from openapi_client.api_client import ApiClient
from openapi_client.models.common_response_type import CommonResponseType
from openapi_client.models.get_journal_run_type import GETJournalRunType
from openapi_client.models.journal_run_status import JournalRunStatus
from openapi_client.models.post_journal_run_response_type import POSTJournalRunResponseType
from openapi_client.models.post_journal_run_type import POSTJournalRunType

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from openapi_client._call.background import AsyncResult
    from openapi_client._call.response import ApiResponse
    from openapi_client._policy.retry import RetryPolicy
    from openapi_client._runs.poller import JournalRunPoller
    from openapi_client._runs.telling import WaitEvent
    from openapi_client._transport.raw import HTTPResponse
    from openapi_client.models.journal_run_status import JournalRunStatusValue
    from openapi_client.models.post_journal_run_type import POSTJournalRunTypeDict

_ZUORA_TRACK_ID = Parameter("zuora_track_id", "header", "Zuora-Track-Id", rule=track_id)
_ZUORA_ENTITY_IDS = Parameter("zuora_entity_ids", "header", "Zuora-Entity-Ids", setting="zuora_entity_ids")
_ZUORA_ORG_IDS = Parameter("zuora_org_ids", "header", "Zuora-Org-Ids", setting="zuora_org_ids")
_ZUORA_VERSION = Parameter("zuora_version", "header", "Zuora-Version", setting="zuora_version")
_IDEMPOTENCY_KEY = Parameter("idempotency_key", "header", "Idempotency-Key", rule=key_rule, make=random_key)
_JR_NUMBER = Parameter("jr_number", "path", "jr-number", required=True)

_CREATE_JOURNAL_RUN = Operation(
    "POST",
    "/v1/journal-runs",
    (
        Parameter("request", "body", kind=Nested(POSTJournalRunType), required=True),
        _ZUORA_TRACK_ID,
        _ZUORA_ENTITY_IDS,
        _ZUORA_ORG_IDS,
        _ZUORA_VERSION,
        _IDEMPOTENCY_KEY,
    ),
    Nested(POSTJournalRunResponseType),
    sends="application/json; charset=utf-8",
    brings=("journalRunNumber",),
    judge=refusal_of_a_create,
)
_GET_JOURNAL_RUN = Operation(
    "GET",
    "/v1/journal-runs/{jr-number}",
    (_JR_NUMBER, _ZUORA_TRACK_ID, _ZUORA_ENTITY_IDS, _ZUORA_ORG_IDS, _ZUORA_VERSION),
    Nested(GETJournalRunType),
)
_DELETE_JOURNAL_RUN = Operation(
    "DELETE",
    "/v1/journal-runs/{jr-number}",
    (_JR_NUMBER, _ZUORA_TRACK_ID, _ZUORA_ENTITY_IDS, _ZUORA_ORG_IDS, _ZUORA_VERSION),
    Nested(CommonResponseType),
    settle=ByLooking(
        _GET_JOURNAL_RUN,
        done=frozenset({JournalRunStatus.DELETE_IN_PROGRESS}),
        undecided=frozenset({JournalRunStatus.CANCELLED}),
        missing_is_done=True,
    ),
)
_CANCEL_JOURNAL_RUN = Operation(
    "PUT",
    "/v1/journal-runs/{jr-number}/cancel",
    (_JR_NUMBER, _ZUORA_TRACK_ID, _ZUORA_ENTITY_IDS, _ZUORA_ORG_IDS, _ZUORA_VERSION),
    Nested(CommonResponseType),
    sends="application/json",
    body={},
    settle=ByLooking(
        _GET_JOURNAL_RUN,
        done=frozenset({JournalRunStatus.CANCEL_IN_PROGRESS, JournalRunStatus.CANCELLED}),
        undecided=frozenset(
            {
                JournalRunStatus.PENDING,
                JournalRunStatus.ERROR,
                JournalRunStatus.COMPLETED,
                JournalRunStatus.DELETE_IN_PROGRESS,
            }
        ),
    ),
)


class JournalRunsApi:
    """Create, retrieve, cancel and delete journal runs.

    Each operation exists under a readable and under its generated name, and with ``_with_http_info`` for the
    :class:`~openapi_client.ApiResponse` with status and headers. The defaults of ``zuora_entity_ids``,
    ``zuora_org_ids`` and ``zuora_version`` stand in the configuration.

    :param api_client: the client to use; ``None`` makes one with the default configuration.
    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client: ApiClient = ApiClient() if api_client is None else api_client

    @overload
    def create_journal_run(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> POSTJournalRunResponseType: ...

    @overload
    def create_journal_run(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[POSTJournalRunResponseType]: ...

    @overload
    def create_journal_run(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> HTTPResponse: ...

    @overload
    def create_journal_run(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[HTTPResponse]: ...

    @overload
    def create_journal_run(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        POSTJournalRunResponseType | HTTPResponse | AsyncResult[POSTJournalRunResponseType] | AsyncResult[HTTPResponse]
    ): ...

    @operation(_CREATE_JOURNAL_RUN)
    def create_journal_run(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        POSTJournalRunResponseType | HTTPResponse | AsyncResult[POSTJournalRunResponseType] | AsyncResult[HTTPResponse]
    ):
        """Create a journal run (``POST /v1/journal-runs``).

        Queues a run and answers with its number at once; the run goes on in the background. One run can be active at a
        time. Needs the permission "Create Journal Run".

        Source: Zuora API reference, "Create a journal run".

        :param request: What to collect: the model, or a dict with the fields of the model.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param idempotency_key: Key that makes repeating the create safe: the same key within 24 hours gives the first
            answer again. At most 255 characters. Left out, it is a random UUID4; with ``None`` no key is sent, and
            nothing that may have arrived is sent again.
        :param async_req: ``True`` runs the call on another thread and returns an object with ``get(timeout)``.
        :param _headers: Further headers; they win over all others.
        :param _preload_content: ``False`` returns the urllib3 response with its body unread.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :param _return_http_data_only: ``True`` makes a ``_with_http_info`` method return the data alone.
        :returns: the number of the run, in ``journal_run_number``.
        :raises ApiTypeError: an argument of a wrong type or name; nothing is sent.
        :raises ApiValueError: an argument that breaks a rule; nothing is sent.
        :raises JournalRunInProgressException: another run is in progress; ``create_journal_run_when_free`` waits for
            it.
        :raises ApiException: refused or failed; its ``outcome_unknown`` tells whether the run may exist all the same.
        """
        raise NotImplementedError

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[False] | None = None,
    ) -> ApiResponse[POSTJournalRunResponseType]: ...

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[True],
    ) -> POSTJournalRunResponseType: ...

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[False] | None = None,
    ) -> AsyncResult[ApiResponse[POSTJournalRunResponseType]]: ...

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[True],
    ) -> AsyncResult[POSTJournalRunResponseType]: ...

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> HTTPResponse: ...

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[HTTPResponse]: ...

    @overload
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        ApiResponse[POSTJournalRunResponseType]
        | POSTJournalRunResponseType
        | HTTPResponse
        | AsyncResult[ApiResponse[POSTJournalRunResponseType]]
        | AsyncResult[POSTJournalRunResponseType]
        | AsyncResult[HTTPResponse]
    ): ...

    @operation(_CREATE_JOURNAL_RUN, info=True)
    def create_journal_run_with_http_info(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        ApiResponse[POSTJournalRunResponseType]
        | POSTJournalRunResponseType
        | HTTPResponse
        | AsyncResult[ApiResponse[POSTJournalRunResponseType]]
        | AsyncResult[POSTJournalRunResponseType]
        | AsyncResult[HTTPResponse]
    ):
        """Create a journal run, with status and headers of the answer (``POST /v1/journal-runs``).

        Queues a run and answers with its number at once; the run goes on in the background. One run can be active at a
        time. Needs the permission "Create Journal Run".

        Source: Zuora API reference, "Create a journal run".

        :param request: What to collect: the model, or a dict with the fields of the model.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param idempotency_key: Key that makes repeating the create safe: the same key within 24 hours gives the first
            answer again. At most 255 characters. Left out, it is a random UUID4; with ``None`` no key is sent, and
            nothing that may have arrived is sent again.
        :param async_req: ``True`` runs the call on another thread and returns an object with ``get(timeout)``.
        :param _headers: Further headers; they win over all others.
        :param _preload_content: ``False`` returns the urllib3 response with its body unread.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :param _return_http_data_only: ``True`` makes a ``_with_http_info`` method return the data alone.
        :returns: an :class:`~openapi_client.ApiResponse` with what :meth:`create_journal_run` gives.
        :raises ApiTypeError: an argument of a wrong type or name; nothing is sent.
        :raises ApiValueError: an argument that breaks a rule; nothing is sent.
        :raises JournalRunInProgressException: another run is in progress; ``create_journal_run_when_free`` waits for
            it.
        :raises ApiException: refused or failed; its ``outcome_unknown`` tells whether the run may exist all the same.
        """
        raise NotImplementedError

    @overload
    def get_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> GETJournalRunType: ...

    @overload
    def get_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[GETJournalRunType]: ...

    @overload
    def get_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> HTTPResponse: ...

    @overload
    def get_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[HTTPResponse]: ...

    @overload
    def get_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> GETJournalRunType | HTTPResponse | AsyncResult[GETJournalRunType] | AsyncResult[HTTPResponse]: ...

    @operation(_GET_JOURNAL_RUN)
    def get_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> GETJournalRunType | HTTPResponse | AsyncResult[GETJournalRunType] | AsyncResult[HTTPResponse]:
        """Retrieve a journal run (``GET /v1/journal-runs/{jr-number}``).

        Shows a run, with the status to wait for.

        Source: Zuora API reference, "Retrieve a journal run".

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param async_req: ``True`` runs the call on another thread and returns an object with ``get(timeout)``.
        :param _headers: Further headers; they win over all others.
        :param _preload_content: ``False`` returns the urllib3 response with its body unread.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :param _return_http_data_only: ``True`` makes a ``_with_http_info`` method return the data alone.
        :returns: the run.
        :raises ApiTypeError: an argument of a wrong type or name; nothing is sent.
        :raises ApiValueError: an argument that breaks a rule; nothing is sent.
        :raises NotFoundException: there is no such run; before minor version 2024-05-20 of the API it is an
            :class:`~openapi_client.OperationFailedException` with a reason of category 40.
        :raises ApiException: refused or failed.
        """
        raise NotImplementedError

    @overload
    def get_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[False] | None = None,
    ) -> ApiResponse[GETJournalRunType]: ...

    @overload
    def get_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[True],
    ) -> GETJournalRunType: ...

    @overload
    def get_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[False] | None = None,
    ) -> AsyncResult[ApiResponse[GETJournalRunType]]: ...

    @overload
    def get_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[True],
    ) -> AsyncResult[GETJournalRunType]: ...

    @overload
    def get_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> HTTPResponse: ...

    @overload
    def get_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[HTTPResponse]: ...

    @overload
    def get_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        ApiResponse[GETJournalRunType]
        | GETJournalRunType
        | HTTPResponse
        | AsyncResult[ApiResponse[GETJournalRunType]]
        | AsyncResult[GETJournalRunType]
        | AsyncResult[HTTPResponse]
    ): ...

    @operation(_GET_JOURNAL_RUN, info=True)
    def get_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        ApiResponse[GETJournalRunType]
        | GETJournalRunType
        | HTTPResponse
        | AsyncResult[ApiResponse[GETJournalRunType]]
        | AsyncResult[GETJournalRunType]
        | AsyncResult[HTTPResponse]
    ):
        """Retrieve a journal run, with status and headers of the answer (``GET /v1/journal-runs/{jr-number}``).

        Shows a run, with the status to wait for.

        Source: Zuora API reference, "Retrieve a journal run".

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param async_req: ``True`` runs the call on another thread and returns an object with ``get(timeout)``.
        :param _headers: Further headers; they win over all others.
        :param _preload_content: ``False`` returns the urllib3 response with its body unread.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :param _return_http_data_only: ``True`` makes a ``_with_http_info`` method return the data alone.
        :returns: an :class:`~openapi_client.ApiResponse` with what :meth:`get_journal_run` gives.
        :raises ApiTypeError: an argument of a wrong type or name; nothing is sent.
        :raises ApiValueError: an argument that breaks a rule; nothing is sent.
        :raises NotFoundException: there is no such run; before minor version 2024-05-20 of the API it is an
            :class:`~openapi_client.OperationFailedException` with a reason of category 40.
        :raises ApiException: refused or failed.
        """
        raise NotImplementedError

    @overload
    def delete_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> CommonResponseType: ...

    @overload
    def delete_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[CommonResponseType]: ...

    @overload
    def delete_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> HTTPResponse: ...

    @overload
    def delete_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[HTTPResponse]: ...

    @overload
    def delete_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> CommonResponseType | HTTPResponse | AsyncResult[CommonResponseType] | AsyncResult[HTTPResponse]: ...

    @operation(_DELETE_JOURNAL_RUN)
    def delete_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> CommonResponseType | HTTPResponse | AsyncResult[CommonResponseType] | AsyncResult[HTTPResponse]:
        """Delete a journal run (``DELETE /v1/journal-runs/{jr-number}``).

        Starts to delete a run that is ``Cancelled``; it goes on in the background. Needs the permission "Delete
        Cancelled Journal Run".

        Source: Zuora API reference, "Delete a journal run".

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param async_req: ``True`` runs the call on another thread and returns an object with ``get(timeout)``.
        :param _headers: Further headers; they win over all others.
        :param _preload_content: ``False`` returns the urllib3 response with its body unread.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :param _return_http_data_only: ``True`` makes a ``_with_http_info`` method return the data alone.
        :returns: that it was accepted.
        :raises ApiTypeError: an argument of a wrong type or name; nothing is sent.
        :raises ApiValueError: an argument that breaks a rule; nothing is sent.
        :raises ApiException: refused or failed.
        """
        raise NotImplementedError

    @overload
    def delete_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[False] | None = None,
    ) -> ApiResponse[CommonResponseType]: ...

    @overload
    def delete_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[True],
    ) -> CommonResponseType: ...

    @overload
    def delete_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[False] | None = None,
    ) -> AsyncResult[ApiResponse[CommonResponseType]]: ...

    @overload
    def delete_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[True],
    ) -> AsyncResult[CommonResponseType]: ...

    @overload
    def delete_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> HTTPResponse: ...

    @overload
    def delete_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[HTTPResponse]: ...

    @overload
    def delete_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        ApiResponse[CommonResponseType]
        | CommonResponseType
        | HTTPResponse
        | AsyncResult[ApiResponse[CommonResponseType]]
        | AsyncResult[CommonResponseType]
        | AsyncResult[HTTPResponse]
    ): ...

    @operation(_DELETE_JOURNAL_RUN, info=True)
    def delete_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        ApiResponse[CommonResponseType]
        | CommonResponseType
        | HTTPResponse
        | AsyncResult[ApiResponse[CommonResponseType]]
        | AsyncResult[CommonResponseType]
        | AsyncResult[HTTPResponse]
    ):
        """Delete a journal run, with status and headers of the answer (``DELETE /v1/journal-runs/{jr-number}``).

        Starts to delete a run that is ``Cancelled``; it goes on in the background. Needs the permission "Delete
        Cancelled Journal Run".

        Source: Zuora API reference, "Delete a journal run".

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param async_req: ``True`` runs the call on another thread and returns an object with ``get(timeout)``.
        :param _headers: Further headers; they win over all others.
        :param _preload_content: ``False`` returns the urllib3 response with its body unread.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :param _return_http_data_only: ``True`` makes a ``_with_http_info`` method return the data alone.
        :returns: an :class:`~openapi_client.ApiResponse` with what :meth:`delete_journal_run` gives.
        :raises ApiTypeError: an argument of a wrong type or name; nothing is sent.
        :raises ApiValueError: an argument that breaks a rule; nothing is sent.
        :raises ApiException: refused or failed.
        """
        raise NotImplementedError

    @overload
    def cancel_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> CommonResponseType: ...

    @overload
    def cancel_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[CommonResponseType]: ...

    @overload
    def cancel_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> HTTPResponse: ...

    @overload
    def cancel_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[HTTPResponse]: ...

    @overload
    def cancel_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> CommonResponseType | HTTPResponse | AsyncResult[CommonResponseType] | AsyncResult[HTTPResponse]: ...

    @operation(_CANCEL_JOURNAL_RUN)
    def cancel_journal_run(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> CommonResponseType | HTTPResponse | AsyncResult[CommonResponseType] | AsyncResult[HTTPResponse]:
        """Cancel a journal run (``PUT /v1/journal-runs/{jr-number}/cancel``).

        Starts to cancel the entries of a run that is ``Pending``, ``Error`` or ``Completed``; success says no more than
        that the status allowed it. The run ends as ``Cancelled``, or as ``Completed`` again when an entry was
        transferred to accounting before. Needs the permission "Cancel Journal Run".

        Source: Zuora API reference, "Cancel a journal run".

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param async_req: ``True`` runs the call on another thread and returns an object with ``get(timeout)``.
        :param _headers: Further headers; they win over all others.
        :param _preload_content: ``False`` returns the urllib3 response with its body unread.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :param _return_http_data_only: ``True`` makes a ``_with_http_info`` method return the data alone.
        :returns: that it was accepted.
        :raises ApiTypeError: an argument of a wrong type or name; nothing is sent.
        :raises ApiValueError: an argument that breaks a rule; nothing is sent.
        :raises ApiException: refused or failed.
        """
        raise NotImplementedError

    @overload
    def cancel_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[False] | None = None,
    ) -> ApiResponse[CommonResponseType]: ...

    @overload
    def cancel_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[True],
    ) -> CommonResponseType: ...

    @overload
    def cancel_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[False] | None = None,
    ) -> AsyncResult[ApiResponse[CommonResponseType]]: ...

    @overload
    def cancel_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[True] = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: Literal[True],
    ) -> AsyncResult[CommonResponseType]: ...

    @overload
    def cancel_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[False] | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> HTTPResponse: ...

    @overload
    def cancel_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: Literal[True],
        _headers: Mapping[str, Any] | None = None,
        _preload_content: Literal[False],
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> AsyncResult[HTTPResponse]: ...

    @overload
    def cancel_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        ApiResponse[CommonResponseType]
        | CommonResponseType
        | HTTPResponse
        | AsyncResult[ApiResponse[CommonResponseType]]
        | AsyncResult[CommonResponseType]
        | AsyncResult[HTTPResponse]
    ): ...

    @operation(_CANCEL_JOURNAL_RUN, info=True)
    def cancel_journal_run_with_http_info(
        self,
        jr_number: str,
        *,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        async_req: bool | None = None,
        _headers: Mapping[str, Any] | None = None,
        _preload_content: bool = True,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
        _return_http_data_only: bool | None = None,
    ) -> (
        ApiResponse[CommonResponseType]
        | CommonResponseType
        | HTTPResponse
        | AsyncResult[ApiResponse[CommonResponseType]]
        | AsyncResult[CommonResponseType]
        | AsyncResult[HTTPResponse]
    ):
        """Cancel a journal run, with status and headers of the answer (``PUT /v1/journal-runs/{jr-number}/cancel``).

        Starts to cancel the entries of a run that is ``Pending``, ``Error`` or ``Completed``; success says no more than
        that the status allowed it. The run ends as ``Cancelled``, or as ``Completed`` again when an entry was
        transferred to accounting before. Needs the permission "Cancel Journal Run".

        Source: Zuora API reference, "Cancel a journal run".

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param async_req: ``True`` runs the call on another thread and returns an object with ``get(timeout)``.
        :param _headers: Further headers; they win over all others.
        :param _preload_content: ``False`` returns the urllib3 response with its body unread.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :param _return_http_data_only: ``True`` makes a ``_with_http_info`` method return the data alone.
        :returns: an :class:`~openapi_client.ApiResponse` with what :meth:`cancel_journal_run` gives.
        :raises ApiTypeError: an argument of a wrong type or name; nothing is sent.
        :raises ApiValueError: an argument that breaks a rule; nothing is sent.
        :raises ApiException: refused or failed.
        """
        raise NotImplementedError

    p_ost_journal_run = generated("p_ost_journal_run", create_journal_run)
    p_ost_journal_run_with_http_info = generated("p_ost_journal_run_with_http_info", create_journal_run_with_http_info)
    g_et_journal_run = generated("g_et_journal_run", get_journal_run)
    g_et_journal_run_with_http_info = generated("g_et_journal_run_with_http_info", get_journal_run_with_http_info)
    d_elete_journal_run = generated("d_elete_journal_run", delete_journal_run)
    d_elete_journal_run_with_http_info = generated(
        "d_elete_journal_run_with_http_info", delete_journal_run_with_http_info
    )
    p_ut_journal_run = generated("p_ut_journal_run", cancel_journal_run)
    p_ut_journal_run_with_http_info = generated("p_ut_journal_run_with_http_info", cancel_journal_run_with_http_info)

    @checked
    def wait_for_journal_run(
        self,
        jr_number: str,
        *,
        until: JournalRunStatus
        | JournalRunStatusValue
        | Collection[JournalRunStatus | JournalRunStatusValue] = JournalRunStatus.COMPLETED,
        timeout: float = 3600.0,
        progress: bool | Callable[[WaitEvent[GETJournalRunType]], Any] | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        _headers: Mapping[str, Any] | None = None,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
    ) -> GETJournalRunType:
        """Wait until a run has one of the wanted statuses.

        It looks again after 1 second, then after growing, jittered delays of up to 20 seconds, goes on through failures
        that may pass, and stops when no wanted status can be reached any more. After a cancel, a run that goes back to
        ``Completed`` has entries that could not be cancelled.

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param until: The wanted :class:`~openapi_client.JournalRunStatus`, or a collection of them; ``Completed`` if
            left out.
        :param timeout: Seconds to wait at most.
        :param progress: ``True`` shows a bar in a terminal or a notebook (extra ``progress``); a function is called
            with a :class:`~openapi_client.WaitEvent` after each look.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param _headers: Further headers; they win over all others.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :returns: the run.
        :raises ApiTypeError: an argument of a wrong type or name.
        :raises ApiValueError: an argument that breaks a rule.
        :raises MissingExtraException: the bar needs an extra that is not installed.
        :raises JournalRunFailedException: no wanted status can be reached any more; its ``run`` is the run.
        :raises RequestTimeoutException: ``timeout`` has passed; its ``run`` is the run as last seen.
        :raises ApiException: the run cannot be read.
        """
        from openapi_client._runs.waiting import wait_for_status

        given = {
            "jr_number": jr_number,
            "zuora_track_id": zuora_track_id,
            "zuora_entity_ids": zuora_entity_ids,
            "zuora_org_ids": zuora_org_ids,
            "zuora_version": zuora_version,
            "_headers": _headers,
            "_request_timeout": _request_timeout,
            "_retries": _retries,
        }
        found: GETJournalRunType = wait_for_status(
            self.api_client,
            "wait_for_journal_run",
            _GET_JOURNAL_RUN,
            given,
            until=until,
            timeout=timeout,
            progress=progress,
        )
        return found

    @checked
    def wait_for_journal_run_deleted(
        self,
        jr_number: str,
        *,
        timeout: float = 3600.0,
        progress: bool | Callable[[WaitEvent[GETJournalRunType]], Any] | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        _headers: Mapping[str, Any] | None = None,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
    ) -> None:
        """Wait until a run no longer exists.

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param timeout: Seconds to wait at most.
        :param progress: ``True`` shows a bar in a terminal or a notebook (extra ``progress``); a function is called
            with a :class:`~openapi_client.WaitEvent` after each look.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param _headers: Further headers; they win over all others.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :raises ApiTypeError: an argument of a wrong type or name.
        :raises ApiValueError: an argument that breaks a rule.
        :raises RequestTimeoutException: ``timeout`` has passed; its ``run`` is the run as last seen.
        :raises ApiException: the run cannot be read.
        """
        from openapi_client._runs.waiting import wait_until_gone

        given = {
            "jr_number": jr_number,
            "zuora_track_id": zuora_track_id,
            "zuora_entity_ids": zuora_entity_ids,
            "zuora_org_ids": zuora_org_ids,
            "zuora_version": zuora_version,
            "_headers": _headers,
            "_request_timeout": _request_timeout,
            "_retries": _retries,
        }
        wait_until_gone(
            self.api_client, "wait_for_journal_run_deleted", _GET_JOURNAL_RUN, given, timeout=timeout, progress=progress
        )

    @checked
    def create_and_wait(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        until: JournalRunStatus
        | JournalRunStatusValue
        | Collection[JournalRunStatus | JournalRunStatusValue] = JournalRunStatus.COMPLETED,
        timeout: float = 3600.0,
        progress: bool | Callable[[WaitEvent[GETJournalRunType]], Any] | None = None,
        when_busy: Literal["raise", "wait"] = "raise",
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        _headers: Mapping[str, Any] | None = None,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
    ) -> GETJournalRunType:
        """Create a journal run, and wait until it has one of the wanted statuses.

        It is ``create_journal_run`` and ``wait_for_journal_run`` in one; what is said of them holds here. With
        ``when_busy="wait"`` it is ``create_journal_run_when_free`` instead of the former.

        :param request: What to collect: the model, or a dict with the fields of the model.
        :param until: The wanted :class:`~openapi_client.JournalRunStatus`, or a collection of them; ``Completed`` if
            left out.
        :param timeout: Seconds for all of it; the create itself has the limits of any call.
        :param progress: ``True`` shows a bar in a terminal or a notebook (extra ``progress``); a function is called
            with a :class:`~openapi_client.WaitEvent` after each look.
        :param when_busy: What to do when another run is in progress, ``"raise"`` or ``"wait"``.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param idempotency_key: Key that makes repeating the create safe: the same key within 24 hours gives the first
            answer again. At most 255 characters. Left out, it is a random UUID4; with ``None`` no key is sent, and
            nothing that may have arrived is sent again.
        :param _headers: Further headers; they win over all others.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :returns: the run.
        :raises ApiTypeError: an argument of a wrong type or name.
        :raises ApiValueError: an argument that breaks a rule.
        :raises JournalRunInProgressException: another run is in progress.
        :raises JournalRunFailedException: no wanted status can be reached any more; its ``run`` is the run.
        :raises RequestTimeoutException: ``timeout`` has passed; its ``run`` is the run as last seen.
        :raises ApiException: the create was refused or failed, or the run cannot be read.
        """
        from openapi_client._runs.acting import create_and_wait

        given = {
            "request": request,
            "zuora_track_id": zuora_track_id,
            "zuora_entity_ids": zuora_entity_ids,
            "zuora_org_ids": zuora_org_ids,
            "zuora_version": zuora_version,
            "idempotency_key": idempotency_key,
            "_headers": _headers,
            "_request_timeout": _request_timeout,
            "_retries": _retries,
        }
        found: GETJournalRunType = create_and_wait(
            self.api_client,
            "create_and_wait",
            _CREATE_JOURNAL_RUN,
            _GET_JOURNAL_RUN,
            given,
            until=until,
            timeout=timeout,
            progress=progress,
            when_busy=when_busy,
        )
        return found

    @checked
    def create_journal_run_when_free(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        timeout: float = 3600.0,
        progress: bool | Callable[[WaitEvent[GETJournalRunType]], Any] | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        _headers: Mapping[str, Any] | None = None,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
    ) -> POSTJournalRunResponseType:
        """Create a journal run as soon as no other is in progress.

        A refusal is stored under the idempotency key for 24 hours. So once the other run has ended, and a replay has
        shown that the refusal is stored, the run is created under a key that follows from the first one. A program that
        is started again with the same key passes through the same keys to the same run, within 24 hours of the first
        attempt.

        :param request: What to collect: the model, or a dict with the fields of the model.
        :param timeout: Seconds to wait for other runs at most.
        :param progress: As for ``wait_for_journal_run``; the run is the one that is waited for.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param idempotency_key: Key that makes repeating the create safe: the same key within 24 hours gives the first
            answer again. At most 255 characters. Left out, it is a random UUID4; with ``None`` no key is sent, and
            nothing that may have arrived is sent again.
        :param _headers: Further headers; they win over all others.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :returns: the number of the run, in ``journal_run_number``.
        :raises ApiTypeError: an argument of a wrong type or name.
        :raises ApiValueError: an argument that breaks a rule.
        :raises RequestTimeoutException: ``timeout`` has passed, and no run was created.
        :raises ApiException: refused or failed; its ``outcome_unknown`` tells whether the run may exist all the same.
        """
        from openapi_client._runs.creating import create_when_free

        given = {
            "request": request,
            "zuora_track_id": zuora_track_id,
            "zuora_entity_ids": zuora_entity_ids,
            "zuora_org_ids": zuora_org_ids,
            "zuora_version": zuora_version,
            "idempotency_key": idempotency_key,
            "_headers": _headers,
            "_request_timeout": _request_timeout,
            "_retries": _retries,
        }
        found: POSTJournalRunResponseType = create_when_free(
            self.api_client,
            "create_journal_run_when_free",
            _CREATE_JOURNAL_RUN,
            _GET_JOURNAL_RUN,
            given,
            timeout=timeout,
            progress=progress,
        )
        return found

    @checked
    def cancel_and_wait(
        self,
        jr_number: str,
        *,
        timeout: float = 3600.0,
        progress: bool | Callable[[WaitEvent[GETJournalRunType]], Any] | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        _headers: Mapping[str, Any] | None = None,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
    ) -> GETJournalRunType:
        """Cancel a journal run, and wait until it is ``Cancelled``.

        A run can be cancelled while it is ``Pending``, ``Error`` or ``Completed``. One that is ``Processing`` is
        refused at once.

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param timeout: Seconds to wait at most.
        :param progress: ``True`` shows a bar in a terminal or a notebook (extra ``progress``); a function is called
            with a :class:`~openapi_client.WaitEvent` after each look.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param _headers: Further headers; they win over all others.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :returns: the run.
        :raises ApiTypeError: an argument of a wrong type or name.
        :raises ApiValueError: an argument that breaks a rule.
        :raises JournalRunPartlyCancelledException: some entry could not be cancelled, and the run is ``Completed``
            again.
        :raises JournalRunFailedException: the run cannot become ``Cancelled`` any more; its ``run`` is the run.
        :raises RequestTimeoutException: ``timeout`` has passed; its ``run`` is the run as last seen.
        :raises ApiException: the cancel was refused or failed, or the run cannot be read.
        """
        from openapi_client._runs.acting import cancel_and_wait

        given = {
            "jr_number": jr_number,
            "zuora_track_id": zuora_track_id,
            "zuora_entity_ids": zuora_entity_ids,
            "zuora_org_ids": zuora_org_ids,
            "zuora_version": zuora_version,
            "_headers": _headers,
            "_request_timeout": _request_timeout,
            "_retries": _retries,
        }
        found: GETJournalRunType = cancel_and_wait(
            self.api_client,
            "cancel_and_wait",
            _CANCEL_JOURNAL_RUN,
            _GET_JOURNAL_RUN,
            given,
            timeout=timeout,
            progress=progress,
        )
        return found

    @checked
    def delete_and_wait(
        self,
        jr_number: str,
        *,
        timeout: float = 3600.0,
        progress: bool | Callable[[WaitEvent[GETJournalRunType]], Any] | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        _headers: Mapping[str, Any] | None = None,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
    ) -> None:
        """Delete a journal run, which has to be ``Cancelled``, and wait until it no longer exists.

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param timeout: Seconds to wait at most.
        :param progress: ``True`` shows a bar in a terminal or a notebook (extra ``progress``); a function is called
            with a :class:`~openapi_client.WaitEvent` after each look.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param _headers: Further headers; they win over all others.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :raises ApiTypeError: an argument of a wrong type or name.
        :raises ApiValueError: an argument that breaks a rule.
        :raises RequestTimeoutException: ``timeout`` has passed; its ``run`` is the run as last seen.
        :raises ApiException: the delete was refused or failed, or the run cannot be read.
        """
        from openapi_client._runs.acting import delete_and_wait

        given = {
            "jr_number": jr_number,
            "zuora_track_id": zuora_track_id,
            "zuora_entity_ids": zuora_entity_ids,
            "zuora_org_ids": zuora_org_ids,
            "zuora_version": zuora_version,
            "_headers": _headers,
            "_request_timeout": _request_timeout,
            "_retries": _retries,
        }
        delete_and_wait(
            self.api_client,
            "delete_and_wait",
            _DELETE_JOURNAL_RUN,
            _GET_JOURNAL_RUN,
            given,
            timeout=timeout,
            progress=progress,
        )

    @checked
    def begin_create_journal_run(
        self,
        request: POSTJournalRunType | POSTJournalRunTypeDict,
        *,
        until: JournalRunStatus
        | JournalRunStatusValue
        | Collection[JournalRunStatus | JournalRunStatusValue] = JournalRunStatus.COMPLETED,
        timeout: float = 3600.0,
        progress: bool | Callable[[WaitEvent[GETJournalRunType]], Any] | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        idempotency_key: str | None = RANDOM_KEY,
        _headers: Mapping[str, Any] | None = None,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
    ) -> JournalRunPoller[GETJournalRunType]:
        """Create a journal run, and return at once with a poller that waits for it on a thread of its own.

        The create itself is done when this returns, so its failures are raised here.

        :param request: What to collect: the model, or a dict with the fields of the model.
        :param until: The wanted :class:`~openapi_client.JournalRunStatus`, or a collection of them; ``Completed`` if
            left out.
        :param timeout: Seconds to wait at most.
        :param progress: As for ``wait_for_journal_run``; a function is called on the thread of the poller.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param idempotency_key: Key that makes repeating the create safe: the same key within 24 hours gives the first
            answer again. At most 255 characters. Left out, it is a random UUID4; with ``None`` no key is sent, and
            nothing that may have arrived is sent again.
        :param _headers: Further headers; they win over all others.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :returns: a :class:`~openapi_client.JournalRunPoller`.
        :raises ApiTypeError: an argument of a wrong type or name.
        :raises ApiValueError: an argument that breaks a rule.
        :raises JournalRunInProgressException: another run is in progress.
        :raises ApiException: the create was refused or failed.
        """
        from openapi_client._runs.poller import create_and_poll

        given = {
            "request": request,
            "zuora_track_id": zuora_track_id,
            "zuora_entity_ids": zuora_entity_ids,
            "zuora_org_ids": zuora_org_ids,
            "zuora_version": zuora_version,
            "idempotency_key": idempotency_key,
            "_headers": _headers,
            "_request_timeout": _request_timeout,
            "_retries": _retries,
        }
        found: JournalRunPoller[GETJournalRunType] = create_and_poll(
            self.api_client,
            "begin_create_journal_run",
            _CREATE_JOURNAL_RUN,
            _GET_JOURNAL_RUN,
            given,
            until=until,
            timeout=timeout,
            progress=progress,
        )
        return found

    @checked
    def poll_journal_run(
        self,
        jr_number: str,
        *,
        until: JournalRunStatus
        | JournalRunStatusValue
        | Collection[JournalRunStatus | JournalRunStatusValue] = JournalRunStatus.COMPLETED,
        timeout: float = 3600.0,
        progress: bool | Callable[[WaitEvent[GETJournalRunType]], Any] | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        _headers: Mapping[str, Any] | None = None,
        _request_timeout: float | tuple[float, float] | None = None,
        _retries: int | RetryPolicy | None = None,
    ) -> JournalRunPoller[GETJournalRunType]:
        """Return at once with a poller that waits for a run on a thread of its own, as ``wait_for_journal_run`` does.

        :param jr_number: Number of the run, in the format ``JR-00000001``.
        :param until: The wanted :class:`~openapi_client.JournalRunStatus`, or a collection of them; ``Completed`` if
            left out.
        :param timeout: Seconds to wait at most.
        :param progress: As for ``wait_for_journal_run``; a function is called on the thread of the poller.
        :param zuora_track_id: Your own identifier of the call, to find it again: the answer carries it back as
            ``Zuora-Track-Id``. At most 64 US-ASCII characters, without colon (``:``), semicolon (``;``), double quote
            (``"``) and quote (``'``).
        :param zuora_entity_ids: ID of the entity to work in. Required when Zuora Multi-entity is enabled and the OAuth
            token is valid for more than one entity; not needed otherwise.
        :param zuora_org_ids: Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be
            among the organizations of the user.
        :param zuora_version: Minor version of the API for this call, such as ``2025-08-12``. From ``2024-05-20`` on,
            failures come with a matching HTTP status.
        :param _headers: Further headers; they win over all others.
        :param _request_timeout: Seconds for the whole call, or ``(connect, read)`` seconds for each attempt.
        :param _retries: As the setting ``retries``, for this call.
        :returns: a :class:`~openapi_client.JournalRunPoller`.
        :raises ApiTypeError: an argument of a wrong type or name.
        :raises ApiValueError: an argument that breaks a rule.
        :raises MissingExtraException: the bar needs an extra that is not installed.
        """
        from openapi_client._runs.poller import poll

        given = {
            "jr_number": jr_number,
            "zuora_track_id": zuora_track_id,
            "zuora_entity_ids": zuora_entity_ids,
            "zuora_org_ids": zuora_org_ids,
            "zuora_version": zuora_version,
            "_headers": _headers,
            "_request_timeout": _request_timeout,
            "_retries": _retries,
        }
        found: JournalRunPoller[GETJournalRunType] = poll(
            self.api_client,
            "poll_journal_run",
            _GET_JOURNAL_RUN,
            given,
            until=until,
            timeout=timeout,
            progress=progress,
        )
        return found
