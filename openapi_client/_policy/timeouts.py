"""Time limits: what a caller may give, checked, and what is left of them."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from openapi_client._base.clock import Clock
from openapi_client.exceptions import ApiTypeError, ApiValueError

CONNECT = 5.0
#: Zuora's gateway gives up after 120 seconds (Zuora docs, "Request timeouts").
READ = 125.0


class Limits(NamedTuple):
    """Limits in seconds; ``None`` means no limit of that sort.

    :ivar total: for the whole call: token, waits, every attempt, every byte.
    :ivar connect: for one connection, TLS included.
    :ivar read: for one complete answer, from the end of the request to the last byte.
    :ivar given: what the caller passed, for a transport that was replaced.
    """

    total: float | None = None
    connect: float | None = CONNECT
    read: float | None = READ
    given: Any = None


#: The limits where nothing else is said.
DEFAULT = Limits()


class Deadline(NamedTuple):
    """When a call has to be over: made once, and asked before everything that takes time.

    :ivar at: the moment of the clock, or ``None`` for a call without a total.
    :ivar total: the seconds that were given for it.
    """

    clock: Clock
    at: float | None = None
    total: float | None = None

    def left(self) -> float | None:
        """Seconds left, 0 or less when it has passed; ``None`` without a total."""
        return None if self.at is None else self.at - self.clock.now()

    def allows(self, pause: float) -> bool:
        """Whether something can still follow a pause of so many seconds."""
        return self.at is None or self.clock.now() + pause < self.at


def deadline_of(limits: Limits, clock: Clock) -> Deadline:
    """The deadline of a call that begins now."""
    return Deadline(clock) if limits.total is None else Deadline(clock, clock.now() + limits.total, limits.total)


def limits_of(value: Any, name: str) -> Limits:
    """Limits from a number (the total), a ``(connect, read)`` pair, or a ``urllib3.Timeout``.

    :param name: the parameter, for the error message.
    :raises ApiTypeError: another type or shape.
    :raises ApiValueError: zero, negative, NaN or infinite.
    """
    if value is None:
        return DEFAULT
    if isinstance(value, Limits):
        return value
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return Limits(None, seconds(value[0], f"{name}[0]"), seconds(value[1], f"{name}[1]"), value)
    if hasattr(value, "connect_timeout") and hasattr(value, "total"):
        return _translated(value, name)
    return Limits(seconds(value, name), CONNECT, None, value)


def seconds(value: Any, name: str) -> float:
    """A finite number of seconds above 0.

    :raises ApiTypeError: no number.
    :raises ApiValueError: zero, negative, NaN or infinite.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ApiTypeError(
            f"Invalid type for `{name}`: {type(value).__name__} ({value!r}); "
            "pass seconds as a number, or a (connect, read) pair of numbers"
        )
    if not 0 < value < math.inf:
        raise ApiValueError(f"Invalid value for `{name}` ({value!r}): it must be a finite number of seconds above 0")
    return float(value)


def _translated(timeout: Any, name: str) -> Limits:
    def given(part: str) -> float | None:
        value = getattr(timeout, part)
        return seconds(value, f"{name}.{part}") if isinstance(value, (int, float)) else None

    return Limits(given("total"), given("_connect"), given("_read"), timeout)
