"""The public names of the local journal-runs server, imported only when one is used.

``from openapi_client.sandbox import Sandbox`` needs the extra ``openapi-client[sandbox]``;
the names that need no web framework (clock, timing, options) work without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openapi_client.sandbox.auth import Credentials as Credentials
    from openapi_client.sandbox.auth import Permission as Permission
    from openapi_client.sandbox.clock import SandboxClock as SandboxClock
    from openapi_client.sandbox.faults import ActiveFault as ActiveFault
    from openapi_client.sandbox.faults import Fault as Fault
    from openapi_client.sandbox.faults import Faults as Faults
    from openapi_client.sandbox.ledger import Entry as Entry
    from openapi_client.sandbox.ledger import Run as Run
    from openapi_client.sandbox.ledger import StatusChange as StatusChange
    from openapi_client.sandbox.lifecycle import Status as Status
    from openapi_client.sandbox.lifecycle import Timing as Timing
    from openapi_client.sandbox.limits import RateProfile as RateProfile
    from openapi_client.sandbox.options import Options as Options
    from openapi_client.sandbox.periods import Period as Period
    from openapi_client.sandbox.recording import Exchange as Exchange
    from openapi_client.sandbox.server import Sandbox as Sandbox

_HOMES = {
    "ActiveFault": "faults",
    "Credentials": "auth",
    "Entry": "ledger",
    "Exchange": "recording",
    "Fault": "faults",
    "Faults": "faults",
    "Options": "options",
    "Period": "periods",
    "Permission": "auth",
    "RateProfile": "limits",
    "Run": "ledger",
    "Sandbox": "server",
    "SandboxClock": "clock",
    "Status": "lifecycle",
    "StatusChange": "ledger",
    "Timing": "lifecycle",
}
_EXTRA = frozenset({"flask", "waitress", "werkzeug"})

__all__ = [
    "ActiveFault",
    "Credentials",
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
            f"openapi_client.sandbox needs {missing.name}: pip install 'openapi-client[sandbox]'"
        ) from missing
    value = getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
