"""Accounting periods."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox import Period
from openapi_client.sandbox.journal_runs.ledger import TABLES
from openapi_client.sandbox.journal_runs.periods import (
    OPEN_ENDED,
    load_periods,
    name_of,
    save_periods,
    seeded_periods,
    span_text,
)
from openapi_client.sandbox.state.store import Store

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

JUNE = Period("Jun 2026", date(2026, 6, 1), date(2026, 6, 30))


@UNHURRIED
@given(st.dates(date(2, 1, 1), date(9997, 12, 31)))
def test_the_seeded_calendar_has_no_gap(today):
    """The months follow each other day by day, and the open end begins after the last."""
    periods = seeded_periods(today)
    assert len(periods) == 37
    assert periods[0].start == date(today.year - 1, 1, 1)
    for earlier, later in pairwise(periods):
        assert later.start == earlier.end + timedelta(days=1)
    assert [each.name for each in periods if each.is_open_ended] == [OPEN_ENDED]


def test_months_are_named_as_in_the_vendor_samples():
    """A period is called by its English month and its year, whatever the locale."""
    assert seeded_periods(date(2026, 6, 15))[17].name == "Jun 2026"


def test_seeded_periods_are_open():
    """A fresh tenant has closed nothing."""
    assert {each.state for each in seeded_periods(date(2026, 6, 15))} == {"Open"}


@pytest.mark.parametrize(
    ("start", "end", "is_inside"),
    [
        (date(2026, 6, 1), date(2026, 6, 30), True),
        (date(2026, 6, 7), date(2026, 6, 7), True),
        (date(2026, 5, 31), date(2026, 6, 30), False),
        (date(2026, 6, 1), date(2026, 7, 1), False),
    ],
)
def test_a_period_covers_its_own_days(start, end, is_inside):
    """A span is covered when both its ends are inside."""
    assert JUNE.covers(start, end) is is_inside


def test_the_open_end_covers_nothing():
    """Runs cannot be made for the open-ended period, so no span counts as inside."""
    period = Period(OPEN_ENDED, date(2026, 1, 1), None)
    assert not period.covers(date(2026, 2, 1), date(2026, 2, 2))


def test_an_unknown_state_is_refused():
    """The vendor has three states."""
    with pytest.raises(ValueError, match="Open, PendingClose, Closed"):
        Period("P", date(2026, 1, 1), None, "Shut")


def test_a_period_does_not_end_before_it_starts():
    """Turned dates are a mistake."""
    with pytest.raises(ValueError, match="before it starts"):
        Period("P", date(2026, 1, 2), date(2026, 1, 1))


def test_periods_come_back_as_saved():
    """Storing and loading changes nothing, and an equal name replaces."""
    store = Store(schemas=(TABLES,))
    closed = Period("Jun 2026", date(2026, 6, 1), date(2026, 6, 30), "Closed")
    open_ended = Period(OPEN_ENDED, date(2026, 7, 1), None)
    with store.writing() as db:
        save_periods(db, [JUNE, open_ended])
        save_periods(db, [closed])
        loaded = load_periods(db)
    store.close()
    assert loaded == {"Jun 2026": closed, OPEN_ENDED: open_ended}


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 3, 1), date(2026, 3, 10), "1–10 Mar 2026"),
        (date(2026, 3, 28), date(2026, 4, 3), "28 Mar–3 Apr 2026"),
        (date(2025, 12, 28), date(2026, 1, 3), "28 Dec 2025–3 Jan 2026"),
    ],
)
def test_days_are_written_as_people_do(start, end, text):
    """What is the same is said once."""
    assert span_text(start, end) == text


def test_a_period_is_known_by_its_days():
    """By all of them; the open-ended one has none."""
    periods = [Period(OPEN_ENDED, JUNE.end, None), JUNE]
    assert name_of(periods, "2026-06-01", "2026-06-30") == "Jun 2026"
    assert name_of(periods, "2026-06-01", "2026-06-29") == ""
