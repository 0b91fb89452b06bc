"""Time and chance as the client sees them: the one seam that tests turn."""

from __future__ import annotations

import random
import time


class Clock:
    """Real time, and random jitter. A test passes an object with the same four methods instead."""

    def now(self) -> float:
        """Monotonic seconds; only differences have a meaning."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since the epoch, for HTTP dates and token expiry."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Block the calling thread for ``seconds`` (not at all for zero or less)."""
        if seconds > 0:
            time.sleep(seconds)

    def fraction(self) -> float:
        """A random number from 0 to 1, the jitter of waits."""
        return random.random()  # noqa: S311 - spreads load, guards nothing


SYSTEM = Clock()
