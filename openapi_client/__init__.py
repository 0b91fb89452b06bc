"""A client for Zuora journal runs: the names that users need, each loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

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
    from openapi_client._show.frames import to_frame as to_frame
    from openapi_client._show.notebook import load_ipython_extension as load_ipython_extension
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
    "load_ipython_extension": "_show.notebook",
    "to_frame": "_show.frames",
}
#: All their names are names of the package, too.
_LISTS = ("api", "models", "exceptions")
_MODULES = (*_LISTS, "api_client", "configuration", "rest")


if not TYPE_CHECKING:
    # Type checkers do not see it, since it would make them accept any name.
    def __getattr__(name):
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        if name == "__all__":
            return sorted(
                {"__version__", *_HOMES, *(each for home in _LISTS for each in _listed(home))} - {"render_path"}
            )
        lists = () if name.startswith("_") else _LISTS
        home = _HOMES.get(name) or next((home for home in lists if name in _listed(home)), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
        return value

    def __dir__():
        return sorted({*globals(), *__getattr__("__all__"), *_MODULES})

    def _listed(home):
        return import_module(f"{__name__}.{home}").__all__
