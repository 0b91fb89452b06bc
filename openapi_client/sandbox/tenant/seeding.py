"""What a sandbox starts with besides its calendar: periods, clients, runs and entries, read from JSON.

Each message names the place, such as ``runs[0].status``, and what is allowed there.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openapi_client.sandbox.journal_runs.ledger import Session, find_active, insert_finished_run, insert_run
from openapi_client.sandbox.journal_runs.lifecycle import ACTIVE, Status
from openapi_client.sandbox.journal_runs.periods import STATES, Period, load_periods, save_periods
from openapi_client.sandbox.journal_runs.rules import Draft, order_of, violations
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import Credentials, Permission, new_credentials, save_client

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
_TRANSFER_STATES = ("No", "Processing", "Yes", "Error", "Ignore")
_CLIENT_FIELDS = ("client_id", "client_secret", "access_key_id", "secret_access_key", "permissions", "active")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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


@dataclass(frozen=True)
class Seed:
    """Periods, clients (with whether they may sign in) and runs."""

    periods: tuple[Period, ...] = ()
    clients: tuple[tuple[Credentials, bool], ...] = ()
    runs: tuple[SeededRun, ...] = ()


def read_seed(path: str | os.PathLike[str]) -> Seed:
    """Return what a JSON file describes.

    :raises OSError: when it cannot be read
    :raises ValueError: when it is no JSON, or no seed
    """
    with open(path, "rb") as file:
        try:
            document = json.load(file)
        except ValueError as error:
            raise ValueError(f"the seed should be JSON: {error}") from None
    return seed_from(document)


def seed_from(document: object) -> Seed:
    """Return what a document describes.

    :raises ValueError: for an unknown field or a wrong value
    """
    lists = _object("the seed", document, ("periods", "clients", "runs"))
    return Seed(
        tuple(period_from(each, place) for place, each in _items("", "periods", lists)),
        tuple(_client(each, place) for place, each in _items("", "clients", lists)),
        tuple(run_from(each, place) for place, each in _items("", "runs", lists)),
    )


def period_from(value: object, place: str = "the period") -> Period:
    """Return the accounting period that JSON describes.

    :raises ValueError: for a missing or unknown field, or a wrong value
    """
    fields = _object(place, value, ("name", "start", "end", "state"))
    name = _text(place, fields, "name")
    if not name:
        raise ValueError(f"{place}.name should be a text")
    start, end = _day(place, fields, "start"), _day(place, fields, "end")
    if start is None:
        raise ValueError(f"{place}.start should be a date such as 2026-03-01")
    state = _one_of(place, fields, "state", STATES, "Open")
    if end is not None and end < start:
        raise ValueError(f"{place}.end should not be before {place}.start")
    return Period(name, start, end, state)


def run_from(value: object, place: str = "the run") -> SeededRun:
    """Return the run that JSON describes: the body of a create request, with status, entity and entries.

    :raises ValueError: for an unknown field or a wrong value; the rules of the create request come with :func:`plant`
    """
    fields = _object(place, value, _RUN_FIELDS)
    entries = None
    if fields.get("entries") is not None:
        entries = tuple(_entry(each, at) for at, each in _items(f"{place}.", "entries", fields))
    status = Status(_one_of(place, fields, "status", tuple(each.value for each in Status), Status.PENDING.value))
    if entries and status in ACTIVE:
        raise ValueError(f"{place}.entries should be left out: a run that is {status.value} has none yet")
    body = {name: fields[name] for name in _CREATE_FIELDS if name in fields}
    return SeededRun(place, status, _text(place, fields, "entity") or "", body, entries)


def plant(session: Session, seed: Seed, options: Options) -> list[str]:
    """Store what a seed describes, and return the numbers of its runs.

    :raises ValueError: for a run that breaks a rule of the create request, or a second active one
    """
    save_periods(session.db, list(seed.periods))
    for client, is_active in seed.clients:
        save_client(session.db, client, is_active=is_active)
    return [_plant_run(session, run, options) for run in seed.runs]


def _plant_run(session: Session, run: SeededRun, options: Options) -> str:
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
    return insert_finished_run(session, run.entity, order, run.status, rows)


def _usual_entries(status: Status, types: Iterable[str]) -> tuple[SeededEntry, ...]:
    if status in (Status.PROCESSING, Status.ERROR):
        return ()
    is_cancelled = status in (Status.CANCELLED, Status.DELETE_IN_PROGRESS)
    return tuple(SeededEntry(each, "Cancelled" if is_cancelled else "Created", "No") for each in dict.fromkeys(types))


def _entry(value: object, place: str) -> SeededEntry:
    fields = _object(place, value, _ENTRY_FIELDS)
    kind = _text(place, fields, "type")
    if not kind:
        raise ValueError(f"{place}.type should be a transaction type")
    status = _one_of(place, fields, "status", _ENTRY_STATUSES, "Created")
    return SeededEntry(kind, status, _one_of(place, fields, "transferredToAccounting", _TRANSFER_STATES, "No"))


def _client(value: object, place: str) -> tuple[Credentials, bool]:
    fields = _object(place, value, _CLIENT_FIELDS)
    names = tuple(each.value for each in Permission)
    permissions = fields.get("permissions", list(names))
    if not isinstance(permissions, list) or not all(each in names for each in permissions):
        raise ValueError(f"{place}.permissions should be a list of: {', '.join(names)}")
    is_active = fields.get("active", True)
    if not isinstance(is_active, bool):
        raise ValueError(f"{place}.active should be true or false")
    fresh = new_credentials(Permission(each) for each in permissions)
    client_id = _text(place, fields, "client_id") or fresh.client_id
    try:
        uuid.UUID(client_id)
    except ValueError:
        raise ValueError(f"{place}.client_id should be a UUID") from None
    client = Credentials(
        client_id,
        _text(place, fields, "client_secret") or fresh.client_secret,
        _text(place, fields, "access_key_id") or fresh.access_key_id,
        _text(place, fields, "secret_access_key") or fresh.secret_access_key,
        fresh.permissions,
    )
    return client, is_active


# --- reading JSON, with a message for each mistake ------------------------------------------------------------------


def _object(place: str, value: object, allowed: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{place} should be a JSON object")
    for name in value:
        if name not in allowed:
            raise ValueError(f"{place} has an unknown field {name!r}; known are: {', '.join(allowed)}")
    return value


def _items(prefix: str, name: str, fields: Mapping[str, Any]) -> list[tuple[str, object]]:
    items = fields.get(name, [])
    if not isinstance(items, (list, tuple)):
        raise ValueError(f"{prefix}{name} should be a list")
    return [(f"{prefix}{name}[{index}]", each) for index, each in enumerate(items)]


def _text(place: str, fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{place}.{name} should be a text")
    return value


def _one_of(place: str, fields: Mapping[str, Any], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = fields.get(name, default)
    if value not in allowed:
        raise ValueError(f"{place}.{name} should be one of: {', '.join(allowed)}")
    return str(value)


def _day(place: str, fields: Mapping[str, Any], name: str) -> date | None:
    value = fields.get(name)
    if value is None:
        return None
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{place}.{name} should be a date such as 2026-03-01") from None
