"""A clock in a database file: processes on the file share it, and the next start goes on with it."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from datetime import datetime
from typing import Any

from openapi_client.sandbox.state.clock import Change, ClockState, SandboxClock
from openapi_client.sandbox.state.store import Store


class KeptClock:
    """The clock of a file.

    :param store: the file
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def kept(self) -> ClockState:
        """Return the clock as it is now."""
        with self._store.glancing() as db:
            return _state(_row(db))

    def change(self, change: Change, first: ClockState) -> ClockState:
        """Change the clock for everybody, and return it.

        :param first: what is kept, unchanged, when there was none
        """
        with self._store.writing() as db:
            row = _row(db)
            kept = None if row is None else _state(row)
            state = first if kept is None else change(kept)
            # Later changes have higher numbers, also in a file that is made anew.
            state = replace(state, revision=max(time.time_ns(), kept.revision + 1 if kept else 0))
            db.execute(
                "INSERT OR REPLACE INTO clock (id, revision, shown, since, speed, is_frozen) VALUES (1, ?, ?, ?, ?, ?)",
                (state.revision, state.shown.isoformat(), state.since, state.speed, state.is_frozen),
            )
            return state


def look_at(db: sqlite3.Connection, clock: SandboxClock) -> None:
    """Let a clock follow the one of the file, whoever has changed that, inside the caller's transaction."""
    # Every request looks, so it asks for no more than whether there is something new.
    found = db.execute("SELECT revision FROM clock").fetchone()
    if found is not None and found[0] > clock.revision:
        clock.adopt(_state(_row(db)))


def _row(db: sqlite3.Connection) -> Any:
    return db.execute("SELECT * FROM clock").fetchone()


def _state(row: sqlite3.Row) -> ClockState:
    shown = datetime.fromisoformat(row["shown"])
    return ClockState(shown, row["since"], row["speed"], bool(row["is_frozen"]), row["revision"])
