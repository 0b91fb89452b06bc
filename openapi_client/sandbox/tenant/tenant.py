"""Everything one sandbox shares between its requests."""

from __future__ import annotations

import sqlite3

from openapi_client.sandbox.faults.active import Faults
from openapi_client.sandbox.journal_runs.ledger import Ledger, Session
from openapi_client.sandbox.journal_runs.lifecycle import Timing
from openapi_client.sandbox.journal_runs.periods import save_periods, seeded_periods
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import (
    Credentials,
    find_seeded_client,
    new_credentials,
    save_client,
)
from openapi_client.sandbox.protocol.idempotency import InProgress
from openapi_client.sandbox.protocol.limits import InFlight, RateWindows, TokenWindow
from openapi_client.sandbox.protocol.recording import Recorder
from openapi_client.sandbox.state.clock import SandboxClock
from openapi_client.sandbox.state.store import Store
from openapi_client.sandbox.tenant.seeding import Seed, plant


class Tenant:
    """The emulated tenant: its settings, clock, data and counters.

    :param store: an open store; seeded here when it is new
    :param faults: what goes wrong on demand
    :param initial: what a new store begins with, besides a client and a calendar
    :raises ValueError: when that breaks a rule
    """

    def __init__(
        self,
        store: Store,
        clock: SandboxClock,
        timing: Timing,
        options: Options,
        faults: Faults | None = None,
        initial: Seed | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.options = options
        self.ledger = Ledger(store, clock, timing)
        self.rates = RateWindows(options.rates)
        self.in_flight = InFlight(options.concurrency_limit)
        self.tokens = TokenWindow(options.token_limit)
        self.in_progress = InProgress()
        self.recorder = Recorder()
        self.faults = faults or Faults(clock)
        self._initial = initial or Seed()
        self.credentials = self._seed()

    def reset(self) -> None:
        """Go back to the seeded state; the first client keeps its credentials."""
        with self.store.writing() as db:
            self.store.erase(db)
            self._fill(db, self.credentials)
        self.rates.clear()
        self.tokens.clear()
        self.recorder.clear()
        self.faults.reset()

    def _seed(self) -> Credentials:
        with self.store.writing() as db:
            known = find_seeded_client(db)
            if known is not None:
                return known
            client = new_credentials()
            self._fill(db, client)
            return client

    def _fill(self, db: sqlite3.Connection, client: Credentials) -> None:
        now = self.clock.now()
        save_client(db, client, is_seeded=True)
        save_periods(db, seeded_periods(now.date()))
        plant(Session(db, now.timestamp()), self._initial, self.options)
