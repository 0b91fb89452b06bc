"""Idempotency keys: in progress, replay in both styles, misuse, and how long they are kept."""

from __future__ import annotations

import json
import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest

from openapi_client.sandbox import Fault
from openapi_client.sandbox.protocol.errors import Refusal
from openapi_client.sandbox.protocol.idempotency import LONGEST_KEY, InProgress, key_of

TIMEOUT_SECONDS = 30


@pytest.mark.parametrize(
    ("method", "value", "key"),
    [
        ("POST", "k", "k"),
        ("PATCH", "k", "k"),
        ("PUT", "k", None),
        ("GET", "k", None),
        ("DELETE", "k", None),
        ("POST", None, None),
        ("POST", "", None),
        ("POST", "k" * LONGEST_KEY, "k" * LONGEST_KEY),
    ],
)
def test_a_key_counts_on_post_and_patch(method, value, key):
    """Other verbs ignore the header."""
    assert key_of(method, value) == key


def test_a_key_in_progress_is_free_again_afterwards():
    """A claim ends with its block, also by an exception."""
    keys = InProgress()
    with pytest.raises(KeyError), keys.claim("k"):
        raise KeyError
    with keys.claim("k"), pytest.raises(Refusal), keys.claim("k"):
        pass
    with keys.claim("k"):
        pass


def test_a_replay_is_the_same_answer(caller, sandbox):
    """Status, body and request id are the first ones, and no second run is made."""
    first, second = caller.create(Idempotency_Key="k"), caller.create(Idempotency_Key="k")
    assert (second.status, second.data) == (200, first.data)
    assert second.headers["Zuora-Request-Id"] == first.headers["Zuora-Request-Id"]
    assert len(sandbox.runs()) == 1


def test_a_replay_may_come_as_409(sandbox_with, caller_of):
    """In the other style of the vendor's guides the first body comes with status 409."""
    sandbox = sandbox_with(replay="conflict")
    caller = caller_of(sandbox)
    first, second = caller.create(Idempotency_Key="k"), caller.create(Idempotency_Key="k")
    assert (first.status, second.status, second.data) == (200, 409, first.data)
    assert len(sandbox.runs()) == 1


@pytest.mark.parametrize(("version", "status"), [("2025-08-12", 400), ("341.0", 200)])
def test_a_failure_is_replayed_too(caller, version, status):
    """The first answer is kept whatever it was, even when the reason is gone."""
    caller.version = version
    first = caller.create({"journalEntryDate": "2026-06-30"}, Idempotency_Key="k")
    second = caller.create(Idempotency_Key="k")
    assert (first.status, second.status, second.data) == (status, status, first.data)


def test_another_body_under_the_same_key_is_a_replay(caller, order):
    """The key alone decides; nothing says that bodies are compared."""
    first = caller.create(order, Idempotency_Key="k")
    second = caller.create({**order, "journalEntryDate": "2026-06-29"}, Idempotency_Key="k")
    assert second.data == first.data


def test_a_replay_echoes_the_track_id_of_its_own_request(caller):
    """The label belongs to a request, not to the kept answer."""
    first = caller.create(Idempotency_Key="k", Zuora_Track_Id="one")
    second = caller.create(Idempotency_Key="k", Zuora_Track_Id="two")
    third = caller.create(Idempotency_Key="k")
    assert [each.headers.get("Zuora-Track-Id") for each in (first, second, third)] == ["one", "two", None]


@pytest.mark.parametrize("version", ["2025-08-12", "341.0"])
def test_a_key_used_for_another_url_is_422(caller, run_completed, version):
    """A key belongs to its URL, under every version."""
    caller.version = version
    caller.create(Idempotency_Key="k")
    answer = caller.call("POST", f"/v1/journal-runs/{run_completed}", {}, Idempotency_Key="k")
    assert (answer.status, answer.body["success"]) == (422, False)


def test_a_key_used_for_another_query_is_422(caller):
    """The query is part of the URL."""
    caller.create(Idempotency_Key="k")
    assert caller.call("POST", "/v1/journal-runs?a=1", {}, Idempotency_Key="k").status == 422


def test_a_key_used_for_another_method_is_422(caller):
    """A key belongs to its verb."""
    caller.create(Idempotency_Key="k")
    assert caller.call("PATCH", "/v1/journal-runs", {}, Idempotency_Key="k").status == 422


def test_a_key_used_in_another_entity_is_422(sandbox_with, caller_of):
    """A key belongs to its tenant."""
    caller = caller_of(sandbox_with(entities=("a", "b")))
    caller.create(Idempotency_Key="k", Zuora_Entity_Ids="a")
    assert caller.create(Idempotency_Key="k", Zuora_Entity_Ids="b").status == 422


def test_different_keys_are_different_requests(caller):
    """A second key is answered on its own, here by the rule of one active run."""
    assert caller.create(Idempotency_Key="k").status == 200
    assert caller.create(Idempotency_Key="l").status == 400


def test_keys_are_kept_for_24_hours_of_the_sandbox_clock(caller, sandbox, clock):
    """A second before the end it is a replay, at the end a new request."""
    first = caller.create(Idempotency_Key="k")
    clock.advance(24 * 3600 - 1)
    caller.forget_token()
    assert caller.create(Idempotency_Key="k").data == first.data
    clock.advance(1)
    caller.forget_token()
    assert caller.create(Idempotency_Key="k").body["journalRunNumber"] == "JR-00000002"


def test_the_longest_key_is_taken(caller):
    """255 characters are allowed."""
    assert caller.create(Idempotency_Key="k" * 255).status == 200


def test_a_longer_key_is_refused(caller, sandbox):
    """256 characters are not."""
    answer = caller.create(Idempotency_Key="k" * 256)
    assert (answer.status, answer.codes) == (400, [50000020])
    assert sandbox.runs() == []


def test_a_refused_sign_in_uses_up_no_key(caller, sandbox):
    """What never reached the API is not kept."""
    assert caller.create(Idempotency_Key="k", Authorization="Bearer wrong").status == 401
    assert caller.create(Idempotency_Key="k").status == 200


def test_a_key_is_in_progress_while_its_request_is_delayed(sandbox, caller, asking, eventually, order):
    """From its arrival: an equal one is told so, and has the first one's answer once that is done."""
    sandbox.faults.add(Fault("latency", "POST", delay=600, times=1))
    first = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    with asking(sandbox, caller.token, "POST", "/v1/journal-runs", json.dumps(order), first):
        eventually(lambda: not sandbox.faults.active)
        assert [caller.create(Idempotency_Key="k").status for _ in range(5)] == [409] * 5
    eventually(lambda: caller.create(Idempotency_Key="k").status == 200)
    assert len(sandbox.runs()) == 1


def test_a_get_with_a_key_is_not_kept(caller, run_pending, clock):
    """The header does nothing on a GET."""
    assert caller.get(run_pending, Idempotency_Key="k").body["status"] == "Pending"
    clock.advance(1)
    assert caller.get(run_pending, Idempotency_Key="k").body["status"] == "Processing"


@pytest.mark.parametrize("version", ["2025-08-12", "341.0"])
def test_a_key_in_progress_is_409(sandbox_with, caller_of, locked, tmp_path, version):
    """While the first request works, the second is told so; afterwards it is a replay."""
    path = tmp_path / "sandbox.db"
    caller = caller_of(sandbox_with(db=path))
    caller.version = version
    assert caller.token
    with ThreadPoolExecutor(2) as threads, locked(path):
        both = [threads.submit(caller.create, Idempotency_Key="k") for _ in range(2)]
        answered, working = wait(both, TIMEOUT_SECONDS, FIRST_COMPLETED)
    assert (len(answered), len(working)) == (1, 1)
    refused, first = answered.pop().result(), working.pop().result(TIMEOUT_SECONDS)
    assert (refused.status, refused.body["success"]) == (409, False)
    assert not str(refused.codes[0]).endswith("50")
    assert first.status == 200
    assert caller.create(Idempotency_Key="k").data == first.data


def test_of_many_at_once_one_works(sandbox, caller):
    """Sixteen requests with one key make one run; each gets its answer, or 409 while it is made."""
    assert caller.token
    start = threading.Barrier(16, timeout=TIMEOUT_SECONDS)

    def create(_):
        start.wait()
        return caller.create(Idempotency_Key="k")

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(create, range(16)))
    made = {answer.data for answer in answers if answer.status == 200}
    assert len(made) == len(sandbox.runs()) == 1
    assert {answer.status for answer in answers} <= {200, 409}
    assert json.loads(made.pop())["journalRunNumber"] == "JR-00000001"
