"""Everything one sandbox shares between its requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from openapi_client.sandbox.faults.active import Faults
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import (
    Credentials,
    find_seeded_client,
    grant,
    is_token,
    new_credentials,
    save_client,
    secrets_of_clients,
)
from openapi_client.sandbox.protocol.gateway import Gateway
from openapi_client.sandbox.protocol.limits import Limits
from openapi_client.sandbox.protocol.recording import Recorder
from openapi_client.sandbox.protocol.redaction import Redactor
from openapi_client.sandbox.protocol.tokens import TokenEndpoint
from openapi_client.sandbox.state.clock import SandboxClock
from openapi_client.sandbox.state.schema import take_new_owners
from openapi_client.sandbox.state.sessions import Session, Sessions, TimedJobs
from openapi_client.sandbox.state.store import Store
from openapi_client.sandbox.tenant.domain import Domain, permissions_of
from openapi_client.sandbox.tenant.seeding import Seed


class Tenant:
    """The emulated tenant: its settings, clock, data and counters, and who answers its calls.

    :param store: an open store with the tables of the domains; seeded here when it is new
    :param domains: what it serves
    :param faults: what goes wrong on demand
    :param initial: what a new store begins with, besides a client and what every sandbox has
    :raises ValueError: when that breaks a rule
    """

    def __init__(
        self,
        store: Store,
        clock: SandboxClock,
        options: Options,
        domains: tuple[Domain, ...],
        faults: Faults,
        initial: Seed,
    ) -> None:
        self.store = store
        self.clock = clock
        self.options = options
        self.domains = domains
        self.permissions: tuple[str, ...] = permissions_of(domains)
        self.sessions: Sessions = Sessions(
            store, clock, TimedJobs((job for each in domains for job in each.jobs), options)
        )
        self.limits: Limits = Limits(options)
        self.gateway: Gateway = Gateway(options, self.sessions, self.limits)
        self.token_endpoint: TokenEndpoint = TokenEndpoint(options, self.sessions, self.limits.tokens)
        self._redactor = Redactor(self._is_token)
        self.recorder: Recorder = Recorder(self._redactor)
        self.faults = faults
        self._initial = initial
        self.credentials: Credentials = self._seed()
        self._learn_secrets()

    def add_client(self, permissions: Iterable[str] | None, *, is_active: bool) -> Credentials:
        """Add a client, and return its credentials.

        :param permissions: what its owner may do; ``None`` for everything
        :raises ValueError: for a permission that no domain knows
        """
        granted = self.permissions if permissions is None else tuple(permissions)
        unknown = [each for each in granted if each not in self.permissions]
        if unknown:
            raise ValueError(f"{unknown[0]!r} should be one of the permissions: {', '.join(self.permissions)}")
        credentials = new_credentials(granted)
        with self.sessions.noting() as session:
            save_client(session.db, credentials, is_active=is_active)
        self._redactor.learn(credentials.client_secret, credentials.secret_access_key)
        return credentials

    def reset(self) -> None:
        """Go back to the seeded state; the first client keeps its credentials."""
        with self.sessions.noting() as session:
            self.store.erase(session.db)
            self._fill(session, self.credentials)
        self.limits.clear()
        self.recorder.clear()
        self.faults.reset()

    def _learn_secrets(self) -> None:
        with self.sessions.glancing() as session:
            self._redactor.learn(*secrets_of_clients(session.db), self.options.control_token or "")

    def _is_token(self, text: str) -> bool:
        with self.sessions.glancing() as session:
            return is_token(session.db, text)

    def _seed(self) -> Credentials:
        with self.sessions.noting() as session:
            new = take_new_owners(session.db)
            known = find_seeded_client(session.db)
            if known is None:
                known = new_credentials(self.permissions)
                self._fill(session, known)
                return known
            # A file may be older than a domain, which has to begin there, and which the first client may use as well.
            self._begin(session, [each for each in self.domains if each.name in new])
            if not known.permissions.issuperset(self.permissions):
                known = replace(known, permissions=known.permissions.union(self.permissions))
                grant(session.db, known.client_id, known.permissions)
            return known

    def _fill(self, session: Session, client: Credentials) -> None:
        save_client(session.db, client, is_seeded=True)
        self._begin(session, self.domains)
        self._initial.plant(session, self.options)

    def _begin(self, session: Session, domains: Iterable[Domain]) -> None:
        for domain in domains:
            if domain.seeding and domain.seeding.begin:
                domain.seeding.begin(session)
