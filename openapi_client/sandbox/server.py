"""The sandbox itself: starts, stops and steers a local journal-runs server."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from ipaddress import ip_address
from types import TracebackType
from typing import TYPE_CHECKING, Any

from openapi_client._call.tokens import MemoryTokenCache
from openapi_client._policy.calling import strict
from openapi_client.sandbox.faults.active import Faults
from openapi_client.sandbox.faults.fault import Fault
from openapi_client.sandbox.journal_runs import expectations, steering
from openapi_client.sandbox.journal_runs.domain import JOURNAL_RUNS
from openapi_client.sandbox.journal_runs.ledger import Run, StatusChange, all_runs, history_of
from openapi_client.sandbox.journal_runs.periods import Period, load_periods, save_periods
from openapi_client.sandbox.journal_runs.seeding import (
    plant_run,
    plant_transaction,
    run_from,
    transaction_from,
)
from openapi_client.sandbox.journal_runs.transactions import Owner, Transaction, transactions_between
from openapi_client.sandbox.options import (
    Compression,
    Options,
    RateProfile,
    RateProfileName,
    ReplayStyle,
    Settlement,
    Timing,
    TransactionStore,
)
from openapi_client.sandbox.protocol.auth import Credentials, revoke_tokens
from openapi_client.sandbox.protocol.finding import matching
from openapi_client.sandbox.protocol.recording import Exchange
from openapi_client.sandbox.state.client_clock import ClientClock
from openapi_client.sandbox.state.clock import SandboxClock
from openapi_client.sandbox.state.kept_clock import KeptClock
from openapi_client.sandbox.state.sessions import Session
from openapi_client.sandbox.state.store import Store
from openapi_client.sandbox.tenant.domain import Domain, checked, schemas_of
from openapi_client.sandbox.tenant.seeding import Seed, read_seed, seed_from
from openapi_client.sandbox.tenant.tenant import Tenant
from openapi_client.sandbox.web.app import create_app
from openapi_client.sandbox.web.http_server import HttpServer

if TYPE_CHECKING:
    from openapi_client import Configuration

# The defaults stand in one place.
_UNTOUCHED = Options()
# An address that stands for all of them cannot be opened; this one of them can.
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - no address to listen on


class Sandbox:
    """A local Zuora tenant with journal runs, OAuth and nothing else.

    ::

        with Sandbox() as sandbox:
            client = openapi_client.ApiClient(sandbox.configuration())

    - Starts with twelve open periods for each of the previous, the current and the next year.
    - ``start`` and ``stop`` may be repeated; memory lasts until ``close`` or the end of ``with``, which are final.
    - Every method may be called while the server is answering.
    - It belongs to the process that started it. In a forked child, ``stop``, ``close`` and the end of ``with`` return
      at once and leave the parent's server running; the other methods are for the parent.

    :param db: database file, which several processes may share; ``None`` for memory
    :param port: port to listen on; 0 lets the system choose
    :param host: address to listen on, or a name for one
    :param clock: the time it lives by; the machine's when left out
    :param timing: how long runs stay in each status
    :param faults: what goes wrong from the beginning; more with ``sandbox.faults.add``
    :param seed: makes the chances of faults repeatable, and is what transactions are generated from: a number or text
    :param initial: periods, clients and runs of a new sandbox: a mapping, or a JSON file with one
    :param skips_waits: whether clients made with :meth:`configuration` move its clock ahead instead of waiting
    :param domains: what it serves; without journal runs, its methods for runs and periods have nothing to work on

    The other arguments are the fields of :class:`Options`.
    """

    @strict
    def __init__(
        self,
        db: str | os.PathLike[str] | None = None,
        port: int = 0,
        host: str = "127.0.0.1",
        clock: SandboxClock | None = None,
        timing: Timing | None = None,
        faults: Iterable[Fault] = (),
        seed: int | str | None = None,
        initial: Mapping[str, Any] | str | os.PathLike[str] | None = None,
        domains: Iterable[Domain] = (JOURNAL_RUNS,),
        *,
        skips_waits: bool = False,
        tenant_version: str = _UNTOUCHED.tenant_version,
        strict: bool = _UNTOUCHED.strict,
        rate_profile: RateProfile | RateProfileName = _UNTOUCHED.rate_profile,
        concurrency_limit: int = _UNTOUCHED.concurrency_limit,
        token_limit: int = _UNTOUCHED.token_limit,
        replay: ReplayStyle = _UNTOUCHED.replay,
        entities: Sequence[str] = _UNTOUCHED.entities,
        entity_names: Mapping[str, str] = _UNTOUCHED.entity_names,
        organizations: Mapping[str, str] = _UNTOUCHED.organizations,
        settlement: Settlement = _UNTOUCHED.settlement,
        unauthorized_on_200: bool = _UNTOUCHED.unauthorized_on_200,
        failures_on_200: bool = _UNTOUCHED.failures_on_200,
        string_codes: bool = _UNTOUCHED.string_codes,
        gzip: Compression = _UNTOUCHED.gzip,
        transactions: TransactionStore = _UNTOUCHED.transactions,
        control_token: str | None = _UNTOUCHED.control_token,
    ) -> None:
        self.clock: SandboxClock = clock or SandboxClock()
        #: For ``Configuration(clock=...)``: a client that waits moves the sandbox's clock ahead instead.
        self.client_clock: ClientClock = ClientClock(self.clock)
        self._skips_waits = skips_waits
        self.timing: Timing = timing or Timing()
        self.options: Options = Options(
            tenant_version=tenant_version,
            strict=strict,
            rate_profile=rate_profile,
            concurrency_limit=concurrency_limit,
            token_limit=token_limit,
            replay=replay,
            entities=entities,
            entity_names=entity_names,
            organizations=organizations,
            settlement=settlement,
            unauthorized_on_200=unauthorized_on_200,
            failures_on_200=failures_on_200,
            string_codes=string_codes,
            gzip=gzip,
            transactions=transactions,
            seed=seed,
            control_token=control_token,
            timing=self.timing,
        )
        self.faults: Faults = Faults(self.clock, seed, faults)
        known = checked(domains)
        first = _seed(initial, known)
        self._host = host
        self._port = port
        self._token_cache = MemoryTokenCache()
        self._store = Store(db, schemas_of(known))
        self._kept_clock = KeptClock(self._store)
        try:
            if self._store.is_shared:
                self.clock.keep_in(self._kept_clock)
            self._tenant = Tenant(self._store, self.clock, self.options, known, self.faults, first)
        except BaseException:
            self.clock.leave(self._kept_clock)
            self._store.close()
            raise
        self._planted = self._present()
        self._server: HttpServer | None = None
        self._is_closed = False

    @property
    def url(self) -> str:
        """Base address of the running server, without a slash at the end; one on this machine, if it listens on all."""
        server = self._running()
        host = _LOOPBACK.get(server.address, self._host)
        return f"http://[{host}]:{server.port}" if ":" in host else f"http://{host}:{server.port}"

    @property
    def is_open_to_network(self) -> bool:
        """Whether other machines may steer it: it listens on more than loopback, and has no control token."""
        is_loopback = ip_address(self._running().address.partition("%")[0]).is_loopback
        return not is_loopback and self.options.control_token is None

    @property
    def client_id(self) -> str:
        """Id of the seeded OAuth client."""
        return self._tenant.credentials.client_id

    @property
    def client_secret(self) -> str:
        """Secret of the seeded OAuth client."""
        return self._tenant.credentials.client_secret

    @property
    def access_key_id(self) -> str:
        """Legacy user name of the seeded client's owner."""
        return self._tenant.credentials.access_key_id

    @property
    def secret_access_key(self) -> str:
        """Legacy password of the seeded client's owner."""
        return self._tenant.credentials.secret_access_key

    @property
    def requests(self) -> list[Exchange]:
        """The latest exchanges, oldest first, with credentials replaced."""
        return self._tenant.recorder.exchanges()

    def requests_to(self, method: str = "*", path: str = "*") -> list[Exchange]:
        """Return those of :attr:`requests` with this method and path; ``*`` stands for any text.

        :param path: compared without the query, unless it has one itself
        """
        return matching(self.requests, method, path)

    def assert_created(self, expected: object = None, /, *, times: int = 1, **fields: Any) -> list[str]:
        """Check how many runs the API created with the given fields, and return their numbers.

        Runs that were deleted since count, and so do those whose answer got lost; initial ones and those of
        :meth:`add_run` do not.

        :param expected: a request model, or a mapping with some of its fields; any run when left out
        :param times: how many there should be
        :param fields: further fields, by their names in Python, such as ``accounting_period_name``
        :raises AssertionError: when there are more or fewer; it says which field differs, and what was sent
        """
        wanted, sent = expectations.expected_body(expected, fields), self.requests
        with self._tenant.sessions.reading() as session:
            runs, periods = all_runs(session), load_periods(session.db).values()
        made = expectations.created(sent, runs, periods, self._planted)
        fits = [each for each in made if not expectations.unlike(wanted, each.body)]
        if len(fits) != times:
            raise AssertionError(expectations.difference(wanted, times, fits, made, sent))
        return [each.number for each in fits]

    def _running(self) -> HttpServer:
        if self._server is None:
            raise RuntimeError("the sandbox is not running")
        return self._server

    def start(self) -> Sandbox:
        """Start the server, unless it is running.

        :raises OSError: when the port cannot be had
        :raises RuntimeError: after :meth:`close`
        """
        if self._is_closed:
            raise RuntimeError("the sandbox is closed")
        if self._server is None:
            self._server = HttpServer(create_app(self._tenant, self._host), self._host, self._port)
        return self

    def stop(self) -> None:
        """Stop the server, unless it is stopped; the data stays."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def close(self) -> None:
        """Stop the server and close the database; data in memory is gone."""
        self.stop()
        self._is_closed = True
        self.clock.leave(self._kept_clock)
        self._store.close()

    def configuration(self, **overrides: Any) -> Configuration:
        """Return a client configuration for this sandbox. Their clients share a token until the next :meth:`reset`.

        :param overrides: further arguments of ``openapi_client.Configuration``
        """
        from openapi_client import Configuration

        settings = {
            "host": self.url,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "token_cache": self._token_cache,
            **({"clock": self.client_clock} if self._skips_waits else {}),
        }
        return Configuration(**{**settings, **overrides})

    def add_period(self, name: str, start: date, end: date | None = None, state: str = "Open") -> Period:
        """Add an accounting period, or replace the one of that name.

        :param end: last day; ``None`` makes the period open-ended
        :param state: ``Open``, ``PendingClose`` or ``Closed``
        """
        period = Period(name, start, end, state)
        with self._tenant.sessions.noting() as session:
            save_periods(session.db, [period])
        return period

    def add_run(self, run: Mapping[str, Any]) -> str:
        """Add a run in any status, and return its number.

        :param run: the body of a create request; in addition ``status`` (``Pending`` when left out), ``entity``, and
            ``entries``, each with ``type``, ``status`` and ``transferredToAccounting``
        :raises ValueError: for a value that is not allowed, or a second active run
        """
        planted = run_from(run)
        with self.session() as session:
            number = plant_run(session, planted, self.options)
        self._planted.add(number)
        return number

    def add_transaction(
        self, kind: str, day: date, amount: Decimal | str = "100.00", *, entity: str = "", organization: str = ""
    ) -> Transaction:
        """Add a transaction for a journal run to collect, and return it with its number.

        :param kind: a transaction type, such as ``Invoice Item``
        :param amount: in the tenant's currency
        :raises ValueError: for a value that is not allowed, or an entity or organization that the tenant does not have
        """
        described = {"type": kind, "date": day.isoformat(), "amount": str(amount)}
        transaction = transaction_from({**described, "entity": entity, "organization": organization})
        with self.session() as session:
            return plant_transaction(session, transaction, self.options)

    def transactions(self, start: date, end: date, *, entity: str = "", organization: str = "") -> list[Transaction]:
        """Return the transactions of some days, generated ones included; ``entry`` is the journal entry they are in.

        :param start: first day
        :param end: last day
        """
        with self._tenant.sessions.reading() as session:
            return transactions_between(session, self.options, Owner(entity, organization), start, end)

    def add_client(self, permissions: Iterable[str] | None = None, *, is_active: bool = True) -> Credentials:
        """Add an OAuth client with a legacy key pair, and return its credentials.

        :param permissions: what its owner may do, everything when left out; reading needs none
        :param is_active: whether its owner may sign in
        :raises ValueError: for a permission that there is not
        """
        return self._tenant.add_client(permissions, is_active=is_active)

    def revoke_tokens(self) -> None:
        """Make every token that was issued so far worthless."""
        with self._tenant.sessions.noting() as session:
            revoke_tokens(session.db)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a transaction in which every run stands where the clock says, for the functions of a domain.

        What leaves the block by an exception is rolled back.
        """
        with self._tenant.sessions.writing() as session:
            yield session

    def hold(self, number: str) -> None:
        """Keep a run in Processing, once it gets there, until :meth:`release`.

        :raises LookupError: when there is no such run
        :raises ValueError: when it is neither Pending nor Processing
        """
        with self.session() as session:
            steering.hold(session, number)

    def release(self, number: str) -> None:
        """Let a held run go on; it completes at once when its time has passed.

        :raises LookupError: when there is no such run
        :raises ValueError: when it is neither Pending nor Processing
        """
        with self.session() as session:
            steering.release(session, number)

    def fail(self, number: str) -> None:
        """Put a run that is Pending or Processing into Error.

        :raises LookupError: when there is no such run
        :raises ValueError: when it is neither Pending nor Processing
        """
        with self.session() as session:
            steering.fail(session, number)

    def transfer_entry(self, number: str, entry_number: str | None = None) -> str:
        """Mark an entry as transferred to accounting, which makes a cancel partial.

        :param entry_number: which entry of the run; the first when left out
        :returns: the number of the entry
        :raises LookupError: when there is no such run
        :raises ValueError: when the run has no such entry (yet), or it is cancelled
        """
        with self.session() as session:
            return steering.transfer_entry(session, number, entry_number)

    def runs(self) -> list[Run]:
        """Return every run, oldest number first."""
        with self._tenant.sessions.reading() as session:
            return all_runs(session)

    def run(self, number: str) -> Run:
        """Return one run.

        :raises LookupError: when there is no such run
        """
        with self._tenant.sessions.reading() as session:
            return steering.existing_run(session, number)

    def history(self, number: str) -> list[StatusChange]:
        """Return every status that a run has entered, oldest first.

        :raises LookupError: when there is no such run
        """
        with self._tenant.sessions.reading() as session:
            changes = history_of(session, number)
        if not changes:
            raise LookupError(f"no journal run {number}")
        return changes

    def reset(self) -> None:
        """Go back to the first state: initial runs and faults only, no tokens, added clients or counted requests.

        The clock goes on.
        """
        self._tenant.reset()
        self._token_cache.clear()
        self._planted = self._present()

    def _present(self) -> set[str]:
        return {run.number for run in self.runs()} if JOURNAL_RUNS in self._tenant.domains else set()

    def __enter__(self) -> Sandbox:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _seed(initial: Mapping[str, Any] | str | os.PathLike[str] | None, domains: tuple[Domain, ...]) -> Seed:
    if initial is None:
        return Seed()
    return seed_from(initial, domains) if isinstance(initial, Mapping) else read_seed(initial, domains)
