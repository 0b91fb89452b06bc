"""The faults in force: which request each of them strikes, and for how long."""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace

from openapi_client.sandbox.faults.fault import Fault
from openapi_client.sandbox.state.clock import SandboxClock


@dataclass(frozen=True)
class ActiveFault:
    """A fault in force.

    :param id: number by which it can be removed
    :param fault: the fault
    :param since: when it was added, in seconds of the sandbox clock
    :param hits: how often it has struck
    """

    id: int
    fault: Fault
    since: float
    hits: int = 0

    def is_over(self, now: float) -> bool:
        """Whether it is used up, or its time has passed."""
        fault = self.fault
        is_used_up = fault.times is not None and self.hits >= fault.times
        return is_used_up or (fault.seconds is not None and now >= self.since + fault.seconds)


class Faults:
    """The faults of a sandbox; safe to use from several threads.

    - A request suffers one fault at most: the earliest added that fits and, by its probability, strikes.
    - Chance is drawn for each fault from a generator of its own, made of the seed and the fault's number. So the same
      seed, faults and order of requests give the same result.

    :param clock: the sandbox clock
    :param seed: start of the generators; one is made up when left out
    :param initial: faults in force from the beginning, and again after a reset
    """

    def __init__(self, clock: SandboxClock, seed: int | str | None = None, initial: Iterable[Fault] = ()) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._initial = tuple(initial)
        self.seed: int | str = secrets.randbits(32) if seed is None else seed
        self.reset()

    def add(self, fault: Fault) -> int:
        """Put a fault into force and return its number."""
        with self._lock:
            return self._add(fault)

    def remove(self, number: int) -> None:
        """Take back one fault.

        :raises LookupError: when it is not in force
        """
        with self._lock:
            if number not in self._active:
                raise LookupError(f"no fault {number} is in force")
            del self._active[number]

    def clear(self) -> None:
        """Take back every fault."""
        with self._lock:
            self._active.clear()

    def reset(self) -> None:
        """Go back to the initial faults, unused, and start chance anew."""
        with self._lock:
            self._active: dict[int, ActiveFault] = {}
            self._chances: dict[int, random.Random] = {}
            self._last = 0
            for fault in self._initial:
                self._add(fault)

    @property
    def active(self) -> list[ActiveFault]:
        """The faults in force, the earliest added first."""
        with self._lock:
            self._forget_what_is_over()
            return list(self._active.values())

    def strike(self, method: str, path: str) -> Fault | None:
        """Return the fault that a request suffers, and count it."""
        # Read without the lock: a request that comes at the same time as a fault may be just before it.
        if not self._active:
            return None
        with self._lock:
            self._forget_what_is_over()
            for number, active in self._active.items():
                fault = active.fault
                if fault.fits(method, path) and self._chances[number].random() < fault.probability:
                    self._active[number] = replace(active, hits=active.hits + 1)
                    return fault
        return None

    def _add(self, fault: Fault) -> int:
        self._last += 1
        self._active[self._last] = ActiveFault(self._last, fault, self._now())
        self._chances[self._last] = random.Random(f"{self.seed}:{self._last}")  # noqa: S311 - has to be repeatable
        return self._last

    def _forget_what_is_over(self) -> None:
        now = self._now()
        self._active = {number: each for number, each in self._active.items() if not each.is_over(now)}

    def _now(self) -> float:
        return self._clock.now().timestamp()
