"""What a test may do to a run behind the API's back."""

from __future__ import annotations

import pytest

from openapi_client.sandbox import Status

UNKNOWN = "JR-99999999"


def test_a_held_run_stays_in_processing(sandbox, caller, run_processing, clock):
    """However long it takes, it is not completed."""
    sandbox.hold(run_processing)
    clock.advance(1000)
    assert caller.status_of(run_processing) == "Processing"


def test_a_pending_run_is_held_once_it_gets_there(sandbox, caller, run_pending, clock):
    """A hold on a waiting run lets it start, and then not end."""
    sandbox.hold(run_pending)
    assert caller.status_of(run_pending) == "Pending"
    clock.advance(1000)
    assert caller.status_of(run_pending) == "Processing"


def test_a_released_run_completes_at_once(sandbox, caller, run_processing, clock):
    """Its time has passed, so it is done."""
    sandbox.hold(run_processing)
    clock.advance(1000)
    sandbox.release(run_processing)
    assert caller.status_of(run_processing) == "Completed"


def test_a_run_released_early_takes_its_time(sandbox, caller, run_processing, clock):
    """A hold that ends before the time is over changes nothing."""
    sandbox.hold(run_processing)
    sandbox.release(run_processing)
    assert caller.status_of(run_processing) == "Processing"
    clock.advance(2)
    assert caller.status_of(run_processing) == "Completed"


@pytest.mark.parametrize("state", ["run_pending", "run_processing"])
def test_a_failed_run_is_in_error(sandbox, caller, request, state, clock):
    """It stays there, without entries."""
    number = request.getfixturevalue(state)
    sandbox.fail(number)
    clock.advance(1000)
    shown = caller.get(number).body
    assert (shown["status"], shown["totalJournalEntryCount"]) == ("Error", 0)


@pytest.mark.parametrize("hook", ["hold", "release", "fail"])
def test_a_run_that_is_over_cannot_be_steered(sandbox, run_completed, hook):
    """The hooks say so instead of doing nothing."""
    with pytest.raises(ValueError, match=f"{run_completed} is Completed"):
        getattr(sandbox, hook)(run_completed)


@pytest.mark.parametrize("hook", ["hold", "release", "fail", "transfer_entry", "run"])
def test_an_unknown_run_cannot_be_steered(sandbox, hook):
    """A wrong number is a LookupError."""
    with pytest.raises(LookupError, match=UNKNOWN):
        getattr(sandbox, hook)(UNKNOWN)


def test_the_first_entry_is_transferred_unless_one_is_named(sandbox, run_completed):
    """The hook tells which entry it was."""
    assert sandbox.transfer_entry(run_completed) == "JE-00000001"
    assert sandbox.transfer_entry(run_completed, "JE-00000002") == "JE-00000002"
    assert {each.transferred_to_accounting for each in sandbox.run(run_completed).entries} == {"Yes"}


def test_an_entry_transferred_while_a_cancel_is_under_way_is_kept(sandbox, caller, run_cancelling, clock):
    """What counts is the state at the end of the cancel."""
    sandbox.transfer_entry(run_cancelling)
    clock.advance(1)
    assert caller.status_of(run_cancelling) == "Completed"


def test_a_run_without_entries_has_none_to_transfer(sandbox, run_pending):
    """A waiting run has made nothing yet."""
    with pytest.raises(ValueError, match=f"{run_pending} has no entry that could be transferred"):
        sandbox.transfer_entry(run_pending)


def test_a_foreign_entry_cannot_be_transferred(sandbox, run_completed):
    """The entry has to be one of the run's."""
    with pytest.raises(ValueError, match="has no entry JE-00000009 that could"):
        sandbox.transfer_entry(run_completed, "JE-00000009")


def test_a_cancelled_entry_cannot_be_transferred(sandbox, run_cancelled):
    """A cancelled entry is out of the books."""
    with pytest.raises(ValueError, match="has no entry that could be transferred"):
        sandbox.transfer_entry(run_cancelled)


def test_a_released_run_goes_on_from_now(sandbox, run_processing, clock):
    """Its history tells how long it was processed, and it completes no earlier than it was released."""
    sandbox.hold(run_processing)
    clock.advance(3600)
    released = clock.now().timestamp()
    sandbox.release(run_processing)
    assert [(each.status.value, each.at) for each in sandbox.history(run_processing)][-1] == ("Completed", released)


def test_a_run_that_is_released_early_takes_its_time(sandbox, run_processing, clock):
    """What is left of it; and to release what is not held changes nothing."""
    sandbox.hold(run_processing)
    clock.advance(1)
    sandbox.release(run_processing)
    assert sandbox.run(run_processing).status is Status.PROCESSING
    clock.advance(0.5)
    sandbox.release(run_processing)
    clock.advance(0.5)
    assert sandbox.run(run_processing).status is Status.COMPLETED
