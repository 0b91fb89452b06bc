"""Everything one sandbox shares between its requests."""

from __future__ import annotations

from openapi_client.sandbox.auth import (
    Credentials,
    find_seeded_client,
    new_credentials,
    save_client,
)
from openapi_client.sandbox.clock import SandboxClock
from openapi_client.sandbox.idempotency import InProgress
from openapi_client.sandbox.ledger import Ledger
from openapi_client.sandbox.lifecycle import Timing
from openapi_client.sandbox.limits import InFlight, RateWindows, TokenWindow
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.periods import save_periods, seeded_periods
from openapi_client.sandbox.recording import Recorder
from openapi_client.sandbox.store import Store


class Tenant:
    """The emulated tenant: its settings, clock, data and counters.

    :param store: an open store; seeded here when it is new
    """

    def __init__(self, store: Store, clock: SandboxClock, timing: Timing, options: Options) -> None:
        self.store = store
        self.clock = clock
        self.options = options
        self.ledger = Ledger(store, clock, timing)
        self.rates = RateWindows(options.rates)
        self.in_flight = InFlight(options.concurrency_limit)
        self.tokens = TokenWindow(options.token_limit)
        self.in_progress = InProgress()
        self.recorder = Recorder()
        self.credentials = self._seed()

    def reset(self) -> None:
        """Go back to the seeded state; the first client keeps its credentials."""
        with self.store.writing() as db:
            self.store.erase(db)
            save_client(db, self.credentials, is_seeded=True)
            save_periods(db, seeded_periods(self.clock.now().date()))
        self.rates.clear()
        self.tokens.clear()
        self.recorder.clear()

    def _seed(self) -> Credentials:
        with self.store.writing() as db:
            known = find_seeded_client(db)
            if known is not None:
                return known
            client = new_credentials()
            save_client(db, client, is_seeded=True)
            save_periods(db, seeded_periods(self.clock.now().date()))
            return client
