"""Slots: how many requests are in flight, in which order, and how far apart they are sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.clock import FrozenClock

from openapi_client import RequestTimeoutException
from openapi_client._base.clock import SYSTEM
from openapi_client._call.slots import Slots
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline

NEARLY_SPENT = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "9", "RateLimit-Reset": "10"}
PLENTY = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "900", "RateLimit-Reset": "10"}
EXHAUSTED = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "0", "RateLimit-Reset": "3"}


@pytest.fixture
def clock() -> Iterator[FrozenClock]:
    return FrozenClock()


def take(slots: Slots, deadline: Deadline) -> tuple[threading.Event, Failure | None]:
    ticket = threading.Event()
    return ticket, slots.take(ticket, deadline)


def within(clock: FrozenClock, seconds: float) -> Deadline:
    return Deadline(clock, clock.now() + seconds, seconds)


def test_a_nearly_spent_budget_is_spread(clock: FrozenClock) -> None:
    """Requests are sent one pace apart while the budget is nearly spent, and at once when it is not."""
    slots = Slots(9)
    slots.note(NEARLY_SPENT, clock)
    for _ in range(3):
        assert take(slots, Deadline(clock))[1] is None
    assert clock.slept == [0.0, 1.0, 1.0]
    slots.note(PLENTY, clock)
    assert take(slots, Deadline(clock))[1] is None
    assert clock.slept[3:] == [0.0]


def test_no_wait_beyond_the_reset(clock: FrozenClock) -> None:
    """When the window starts again the budget is a new one, so nobody waits longer."""
    slots = Slots(99)
    slots.note(EXHAUSTED, clock)
    frozen = clock.now()
    for _ in range(50):
        assert take(slots, Deadline(clock))[1] is None
    assert clock.now() - frozen <= 3.0


def test_a_turn_that_is_not_used_is_not_counted(clock: FrozenClock) -> None:
    """Callers who give up because of their deadline do not push back those who come after them."""
    slots = Slots(9)
    slots.note(NEARLY_SPENT, clock)
    assert take(slots, Deadline(clock))[1] is None
    for _ in range(100):
        ticket, late = take(slots, within(clock, 0.5))
        assert late is not None
        assert "rate limit" in late.reason
        slots.leave(ticket)
    assert take(slots, within(clock, 1.5))[1] is None
    assert clock.slept == [0.0, 1.0]


def test_all_slots_taken() -> None:
    """Who finds no slot before the deadline is told so, and holds none."""
    slots = Slots(1)
    first, none = take(slots, Deadline(SYSTEM))
    second, late = take(slots, Deadline(SYSTEM, SYSTEM.now() + 0.05, 0.05))
    assert none is None
    assert late is not None
    assert (late.error, late.phase, late.sent) == (RequestTimeoutException, "slot", False)
    slots.leave(second)
    slots.leave(first)
    assert take(slots, Deadline(SYSTEM))[1] is None


def test_leaving_is_right_at_any_moment() -> None:
    """A ticket that holds nothing, waits, or was given back before can always leave."""
    slots = Slots(2)
    slots.leave(threading.Event())
    first, _ = take(slots, Deadline(SYSTEM))
    slots.leave(first)
    slots.leave(first)
    assert [take(slots, Deadline(SYSTEM))[1] for _ in range(2)] == [None, None]
    assert take(slots, Deadline(SYSTEM, SYSTEM.now() + 0.01, 0.01))[1] is not None


def test_order_of_arrival() -> None:
    """Slots are given in the order in which they were asked for."""
    slots, order = Slots(1), []
    first, _ = take(slots, Deadline(SYSTEM))

    def wait(number: int) -> None:
        ticket = threading.Event()
        slots.take(ticket, Deadline(SYSTEM, SYSTEM.now() + 20, 20))
        order.append(number)
        slots.leave(ticket)

    with ThreadPoolExecutor(8) as pool:
        calls = []
        for number in range(8):
            calls.append(pool.submit(wait, number))
            while len(slots._waiting) <= number:
                threading.Event().wait(0.001)
        slots.leave(first)
        for call in calls:
            call.result(20)
    assert order == [*range(8)]


def test_nobody_is_starved() -> None:
    """Threads that ask again and again all get their share."""
    slots, counts = Slots(2), dict.fromkeys(range(8), 0)
    in_flight, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(8)

    def loop(number: int) -> None:
        nonlocal in_flight, most
        together.wait(20)
        while sum(counts.values()) < 800:
            ticket = threading.Event()
            assert slots.take(ticket, Deadline(SYSTEM, SYSTEM.now() + 20, 20)) is None
            with lock:
                in_flight += 1
                most = max(most, in_flight)
            counts[number] += 1
            threading.Event().wait(0.0005)
            with lock:
                in_flight -= 1
            slots.leave(ticket)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(loop, counts, timeout=60))
    assert most <= 2
    assert min(counts.values()) >= 800 / 8 / 4


class Ticket(threading.Event):
    """A ticket whose waits take no time: it notes them, and moves the clock instead.

    :param wakes: leaves this slot after so many waits.
    """

    def __init__(self, clock: FrozenClock, slots: Slots, holder: threading.Event, wakes: int = 99) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._clock, self._slots, self._holder, self._wakes = clock, slots, holder, wakes

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.waits.append(timeout)
        self._clock.sleep(timeout)
        if len(self.waits) == self._wakes:
            self._slots.leave(self._holder)
        return self.is_set()


@pytest.mark.parametrize(
    ("seconds", "waits"),
    [(0.25, [0.25]), (1.0, [1.0]), (1.25, [1.0, 0.25]), (2.5, [1.0, 1.0, 0.5]), (-1.0, [0.0])],
)
def test_waits_for_a_slot(seconds: float, waits: list[float], clock: FrozenClock) -> None:
    """A thread that waits looks for itself each second, and for the last time at its deadline."""
    slots = Slots(1)
    holder, _ = take(slots, Deadline(clock))
    ticket = Ticket(clock, slots, holder)
    late = slots.take(ticket, within(clock, seconds))
    assert late is not None
    assert late.reason == f"no free slot of max_concurrency within {seconds:.3g} seconds"
    assert ticket.waits == waits


@pytest.mark.parametrize("limit", [None, 2.5])
def test_a_slot_that_becomes_free(limit: float | None, clock: FrozenClock) -> None:
    """Whoever waits gets the slot that is given back, before its deadline and without one."""
    slots = Slots(1)
    holder, _ = take(slots, Deadline(clock))
    ticket = Ticket(clock, slots, holder, wakes=2)
    assert slots.take(ticket, Deadline(clock) if limit is None else within(clock, limit)) is None
    assert ticket.waits == [1.0, 1.0]
    assert take(slots, within(clock, -1.0))[1] is not None


def test_a_slot_that_becomes_free_at_the_end(clock: FrozenClock) -> None:
    """A slot that is given back in the last moment is taken."""
    slots = Slots(1)
    holder, _ = take(slots, Deadline(clock))
    ticket = Ticket(clock, slots, holder, wakes=1)
    assert slots.take(ticket, within(clock, 0.5)) is None


def test_no_budget_in_time(clock: FrozenClock) -> None:
    """A budget that allows nothing in the time that is left says so."""
    slots = Slots(9)
    slots.note(NEARLY_SPENT, clock)
    take(slots, Deadline(clock))
    late = take(slots, within(clock, 1.0))[1]
    assert late is not None
    assert late.reason == "the rate limit leaves no request in the time that is left"
    assert take(slots, within(clock, 1.1))[1] is None


def test_answers_without_a_budget(clock: FrozenClock) -> None:
    """An answer that says nothing of the budget changes nothing, and one without a reset does not hold back."""
    slots = Slots(9)
    slots.note({}, clock)
    for _ in range(3):
        take(slots, Deadline(clock))
    assert sum(clock.slept) == 0.0
    slots.note(NEARLY_SPENT, clock)
    slots.note({"RateLimit-Limit": "1000"}, clock)
    take(slots, Deadline(clock))
    take(slots, Deadline(clock))
    assert sum(clock.slept) == 1.0
    slots.note({"RateLimit-Limit": "1000", "RateLimit-Remaining": "9"}, clock)
    take(slots, Deadline(clock))
    assert sum(clock.slept) == 1.0
