"""The bar of a run: places, widths and durations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openapi_client.sandbox.journal_runs.ledger import StatusChange
from openapi_client.sandbox.journal_runs.lifecycle import Status
from openapi_client.sandbox.journal_runs.timeline import bar_of, duration_text

LIFE = [
    StatusChange(Status.PENDING, 100.0),
    StatusChange(Status.PROCESSING, 101.0),
    StatusChange(Status.COMPLETED, 104.0),
]


def test_a_bar_has_a_segment_for_each_status():
    """Every segment says how long its status lasted; the one the run rests in has no end."""
    bar = bar_of(LIFE, 500.0)
    assert [(each.status, each.duration) for each in bar.segments] == [
        ("Pending", "1 s"),
        ("Processing", "3 s"),
        ("Completed", ""),
    ]
    assert (bar.total, bar.is_to_scale) == ("4 s", True)


def test_widths_are_to_scale():
    """Three seconds are three times as wide as one; what has no end is as narrow as can be."""
    pending, processing, completed = bar_of(LIFE, 500.0).segments
    assert completed.width == 3
    assert processing.width == pytest.approx(3 * pending.width, abs=0.02)


def test_a_bar_that_is_not_to_scale_says_so():
    """A second beside an hour would not be seen: each gets what it needs, and only the rest is shared by duration."""
    bar = bar_of(LIFE[:2], 3700.0)
    pending, processing = bar.segments
    assert not bar.is_to_scale
    assert pending.width == pytest.approx(3, abs=0.1)
    assert processing.width == pytest.approx(97, abs=0.1)


def test_the_status_a_run_is_in_grows():
    """A moving status lasts until now."""
    assert [each.duration for each in bar_of(LIFE[:2], 161.0).segments] == ["1 s", "1 min"]


def test_a_run_that_has_just_begun_fills_the_bar():
    """Without any time passed, the segments share the bar."""
    bar = bar_of(LIFE[:1], 100.0)
    assert [(each.left, each.width, each.duration) for each in bar.segments] == [(0.0, 100.0, "0 s")]


def test_a_run_that_was_planted_fills_the_bar():
    """It has rested in its status from the beginning."""
    bar = bar_of(LIFE[2:], 500.0)
    assert [(each.left, each.width, each.duration) for each in bar.segments] == [(0.0, 100.0, "")]


def test_a_run_without_history_has_no_bar():
    """Nothing is drawn for nothing."""
    assert bar_of([], 1.0).segments == []


@given(
    st.lists(st.tuples(st.sampled_from(Status), st.floats(0, 1e9)), min_size=1, max_size=40),
    st.floats(0, 1e9),
)
def test_every_bar_is_full_and_without_gaps(steps, now):
    """Whatever the history, the segments lie side by side from 0 to 100 percent."""
    history = [StatusChange(status, at) for status, at in sorted(steps, key=lambda step: step[1])]
    bar = bar_of(history, now).segments
    assert bar[0].left == 0
    for before, after in pairwise(bar):
        assert after.left == pytest.approx(before.left + before.width, abs=0.02)
        assert after.width > 0
    assert bar[-1].left + bar[-1].width == pytest.approx(100, abs=0.02)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.04, "0 s"),
        (1, "1 s"),
        (2.59, "2.5 s"),
        (9.99, "9.9 s"),
        (10, "10 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (65, "1 min 5 s"),
        (3600, "1 h"),
        (3605, "1 h"),
        (3900, "1 h 5 min"),
        (86400 * 3 + 7200, "3 d 2 h"),
    ],
)
def test_durations_read_well(seconds, text):
    """The two largest units are enough."""
    assert duration_text(seconds) == text
