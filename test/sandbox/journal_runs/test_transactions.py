"""Transactions: which a run collects, that no two entries hold one, and that a cancelled entry frees its own."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from openapi_client.sandbox import Sandbox, SandboxClock

JUNE = (date(2026, 6, 1), date(2026, 6, 30))
TYPES = ("Invoice Item", "External Payment")


@pytest.fixture
def complete(caller, clock):
    """Create a run, let it complete, and return its number and how many entries it made."""

    def run(body=None):
        number = caller.create(body).body["journalRunNumber"]
        clock.advance(3)
        shown = caller.get(number).body
        assert shown["status"] == "Completed"
        return number, shown["totalJournalEntryCount"]

    return run


@pytest.fixture
def cancel(caller, clock):
    def run(number):
        assert caller.cancel(number).status == 200
        clock.advance(1)

    return run


def test_a_second_run_collects_nothing(complete, caller):
    """What is in an entry waits for no run."""
    assert [complete()[1] for _ in range(2)] == [2, 0]


def test_another_period_or_type_has_its_own(complete, order):
    """A run takes what is in its days and of its types."""
    complete()
    assert complete({**order, "accountingPeriodName": "May 2026"})[1] == 2
    assert complete({**order, "transactionTypes": [*order["transactionTypes"], {"type": "Taxation Item"}]})[1] == 1


def test_a_cancel_frees_them(complete, cancel, caller, clock):
    """The next run collects them again; a deleted run's stay free."""
    first, _ = complete()
    cancel(first)
    second, count = complete()
    assert count == 2
    cancel(second)
    caller.delete(second)
    clock.advance(1)
    assert complete()[1] == 2


def test_a_partial_cancel_frees_what_was_cancelled(run_partly_cancelled, complete, sandbox):
    """Not what was transferred to accounting."""
    assert complete()[1] == 1
    assert [each.transaction_type for each in sandbox.runs()[1].entries] == ["External Payment"]


def test_a_run_that_fails_or_waits_holds_nothing(caller, sandbox, clock, complete):
    """Entries are made at the end."""
    number = caller.create().body["journalRunNumber"]
    clock.advance(2)
    sandbox.fail(number)
    assert complete()[1] == 2


def test_days_within_a_period_leave_the_rest(complete, order):
    """A run for some days collects theirs only."""
    del order["accountingPeriodName"]
    assert complete({**order, "targetStartDate": "2026-06-30", "targetEndDate": "2026-06-30"})[1] == 2
    found = complete()[1]
    assert found <= 2
    assert complete()[1] == 0


def test_they_follow_from_the_seed(sandbox_with):
    """The same seed makes the same ones, and another one others; without a seed, all sandboxes have the same."""
    made = [sandbox_with(seed=seed).transactions(*JUNE) for seed in (None, None, 7, 7, 8)]
    assert made[0] == made[1] != made[2] == made[3] != made[4]
    assert {each.type for each in made[0]} >= set(TYPES)
    assert all(JUNE[0] <= each.day <= JUNE[1] and each.amount > 0 and each.entry is None for each in made[0])
    assert len({each.number for each in made[0]}) == len(made[0])


def test_what_holds_them_is_told(sandbox, complete):
    """Each names its journal entry, and each entry has some."""
    complete()
    held = {each.type: each.entry for each in sandbox.transactions(*JUNE) if each.entry}
    assert held == {"Invoice Item": "JE-00000001", "External Payment": "JE-00000002"}


def test_one_that_is_added_is_collected(sandbox, complete):
    """By the next run, also when the others are in entries."""
    complete()
    added = sandbox.add_transaction("External Payment", date(2026, 6, 15), "12.50")
    assert (added.number, added.amount) == ("TX-00000001", Decimal("12.50"))
    _, count = complete()
    assert count == 1
    assert [each.entry for each in sandbox.transactions(*JUNE) if each.number == added.number] == ["JE-00000003"]


def test_a_tenant_may_have_only_what_is_added(sandbox_with, caller_of, clock):
    """From a seed; and a reset goes back to them."""
    seed = {"transactions": [{"type": "Invoice Item", "date": "2026-06-15", "amount": 99.5}]}
    sandbox = sandbox_with(transactions="added", initial=seed)
    for _ in range(2):
        caller = caller_of(sandbox)
        for count in (1, 0):
            number = caller.create().body["journalRunNumber"]
            clock.advance(3)
            assert caller.get(number).body["totalJournalEntryCount"] == count
        sandbox.reset()


def test_a_tenant_may_never_run_out(sandbox_with, caller_of, clock):
    """Every run finds one of each type."""
    caller = caller_of(sandbox_with(transactions="endless"))
    for _ in range(3):
        number = caller.create().body["journalRunNumber"]
        clock.advance(3)
        assert caller.get(number).body["totalJournalEntryCount"] == 2


def test_a_seeded_run_holds_what_it_would_have_collected(sandbox_with, caller_of, order, clock):
    """Unless its entries are cancelled."""
    runs = [{**order, "status": "Completed"}, {**order, "accountingPeriodName": "May 2026", "status": "Cancelled"}]
    caller = caller_of(sandbox_with(initial={"runs": runs}))
    for period, count in (("Jun 2026", 0), ("May 2026", 2)):
        number = caller.create({**order, "accountingPeriodName": period}).body["journalRunNumber"]
        clock.advance(3)
        assert caller.get(number).body["totalJournalEntryCount"] == count


def test_each_entity_and_organization_has_its_own(sandbox_with, caller_of, order, clock):
    """What one run collects is there for the run of another organization."""
    caller = caller_of(sandbox_with(organizations={"o1": "One", "o2": "Two"}))
    counts = []
    for organization in ("o1", "o2", "o1"):
        body = {**order, "organizationLabels": [{"organizationId": organization}]}
        number = caller.create(body).body["journalRunNumber"]
        clock.advance(3)
        counts.append(caller.get(number).body["totalJournalEntryCount"])
    assert counts == [2, 2, 0]


def test_they_are_kept_in_a_file(tmp_path, caller_of, clock):
    """Another sandbox on it knows what is collected and what was added."""
    counts = []
    for _ in range(2):
        with Sandbox(tmp_path / "sandbox.db", clock=clock, transactions="added") as sandbox:
            if not counts:
                sandbox.add_transaction("Invoice Item", date(2026, 6, 15))
            caller = caller_of(sandbox)
            number = caller.create().body["journalRunNumber"]
            clock.advance(3)
            counts.append(caller.get(number).body["totalJournalEntryCount"])
    assert counts == [1, 0]


def test_a_period_of_a_thousand_years_is_no_obstacle(sandbox, complete, order):
    """Up to the last day there is."""
    sandbox.add_period("Ages", date(2026, 1, 1), date(9999, 12, 31))
    sandbox.add_period("End", date(9999, 12, 1), date(9999, 12, 31))
    for name in ("End", "Ages"):
        complete({**order, "accountingPeriodName": name})


def test_programs_list_and_add_them(caller, run_completed):
    """Below the control endpoints."""
    body = json.dumps({"type": "Invoice Item", "date": "2026-06-15", "amount": "12.50"})
    added = caller.send("POST", "/_sandbox/transactions", body).body
    assert added == {"number": "TX-00000001", "type": "Invoice Item", "date": "2026-06-15", "amount": "12.50",
                     "entity": "", "organization": "", "entry": None}  # fmt: skip
    listed = caller.send("GET", "/_sandbox/transactions?start=2026-06-01&end=2026-06-30").body["transactions"]
    assert added in listed
    assert {each["entry"] for each in listed} == {None, "JE-00000001", "JE-00000002"}


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"type": "Rent", "date": "2026-06-15"}, "the transaction.type should be one of: Invoice Item, "),
        ({"type": "Invoice Item"}, "the transaction.date should be a date"),
        ({"type": "Invoice Item", "date": "2026-06-15", "amount": "NaN"}, "the transaction.amount should be a number"),
        ({"type": "Invoice Item", "date": "2026-06-15", "amount": 1e300}, "the transaction.amount should be a number"),
        ({"type": "Invoice Item", "date": "2026-06-15", "entity": "x"}, "the entity of a transaction should be one of"),
        ({"type": "Invoice Item", "date": "2026-06-15", "rent": 1}, "the transaction has an unknown field"),
    ],
)
def test_a_wrong_transaction_is_explained(caller, body, complaint):
    """With the place and what is allowed."""
    answer = caller.send("POST", "/_sandbox/transactions", json.dumps(body))
    assert answer.status == 400
    assert answer.body["message"].startswith(complaint)


@pytest.mark.parametrize("query", ["", "start=2026-06-01", "start=x&end=y", "start=2026-01-01&end=2027-06-01"])
def test_wrong_days_are_explained(caller, query):
    """Both are needed, and not too far from each other."""
    assert caller.send("GET", f"/_sandbox/transactions?{query}").status == 400


def test_an_unknown_store_is_refused(sandbox_with):
    """The message names what there is."""
    with pytest.raises(ValueError, match="transactions should be one of: generated, added, endless"):
        sandbox_with(transactions="none", clock=SandboxClock())
