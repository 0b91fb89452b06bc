"""When to try again: the decisions, case by case."""

from __future__ import annotations

from typing import Any

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from openapi_client import ApiTypeError, ApiValueError, RetryPolicy
from openapi_client._base.reasons import Reason
from openapi_client._policy.retry import Failure, is_unclear, policy_of, settles

POLICY = RetryPolicy()


def reasons(*categories: int) -> tuple[Reason, ...]:
    return tuple(Reason(f"500000{category:02d}", "message") for category in categories)


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure(1, sent=False, repeatable=False), True),
        (Failure(1), True),
        (Failure(1, repeatable=False), False),
        (Failure(3), True),
        (Failure(4), False),
        (Failure(4, sent=False), False),
        *((Failure(1, status=status), True) for status in (429, 500, 502, 503, 504)),
        *((Failure(1, status=status), False) for status in (200, 400, 401, 403, 404, 408, 409, 422, 501)),
        (Failure(1, status=409, keyed=True), True),
        (Failure(1, status=503, repeatable=False), False),
        (Failure(1, status=200, reasons=reasons(50)), True),
        (Failure(3, status=200, reasons=reasons(61, 70)), True),
        (Failure(1, status=200, reasons=reasons(60)), True),
        (Failure(2, status=200, reasons=reasons(60)), False),
        (Failure(2, status=200, reasons=reasons(61, 99)), False),
        (Failure(1, status=500, reasons=reasons(30)), False),
        (Failure(1, status=429, reasons=reasons(50, 20)), False),
        (Failure(1, status=500, reasons=(Reason("SystemError", "internal"),)), True),
        (Failure(1, status=409, keyed=True, reasons=reasons(30)), False),
    ],
)
def test_wants(failure: Failure, expected: bool) -> None:
    """What is retried."""
    assert POLICY.wants(failure) is expected


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure(1, sent=False), False),
        (Failure(1), True),
        (Failure(1, status=200), True),
        (Failure(1, status=500), True),
        (Failure(1, status=504), True),
        (Failure(1, status=408), True),
        (Failure(1, status=409), False),
        (Failure(1, status=409, keyed=True), True),
        (Failure(1, status=429), False),
        (Failure(1, status=400), False),
        (Failure(1, status=200, reasons=reasons(30)), False),
        (Failure(1, status=200, reasons=reasons(60)), True),
    ],
)
def test_is_unclear(failure: Failure, expected: bool) -> None:
    """After which failures the request may have taken effect."""
    assert is_unclear(failure) is expected


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure(2), False),
        (Failure(2, status=500, reasons=reasons(30)), False),
        (Failure(2, status=200, reasons=reasons(30)), True),
        (Failure(2, status=200, reasons=reasons(50)), False),
        (Failure(2, status=200), False),
        (Failure(2, status=400), True),
        (Failure(2, status=404), True),
        (Failure(2, status=401), False),
        (Failure(2, status=403), False),
        (Failure(2, status=429), False),
        (Failure(2, status=409), False),
        (Failure(2, status=409, reasons=reasons(30)), True),
    ],
)
def test_settles(failure: Failure, expected: bool) -> None:
    """Which answers decide what became of the request."""
    assert settles(failure) is expected


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_backoff_is_bounded(attempt: int, fraction: float) -> None:
    """Our own waits grow, and stay within the cap."""
    delay = POLICY.delay(Failure(attempt), fraction)
    assert 0 <= delay <= min(POLICY.backoff_cap, 2.0 ** min(attempt - 1, 60))


def test_asked_wait_wins() -> None:
    """What the server asks for takes the place of the backoff."""
    assert POLICY.delay(Failure(1, retry_after=33.0), 0.5) == 33.0


@pytest.mark.parametrize(
    ("value", "attempts"),
    [(None, 4), (True, 4), (False, 1), (0, 1), (3, 4), (RetryPolicy(attempts=7), 7), (urllib3.Retry(5), 6),
     (urllib3.Retry(total=False), 1), (urllib3.Retry(connect=2, read=1, total=9), 2)],
)  # fmt: skip
def test_policy_of(value: Any, attempts: int) -> None:
    """What ``retries`` takes."""
    assert policy_of(value).attempts == attempts


@pytest.mark.parametrize(
    ("value", "kind"),
    [(-1, ApiValueError), ("3", ApiTypeError), (2.5, ApiTypeError), (RetryPolicy(attempts=0), ApiValueError),
     (RetryPolicy(backoff_cap=float("nan")), ApiValueError), (RetryPolicy(longest_wait=-1.0), ApiValueError)],
)  # fmt: skip
def test_policy_of_nonsense(value: Any, kind: type[Exception]) -> None:
    """What ``retries`` does not take, said by name."""
    with pytest.raises(kind, match=r"retries|RetryPolicy"):
        policy_of(value)


def test_policy_is_a_frozen_value() -> None:
    """A policy cannot be changed, only replaced."""
    with pytest.raises(AttributeError):
        POLICY.attempts = 9  # type: ignore[misc]  # the point of the test
    assert POLICY._replace(attempts=9).attempts == 9
