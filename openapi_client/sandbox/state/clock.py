"""The sandbox's own time: it can stand still, jump ahead and run faster than ours."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

#: Sandbox seconds per real second, at most: a year in half a minute; much more would run out of years.
FASTEST = 1e6
# Time stands still here: what is due later, and the calendar of a reset, need some years that have a number.
_LAST = datetime(9000, 12, 31, tzinfo=timezone.utc)
_TOO_LATE = "the clock should not lead beyond the year 9000"


@dataclass(frozen=True)
class ClockState:
    """How a clock goes, so that everybody who has it reads the same time.

    :param shown: the sandbox's time at ``since``
    :param since: real seconds since the epoch
    :param speed: sandbox seconds per real second
    :param is_frozen: whether it stands still
    :param revision: the higher, the later the change
    """

    shown: datetime
    since: float
    speed: float
    is_frozen: bool
    revision: int = 0

    def at(self, real: float) -> datetime:
        """Return the sandbox's time at a real one."""
        if self.is_frozen:
            return self.shown
        elapsed, most = (real - self.since) * self.speed, (_LAST - self.shown).total_seconds()
        # The machine's clock may have been set back.
        return self.shown if elapsed < 0 else self.shown + timedelta(seconds=elapsed if elapsed < most else most)

    def changed(self, **fields: Any) -> ClockState:
        """Return the clock that goes on from now in another way, with other values for the fields above."""
        real = time.time()
        return replace(self, **{"shown": self.at(real), "since": real, **fields})

    def advanced(self, seconds: float) -> ClockState:
        """Return the clock after a jump."""
        now = self.changed()
        if seconds > (_LAST - now.shown).total_seconds():
            raise ValueError(_TOO_LATE)
        return replace(now, shown=now.shown + timedelta(seconds=seconds))


Change = Callable[[ClockState], ClockState]


class ClockKeeper(Protocol):
    """Where several processes have a clock in common."""

    def kept(self) -> ClockState:
        """Return the clock as it is now."""

    def change(self, change: Change, first: ClockState) -> ClockState:
        """Change the clock for everybody, and return it.

        :param first: what is kept, unchanged, when there was none
        """


class SandboxClock:
    """Time as the sandbox sees it; every timer of the server reads this clock.

    - Safe to use from several threads.
    - Time never goes backwards, but in :meth:`restart`, and ends with the year 9000.
    - The clock of a sandbox with a database file is kept there, for all processes on the file and the next start; there
      it goes on while nobody serves. Of a file's clock and the one that a sandbox is given, the later time counts when
      ``start`` is given, and the file's otherwise; ``speed`` and ``frozen`` count when they are given.

    :param start: aware datetime shown first; the machine's time when left out
    :param speed: sandbox seconds per real second, at most :data:`FASTEST`; 1 when left out
    :param frozen: whether the clock starts standing still; it does not when left out
    """

    def __init__(
        self, start: datetime | None = None, *, speed: float | None = None, frozen: bool | None = None
    ) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("start must carry a time zone")
        if start is not None and start > _LAST:
            raise ValueError(_TOO_LATE)
        if speed is not None:
            _check_speed(speed)
        self._lock = threading.Lock()
        self._start, self._first_speed, self._starts_frozen = start, speed, frozen
        self._keepers: tuple[ClockKeeper, ...] = ()
        self._state = self._first()
        self._latest = self._state.shown

    @property
    def speed(self) -> float:
        """Sandbox seconds per real second while the clock is running."""
        self._look()
        return self._state.speed

    @property
    def is_frozen(self) -> bool:
        """Whether the clock stands still."""
        self._look()
        return self._state.is_frozen

    @property
    def revision(self) -> int:
        """The number of the last change that is known here."""
        return self._state.revision

    def now(self) -> datetime:
        """Return the sandbox time as an aware UTC datetime."""
        self._look()
        return self.last_known()

    def last_known(self) -> datetime:
        """Return the sandbox time without a look whether another process has changed the clock."""
        with self._lock:
            now = self._state.at(time.time())
            # The machine's clock may be set back; this one is not.
            if now > self._latest:
                self._latest = now
            return self._latest

    def advance(self, seconds: float) -> None:
        """Jump ahead.

        :param seconds: sandbox seconds, zero or more
        :raises ValueError: for a negative jump, or one beyond the year 9000
        """
        if not 0 <= seconds < float("inf"):
            raise ValueError("the clock only goes forward, by a number of seconds")
        self._change(lambda state: state.advanced(seconds))

    def freeze(self) -> None:
        """Stand still until :meth:`resume`; :meth:`advance` keeps working."""
        self._change(lambda state: state.changed(is_frozen=True))

    def resume(self) -> None:
        """Run on from the time now shown."""
        self._change(lambda state: state.changed(is_frozen=False))

    def set_speed(self, speed: float) -> None:
        """Run faster or slower from the time now shown.

        :param speed: sandbox seconds per real second
        :raises ValueError: when it is not above zero, or more than :data:`FASTEST`
        """
        _check_speed(speed)
        self._change(lambda state: state.changed(speed=speed))

    def restart(self) -> None:
        """Go back to the time, the speed and the state it had at first; only for a sandbox that starts anew, too."""
        first = self._first()
        self._change(lambda state: replace(first, revision=state.revision))

    def keep_in(self, keeper: ClockKeeper) -> None:
        """Have the clock in common with others from now on, and the time they have."""
        self.adopt(keeper.change(self._joined, self._state), is_new=True)
        self._keepers = (*self._keepers, keeper)

    def leave(self, keeper: ClockKeeper) -> None:
        """Go on alone."""
        # No lock, which a thread may have held when this process was forked.
        self._keepers = tuple(each for each in self._keepers if each is not keeper)

    def adopt(self, state: ClockState, *, is_new: bool = False) -> None:
        """Go on as others do, unless that is older than what is known.

        :param is_new: whether it counts in any case
        """
        with self._lock:
            if is_new or state.revision > self._state.revision:
                self._state, self._latest = state, state.shown

    def _look(self) -> None:
        if self._keepers:
            self.adopt(self._keepers[-1].kept())

    def _change(self, change: Change) -> None:
        # Not under the lock: who writes to a file may wait for one who wants to know the time.
        for keeper in self._keepers:
            self.adopt(keeper.change(change, self._state))
        if not self._keepers:
            with self._lock:
                state = change(self._state)
                self._state, self._latest = state, state.shown

    def _first(self) -> ClockState:
        shown = (self._start or datetime.now(timezone.utc)).astimezone(timezone.utc)
        speed = 1.0 if self._first_speed is None else self._first_speed
        return ClockState(shown, time.time(), speed, bool(self._starts_frozen))

    def _joined(self, kept: ClockState) -> ClockState:
        given: dict[str, Any] = {"speed": self._first_speed, "is_frozen": self._starts_frozen}
        if self._start is not None:
            given["shown"] = max(self.last_known(), kept.at(time.time()))
        wanted = {name: value for name, value in given.items() if value is not None}
        return kept.changed(**wanted) if wanted else kept


def moment_text(seconds: float) -> str:
    """Return a moment, in seconds of the sandbox clock, as ISO 8601 with milliseconds."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")


def _check_speed(speed: float) -> None:
    if not 0 < speed <= FASTEST:
        raise ValueError(f"speed should be above 0 and at most {FASTEST:g}")
