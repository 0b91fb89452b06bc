"""The faults in force: which requests they strike, how often and how likely."""

from __future__ import annotations

import threading

import pytest

from openapi_client.sandbox import Fault, Faults, SandboxClock

TIMEOUT_SECONDS = 20
RUN = "/v1/journal-runs/JR-00000001"


@pytest.fixture
def strikes(clock):
    """How requests to one path fare under a list of faults."""

    def play(faults, count, seed=1):
        chances = Faults(clock, seed, faults)
        found = [chances.strike("GET", RUN) for _ in range(count)]
        return [None if each is None else each.kind for each in found]

    return play


def test_one_fault_after_another(strikes):
    """The earliest added strikes until it is used up."""
    faults = [Fault("unavailable", times=2), Fault("rate-limit", times=1)]
    assert strikes(faults, 4) == ["unavailable", "unavailable", "rate-limit", None]


def test_a_fault_lasts_by_the_sandbox_clock(clock):
    """After its seconds it is no longer in force."""
    faults = Faults(clock)
    faults.add(Fault("unavailable", seconds=60))
    clock.advance(59)
    assert faults.strike("GET", RUN) is not None
    clock.advance(1)
    assert (faults.strike("GET", RUN), faults.active) == (None, [])


def test_the_same_seed_gives_the_same_chances(strikes):
    """Others give others."""
    faults = [Fault("unavailable", probability=0.5)]
    assert strikes(faults, 50, seed=7) == strikes(faults, 50, seed=7)
    assert strikes(faults, 50, seed=7) != strikes(faults, 50, seed=8)
    assert 10 < strikes(faults, 50, seed=7).count("unavailable") < 40


def test_faults_do_not_disturb_each_other_s_chances(strikes):
    """A fault that fits nothing changes nothing."""
    likely = Fault("unavailable", probability=0.5)
    assert strikes([likely, Fault("latency", path="/x")], 20) == strikes([likely], 20)


def test_a_made_up_seed_can_be_used_again(clock):
    """A sandbox without a seed says which one it took."""
    first = Faults(clock, None, [Fault("latency", probability=0.5)])
    again = Faults(clock, first.seed, [Fault("latency", probability=0.5)])
    assert [first.strike("GET", RUN) is None for _ in range(30)] == [
        again.strike("GET", RUN) is None for _ in range(30)
    ]


def test_a_reset_restores_the_first_faults(sandbox_with):
    """Unused, and without those added since."""
    sandbox = sandbox_with(faults=[Fault("unavailable", times=3)], seed=1)
    sandbox.faults.strike("GET", RUN)
    sandbox.faults.add(Fault("latency"))
    sandbox.reset()
    assert [(each.id, each.fault.kind, each.hits) for each in sandbox.faults.active] == [(1, "unavailable", 0)]


def test_a_fault_can_be_taken_back(sandbox):
    """One by its number, or all."""
    numbers = [sandbox.faults.add(Fault("latency")) for _ in range(3)]
    sandbox.faults.remove(numbers[0])
    assert [each.id for each in sandbox.faults.active] == numbers[1:]
    with pytest.raises(LookupError, match="no fault 1 is in force"):
        sandbox.faults.remove(numbers[0])
    sandbox.faults.clear()
    assert sandbox.faults.active == []


def test_threads_share_a_count(sandbox):
    """A fault for ten strikes ten of many requests at once."""
    sandbox.faults.add(Fault("latency", times=10))
    found = []

    def strike():
        found.extend(sandbox.faults.strike("GET", RUN) for _ in range(20))

    threads = [threading.Thread(target=strike) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT_SECONDS)
    assert len([each for each in found if each is not None]) == 10


def test_the_clock_of_a_fault_may_run(caller, sandbox):
    """Faults work with a clock that is not frozen, too."""
    faults = Faults(SandboxClock(speed=1000))
    faults.add(Fault("latency", seconds=10**6))
    assert faults.strike("GET", RUN) is not None
