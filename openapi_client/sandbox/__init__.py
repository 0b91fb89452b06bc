"""The public names of the local journal-runs server, imported only when one is used.

``from openapi_client.sandbox import Sandbox`` needs the extra ``zuora-journal-runs[sandbox]``;
the names that need no web framework (clock, timing, options) work without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openapi_client.sandbox.faults.active import ActiveFault as ActiveFault
    from openapi_client.sandbox.faults.active import Faults as Faults
    from openapi_client.sandbox.faults.fault import Fault as Fault
    from openapi_client.sandbox.journal_runs.ledger import Entry as Entry
    from openapi_client.sandbox.journal_runs.ledger import Run as Run
    from openapi_client.sandbox.journal_runs.ledger import StatusChange as StatusChange
    from openapi_client.sandbox.journal_runs.lifecycle import Status as Status
    from openapi_client.sandbox.journal_runs.periods import Period as Period
    from openapi_client.sandbox.journal_runs.permissions import Permission as Permission
    from openapi_client.sandbox.journal_runs.transactions import Transaction as Transaction
    from openapi_client.sandbox.options import Options as Options
    from openapi_client.sandbox.options import RateProfile as RateProfile
    from openapi_client.sandbox.options import Timing as Timing
    from openapi_client.sandbox.protocol.auth import Credentials as Credentials
    from openapi_client.sandbox.protocol.recording import Exchange as Exchange
    from openapi_client.sandbox.server import Sandbox as Sandbox
    from openapi_client.sandbox.state.client_clock import ClientClock as ClientClock
    from openapi_client.sandbox.state.clock import SandboxClock as SandboxClock
    from openapi_client.sandbox.tenant.domain import Domain as Domain

_HOMES = {
    "ActiveFault": "faults.active",
    "ClientClock": "state.client_clock",
    "Credentials": "protocol.auth",
    "Domain": "tenant.domain",
    "Entry": "journal_runs.ledger",
    "Exchange": "protocol.recording",
    "Fault": "faults.fault",
    "Faults": "faults.active",
    "Options": "options",
    "Period": "journal_runs.periods",
    "Permission": "journal_runs.permissions",
    "RateProfile": "options",
    "Run": "journal_runs.ledger",
    "Sandbox": "server",
    "SandboxClock": "state.clock",
    "Status": "journal_runs.lifecycle",
    "StatusChange": "journal_runs.ledger",
    "Timing": "options",
    "Transaction": "journal_runs.transactions",
}
_EXTRA = frozenset({"flask", "waitress", "werkzeug"})

__all__ = [
    "ActiveFault",
    "ClientClock",
    "Credentials",
    "Domain",
    "Entry",
    "Exchange",
    "Fault",
    "Faults",
    "Options",
    "Period",
    "Permission",
    "RateProfile",
    "Run",
    "Sandbox",
    "SandboxClock",
    "Status",
    "StatusChange",
    "Timing",
    "Transaction",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        home = import_module(f"{__name__}.{_HOMES[name]}")
    except ModuleNotFoundError as missing:
        if missing.name not in _EXTRA:
            raise
        raise ImportError(
            f"openapi_client.sandbox needs {missing.name}: pip install 'zuora-journal-runs[sandbox]', "
            "or in a checkout: pip install '.[sandbox]'"
        ) from missing
    value = getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
