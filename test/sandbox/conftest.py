"""Fixtures of the sandbox tests: sandboxes and runs by state, and a plain HTTP caller."""

from __future__ import annotations

import gzip
import json
import socket
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3

from openapi_client.sandbox import Credentials, Sandbox, SandboxClock

NOON = datetime(2026, 6, 15, 12, 0, tzinfo=timezone.utc)
NEW_VERSION = "2025-08-12"
OLD_VERSION = "341.0"
TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True)
class Answer:
    """One HTTP answer, its JSON read when it is JSON."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def body(self) -> Any:
        is_compressed = self.headers.get("Content-Encoding") == "gzip"
        return json.loads(gzip.decompress(self.data) if is_compressed else self.data)

    @property
    def codes(self) -> list[Any]:
        return [each["code"] for each in self.body["reasons"]]

    @property
    def messages(self) -> list[str]:
        return [each["message"] for each in self.body["reasons"]]


class Caller:
    """One signed-in user, with nothing of our own client in between."""

    def __init__(self, sandbox: Sandbox, credentials: Credentials | None = None) -> None:
        self._sandbox = sandbox
        self._id = credentials.client_id if credentials else sandbox.client_id
        self._secret = credentials.client_secret if credentials else sandbox.client_secret
        self._pool = urllib3.PoolManager(retries=False, timeout=TIMEOUT_SECONDS, maxsize=20)
        self._token: str | None = None
        self.version = NEW_VERSION

    def send(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request as it is, with no header added but ``Host`` and ``Content-Length``."""
        bare = {
            "Accept-Encoding": urllib3.util.SKIP_HEADER,
            "User-Agent": urllib3.util.SKIP_HEADER,
            **(headers or {}),
        }
        url = f"{self._sandbox.url}{path}"
        answer = self._pool.request(method, url, body=body, headers=bare, decode_content=False)
        return Answer(answer.status, answer.headers, answer.data)

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Send a signed-in request; ``Zuora_Version`` stands for ``Zuora-Version``, "" leaves a header out."""
        sent = {"Authorization": f"Bearer {self.token}", "Zuora-Version": self.version}
        if body is not None:
            sent["Content-Type"] = "application/json"
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.send(method, path, data, {name: value for name, value in sent.items() if value})

    def sign_in(self, **form: str | None) -> Answer:
        """Ask for a token; a field of ``None`` is left out."""
        fields = {
            "client_id": self._id,
            "client_secret": self._secret,
            "grant_type": "client_credentials",
            **form,
        }
        encoded = urlencode({name: value for name, value in fields.items() if value is not None})
        return self.send("POST", "/oauth/token", encoded, {"Content-Type": "application/x-www-form-urlencoded"})

    @property
    def token(self) -> str:
        if self._token is None:
            self._token = self.sign_in().body["access_token"]
        return self._token

    def forget_token(self) -> None:
        self._token = None

    def create(self, body: object = None, **headers: str) -> Answer:
        return self.call("POST", "/v1/journal-runs", body or ORDER, **headers)

    def get(self, number: str, **headers: str) -> Answer:
        return self.call("GET", f"/v1/journal-runs/{number}", **headers)

    def cancel(self, number: str, body: object = None, **headers: str) -> Answer:
        return self.call("PUT", f"/v1/journal-runs/{number}/cancel", body, **headers)

    def delete(self, number: str, **headers: str) -> Answer:
        return self.call("DELETE", f"/v1/journal-runs/{number}", **headers)

    def status_of(self, number: str) -> str:
        return str(self.get(number).body["status"])

    def close(self) -> None:
        self._pool.clear()


ORDER: Mapping[str, Any] = {
    "journalEntryDate": "2026-06-30",
    "accountingPeriodName": "Jun 2026",
    "transactionTypes": [{"type": "Invoice Item"}, {"type": "External Payment"}],
}


@pytest.fixture
def order() -> dict[str, Any]:
    """A valid create body, one's own copy."""
    return json.loads(json.dumps(ORDER))


@pytest.fixture
def clock() -> SandboxClock:
    """A clock that stands still at noon on 2026-06-15."""
    return SandboxClock(NOON, frozen=True)


@pytest.fixture
def cleanup() -> Iterator[ExitStack]:
    """What a test leaves here is closed after it."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def sandbox_with(clock: SandboxClock, cleanup: ExitStack) -> Callable[..., Sandbox]:
    """Start a sandbox with the arguments given, on the standing clock."""

    def start(**arguments: Any) -> Sandbox:
        return cleanup.enter_context(Sandbox(**{"clock": clock, **arguments}))

    return start


@pytest.fixture
def sandbox(sandbox_with: Callable[..., Sandbox]) -> Sandbox:
    """A running sandbox in memory."""
    return sandbox_with()


@pytest.fixture
def caller_of(cleanup: ExitStack) -> Callable[..., Caller]:
    """Return a caller of a sandbox, signed in when it first needs to be."""

    def caller(sandbox: Sandbox, credentials: Credentials | None = None) -> Caller:
        made = Caller(sandbox, credentials)
        cleanup.callback(made.close)
        return made

    return caller


@pytest.fixture
def caller(sandbox: Sandbox, caller_of: Callable[..., Caller]) -> Caller:
    """A caller of the sandbox who asks for real HTTP statuses."""
    return caller_of(sandbox)


@pytest.fixture
def run_pending(caller: Caller) -> str:
    return str(caller.create().body["journalRunNumber"])


@pytest.fixture
def run_processing(run_pending: str, clock: SandboxClock) -> str:
    clock.advance(1)
    return run_pending


@pytest.fixture
def run_completed(run_pending: str, clock: SandboxClock) -> str:
    clock.advance(3)
    return run_pending


@pytest.fixture
def run_in_error(run_pending: str, sandbox: Sandbox) -> str:
    sandbox.fail(run_pending)
    return run_pending


@pytest.fixture
def run_cancelling(run_completed: str, caller: Caller) -> str:
    assert caller.cancel(run_completed).status == 200
    return run_completed


@pytest.fixture
def run_cancelled(run_cancelling: str, clock: SandboxClock) -> str:
    clock.advance(1)
    return run_cancelling


@pytest.fixture
def run_deleting(run_cancelled: str, caller: Caller) -> str:
    assert caller.delete(run_cancelled).status == 200
    return run_cancelled


@pytest.fixture
def run_partly_cancelled(run_completed: str, sandbox: Sandbox, caller: Caller, clock: SandboxClock) -> str:
    """A run of two entries, the first of which was transferred before the cancel."""
    sandbox.transfer_entry(run_completed)
    assert caller.cancel(run_completed).status == 200
    clock.advance(1)
    return run_completed


@pytest.fixture
def asking() -> Callable[..., Any]:
    """Send a request and wait for no answer; leaving the block is leaving the connection."""

    @contextmanager
    def ask(
        sandbox: Sandbox,
        token: str,
        method: str = "GET",
        path: str = "/v1/journal-runs/JR-1",
        body: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[socket.socket]:
        fields = {"Host": "x", "Authorization": f"Bearer {token}", "Content-Length": str(len(body)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        address = ("127.0.0.1", int(sandbox.url.rpartition(":")[2]))
        with socket.create_connection(address, TIMEOUT_SECONDS) as client:
            client.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode())
            yield client

    return ask


@pytest.fixture
def locked() -> Callable[[Path], Any]:
    """Keep every writer of a database file waiting while the block runs."""

    @contextmanager
    def lock(path: Path) -> Iterator[None]:
        holder = sqlite3.connect(path, isolation_level=None)
        try:
            holder.execute("BEGIN IMMEDIATE")
            yield
            holder.execute("ROLLBACK")
        finally:
            holder.close()

    return lock


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Wait until a condition holds; fail when it never does."""

    def wait(condition: Callable[[], object]) -> None:
        for _ in range(int(TIMEOUT_SECONDS / 0.01)):
            if condition():
                return
            threading.Event().wait(0.01)
        pytest.fail("this never became true")

    return wait


@pytest.fixture
def line_of() -> Callable[[subprocess.Popen[str]], str]:
    """Read the next line that a process prints; one that prints nothing is ended, which ends the wait."""

    def read(process: subprocess.Popen[str]) -> str:
        watch = threading.Timer(TIMEOUT_SECONDS, process.kill)
        watch.start()
        try:
            assert process.stdout is not None
            return process.stdout.readline()
        finally:
            watch.cancel()
            watch.join()

    return read
