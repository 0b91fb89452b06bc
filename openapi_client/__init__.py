"""A client for Zuora journal runs: the names that users need, each loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from openapi_client._version import __version__ as __version__

if TYPE_CHECKING:
    from openapi_client._base.clock import Clock as Clock
    from openapi_client._call.events import AttemptEvent as AttemptEvent
    from openapi_client._call.response import ApiResponse as ApiResponse
    from openapi_client._policy.history import Failure as Failure
    from openapi_client._policy.limits import RateLimit as RateLimit
    from openapi_client._policy.retry import RetryPolicy as RetryPolicy
    from openapi_client._policy.timeouts import Limits as Limits
    from openapi_client._policy.token import Token as Token
    from openapi_client._policy.token import TokenCache as TokenCache
    from openapi_client._runs.keys import idempotency_key_for as idempotency_key_for
    from openapi_client._transport.exchange import InMemoryTransport as InMemoryTransport
    from openapi_client._transport.exchange import Reply as Reply
    from openapi_client._transport.exchange import Request as Request
    from openapi_client._transport.exchange import Transport as Transport
    from openapi_client.api.journal_runs_api import JournalRunsApi as JournalRunsApi
    from openapi_client.api_client import ApiClient as ApiClient
    from openapi_client.configuration import Configuration as Configuration
    from openapi_client.exceptions import *  # noqa: F403 - the names of exceptions.__all__
    from openapi_client.models import *  # noqa: F403 - the names of models.__all__

_HOMES = {
    "ApiClient": "api_client",
    "ApiResponse": "_call.response",
    "AttemptEvent": "_call.events",
    "Clock": "_base.clock",
    "Configuration": "configuration",
    "Failure": "_policy.history",
    "InMemoryTransport": "_transport.exchange",
    "JournalRunsApi": "api.journal_runs_api",
    "Limits": "_policy.timeouts",
    "Reply": "_transport.exchange",
    "Request": "_transport.exchange",
    "Transport": "_transport.exchange",
    "RateLimit": "_policy.limits",
    "RetryPolicy": "_policy.retry",
    "idempotency_key_for": "_runs.keys",
    "Token": "_policy.token",
    "TokenCache": "_policy.token",
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
    **dict.fromkeys(
        (
            "CommonResponseType",
            "CommonResponseTypeReasons",
            "GETJournalRunTransactionType",
            "GETJournalRunType",
            "JournalRunStatus",
            "JournalRunTransactionType",
            "OrganizationLabel",
            "POSTJournalRunResponseType",
            "POSTJournalRunTransactionType",
            "POSTJournalRunType",
        ),
        "models",
    ),
}
_MODULES = ("api", "api_client", "configuration", "exceptions", "models", "rest")

__all__ = sorted((*_HOMES, "__version__"))


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
