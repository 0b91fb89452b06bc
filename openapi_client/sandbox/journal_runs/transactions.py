"""What journal runs collect: the transactions of the tenant, each in one journal entry at most.

Sources: Zuora docs, "Create a journal run" (only transactions without a journal entry are collected) and Knowledge
Center, "Journal Runs" (a cancelled entry releases its transactions). How many there are, and their amounts, is made up.
"""

from __future__ import annotations

import calendar
import random
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from openapi_client.sandbox.journal_runs.transaction_types import ALL_TYPES
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.state.sessions import Session
from openapi_client.sandbox.state.store import next_number

TABLES = {
    # Those that were added; generated ones are made again whenever they are needed.
    "added_transaction": (
        "number TEXT PRIMARY KEY, type TEXT NOT NULL, day TEXT NOT NULL, amount TEXT NOT NULL, "
        "entity TEXT NOT NULL, organization TEXT NOT NULL"
    ),
    "collected": (
        "number TEXT NOT NULL, entity TEXT NOT NULL, organization TEXT NOT NULL, entry TEXT NOT NULL, "
        "PRIMARY KEY (number, entity, organization)"
    ),
}
INDEXES = {"collected_entry": "collected (entry)"}

_MOST_A_MONTH = 4
# Whoever invents a period of a thousand years does not want to wait for all of its transactions.
_MOST_MONTHS = 1200


@dataclass(frozen=True)
class Owner:
    """Whose transactions: an entity and an organization, each "" without Multi-entity or Multi-Org."""

    entity: str = ""
    organization: str = ""


@dataclass(frozen=True)
class Transaction:
    """A transaction in its final state.

    :param day: when it took effect
    :param amount: in the tenant's currency
    :param entry: number of the journal entry that holds it, ``None`` while it waits for a run
    """

    number: str
    type: str
    day: date
    amount: Decimal
    owner: Owner = Owner()
    entry: str | None = None


def transactions_between(
    session: Session, options: Options, owner: Owner, start: date, end: date, types: Iterable[str] = ALL_TYPES
) -> list[Transaction]:
    """Return an owner's transactions of some days, in the order of types and days."""
    held = _entries_by_number(session.db, owner)
    wanted = tuple(types)
    found = [*_generated(options, owner, start, end, wanted), *_added(session.db, owner, start, end, wanted)]
    found.sort(key=lambda each: (ALL_TYPES.index(each.type), each.day, each.number))
    return [replace(each, entry=held.get(each.number)) for each in found]


def collect(session: Session, entry: str, transactions: Iterable[Transaction]) -> None:
    """Put transactions into a journal entry."""
    session.db.executemany(
        "INSERT INTO collected (number, entity, organization, entry) VALUES (?, ?, ?, ?)",
        [(each.number, each.owner.entity, each.owner.organization, entry) for each in transactions],
    )


def free_transactions(session: Session, run: str) -> None:
    """Let the transactions in a run's cancelled entries wait for the next run."""
    session.db.execute(
        "DELETE FROM collected WHERE entry IN (SELECT number FROM entry WHERE run = ? AND status = 'Cancelled')", (run,)
    )


def add_transaction(session: Session, transaction: Transaction) -> Transaction:
    """Store a transaction and return it with its number."""
    stored = replace(transaction, number=next_number(session.db, "TX"))
    session.db.execute(
        "INSERT INTO added_transaction (number, type, day, amount, entity, organization) VALUES (?, ?, ?, ?, ?, ?)",
        (
            stored.number,
            stored.type,
            stored.day.isoformat(),
            str(stored.amount),
            stored.owner.entity,
            stored.owner.organization,
        ),
    )
    return stored


def _entries_by_number(db: sqlite3.Connection, owner: Owner) -> dict[str, str]:
    rows = db.execute(
        "SELECT number, entry FROM collected WHERE entity = ? AND organization = ?", (owner.entity, owner.organization)
    )
    return {row["number"]: row["entry"] for row in rows}


def _added(db: sqlite3.Connection, owner: Owner, start: date, end: date, types: tuple[str, ...]) -> list[Transaction]:
    rows = db.execute(
        "SELECT number, type, day, amount FROM added_transaction "
        "WHERE entity = ? AND organization = ? AND day BETWEEN ? AND ?",
        (owner.entity, owner.organization, start.isoformat(), end.isoformat()),
    )
    return [
        Transaction(row["number"], row["type"], date.fromisoformat(row["day"]), Decimal(row["amount"]), owner)
        for row in rows
        if row["type"] in types
    ]


def _generated(options: Options, owner: Owner, start: date, end: date, types: tuple[str, ...]) -> Iterator[Transaction]:
    """Return those that every tenant has: up to four of each type a month, one of them on its last day."""
    if options.transactions != "generated":
        return
    for month in _months(start, end):
        for kind in types:
            for each in _of_month(options.seed, owner, kind, month):
                if start <= each.day <= end:
                    yield each


def _of_month(seed: int | str | None, owner: Owner, kind: str, month: date) -> Iterator[Transaction]:
    chance = random.Random(f"{seed}:{owner.entity}:{owner.organization}:{kind}:{month:%Y-%m}")  # noqa: S311 - repeatable
    last = calendar.monthrange(month.year, month.month)[1]
    days = [*sorted(chance.sample(range(1, last), chance.randrange(_MOST_A_MONTH))), last]
    slug = "".join(char if char.isalnum() else "-" for char in kind.lower())
    for position, day in enumerate(days, 1):
        amount = Decimal(chance.randrange(1_00, 10_000_00)).scaleb(-2)
        number = f"{slug}-{month:%Y-%m}-{position}"
        yield Transaction(number, kind, month.replace(day=day), amount, owner)


def _months(start: date, end: date) -> Iterator[date]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    for month in range(first, min(last + 1, first + _MOST_MONTHS)):
        yield date(month // 12, month % 12 + 1, 1)
