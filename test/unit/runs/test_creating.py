"""A create while another run is in progress: keys, replays and restarts, against servers that store answers and not."""

from __future__ import annotations

import copy
import pickle
import random
from typing import Any

import pytest
from support.memory import api_over, path_of, refusal, reply, slept

import openapi_client as oc
from openapi_client._runs.keys import key_after

REQUEST: Any = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}
OURS = "JR-00000009"


class Zuora:
    """A tenant in which other runs come and go, and answers are stored under their keys, or not.

    :param others: the looks at each other run until it has ended; each is in progress when the one before has ended.
    :param stores: whether refusals are stored.
    :param style: the status of a replay: that of the first answer, or 409.
    :param names: whether a refusal names the other run.
    :ivar runs: the runs made for us.
    :ivar keys: the keys of the creates, in order.
    """

    def __init__(
        self, *others: int, stores: bool = True, style: str = "same", names: bool = True, status: int = 400
    ) -> None:
        self.others = dict(enumerate(others, 1))
        self.stores, self.style, self.names, self.status = stores, style, names, status
        self.stored: dict[str, Any] = {}
        self.runs: list[str] = []
        self.keys: list[str | None] = []
        self.ids = 0

    def __call__(self, request: Any) -> Any:
        if request.method == "GET":
            return self.look(path_of(request).rpartition("/")[2])
        key = request.headers.get("Idempotency-Key")
        self.keys.append(key)
        if key in self.stored:
            answer = self.stored[key]
            return answer._replace(status=409) if self.style == "conflict" else answer
        answer = self.create()
        if key is not None and (self.stores or answer.status == 200):
            self.stored[key] = answer
        return answer

    def create(self) -> Any:
        self.ids += 1
        headers = {"Zuora-Request-Id": f"id-{self.ids}"}
        active = next((number for number, looks in self.others.items() if looks), None)
        if active is None:
            self.runs.append(OURS)
            return reply(200, {"success": True, "journalRunNumber": OURS}, headers)
        if not self.names:
            self.others[active] -= 1  # time goes by
        name = f" JR-{active:08d}" if self.names else ""
        reason = {"code": 50000030, "message": f"Another journal run{name} is in progress."}
        body = {"success": False, "requestId": f"id-{self.ids}", "reasons": [reason]}
        return reply(self.status, body, headers)

    def look(self, number: str) -> Any:
        left = self.others.get(int(number[3:]), 0)
        self.others[int(number[3:])] = max(0, left - 1)
        status = "Processing" if left > 1 else "Completed"
        return reply(200, {"success": True, "number": number, "status": status})


def script(zuora: Any, key: Any = "close", **settings: Any) -> str | None:
    """What a program does that may be started again."""
    api = api_over(oc.InMemoryTransport(zuora), **settings)
    return api.create_journal_run_when_free(REQUEST, idempotency_key=key, timeout=600).journal_run_number


@pytest.mark.parametrize("style", ["same", "conflict"])
@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("others", [(), (1,), (5,), (3, 1, 4)])
@pytest.mark.parametrize("raises", [True, False])
def test_a_server_that_stores_refusals(others: tuple[int, ...], status: int, style: str, raises: bool) -> None:
    """The run is made under a key that was not refused, and found again by every later start."""
    zuora = Zuora(*others, status=status, style=style)
    for _ in range(3):
        assert script(zuora, raise_on_failure=raises) == OURS
    assert zuora.runs == [OURS]


@pytest.mark.parametrize("others", [(1,), (5,), (3, 1, 4)])
def test_a_server_that_does_not_store_refusals(others: tuple[int, ...]) -> None:
    """The first key is never left, so a later start finds the run under it."""
    zuora = Zuora(*others, stores=False)
    for _ in range(3):
        assert script(zuora) == OURS
    assert zuora.runs == [OURS]
    assert {*zuora.keys} == {"close"}


def test_a_refusal_that_only_looks_stored() -> None:
    """A server that refuses with 409 and stores nothing is asked under the first key until it agrees."""
    zuora = Zuora(2, 3, stores=False, status=409)
    assert [script(zuora), script(zuora)] == [OURS, OURS]
    assert (zuora.runs, {*zuora.keys}) == ([OURS], {"close"})


def test_a_run_that_has_ended_and_is_still_in_the_way() -> None:
    """A server that goes on refusing because of it is asked again after growing pauses, not at once."""

    def stubborn(request: Any) -> Any:
        if request.method == "GET":
            return reply(200, {"success": True, "number": "JR-00000001", "status": "Completed"})
        ids.append(f"id-{len(ids)}")
        if len(ids) > 4:
            return reply(200, {"success": True, "journalRunNumber": OURS})
        reason = {"code": 50000030, "message": "Another journal run JR-00000001 is in progress."}
        return reply(400, {"success": False, "requestId": ids[-1], "reasons": [reason]})

    ids: list[str] = []
    api = api_over(oc.InMemoryTransport(stubborn))
    assert api.create_journal_run_when_free(REQUEST, idempotency_key="k").journal_run_number == OURS
    assert slept(api) == [1.25, 1.875, 2.8125]


@pytest.mark.parametrize("stores", [True, False])
def test_refusals_that_name_no_run(stores: bool) -> None:
    """Without a number it asks again after growing pauses."""
    zuora = Zuora(3, 1, names=False, stores=stores)
    api = api_over(oc.InMemoryTransport(zuora))
    assert api.create_journal_run_when_free(REQUEST, idempotency_key="k", timeout=600).journal_run_number == OURS
    assert slept(api)[:2] == [1.25, 1.875]
    assert script(zuora, "k") == OURS
    assert zuora.runs == [OURS]


def test_keys_follow_from_the_first() -> None:
    """The sequence is the same on every machine, and each key is one that the API takes."""
    zuora = Zuora(1, 1)
    script(zuora)
    second, third = key_after("close"), key_after(key_after("close"))
    assert list(dict.fromkeys(zuora.keys)) == ["close", second, third]
    assert second == "jr-29df358d0ce8a4ed0aef1cd0263578d7b6456a8f4fcfb47dcdba9bd9d3e08690"
    assert len(key_after("k" * 255)) <= 255


def test_a_random_key_and_none() -> None:
    """A random key leads to others; without a key, there is nothing to be stored."""
    zuora = Zuora(2)
    api = api_over(oc.InMemoryTransport(zuora))
    assert api.create_journal_run_when_free(REQUEST).journal_run_number == OURS
    first, second = dict.fromkeys(zuora.keys)
    assert second == key_after(str(first))
    keyless = Zuora(2)
    assert script(keyless, None) == OURS
    assert {*keyless.keys} == {None}


@pytest.mark.parametrize(
    "given",
    [
        {"_headers": {"Idempotency-Key": "close", "X-Team": "a"}},
        {"_headers": {"idempotency-key": "close", "X-Team": "a"}},
        {"_headers": {"X-Team": "a"}, "idempotency_key": "close"},
    ],
)
def test_a_key_among_the_headers(given: Any) -> None:
    """It is the first key as well, and others follow it."""
    zuora = Zuora(2)
    transport, before = oc.InMemoryTransport(zuora), copy.deepcopy(given)
    assert api_over(transport).create_journal_run_when_free(REQUEST, **given).journal_run_number == OURS
    assert {request.headers["X-Team"] for request in transport.requests} == {"a"}
    assert list(dict.fromkeys(zuora.keys)) == ["close", key_after("close")]
    assert given == before


@pytest.mark.parametrize(("look", "taken", "pauses"), [(200, 0.0, [1.0]), (403, 1.0, [1.0])])
def test_the_end_of_the_time(look: int, taken: float, pauses: list[float]) -> None:
    """The last second is used: for a look at the other run, and for a pause; then it is over."""
    told: list[Any] = []

    def busy(request: Any) -> Any:
        if request.method == "GET":
            clock.sleep(taken)
            return reply(look, {"success": True, "number": "JR-00000001", "status": "Completed"})
        ids.append(f"id-{len(ids)}")
        reason = {"code": 50000030, "message": "Another journal run JR-00000001 is in progress."}
        return reply(400, {"success": False, "requestId": ids[-1], "reasons": [reason]})

    ids: list[str] = []
    api = api_over(oc.InMemoryTransport(busy))
    clock = api.api_client.configuration.clock
    with pytest.raises(oc.RequestTimeoutException, match="so no run was created"):
        api.create_journal_run_when_free(REQUEST, idempotency_key="k", timeout=1.0, progress=told.append)
    assert slept(api) == pauses
    assert [event.status for event in told] == ["Completed"] * (look == 200)


class Killed(BaseException):
    """The end of a process, at any request."""


@pytest.mark.parametrize("stores", [True, False])
@pytest.mark.parametrize("style", ["same", "conflict"])
@pytest.mark.parametrize("seed", range(10))
def test_killed_and_started_again(seed: int, style: str, stores: bool) -> None:
    """However often the program ends before or after a request, there is one run in the end."""
    chance = random.Random(seed)
    others = [chance.randrange(1, 5) for _ in range(chance.randrange(4))]
    zuora = Zuora(*others, stores=stores, style=style, names=chance.random() < 0.7)

    def perilous(request: Any) -> Any:
        if chance.random() < 0.15:
            raise Killed
        answer = zuora(request)
        if chance.random() < 0.15:
            raise Killed
        return answer

    found = None
    while found is None:
        try:
            found = script(perilous)
        except Killed:
            continue
    assert (found, zuora.runs) == (OURS, [OURS])


@pytest.mark.parametrize("look", [refusal(50000040), refusal(50000040, status=404), refusal(50000010), reply(403)])
def test_a_run_that_cannot_be_seen(look: Any) -> None:
    """The other run may be of an entity that these credentials do not see: it asks again after a pause."""
    zuora = Zuora(1, names=True)

    def blind(request: Any) -> Any:
        if request.method == "GET":
            zuora.others[1] = 0
            return look
        return zuora(request)

    assert script(blind) == OURS


def test_another_failure_of_the_look_is_told() -> None:
    """What will not pass ends the wait."""
    zuora = Zuora(1)
    with pytest.raises(oc.UnauthorizedException):
        script(lambda request: reply(401) if request.method == "GET" else zuora(request))


@pytest.mark.parametrize("names", [True, False])
def test_no_time_left(names: bool) -> None:
    """When the time is over no run was created, and the exception says so, with the key."""
    api = api_over(oc.InMemoryTransport(Zuora(10**6, names=names)))
    with pytest.raises(oc.RequestTimeoutException, match="no run was created") as caught:
        api.create_journal_run_when_free(REQUEST, idempotency_key="k", timeout=60)
    error = caught.value
    other = "JR-00000001" if names else "another journal run"
    assert error.reason == f"{other} was in progress for the 60 seconds of waiting, so no run was created"
    assert (error.status, error.phase, error.sent, error.outcome_unknown) == (0, "wait", False, False)
    assert error.idempotency_key is not None
    assert isinstance(error.__cause__, (oc.JournalRunInProgressException, oc.RequestTimeoutException))
    assert [reason.category for reason in error.reasons] == [30]
    assert sum(slept(api)) == pytest.approx(60.0)


def test_a_create_that_cannot_succeed() -> None:
    """Another refusal ends the wait for other runs."""
    with pytest.raises(oc.OperationFailedException):
        script(lambda _: refusal(50000022))


def test_create_and_wait_when_busy() -> None:
    """By default a busy tenant is an exception with the number; with ``wait``, it is waited for, within one limit."""
    zuora = Zuora(3)
    api = api_over(oc.InMemoryTransport(zuora))
    with pytest.raises(oc.JournalRunInProgressException) as caught:
        api.create_and_wait(REQUEST, idempotency_key="close")
    assert caught.value.journal_run_number == "JR-00000001"
    told: list[str] = []
    run = api.create_and_wait(
        REQUEST, idempotency_key="close", when_busy="wait", progress=lambda event: told.append(event.run.number)
    )
    assert (run.number, zuora.runs) == (OURS, [OURS])
    assert list(dict.fromkeys(told)) == ["JR-00000001", OURS]


@pytest.mark.parametrize(("status", "raises"), [(200, False), (200, True), (400, False), (400, True)])
def test_a_plain_create(status: int, raises: bool) -> None:
    """A busy tenant is told as any refusal: as the model where the caller wants that, otherwise by its exception."""
    api = api_over(oc.InMemoryTransport(Zuora(9, status=status)), raise_on_failure=raises)
    if status == 200 and not raises:
        assert api.create_journal_run(REQUEST).success is False
        return
    with pytest.raises(oc.JournalRunInProgressException) as caught:
        api.create_journal_run(REQUEST, async_req=True).get(20)
    assert isinstance(caught.value, (oc.OperationFailedException, oc.BadRequestException))
    assert caught.value.status == status
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.journal_run_number, str(again)) == ("JR-00000001", str(caught.value))


def test_replays_are_told() -> None:
    """The exception of a replay says that it is one; of the first answer nobody knows."""
    api = api_over(oc.InMemoryTransport(Zuora(10)))
    told = []
    for _ in range(2):
        with pytest.raises(oc.JournalRunInProgressException) as caught:
            api.create_journal_run(REQUEST, idempotency_key="k")
        told.append((caught.value.is_replay, "stored one" in str(caught.value)))
    assert told == [(None, False), (True, True)]
