"""Statuses as tables: which of them is a dead end, and what a cancel leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

import openapi_client as oc
from openapi_client._runs.statuses import _LEADS_TO, ENDED, Sighting, is_dead_end, is_partly_cancelled, wanted_statuses

STATUSES = [status.value for status in oc.JournalRunStatus]


def test_every_status_is_known() -> None:
    """The table of what leads where has the statuses that the description has."""
    assert [*_LEADS_TO] == [status.value for status in oc.JournalRunStatus]


@pytest.mark.parametrize(
    ("until", "dead"),
    [
        ("Completed", {"Error", "CancelInprogress", "Cancelled", "DeleteInprogress"}),
        ("Error", {"Completed", "CancelInprogress", "Cancelled", "DeleteInprogress"}),
        ("Processing", {"Completed", "Error", "CancelInprogress", "Cancelled", "DeleteInprogress"}),
        ("Cancelled", {"Processing", "DeleteInprogress"}),
        ("CancelInprogress", {"Pending", "Processing", "Completed", "Error", "Cancelled", "DeleteInprogress"}),
    ],
)
def test_dead_ends(until: str, dead: set[str]) -> None:
    """From which statuses the wanted one cannot be reached without another call."""
    wanted = wanted_statuses(until)
    found = {status for status in STATUSES if status != until and is_dead_end(Sighting(status), wanted)}
    assert found == dead


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Sighting("Completed"), False),
        (Sighting("Completed", 59.0), False),
        (Sighting("Completed", 60.0), True),
        (Sighting("Completed", 0.0, was_cancelling=True), True),
        (Sighting("Error", 61.0), True),
        (Sighting("Reversing", 10**6), False),
    ],
)
def test_partial_cancel(seen: Sighting, expected: bool) -> None:
    """A run that is Completed again after a cancel, or stays so for a minute, will not be Cancelled."""
    assert is_dead_end(seen, wanted_statuses("Cancelled")) is expected


@pytest.mark.parametrize("until", ["completed", "", [], ["Completed", "Canceled"], "Done"])
def test_unknown_status(until: Any) -> None:
    """A status that does not exist is refused with the list of those that do."""
    with pytest.raises(oc.ApiValueError, match="DeleteInprogress"):
        wanted_statuses(until)


@pytest.mark.parametrize("until", [None, 5, [None], object()])
def test_no_status(until: Any) -> None:
    """Something that is no status at all is refused, too."""
    with pytest.raises(oc.ApiTypeError, match="until"):
        wanted_statuses(until)


def test_ended() -> None:
    """Every status but two leaves room for another run."""
    assert {*STATUSES} - ENDED == {"Pending", "Processing"}


def test_sightings() -> None:
    """How long a status has lasted starts anew with each change; that the run was being cancelled is remembered."""
    seen = Sighting(None).after("Completed", 5.0).after("Completed", 7.0)
    assert seen == Sighting("Completed", 7.0)
    assert seen.after("CancelInprogress", 1.0).after("Completed", 2.0) == Sighting("Completed", 0.0, True)


@pytest.mark.parametrize(
    ("seen", "was_accepted", "expected"),
    [
        (Sighting("Completed", 0.0, was_cancelling=True), False, True),
        (Sighting("Completed", 61.0), True, True),
        (Sighting("Completed", 61.0), False, False),
        (Sighting("Error", 61.0), True, False),
    ],
)
def test_cancel_that_some_entry_withstood(seen: Sighting, was_accepted: bool, expected: bool) -> None:
    """A cancel that was accepted, or seen, and ends in Completed is a partial one; nothing else is."""
    assert is_partly_cancelled(seen, {"Cancelled"}, was_accepted=was_accepted) is expected
    assert not is_partly_cancelled(seen, {"Error"}, was_accepted=was_accepted)
