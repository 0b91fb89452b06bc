"""A cancel or delete that was refused when it was repeated: what the look at the run decides."""

from __future__ import annotations

from typing import Any

import pytest
from support.clock import FrozenClock
from support.faults import DONE, NUMBER, RUN, cancel, create, delete
from support.memory import NOT_SENT, RESET, Memory, api_over, path_of, refusal, reply

import openapi_client as oc

RULE, MISSING = refusal(50000030), refusal(50000040)
MISSING_404 = refusal(50000040, status=404)


def seen(status: str) -> Any:
    """The run in a status."""
    return reply(200, {**RUN, "status": status})


@pytest.mark.parametrize(
    ("act", "look", "expected"),
    [
        (cancel, seen("CancelInprogress"), True),
        (cancel, seen("Cancelled"), True),
        (cancel, seen("Processing"), False),
        (cancel, seen("Pending"), None),
        (cancel, seen("Error"), None),
        (cancel, seen("Completed"), None),
        (cancel, seen("DeleteInprogress"), None),
        (cancel, seen("Unheard"), None),
        (cancel, reply(200, {"success": True}), None),
        (cancel, MISSING, None),
        (cancel, MISSING_404, None),
        (delete, seen("DeleteInprogress"), True),
        (delete, seen("Cancelled"), None),
        (delete, seen("Processing"), False),
        (delete, MISSING, True),
        (delete, MISSING_404, True),
        (delete, reply(404), None),
        (delete, reply(403), None),
        (delete, refusal(50000011), None),
    ],
)
def test_look(act: Any, look: Any, expected: bool | None) -> None:
    """Done, surely not done, or unknown, by the status the run is seen in."""
    transport = Memory(RESET, RULE, look)
    api = api_over(transport)
    if expected:
        assert act(api) is True
    else:
        with pytest.raises(oc.OperationFailedException) as caught:
            act(api)
        assert caught.value.outcome_unknown is (expected is None)
        assert (caught.value.attempts, caught.value.reasons[0].code) == (2, "50000030")
        assert caught.value.follows_unclear_attempt is (expected is None)
    assert transport.requests[-1].method == "GET"
    assert path_of(transport.requests[-1]) == f"/v1/journal-runs/{NUMBER}"


def test_settled_answer() -> None:
    """A call that was settled answers as a success, with the status of one and the attempts it took."""
    api = api_over(Memory(RESET, refusal(50000030, status=400), seen("Cancelled")))
    answer = api.cancel_journal_run_with_http_info(NUMBER)
    assert (answer.data.success, answer.status_code, answer.attempts) == (True, 200, 2)
    assert isinstance(answer.data, oc.CommonResponseType)


@pytest.mark.parametrize("missing", [MISSING, MISSING_404])
def test_gone_without_a_look(missing: Any) -> None:
    """A repeated delete of a run that no longer exists has worked, and needs no look."""
    transport = Memory(RESET, missing)
    assert delete(api_over(transport)) is True
    assert len(transport.requests) == 2


def test_a_missing_run_is_not_cancelled() -> None:
    """That a run does not exist says nothing about a cancel; a look tells."""
    transport = Memory(RESET, MISSING, seen("Cancelled"))
    assert cancel(api_over(transport)) is True
    assert len(transport.requests) == 3


@pytest.mark.parametrize("steps", [(RULE,), (NOT_SENT, RULE), (reply(429), RULE), (refusal(50000050), RULE)])
def test_nothing_to_settle(steps: tuple[Any, ...]) -> None:
    """A refusal that follows nothing unclear is final, without a look."""
    transport = Memory(*steps)
    with pytest.raises(oc.OperationFailedException) as caught:
        cancel(api_over(transport))
    assert not caught.value.outcome_unknown
    assert len(transport.requests) == len(steps)


@pytest.mark.parametrize("last", [reply(404), reply(403), reply(400, {"message": "bad"})])
def test_what_is_no_judgement_is_not_looked_after(last: Any) -> None:
    """A gateway's answer says nothing about the first attempt, and settles nothing."""
    transport = Memory(RESET, last)
    with pytest.raises(oc.ApiException) as caught:
        cancel(api_over(transport))
    assert caught.value.outcome_unknown
    assert len(transport.requests) == 2


def test_a_create_is_settled_by_its_key() -> None:
    """A create needs no look."""
    transport = Memory(RESET, RULE)
    with pytest.raises(oc.OperationFailedException) as caught:
        create(api_over(transport))
    assert not caught.value.outcome_unknown
    assert len(transport.requests) == 2


def test_the_look_has_the_rest_of_the_time() -> None:
    """The look is within the total of the call."""
    transport = Memory(RESET, RULE, seen("Cancelled"))
    api_over(transport).cancel_journal_run(NUMBER, _request_timeout=10.0)
    assert [limits.total for limits in transport.limits] == [10.0, 9.0, 9.0]


@pytest.mark.parametrize(("taken", "looks"), [(9.0, False), (8.5, True)])
def test_no_time_for_a_look(taken: float, looks: bool) -> None:
    """When the total has passed, nobody looks, and the outcome stays unknown; half a second is enough."""
    clock = FrozenClock()

    def slow(request: Any) -> Any:
        clock.sleep(taken)
        return RULE

    transport = Memory(RESET, slow, *([seen("Cancelled")] if looks else []))
    api = api_over(transport, clock=clock)
    if looks:
        assert api.cancel_journal_run(NUMBER, _request_timeout=10.0).success
    else:
        with pytest.raises(oc.OperationFailedException) as caught:
            api.cancel_journal_run(NUMBER, _request_timeout=10.0)
        assert caught.value.outcome_unknown
    assert len(transport.requests) == 2 + looks


def test_the_look_is_as_the_call() -> None:
    """Headers of the call go along with the look; what says how to call does not."""
    transport = Memory(RESET, RULE, seen("Cancelled"))
    answer = api_over(transport).cancel_journal_run_with_http_info(
        NUMBER, zuora_track_id="track", zuora_entity_ids="entity", _headers={"X-Own": "1"}, _return_http_data_only=True
    )
    assert answer.success is True
    first, _, look = transport.requests
    for name in ("Zuora-Track-Id", "Zuora-Entity-Ids", "X-Own"):
        assert first.headers[name] == look.headers[name]
    assert look.body is None


def test_the_look_is_retried() -> None:
    """A look that fails for a moment is repeated."""
    transport = Memory(RESET, RULE, reply(503), seen("Cancelled"))
    assert cancel(api_over(transport)) is True


@pytest.mark.parametrize("raises", [True, False])
@pytest.mark.parametrize("missing", [MISSING, MISSING_404])
def test_gone_by_the_time_of_the_look(missing: Any, raises: bool) -> None:
    """A run that a look does not find is deleted, whatever becomes of failures."""
    assert delete(api_over(Memory(RESET, RULE, missing), raise_on_failure=raises)) is True


@pytest.mark.parametrize("last", [reply(404, {"error": {"code": "40", "message": "nothing here"}}), reply(404)])
def test_a_look_that_a_gateway_answers(last: Any) -> None:
    """Only the application itself says that a run is gone."""
    with pytest.raises(oc.OperationFailedException) as caught:
        delete(api_over(Memory(RESET, RULE, last)))
    assert caught.value.outcome_unknown


def test_a_look_without_credentials() -> None:
    """A token function that fails by the time of the look leaves the outcome unknown, and raises nothing of its own."""
    given = iter(["one", "two"])
    with pytest.raises(oc.OperationFailedException) as caught:
        cancel(api_over(Memory(RESET, RULE), access_token=lambda: next(given)))
    assert caught.value.outcome_unknown


def test_a_look_that_refuses_without_exceptions() -> None:
    """With ``raise_on_failure`` off, a refused look is no status."""
    api = api_over(Memory(RESET, RULE, refusal(50000030)), raise_on_failure=False)
    answer = api.cancel_journal_run(NUMBER)
    assert answer.success is False


def test_later_success_needs_no_look() -> None:
    """A repetition that works is the answer."""
    transport = Memory(RESET, reply(200, DONE))
    assert cancel(api_over(transport)) is True
    assert len(transport.requests) == 2
