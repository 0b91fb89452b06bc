"""Rate windows per tenant and requests in flight: counting, headers, and the 429 answers.

Sources: Zuora docs, "Rate limits" and "Concurrent request limits". Counters live in the process, not in the
database file.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from openapi_client.sandbox.options import Options, RateProfile
from openapi_client.sandbox.protocol.errors import LIMIT, GatewayRefusal, Reason, Refusal

_CONCURRENCY_MESSAGE = (
    "The total number of concurrent requests has exceeded the limit allowed by the system. "
    "Please resubmit your request later."
)
CONCURRENCY_RETRY_AFTER_SECONDS = 120


@dataclass(frozen=True)
class _Reading:
    name: str
    quota: int
    used: int
    reset: int

    @property
    def remaining(self) -> int:
        return max(0, self.quota - self.used)


class RateWindows:
    """Counts every request, refused ones included, in fixed windows aligned to the clock."""

    def __init__(self, profile: RateProfile) -> None:
        self._profile = profile
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, int]] = {}

    def count(self, now: float, headers: dict[str, str]) -> None:
        """Count one request and write the ``RateLimit-*`` headers.

        :param now: seconds of the sandbox clock
        :param headers: receives the three headers
        :raises GatewayRefusal: when a window is exhausted; short body, no ``Retry-After``
        """
        with self._lock:
            readings = [self._step(now, *window) for window in self._profile.windows]
        tightest = min(readings, key=lambda each: (each.quota - each.used) / max(1, each.quota))
        windows = ", ".join(f"{quota};w={span}" for _, quota, span in self._profile.windows)
        headers["RateLimit-Limit"] = f"{tightest.quota}, {windows}"
        headers["RateLimit-Remaining"] = str(tightest.remaining)
        headers["RateLimit-Reset"] = str(tightest.reset)
        if tightest.used > tightest.quota:
            message = f"API Rate limit exceeded for the {tightest.name}, retry after {tightest.reset} seconds"
            raise GatewayRefusal(429, {"reasons": [{"code": LIMIT, "message": message}]})

    def clear(self) -> None:
        """Forget every count."""
        with self._lock:
            self._counts.clear()

    def _step(self, now: float, name: str, quota: int, span: int) -> _Reading:
        # A request that read the clock just before a turn, but is counted after it, counts in the new window.
        counted_window, used = self._counts.get(name, (-1, 0))
        window = max(counted_window, math.floor(now / span))
        used = used + 1 if counted_window == window else 1
        self._counts[name] = (window, used)
        return _Reading(name, quota, used, max(1, math.ceil((window + 1) * span - now)))


class InFlight:
    """Counts the requests being served right now, per entity."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}

    def show(self, entity: str, headers: dict[str, str]) -> None:
        """Write the ``Concurrency-Limit-*`` headers of a request that holds no slot."""
        with self._lock:
            taken = self._counts.get(entity, 0)
        self._write(taken, headers)

    @contextmanager
    def slot(self, entity: str, headers: dict[str, str]) -> Iterator[None]:
        """Hold a slot while the block runs and write the ``Concurrency-Limit-*`` headers.

        :raises Refusal: when all slots are taken; 429 with ``Retry-After``
        """
        with self._lock:
            taken = self._counts.get(entity, 0)
            is_full = taken >= self._limit
            if not is_full:
                taken += 1
                self._counts[entity] = taken
        self._write(taken, headers)
        if is_full:
            raise too_many_at_once()
        try:
            yield
        finally:
            with self._lock:
                self._counts[entity] -= 1

    def _write(self, taken: int, headers: dict[str, str]) -> None:
        headers["Concurrency-Limit-Type"] = "Default"
        headers["Concurrency-Limit-Limit"] = str(self._limit)
        headers["Concurrency-Limit-Remaining"] = str(self._limit - taken)


def too_many_at_once() -> Refusal:
    """Return the refusal of a request that finds every slot taken."""
    return Refusal(
        Reason(LIMIT, _CONCURRENCY_MESSAGE),
        is_plain=True,
        headers={"Retry-After": str(CONCURRENCY_RETRY_AFTER_SECONDS)},
    )


class TokenWindow:
    """Counts token requests per minute and address."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._window = -1
        self._counts: dict[str, int] = {}

    def count(self, now: float, address: str, headers: dict[str, str]) -> None:
        """Count one token request and write the ``X-RateLimit-*`` headers.

        :raises GatewayRefusal: with 429 when the address has used up its minute
        """
        window = math.floor(now / 60)
        with self._lock:
            if window > self._window:
                self._window, self._counts = window, {}
            used = self._counts[address] = self._counts.get(address, 0) + 1
        headers["X-RateLimit-Limit-minute"] = str(self._limit)
        headers["X-RateLimit-Remaining-minute"] = str(max(0, self._limit - used))
        if used > self._limit:
            raise GatewayRefusal(429, {"message": "API rate limit exceeded"})

    def clear(self) -> None:
        """Forget every count."""
        with self._lock:
            self._window, self._counts = -1, {}


class Limits:
    """Every counter of a tenant.

    :param options: the quotas
    """

    def __init__(self, options: Options) -> None:
        self.rates: RateWindows = RateWindows(options.rates)
        self.in_flight: InFlight = InFlight(options.concurrency_limit)
        self.tokens: TokenWindow = TokenWindow(options.token_limit)

    def clear(self) -> None:
        """Forget what was counted; requests in flight go on."""
        self.rates.clear()
        self.tokens.clear()
