"""What may be given as a time limit."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from openapi_client import ApiTypeError, ApiValueError, Configuration
from openapi_client._base.clock import Clock
from openapi_client._policy.timeouts import Limits, deadline_of, limits_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, (None, 5.0, 125.0)),
        (30, (30.0, 5.0, None)),
        (0.5, (0.5, 5.0, None)),
        ((1, 2.5), (None, 1.0, 2.5)),
        ([1, 2], (None, 1.0, 2.0)),
        (urllib3.Timeout(total=9), (9.0, None, None)),
        (urllib3.Timeout(connect=1, read=2), (None, 1.0, 2.0)),
    ],
)
def test_forms(value: Any, expected: Any) -> None:
    """A number is the total, a pair is connect and read."""
    assert limits_of(value, "x")[:3] == expected


@pytest.mark.parametrize("value", [0, -1, 0.0, math.nan, math.inf, -math.inf, (0, 1), (1, -1), (math.nan, 1)])
def test_bad_values(value: Any) -> None:
    """Zero, negative, NaN and infinite limits are refused by name."""
    with pytest.raises(ApiValueError, match="timeout"):
        limits_of(value, "timeout")


@given(st.floats(min_value=1e-6, max_value=1e6))
def test_any_positive_number(seconds: float) -> None:
    """Every positive number of seconds is taken as it is."""
    assert limits_of(seconds, "x").total == seconds


@pytest.mark.parametrize("value", [0, -1, "5", math.nan, (1, 2, 3)])
def test_checked_when_set(value: Any) -> None:
    """A configuration refuses a bad limit when it is set."""
    with pytest.raises((ApiTypeError, ApiValueError), match="timeout"):
        Configuration(timeout=value)


def test_default() -> None:
    """Limits always exist."""
    assert Limits() == (None, 5.0, 125.0, None)


def test_what_was_given_is_kept() -> None:
    """A transport that was replaced gets what the caller passed."""
    timeout = urllib3.Timeout(3)
    for value in (timeout, (1, 2), 5):
        assert limits_of(value, "x").given is value
    assert limits_of(limits_of(5, "x"), "x") == limits_of(5, "x")


@pytest.mark.parametrize("part", ["total", "connect", "read"])
def test_parts_of_a_timeout_are_named(part: str) -> None:
    """A wrong part of a ``urllib3.Timeout`` is told by its name."""

    class Odd:
        total, connect_timeout, _connect, _read = 1.0, 1.0, 1.0, 1.0

    odd = Odd()
    setattr(odd, part if part == "total" else f"_{part}", -1.0)
    with pytest.raises(ApiValueError, match=rf"`x\._?{part}`"):
        limits_of(odd, "x")


class Standing(Clock):
    """A clock that stands still."""

    def now(self) -> float:
        return 100.0


def test_deadline() -> None:
    """A deadline is so many seconds from its beginning; without a total there is none."""
    deadline = deadline_of(Limits(total=5.0), Standing())
    assert (deadline.left(), deadline.total, deadline.at) == (5.0, 5.0, 105.0)
    assert deadline.allows(4.9)
    assert not deadline.allows(5.0)
    never = deadline_of(Limits(), Standing())
    assert (never.left(), never.total) == (None, None)
    assert never.allows(math.inf)


@pytest.mark.parametrize(
    "value", [True, "5", b"5", (1, 2, 3), (1,), (), [], (None, 1), ("1", 2), {}, {"read": 1}, object()]
)
def test_wrong_types(value: Any) -> None:
    """What is no number, pair or ``urllib3.Timeout`` is refused by name, and the right forms are told."""
    wrong, name = value, "timeout"
    if isinstance(value, tuple) and len(value) == 2:
        wrong, name = value[0], "timeout[0]"
    expected = f"Invalid type for `{name}`: {type(wrong).__name__} ({wrong!r}); pass seconds as a number, or a "
    with pytest.raises(ApiTypeError, match=f"^{re.escape(expected)}"):
        limits_of(value, "timeout")
