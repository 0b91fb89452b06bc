"""What is said about an outcome is true: thousands of histories with a model of the other side, all of them judged."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from support.clock import FrozenClock, QuickClock
from support.faults import REQUEST
from support.memory import api_over
from support.wire import Request, WireServer, answer, reset
from support.world import NUMBER, Meaning, World, may_be_done

import openapi_client as oc
from openapi_client._policy.history import Failure
from openapi_client._transport.exchange import Headers, InMemoryTransport, Reply
from openapi_client._transport.exchange import Request as Sent

ACTS = ["create", "keyless", "cancel", "delete"]


class OwnError(Exception):
    """What a token function raises."""


def settings_of(chance: random.Random, seed: int) -> dict[str, Any]:
    """A way to sign in, a policy, and whether failures are raised."""
    ways: list[dict[str, Any]] = [
        {},
        {"access_token": None, "client_id": "an-id", "client_secret": f"secret-{seed}"},
        {"access_token": token_function(chance)},
    ]
    policy = oc.RetryPolicy(attempts=chance.randint(1, 6), longest_wait=chance.choice([1.0, 120.0]))
    return {**chance.choice(ways), "retries": policy, "raise_on_failure": chance.random() < 0.7}


def token_function(chance: random.Random) -> Any:
    """Gives another token each time, and fails now and then."""

    def token() -> str:
        if chance.random() < 0.1:
            raise OwnError
        return f"token-{chance.random()}"

    return token


def call(api: oc.JournalRunsApi, act: str, **options: Any) -> Any:
    """One call. A create is given its key, or ``None``."""
    if act in ("create", "keyless"):
        return api.create_journal_run(REQUEST, **options)  # type: ignore[arg-type]  # a plain dict
    return (api.cancel_journal_run if act == "cancel" else api.delete_journal_run)(NUMBER, **options)


def options_of(chance: random.Random, act: str, *, has_total: bool) -> dict[str, Any]:
    """How the call is made."""
    options: dict[str, Any] = {}
    if act in ("create", "keyless"):
        options["idempotency_key"] = "the-key" if act == "create" else None
    if has_total and chance.random() < 0.3:
        options["_request_timeout"] = chance.choice([1.0, 30.0])
    if chance.random() < 0.2:
        options["_preload_content"] = False
    return options


def said_of(result: Any) -> dict[str, Any]:
    """What a result says, read or unread; nothing, if it is no JSON."""
    if not hasattr(result, "read"):
        return dict(result.to_dict(), journalRunNumber=getattr(result, "journal_run_number", None))
    try:
        found = json.loads(result.read())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def wrong_about_success(world: World, act: str, result: Any, is_unread: bool) -> Iterator[str]:
    """What is wrong with a result."""
    said = said_of(result)
    if said.get("success") is False or (is_unread and world.seen[-1] is not Meaning.DONE):
        return  # a failure that the caller wanted as a result, or a body that is the caller's to judge
    if act in ("create", "keyless"):
        if [said.get("journalRunNumber")] != world.commits:
            yield f"it says {said}"
    elif act == "cancel" and not world.commits and not {"CancelInprogress", "Cancelled"} & {*world.has_been}:
        yield "nothing was cancelled"
    elif act == "delete" and not {"DeleteInprogress", None} & {*world.has_been}:
        yield "nothing was deleted"


def wrong_about_failure(world: World, act: str, error: oc.ApiException) -> Iterator[str]:
    """What is wrong with an exception."""
    if error.outcome_unknown is not may_be_done(world, act):
        yield f"outcome_unknown={error.outcome_unknown}"
    if not error.outcome_unknown and world.commits:
        yield "it was done"
    if Meaning.DONE in world.seen:
        yield "an answer was a success"
    if error.idempotency_key != ("the-key" if act == "create" else None):
        yield f"idempotency_key={error.idempotency_key}"
    if not str(error.path).startswith("/v1/journal-runs") or error.method not in ("POST", "PUT", "DELETE"):
        yield f"it tells of {error.method} {error.path}"


def judged(world: World, act: str, outcome: Any, is_unread: bool) -> list[str]:
    """What is wrong with an outcome."""
    world.settle_down()
    wrong = []
    if act in ("create", "keyless") and len(world.commits) > 1:
        wrong.append("it was done twice")
    if isinstance(outcome, oc.ApiException):
        wrong.extend(wrong_about_failure(world, act, outcome))
    elif isinstance(outcome, OwnError):
        wrong.extend(["an own error after an attempt"] if world.seen else [])
    else:
        wrong.extend(wrong_about_success(world, act, outcome, is_unread))
    return wrong


def outcome_of(api: oc.JournalRunsApi, act: str, options: dict[str, Any]) -> Any:
    """The result or the exception of a call."""
    try:
        return call(api, act, **options)
    except (oc.ApiException, OwnError) as error:
        return error


def kind_of(outcome: Any) -> str:
    if isinstance(outcome, oc.ApiException):
        return "unknown" if outcome.outcome_unknown else "not done"
    return "own error" if isinstance(outcome, OwnError) else "result"


def play_in_memory(seed: int, act: str) -> str:
    """One history. A create whose outcome is unknown is made again with its key, as the documents say."""
    chance, clock = random.Random(seed), FrozenClock()
    world = World(seed, act, sleep=clock.sleep)
    api = api_over(InMemoryTransport(world), clock=clock, **settings_of(chance, seed))
    options = options_of(chance, act, has_total=True)
    outcome = outcome_of(api, act, options)
    is_unread = "_preload_content" in options
    assert judged(world, act, outcome, is_unread) == [], f"seed {seed}: {outcome!r} after {world.seen}"
    if act == "create" and kind_of(outcome) == "unknown":
        world.calm_down()
        again = outcome_of(api_over(InMemoryTransport(world)), act, {"idempotency_key": outcome.idempotency_key})
        assert len(world.commits) <= 1, f"seed {seed}: {outcome!r} and then {again!r}"
        if not isinstance(again, oc.ApiException):
            assert world.commits == [again.journal_run_number], f"seed {seed}"
    return kind_of(outcome)


def histories(number: int, seed: int, act: str) -> None:
    kinds = Counter(play_in_memory(seed + index, act) for index in range(number))
    # Enough of each kind, or the model has become too kind or too rough.
    assert all(kinds[kind] > number / 50 for kind in ("result", "not done", "unknown")), kinds


@pytest.mark.parametrize("act", ACTS)
def test_histories(act: str) -> None:
    """Of each act 2,500 histories: ``False`` is proven, ``True`` is all that can be known, and success is one."""
    histories(2500, 20_270_000, act)


@pytest.mark.full
@pytest.mark.parametrize("act", ACTS)
def test_many_histories(act: str) -> None:
    """The same with 10,000 of each."""
    histories(10_000, 30_000_000, act)


class Wire:
    """A world behind a socket.

    :ivar world: the one of the call that is being made.
    """

    def __init__(self) -> None:
        self.world: World

    def __call__(self, request: Request) -> bool:
        """Answer a request as the world does."""
        headers = {"Idempotency-Key": key} if (key := request.headers.get("idempotency-key")) else {}
        sent = Sent(request.method, request.server.url + request.target, Headers(headers), request.body)
        content: Reply | Failure = self.world(sent)
        if isinstance(content, Failure):
            return reset(request)
        return answer(content.status, content.body, dict(content.headers))(request)


def over_sockets(number: int, seed: int) -> None:
    wire = Wire()
    with WireServer([wire]) as server:
        for index in range(seed, seed + number):
            act, chance = ACTS[index % 4], random.Random(index)
            wire.world = World(index, act, is_socket=True, sleep=lambda seconds: None)
            options = options_of(chance, act, has_total=False)
            settings = {"access_token": "token", **settings_of(chance, index)}
            with oc.ApiClient(oc.Configuration(host=server.url, clock=QuickClock(), **settings)) as client:
                outcome = outcome_of(oc.JournalRunsApi(client), act, options)
                wrong = judged(wire.world, act, outcome, "_preload_content" in options)
            assert wrong == [], f"seed {index}: {outcome!r} after {wire.world.seen}"


def test_histories_over_sockets() -> None:
    """Of all acts 400 histories over real connections."""
    over_sockets(400, 40_000_000)


@pytest.mark.full
def test_many_histories_over_sockets() -> None:
    """The same with 2,000."""
    over_sockets(2000, 50_000_000)
