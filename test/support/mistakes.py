"""``python test/support/mistakes.py``: usual mistakes, and what the client says to them; ``--write`` renews the page.

Each is provoked against a sandbox or a socket of its own, so the page shows what is really said.
"""

from __future__ import annotations

import re
import socket
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

import openapi_client as oc
from openapi_client.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "howto" / "mistakes.md"
_WELL: dict[str, Any] = {
    "accounting_period_name": "Mar 2026",
    "journal_entry_date": "2026-03-31",
    "transaction_types": [{"type": "Invoice Item"}],
}
_HEAD = """<!-- Rendered by `python test/support/mistakes.py --write`: change that instead. -->
# Usual mistakes

What the client says to them; a test provokes each, and this page is what came of it. `api` is a `JournalRunsApi`. Symptoms
that no message explains stand in [Reading errors](reading-errors.md).

You write | You get | It says
------------- | ------------- | -------------
"""


class World:
    """A tenant, and what stands in the way to others."""

    def __init__(self, stack: ExitStack) -> None:
        """Start the tenant."""
        self.stack = stack
        self.sandbox: Any = stack.enter_context(Sandbox())
        self.api = self.api_with(**self.credentials)

    @property
    def credentials(self) -> dict[str, str]:
        """Those of the tenant."""
        return {"client_id": self.sandbox.client_id, "client_secret": self.sandbox.client_secret}

    def api_with(self, host: str | None = None, **settings: Any) -> oc.JournalRunsApi:
        """An API class with these settings."""
        configuration = oc.Configuration(host=host or self.sandbox.url, clock=self.sandbox.client_clock, **settings)
        return oc.JournalRunsApi(self.stack.enter_context(oc.ApiClient(configuration)))

    def tls_server(self) -> str:
        """Where a server with a certificate of a private authority listens."""
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder, "own.pem")
            trustme.CA().issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(own))
            return self.stack.enter_context(_speaking_tls(own))


@contextmanager
def _listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def loop() -> None:
            while True:
                try:
                    sock, _ = listener.accept()
                    with sock:
                        serve(sock)
                except OSError:
                    if listener.fileno() < 0:
                        return

        thread = threading.Thread(target=loop, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


@contextmanager
def _speaking_tls(pem: Path) -> Iterator[str]:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def serve(sock: socket.socket) -> None:
        context.wrap_socket(sock, server_side=True).close()

    with _listening(serve) as port:
        yield f"https://127.0.0.1:{port}"


@dataclass(frozen=True)
class Mistake:
    """One of them.

    :ivar name: what it is.
    :ivar shown: how it looks in code.
    :ivar act: makes it.
    :ivar error: the class of the exception, or of the warning.
    :ivar wrong: says in the message what is wrong.
    :ivar fix: says in the message what to do.
    """

    name: str
    shown: str
    act: Callable[[World], object]
    error: type[Exception]
    wrong: str
    fix: str


def _create(world: World, **fields: Any) -> object:
    return world.api.create_journal_run({**_WELL, **fields})


def _create_twice(world: World) -> object:
    _create(world)
    return _create(world)


def _misspell_an_attribute(_: World) -> object:
    request: Any = oc.POSTJournalRunType(**_WELL)
    request.target_strat_date = "2026-03-01"
    return request


def _wait_too_short(world: World) -> object:
    number = world.api.create_journal_run({**_WELL}).journal_run_number
    return world.api.wait_for_journal_run(number, timeout=0.5)


VALUE, TYPE = oc.ApiValueError, oc.ApiTypeError
MISTAKES = [
    Mistake("a date as people write it", 'POSTJournalRunType(journal_entry_date="31.03.2026", ...)',
            lambda _: oc.POSTJournalRunType(**{**_WELL, "journal_entry_date": "31.03.2026"}),
            VALUE, "`journal_entry_date` ('31.03.2026')", "ISO 8601 text such as '2026-03-31'"),
    Mistake("a transaction type that does not exist", 'create_journal_run({..., "transaction_types": [{"type": "Invoice Items"}]})',
            lambda w: _create(w, transaction_types=[{"type": "Invoice Item"}, {"type": "Invoice Items"}]),
            VALUE, "`request.transaction_types[1].type` (Invoice Items)", "did you mean 'Invoice Item'"),
    Mistake("fields left out", 'POSTJournalRunType(accounting_period_name="Mar 2026")',
            lambda _: oc.POSTJournalRunType(accounting_period_name="Mar 2026"),
            VALUE, "`journal_entry_date`, `transaction_types`", "must not be `None`"),
    Mistake("a misspelt key", 'create_journal_run({..., "target_strat_date": "2026-03-01"})',
            lambda w: _create(w, target_strat_date="2026-03-01"),
            TYPE, "unexpected key 'target_strat_date'", "did you mean 'target_start_date'?"),
    Mistake("a misspelt key in a nested object", '[{"tpye": "Invoice Item"}]',
            lambda w: _create(w, transaction_types=[{"tpye": "Invoice Item"}]),
            TYPE, "unexpected key 'tpye' in `request.transaction_types[0]`", "did you mean 'type'?"),
    Mistake("a misspelt argument of a model", "POSTJournalRunType(acounting_period_name=...)",
            lambda _: oc.POSTJournalRunType(acounting_period_name="Mar 2026"),
            TYPE, "unexpected keyword argument 'acounting_period_name'", "did you mean 'accounting_period_name'?"),
    Mistake("a misspelt attribute", 'request.target_strat_date = "2026-03-01"', _misspell_an_attribute,
            UserWarning, "no field 'target_strat_date', so it will not be sent", "its fields are: accounting_period_name"),
    Mistake("a misspelt setting", 'Configuration(client_secert="...")',
            lambda _: oc.Configuration(client_secert="x"),  # type: ignore[call-arg]  # the mistake
            TYPE, "unexpected keyword argument 'client_secert'", "did you mean 'client_secret'?"),
    Mistake("a misspelt data centre", 'Configuration.from_env({"ZUORA_ENVIRONMENT": "CSBX2"})',
            lambda _: oc.Configuration.from_env({"ZUORA_ENVIRONMENT": "CSBX2"}),
            VALUE, "CSBX2", "CSBX"),
    Mistake("no credentials in the environment", "Configuration.from_env()",
            lambda _: oc.Configuration.from_env({}),
            VALUE, "No credentials in the environment", "set ZUORA_CLIENT_ID and ZUORA_CLIENT_SECRET"),
    Mistake("an argument of another library", "get_journal_run(number, timeout=5)",
            lambda w: w.api.get_journal_run("JR-00000001", timeout=5),  # type: ignore[call-overload]  # the mistake
            TYPE, "unexpected keyword argument 'timeout'", "did you mean '_request_timeout'?"),
    Mistake("a time limit that is none", "get_journal_run(number, _request_timeout=0)",
            lambda w: w.api.get_journal_run("JR-00000001", _request_timeout=0),
            VALUE, "`_request_timeout` (0)", "a finite number of seconds above 0"),
    Mistake("a wrong client secret, or that of another data centre", "get_journal_run(number)",
            lambda w: w.api_with(**{**w.credentials, "client_secret": "of-another-tenant"}).get_journal_run("JR-00000001"),
            oc.UnauthorizedException, "401 the token endpoint (/oauth/token) answered 401", "each data centre has its own"),
    Mistake("no credentials", 'ApiClient(Configuration(host="..."))',
            lambda w: w.api_with().get_journal_run("JR-00000001"),
            oc.UnauthorizedException, "the call carried no credentials", "set access_token, or client_id and client_secret"),
    Mistake("an ended token", 'Configuration(access_token="...")',
            lambda w: w.api_with(access_token="of-yesterday").get_journal_run("JR-00000001"),
            oc.UnauthorizedException, "the credentials were not accepted by http://127.0.0.1", "they may also have expired"),
    Mistake("a host without its scheme", 'Configuration(host="127.0.0.1:8123")',
            lambda w: w.api_with(w.sandbox.url.removeprefix("http://"), access_token="t").get_journal_run("JR-00000001"),
            oc.TransportException, "the answer is not TLS", "write http:// in host"),
    Mistake("a server with a certificate of a private authority", 'Configuration(host="https://...")',
            lambda w: w.api_with(w.tls_server(), access_token="t").get_journal_run("JR-00000001"),
            oc.TransportException, "certificate verify failed", "set ssl_ca_cert to the CA's file"),
    Mistake("a host name that does not exist", 'Configuration(host="https://rest.zuora.invalid")',
            lambda w: w.api_with("https://rest.zuora.invalid", access_token="t", retries=0).get_journal_run("JR-00000001"),
            oc.TransportException, "Failed to resolve 'rest.zuora.invalid'", "check the name in host"),
    Mistake("a proxy without its scheme", 'Configuration(proxy="proxy.example:8080")',
            lambda _: oc.Configuration(proxy="proxy.example:8080"),
            VALUE, "`proxy`: the scheme is missing", "pass a URL such as http://proxy.example:8080"),
    Mistake("the number of another tenant's or entity's run", 'get_journal_run("JR-00000099")',
            lambda w: w.api.get_journal_run("JR-00000099"),
            oc.OperationFailedException, "Cannot find entity by key: 'JR-00000099'", "zuora_entity_ids"),
    Mistake("a second run while one is in progress", "create_journal_run(request)", _create_twice,
            oc.JournalRunInProgressException, "Journal run JR-00000001 is in progress", "create_journal_run_when_free"),
    Mistake("an empty idempotency key", 'create_journal_run(request, idempotency_key="")',
            lambda w: w.api.create_journal_run(_WELL, idempotency_key=""),
            VALUE, "`idempotency_key`", "None"),
    Mistake("a track id with a colon", 'get_journal_run(number, zuora_track_id="close: March")',
            lambda w: w.api.get_journal_run("JR-00000001", zuora_track_id="close: March"),
            VALUE, "':' is not allowed", "use US-ASCII without colon"),
    Mistake("a wait that ends too early", "wait_for_journal_run(number, timeout=0.5)", _wait_too_short,
            oc.RequestTimeoutException, "JR-00000001", "wait again, with a larger timeout"),
]  # fmt: skip


def said(mistake: Mistake) -> str:
    """What the client says, without what differs from run to run.

    :raises AssertionError: it says nothing.
    """
    with ExitStack() as stack:
        world = World(stack)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                returned = mistake.act(world)
            except (oc.OpenApiException, UserWarning) as error:
                assert isinstance(error, mistake.error), repr(error)
                return steady(str(error))
    raise AssertionError(f"{mistake.name}: returned {returned!r}")


def steady(text: str) -> str:
    """A message with placeholders for ports, ids and keys, and for what each system and OpenSSL words differently."""
    text = re.sub(r"\[Errno -?\d+\] [\w ]+|\[SSL: (?!CERT)\w+\] [\w ]+", "…", text)
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…", text)
    text = re.sub(r" \(_ssl\.c:\d+\)", "", text)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8123", text)


def page() -> str:
    """The page of the documentation."""
    rows = [(f"{each.name}: `{each.shown}`", f"`{each.error.__name__}`", said(each)) for each in MISTAKES]
    return _HEAD + "".join(" | ".join(_cell(text) for text in row) + "\n" for row in rows)


def _cell(text: str) -> str:
    parts = re.split(r"(`[^`]*`)", text)
    plain = [re.sub(r"([<>\[\]*_|])", r"\\\1", part) if index % 2 == 0 else part for index, part in enumerate(parts)]
    return "".join(plain).replace("\n", " ")


def main() -> None:
    """Print, or write."""
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(page(), "utf-8")
    else:
        print(page())


if __name__ == "__main__":
    main()
