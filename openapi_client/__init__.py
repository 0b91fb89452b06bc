"""A client for Zuora journal runs: the names that users need, each loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from openapi_client._version import __version__ as __version__

if TYPE_CHECKING:
    from openapi_client import api as api
    from openapi_client import api_client as api_client
    from openapi_client import configuration as configuration
    from openapi_client import exceptions as exceptions
    from openapi_client import models as models
    from openapi_client import rest as rest
    from openapi_client._base.clock import Clock as Clock
    from openapi_client._call.events import AttemptEvent as AttemptEvent
    from openapi_client._call.response import ApiResponse as ApiResponse
    from openapi_client._policy.history import Failure as Failure
    from openapi_client._policy.limits import RateLimit as RateLimit
    from openapi_client._policy.retry import RetryPolicy as RetryPolicy
    from openapi_client._policy.timeouts import Limits as Limits
    from openapi_client._policy.token import Token as Token
    from openapi_client._policy.token import TokenCache as TokenCache
    from openapi_client._runs.poller import JournalRunPoller as JournalRunPoller
    from openapi_client._runs.telling import WaitEvent as WaitEvent
    from openapi_client._transport.exchange import InMemoryTransport as InMemoryTransport
    from openapi_client._transport.exchange import Reply as Reply
    from openapi_client._transport.exchange import Request as Request
    from openapi_client._transport.exchange import Transport as Transport
    from openapi_client.api import *  # noqa: F403 - the names of api.__all__
    from openapi_client.api_client import ApiClient as ApiClient
    from openapi_client.configuration import Configuration as Configuration
    from openapi_client.exceptions import *  # noqa: F403 - the names of exceptions.__all__
    from openapi_client.idempotency import idempotency_key_for as idempotency_key_for
    from openapi_client.models import *  # noqa: F403 - the names of models.__all__

_HOMES = {
    "ApiClient": "api_client",
    "ApiResponse": "_call.response",
    "AttemptEvent": "_call.events",
    "Clock": "_base.clock",
    "Configuration": "configuration",
    "Failure": "_policy.history",
    "InMemoryTransport": "_transport.exchange",
    "JournalRunPoller": "_runs.poller",
    "Limits": "_policy.timeouts",
    "RateLimit": "_policy.limits",
    "Reply": "_transport.exchange",
    "Request": "_transport.exchange",
    "RetryPolicy": "_policy.retry",
    "Token": "_policy.token",
    "TokenCache": "_policy.token",
    "Transport": "_transport.exchange",
    "WaitEvent": "_runs.telling",
    "idempotency_key_for": "idempotency",
    **dict.fromkeys(
        (
            "ApiAttributeError",
            "ApiException",
            "ApiKeyError",
            "ApiTypeError",
            "ApiValueError",
            "BadRequestException",
            "ConflictException",
            "DecodeException",
            "ForbiddenException",
            "JournalRunFailedException",
            "JournalRunInProgressException",
            "JournalRunPartlyCancelledException",
            "MissingExtraException",
            "NotFoundException",
            "OpenApiException",
            "OperationFailedException",
            "RateLimitException",
            "Reason",
            "RequestTimeoutException",
            "ServiceException",
            "TransportException",
            "UnauthorizedException",
            "UnprocessableEntityException",
        ),
        "exceptions",
    ),
    # rendered: classes of the API
    "JournalRunsApi": "api.journal_runs_api",
    "CommonResponseType": "models.common_response_type",
    "CommonResponseTypeReasons": "models.common_response_type_reasons",
    "GETJournalRunTransactionType": "models.get_journal_run_transaction_type",
    "GETJournalRunType": "models.get_journal_run_type",
    "JournalRunStatus": "models.journal_run_status",
    "JournalRunTransactionType": "models.journal_run_transaction_type",
    "OrganizationLabel": "models.organization_label",
    "OrganizationLabelDict": "models.organization_label",
    "POSTJournalRunResponseType": "models.post_journal_run_response_type",
    "POSTJournalRunTransactionType": "models.post_journal_run_transaction_type",
    "POSTJournalRunTransactionTypeDict": "models.post_journal_run_transaction_type",
    "POSTJournalRunType": "models.post_journal_run_type",
    "POSTJournalRunTypeDict": "models.post_journal_run_type",
    # end
}
_MODULES = ("api", "api_client", "configuration", "exceptions", "models", "rest")

__all__ = sorted((*_HOMES, "__version__"))


if not TYPE_CHECKING:
    # Type checkers do not see it, since it would make them accept any name.
    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_MODULES})
