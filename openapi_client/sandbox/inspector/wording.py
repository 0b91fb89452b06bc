"""How the inspector words times, texts and faults: the filters of its templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone

from openapi_client.sandbox.faults.active import ActiveFault
from openapi_client.sandbox.faults.fault import ANY, KINDS, Fault


def _moment(value: datetime | float) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromtimestamp(value, timezone.utc)


def _machine_time(value: datetime | float) -> str:
    return _moment(value).isoformat(timespec="milliseconds")


def _clock_time(value: datetime | float) -> str:
    return _moment(value).strftime("%Y-%m-%d %H:%M:%S UTC")


def _month_day(value: datetime | float) -> str:
    return _moment(value).strftime("%m-%d")


def _time_of_day(value: datetime | float) -> str:
    return _moment(value).strftime("%H:%M:%S")


def _fault_summary(fault: Fault) -> str:
    """Return what a client sees of a fault."""
    summary = KINDS[fault.kind].summary.replace("`", "")
    return summary[0].upper() + summary[1:]


def _fault_facts(active: ActiveFault) -> str:
    """Return which requests a fault strikes, how often it did, and its other fields."""
    fault, hits = active.fault, active.hits
    method = "any method" if fault.method == ANY else fault.method
    often = f"{hits}" if fault.times is None else f"{hits} of {fault.times}"
    facts = [f"{method} {fault.path}", f"strikes so far: {often}"]
    shown = {"kind", "method", "path", "times"}
    defaults = Fault(fault.kind).as_dict()
    facts += [
        f"{name.replace('_', ' ')} {value}"
        for name, value in fault.as_dict().items()
        if name not in shown and value != defaults.get(name)
    ]
    return ", ".join(facts)


#: Name in a template -> what it does.
FILTERS: Mapping[str, Callable[..., str]] = {
    "machine_time": _machine_time,
    "clock_time": _clock_time,
    "month_day": _month_day,
    "time_of_day": _time_of_day,
    "fault_summary": _fault_summary,
    "fault_facts": _fault_facts,
}
