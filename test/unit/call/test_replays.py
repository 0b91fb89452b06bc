"""Answers that are known to be replays of stored ones, by what the client has seen."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from support.faults import RUN
from support.memory import Memory, api_over, refusal, reply

import openapi_client as oc
from openapi_client._call import replays

REQUEST: Any = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}
DONE = {"success": True, "journalRunNumber": "JR-00000001"}


def created(request_id: str | None, status: int = 200) -> Any:
    return reply(status, DONE, {"Zuora-Request-Id": request_id} if request_id else {})


def refused(request_id: str, status: int = 400) -> Any:
    """A refusal that tells its id in the body."""
    reason = {"code": 50000030, "message": "no"}
    return reply(status, {"success": False, "requestId": request_id, "reasons": [reason]})


@pytest.mark.parametrize("body", [{"success": True}, [1]])
def test_a_stored_answer_that_is_no_success(body: Any) -> None:
    """A replay of what cannot be used is told as one, too."""
    step = reply(200, body, {"Zuora-Request-Id": "a"})
    api, told = api_over(Memory(step, step)), []
    for _ in range(2):
        with pytest.raises(oc.DecodeException) as caught:
            api.create_journal_run(REQUEST, idempotency_key="k")
        told.append(caught.value.is_replay)
    assert told == [None, True]


def test_a_stored_refusal_without_an_id() -> None:
    """A 409 that gives reasons of the application is a stored answer, whether it tells an id or not."""
    with pytest.raises(oc.ConflictException) as caught:
        api_over(Memory(refusal(50000030, status=409))).create_journal_run(REQUEST, idempotency_key="k")
    assert caught.value.is_replay is True


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (created("a"), created("a"), True),
        (created("a"), created("b"), None),
        (created(None), created(None), None),
        (created("a"), created("a", 409), True),
        (created("a"), created("b", 409), True),
    ],
)
def test_successes(first: Any, second: Any, expected: bool | None) -> None:
    """The id of the request that an answer is to tells a replay; so does a 409 that holds a success."""
    api = api_over(Memory(first, second))
    answers = [api.create_journal_run_with_http_info(REQUEST, idempotency_key="k") for _ in range(2)]
    assert [answer.is_replay for answer in answers] == [None, expected]
    assert pickle.loads(pickle.dumps(answers[1])).is_replay is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (refused("a"), refused("a"), True),
        (refused("a", 200), refused("a", 200), True),
        (refused("a"), refused("b"), None),
        (refused("a"), refused("b", 409), True),
        (refusal(50000050, status=400), refusal(50000050, status=409), None),
        (refused("a"), reply(409, {"message": "in progress"}), None),
    ],
)
def test_refusals(first: Any, second: Any, expected: bool | None) -> None:
    """The same for refusals; a lock, or a request that is still in progress, is of the moment."""
    api = api_over(Memory(first, second), retries=0)
    found = []
    for _ in range(2):
        with pytest.raises(oc.ApiException) as caught:
            api.create_journal_run(REQUEST, idempotency_key="k")
        found.append(caught.value.is_replay)
    assert found == [None, expected]
    assert pickle.loads(pickle.dumps(caught.value)).is_replay is expected


def test_a_409_alone() -> None:
    """A judgement of the application with this status was stored, whoever asked first."""
    with pytest.raises(oc.ConflictException) as caught:
        api_over(Memory(refused("a", 409))).create_journal_run(REQUEST, idempotency_key="k")
    assert caught.value.is_replay is True


def test_other_keys_and_none() -> None:
    """Ids are remembered for each key; without a key nothing is stored."""
    api = api_over(Memory(*[created("a")] * 3, refused("a"), reply(200, RUN)))
    assert api.create_journal_run_with_http_info(REQUEST, idempotency_key="k").is_replay is None
    assert api.create_journal_run_with_http_info(REQUEST, idempotency_key="l").is_replay is None
    assert api.create_journal_run_with_http_info(REQUEST, idempotency_key=None).is_replay is False
    with pytest.raises(oc.BadRequestException) as caught:
        api.create_journal_run(REQUEST, idempotency_key=None)
    assert caught.value.is_replay is False
    assert api.get_journal_run_with_http_info("JR-1").is_replay is False


def test_a_replay_within_a_call() -> None:
    """A failure that may pass is repeated with its key; when it was stored, the exception says so."""
    busy = reply(500, {"success": False, "requestId": "a", "reasons": [{"code": 50000061, "message": "later"}]})
    with pytest.raises(oc.ServiceException) as caught:
        api_over(Memory(busy, busy), retries=1).create_journal_run(REQUEST)
    assert (caught.value.attempts, caught.value.is_replay) == (2, True)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest keys are forgotten."""
    monkeypatch.setattr(replays, "_MOST", 2)
    api = api_over(Memory(*[created("a")] * 5))
    for key in ("k", "l", "m"):
        api.create_journal_run(REQUEST, idempotency_key=key)
    found = [api.create_journal_run_with_http_info(REQUEST, idempotency_key=key).is_replay for key in ("m", "k")]
    assert found == [True, None]
