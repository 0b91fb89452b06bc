"""Transactions in which everything already stands where the clock says, since what is due is done first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.state.clock import SandboxClock
from openapi_client.sandbox.state.kept_clock import look_at
from openapi_client.sandbox.state.store import Store


@dataclass(frozen=True)
class Session:
    """One transaction and the moment it works at, in seconds of the sandbox clock."""

    db: sqlite3.Connection
    now: float


@dataclass(frozen=True)
class Due:
    """Something whose time has come.

    :param at: when it came, in seconds of the sandbox clock
    :param perform: does it, in a session that stands at that moment
    """

    at: float
    perform: Callable[[Session], None]


#: Returns all that has become due by the moment of a session, including what follows from it. It only reads, and it is
#: asked at every request, so it should cost one query when nothing is due.
TimedJob = Callable[[Session, Options], Iterable[Due]]


class TimedJobs:
    """The jobs of all domains.

    :param jobs: one for each kind of thing that goes on by itself
    :param options: the tenant's settings, such as how long things take
    """

    def __init__(self, jobs: Iterable[TimedJob], options: Options) -> None:
        self._jobs = tuple(jobs)
        self._options = options

    def due(self, session: Session) -> list[Due]:
        """Return what is due, in the order of time; what is due at the same moment in the order of the jobs."""
        found = [each for job in self._jobs for each in job(session, self._options)]
        return sorted(found, key=lambda each: each.at)


class Sessions:
    """Opens transactions; what became due before is done in them first.

    :param store: where the data is
    :param clock: the sandbox clock
    :param jobs: what goes on by itself
    """

    def __init__(self, store: Store, clock: SandboxClock, jobs: TimedJobs) -> None:
        self._store = store
        self._clock = clock
        self._jobs = jobs

    @contextmanager
    def glancing(self) -> Iterator[Session]:
        """Give a session for a single ``SELECT`` on what does not change by itself; no job is asked."""
        with self._store.glancing() as db:
            yield self._session(db)

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """Give a session that may write what does not change by itself; no job is asked."""
        with self._store.writing() as db:
            yield self._session(db)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that only reads; it writes beforehand when something is due."""
        with self._store.reading() as db:
            session = self._session(db)
            is_current = not self._jobs.due(session)
            if is_current:
                yield session
        if not is_current:
            with self.writing():
                pass
            with self._store.reading() as db:
                yield self._session(db)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that may write, alone."""
        with self._store.writing() as db:
            # The time is read inside the transaction, so that its order is the order of commits.
            session = self._session(db)
            for each in self._jobs.due(session):
                each.perform(Session(db, each.at))
            yield session

    def now(self) -> float:
        """Return the moment it is, in seconds of the sandbox clock."""
        return self._clock.now().timestamp()

    def _session(self, db: sqlite3.Connection) -> Session:
        if self._store.is_shared:
            look_at(db, self._clock)
        return Session(db, self._clock.last_known().timestamp())
