"""What a sandbox starts with: the calendar, and periods, transactions, runs and entries read from JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from openapi_client.sandbox.journal_runs.ledger import find_active, insert_finished_run, insert_run
from openapi_client.sandbox.journal_runs.lifecycle import ACTIVE, Status
from openapi_client.sandbox.journal_runs.periods import STATES, Period, load_periods, save_periods, seeded_periods
from openapi_client.sandbox.journal_runs.rules import Draft, order_of, violations
from openapi_client.sandbox.journal_runs.transaction_types import ALL_TYPES
from openapi_client.sandbox.journal_runs.transactions import Owner, Transaction, add_transaction
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.state.documents import choice_of, day_of, fields_of, items_of, text_of
from openapi_client.sandbox.state.sessions import Session
from openapi_client.sandbox.tenant.domain import Plant, Seeding

_CREATE_FIELDS = (
    "accountingPeriodName",
    "journalEntryDate",
    "organizationLabels",
    "targetEndDate",
    "targetStartDate",
    "transactionTypes",
)
_RUN_FIELDS = ("status", "entity", "entries", *_CREATE_FIELDS)
_ENTRY_FIELDS = ("type", "status", "transferredToAccounting")
_ENTRY_STATUSES = ("Created", "Cancelled")
# Below this, a sum of very many is exact.
_MOST_AMOUNT = Decimal(10) ** 15
_TRANSFER_STATES = ("No", "Processing", "Yes", "Error", "Ignore")


@dataclass(frozen=True)
class SeededEntry:
    """A journal entry to be: its transaction type, status and transfer state."""

    transaction_type: str
    status: str
    transferred: str


@dataclass(frozen=True)
class SeededRun:
    """A run to be; ``entries`` of ``None`` are those it would have made itself."""

    place: str
    status: Status
    entity: str
    body: Mapping[str, Any]
    entries: tuple[SeededEntry, ...] | None


def save_calendar(session: Session) -> None:
    """Store the periods that every sandbox has."""
    today = datetime.fromtimestamp(session.now, timezone.utc).date()
    save_periods(session.db, seeded_periods(today))


def read(fields: Mapping[str, Any]) -> Plant:
    """Return what stores the periods, runs and transactions of a seed.

    :raises ValueError: for an unknown field or a wrong value; the rules of the create request come when it is stored
    """
    periods = [period_from(each, place) for place, each in items_of("", "periods", fields)]
    runs = [run_from(each, place) for place, each in items_of("", "runs", fields)]
    transactions = [transaction_from(each, place) for place, each in items_of("", "transactions", fields)]

    def plant(session: Session, options: Options) -> None:
        save_periods(session.db, periods)
        for transaction in transactions:
            plant_transaction(session, transaction, options)
        for run in runs:
            plant_run(session, run, options)

    return plant


SEEDING = Seeding(("periods", "runs", "transactions"), read, save_calendar)


def period_from(value: object, place: str = "the period") -> Period:
    """Return the accounting period that JSON describes.

    :raises ValueError: for a missing or unknown field, or a wrong value
    """
    fields = fields_of(place, value, ("name", "start", "end", "state"))
    name = text_of(place, fields, "name")
    if not name:
        raise ValueError(f"{place}.name should be a text")
    start, end = day_of(place, fields, "start"), day_of(place, fields, "end")
    if start is None:
        raise ValueError(f"{place}.start should be a date such as 2026-03-01")
    state = choice_of(place, fields, "state", STATES, "Open")
    if end is not None and end < start:
        raise ValueError(f"{place}.end should not be before {place}.start")
    return Period(name, start, end, state)


def run_from(value: object, place: str = "the run") -> SeededRun:
    """Return the run that JSON describes: the body of a create request, with status, entity and entries.

    :raises ValueError: for an unknown field or a wrong value; the rules of the create request come with
        :func:`plant_run`
    """
    fields = fields_of(place, value, _RUN_FIELDS)
    entries = None
    if fields.get("entries") is not None:
        entries = tuple(_entry(each, at) for at, each in items_of(f"{place}.", "entries", fields))
    status = Status(choice_of(place, fields, "status", tuple(each.value for each in Status), Status.PENDING.value))
    if entries and status in ACTIVE:
        raise ValueError(f"{place}.entries should be left out: a run that is {status.value} has none yet")
    body = {name: fields[name] for name in _CREATE_FIELDS if name in fields}
    return SeededRun(place, status, text_of(place, fields, "entity") or "", body, entries)


def plant_run(session: Session, run: SeededRun, options: Options) -> str:
    """Store a run, and return its number.

    :raises ValueError: when it breaks a rule of the create request, or would be a second active one
    """
    if run.entity not in (options.entities or ("",)):
        raise ValueError(f"{run.place}.entity should be one of: {', '.join(options.entities) or '(left out)'}")
    draft = Draft(run.body, load_periods(session.db), options.organizations, options.settlement)
    broken = violations(draft)
    if broken:
        raise ValueError(f"{run.place}: {'; '.join(reason.message for reason in broken)}")
    active = find_active(session, run.entity)
    if active is not None and run.status in ACTIVE:
        raise ValueError(f"{run.place}.status should not be {run.status.value}: {active} is active already")
    order = order_of(draft)
    if run.status is Status.PENDING:
        return insert_run(session, run.entity, order)
    entries = run.entries
    if entries is None:
        entries = _usual_entries(run.status, order.transaction_types)
    rows = [(each.transaction_type, each.status, each.transferred) for each in entries]
    return insert_finished_run(session, options, run.entity, order, run.status, rows)


def transaction_from(value: object, place: str = "the transaction") -> Transaction:
    """Return the transaction that JSON describes, without a number.

    :raises ValueError: for a missing or unknown field, or a wrong value
    """
    fields = fields_of(place, value, ("type", "date", "amount", "entity", "organization"))
    kind = choice_of(place, fields, "type", ALL_TYPES, "")
    day = day_of(place, fields, "date")
    if day is None:
        raise ValueError(f"{place}.date should be a date such as 2026-03-01")
    try:
        amount = Decimal(str(fields.get("amount", "100.00")))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and abs(amount) < _MOST_AMOUNT):
        raise ValueError(f"{place}.amount should be a number such as 100.00")
    owner = Owner(text_of(place, fields, "entity") or "", text_of(place, fields, "organization") or "")
    return Transaction("", kind, day, amount, owner)


def plant_transaction(session: Session, transaction: Transaction, options: Options) -> Transaction:
    """Store a transaction, and return it with its number.

    :raises ValueError: for an entity or organization that the tenant does not have
    """
    owner = transaction.owner
    for name, given, known in (
        ("entity", owner.entity, tuple(options.entities)),
        ("organization", owner.organization, tuple(options.organizations)),
    ):
        if given not in (known or ("",)):
            raise ValueError(f"the {name} of a transaction should be one of: {', '.join(known) or '(left out)'}")
    return add_transaction(session, transaction)


def _usual_entries(status: Status, types: Iterable[str]) -> tuple[SeededEntry, ...]:
    if status in (Status.PROCESSING, Status.ERROR):
        return ()
    is_cancelled = status in (Status.CANCELLED, Status.DELETE_IN_PROGRESS)
    return tuple(SeededEntry(each, "Cancelled" if is_cancelled else "Created", "No") for each in dict.fromkeys(types))


def _entry(value: object, place: str) -> SeededEntry:
    fields = fields_of(place, value, _ENTRY_FIELDS)
    kind = text_of(place, fields, "type")
    if not kind:
        raise ValueError(f"{place}.type should be a transaction type")
    status = choice_of(place, fields, "status", _ENTRY_STATUSES, "Created")
    return SeededEntry(kind, status, choice_of(place, fields, "transferredToAccounting", _TRANSFER_STATES, "No"))
