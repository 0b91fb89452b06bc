"""The proposal for a misspelt name."""

from __future__ import annotations

import pytest

from openapi_client._base.nearest import hint


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jr_numbr", "; did you mean 'jr_number'?"),
        ("_timeout", "; did you mean 'timeout'?"),
        ("colour", ""),
        ("", ""),
        (5, ""),
    ],
)
def test_hint(name: str, expected: str) -> None:
    """The nearest known name, or nothing where none is near."""
    assert hint(name, {"jr_number", "timeout"}) == expected
