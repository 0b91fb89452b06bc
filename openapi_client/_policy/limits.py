"""What the rate-limit and concurrency headers say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

#: Below this share of the quota requests are spread over the rest of the window, at most so many seconds apart.
_NEARLY_SPENT = 0.05
_SLOWEST_PACE = 5.0


class RateLimit(NamedTuple):
    """The budget of the tenant after a call (Zuora docs, "Rate limits" and "Concurrent request limits").

    :ivar limit: quota of the window closest to exhaustion.
    :ivar remaining: requests left in that window.
    :ivar reset: seconds until that window starts again.
    :ivar windows: every window as ``(quota, seconds)``.
    :ivar concurrency_type: the pool that counted the call, such as ``Default``.
    :ivar concurrency_limit: size of that pool.
    :ivar concurrency_remaining: free slots in that pool.
    """

    limit: int | None = None
    remaining: int | None = None
    reset: float | None = None
    windows: tuple[tuple[int, int], ...] = ()
    concurrency_type: str | None = None
    concurrency_limit: int | None = None
    concurrency_remaining: int | None = None


def parse(headers: Mapping[str, str]) -> RateLimit:
    """Read the headers; what is missing or nonsense becomes ``None``."""
    quota, *windows = (headers.get("RateLimit-Limit") or "").split(",")
    return RateLimit(
        limit=_whole(quota),
        remaining=_whole(headers.get("RateLimit-Remaining")),
        reset=_number(headers.get("RateLimit-Reset")),
        windows=tuple(window for window in map(_window, windows) if window is not None),
        concurrency_type=headers.get("Concurrency-Limit-Type"),
        concurrency_limit=_whole(headers.get("Concurrency-Limit-Limit")),
        concurrency_remaining=_whole(headers.get("Concurrency-Limit-Remaining")),
    )


def pace(budget: RateLimit) -> float:
    """Seconds to leave between requests so that the rest of a nearly spent budget lasts until its reset."""
    if budget.limit is None or budget.remaining is None or budget.reset is None:
        return 0.0
    if budget.remaining > budget.limit * _NEARLY_SPENT:
        return 0.0
    return min(budget.reset / (budget.remaining + 1), _SLOWEST_PACE)


def wait_asked(headers: Mapping[str, str] | None, status: int | None, wall: float) -> float | None:
    """Seconds the server asks to wait: ``Retry-After``, or for a 429 the reset of the exhausted window.

    :param wall: seconds since the epoch.
    """
    if headers is None:
        return None
    asked = parse_retry_after(headers.get("Retry-After"), wall)
    if asked is None and status == 429:
        asked = _number(headers.get("RateLimit-Reset"))
    return asked


def _number(text: str | None) -> float | None:
    text = (text or "").strip()
    if not text.isascii() or not text.replace(".", "", 1).isdigit() or len(text) > 20:
        return None
    return float(text)


def _whole(text: str | None) -> int | None:
    number = _number(text)
    return None if number is None else int(number)


def _window(text: str) -> tuple[int, int] | None:
    quota, _, parameter = text.partition(";")
    name, _, seconds = parameter.strip().partition("=")
    size, length = _whole(quota), _whole(seconds)
    return (size, length) if name == "w" and size is not None and length is not None else None


def parse_retry_after(value: str | None, now: float) -> float | None:
    """``Retry-After`` in seconds (RFC 9110 section 10.2.3): a number, or an HTTP date against ``now``.

    :param now: seconds since the epoch.
    :returns: ``None`` for nonsense; a moment in the past is no wait.
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        # Longer texts are no duration anybody means, and int() refuses them beyond 4300 digits.
        return float(value) if len(value) <= 12 else math.inf
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
