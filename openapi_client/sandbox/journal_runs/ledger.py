"""Journal runs and their entries as stored, kept up to date with the clock."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from openapi_client.sandbox.journal_runs import transactions
from openapi_client.sandbox.journal_runs.lifecycle import (
    MOVING,
    Progress,
    Status,
    Transition,
    due_transitions,
)
from openapi_client.sandbox.journal_runs.transactions import (
    Owner,
    Transaction,
    collect,
    free_transactions,
    transactions_between,
)
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.state.schema import Schema
from openapi_client.sandbox.state.sessions import Due, Session
from openapi_client.sandbox.state.store import next_number


def _add_released(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE run ADD COLUMN released REAL NOT NULL DEFAULT 0")


TABLES = Schema(
    "journal_runs",
    {
        "run": (
            "number TEXT PRIMARY KEY, entity TEXT NOT NULL, organization TEXT, status TEXT NOT NULL, "
            "since REAL NOT NULL, is_held INTEGER NOT NULL DEFAULT 0, executed REAL, "
            "journal_entry_date TEXT NOT NULL, target_start TEXT NOT NULL, target_end TEXT NOT NULL, "
            "transaction_types TEXT NOT NULL, released REAL NOT NULL DEFAULT 0"
        ),
        "entry": (
            "number TEXT PRIMARY KEY, run TEXT NOT NULL, transaction_type TEXT NOT NULL, "
            "status TEXT NOT NULL, transferred TEXT NOT NULL"
        ),
        "history": "run TEXT NOT NULL, status TEXT NOT NULL, at REAL NOT NULL",
        "period": "name TEXT PRIMARY KEY, start TEXT NOT NULL, end TEXT, state TEXT NOT NULL",
        **transactions.TABLES,
    },
    {
        "run_status": "run (status)",
        "entry_run": "entry (run)",
        "history_run": "history (run)",
        **transactions.INDEXES,
    },
    version=2,
    migrations={1: _add_released},
)

# Entries in these states can no longer be cancelled (Zuora API reference, "Cancel a journal run").
_FINAL_TRANSFER_STATES = ("Yes", "Processing")
_IS_FINAL = f"transferred IN {_FINAL_TRANSFER_STATES}"
_MOVING_LIST = "(" + ", ".join(f"'{status.value}'" for status in sorted(MOVING)) + ")"
_MOVING_RUNS = (
    "SELECT number, status, since, is_held, released, EXISTS "  # noqa: S608 - built from constants of this package only
    f"(SELECT 1 FROM entry WHERE entry.run = run.number AND {_IS_FINAL}) AS has_transferred "
    f"FROM run WHERE status IN {_MOVING_LIST} ORDER BY since"
)
_CANCEL_ENTRIES = f"UPDATE entry SET status = 'Cancelled' WHERE run = ? AND NOT {_IS_FINAL}"  # noqa: S608 - as above


@dataclass(frozen=True)
class Entry:
    """A journal entry that a run created."""

    number: str
    transaction_type: str
    status: str
    transferred_to_accounting: str


@dataclass(frozen=True)
class RunOrder:
    """What a valid create request asks for; dates as ``yyyy-MM-dd``."""

    journal_entry_date: str
    target_start_date: str
    target_end_date: str
    transaction_types: tuple[str, ...]
    organization: str | None = None


@dataclass(frozen=True)
class Run:
    """A journal run; ``executed`` and ``since`` are seconds of the sandbox clock."""

    number: str
    status: Status
    since: float
    executed: float | None
    is_held: bool
    entity: str
    order: RunOrder
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class StatusChange:
    """A status and when a run entered it, in seconds of the sandbox clock."""

    status: Status
    at: float


def due_changes(session: Session, options: Options) -> list[Due]:
    """Return the changes of status that time has brought to all runs: the timed job of this domain."""
    found: list[Due] = []
    for row in session.db.execute(_MOVING_RUNS):
        progress = Progress(
            Status(row["status"]), row["since"], bool(row["is_held"]), bool(row["has_transferred"]), row["released"]
        )
        changes = due_transitions(progress, session.now, options.timing)
        found.extend(
            Due(each.at, partial(_apply, options=options, number=row["number"], change=each)) for each in changes
        )
    return found


def _apply(session: Session, options: Options, number: str, change: Transition) -> None:
    db = session.db
    if change.target is None:
        db.execute("DELETE FROM entry WHERE run = ?", (number,))
        db.execute("DELETE FROM history WHERE run = ?", (number,))
        db.execute("DELETE FROM run WHERE number = ?", (number,))
        return
    if change.target is Status.PROCESSING:
        db.execute("UPDATE run SET executed = ? WHERE number = ?", (change.at, number))
    elif change.source is Status.PROCESSING:
        _create_entries(session, options, number)
    elif change.source is Status.CANCEL_IN_PROGRESS:
        db.execute(_CANCEL_ENTRIES, (number,))
        free_transactions(session, number)
    set_status(session, number, change.target)


def _create_entries(session: Session, options: Options, number: str) -> None:
    """Make an entry for each type of which there are transactions to collect."""
    for kind, found in _collectable(session, options, number).items():
        if found or options.transactions == "endless":
            collect(session, _insert_entry(session, number, kind, "Created", "No"), found)


def _collectable(session: Session, options: Options, number: str) -> dict[str, list[Transaction]]:
    """Return what a run finds of each of its types: what is in its days and in no other entry."""
    run = _run(session.db, session.db.execute("SELECT * FROM run WHERE number = ?", (number,)).fetchone())
    start, end = map(date.fromisoformat, (run.order.target_start_date, run.order.target_end_date))
    owner = Owner(run.entity, run.order.organization or "")
    types = tuple(dict.fromkeys(run.order.transaction_types))
    found: dict[str, list[Transaction]] = {each: [] for each in types}
    for each in transactions_between(session, options, owner, start, end, types):
        if each.entry is None:
            found[each.type].append(each)
    return found


def _insert_entry(session: Session, run: str, kind: str, status: str, transferred: str) -> str:
    number = next_number(session.db, "JE")
    session.db.execute(
        "INSERT INTO entry (number, run, transaction_type, status, transferred) VALUES (?, ?, ?, ?, ?)",
        (number, run, kind, status, transferred),
    )
    return number


def set_status(session: Session, number: str, status: Status) -> None:
    """Put a run into a status, as of the session's moment."""
    session.db.execute(
        "UPDATE run SET status = ?, since = ? WHERE number = ?",
        (status.value, session.now, number),
    )
    _note_status(session, number, status)


def insert_run(session: Session, entity: str, order: RunOrder) -> str:
    """Store a new run as Pending and return its number."""
    number = next_number(session.db, "JR")
    session.db.execute(
        "INSERT INTO run (number, entity, organization, status, since, journal_entry_date, "
        "target_start, target_end, transaction_types) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            entity,
            order.organization,
            Status.PENDING.value,
            session.now,
            order.journal_entry_date,
            order.target_start_date,
            order.target_end_date,
            json.dumps(order.transaction_types),
        ),
    )
    _note_status(session, number, Status.PENDING)
    return number


def insert_finished_run(
    session: Session,
    options: Options,
    entity: str,
    order: RunOrder,
    status: Status,
    entries: Iterable[tuple[str, str, str]],
) -> str:
    """Store a run that is further than Pending, and return its number.

    :param entries: transaction type, status and transfer state of each; those that are not cancelled hold what a run
        finds of their type
    """
    number = insert_run(session, entity, order)
    session.db.execute("UPDATE run SET executed = ? WHERE number = ?", (session.now, number))
    found = _collectable(session, options, number)
    for kind, entry_status, transferred in entries:
        entry = _insert_entry(session, number, kind, entry_status, transferred)
        if entry_status == "Created":
            collect(session, entry, found.pop(kind, ()))
    set_status(session, number, status)
    return number


def _note_status(session: Session, number: str, status: Status) -> None:
    session.db.execute("INSERT INTO history (run, status, at) VALUES (?, ?, ?)", (number, status.value, session.now))


def history_of(session: Session, number: str) -> list[StatusChange]:
    """Return every status that a run has entered so far, oldest first; none for a run that is gone."""
    rows = session.db.execute("SELECT status, at FROM history WHERE run = ? ORDER BY rowid", (number,))
    return [StatusChange(Status(row["status"]), row["at"]) for row in rows]


def find_active(session: Session, entity: str) -> str | None:
    """Return the number of the run that is Pending or Processing, if there is one."""
    row = session.db.execute(
        "SELECT number FROM run WHERE entity = ? AND status IN ('Pending', 'Processing')",
        (entity,),
    ).fetchone()
    return None if row is None else str(row["number"])


def find_run(session: Session, number: str) -> Run | None:
    """Return a run with its entries, or ``None``."""
    row = session.db.execute("SELECT * FROM run WHERE number = ?", (number,)).fetchone()
    return None if row is None else _run(session.db, row)


def all_runs(session: Session) -> list[Run]:
    """Return every run, oldest number first."""
    rows = session.db.execute("SELECT * FROM run ORDER BY number").fetchall()
    return [_run(session.db, row) for row in rows]


def _run(db: sqlite3.Connection, row: sqlite3.Row) -> Run:
    entries = db.execute(
        "SELECT number, transaction_type, status, transferred FROM entry WHERE run = ? ORDER BY number",
        (row["number"],),
    )
    return Run(
        number=row["number"],
        status=Status(row["status"]),
        since=row["since"],
        executed=row["executed"],
        is_held=bool(row["is_held"]),
        entity=row["entity"],
        order=RunOrder(
            row["journal_entry_date"],
            row["target_start"],
            row["target_end"],
            tuple(json.loads(row["transaction_types"])),
            row["organization"],
        ),
        entries=tuple(Entry(*entry) for entry in entries),
    )
