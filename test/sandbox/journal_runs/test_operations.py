"""The four operations over HTTP: answers, lifecycle, refusals."""

from __future__ import annotations

import gzip
import json

import pytest

from openapi_client.sandbox import Timing


def entries_of(sandbox, number):
    return [(each.status, each.transferred_to_accounting) for each in sandbox.run(number).entries]


def test_a_create_answers_with_the_number(caller):
    """The body is the number and the flag, nothing else."""
    answer = caller.create()
    assert answer.status == 200
    assert answer.body == {"journalRunNumber": "JR-00000001", "success": True}


def test_numbers_ascend(caller, clock):
    """Each run has the next number of eight digits."""
    numbers = []
    for _ in range(3):
        numbers.append(caller.create().body["journalRunNumber"])
        clock.advance(3)
    assert numbers == ["JR-00000001", "JR-00000002", "JR-00000003"]


def test_a_new_run_shows_every_field(caller, run_pending):
    """All fields of the specification, with the moment of execution still open."""
    assert caller.get(run_pending).body == {
        "aggregateCurrency": False,
        "executedOn": None,
        "journalEntryDate": "2026-06-30",
        "number": run_pending,
        "segmentationRuleName": "Default Rule",
        "status": "Pending",
        "success": True,
        "targetEndDate": "2026-06-30",
        "targetStartDate": "2026-06-01",
        "totalJournalEntryCount": 0,
        "transactionTypes": [{"type": "Invoice Item"}, {"type": "External Payment"}],
    }


def test_a_completed_run_shows_its_results(caller, run_completed):
    """The time of execution has the vendor's form, and each type made an entry."""
    shown = caller.get(run_completed).body
    assert shown["executedOn"] == "2026-06-15 12:00:01"
    assert (shown["status"], shown["totalJournalEntryCount"]) == ("Completed", 2)


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(0, "Pending"), (0.9, "Pending"), (1, "Processing"), (2.9, "Processing"), (3, "Completed"), (1e6, "Completed")],
)
def test_the_clock_moves_a_run(caller, run_pending, clock, seconds, status):
    """A run waits a second, works for two, and is done."""
    clock.advance(seconds)
    caller.forget_token()
    assert caller.status_of(run_pending) == status


def test_the_timing_can_be_chosen(sandbox_with, caller_of, clock):
    """Without any waiting, a run is completed when it is first looked at."""
    caller = caller_of(sandbox_with(timing=Timing(0, 0, 0, 0)))
    number = caller.create().body["journalRunNumber"]
    assert caller.status_of(number) == "Completed"
    caller.cancel(number)
    assert caller.status_of(number) == "Cancelled"
    caller.delete(number)
    assert caller.get(number).status == 404


@pytest.mark.parametrize("body", [{}, {"surprise": 1}, b"{}"])
def test_a_cancel_takes_a_json_object(caller, run_completed, body):
    """``{}`` is the safe form; what is in it does not matter."""
    answer = caller.cancel(run_completed, body)
    assert (answer.status, answer.body) == (200, {"success": True})


@pytest.mark.parametrize("media_type", ["", "application/json", "text/plain"])
def test_a_cancel_needs_no_body(caller, run_completed, media_type):
    """The specification defines none, and without one its type does not matter."""
    assert caller.cancel(run_completed, Content_Type=media_type).status == 200


@pytest.mark.parametrize(("body", "code"), [(b"{", 50000090), (b"[]", 50000020)])
def test_a_cancel_refuses_a_broken_body(caller, run_completed, sandbox, body, code):
    """What is sent has to be a JSON object."""
    answer = caller.cancel(run_completed, body)
    assert (answer.status, answer.codes) == (400, [code])
    assert sandbox.run(run_completed).status.value == "Completed"


def test_a_cancel_refuses_another_media_type(caller, run_completed):
    """A body of another type is 415."""
    answer = caller.cancel(run_completed, b"a=1", Content_Type="text/plain")
    assert (answer.status, answer.codes) == (415, [50000045])


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/json"])
@pytest.mark.parametrize(("version", "status"), [("2025-08-12", 415), ("341.0", 200)])
def test_a_strict_tenant_wants_a_json_body(sandbox_with, caller_of, clock, media_type, version, status):
    """As observed for other Zuora PUTs: 415 unless ``{}`` is sent as JSON."""
    sandbox = sandbox_with(strict=True)
    caller = caller_of(sandbox)
    number = caller.create().body["journalRunNumber"]
    answer = caller.cancel(number, Content_Type=media_type, Zuora_Version=version)
    assert (answer.status, answer.codes) == (status, [50000045])
    assert caller.cancel(number, {}).body == {"success": True}


def test_a_cancel_is_asynchronous(caller, run_completed, clock, sandbox):
    """It is accepted at once and done after its time."""
    caller.cancel(run_completed)
    assert caller.status_of(run_completed) == "CancelInprogress"
    assert {status for status, _ in entries_of(sandbox, run_completed)} == {"Created"}
    clock.advance(1)
    assert caller.status_of(run_completed) == "Cancelled"
    assert {status for status, _ in entries_of(sandbox, run_completed)} == {"Cancelled"}


def test_a_cancelled_pending_run_never_works(caller, run_pending, clock, sandbox):
    """Cancelling stops a waiting run for good: no execution, no entries."""
    assert caller.cancel(run_pending).status == 200
    clock.advance(1000)
    shown = caller.get(run_pending).body
    assert (shown["status"], shown["executedOn"], shown["totalJournalEntryCount"]) == ("Cancelled", None, 0)
    assert sandbox.run(run_pending).entries == ()


def test_a_failed_run_can_be_cancelled(caller, run_in_error, clock):
    """Error is one of the three statuses."""
    assert caller.cancel(run_in_error).status == 200
    clock.advance(1)
    assert caller.status_of(run_in_error) == "Cancelled"


def test_a_partial_cancel_leads_back_to_completed(caller, run_partly_cancelled, sandbox):
    """An entry that was transferred stays created, the others are cancelled."""
    assert caller.status_of(run_partly_cancelled) == "Completed"
    assert entries_of(sandbox, run_partly_cancelled) == [("Created", "Yes"), ("Cancelled", "No")]


def test_a_partly_cancelled_run_cannot_be_deleted(caller, run_partly_cancelled):
    """It is Completed, and only a cancelled run can be deleted."""
    assert caller.delete(run_partly_cancelled).codes == [50000030]


def test_a_partly_cancelled_run_can_be_cancelled_again(caller, run_partly_cancelled, clock):
    """The same entry stops it again."""
    assert caller.cancel(run_partly_cancelled).status == 200
    clock.advance(1)
    assert caller.status_of(run_partly_cancelled) == "Completed"


def test_a_delete_answers_200_with_a_body(caller, run_cancelled):
    """Not 204, as the specification says for journal runs."""
    answer = caller.delete(run_cancelled)
    assert (answer.status, answer.body) == (200, {"success": True})


def test_a_delete_is_asynchronous(caller, run_deleting, clock, sandbox):
    """The run is shown until it is gone, and then by no operation."""
    assert caller.status_of(run_deleting) == "DeleteInprogress"
    clock.advance(1)
    for act in (caller.get, caller.cancel, caller.delete):
        answer = act(run_deleting)
        assert (answer.status, answer.codes) == (404, [50000040])
        assert answer.messages == [f"Cannot find entity by key: '{run_deleting}'."]
    assert sandbox.runs() == []


def test_a_deleted_number_is_not_used_again(caller, run_deleting, clock):
    """The next run gets the next number."""
    clock.advance(1)
    assert caller.create().body["journalRunNumber"] == "JR-00000002"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("run_processing", "Processing"),
        ("run_cancelling", "CancelInprogress"),
        ("run_cancelled", "Cancelled"),
        ("run_deleting", "DeleteInprogress"),
    ],
)
def test_a_cancel_in_a_wrong_status_is_refused(caller, request, state, status):
    """Only Pending, Error and Completed can be cancelled; a refusal changes nothing."""
    number = request.getfixturevalue(state)
    answer = caller.cancel(number)
    assert (answer.status, answer.codes) == (400, [50000030])
    assert status in answer.messages[0]
    assert caller.status_of(number) == status


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("run_pending", "Pending"),
        ("run_processing", "Processing"),
        ("run_completed", "Completed"),
        ("run_in_error", "Error"),
        ("run_cancelling", "CancelInprogress"),
        ("run_deleting", "DeleteInprogress"),
    ],
)
def test_a_delete_in_a_wrong_status_is_refused(caller, request, state, status):
    """Only Cancelled can be deleted; a refusal changes nothing."""
    number = request.getfixturevalue(state)
    answer = caller.delete(number)
    assert (answer.status, answer.codes) == (400, [50000030])
    assert status in answer.messages[0]
    assert caller.status_of(number) == status


@pytest.mark.parametrize("state", ["run_pending", "run_processing"])
def test_a_second_run_has_to_wait(caller, request, state):
    """While one is Pending or Processing, no other can be made."""
    number = request.getfixturevalue(state)
    answer = caller.create()
    assert (answer.status, answer.codes) == (400, [50000030])
    assert number in answer.messages[0]


@pytest.mark.parametrize(
    "state",
    ["run_completed", "run_in_error", "run_cancelling", "run_cancelled", "run_deleting", "run_partly_cancelled"],
)
def test_a_run_that_is_over_blocks_nothing(caller, request, state):
    """In every other status the next run can be made."""
    request.getfixturevalue(state)
    assert caller.create().status == 200


def test_a_refused_create_makes_nothing(caller, sandbox, order):
    """No run, and no number is lost."""
    order["journalEntryDate"] = "tomorrow"
    answer = caller.create(order)
    assert (answer.status, answer.codes) == (400, [50000020])
    assert sandbox.runs() == []
    assert caller.create().body["journalRunNumber"] == "JR-00000001"


def test_several_reasons_come_together(caller):
    """Every mistake of a request is told, in one answer."""
    assert caller.create({"x": 1}).codes == [50000022, 50000022, 50000022]


def test_an_unknown_period_is_not_found(caller, order):
    """The first reason decides the status."""
    order["accountingPeriodName"] = "Jun 1999"
    answer = caller.create(order)
    assert (answer.status, answer.messages) == (404, ["Cannot find entity by key: 'Jun 1999'."])


def test_half_a_character_is_echoed_somehow(caller, order):
    """A name with a lone surrogate is refused like any other name."""
    order["accountingPeriodName"] = "\ud83d"
    assert caller.create(order).status == 404


def test_a_compressed_body_is_read(caller, sandbox, order):
    """A request may be gzipped."""
    data = gzip.compress(json.dumps(order).encode())
    assert caller.create(data, Content_Encoding="gzip").status == 200
    assert len(sandbox.runs()) == 1


def test_a_body_that_is_too_large_is_413(caller):
    """The gateway refuses a million spaces and one."""
    assert caller.create(b" " * 1_000_001).status == 413


def test_a_create_needs_a_json_media_type(caller):
    """Without it the answer is 415."""
    answer = caller.create(Content_Type="text/plain")
    assert (answer.status, answer.codes) == (415, [50000045])


@pytest.mark.parametrize(("accepted", "is_compressed"), [("gzip", True), ("", False), ("identity", False)])
def test_a_large_answer_is_compressed_when_asked(caller, order, accepted, is_compressed):
    """Above 1000 bytes, and only then."""
    order["transactionTypes"] *= 25
    number = caller.create(order).body["journalRunNumber"]
    answer = caller.get(number, Accept_Encoding=accepted)
    assert ("Content-Encoding" in answer.headers) is is_compressed
    plain = gzip.decompress(answer.data) if is_compressed else answer.data
    assert len(plain) > 1000
    assert json.loads(plain)["number"] == number


def test_a_small_answer_is_never_compressed(caller, run_pending):
    """An ordinary run stays below the limit."""
    assert "Content-Encoding" not in caller.get(run_pending, Accept_Encoding="gzip").headers


def test_types_come_back_as_ordered(caller, order):
    """Order and repetition are kept, and each type makes one entry."""
    kinds = [{"type": each} for each in ("Taxation Item", "Invoice Item", "Taxation Item")]
    number = caller.create({**order, "transactionTypes": kinds}).body["journalRunNumber"]
    assert caller.get(number).body["transactionTypes"] == kinds
