"""Something that happens once, and that threads wait for; Ctrl-C breaks nothing in it."""

from __future__ import annotations

from threading import Lock

from openapi_client._base.clock import SYSTEM

#: Who waits looks for itself after so many seconds, in case the one that should wake it was interrupted.
LOOK = 1.0


class Signal:
    """Like ``threading.Event``, which is written in Python: interrupted there, it keeps its lock for ever.

    :ivar given: whether it has happened. Setting it is one step, which no interrupt divides; :meth:`give` also wakes.
    """

    def __init__(self) -> None:
        self.given: bool = False
        # A lock for each, so that one who is interrupted keeps nothing that others need.
        self._waiting: dict[Lock, bool] = {}

    def give(self) -> None:
        """Let it have happened, and wake those who wait."""
        self.given = True
        for lock in [*self._waiting]:
            if self._waiting.pop(lock, False):
                lock.release()

    def wait(self, seconds: float | None) -> bool:
        """Whether it has happened within so many seconds; ``None`` waits for ever."""
        until = None if seconds is None else SYSTEM.now() + seconds
        lock = Lock()
        lock.acquire()
        self._waiting[lock] = True
        while not self.given:
            left = LOOK if until is None else min(LOOK, until - SYSTEM.now())
            if left < 0:
                break
            lock.acquire(timeout=left)
        self._waiting.pop(lock, None)
        return self.given
