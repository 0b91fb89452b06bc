"""The control endpoints below ``/_sandbox/``: what programs in any language may ask of a sandbox.

They take no credentials: whoever reaches the port may use them, except for foreign web pages (``same_origin``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from openapi_client.sandbox.faults.active import ActiveFault
from openapi_client.sandbox.faults.fault import Fault
from openapi_client.sandbox.journal_runs import steering
from openapi_client.sandbox.journal_runs.ledger import Run, Session, all_runs, find_run, history_of
from openapi_client.sandbox.journal_runs.periods import Period, load_periods, save_periods
from openapi_client.sandbox.protocol.recording import Exchange
from openapi_client.sandbox.tenant.seeding import period_from
from openapi_client.sandbox.web.same_origin import CONTROL

if TYPE_CHECKING:
    from openapi_client.sandbox.tenant.tenant import Tenant

_LOGGER = logging.getLogger(__name__)
_MOST_EXCHANGES = 100


def create_control(tenant: Tenant) -> Blueprint:
    """Return the control endpoints of a tenant."""
    control = Blueprint("control", __name__, url_prefix=CONTROL.rstrip("/"))
    for path, method, act in (
        ("/state", "GET", _state),
        ("/clock", "GET", _show_clock),
        ("/clock", "POST", _set_clock),
        ("/runs/<number>/<verb>", "POST", _steer),
        ("/periods", "GET", _show_periods),
        ("/periods", "POST", _add_period),
        ("/requests", "GET", _requests),
        ("/faults", "GET", _show_faults),
        ("/faults", "POST", _add_fault),
        ("/faults", "DELETE", _clear_faults),
        ("/faults/<int:fault>", "DELETE", _remove_fault),
        ("/reset", "POST", _reset),
        ("/tokens/revoke", "POST", _revoke_tokens),
    ):
        control.add_url_rule(path, f"{method} {path}", _view(tenant, act), methods=(method,))
    return control


def control_failure(error: Exception) -> Response:
    """Return the answer to a control request that failed."""
    if isinstance(error, HTTPException):
        status, message = error.code or 500, error.description or ""
    elif isinstance(error, LookupError):
        status, message = 404, str(error.args[0])
    elif isinstance(error, ValueError):
        status, message = 409 if isinstance(error, steering.WrongState) else 400, str(error)
    else:
        _LOGGER.error("the sandbox failed on %s %s", request.method, request.path, exc_info=error)
        status, message = 500, "internal server error"
    return _json({"message": message}, status)


def _view(tenant: Tenant, act: Callable[..., Mapping[str, Any]]) -> Callable[..., Response]:
    def view(**parts: Any) -> Response:
        return _json(act(tenant, **parts))

    return view


def _json(body: Mapping[str, Any], status: int = 200) -> Response:
    headers = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}
    return Response(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), status, headers)


def _body() -> dict[str, Any]:
    try:
        body = json.loads(request.get_data() or b"{}")
    except ValueError:
        raise ValueError("the body should be JSON") from None
    if not isinstance(body, dict):
        raise ValueError("the body should be a JSON object")
    return body


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")


# --- state ----------------------------------------------------------------------------------------------------------


def _state(tenant: Tenant) -> Mapping[str, Any]:
    with tenant.ledger.reading() as session:
        runs = [_shown_run(session, run) for run in all_runs(session)]
    return {**_show_clock(tenant), "runs": runs, **_show_faults(tenant)}


def _shown_run(session: Session, run: Run) -> Mapping[str, Any]:
    return {
        "number": run.number,
        "status": run.status.value,
        "since": _moment(run.since),
        "executed": None if run.executed is None else _moment(run.executed),
        "is_held": run.is_held,
        "entity": run.entity,
        **asdict(run.order),
        "entries": [asdict(entry) for entry in run.entries],
        "history": [{"status": each.status.value, "at": _moment(each.at)} for each in history_of(session, run.number)],
    }


def _reset(tenant: Tenant) -> Mapping[str, Any]:
    tenant.reset()
    return _state(tenant)


def _revoke_tokens(tenant: Tenant) -> Mapping[str, Any]:
    with tenant.store.writing() as db:
        return {"revoked": db.execute("DELETE FROM token").rowcount}


# --- clock ----------------------------------------------------------------------------------------------------------


def _show_clock(tenant: Tenant) -> Mapping[str, Any]:
    clock = tenant.clock
    now = clock.now().isoformat(timespec="milliseconds")
    return {"clock": {"now": now, "frozen": clock.is_frozen, "speed": clock.speed}}


def _set_clock(tenant: Tenant) -> Mapping[str, Any]:
    wanted = _body()
    if not wanted or not wanted.keys() <= {"advance", "frozen", "speed"}:
        raise ValueError("the fields should be among: advance, frozen, speed")
    for name in ("advance", "speed"):
        if isinstance(wanted.get(name, 1), bool) or not isinstance(wanted.get(name, 1), (int, float)):
            raise ValueError(f"{name} should be a number")
    if not isinstance(wanted.get("frozen", False), bool):
        raise ValueError("frozen should be true or false")
    clock = tenant.clock
    if "speed" in wanted:
        clock.set_speed(wanted["speed"])
    if "frozen" in wanted:
        clock.freeze() if wanted["frozen"] else clock.resume()
    if "advance" in wanted:
        try:
            clock.advance(wanted["advance"])
        except OverflowError:
            raise ValueError("advance should not lead beyond the year 9999") from None
    return _show_clock(tenant)


# --- runs and periods -----------------------------------------------------------------------------------------------


def _transfer(tenant: Tenant, number: str) -> None:
    entry = _body().get("entry")
    if entry is not None and not isinstance(entry, str):
        raise ValueError("entry should be the number of a journal entry")
    steering.transfer_entry(tenant.ledger, number, entry)


_VERBS: Mapping[str, Callable[[Tenant, str], None]] = {
    "hold": lambda tenant, number: steering.hold(tenant.ledger, number),
    "release": lambda tenant, number: steering.release(tenant.ledger, number),
    "fail": lambda tenant, number: steering.fail(tenant.ledger, number),
    "transfer": _transfer,
}


def _steer(tenant: Tenant, number: str, verb: str) -> Mapping[str, Any]:
    if verb not in _VERBS:
        raise LookupError(f"the last part of the path should be one of: {', '.join(_VERBS)}")
    number = unquote(number)
    _VERBS[verb](tenant, number)
    with tenant.ledger.reading() as session:
        run = find_run(session, number)
        if run is None:
            raise LookupError(f"no journal run {number}")
        return _shown_run(session, run)


def _show_periods(tenant: Tenant) -> Mapping[str, Any]:
    with tenant.store.reading() as db:
        return {"periods": [_shown_period(each) for each in load_periods(db).values()]}


def _shown_period(period: Period) -> Mapping[str, Any]:
    return {
        "name": period.name,
        "start": period.start.isoformat(),
        "end": period.end and period.end.isoformat(),
        "state": period.state,
    }


def _add_period(tenant: Tenant) -> Mapping[str, Any]:
    period = period_from(_body())
    with tenant.store.writing() as db:
        save_periods(db, [period])
    return _shown_period(period)


# --- requests -------------------------------------------------------------------------------------------------------


def _requests(tenant: Tenant) -> Mapping[str, Any]:
    after, limit = _count("after", 0), _count("limit", _MOST_EXCHANGES)
    if not 1 <= limit <= _MOST_EXCHANGES:
        raise ValueError(f"limit should be a number from 1 to {_MOST_EXCHANGES}")
    later = [(number, each) for number, each in tenant.recorder.numbered() if number > after]
    page = later[:limit]
    return {
        "requests": [_shown_exchange(number, each) for number, each in page],
        "next": page[-1][0] if len(later) > limit else None,
    }


def _count(name: str, default: int) -> int:
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} should be a whole number")
    return int(text)


def _shown_exchange(number: int, exchange: Exchange) -> Mapping[str, Any]:
    return {"id": number, **asdict(exchange), "at": exchange.at.isoformat(timespec="milliseconds")}


# --- faults ---------------------------------------------------------------------------------------------------------


def _show_faults(tenant: Tenant) -> Mapping[str, Any]:
    return {"seed": tenant.faults.seed, "faults": [_shown_fault(each) for each in tenant.faults.active]}


def _shown_fault(active: ActiveFault) -> Mapping[str, Any]:
    return {"id": active.id, "since": _moment(active.since), "hits": active.hits, **active.fault.as_dict()}


def _add_fault(tenant: Tenant) -> Mapping[str, Any]:
    number = tenant.faults.add(Fault.from_mapping(_body()))
    return {"id": number, **_show_faults(tenant)}


def _clear_faults(tenant: Tenant) -> Mapping[str, Any]:
    tenant.faults.clear()
    return _show_faults(tenant)


def _remove_fault(tenant: Tenant, fault: int) -> Mapping[str, Any]:
    tenant.faults.remove(fault)
    return _show_faults(tenant)
