"""The rules between the fields of a create, in words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import openapi_client as oc
from openapi_client._runs.keys import RANDOM_KEY, key_rule, random_key

DAY = datetime.date(2026, 3, 31)
EARLIEST = datetime.date(2015, 1, 1)
BEFORE = datetime.date(2014, 12, 31)
WHEN = "accounting_period_name, or target_start_date with target_end_date, is required"
NO_START = "target_start_date is required when target_end_date is given"
NO_END = "target_end_date is required when target_start_date is given without accounting_period_name"


def problems(*types: Any, **values: Any) -> list[str]:
    """The problems of a request with one type unless others are given."""
    request = oc.POSTJournalRunType(
        **{
            "journal_entry_date": DAY,
            "transaction_types": [{"type": kind} for kind in types or ("Invoice Item",)],
            **values,
        }
    )
    return request.problems()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"accounting_period_name": "Mar 2026"}, []),
        ({"target_start_date": DAY, "target_end_date": DAY}, []),
        ({"target_start_date": EARLIEST, "target_end_date": DAY}, []),
        ({"accounting_period_name": "Mar 2026", "target_start_date": DAY}, []),
        ({}, [WHEN]),
        ({"accounting_period_name": " "}, ["accounting_period_name is blank"]),
        (
            {"accounting_period_name": "Open-Ended"},
            ["accounting_period_name must not be the open-ended period (Open-Ended)"],
        ),
        ({"target_end_date": DAY}, [NO_START]),
        ({"accounting_period_name": "Mar 2026", "target_end_date": DAY}, [NO_START]),
        ({"target_start_date": DAY}, [NO_END]),
        (
            {"target_start_date": DAY, "target_end_date": datetime.date(2026, 3, 30)},
            ["target_end_date (2026-03-30) is before target_start_date (2026-03-31)"],
        ),
        (
            {"target_start_date": BEFORE, "target_end_date": BEFORE},
            [
                "target_start_date (2014-12-31) is before 2015-01-01, the earliest target date",
                "target_end_date (2014-12-31) is before 2015-01-01, the earliest target date",
            ],
        ),
    ],
)
def test_dates(values: dict[str, Any], expected: list[str]) -> None:
    """Which periods and days go together."""
    assert problems(**values) == expected


def test_types() -> None:
    """A type may be named once; revenue events want a period."""
    period = {"accounting_period_name": "Mar 2026"}
    assert problems("Invoice Item", "Taxation Item", **period) == []
    assert problems("Invoice Item", "Taxation Item", "Invoice Item", **period) == [
        "transaction_types names Invoice Item more than once"
    ]
    assert problems("Revenue Event Item", **period) == []
    assert problems("Revenue Event Item", target_start_date=DAY, target_end_date=DAY) == [
        "Revenue Event Item can only be collected for an accounting_period_name"
    ]


def test_what_is_required() -> None:
    """A request that was made without validation may lack everything."""
    off = oc.Configuration(client_side_validation=False)
    empty = oc.POSTJournalRunType(local_vars_configuration=off)
    assert empty.problems() == [
        "journal_entry_date is required",
        "transaction_types needs at least one transaction type",
        WHEN,
    ]
    odd = oc.POSTJournalRunType(
        journal_entry_date=DAY,
        accounting_period_name=5,
        transaction_types=[{"type": "Taxation Item"}, {"type": "Taxation Item"}, {"type": ["x"]}, 5],
        target_start_date="2026",
        target_end_date="2025",
        local_vars_configuration=off,
    )
    assert odd.problems() == ["transaction_types names Taxation Item more than once"]
    other = oc.POSTJournalRunType(journal_entry_date=DAY, transaction_types=5, local_vars_configuration=off)
    assert other.problems() == [WHEN]


def test_random_keys() -> None:
    """A key of our own is a UUID4, another one for each call."""
    import uuid

    keys = {random_key() for _ in range(10)}
    assert len(keys) == 10
    assert all(uuid.UUID(key).version == 4 for key in keys)
    assert repr(RANDOM_KEY) == "a random UUID4"


@pytest.mark.parametrize("key", ["", " ", "k" * 256])
def test_bad_keys(key: str) -> None:
    """A key has something in it, and not too much."""
    with pytest.raises(oc.ApiValueError, match="`idempotency_key` when calling `m`: use 1 to 255 characters, not all"):
        key_rule(key, "m")


@pytest.mark.parametrize("key", ["k", "k" * 255])
def test_good_keys(key: str) -> None:
    """From one character to the longest."""
    key_rule(key, "m")
