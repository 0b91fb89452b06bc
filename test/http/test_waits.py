"""Waits, acts and pollers against the sandbox, whose clock moves with the client's pauses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

import openapi_client as oc
from openapi_client.sandbox import ClientClock, Sandbox, SandboxClock

REQUEST: Any = {
    "accountingPeriodName": "Mar 2026",
    "journalEntryDate": "2026-03-31",
    "transactionTypes": [{"type": "Invoice Item"}],
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(clock=SandboxClock(datetime(2026, 4, 3, 9, tzinfo=timezone.utc), frozen=True)) as sandbox:
        yield sandbox


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[oc.JournalRunsApi]:
    with oc.ApiClient(sandbox.configuration(clock=ClientClock(sandbox.clock))) as client:
        yield oc.JournalRunsApi(client)


def test_the_life_of_a_run(api: oc.JournalRunsApi, sandbox: Sandbox) -> None:
    """Create, cancel and delete, each with its end."""
    seen: list[str] = []
    run = api.create_and_wait(REQUEST, progress=lambda event: seen.append(str(event.status)))
    assert list(dict.fromkeys(seen)) == ["Pending", "Processing", "Completed"]
    assert api.cancel_and_wait(run.number).status == "Cancelled"
    assert api.delete_and_wait(run.number) is None
    assert sandbox.runs() == []


def test_a_partial_cancel(api: oc.JournalRunsApi, sandbox: Sandbox) -> None:
    """An entry that was transferred to accounting stays: that is neither success nor plain failure."""
    run = api.create_and_wait(REQUEST)
    sandbox.transfer_entry(run.number)
    with pytest.raises(oc.JournalRunPartlyCancelledException, match=f"{run.number} is Completed") as caught:
        api.cancel_and_wait(run.number)
    assert caught.value.run.status == "Completed"


@pytest.mark.parametrize("version", ["186.0", "2025-08-12"])
def test_a_run_that_is_processing(api: oc.JournalRunsApi, sandbox: Sandbox, version: str) -> None:
    """It cannot be cancelled, and another one cannot be created; both say so at once."""
    number = api.create_journal_run(REQUEST).journal_run_number
    sandbox.hold(number)
    api.wait_for_journal_run(number, until="Processing")
    with pytest.raises((oc.OperationFailedException, oc.BadRequestException), match="cannot be cancelled"):
        api.cancel_and_wait(number, zuora_version=version)
    with pytest.raises(oc.JournalRunInProgressException) as caught:
        api.create_journal_run(REQUEST, zuora_version=version)
    assert caught.value.journal_run_number == number
    assert (caught.value.status, caught.value.outcome_unknown) == (400 if version > "2" else 200, False)


def test_a_refused_key(api: oc.JournalRunsApi, sandbox: Sandbox) -> None:
    """A key that was refused once is refused for a day; the cure finds the run again whenever it is used."""
    other = api.create_journal_run(REQUEST).journal_run_number
    for is_replay in (None, True):
        with pytest.raises(oc.JournalRunInProgressException) as caught:
            api.create_journal_run(REQUEST, idempotency_key="close")
        assert caught.value.is_replay is is_replay
        api.wait_for_journal_run(other)
    numbers = {api.create_journal_run_when_free(REQUEST, idempotency_key="close").journal_run_number for _ in range(3)}
    assert len(numbers) == 1
    assert {run.number for run in sandbox.runs()} == {other, *numbers}


def test_pollers(api: oc.JournalRunsApi, sandbox: Sandbox) -> None:
    """A poller sees the life of its run, and no thread outlives the client."""
    poller = api.begin_create_journal_run(REQUEST)
    assert poller.result(20).status == "Completed"
    assert [event.status for event in poller.history] == ["Pending", "Processing", "Completed"]
    assert [run.number for run in sandbox.runs()] == [poller.number]
