"""The month-end script of the documentation: killed at many points and started again, it makes one run."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from support.package import ROOT
from support.pages import blocks_in

import openapi_client as oc
from openapi_client.sandbox import Fault, Sandbox, SandboxClock, Timing

PAGE = ROOT / "docs" / "howto" / "month-end.md"
SCRIPT = next(block.source for block in blocks_in(PAGE) if "def main()" in block.source)
OTHER: Any = {
    "accountingPeriodName": "Feb 2026",
    "journalEntryDate": "2026-02-28",
    "transactionTypes": [{"type": "Invoice Item"}],
}
LONG = 60.0


class Job:
    """The script on its machine.

    :param folder: what is left on the disk between two starts.
    """

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self._sandbox = sandbox
        self._folder = folder
        (folder / "close.py").write_text(SCRIPT, "utf-8")

    def start(self) -> subprocess.Popen[str]:
        sandbox = self._sandbox
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "ZUORA_HOST": sandbox.url,
            "ZUORA_CLIENT_ID": sandbox.client_id,
            "ZUORA_CLIENT_SECRET": sandbox.client_secret,
        }
        return subprocess.Popen(
            [sys.executable, "-W", "error", "close.py"],
            cwd=self._folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def killed_after(self, requests: int) -> None:
        """Start it, and kill it as soon as it has sent so many requests, or let it end before."""
        before = len(self._sandbox.requests)
        process = self.start()
        pause = threading.Event()
        while len(self._sandbox.requests) - before < requests and process.poll() is None:
            pause.wait(0.002)
        process.kill()
        process.communicate(timeout=LONG)

    def finished(self) -> str:
        """Start it, and let it end."""
        process = self.start()
        try:
            printed, _ = process.communicate(timeout=LONG)
        finally:
            process.kill()
        assert process.returncode == 0, printed
        return printed


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Runs end at once, unless they are held."""
    clock = SandboxClock(datetime(2026, 4, 3, 9, tzinfo=timezone.utc), speed=100)
    with Sandbox(clock=clock, timing=Timing(pending=1, processing=1)) as sandbox:
        yield sandbox


@pytest.mark.parametrize("replay", ["same", "conflict"])
def test_killed_in_a_busy_tenant(replay: Any, tmp_path: Path) -> None:
    """Killed while it waits for another run, after that, and at its own create, it makes one run."""
    clock = SandboxClock(datetime(2026, 4, 3, 9, tzinfo=timezone.utc), speed=100)
    with Sandbox(clock=clock, timing=Timing(pending=1, processing=1), replay=replay) as sandbox:
        with oc.ApiClient(sandbox.configuration()) as client:
            other = oc.JournalRunsApi(client).create_journal_run(OTHER).journal_run_number
        sandbox.hold(other)
        job = Job(sandbox, tmp_path)
        for requests in (2, 3, 4):
            job.killed_after(requests)
        sandbox.release(other)
        for requests in (3, 5, 6):
            job.killed_after(requests)
        printed = job.finished()
        (own,) = (run.number for run in sandbox.runs() if run.number != other)
    assert f"{own} is Completed, with 2 journal entries" in printed


def test_killed_at_random(sandbox: Sandbox, tmp_path: Path) -> None:
    """Whatever answers are lost and wherever it is killed, there is one run in the end."""
    chance = random.Random(11)
    job = Job(sandbox, tmp_path)
    for kind in ("reset-after-commit", "reset-before-commit", "truncated-body"):
        sandbox.faults.add(Fault(kind, "POST", "/v1/journal-runs", times=1))  # type: ignore[arg-type]  # one of them
        job.killed_after(chance.randint(1, 3))
    job.finished()
    assert [run.status.value for run in sandbox.runs()] == ["Completed"]


def test_two_at_once(sandbox: Sandbox, tmp_path: Path) -> None:
    """Two of them, on machines of their own, make one run."""
    jobs = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        jobs.append(Job(sandbox, tmp_path / name).start())
    for process in jobs:
        printed, _ = process.communicate(timeout=LONG)
        assert process.returncode == 0, printed
    assert len(sandbox.runs()) == 1


def test_the_number_outlives_the_key(sandbox: Sandbox, tmp_path: Path) -> None:
    """A day later Zuora has forgotten the key; the file has not."""
    job = Job(sandbox, tmp_path)
    first = job.finished()
    sandbox.clock.advance(25 * 3600)
    assert job.finished().splitlines()[-1] == first.splitlines()[-1]
    assert len(sandbox.runs()) == 1
