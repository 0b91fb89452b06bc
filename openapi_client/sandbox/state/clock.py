"""The sandbox's own time: it can stand still, jump ahead and run faster than ours."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta, timezone

#: Sandbox seconds per real second, at most: a year in half a minute; much more would run out of years.
FASTEST = 1e6
# Time stands still here: what is due later, and the calendar of a reset, need some years that have a number.
_LAST = datetime(9000, 12, 31, tzinfo=timezone.utc)
_TOO_LATE = "the clock should not lead beyond the year 9000"


class SandboxClock:
    """Time as the sandbox sees it; every timer of the server reads this clock.

    Safe to use from several threads. Time never goes backwards, but in :meth:`restart`, and ends with the year 9000.

    :param start: aware datetime shown first; the machine's time when left out
    :param speed: sandbox seconds per real second, at most :data:`FASTEST`
    :param frozen: whether the clock starts standing still
    """

    def __init__(self, start: datetime | None = None, *, speed: float = 1.0, frozen: bool = False) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("start must carry a time zone")
        if start is not None and start > _LAST:
            raise ValueError(_TOO_LATE)
        _check_speed(speed)
        self._lock = threading.Lock()
        self._start, self._first_speed, self._starts_frozen = start, speed, frozen
        self.restart()

    @property
    def speed(self) -> float:
        """Sandbox seconds per real second while the clock is running."""
        return self._speed

    @property
    def is_frozen(self) -> bool:
        """Whether the clock stands still."""
        return self._frozen

    def now(self) -> datetime:
        """Return the sandbox time as an aware UTC datetime."""
        with self._lock:
            return self._read()

    def advance(self, seconds: float) -> None:
        """Jump ahead.

        :param seconds: sandbox seconds, zero or more
        :raises ValueError: for a negative jump, or one beyond the year 9000
        """
        if not 0 <= seconds < float("inf"):
            raise ValueError("the clock only goes forward, by a number of seconds")
        with self._lock:
            self._settle()
            if seconds > (_LAST - self._shown).total_seconds():
                raise ValueError(_TOO_LATE)
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

    def set_speed(self, speed: float) -> None:
        """Run faster or slower from the time now shown.

        :param speed: sandbox seconds per real second
        :raises ValueError: when it is not above zero, or more than :data:`FASTEST`
        """
        _check_speed(speed)
        with self._lock:
            self._settle()
            self._speed = speed

    def restart(self) -> None:
        """Go back to the time, the speed and the state it had at first; only for a sandbox that starts anew, too."""
        with self._lock:
            self._shown = (self._start or datetime.now(timezone.utc)).astimezone(timezone.utc)
            self._anchor = time.monotonic()
            self._speed, self._frozen = self._first_speed, self._starts_frozen

    def _read(self) -> datetime:
        if self._frozen:
            return self._shown
        elapsed = (time.monotonic() - self._anchor) * self._speed
        return self._shown + timedelta(seconds=min(elapsed, (_LAST - self._shown).total_seconds()))

    def _settle(self) -> None:
        self._shown = self._read()
        self._anchor = time.monotonic()


def moment_text(seconds: float) -> str:
    """Return a moment, in seconds of the sandbox clock, as ISO 8601 with milliseconds."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")


def _check_speed(speed: float) -> None:
    if not 0 < speed <= FASTEST:
        raise ValueError(f"speed should be above 0 and at most {FASTEST:g}")
