"""Waiting for a run over real HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from support.clock import QuickClock
from support.faults import NUMBER
from support.wire import Step, WireServer, answer, hang_up

import openapi_client as oc

REFUSED = {"success": False}
MISSING = [{"code": 50000040, "message": "Cannot find entity by key"}]


def states(*names: str, headers: dict[str, str] | None = None) -> list[Step]:
    return [answer(200, {"number": NUMBER, "status": name, "success": True}, headers) for name in names]


def wait(
    steps: list[Step],
    clock: QuickClock,
    method: str = "wait_for_journal_run",
    *,
    raise_on_failure: bool = True,
    **options: Any,
) -> Any:
    with WireServer(steps) as server:
        configuration = oc.Configuration(host=server.url, clock=clock, retries=0, raise_on_failure=raise_on_failure)
        with oc.ApiClient(configuration) as client:
            return getattr(oc.JournalRunsApi(client), method)(NUMBER, **options)


def test_wait() -> None:
    """It looks until the run is completed, with growing waits, and tells each look."""
    clock, seen = QuickClock(), []
    steps = states("Pending", "Pending", "Processing", "Processing", "Completed")
    run = wait(steps, clock, progress=lambda run: seen.append(str(run.status)))
    assert run.status == "Completed"
    assert seen == ["Pending", "Pending", "Processing", "Processing", "Completed"]
    assert clock.slept == [1.0, 1.5, 2.25, 3.375]


def test_waits_are_jittered_and_bounded() -> None:
    """The same number of looks at other moments, never more than 25 seconds apart."""
    clock = QuickClock(fraction=1.0)
    wait(states(*["Processing"] * 20, "Completed"), clock)
    assert clock.slept[0] == 1.25
    assert max(clock.slept) == 25.0


def test_failed_run() -> None:
    """A run that ends in Error is an exception that carries the run."""
    with pytest.raises(oc.JournalRunFailedException, match="Error, so it will not become Completed") as caught:
        wait(states("Processing", "Error"), QuickClock())
    assert caught.value.run is not None
    assert caught.value.run.status == oc.JournalRunStatus.ERROR


def test_several_wanted() -> None:
    """The first wanted status ends the wait."""
    assert wait(states("Pending", "Error"), QuickClock(), until=["Completed", "Error"]).status == "Error"


def test_wait_for_a_cancel() -> None:
    """The statuses before the cancel shows are no dead end."""
    steps = states("Completed", "Completed", "CancelInprogress", "Cancelled")
    assert wait(steps, QuickClock(), until="Cancelled").status == "Cancelled"


def test_wait_for_a_cancel_that_was_partial() -> None:
    """Completed after CancelInprogress means that some entry could not be cancelled."""
    with pytest.raises(oc.JournalRunFailedException):
        wait(states("Completed", "CancelInprogress", "Completed"), QuickClock(), until="Cancelled")


def test_wait_for_a_cancel_that_never_shows() -> None:
    """A run that simply stays Completed is given up after a minute, not after the whole timeout."""
    clock = QuickClock()
    with pytest.raises(oc.JournalRunFailedException):
        wait(states("Completed"), clock, until="Cancelled")
    assert 60 <= sum(clock.slept) < 100


def test_timeout() -> None:
    """At the end of its time it looks once more, and says what it saw."""
    clock = QuickClock()
    with pytest.raises(oc.RequestTimeoutException, match="Processing after 30 seconds") as caught:
        wait(states("Processing"), clock, timeout=30)
    assert caught.value.phase == "wait"
    assert caught.value.run is not None
    assert caught.value.run.status == "Processing"
    assert sum(clock.slept) == pytest.approx(30, abs=1)


def test_failures_that_may_pass() -> None:
    """A wait goes on through failures that may pass, and heeds what they ask for."""
    clock = QuickClock()
    steps = [answer(503), hang_up, answer(429, {}, {"Retry-After": "40"}), *states("Completed")]
    assert wait(steps, clock).status == "Completed"
    assert clock.slept[2] == 40.0


def test_spent_budget() -> None:
    """Without requests left in the window it waits for the next one."""
    clock = QuickClock()
    headers = {"RateLimit-Limit": "100", "RateLimit-Remaining": "0", "RateLimit-Reset": "17"}
    wait([*states("Pending", headers=headers), *states("Completed")], clock)
    assert clock.slept == [17.0]


def test_failures_until_the_end() -> None:
    """When the time is over in the middle of failures, the last one is the cause."""
    with pytest.raises(oc.RequestTimeoutException, match="unknown after 5 seconds") as caught:
        wait([answer(503)], QuickClock(), timeout=5)
    assert isinstance(caught.value.__cause__, oc.ServiceException)


@pytest.mark.parametrize("failure", [(401, {}), (403, {}), (404, {**REFUSED, "reasons": MISSING})])
def test_definite_failures(failure: tuple[int, Any]) -> None:
    """A failure that will not pass ends the wait."""
    with pytest.raises(oc.ApiException) as caught:
        wait([answer(*failure)], QuickClock())
    assert caught.value.status == failure[0]


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), "60", None])
def test_bad_timeout(timeout: Any) -> None:
    """Every wait has a limit."""
    with pytest.raises((oc.ApiValueError, oc.ApiTypeError), match="timeout"):
        wait(states("Completed"), QuickClock(), timeout=timeout)


NOT_FOUND = {**REFUSED, "reasons": MISSING}


@pytest.mark.parametrize("raises", [True, False])
@pytest.mark.parametrize("status", [200, 404])
def test_wait_until_deleted(status: int, raises: bool) -> None:
    """A deleted run is gone, whichever way the tenant says so, and whatever becomes of failures."""
    steps = [*states("DeleteInprogress", "DeleteInprogress"), answer(status, NOT_FOUND)]
    clock = QuickClock()
    assert wait(steps, clock, "wait_for_journal_run_deleted", raise_on_failure=raises) is None
    assert len(clock.slept) == 2


GATEWAY = {
    "Kong's": answer(404, {"message": "no Route matched with those values"}),
    "HTML": answer(404, b"<html>Not Found</html>", {"Content-Type": "text/html"}),
    "empty": answer(404),
    "other codes": answer(404, {"error": {"code": "40", "message": "not found"}}),
}


@pytest.mark.parametrize("gateway", GATEWAY.values(), ids=GATEWAY)
def test_a_gateway_does_not_know_what_is_gone(gateway: Step) -> None:
    """Only the application says that a run is gone; a gateway's 404 passes, in either wait and at any time."""
    missing = answer(404, NOT_FOUND)
    steps = [answer(502), gateway, *states("DeleteInprogress"), gateway, missing]
    clock = QuickClock()
    assert wait(steps, clock, "wait_for_journal_run_deleted") is None
    assert len(clock.slept) == 4
    assert wait([gateway, *states("Pending"), gateway, *states("Completed")], QuickClock()).status == "Completed"


def test_a_gateway_that_never_changes_its_mind() -> None:
    """Behind a gateway that knows no such path a wait ends with its time, and tells why."""
    with pytest.raises(oc.RequestTimeoutException, match="unknown after 5 seconds") as caught:
        wait([GATEWAY["HTML"]], QuickClock(), "wait_for_journal_run_deleted", timeout=5)
    assert isinstance(caught.value.__cause__, oc.NotFoundException)


@pytest.mark.parametrize("raises", [True, False])
def test_wait_for_a_run_that_does_not_exist(raises: bool) -> None:
    """A refused look has no status to wait with, so it is raised, whatever becomes of other failures."""
    with pytest.raises(oc.OperationFailedException, match="Cannot find entity") as caught:
        wait([answer(200, NOT_FOUND)], QuickClock(), raise_on_failure=raises)
    assert [reason.category for reason in caught.value.reasons] == [40]
    assert caught.value.status == 200


def test_wait_until_deleted_is_refused() -> None:
    """Another refusal is not taken for the end of the run."""
    denied = {"success": False, "reasons": [{"code": 50000010, "message": "no permission"}]}
    with pytest.raises(oc.OperationFailedException):
        wait([answer(200, denied)], QuickClock(), "wait_for_journal_run_deleted")


def test_arguments_are_checked() -> None:
    """A waiting call takes the arguments of a reading one, and checks them before it sends anything."""
    with pytest.raises(oc.ApiTypeError, match="zuora_entity_id"):
        wait(states("Completed"), QuickClock(), zuora_entity_id="x")
    with pytest.raises(oc.ApiValueError, match="jr_number"):
        oc.JournalRunsApi(oc.ApiClient(oc.Configuration())).wait_for_journal_run(None)  # type: ignore[arg-type]  # bad on purpose


@pytest.mark.parametrize("method", ["wait_for_journal_run", "wait_for_journal_run_deleted"])
@pytest.mark.parametrize("option", ["async_req", "_preload_content", "_return_http_data_only"])
def test_options_that_make_no_sense(method: str, option: str) -> None:
    """A wait has one kind of answer; an option that asks for another is refused, without a proposal."""
    with pytest.raises(oc.ApiTypeError, match=f"unexpected keyword argument '{option}' to method {method}$"):
        wait(states("Completed"), QuickClock(), method, **{option: True})


def test_misspelt_option() -> None:
    """The nearest known name is proposed, and ``timeout`` is one of them here."""
    with pytest.raises(oc.ApiTypeError, match="'timout' to method wait_for_journal_run; did you mean 'timeout'"):
        wait(states("Completed"), QuickClock(), timout=5)


def test_options_of_the_looks() -> None:
    """What a wait is given beyond its own options goes into each of its looks."""
    with WireServer(states("Pending", "Completed")) as server:
        with oc.ApiClient(oc.Configuration(host=server.url, clock=QuickClock())) as client:
            oc.JournalRunsApi(client).wait_for_journal_run(NUMBER, zuora_track_id="t", _headers={"X-Team": "a"})
    assert [(each.headers["zuora-track-id"], each.headers["x-team"]) for each in server.requests] == [("t", "a")] * 2
