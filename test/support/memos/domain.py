"""Memos that lie in boxes, are read after a minute, and are thrown away an hour later unless they are pinned."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import API_WRITE
from openapi_client.sandbox.protocol.calls import Call, Operation, Route
from openapi_client.sandbox.protocol.errors import REQUIRED_FIELD, Reason, Refusal, not_found
from openapi_client.sandbox.protocol.paging import Paging
from openapi_client.sandbox.protocol.payload import json_object
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.protocol.scope import Scope
from openapi_client.sandbox.state.clock import moment_text
from openapi_client.sandbox.state.documents import fields_of, items_of, text_of
from openapi_client.sandbox.state.schema import Schema
from openapi_client.sandbox.state.sessions import Due, Session
from openapi_client.sandbox.state.store import next_number
from openapi_client.sandbox.tenant.domain import (
    Control,
    ControlCall,
    Domain,
    Plant,
    Section,
    Seeding,
    Steering,
    WrongState,
)

MANAGE = "Manage Memos"
READ_AFTER_SECONDS = 60
KEPT_SECONDS = 3600
PAGING = Paging(default=2, maximum=3)

# --- tables ---------------------------------------------------------------------------------------------------------

FIRST_TABLES = Schema(
    "memos", {"memo": "number TEXT PRIMARY KEY, box TEXT NOT NULL, words TEXT NOT NULL, since REAL NOT NULL"}
)


def _pin(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE memo RENAME COLUMN words TO text")
    db.execute("ALTER TABLE memo ADD COLUMN is_read INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE memo ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0")
    db.execute("UPDATE memo SET is_pinned = 1 WHERE text LIKE '!%'")


TABLES = Schema(
    "memos",
    {
        "memo": "number TEXT PRIMARY KEY, box TEXT NOT NULL, text TEXT NOT NULL, since REAL NOT NULL, "
        "is_read INTEGER NOT NULL DEFAULT 0, is_pinned INTEGER NOT NULL DEFAULT 0"
    },
    {"memo_box": "memo (box)"},
    version=2,
    migrations={1: _pin},
)


def insert(session: Session, box: str, text: str) -> str:
    number = next_number(session.db, "ME")
    session.db.execute(
        "INSERT INTO memo (number, box, text, since) VALUES (?, ?, ?, ?)", (number, box, text, session.now)
    )
    return number


def find(session: Session, parts: Mapping[str, str]) -> sqlite3.Row | None:
    wanted = (parts["number"], parts["box"])
    return session.db.execute("SELECT * FROM memo WHERE number = ? AND box = ?", wanted).fetchone()


def shown(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "number": row["number"],
        "box": row["box"],
        "text": row["text"],
        "read": bool(row["is_read"]),
        "pinned": bool(row["is_pinned"]),
    }


# --- operations -----------------------------------------------------------------------------------------------------


def create(session: Session, call: Call, scope: Scope) -> Reply:
    text = json_object(call.headers, call.data).get("text")
    if not text:
        raise Refusal(Reason(REQUIRED_FIELD, "text may not be null"))
    return Reply(200, {"number": insert(session, call.parts["box"], str(text)), "success": True})


def listed(session: Session, call: Call, scope: Scope) -> Reply:
    page = PAGING.page(call)
    box = call.parts["box"]
    (total,) = session.db.execute("SELECT COUNT(*) FROM memo WHERE box = ?", (box,)).fetchone()
    rows = session.db.execute(
        "SELECT * FROM memo WHERE box = ? ORDER BY number LIMIT ? OFFSET ?", (box, page.size, page.offset)
    )
    return Reply(200, {"memos": [shown(row) for row in rows], **page.next_page(total), "success": True})


def read(session: Session, call: Call, scope: Scope) -> Reply:
    row = find(session, call.parts)
    if row is None:
        raise not_found(call.parts["number"])
    return Reply(200, {**shown(row), "success": True})


ROUTES = (
    Route(
        "/v1/boxes/<box>/memos",
        {"GET": Operation(frozenset(), listed), "POST": Operation(frozenset({API_WRITE, MANAGE}), create)},
    ),
    Route("/v1/boxes/<box>/memos/<number>", {"GET": Operation(frozenset(), read)}),
)


# --- time -----------------------------------------------------------------------------------------------------------


def due(session: Session, options: Options) -> Iterator[Due]:
    for row in session.db.execute(
        "SELECT * FROM memo WHERE NOT is_read AND since <= ?", (session.now - READ_AFTER_SECONDS,)
    ):
        yield Due(row["since"] + READ_AFTER_SECONDS, partial(_mark, number=row["number"]))
    for row in session.db.execute(
        "SELECT * FROM memo WHERE NOT is_pinned AND since <= ?", (session.now - KEPT_SECONDS,)
    ):
        yield Due(row["since"] + KEPT_SECONDS, partial(_throw_away, number=row["number"]))


def _mark(session: Session, number: str) -> None:
    session.db.execute("UPDATE memo SET is_read = 1 WHERE number = ?", (number,))


def _throw_away(session: Session, number: str) -> None:
    session.db.execute("DELETE FROM memo WHERE number = ?", (number,))
    insert(session, "bin", f"{number} was thrown away at {moment_text(session.now)}")


# --- steering, state, seed, page ------------------------------------------------------------------------------------


def _steer(session: Session, call: ControlCall, *, is_pinned: bool) -> None:
    row = find(session, call.parts)
    if row is None:
        raise LookupError(f"no memo {call.parts['number']}")
    if bool(row["is_pinned"]) is is_pinned:
        raise WrongState(f"{row['number']} is {'pinned' if is_pinned else 'loose'} already")
    session.db.execute("UPDATE memo SET is_pinned = ? WHERE number = ?", (is_pinned, row["number"]))


def _show(session: Session, call: ControlCall) -> Mapping[str, Any]:
    row = find(session, call.parts)
    return shown(row) if row else {}


def _boxes(session: Session, call: ControlCall) -> Mapping[str, Any]:
    least = int(call.query.get("least", "0"))
    rows = session.db.execute("SELECT box, COUNT(*) FROM memo GROUP BY box HAVING COUNT(*) >= ? ORDER BY box", (least,))
    return {"boxes": dict(map(tuple, rows))}


def _empty(session: Session, call: ControlCall) -> Mapping[str, Any]:
    box = text_of("the body", fields_of("the body", call.fields(), ("box",)), "box")
    return {"gone": session.db.execute("DELETE FROM memo WHERE box = ?", (box,)).rowcount}


def _state(session: Session) -> Mapping[str, Any]:
    return {"memos": [shown(row) for row in session.db.execute("SELECT * FROM memo ORDER BY number")]}


def _read_seed(fields: Mapping[str, Any]) -> Plant:
    texts = []
    for place, item in items_of("", "memos", fields):
        memo = fields_of(place, item, ("box", "text"))
        box, text = text_of(place, memo, "box"), text_of(place, memo, "text")
        if not box or not text:
            raise ValueError(f"{place} should have a box and a text")
        texts.append((box, text))

    def plant(session: Session, options: Options) -> None:
        for box, text in texts:
            insert(session, box, text)

    return plant


def _begin(session: Session) -> None:
    insert(session, "in", "welcome")


def _context(session: Session, skipped: int, most: int) -> Mapping[str, object]:
    rows = session.db.execute("SELECT * FROM memo ORDER BY number LIMIT ? OFFSET ?", (most, skipped))
    return {"memos": [shown(row) for row in rows]}


MEMOS = Domain(
    TABLES,
    routes=ROUTES,
    permissions=(MANAGE,),
    jobs=(due,),
    steering=(
        Steering(
            "/boxes/<box>/memos/<number>",
            {"pin": partial(_steer, is_pinned=True), "unpin": partial(_steer, is_pinned=False)},
            _show,
        ),
    ),
    controls=(Control("GET", "/boxes", _boxes), Control("POST", "/boxes/empty", _empty)),
    seeding=Seeding(("memos",), _read_seed, _begin),
    state=_state,
    section=Section("Memos", "memos", Path(__file__).parent, "memos/memos.html", _context, "memos.css"),
)
