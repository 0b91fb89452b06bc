"""Creates under random faults: each makes exactly one run, whatever the connection does."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.clock import QuickClock
from support.faults import REQUEST, RUN
from support.wire import Request, Step, WireServer, answer, hang_up, reset

import openapi_client as oc


class Ledger:
    """A server that applies creates by their key, and loses requests and answers at random.

    :ivar runs: run number by idempotency key, or by request for those without one.
    """

    def __init__(self, seed: int, fault_rate: float) -> None:
        self.runs: dict[str, str] = {}
        self.applied = 0
        self._random = random.Random(seed)
        self._rate = fault_rate
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> bool:
        """Answer a create, faithfully or not."""
        with self._lock:
            fault = self._random.random() < self._rate
            kind = self._random.randrange(8)
            if fault and kind < 3:
                return self._before(kind)(request)
            done, is_replay = self._apply(request)
            if fault:
                return self._after(kind, done)(request)
            status = 409 if is_replay and self._random.random() < 0.5 else 200
        return answer(status, done)(request)

    def _before(self, kind: int) -> Step:
        return (hang_up, reset, answer(503, b"<html>", {"Retry-After": "1"}))[kind]

    def _after(self, kind: int, done: dict[str, Any]) -> Step:
        return (
            hang_up,
            reset,
            answer(502, b"<html>"),
            answer(200, done, length=1000),
            answer(409, {"success": False, "reasons": [{"code": 50000061, "message": "still in progress"}]}),
        )[kind - 3]

    def _apply(self, request: Request) -> tuple[dict[str, Any], bool]:
        key = request.headers.get("idempotency-key") or f"none-{self.applied}"
        is_replay = key in self.runs
        if not is_replay:
            self.applied += 1
            self.runs[key] = f"JR-{self.applied:08d}"
        return {"success": True, "journalRunNumber": self.runs[key]}, is_replay


def create_until_known(api: oc.JournalRunsApi, key: str) -> str:
    """What a careful caller does: ask again with the same key while the outcome is unknown."""
    for _ in range(20):
        try:
            return str(api.create_journal_run(REQUEST, idempotency_key=key).journal_run_number)
        except oc.ApiException as error:
            assert error.is_retryable, error
            assert error.idempotency_key == key
    raise AssertionError("twenty calls of four attempts each have failed")


def creates(number: int, threads: int, seed: int) -> None:
    ledger = Ledger(seed, fault_rate=0.3)
    with WireServer([ledger]) as server:
        configuration = oc.Configuration(host=server.url, clock=QuickClock(), connection_pool_maxsize=threads)
        with oc.ApiClient(configuration) as client, ThreadPoolExecutor(threads) as pool:
            api = oc.JournalRunsApi(client)
            keys = [f"key-{index}" for index in range(number)]
            numbers = list(pool.map(lambda key: create_until_known(api, key), keys, timeout=600))
    assert ledger.applied == number
    assert dict(zip(keys, numbers, strict=True)) == ledger.runs


def test_creates_under_faults() -> None:
    """Three hundred creates make three hundred runs."""
    creates(300, threads=1, seed=20261031)


def test_creates_under_faults_in_threads() -> None:
    """So they do from 32 threads on one client, and no answer is crossed."""
    creates(600, threads=32, seed=20261130)


@pytest.mark.full
def test_ten_thousand_creates() -> None:
    """Ten thousand creates make ten thousand runs."""
    creates(10_000, threads=8, seed=20261231)


def test_key_is_made_and_kept() -> None:
    """Without a key of the caller's each call makes one, and repeats it in its attempts."""
    with WireServer([reset, answer(200, {"journalRunNumber": "JR-1"})]) as server:
        with oc.ApiClient(oc.Configuration(host=server.url, clock=QuickClock())) as client:
            api = oc.JournalRunsApi(client)
            api.create_journal_run(REQUEST)
            api.create_journal_run(REQUEST)
    keys = [request.headers["idempotency-key"] for request in server.requests]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize("action", ["p_ut_journal_run", "d_elete_journal_run", "g_et_journal_run"])
def test_only_creates_have_keys(action: str) -> None:
    """Zuora takes keys with POST and PATCH only."""
    with WireServer([answer(200, RUN)]) as server, oc.ApiClient(oc.Configuration(host=server.url)) as client:
        getattr(oc.JournalRunsApi(client), action)("JR-1")
    assert "idempotency-key" not in server.requests[0].headers


JOB = """
import os, signal, sys
import openapi_client as oc
from openapi_client import idempotency_key_for
configuration = oc.Configuration(host=sys.argv[1], access_token="token")
request = oc.POSTJournalRunType(
    accounting_period_name="Oct 2026", journal_entry_date="2026-10-31", transaction_types=[{"type": "Invoice Item"}]
)
key = idempotency_key_for(request, "2026-10-close", configuration)
with oc.ApiClient(configuration) as client:
    print(oc.JournalRunsApi(client).create_journal_run(request, idempotency_key=key).journal_run_number)
"""


def test_crashed_job_gets_the_same_run() -> None:
    """A job killed between send and answer, started again, gets the run it made."""
    ledger = Ledger(seed=1, fault_rate=0.0)
    received = threading.Event()

    def apply_and_wait(request: Request) -> bool:
        ledger._apply(request)
        received.set()
        request.server.is_closed.wait(30)
        return False

    with WireServer([apply_and_wait, ledger]) as server:
        job = subprocess.Popen([sys.executable, "-c", JOB, server.url], stdout=subprocess.PIPE)
        assert received.wait(30)
        job.send_signal(signal.SIGKILL)
        job.communicate(timeout=30)
        again = subprocess.run([sys.executable, "-c", JOB, server.url], capture_output=True, timeout=60, check=True)
    assert again.stdout.decode().strip() == "JR-00000001"
    assert ledger.applied == 1
