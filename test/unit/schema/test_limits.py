"""The limits of parameters, in the words of the generator."""

from __future__ import annotations

from typing import Any

import pytest

from openapi_client import ApiValueError
from openapi_client._schema.limits import Limits

LIMITS = Limits("size", shortest=2, longest=3, least=1, most=10)


@pytest.mark.parametrize("value", ["ab", "abc", ["a", "b"], (1, 2, 3), 1, 10, 2.5])
def test_within(value: Any) -> None:
    """The limits themselves are allowed."""
    LIMITS(value, "method")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("a", "length must be greater than or equal to `2`"),
        ("abcd", "length must be less than or equal to `3`"),
        ([], "number of items must be greater than or equal to `2`"),
        ([1] * 4, "number of items must be less than or equal to `3`"),
        (0, "value must be greater than or equal to `1`"),
        (10.5, "value must be less than or equal to `10`"),
    ],
)
def test_outside(value: Any, problem: str) -> None:
    """A value outside is refused with the parameter, the method and the limit."""
    with pytest.raises(ApiValueError) as caught:
        LIMITS(value, "method")
    assert str(caught.value) == f"Invalid value for parameter `size` when calling `method`, {problem}"


@pytest.mark.parametrize("value", ["", "a" * 1000, [], -5, 10**9])
def test_no_limits(value: Any) -> None:
    """What is not limited is not looked at."""
    Limits("size")(value, "method")
