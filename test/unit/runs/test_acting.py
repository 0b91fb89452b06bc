"""Create, cancel and delete with the wait for the end of it, in memory."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from support.clock import FrozenClock
from support.faults import NUMBER, RUN
from support.memory import RESET, Memory, api_over, refusal, reply, slept

import openapi_client as oc

REQUEST: Any = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}
CREATED = reply(200, {"success": True, "journalRunNumber": NUMBER})
ACCEPTED = reply(200, {"success": True})
MISSING = refusal(50000040, status=404)


def seen(status: str) -> Any:
    """The run in a status."""
    return reply(200, {**RUN, "number": NUMBER, "status": status})


def sent(transport: Memory) -> list[str]:
    return [f"{request.method} {request.url.partition('/v1')[2]}" for request in transport.requests]


def test_create_and_wait() -> None:
    """The run as it ends; what the create was given goes along with the looks where it means something there."""
    transport = Memory(CREATED, seen("Pending"), seen("Completed"))
    run = api_over(transport).create_and_wait(REQUEST, idempotency_key="k", zuora_track_id="close")
    assert (run.number, run.status) == (NUMBER, "Completed")
    assert sent(transport) == ["POST /journal-runs", *[f"GET /journal-runs/{NUMBER}"] * 2]
    assert [request.headers.get("Idempotency-Key") for request in transport.requests] == ["k", None, None]
    assert {request.headers.get("Zuora-Track-Id") for request in transport.requests} == {"close"}


def test_one_limit_for_create_and_wait() -> None:
    """The time counts from the beginning of the create."""
    api = api_over(Memory(RESET, CREATED, *[seen("Pending")] * 9), retries=1)
    with pytest.raises(oc.RequestTimeoutException, match=f"{NUMBER} is Pending after 3 seconds"):
        api.create_and_wait(REQUEST, timeout=3.0)
    assert sum(slept(api)) == 3.0


@pytest.mark.parametrize(
    ("option", "error"),
    [
        ({"until": "Done"}, oc.ApiValueError),
        ({"timeout": 0}, oc.ApiValueError),
        ({"when_busy": "later"}, oc.ApiValueError),
        ({"progress": 1}, oc.ApiTypeError),
        ({"async_req": True}, oc.ApiTypeError),
    ],
)
def test_nothing_is_created_with_a_wrong_option(option: Any, error: type[Exception]) -> None:
    """What is wrong with the wait is found before the create."""
    transport = Memory()
    with pytest.raises(error, match=next(iter(option))):
        api_over(transport).create_and_wait(REQUEST, **option)
    assert transport.requests == []


@pytest.mark.parametrize("raises", [True, False])
def test_a_create_that_is_refused(raises: bool) -> None:
    """There is no run to wait for, whatever becomes of refusals otherwise."""
    transport = Memory(refusal(50000030))
    with pytest.raises(oc.OperationFailedException):
        api_over(transport, raise_on_failure=raises).create_and_wait(REQUEST)
    assert len(transport.requests) == 1


def test_a_run_that_fails() -> None:
    """The exception has the run, and so its number."""
    with pytest.raises(oc.JournalRunFailedException) as caught:
        api_over(Memory(CREATED, seen("Error"))).create_and_wait(REQUEST)
    assert (caught.value.run.number, caught.value.run.status) == (NUMBER, "Error")


def test_cancel_and_wait() -> None:
    """The run once it is cancelled; a cancel may show late."""
    transport = Memory(ACCEPTED, seen("Completed"), seen("CancelInprogress"), seen("Cancelled"))
    assert api_over(transport).cancel_and_wait(NUMBER).status == "Cancelled"
    assert sent(transport)[0] == f"PUT /journal-runs/{NUMBER}/cancel"


@pytest.mark.parametrize("statuses", [["CancelInprogress", "Completed"], ["Completed"] * 9])
def test_a_partial_cancel(statuses: list[str]) -> None:
    """Completed after a cancel that was accepted has a name of its own, and is a failed run to old handlers."""
    api = api_over(Memory(ACCEPTED, *map(seen, statuses)))
    with pytest.raises(oc.JournalRunPartlyCancelledException, match="become Cancelled: at least one of its") as caught:
        api.cancel_and_wait(NUMBER)
    assert isinstance(caught.value, oc.JournalRunFailedException)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.run.status, str(again)) == ("Completed", str(caught.value))


def test_a_partial_cancel_of_another_caller() -> None:
    """A plain wait tells a partial cancel, too, where it has seen the cancel; otherwise it cannot know."""
    with pytest.raises(oc.JournalRunPartlyCancelledException):
        api_over(Memory(seen("CancelInprogress"), seen("Completed"))).wait_for_journal_run(NUMBER, until="Cancelled")
    with pytest.raises(oc.JournalRunFailedException) as caught:
        api_over(Memory(*[seen("Completed")] * 9)).wait_for_journal_run(NUMBER, until="Cancelled")
    assert type(caught.value) is oc.JournalRunFailedException


@pytest.mark.parametrize("raises", [True, False])
def test_a_cancel_that_is_refused(raises: bool) -> None:
    """A run that is Processing cannot be cancelled: that is told at once."""
    transport = Memory(refusal(50000030))
    with pytest.raises(oc.OperationFailedException):
        api_over(transport, raise_on_failure=raises).cancel_and_wait(NUMBER)
    assert len(transport.requests) == 1


def test_a_repeated_cancel_that_had_worked() -> None:
    """A cancel whose answer was lost and whose repetition is refused is settled by a look, as ever."""
    transport = Memory(RESET, refusal(50000030), seen("CancelInprogress"), seen("Cancelled"))
    assert api_over(transport).cancel_and_wait(NUMBER).status == "Cancelled"


def test_delete_and_wait() -> None:
    """It returns when the run is gone."""
    transport, told = Memory(ACCEPTED, seen("DeleteInprogress"), MISSING), []
    assert api_over(transport, clock=FrozenClock()).delete_and_wait(NUMBER, progress=told.append) is None
    assert [event.status for event in told] == ["DeleteInprogress"]
    assert sent(transport)[0] == f"DELETE /journal-runs/{NUMBER}"


def test_a_delete_that_is_refused() -> None:
    """A run that is not cancelled cannot be deleted."""
    with pytest.raises(oc.OperationFailedException):
        api_over(Memory(refusal(50000030)), raise_on_failure=False).delete_and_wait(NUMBER)
