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
