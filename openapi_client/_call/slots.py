"""Holds back requests of one client: at most so many in flight, and fewer a second when the budget is nearly spent."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from openapi_client._base.clock import Clock
from openapi_client._base.signal import LOOK, Signal
from openapi_client._policy import limits
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline
from openapi_client.exceptions import RequestTimeoutException


class Slots:
    """The slots for requests in flight, given in the order of arrival. Safe to use from many threads.

    The first tickets in line hold them. So one step, which no interrupt divides, gives a slot back or ends a wait:
    taking the ticket out of the line.

    :ivar tickets: those who hold a slot or wait for one, in the order of arrival.
    """

    def __init__(self) -> None:
        self.tickets: dict[Signal, None] = {}
        self._size = 0
        self._lock = Lock()
        self._pace = 0.0
        self._next = 0.0
        self._reset = 0.0

    def take(self, ticket: Signal, size: int, deadline: Deadline) -> Failure | None:
        """Wait for a slot, and until the budget allows the next request.

        :param ticket: a new one, to be taken out of the line whatever happens.
        :param size: how many slots there are.
        :returns: ``None``, or why there was none before the deadline.
        """
        self._size = size
        self.tickets[ticket] = None
        while not ticket.given and ticket not in [*self.tickets][:size]:
            left = deadline.left()
            is_last = left is not None and left <= LOOK
            if not ticket.wait(left if is_last else LOOK) and is_last:
                return _late(f"no free slot of max_concurrency within {deadline.total:.3g} seconds")
        pause = self._pause(deadline)
        if pause is None:
            return _late("the rate limit leaves no request in the time that is left")
        deadline.clock.sleep(pause)
        return None

    def wake(self) -> None:
        """Wake those who have come to hold a slot, after a ticket has left."""
        for ticket in [*self.tickets][: self._size]:
            if not ticket.given:
                ticket.give()

    def note(self, headers: Mapping[str, str], clock: Clock) -> None:
        """Learn the budget from an answer."""
        if "RateLimit-Remaining" in headers:
            budget = limits.parse(headers)
            self._pace = limits.pace(budget)
            self._reset = clock.now() + (budget.reset or 0.0)

    def _pause(self, deadline: Deadline) -> float | None:
        """Seconds until the budget allows the next request, ``None`` when that is too late; only then is it counted."""
        if not self._pace:
            return 0.0
        with self._lock:
            now = deadline.clock.now()
            # When the window has started again, the budget is a new one.
            start = max(now, min(self._next, self._reset))
            if not deadline.allows(start - now):
                return None
            self._next = start + self._pace
            return start - now


def _late(reason: str) -> Failure:
    return Failure(reason, sent=False, error=RequestTimeoutException, phase="slot")
