"""Rate-limit headers: any text is read or ignored, and none breaks a call."""

from __future__ import annotations

import datetime
import math
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openapi_client._policy.limits import RateLimit, pace, parse, parse_retry_after, wait_asked

NOW = 1_700_000_000.0
DOCUMENTED = {
    "RateLimit-Limit": "2250000, 50000;w=60, 2250000;w=3600, 27000000;w=86400",
    "RateLimit-Remaining": "399",
    "RateLimit-Reset": "1200",
}


def test_documented_headers() -> None:
    """The example of Zuora's guide."""
    assert parse(DOCUMENTED) == RateLimit(
        2250000, 399, 1200.0, ((50000, 60), (2250000, 3600), (27000000, 86400)), None, None, None
    )


def test_no_headers() -> None:
    """What is not sent is not known."""
    assert parse({}) == RateLimit()


@given(st.text(), st.text(), st.text())
def test_any_text(limit: str, remaining: str, reset: str) -> None:
    """Nonsense is ignored, and numbers are never negative."""
    found = parse({"RateLimit-Limit": limit, "RateLimit-Remaining": remaining, "RateLimit-Reset": reset})
    for number in (found.limit, found.remaining, found.reset):
        assert number is None or number >= 0


@given(st.integers(0, 10**9), st.lists(st.tuples(st.integers(1, 10**9), st.integers(1, 10**6)), max_size=5))
def test_round_trip(limit: int, windows: list[tuple[int, int]]) -> None:
    """Well-formed windows are read as they were written."""
    text = ", ".join([str(limit), *(f"{quota};w={seconds}" for quota, seconds in windows)])
    found = parse({"RateLimit-Limit": text})
    assert (found.limit, list(found.windows)) == (limit, windows)


@given(st.integers(0, 10**9))
def test_retry_after_seconds(seconds: int) -> None:
    """Whole seconds."""
    assert parse_retry_after(f" {seconds} ", NOW) == seconds


@given(st.integers(0, 10**7))
def test_retry_after_date(seconds: int) -> None:
    """An HTTP date is as many seconds away as it is."""
    moment = datetime.datetime.fromtimestamp(NOW + seconds, datetime.timezone.utc)
    assert parse_retry_after(format_datetime(moment, usegmt=True), NOW) == pytest.approx(seconds)


@given(st.text())
def test_retry_after_text(text: str) -> None:
    """Any text gives seconds or nothing."""
    found = parse_retry_after(text, NOW)
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), ("", None), ("-1", None), ("1.5", None), ("soon", None), ("9" * 30, math.inf), ("٣", None),
     ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0), ("Wed, 99 Foo 2015 07:28:00 GMT", None)],
)  # fmt: skip
def test_odd_retry_after(value: Any, expected: Any) -> None:
    """Nonsense is no wait, the past is none either."""
    assert parse_retry_after(value, NOW) == expected


@pytest.mark.parametrize(
    ("headers", "status", "expected"),
    [
        (None, 429, None),
        ({}, 429, None),
        ({"Retry-After": "5", "RateLimit-Reset": "9"}, 429, 5.0),
        ({"RateLimit-Reset": "9"}, 429, 9.0),
        ({"RateLimit-Reset": "9"}, 503, None),
        ({"Retry-After": "nonsense", "RateLimit-Reset": "9"}, 429, 9.0),
    ],
)
def test_wait_asked(headers: Any, status: int, expected: Any) -> None:
    """``Retry-After`` first, then the reset of the exhausted window."""
    assert wait_asked(headers, status, NOW) == expected


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (RateLimit(), 0.0),
        (RateLimit(1000, 500, 30.0), 0.0),
        (RateLimit(1000, 51, 30.0), 0.0),
        (RateLimit(1000, 29, 30.0), 1.0),
        (RateLimit(1000, 0, 30.0), 5.0),
        (RateLimit(1000, 0, None), 0.0),
    ],
)
def test_pace(budget: RateLimit, expected: float) -> None:
    """A nearly spent budget is spread over the rest of its window."""
    assert pace(budget) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("7.5", 7.5),
        (".5", 0.5),
        ("9" * 20, float("9" * 20)),
        ("9" * 21, None),
        ("1.2.3", None),
        ("-1", None),
        ("1e3", None),
        ("\u0663", None),
        ("", None),
        (".", None),
        ("seven", None),
    ],
)
def test_numbers(text: str, expected: float | None) -> None:
    """A number is digits with a point at most, of a length that somebody may mean."""
    assert parse({"RateLimit-Reset": text}).reset == expected


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("9, 5;w=60", ((5, 60),)),
        ("9,5; w=60", ((5, 60),)),
        ("9, 5;x=60", ()),
        ("9, 5", ()),
        ("9, 5;w", ()),
        ("9, 5;w=", ()),
        ("9, ;w=60", ()),
        ("9, x;w=60", ()),
        ("9, 5;w=60;q=1", ()),
        ("9, 5;w=60=1", ()),
        ("9, 5;x=60, 6;w=70", ((6, 70),)),
    ],
)
def test_windows(text: str, windows: tuple[tuple[int, int], ...]) -> None:
    """A window is a quota and its seconds; one that is anything else is left out."""
    assert parse({"RateLimit-Limit": text}) == RateLimit(limit=9, windows=windows)


def test_concurrency() -> None:
    """The headers of the concurrent-request limit."""
    headers = {
        "Concurrency-Limit-Type": "Default",
        "Concurrency-Limit-Limit": "40",
        "Concurrency-Limit-Remaining": "38",
    }
    found = parse(headers)
    assert (found.concurrency_type, found.concurrency_limit, found.concurrency_remaining) == ("Default", 40, 38)


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (RateLimit(100, 5, 12.0), 2.0),
        (RateLimit(100, 6, 12.0), 0.0),
        (RateLimit(100, 0, 3.0), 3.0),
        (RateLimit(100, 0, 12.0), 5.0),
        (RateLimit(None, 5, 12.0), 0.0),
        (RateLimit(100, None, 12.0), 0.0),
        (RateLimit(100, 5, None), 0.0),
    ],
)
def test_pace_at_its_bounds(budget: RateLimit, expected: float) -> None:
    """From the twentieth of the quota on, what is left is spread, at most five seconds apart."""
    assert pace(budget) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("9" * 12, float("9" * 12)), ("1" + "0" * 12, math.inf), ("", None), ("soon", None), ("1.5", None)],
)
def test_retry_after_at_its_bounds(value: str, expected: float | None) -> None:
    """A duration nobody means is for ever, and nonsense is none."""
    assert parse_retry_after(value, NOW) == expected


@pytest.mark.parametrize(
    ("headers", "status", "expected"),
    [
        (None, 429, None),
        ({}, 429, None),
        ({"Retry-After": "3"}, None, 3.0),
        ({"Retry-After": "3", "RateLimit-Reset": "9"}, 429, 3.0),
        ({"RateLimit-Reset": "9"}, 429, 9.0),
        ({"RateLimit-Reset": "9"}, 503, None),
        ({"Retry-After": "soon", "RateLimit-Reset": "9"}, 429, 9.0),
        ({"Retry-After": "0", "RateLimit-Reset": "9"}, 429, 0.0),
    ],
)
def test_which_wait_is_asked_for(headers: Any, status: int | None, expected: float | None) -> None:
    """``Retry-After`` comes first; the reset of a window counts for a 429 only."""
    assert wait_asked(headers, status, NOW) == expected
