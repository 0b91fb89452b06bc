"""What programs in any language may ask about runs and periods, below ``/_sandbox``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from openapi_client.sandbox.journal_runs import steering
from openapi_client.sandbox.journal_runs.ledger import Run, all_runs, history_of
from openapi_client.sandbox.journal_runs.periods import Period, load_periods, save_periods
from openapi_client.sandbox.journal_runs.seeding import (
    period_from,
    plant_transaction,
    transaction_from,
)
from openapi_client.sandbox.journal_runs.transactions import Owner, Transaction, transactions_between
from openapi_client.sandbox.state.clock import moment_text
from openapi_client.sandbox.state.documents import day_of
from openapi_client.sandbox.state.sessions import Session
from openapi_client.sandbox.tenant.domain import Control, ControlCall, Steering

_MOST_DAYS = 366


def show_runs(session: Session) -> Mapping[str, Any]:
    """Return every run, as the state of a sandbox shows it."""
    return {"runs": [_shown_run(session, run) for run in all_runs(session)]}


def _shown_run(session: Session, run: Run) -> Mapping[str, Any]:
    return {
        "number": run.number,
        "status": run.status.value,
        "since": moment_text(run.since),
        "executed": None if run.executed is None else moment_text(run.executed),
        "is_held": run.is_held,
        "entity": run.entity,
        **asdict(run.order),
        "entries": [asdict(entry) for entry in run.entries],
        "history": [
            {"status": each.status.value, "at": moment_text(each.at)} for each in history_of(session, run.number)
        ],
    }


def _show_run(session: Session, call: ControlCall) -> Mapping[str, Any]:
    return _shown_run(session, steering.existing_run(session, call.parts["number"]))


def _transfer(session: Session, call: ControlCall) -> None:
    entry = call.fields().get("entry")
    if entry is not None and not isinstance(entry, str):
        raise ValueError("entry should be the number of a journal entry")
    steering.transfer_entry(session, call.parts["number"], entry)


STEERING = Steering(
    "/runs/<number>",
    {
        "hold": lambda session, call: steering.hold(session, call.parts["number"]),
        "release": lambda session, call: steering.release(session, call.parts["number"]),
        "fail": lambda session, call: steering.fail(session, call.parts["number"]),
        "transfer": _transfer,
    },
    _show_run,
)


def _show_periods(session: Session, call: ControlCall) -> Mapping[str, Any]:  # noqa: ARG001 - the signature of an act
    return {"periods": [_shown_period(each) for each in load_periods(session.db).values()]}


def _shown_period(period: Period) -> Mapping[str, Any]:
    return {
        "name": period.name,
        "start": period.start.isoformat(),
        "end": period.end and period.end.isoformat(),
        "state": period.state,
    }


def _add_period(session: Session, call: ControlCall) -> Mapping[str, Any]:
    period = period_from(call.fields())
    save_periods(session.db, [period])
    return _shown_period(period)


def _show_transactions(session: Session, call: ControlCall) -> Mapping[str, Any]:
    days = dict(call.query.items())
    start, end = day_of("the query", days, "start"), day_of("the query", days, "end")
    if start is None or end is None:
        raise ValueError("start and end should be dates such as 2026-03-01")
    if (end - start).days > _MOST_DAYS:
        raise ValueError(f"end should be at most {_MOST_DAYS} days after start")
    owner = Owner(days.get("entity", ""), days.get("organization", ""))
    found = transactions_between(session, call.options, owner, start, end)
    return {"transactions": [_shown_transaction(each) for each in found]}


def _shown_transaction(transaction: Transaction) -> Mapping[str, Any]:
    return {
        "number": transaction.number,
        "type": transaction.type,
        "date": transaction.day.isoformat(),
        "amount": str(transaction.amount),
        **asdict(transaction.owner),
        "entry": transaction.entry,
    }


def _add_transaction(session: Session, call: ControlCall) -> Mapping[str, Any]:
    return _shown_transaction(plant_transaction(session, transaction_from(call.fields()), call.options))


CONTROLS = (
    Control("GET", "/periods", _show_periods),
    Control("POST", "/periods", _add_period),
    Control("GET", "/transactions", _show_transactions),
    Control("POST", "/transactions", _add_transaction),
)
