"""Periods, runs and entries that a sandbox starts with."""

from __future__ import annotations

import pytest

from openapi_client.sandbox import Sandbox
from openapi_client.sandbox.journal_runs.seeding import SEEDING

RUN = {
    "journalEntryDate": "2026-03-31",
    "accountingPeriodName": "Mar 2026",
    "transactionTypes": [{"type": "Invoice Item"}, {"type": "External Payment"}],
}
SEED = {
    "periods": [{"name": "FY26 P13", "start": "2026-06-01", "end": "2026-06-30", "state": "PendingClose"}],
    "runs": [
        {**RUN, "status": "Completed"},
        {
            **RUN,
            "status": "Cancelled",
            "entries": [{"type": "Invoice Item", "status": "Cancelled", "transferredToAccounting": "Ignore"}],
        },
        {**RUN, "accountingPeriodName": "FY26 P13", "status": "Pending"},
    ],
}


@pytest.fixture
def seeded(sandbox_with):
    """A sandbox that started with the whole example."""
    return sandbox_with(initial=SEED)


def test_runs_stand_where_the_seed_says(seeded):
    """With the entries they would have made, or those given."""
    runs = seeded.runs()
    assert [(run.number, run.status.value) for run in runs] == [
        ("JR-00000001", "Completed"),
        ("JR-00000002", "Cancelled"),
        ("JR-00000003", "Pending"),
    ]
    assert [len(run.entries) for run in runs] == [2, 1, 0]
    entry = runs[1].entries[0]
    assert (entry.number, entry.status, entry.transferred_to_accounting) == ("JE-00000003", "Cancelled", "Ignore")
    assert (runs[2].order.target_start_date, runs[2].order.target_end_date) == ("2026-06-01", "2026-06-30")


def test_a_seeded_run_goes_on_by_the_clock(seeded, clock):
    """As one that was created."""
    clock.advance(3)
    assert seeded.run("JR-00000003").status.value == "Completed"
    assert [each.status.value for each in seeded.history("JR-00000003")] == ["Pending", "Processing", "Completed"]


def test_a_seeded_run_can_be_used(seeded, caller_of):
    """Read, cancelled and deleted over HTTP."""
    caller = caller_of(seeded)
    assert caller.get("JR-00000001").body["totalJournalEntryCount"] == 2
    assert caller.cancel("JR-00000001").status == 200
    assert caller.delete("JR-00000002").status == 200


def test_the_calendar_is_there_as_well(seeded, caller_of, clock):
    """A seed adds periods to those that every sandbox has."""
    clock.advance(3)
    assert caller_of(seeded).create().status == 200


def test_a_run_can_be_added_later(sandbox):
    """In any status, with a number of its own."""
    assert sandbox.add_run({**RUN, "status": "Error"}) == "JR-00000001"
    assert sandbox.add_run(RUN) == "JR-00000002"
    assert [run.status.value for run in sandbox.runs()] == ["Error", "Pending"]
    with pytest.raises(ValueError, match=r"the run.status should not be Pending: JR-00000002 is active already"):
        sandbox.add_run(RUN)


def test_entities_are_kept_apart(sandbox_with):
    """Each may have an active run."""
    one, two = "2c92c8f8-0000-0000-0000-000000000001", "2c92c8f8-0000-0000-0000-000000000002"
    runs = [{**RUN, "entity": entity} for entity in (one, two)]
    assert [run.entity for run in sandbox_with(entities=(one, two), initial={"runs": runs}).runs()] == [one, two]


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ({"runs": {}}, "runs should be a list"),
        ({"runs": [1]}, r"runs\[0\] should be a JSON object"),
        ({"runs": [RUN, {**RUN, "status": "Done"}]}, r"runs\[1\].status should be one of: Pending, Processing, "),
        ({"runs": [{**RUN, "number": "JR-1"}]}, r"runs\[0\] has an unknown field 'number'; known are: status, "),
        ({"runs": [{**RUN, "entries": [{"type": ""}]}]}, r"runs\[0\].entries\[0\].type should be a transaction type"),
        ({"runs": [{**RUN, "entries": [{"type": "Invoice Item"}]}]}, r"runs\[0\].entries should be left out"),
        (
            {"runs": [{**RUN, "status": "Error", "entries": [{"type": "X", "transferredToAccounting": "yes"}]}]},
            r"entries\[0\].transferredToAccounting should be one of: No, Processing, Yes, Error, Ignore",
        ),
        ({"periods": [{"start": "2026-01-01"}]}, r"periods\[0\].name should be a text"),
        ({"periods": [{"name": 1, "start": "2026-01-01"}]}, r"periods\[0\].name should be a text"),
        ({"periods": [{"name": "X"}]}, r"periods\[0\].start should be a date such as 2026-03-01"),
        ({"periods": [{"name": "X", "start": "2026-02-30"}]}, r"periods\[0\].start should be a date"),
        ({"periods": [{"name": "X", "start": "20260201"}]}, r"periods\[0\].start should be a date"),
        ({"periods": [{"name": "X", "start": 1}]}, r"periods\[0\].start should be a date"),
        ({"periods": [{"name": "X", "start": "2026-02-01", "end": "2026-01-01"}]}, r"periods\[0\].end should not be"),
        ({"periods": [{"name": "X", "start": "2026-02-01", "state": "Shut"}]}, r"periods\[0\].state should be one of"),
    ],
)
def test_a_wrong_value_is_explained(document, complaint):
    """The message names the place and what is allowed there."""
    with pytest.raises(ValueError, match=complaint):
        SEEDING.read(document)


@pytest.mark.parametrize(
    ("run", "complaint"),
    [
        ({**RUN, "accountingPeriodName": "Mar 1999"}, r"runs\[0\]: .*Mar 1999"),
        ({**RUN, "journalEntryDate": "soon"}, r"runs\[0\]: .*journalEntryDate"),
        ({**RUN, "transactionTypes": [{"type": "Coffee"}]}, r"runs\[0\]: .*type"),
        ({**RUN, "entity": "x"}, r"runs\[0\].entity should be one of: \(left out\)"),
    ],
)
def test_a_run_obeys_the_rules_of_a_create(run, complaint, clock):
    """What the API would refuse, a seed cannot hold; the sandbox does not start."""
    with pytest.raises(ValueError, match=complaint):
        Sandbox(clock=clock, initial={"runs": [run]})
