"""The four operations of journal runs: the functions that do the work, and the paths and verbs that lead to them."""

from __future__ import annotations

from datetime import datetime, timezone

from openapi_client.sandbox.journal_runs.ledger import (
    Run,
    find_active,
    find_run,
    insert_run,
    set_status,
)
from openapi_client.sandbox.journal_runs.lifecycle import CANCELLABLE, DELETABLE, Status
from openapi_client.sandbox.journal_runs.periods import load_periods
from openapi_client.sandbox.journal_runs.permissions import Permission
from openapi_client.sandbox.journal_runs.rules import Draft, order_of, violations
from openapi_client.sandbox.protocol.calls import Call, Operation, Route
from openapi_client.sandbox.protocol.errors import RULE, Reason, Refusal, not_found
from openapi_client.sandbox.protocol.payload import json_object, unsupported_media_type
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.protocol.scope import Scope
from openapi_client.sandbox.state.sessions import Session

_SEGMENTATION_RULE = "Default Rule"


def create_run(session: Session, call: Call, scope: Scope) -> Reply:
    """Store a new run as Pending, unless a rule is broken or another run is active."""
    draft = Draft(
        json_object(call.headers, call.data),
        load_periods(session.db),
        scope.organizations,
        call.options.settlement,
    )
    broken = violations(draft)
    active = find_active(session, scope.entity)
    if active is not None:
        broken.append(Reason(RULE, f"Journal run {active} is in progress; only one can run at a time."))
    if broken:
        raise Refusal(*broken)
    number = insert_run(session, scope.entity, order_of(draft))
    return Reply(200, {"journalRunNumber": number, "success": True})


def read_run(session: Session, call: Call, scope: Scope) -> Reply:
    """Show a run."""
    return Reply(200, _shown(_visible(session, call, scope), scope))


def cancel_run(session: Session, call: Call, scope: Scope) -> Reply:
    """Start cancelling a run; a body is optional unless the tenant is strict."""
    if call.data:
        json_object(call.headers, call.data)
    elif call.options.strict:
        raise unsupported_media_type()
    run = _visible(session, call, scope)
    if run.status not in CANCELLABLE:
        raise _wrong_status(run, "cancelled")
    set_status(session, run.number, Status.CANCEL_IN_PROGRESS)
    return Reply(200, {"success": True})


def delete_run(session: Session, call: Call, scope: Scope) -> Reply:
    """Start deleting a cancelled run."""
    run = _visible(session, call, scope)
    if run.status not in DELETABLE:
        raise _wrong_status(run, "deleted")
    set_status(session, run.number, Status.DELETE_IN_PROGRESS)
    return Reply(200, {"success": True})


def _visible(session: Session, call: Call, scope: Scope) -> Run:
    number = call.parts["number"]
    run = find_run(session, number)
    if run is None or not scope.covers(run.entity, run.order.organization):
        raise not_found(number)
    return run


def _wrong_status(run: Run, verb: str) -> Refusal:
    message = f"Journal run {run.number} cannot be {verb} while its status is {run.status.value}."
    return Refusal(Reason(RULE, message))


def _shown(run: Run, scope: Scope) -> dict[str, object]:
    order = run.order
    shown: dict[str, object] = {
        "aggregateCurrency": False,
        "executedOn": None if run.executed is None else _timestamp(run.executed),
        "journalEntryDate": order.journal_entry_date,
        "number": run.number,
        "segmentationRuleName": _SEGMENTATION_RULE,
        "status": run.status.value,
        "success": True,
        "targetEndDate": order.target_end_date,
        "targetStartDate": order.target_start_date,
        "totalJournalEntryCount": len(run.entries),
        "transactionTypes": [{"type": each} for each in order.transaction_types],
    }
    if order.organization is not None:
        name = scope.organizations.get(order.organization)
        shown["organizationLabels"] = [{"organizationId": order.organization, "organizationName": name}]
    return shown


def _timestamp(seconds: float) -> str:
    """Return the vendor's form: no zone, and no letter between date and time."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def _changing(permission: Permission) -> frozenset[str]:
    return frozenset({Permission.API_WRITE, permission})


ROUTES = (
    Route("/v1/journal-runs", {"POST": Operation(_changing(Permission.CREATE), create_run)}),
    Route(
        "/v1/journal-runs/<number>",
        {"GET": Operation(frozenset(), read_run), "DELETE": Operation(_changing(Permission.DELETE), delete_run)},
    ),
    Route("/v1/journal-runs/<number>/cancel", {"PUT": Operation(_changing(Permission.CANCEL), cancel_run)}),
)
