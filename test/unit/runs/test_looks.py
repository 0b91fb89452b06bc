"""The wait for a run on the in-memory transport: how long a look may take, and how long the pauses are."""

from __future__ import annotations

from typing import Any

import pytest
from support.clock import FrozenClock
from support.faults import NUMBER, RUN
from support.memory import NOT_SENT, RESET, Memory, api_over, refusal, reply

import openapi_client as oc

MISSING = refusal(50000040, status=404)
REQUEST: Any = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}


def seen(status: str, headers: dict[str, str] | None = None) -> Any:
    """The run in a status."""
    return reply(200, {**RUN, "status": status}, headers)


class Halfway(FrozenClock):
    """A clock whose jitter is in the middle."""

    def __init__(self) -> None:
        super().__init__(fraction=0.5)


def api_and_clock(*steps: Any, **settings: Any) -> tuple[oc.JournalRunsApi, Memory, FrozenClock]:
    clock, transport = Halfway(), Memory(*steps)
    return api_over(transport, clock=clock, **settings), transport, clock


def test_a_look_has_what_is_left_of_the_wait() -> None:
    """Each look is limited by the rest of the wait."""
    api, transport, _ = api_and_clock(*[seen("Processing")] * 4, seen("Completed"))
    api.wait_for_journal_run(NUMBER, timeout=10.0)
    assert [limits.total for limits in transport.limits] == [10.0, 9.0, 7.5, 5.25, 1.875]


@pytest.mark.parametrize(("given", "totals"), [(2.0, [2.0, 2.0, 1.5]), (100.0, [4.0, 3.0, 1.5])])
def test_a_limit_for_each_look(given: float, totals: list[float]) -> None:
    """A limit of the caller's for one look holds within the rest of the wait."""
    api, transport, _ = api_and_clock(*[seen("Processing")] * 2, seen("Completed"))
    api.wait_for_journal_run(NUMBER, timeout=4.0, _request_timeout=given)
    assert [limits.total for limits in transport.limits] == totals


@pytest.mark.parametrize("where", ["call", "configuration"])
def test_a_limit_for_each_attempt(where: str) -> None:
    """A pair holds for each attempt, and the wait binds as well: it ends with its time, whatever the pair says."""
    pair = (3, 500)
    settings = {"timeout": pair} if where == "configuration" else {}
    options = {"_request_timeout": pair} if where == "call" else {}
    api, transport, _ = api_and_clock(seen("Processing"), seen("Processing"), seen("Completed"), **settings)
    api.wait_for_journal_run(NUMBER, timeout=4.0, **options)
    limits = [(each.total, each.connect, each.read) for each in transport.limits]
    assert limits == [(4.0, 3.0, 500.0), (3.0, 3.0, 500.0), (1.5, 3.0, 500.0)]


def test_a_look_without_limits_of_its_own() -> None:
    """A single look that gets no answer does not take the whole wait: each attempt has its usual limits."""
    api, transport, _ = api_and_clock(seen("Completed"))
    api.wait_for_journal_run(NUMBER, timeout=3600.0)
    assert [(each.total, each.connect, each.read) for each in transport.limits] == [(3600.0, 5.0, 125.0)]


def test_the_last_look_is_at_the_end() -> None:
    """The last pause ends with the wait, one more look follows, and then it is over."""
    api, transport, clock = api_and_clock(*[seen("Processing")] * 4)
    with pytest.raises(oc.RequestTimeoutException) as caught:
        api.wait_for_journal_run(NUMBER, timeout=3.0)
    assert clock.slept == [1.0, 1.5, 0.5]
    assert [limits.total for limits in transport.limits] == pytest.approx([3.0, 2.0, 1.0, 1.0])
    assert (caught.value.phase, caught.value.sent, caught.value.run.status) == ("wait", False, "Processing")
    assert f"the status of {NUMBER} is Processing after 3 seconds of waiting" in str(caught.value)


def test_a_run_that_was_never_seen() -> None:
    """When no look has worked, the end says so, and tells why."""
    api, _, _ = api_and_clock(*[NOT_SENT] * 9, retries=0)
    with pytest.raises(oc.RequestTimeoutException, match="is unknown after 1 seconds") as caught:
        api.wait_for_journal_run(NUMBER, timeout=1.0)
    assert caught.value.run is None
    assert isinstance(caught.value.__cause__, oc.TransportException)


def test_pauses_grow_to_a_bound() -> None:
    """Pauses begin with a second, grow by half, and end at twenty seconds."""
    api, _, clock = api_and_clock(*[seen("Pending")] * 11, seen("Completed"))
    api.wait_for_journal_run(NUMBER)
    expected = [min(1.5**index, 20.0) for index in range(11)]
    assert clock.slept == pytest.approx(expected)


@pytest.mark.parametrize(("fraction", "pause"), [(0.0, 0.75), (1.0, 1.25)])
def test_pauses_are_jittered(fraction: float, pause: float) -> None:
    """Chance moves a pause by a quarter."""
    clock = FrozenClock(fraction)
    api_over(Memory(seen("Pending"), seen("Completed")), clock=clock).wait_for_journal_run(NUMBER)
    assert clock.slept == [pause]


def test_the_rate_limit_lengthens_a_pause() -> None:
    """With no request left in the window, the next look waits for its end; with some left it does not."""
    spent = {"RateLimit-Limit": "100", "RateLimit-Remaining": "0", "RateLimit-Reset": "9"}
    some = {**spent, "RateLimit-Remaining": "1"}
    short = {**spent, "RateLimit-Reset": "0.5"}
    steps = (seen("Pending", spent), seen("Pending", some), seen("Pending", short), seen("Completed"))
    api, _, clock = api_and_clock(*steps)
    api.wait_for_journal_run(NUMBER)
    assert clock.slept == [9.0, 1.5, 2.25]


def test_a_failed_look_lengthens_a_pause() -> None:
    """A look that failed for a moment is followed by another one, after what the server asked for."""
    busy = reply(429, b"", {"Retry-After": "7"})
    api, _, clock = api_and_clock(busy, seen("Pending"), RESET, seen("Completed"), retries=0)
    api.wait_for_journal_run(NUMBER)
    assert clock.slept == [7.0, 1.5, 2.25]


@pytest.mark.parametrize("failure", [reply(403), MISSING, refusal(50000030), reply(200, b"<html>")])
def test_a_look_that_is_refused(failure: Any) -> None:
    """A failure that will not pass ends the wait."""
    api, transport, _ = api_and_clock(seen("Pending"), failure)
    with pytest.raises(oc.ApiException):
        api.wait_for_journal_run(NUMBER)
    assert len(transport.requests) == 2


def test_progress_is_told() -> None:
    """Each run that is seen is told, the last one, too; a failed look tells nothing."""
    api, _, _ = api_and_clock(seen("Pending"), RESET, seen("Completed"), retries=0)
    told = []
    run = api.wait_for_journal_run(NUMBER, progress=lambda run: told.append(run.status))
    assert told == ["Pending", "Completed"]
    assert run.status == "Completed"


def test_a_dead_end() -> None:
    """A run that cannot get there ends the wait, with the run and the answer it was seen in."""
    api, _, clock = api_and_clock(seen("Error", {"Zuora-Request-Id": "rid"}))
    with pytest.raises(
        oc.JournalRunFailedException, match="is Error, so it will not become Completed or Pending"
    ) as caught:
        api.wait_for_journal_run(NUMBER, until=["Pending", "Completed"])
    assert (caught.value.run.status, caught.value.status, caught.value.request_id) == ("Error", 200, "rid")
    assert (caught.value.attempts, clock.slept) == (1, [])


def test_a_cancel_that_does_not_show() -> None:
    """A run that stays Completed for a minute after a cancel has not been cancelled."""
    api, _, clock = api_and_clock(*[seen("Pending")] * 6, *[seen("Completed")] * 9)
    with pytest.raises(oc.JournalRunFailedException, match="is Completed"):
        api.wait_for_journal_run(NUMBER, until="Cancelled")
    assert sum(clock.slept[6:]) >= 60.0 > sum(clock.slept[6:-1])


def test_a_cancel_that_some_entries_withstand() -> None:
    """A run that goes back to Completed is the end at once."""
    api, _, _ = api_and_clock(seen("CancelInprogress"), seen("Completed"))
    with pytest.raises(oc.JournalRunFailedException, match="is Completed"):
        api.wait_for_journal_run(NUMBER, until="Cancelled")


@pytest.mark.parametrize("gone", [refusal(50000040), MISSING])
def test_gone(gone: Any) -> None:
    """The wait for the end of a run ends when it no longer exists, and goes on until then."""
    api, transport, _ = api_and_clock(seen("DeleteInprogress"), seen("DeleteInprogress"), gone)
    assert api.wait_for_journal_run_deleted(NUMBER) is None
    assert len(transport.requests) == 3


def test_not_gone_in_time() -> None:
    """The wait for the end of a run is limited, too."""
    api, _, _ = api_and_clock(*[seen("DeleteInprogress")] * 9)
    with pytest.raises(oc.RequestTimeoutException, match="is DeleteInprogress after 2 seconds"):
        api.wait_for_journal_run_deleted(NUMBER, timeout=2.0)


def test_a_wait_for_the_end_that_is_refused() -> None:
    """Another refusal is not taken for the end of the run."""
    api, _, _ = api_and_clock(refusal(50000030, 50000020))
    with pytest.raises(oc.OperationFailedException):
        api.wait_for_journal_run_deleted(NUMBER)


@pytest.mark.parametrize(
    ("wait", "subject"),
    [
        ("wait_for_journal_run", NUMBER),
        ("wait_for_journal_run_deleted", NUMBER),
        ("cancel_and_wait", NUMBER),
        ("delete_and_wait", NUMBER),
        ("poll_journal_run", NUMBER),
        ("create_and_wait", REQUEST),
        ("create_journal_run_when_free", REQUEST),
        ("begin_create_journal_run", REQUEST),
    ],
)
def test_arguments_are_told_by_the_name_of_the_wait(wait: str, subject: Any) -> None:
    """A wrong argument is told under the name that was called."""
    api, transport, _ = api_and_clock()
    with pytest.raises(oc.ApiValueError, match=f"`zuora_track_id` when calling `{wait}`"):
        getattr(api, wait)(subject, zuora_track_id="a:b").result(20.0)
    with pytest.raises(oc.ApiValueError, match=r"`timeout` \(0\)"):
        getattr(api, wait)(subject, timeout=0)
    assert transport.requests == []


def test_limits_for_each_attempt() -> None:
    """A pair of limits holds for each attempt of a look, and what is left of the wait for the look as a whole."""
    api, transport, _ = api_and_clock(seen("Processing"), seen("Completed"))
    api.wait_for_journal_run(NUMBER, timeout=4.0, _request_timeout=(1, 2))
    assert [(limits.connect, limits.read) for limits in transport.limits] == [(1.0, 2.0)] * 2
    first, second = (limits.total for limits in transport.limits)
    assert first is not None
    assert second is not None
    assert 4.0 >= first > second


def test_statuses_are_listed() -> None:
    """An unknown status is refused with the known ones."""
    api, _, _ = api_and_clock()
    with pytest.raises(oc.ApiValueError, match="the statuses are Pending, Processing, Completed, Error, Cancel"):
        api.wait_for_journal_run(NUMBER, until="Done")


def test_status_of_a_timeout() -> None:
    """A wait that is over had no HTTP status."""
    api, _, _ = api_and_clock(*[seen("Pending")] * 9)
    with pytest.raises(oc.RequestTimeoutException) as caught:
        api.wait_for_journal_run(NUMBER, timeout=1.0)
    assert caught.value.status == 0
