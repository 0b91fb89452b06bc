"""The control endpoints below ``/_sandbox/``: what programs in any language may ask of a sandbox.

They take no credentials: whoever reaches the port may use them, except for foreign web pages (``same_origin``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import unquote

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from openapi_client.sandbox.faults.active import ActiveFault
from openapi_client.sandbox.faults.fault import Fault
from openapi_client.sandbox.protocol.auth import revoke_tokens
from openapi_client.sandbox.protocol.paths import CONTROL
from openapi_client.sandbox.protocol.payload import LARGEST_BODY_BYTES
from openapi_client.sandbox.protocol.recording import Exchange
from openapi_client.sandbox.state.clock import moment_text
from openapi_client.sandbox.tenant.domain import Control, ControlCall, Steering, WrongState
from openapi_client.sandbox.tenant.tenant import Tenant

_LOGGER = logging.getLogger(__name__)
_MOST_EXCHANGES = 100
_LONGEST_NUMBER = 18
_VERB = "verb"
_Act = Callable[[Tenant, ControlCall], Mapping[str, Any]]


def create_control(tenant: Tenant) -> Blueprint:
    """Return the control endpoints of a tenant, those of its domains included."""
    control = Blueprint("control", __name__, url_prefix=CONTROL.rstrip("/"))

    def add(method: str, path: str, act: _Act) -> None:
        control.add_url_rule(path, f"{method} {path}", _view(tenant, act), methods=(method,))

    for path, method, act in (
        ("/state", "GET", _state),
        ("/clock", "GET", _show_clock),
        ("/clock", "POST", _set_clock),
        ("/requests", "GET", _requests),
        ("/faults", "GET", _show_faults),
        ("/faults", "POST", _add_fault),
        ("/faults", "DELETE", _clear_faults),
        ("/faults/<int:fault>", "DELETE", _remove_fault),
        ("/reset", "POST", _reset),
        ("/tokens/revoke", "POST", _revoke_tokens),
    ):
        add(method, path, act)
    for domain in tenant.domains:
        for each in domain.controls:
            add(each.method, each.path, _acting(each))
        for steering in domain.steering:
            add("POST", f"{steering.path}/<{_VERB}>", _steering(steering))
    return control


def _acting(control: Control) -> _Act:
    def act(tenant: Tenant, call: ControlCall) -> Mapping[str, Any]:
        sessions = tenant.sessions
        with sessions.reading() if control.method == "GET" else sessions.writing() as session:
            return control.act(session, call)

    return act


def _steering(steering: Steering) -> _Act:
    def act(tenant: Tenant, call: ControlCall) -> Mapping[str, Any]:
        verb = steering.verbs.get(call.parts[_VERB])
        if verb is None:
            raise LookupError(f"the last part of the path should be one of: {', '.join(steering.verbs)}")
        with tenant.sessions.writing() as session:
            verb(session, call)
        # What is shown is what time makes of it at once, such as a released run that has completed.
        with tenant.sessions.reading() as session:
            return steering.show(session, call)

    return act


def control_failure(error: Exception) -> Response:
    """Return the answer to a control request that failed."""
    if isinstance(error, HTTPException):
        status, message = error.code or 500, error.description or ""
    elif isinstance(error, LookupError):
        status, message = 404, str(error.args[0])
    elif isinstance(error, ValueError):
        status, message = 409 if isinstance(error, WrongState) else 400, str(error)
    else:
        _LOGGER.error("the sandbox failed on %s %s", request.method, request.path, exc_info=error)
        status, message = 500, "internal server error"
    return _json({"message": message}, status)


def _view(tenant: Tenant, act: _Act) -> Callable[..., Response]:
    def view(**parts: Any) -> Response:
        if (request.content_length or 0) > LARGEST_BODY_BYTES:
            raise RequestEntityTooLarge
        decoded = {name: unquote(str(part)) for name, part in parts.items()}
        return _json(act(tenant, ControlCall(decoded, request.args, request.get_data(), tenant.options)))

    return view


def _json(body: Mapping[str, Any], status: int = 200) -> Response:
    headers = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}
    return Response(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), status, headers)


# --- state ----------------------------------------------------------------------------------------------------------


def _state(tenant: Tenant, _: ControlCall) -> Mapping[str, Any]:
    return _shown_state(tenant)


def _shown_state(tenant: Tenant) -> Mapping[str, Any]:
    shown: dict[str, Any] = dict(_shown_clock(tenant))
    with tenant.sessions.reading() as session:
        for domain in tenant.domains:
            if domain.state:
                shown.update(domain.state(session))
    return {**shown, **_shown_faults(tenant)}


def _reset(tenant: Tenant, call: ControlCall) -> Mapping[str, Any]:
    wanted = call.fields()
    if not wanted.keys() <= {"clock"} or not isinstance(wanted.get("clock", False), bool):
        raise ValueError("the only field is clock, true or false")
    if wanted.get("clock"):
        tenant.clock.restart()
    tenant.reset()
    return _shown_state(tenant)


def _revoke_tokens(tenant: Tenant, _: ControlCall) -> Mapping[str, Any]:
    with tenant.sessions.noting() as session:
        return {"revoked": revoke_tokens(session.db)}


# --- clock ----------------------------------------------------------------------------------------------------------


def _show_clock(tenant: Tenant, _: ControlCall) -> Mapping[str, Any]:
    return _shown_clock(tenant)


def _shown_clock(tenant: Tenant) -> Mapping[str, Any]:
    clock = tenant.clock
    now = clock.now().isoformat(timespec="milliseconds")
    return {"clock": {"now": now, "frozen": clock.is_frozen, "speed": clock.speed}}


def _set_clock(tenant: Tenant, call: ControlCall) -> Mapping[str, Any]:
    wanted = call.fields()
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
        clock.advance(wanted["advance"])
    return _shown_clock(tenant)


# --- requests -------------------------------------------------------------------------------------------------------


def _requests(tenant: Tenant, call: ControlCall) -> Mapping[str, Any]:
    after, limit = _count(call, "after", 0), _count(call, "limit", _MOST_EXCHANGES)
    if not 1 <= limit <= _MOST_EXCHANGES:
        raise ValueError(f"limit should be a number from 1 to {_MOST_EXCHANGES}")
    later = [(number, each) for number, each in tenant.recorder.numbered() if number > after]
    page = later[:limit]
    return {
        "requests": [_shown_exchange(number, each) for number, each in page],
        "next": page[-1][0] if len(later) > limit else None,
    }


def _count(call: ControlCall, name: str, default: int) -> int:
    text = call.query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise ValueError(f"{name} should be a whole number of at most {_LONGEST_NUMBER} digits")
    return int(text)


def _shown_exchange(number: int, exchange: Exchange) -> Mapping[str, Any]:
    return {"id": number, **asdict(exchange), "at": exchange.at.isoformat(timespec="milliseconds")}


# --- faults ---------------------------------------------------------------------------------------------------------


def _show_faults(tenant: Tenant, _: ControlCall) -> Mapping[str, Any]:
    return _shown_faults(tenant)


def _shown_faults(tenant: Tenant) -> Mapping[str, Any]:
    return {"seed": tenant.faults.seed, "faults": [_shown_fault(each) for each in tenant.faults.active]}


def _shown_fault(active: ActiveFault) -> Mapping[str, Any]:
    return {"id": active.id, "since": moment_text(active.since), "hits": active.hits, **active.fault.as_dict()}


def _add_fault(tenant: Tenant, call: ControlCall) -> Mapping[str, Any]:
    number = tenant.faults.add(Fault.from_mapping(call.fields()))
    return {"id": number, **_shown_faults(tenant)}


def _clear_faults(tenant: Tenant, _: ControlCall) -> Mapping[str, Any]:
    tenant.faults.clear()
    return _shown_faults(tenant)


def _remove_fault(tenant: Tenant, call: ControlCall) -> Mapping[str, Any]:
    tenant.faults.remove(int(call.parts["fault"]))
    return _shown_faults(tenant)
