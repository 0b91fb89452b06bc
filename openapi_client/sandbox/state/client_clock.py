"""The clock of clients under test: instead of waiting, they move the sandbox's time ahead."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from openapi_client._base.clock import Clock

if TYPE_CHECKING:
    from openapi_client.sandbox.state.clock import SandboxClock


class ClientClock(Clock):
    """A clock for ``Configuration(clock=...)`` whose sleeps end at once and move the clock of a sandbox ahead.

    - Time limits count real time and what all sleeps on this clock skipped, so they are as long as ever.
    - One clock serves any number of clients and threads. The sleep of one is time that passes for all, and counts in
      their time limits; sleeps that overlap do not add up.
    - Tokens and HTTP dates are judged by the sandbox's time.
    - Copied to another process, it is the real clock: nothing there can move the sandbox.
    """

    def __init__(self, clock: SandboxClock) -> None:
        self._sandbox = clock
        self._lock = threading.Lock()
        self._skipped = 0.0

    def now(self) -> float:
        """Real monotonic seconds, and those that were skipped."""
        return super().now() + self._skipped

    def wall(self) -> float:
        """The sandbox's time, in seconds since the epoch."""
        return self._sandbox.now().timestamp()

    def sleep(self, seconds: float) -> None:
        """Move the sandbox ahead to where it would be after ``seconds``, unless another sleep has done so."""
        skipped = self._skipped
        with self._lock:
            left = seconds - (self._skipped - skipped)
            if left > 0:
                self._sandbox.advance(left)
                self._skipped += left

    def __reduce__(self) -> tuple[Any, ...]:
        return Clock, ()
