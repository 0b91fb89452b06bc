"""Statuses and the ways between them, as pure functions."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox import Status, Timing
from openapi_client.sandbox.journal_runs.lifecycle import (
    ACTIVE,
    CANCELLABLE,
    DELETABLE,
    MOVING,
    Progress,
    Transition,
    due_transitions,
)

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TIMING = Timing(pending=1, processing=2, cancelling=3, deleting=4)
S = Status


def test_the_statuses_are_spelled_as_on_the_wire():
    """The enumeration holds the vendor's seven values, odd capitals included."""
    assert [each.value for each in Status] == [
        "Pending",
        "Processing",
        "Completed",
        "Error",
        "CancelInprogress",
        "Cancelled",
        "DeleteInprogress",
    ]


def test_each_status_is_in_its_groups():
    """What may be cancelled, deleted, and what blocks a second run, is the vendor's table."""
    assert {S.PENDING, S.PROCESSING} == ACTIVE
    assert {S.PENDING, S.ERROR, S.COMPLETED} == CANCELLABLE
    assert {S.CANCELLED} == DELETABLE
    assert set(Status) - MOVING == {S.COMPLETED, S.ERROR, S.CANCELLED}


@pytest.mark.parametrize(
    ("progress", "now", "steps"),
    [
        (Progress(S.PENDING, 0), 0.99, []),
        (Progress(S.PENDING, 0), 1, [(S.PENDING, S.PROCESSING, 1)]),
        (Progress(S.PENDING, 0), 3, [(S.PENDING, S.PROCESSING, 1), (S.PROCESSING, S.COMPLETED, 3)]),
        (Progress(S.PENDING, 0, is_held=True), 99, [(S.PENDING, S.PROCESSING, 1)]),
        (Progress(S.PROCESSING, 0), 1.99, []),
        (Progress(S.PROCESSING, 0), 2, [(S.PROCESSING, S.COMPLETED, 2)]),
        (Progress(S.PROCESSING, 0, is_held=True), 99, []),
        (Progress(S.COMPLETED, 0), 99, []),
        (Progress(S.ERROR, 0), 99, []),
        (Progress(S.CANCELLED, 0), 99, []),
        (Progress(S.CANCEL_IN_PROGRESS, 0), 2.99, []),
        (Progress(S.CANCEL_IN_PROGRESS, 0), 3, [(S.CANCEL_IN_PROGRESS, S.CANCELLED, 3)]),
        (Progress(S.CANCEL_IN_PROGRESS, 0, has_transferred=True), 3, [(S.CANCEL_IN_PROGRESS, S.COMPLETED, 3)]),
        (Progress(S.CANCEL_IN_PROGRESS, 0, is_held=True), 3, [(S.CANCEL_IN_PROGRESS, S.CANCELLED, 3)]),
        (Progress(S.DELETE_IN_PROGRESS, 0), 3.99, []),
        (Progress(S.DELETE_IN_PROGRESS, 0), 4, [(S.DELETE_IN_PROGRESS, None, 4)]),
    ],
)
def test_time_moves_a_run_on(progress, now, steps):
    """Each status lasts its time and leads to the next one of the table."""
    assert due_transitions(progress, now, TIMING) == [Transition(*step) for step in steps]


@UNHURRIED
@given(
    status=st.sampled_from(Status),
    is_held=st.booleans(),
    has_transferred=st.booleans(),
    first=st.floats(0, 20),
    second=st.floats(0, 20),
)
def test_looking_often_and_looking_late_agree(status, is_held, has_transferred, first, second):
    """Two looks one after the other see what a single late look sees."""
    early, late = sorted((first, second))
    at_once = due_transitions(Progress(status, 0, is_held, has_transferred), late, TIMING)
    before = due_transitions(Progress(status, 0, is_held, has_transferred), early, TIMING)
    if before and before[-1].target is None:
        assert at_once == before
        return
    reached, since = (before[-1].target, before[-1].at) if before else (status, 0)
    after = due_transitions(Progress(reached, since, is_held, has_transferred), late, TIMING)
    assert before + after == at_once


@UNHURRIED
@given(status=st.sampled_from(Status), has_transferred=st.booleans(), now=st.floats(0, 1e9))
def test_every_way_ends(status, has_transferred, now):
    """Even when nothing takes time, a run comes to rest."""
    due = due_transitions(Progress(status, 0, False, has_transferred), now, Timing(0, 0, 0, 0))
    assert (due[-1].target if due else status) not in MOVING


@pytest.mark.parametrize("name", ["pending", "processing", "cancelling", "deleting"])
@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_a_negative_time_is_refused(name, seconds):
    """A status lasts zero or more seconds."""
    with pytest.raises(ValueError, match=name):
        Timing(**{name: seconds})


def test_a_status_may_last_for_ever():
    """An infinite time keeps a run where it is."""
    assert due_transitions(Progress(S.PENDING, 0), 1e12, Timing(pending=float("inf"))) == []
