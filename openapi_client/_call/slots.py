"""Holds back requests of one client: at most so many in flight, and fewer a second when the budget is nearly spent."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from openapi_client._policy import limits
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline
from openapi_client.exceptions import RequestTimeoutException


class Slots:
    """The slots for requests in flight. Safe to use from many threads.

    :param size: how many there are.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._free = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._pace = 0.0
        self._next = 0.0

    def take(self, deadline: Deadline) -> Failure | None:
        """Take a slot when one is free and the budget allows the next request; give it back with :meth:`release`.

        :returns: ``None``, or why none could be had before the deadline; then none is held.
        """
        left = deadline.left()
        if not self._free.acquire(timeout=None if left is None else max(0.0, left)):
            return _late(f"no free slot of max_concurrency within {left:.3g} seconds")
        is_taken = False
        try:
            pause = self._pause_needed(deadline.clock.now())
            if not deadline.allows(pause):
                return _late(f"the rate limit leaves no request for the next {pause:.3g} seconds")
            deadline.clock.sleep(pause)
            is_taken = True
            return None
        finally:
            if not is_taken:
                self._free.release()

    def release(self) -> None:
        """Give a slot back."""
        self._free.release()

    def note(self, headers: Mapping[str, str]) -> None:
        """Learn the budget from an answer."""
        if "RateLimit-Remaining" in headers:
            self._pace = limits.pace(limits.parse(headers))

    def _pause_needed(self, now: float) -> float:
        if not self._pace:
            return 0.0
        with self._lock:
            start = max(now, self._next)
            self._next = start + self._pace
            return start - now


def _late(reason: str) -> Failure:
    return Failure(reason, sent=False, error=RequestTimeoutException, phase="slot")
