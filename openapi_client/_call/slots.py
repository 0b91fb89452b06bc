"""Holds back requests of one client: at most so many in flight, and fewer a second when the budget is nearly spent."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping

from openapi_client._base.clock import Clock
from openapi_client._policy import limits
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline
from openapi_client.exceptions import RequestTimeoutException

#: A waiting thread looks for itself after so many seconds, in case the one that should wake it was interrupted.
_LOOK = 1.0


class Slots:
    """The slots for requests in flight, given in the order of arrival. Safe to use from many threads.

    Who holds or waits for a slot is known by its ticket, so :meth:`leave` is right wherever an interrupt struck.

    :param size: how many there are.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._lock = threading.Lock()
        self._holders: set[threading.Event] = set()
        self._waiting: deque[threading.Event] = deque()
        self._pace = 0.0
        self._next = 0.0
        self._reset = 0.0

    def take(self, ticket: threading.Event, deadline: Deadline) -> Failure | None:
        """Wait for a slot, and until the budget allows the next request.

        :param ticket: a new event, to be given to :meth:`leave` whatever happens.
        :returns: ``None``, or why there was none before the deadline.
        """
        self._waiting.append(ticket)
        while not self._enters(ticket):
            left = deadline.left()
            is_last = left is not None and left <= _LOOK
            if not ticket.wait(max(left or 0.0, 0.0) if is_last else _LOOK) and is_last:
                return _late(f"no free slot of max_concurrency within {deadline.total:.3g} seconds")
            ticket.clear()
        pause = self._pause(deadline)
        if pause is None:
            return _late("the rate limit leaves no request in the time that is left")
        deadline.clock.sleep(pause)
        return None

    def leave(self, ticket: threading.Event) -> None:
        """Give back what a ticket holds, or end its wait."""
        self._holders.discard(ticket)
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            if self._waiting:
                self._waiting[0].set()

    def note(self, headers: Mapping[str, str], clock: Clock) -> None:
        """Learn the budget from an answer."""
        if "RateLimit-Remaining" in headers:
            budget = limits.parse(headers)
            self._pace = limits.pace(budget)
            self._reset = clock.now() + (budget.reset or 0.0)

    def _enters(self, ticket: threading.Event) -> bool:
        with self._lock:
            if len(self._holders) >= self.size or self._waiting[0] is not ticket:
                return False
            self._holders.add(ticket)
            self._waiting.popleft()
            if self._waiting and len(self._holders) < self.size:
                self._waiting[0].set()
            return True

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
