"""Transactions in which what is due is done first, and the registry of timed jobs."""

from __future__ import annotations

import pytest

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.state.schema import Schema
from openapi_client.sandbox.state.sessions import Due, Sessions, TimedJobs
from openapi_client.sandbox.state.store import Store

TABLES = Schema("test", {"bell": "at REAL, has_rung INTEGER DEFAULT 0", "heard": "name TEXT, at REAL"})


def bells(name):
    """A job that rings every bell once."""

    def job(session, options):
        def ring(session):
            session.db.execute("INSERT INTO heard VALUES (?, ?)", (name, session.now))
            session.db.execute("UPDATE bell SET has_rung = 1 WHERE at = ?", (session.now,))

        rows = session.db.execute("SELECT at FROM bell WHERE NOT has_rung AND at <= ?", (session.now,))
        return [Due(row["at"], ring) for row in rows]

    return job


@pytest.fixture
def sessions(clock):
    """Two jobs on two bells, in a minute and in two, the later one first."""
    store = Store(schemas=(TABLES,))
    sessions = Sessions(store, clock, TimedJobs([bells("a"), bells("b")], Options()))
    with sessions.noting() as session:
        for seconds in (120, 60):
            session.db.execute("INSERT INTO bell (at) VALUES (?)", (session.now + seconds,))
    yield sessions
    store.close()


def heard(sessions):
    start = sessions.start
    with sessions.glancing() as session:
        return [(name, at - start) for name, at in session.db.execute("SELECT name, at FROM heard ORDER BY rowid")]


@pytest.fixture(autouse=True)
def _started(sessions):
    sessions.start = sessions.now()


@pytest.mark.parametrize("kind", ["reading", "writing"])
def test_what_is_due_is_done_before_a_session(sessions, clock, kind):
    """In the order of time, each at its own moment; at the same moment in the order of the jobs."""
    clock.advance(1000)
    with getattr(sessions, kind)() as session:
        (count,) = session.db.execute("SELECT COUNT(*) FROM heard").fetchone()
    assert count == 4
    assert heard(sessions) == [("a", 60), ("b", 60), ("a", 120), ("b", 120)]


def test_nothing_is_done_twice(sessions, clock):
    """However often one looks."""
    clock.advance(60)
    for _ in range(3):
        with sessions.reading():
            pass
    assert heard(sessions) == [("a", 60), ("b", 60)]


@pytest.mark.parametrize("kind", ["glancing", "noting"])
def test_some_sessions_ask_no_job(sessions, clock, kind):
    """They are for what does not change by itself."""
    clock.advance(1000)
    with getattr(sessions, kind)() as session:
        assert session.now == sessions.now()
    assert heard(sessions) == []


def test_a_block_that_fails_undoes_what_was_due(sessions, clock):
    """It is one transaction; the next session does it again."""
    clock.advance(60)
    with pytest.raises(RuntimeError), sessions.writing():
        raise RuntimeError
    assert heard(sessions) == []
    with sessions.reading():
        pass
    assert heard(sessions) == [("a", 60), ("b", 60)]
