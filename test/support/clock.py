"""A clock whose waits take no time."""

from __future__ import annotations

import threading

from openapi_client._base.clock import Clock


class QuickClock(Clock):
    """Real time plus all that was slept, so that socket timeouts stay true while waits are free."""

    def __init__(self, fraction: float = 0.5) -> None:
        self.slept: list[float] = []
        self._fraction = fraction
        self._lock = threading.Lock()

    def now(self) -> float:
        return super().now() + sum(self.slept)

    def wall(self) -> float:
        return super().wall() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)

    def fraction(self) -> float:
        return self._fraction


class FrozenClock(Clock):
    """Time that moves on by what is slept, and by nothing else."""

    def __init__(self, fraction: float = 1.0) -> None:
        self.slept: list[float] = []
        self._fraction = fraction

    def now(self) -> float:
        return 1000.0 + sum(self.slept)

    def wall(self) -> float:
        return 1_700_000_000.0 + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def fraction(self) -> float:
        return self._fraction
