"""Slots: how many requests are in flight, in which order, and how far apart they are sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.clock import FrozenClock

from openapi_client import RequestTimeoutException
from openapi_client._base.clock import SYSTEM
from openapi_client._base.signal import Signal
from openapi_client._call.slots import Slots
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline

NEARLY_SPENT = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "9", "RateLimit-Reset": "10"}
PLENTY = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "900", "RateLimit-Reset": "10"}
EXHAUSTED = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "0", "RateLimit-Reset": "3"}


@pytest.fixture
def clock() -> Iterator[FrozenClock]:
    return FrozenClock()


def take(slots: Slots, deadline: Deadline, size: int = 999) -> tuple[Signal, Failure | None]:
    ticket = Signal()
    return ticket, slots.take(ticket, size, deadline)


def leave(slots: Slots, ticket: Signal) -> None:
    """What the engine does whatever happens."""
    slots.tickets.pop(ticket, None)
    slots.wake()


def within(clock: FrozenClock, seconds: float) -> Deadline:
    return Deadline(clock, clock.now() + seconds, seconds)


def test_a_nearly_spent_budget_is_spread(clock: FrozenClock) -> None:
    """Requests are sent one pace apart while the budget is nearly spent, and at once when it is not."""
    slots = Slots()
    slots.note(NEARLY_SPENT, clock)
    for _ in range(3):
        assert take(slots, Deadline(clock))[1] is None
    assert clock.slept == [0.0, 1.0, 1.0]
    slots.note(PLENTY, clock)
    assert take(slots, Deadline(clock))[1] is None
    assert clock.slept[3:] == [0.0]


def test_no_wait_beyond_the_reset(clock: FrozenClock) -> None:
    """When the window starts again the budget is a new one, so nobody waits longer."""
    slots = Slots()
    slots.note(EXHAUSTED, clock)
    frozen = clock.now()
    for _ in range(50):
        assert take(slots, Deadline(clock))[1] is None
    assert clock.now() - frozen <= 3.0


def test_a_turn_that_is_not_used_is_not_counted(clock: FrozenClock) -> None:
    """Callers who give up because of their deadline do not push back those who come after them."""
    slots = Slots()
    slots.note(NEARLY_SPENT, clock)
    assert take(slots, Deadline(clock))[1] is None
    for _ in range(100):
        ticket, late = take(slots, within(clock, 0.5))
        assert late is not None
        assert "rate limit" in late.reason
        leave(slots, ticket)
    assert take(slots, within(clock, 1.5))[1] is None
    assert clock.slept == [0.0, 1.0]


def test_all_slots_taken() -> None:
    """Who finds no slot before the deadline is told so, and holds none."""
    slots = Slots()
    first, none = take(slots, Deadline(SYSTEM), 1)
    second, late = take(slots, Deadline(SYSTEM, SYSTEM.now() + 0.05, 0.05), 1)
    assert none is None
    assert late is not None
    assert (late.error, late.phase, late.sent) == (RequestTimeoutException, "slot", False)
    leave(slots, second)
    leave(slots, first)
    assert take(slots, Deadline(SYSTEM), 1)[1] is None


def test_leaving_is_right_at_any_moment() -> None:
    """A ticket that holds nothing, waits, or was given back before can always leave."""
    slots = Slots()
    leave(slots, Signal())
    first, _ = take(slots, Deadline(SYSTEM), 2)
    leave(slots, first)
    leave(slots, first)
    assert [take(slots, Deadline(SYSTEM), 2)[1] for _ in range(2)] == [None, None]
    assert take(slots, Deadline(SYSTEM, SYSTEM.now() + 0.01, 0.01), 2)[1] is not None


def test_who_gives_up_is_not_waited_for() -> None:
    """A slot passes over a ticket that has left the line, also when nobody was woken at that moment."""
    slots = Slots()
    first, _ = take(slots, Deadline(SYSTEM), 1)
    _second, late = take(slots, Deadline(SYSTEM, SYSTEM.now() + 0.01, 0.01), 1)
    assert late is not None
    slots.tickets.pop(_second)
    with ThreadPoolExecutor(1) as pool:
        third = pool.submit(take, slots, Deadline(SYSTEM), 1)
        while len(slots.tickets) < 2:
            threading.Event().wait(0.001)
        slots.tickets.pop(first)  # interrupted before it could wake anybody
        assert third.result(20)[1] is None


def test_order_of_arrival() -> None:
    """Slots are given in the order in which they were asked for."""
    slots, order = Slots(), []
    first, _ = take(slots, Deadline(SYSTEM), 1)

    def wait(number: int) -> None:
        ticket, _ = take(slots, Deadline(SYSTEM, SYSTEM.now() + 20, 20), 1)
        order.append(number)
        leave(slots, ticket)

    with ThreadPoolExecutor(8) as pool:
        calls = []
        for number in range(8):
            calls.append(pool.submit(wait, number))
            while len(slots.tickets) <= number + 1:
                threading.Event().wait(0.001)
        leave(slots, first)
        for call in calls:
            call.result(20)
    assert order == [*range(8)]


def test_more_slots_than_before() -> None:
    """A size that grows lets the next ones in, and a smaller one takes nothing from those who are in."""
    slots = Slots()
    holders = [take(slots, Deadline(SYSTEM), size)[0] for size in (1, 2, 3)]
    soon = Deadline(SYSTEM, SYSTEM.now() + 0.01, 0.01)
    ticket, late = take(slots, soon, 1)
    assert late is not None
    for each in (ticket, *holders):
        leave(slots, each)
    assert take(slots, Deadline(SYSTEM), 1)[1] is None


def test_nobody_is_starved() -> None:
    """Of sixteen threads that ask for four slots again and again, all get their share."""
    slots, counts = Slots(), dict.fromkeys(range(16), 0)
    in_flight, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(16)

    def loop(number: int) -> None:
        nonlocal in_flight, most
        together.wait(20)
        while sum(counts.values()) < 1600:
            ticket, late = take(slots, Deadline(SYSTEM, SYSTEM.now() + 20, 20), 4)
            assert late is None
            with lock:
                in_flight += 1
                most = max(most, in_flight)
            counts[number] += 1
            threading.Event().wait(0.0005)
            with lock:
                in_flight -= 1
            leave(slots, ticket)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(loop, counts, timeout=60))
    assert most <= 4
    assert min(counts.values()) >= 1600 / 16 / 8  # a busy machine gives threads unequal shares itself


class Ticket(Signal):
    """A ticket whose waits take no time: it notes them, and moves the clock instead.

    :param wakes: leaves this slot after so many waits.
    """

    def __init__(self, clock: FrozenClock, slots: Slots, holder: Signal, wakes: int = 99) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._clock, self._slots, self._holder, self._wakes = clock, slots, holder, wakes

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.waits.append(timeout)
        self._clock.sleep(timeout)
        if len(self.waits) == self._wakes:
            leave(self._slots, self._holder)
        return self.given


@pytest.mark.parametrize(
    ("seconds", "waits"),
    [(0.25, [0.25]), (1.0, [1.0]), (1.25, [1.0, 0.25]), (2.5, [1.0, 1.0, 0.5]), (-1.0, [-1.0])],
)
def test_waits_for_a_slot(seconds: float, waits: list[float], clock: FrozenClock) -> None:
    """A thread that waits looks for itself each second, and for the last time at its deadline."""
    slots = Slots()
    holder, _ = take(slots, Deadline(clock), 1)
    ticket = Ticket(clock, slots, holder)
    late = slots.take(ticket, 1, within(clock, seconds))
    assert late is not None
    assert late.reason == f"no free slot of max_concurrency within {seconds:.3g} seconds"
    assert ticket.waits == waits


@pytest.mark.parametrize("limit", [None, 2.5])
def test_a_slot_that_becomes_free(limit: float | None, clock: FrozenClock) -> None:
    """Whoever waits gets the slot that is given back, before its deadline and without one."""
    slots = Slots()
    holder, _ = take(slots, Deadline(clock), 1)
    ticket = Ticket(clock, slots, holder, wakes=2)
    assert slots.take(ticket, 1, Deadline(clock) if limit is None else within(clock, limit)) is None
    assert ticket.waits == [1.0, 1.0]
    assert take(slots, within(clock, -1.0), 1)[1] is not None


def test_a_slot_that_becomes_free_at_the_end(clock: FrozenClock) -> None:
    """A slot that is given back in the last moment is taken."""
    slots = Slots()
    holder, _ = take(slots, Deadline(clock), 1)
    ticket = Ticket(clock, slots, holder, wakes=1)
    assert slots.take(ticket, 1, within(clock, 0.5)) is None


def test_no_budget_in_time(clock: FrozenClock) -> None:
    """A budget that allows nothing in the time that is left says so."""
    slots = Slots()
    slots.note(NEARLY_SPENT, clock)
    take(slots, Deadline(clock))
    late = take(slots, within(clock, 1.0))[1]
    assert late is not None
    assert late.reason == "the rate limit leaves no request in the time that is left"
    assert take(slots, within(clock, 1.1))[1] is None


def test_answers_without_a_budget(clock: FrozenClock) -> None:
    """An answer that says nothing of the budget changes nothing, and one without a reset does not hold back."""
    slots = Slots()
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
