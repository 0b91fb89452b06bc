"""``openapi_client/sandbox/journal_runs/expectations.py``: what a test expects, and what it is told."""

from __future__ import annotations

import datetime

import pytest

import openapi_client
from openapi_client.sandbox import Fault


@pytest.fixture
def failure(sandbox):
    """Expect something, and return what the failure says."""

    def expect(*arguments, **fields):
        with pytest.raises(AssertionError) as caught:
            sandbox.assert_created(*arguments, **fields)
        return str(caught.value)

    return expect


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"accounting_period_name": "Jun 2026"},
        {"accountingPeriodName": "Jun 2026", "journalEntryDate": "2026-06-30"},
        {"journal_entry_date": datetime.date(2026, 6, 30)},
        {
            "transaction_types": [
                {"type": "Invoice Item"},
                {"type": openapi_client.JournalRunTransactionType("External Payment")},
            ]
        },
    ],
)
def test_a_run_is_found_by_any_of_its_fields(sandbox, run_pending, expected):
    """Named as in Python or as on the wire, as text or as a value."""
    assert sandbox.assert_created(**expected) == [run_pending]
    assert sandbox.assert_created(expected) == [run_pending]


def test_a_run_is_found_by_the_request_that_made_it(sandbox, run_pending, order):
    """The model or the dict that the code under test sends."""
    model = openapi_client.POSTJournalRunType(
        accounting_period_name="Jun 2026",
        journal_entry_date="2026-06-30",
        transaction_types=[{"type": "Invoice Item"}, {"type": "External Payment"}],
    )
    assert sandbox.assert_created(model) == sandbox.assert_created(order) == [run_pending]


def test_the_failure_names_what_differs_and_what_was_sent(failure, run_pending):
    """One reads the field, its value, and the request."""
    assert failure(accounting_period_name="Jul 2026", journal_entry_date="2026-06-30").splitlines() == [
        (
            'expected 1 journal run created with {"accountingPeriodName": "Jul 2026", '
            '"journalEntryDate": "2026-06-30"}, found 0'
        ),
        f"  {run_pending} differs:",
        '    accountingPeriodName: "Jun 2026", expected "Jul 2026"',
        "sent:",
        "  POST /v1/journal-runs -> 200",
        (
            '    {"journalEntryDate": "2026-06-30", "accountingPeriodName": "Jun 2026", "transactionTypes": '
            '[{"type": "Invoice Item"}, {"type": "External Payment"}]}'
        ),
    ]


def test_the_failure_tells_refusals_and_faults(failure, sandbox, caller):
    """A create that did not work is there with the reason."""
    caller.create({"journalEntryDate": "2026-06-30"})
    sandbox.faults.add(Fault("unavailable"))
    caller.create()
    said = failure()
    assert "expected 1 journal run created, found 0" in said
    assert "POST /v1/journal-runs -> 400: transactionTypes may not be null" in said
    assert "POST /v1/journal-runs -> 503 (fault unavailable)" in said


def test_the_failure_tells_when_nothing_was_sent(failure, caller):
    """Neither a create, nor anything at all."""
    assert failure().splitlines()[1:] == ["nothing was sent"]
    caller.get("JR-1")
    assert failure().splitlines()[1:] == [
        "no create request was sent, only:",
        "  POST /oauth/token -> 200",
        "    " + f"client_id={caller._id}&client_secret=***&grant_type=client_credentials",
        "  GET /v1/journal-runs/JR-1 -> 404: Cannot find entity by key: 'JR-1'.",
    ]


def test_a_second_run_is_noticed(failure, sandbox, run_completed, caller):
    """Two runs where one was expected are a failure that shows both."""
    second = caller.create().body["journalRunNumber"]
    said = failure()
    assert "expected 1 journal run created, found 2" in said
    assert f"  {run_completed} fits\n  {second} fits\n" in said
    assert sandbox.assert_created(times=2) == [run_completed, second]


def test_a_repeated_request_is_no_second_run(sandbox, caller):
    """The same key, the same run."""
    for _ in range(2):
        caller.create(Idempotency_Key="once")
    assert len(sandbox.assert_created()) == 1


def test_a_run_whose_answer_was_lost_counts(sandbox, caller):
    """It is there, whoever heard of it."""
    sandbox.faults.add(Fault("internal-error", commits=True))
    caller.create()
    assert sandbox.assert_created(
        accounting_period_name="Jun 2026", transaction_types=[{"type": "Invoice Item"}, {"type": "External Payment"}]
    ) == ["JR-00000001"]


def test_a_deleted_run_was_created(sandbox, run_deleting, clock):
    """What is gone was there."""
    clock.advance(1)
    assert sandbox.runs() == []
    assert sandbox.assert_created() == [run_deleting]


def test_planted_runs_do_not_count(sandbox_with, order):
    """Initial runs and added ones were not created by the code under test, after a reset either."""
    sandbox = sandbox_with(initial={"runs": [{**order, "status": "Completed"}]})
    sandbox.add_run({**order, "status": "Error"})
    assert sandbox.assert_created(times=0) == []
    sandbox.reset()
    assert sandbox.assert_created(times=0) == []


@pytest.mark.parametrize(
    ("method", "path", "count"),
    [
        ("POST", "*", 2),
        ("post", "/v1/journal-runs", 1),
        ("*", "/v1/*", 2),
        ("GET", "/v1/journal-runs/JR-00000001", 1),
        ("GET", "/v1/journal-runs/JR-00000001?a=b", 1),
        ("GET", "/v1/journal-runs/JR-00000001?a=c", 0),
        ("*", "*", 3),
    ],
)
def test_requests_are_found_by_method_and_path(sandbox, caller, run_pending, method, path, count):
    """The query counts only when one asks for it."""
    caller.call("GET", f"/v1/journal-runs/{run_pending}?a=b")
    assert len(sandbox.requests_to(method, path)) == count
