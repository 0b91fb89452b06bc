"""Slots: how many requests are in flight, and how far apart they are sent."""

from __future__ import annotations

from support.clock import FrozenClock

from openapi_client import RequestTimeoutException
from openapi_client._call.slots import Slots
from openapi_client._policy.timeouts import Deadline

NEARLY_SPENT = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "9", "RateLimit-Reset": "10"}
PLENTY = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "900", "RateLimit-Reset": "10"}


def test_a_nearly_spent_budget_is_spread() -> None:
    """Requests are sent one pace apart while the budget is nearly spent, and at once when it is not."""
    clock = FrozenClock()
    slots = Slots(9)
    slots.note(NEARLY_SPENT)
    for _ in range(3):
        assert slots.take(Deadline(clock)) is None
    assert clock.slept == [0.0, 1.0, 1.0]
    slots.note(PLENTY)
    assert slots.take(Deadline(clock)) is None
    assert clock.slept[3:] == [0.0]


def test_all_slots_taken() -> None:
    """Who finds no slot before the deadline is told so, and holds none."""
    clock = FrozenClock()
    slots = Slots(1)
    assert slots.take(Deadline(clock)) is None
    late = slots.take(Deadline(clock, clock.now() + 0.01, 0.01))
    assert late is not None
    assert (late.error, late.phase, late.sent) == (RequestTimeoutException, "slot", False)
    slots.release()
    assert slots.take(Deadline(clock)) is None


def test_no_request_in_the_budget() -> None:
    """Who would have to wait beyond the deadline is told at once, and gives the slot back."""
    clock = FrozenClock()
    slots = Slots(1)
    slots.note(NEARLY_SPENT)
    assert slots.take(Deadline(clock)) is None
    slots.release()
    late = slots.take(Deadline(clock, clock.now() + 0.5, 0.5))
    assert late is not None
    assert "the rate limit leaves no request for the next 1 seconds" in late.reason
    assert slots.take(Deadline(clock)) is None
