"""The clock of a database file: it outlives its sandbox, and all who use the file have it in common."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

from openapi_client.sandbox import SandboxClock
from openapi_client.sandbox.state.clock import ClockState

NOON = datetime(2026, 6, 15, 12, 0, tzinfo=timezone.utc)
DAY = timedelta(days=1)
TIMEOUT_SECONDS = 30


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sandbox.db"


@pytest.fixture
def opened(path, sandbox_with):
    """Open the file with a clock of its own, as another process would."""
    return lambda *start, **how: sandbox_with(db=path, clock=SandboxClock(*start, **how))


def test_time_goes_on_where_it_was(opened):
    """Offset, speed and state are there again at the next start."""
    first = opened(NOON, frozen=True)
    first.clock.advance(86400)
    first.clock.set_speed(60)
    first.close()
    again = opened()
    assert (again.clock.now(), again.clock.speed, again.clock.is_frozen) == (NOON + DAY, 60, True)


def test_a_running_clock_goes_on_while_nobody_serves(opened):
    """It is a day ahead of the machine's, before and after."""
    first = opened()
    first.clock.advance(86400)
    before = first.clock.now()
    first.close()
    assert before <= opened().clock.now() <= datetime.now(timezone.utc) + DAY


def test_a_change_is_seen_by_the_next_request_elsewhere(opened, caller_of):
    """A jump at one sandbox makes the run of the other complete, and its token old."""
    one, other = opened(NOON, frozen=True), opened()
    caller = caller_of(one)
    number = caller.create().body["journalRunNumber"]
    other.clock.advance(3)
    assert caller.status_of(number) == "Completed"
    assert one.clock.now() == other.clock.now() == NOON + timedelta(seconds=3)
    other.clock.advance(3600)
    assert caller.get(number).status == 401


def test_every_change_is_shared(opened):
    """Speed and standing still as well, in both directions."""
    one, other = opened(NOON, frozen=True), opened()
    other.clock.set_speed(1000)
    one.clock.resume()
    assert (one.clock.speed, other.clock.is_frozen) == (1000, False)
    other.clock.freeze()
    assert one.clock.is_frozen
    assert one.clock.now() == other.clock.now()


@pytest.mark.parametrize(
    ("start", "shown"), [(NOON - DAY, NOON), (NOON + DAY, NOON + DAY)], ids=["an earlier", "a later"]
)
def test_a_given_start_counts_when_it_is_later(opened, start, shown):
    """A file's time never goes back."""
    first = opened(NOON, frozen=True)
    opened(start, frozen=True)
    assert first.clock.now() == shown


def test_a_given_speed_and_state_count(opened):
    """What is said at the start is meant, for all who use the file."""
    first = opened(NOON, frozen=True)
    opened(speed=7, frozen=False)
    assert (first.clock.speed, first.clock.is_frozen) == (7, False)


def test_a_reset_leaves_the_clock(opened):
    """Everything else is gone; ``restart`` goes back, for all."""
    one, other = opened(NOON, frozen=True), opened()
    one.clock.advance(60)
    one.reset()
    assert other.clock.now() == NOON + timedelta(seconds=60)
    one.clock.restart()
    assert other.clock.now() == NOON


def test_a_refused_change_changes_nothing(opened):
    """The file has the clock that it had."""
    one, other = opened(NOON, frozen=True), opened()
    with pytest.raises(ValueError, match="year 9000"):
        one.clock.advance(1e12)
    assert other.clock.now() == NOON


def test_memory_is_nobody_elses(sandbox_with):
    """Without a file, each clock is its own."""
    one, other = (sandbox_with(clock=SandboxClock(NOON, frozen=True)) for _ in range(2))
    one.clock.advance(1)
    assert other.clock.now() == NOON


def test_a_closed_sandbox_leaves_its_clock_alone(opened):
    """It can be read and moved, and the file does not follow."""
    one, other = opened(NOON, frozen=True), opened()
    one.close()
    one.clock.advance(1)
    assert (one.clock.now(), other.clock.now()) == (NOON + timedelta(seconds=1), NOON)


def test_one_clock_may_serve_two_files(tmp_path, clock, sandbox_with):
    """They go on together."""
    for name in ("a.db", "b.db"):
        sandbox_with(db=tmp_path / name, clock=clock)
    clock.advance(60)
    for name in ("a.db", "b.db"):
        assert sandbox_with(db=tmp_path / name, clock=SandboxClock()).clock.now() == NOON + timedelta(seconds=60)


def test_a_machine_that_is_set_back_does_not_turn_the_clock_back():
    """Real time before the last change counts as none."""
    assert ClockState(NOON, since=1000.0, speed=5.0, is_frozen=False).at(999.0) == NOON


def test_a_jump_survives_a_kill(path, cleanup, line_of, caller_of):
    """A day ahead: the run that was created then completes after the restart, and the next one can be made."""

    def served():
        command = [sys.executable, "-W", "error", "-m", "openapi_client.sandbox", "--json", "--db", str(path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        cleanup.callback(process.communicate, timeout=TIMEOUT_SECONDS)
        cleanup.callback(process.kill)
        return process, type("Facts", (), json.loads(line_of(process)))

    process, facts = served()
    caller = caller_of(facts)
    assert caller.send("POST", "/_sandbox/clock", '{"frozen": true, "advance": 86400}').status == 200
    number = caller.create().body["journalRunNumber"]
    process.kill()
    process.wait(TIMEOUT_SECONDS)
    _, facts = served()
    caller = caller_of(facts)
    assert caller.status_of(number) == "Pending"
    assert caller.send("POST", "/_sandbox/clock", '{"advance": 3}').status == 200
    assert caller.status_of(number) == "Completed"
    assert caller.create().status == 200
