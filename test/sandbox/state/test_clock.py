"""The sandbox's own time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox import SandboxClock

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NOON = datetime(2026, 6, 15, 12, 0, tzinfo=timezone.utc)


def test_a_frozen_clock_shows_its_start():
    """A clock that starts frozen shows the given time, again and again."""
    clock = SandboxClock(NOON, frozen=True)
    assert [clock.now(), clock.now()] == [NOON, NOON]


def test_the_time_shown_is_utc():
    """A start in another zone is the same moment, shown in UTC."""
    start = datetime(2026, 6, 15, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    shown = SandboxClock(start, frozen=True).now()
    assert (shown, shown.tzinfo) == (NOON, timezone.utc)


def test_the_machine_time_is_the_default():
    """A clock without a start shows the present."""
    before = datetime.now(timezone.utc)
    assert before <= SandboxClock(frozen=True).now() <= datetime.now(timezone.utc)


def test_a_naive_start_is_refused():
    """A start without a zone could mean any moment."""
    with pytest.raises(ValueError, match="time zone"):
        SandboxClock(datetime(2026, 6, 15))


@pytest.mark.parametrize("speed", [0, -1, 1e6 + 1, 1e300, float("inf"), float("nan")])
def test_a_senseless_speed_is_refused(speed):
    """A speed is a number above zero, and not so large that time runs out."""
    with pytest.raises(ValueError, match="speed"):
        SandboxClock(speed=speed)


def test_the_speed_can_be_read():
    """The speed is what was asked for."""
    assert SandboxClock(speed=60).speed == 60


@UNHURRIED
@given(st.lists(st.floats(min_value=0, max_value=1e6), max_size=20))
def test_jumps_add_up(jumps):
    """Every jump moves a frozen clock by exactly its seconds."""
    clock, expected = SandboxClock(NOON, frozen=True), NOON
    for seconds in jumps:
        clock.advance(seconds)
        expected += timedelta(seconds=seconds)
    assert clock.now() == expected


@pytest.mark.parametrize("seconds", [-1, -0.001, float("nan"), float("inf")])
def test_a_jump_back_or_nowhere_is_refused(seconds):
    """Time only goes forward, and by a finite amount."""
    with pytest.raises(ValueError, match="forward"):
        SandboxClock(NOON).advance(seconds)


@pytest.mark.parametrize("seconds", [1e300, 3e11, 10**400])
def test_a_jump_beyond_the_last_year_is_refused(seconds):
    """There is a calendar up to the year 9000, and the clock goes on as before."""
    clock = SandboxClock(NOON, frozen=True)
    with pytest.raises(ValueError, match="beyond the year 9000"):
        clock.advance(seconds)
    assert clock.now() == NOON


def test_time_ends_and_nothing_breaks():
    """A fast clock stands still on its last day."""
    clock = SandboxClock(datetime(9000, 12, 30, 23, 59, 59, 999_999, tzinfo=timezone.utc), speed=1e6)
    while clock.now().day == 30:
        pass
    clock.advance(0)
    assert clock.now() <= datetime(9000, 12, 31, tzinfo=timezone.utc)
    with pytest.raises(ValueError, match="beyond the year 9000"):
        SandboxClock(datetime(9001, 1, 1, tzinfo=timezone.utc))


def test_a_resumed_clock_runs_on_from_what_it_showed():
    """Freezing loses the time in between, resuming never goes back."""
    clock = SandboxClock(NOON, frozen=True)
    clock.resume()
    assert clock.now() >= NOON


def test_a_clock_frozen_while_running_stands_still():
    """After ``freeze`` two readings are equal."""
    clock = SandboxClock(NOON, speed=1000)
    clock.freeze()
    assert clock.now() == clock.now()


@UNHURRIED
@given(st.lists(st.sampled_from(["freeze", "resume", "jump", "read"]), max_size=30))
def test_time_never_goes_backwards(steps):
    """Whatever is done to a fast clock, a later reading is never earlier."""
    clock = SandboxClock(NOON, speed=1e6)
    latest = clock.now()
    for step in steps:
        if step == "jump":
            clock.advance(0.5)
        elif step != "read":
            getattr(clock, step)()
        shown = clock.now()
        assert shown >= latest
        latest = shown
