"""What may be given as a time limit."""

from __future__ import annotations

import math
from typing import Any

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from openapi_client import ApiTypeError, ApiValueError, Configuration
from openapi_client._policy.timeouts import Limits, limits_of


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


@pytest.mark.parametrize("value", ["5", True, (1,), (1, 2, 3), (), {"read": 1}, (None, 1), ("1", 2), b"5", object()])
def test_bad_types(value: Any) -> None:
    """Text, flags and other shapes are refused by name."""
    with pytest.raises(ApiTypeError, match="timeout"):
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
