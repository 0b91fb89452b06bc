"""The sandbox's own time: it can stand still, jump ahead and run faster than ours."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta, timezone


class SandboxClock:
    """Time as the sandbox sees it; every timer of the server reads this clock.

    Safe to use from several threads. Time never goes backwards.

    :param start: aware datetime shown first; the machine's time when left out
    :param speed: sandbox seconds per real second
    :param frozen: whether the clock starts standing still
    """

    def __init__(self, start: datetime | None = None, *, speed: float = 1.0, frozen: bool = False) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("start must carry a time zone")
        if not 0 < speed < float("inf"):
            raise ValueError("speed must be a positive number")
        self._lock = threading.Lock()
        self._shown = (start or datetime.now(timezone.utc)).astimezone(timezone.utc)
        self._anchor = time.monotonic()
        self._speed = speed
        self._frozen = frozen

    @property
    def speed(self) -> float:
        """Sandbox seconds per real second while the clock is running."""
        return self._speed

    def now(self) -> datetime:
        """Return the sandbox time as an aware UTC datetime."""
        with self._lock:
            return self._read()

    def advance(self, seconds: float) -> None:
        """Jump ahead.

        :param seconds: sandbox seconds, zero or more
        :raises ValueError: for a negative or an endless jump
        """
        if not 0 <= seconds < float("inf"):
            raise ValueError("the clock only goes forward, by a number of seconds")
        with self._lock:
            self._settle()
            self._shown += timedelta(seconds=seconds)

    def freeze(self) -> None:
        """Stand still until :meth:`resume`; :meth:`advance` keeps working."""
        with self._lock:
            self._settle()
            self._frozen = True

    def resume(self) -> None:
        """Run on from the time now shown."""
        with self._lock:
            self._settle()
            self._frozen = False

    def _read(self) -> datetime:
        if self._frozen:
            return self._shown
        elapsed = (time.monotonic() - self._anchor) * self._speed
        return self._shown + timedelta(seconds=elapsed)

    def _settle(self) -> None:
        self._shown = self._read()
        self._anchor = time.monotonic()
