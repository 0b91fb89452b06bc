"""When to try again: the decisions, case by case."""

from __future__ import annotations

from typing import Any

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from openapi_client import (
    ApiException,
    ApiTypeError,
    ApiValueError,
    DecodeException,
    RetryPolicy,
    TransportException,
)
from openapi_client._base.reasons import Reason
from openapi_client._policy.history import Failure, History
from openapi_client._policy.retry import policy_of

POLICY = RetryPolicy()


def reasons(*categories: int) -> tuple[Reason, ...]:
    return tuple(Reason(f"500000{category:02d}", "message") for category in categories)


def failed(times: int = 1, *, sent: bool = True, verb: str = "GET", key: str | None = None, **facts: Any) -> History:
    """The history of a call that has failed so many times in the same way."""
    error = facts.pop("error", TransportException if "status" not in facts else ApiException)
    failure = Failure("it failed", sent=sent, error=error, **facts)
    return History(verb, key, (failure,) * times)


SYSTEM_ERROR = (Reason("SystemError", "internal"),)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (failed(sent=False, verb="POST"), True),
        (failed(), True),
        (failed(verb="POST"), False),
        (failed(verb="PATCH"), False),
        (failed(verb="POST", key="k"), True),
        (failed(verb="PUT"), True),
        (failed(verb="DELETE"), True),
        (failed(3), True),
        (failed(4), False),
        (failed(4, sent=False), False),
        *((failed(status=status), True) for status in (429, 500, 502, 503, 504)),
        *((failed(status=status), False) for status in (302, 400, 401, 403, 404, 408, 409, 422, 501)),
        (failed(status=409, verb="POST", key="k"), True),
        (failed(status=409, verb="PUT", key="k"), False),
        (failed(status=503, verb="POST"), False),
        (failed(status=200, reasons=reasons(50)), True),
        (failed(3, status=200, reasons=reasons(61, 70)), True),
        (failed(status=200, reasons=reasons(60)), True),
        (failed(2, status=200, reasons=reasons(60)), False),
        (failed(2, status=200, reasons=reasons(61, 99)), False),
        (failed(status=200, reasons=reasons(50, 60, 61, 70, 99)), True),
        (failed(2, status=200, reasons=reasons(50, 61, 70)), True),
        (failed(status=299, reasons=SYSTEM_ERROR), True),
        (failed(status=300, reasons=SYSTEM_ERROR), False),
        (failed(status=199, reasons=SYSTEM_ERROR), False),
        (failed(status=500, reasons=reasons(30)), False),
        (failed(status=429, reasons=reasons(50, 20)), False),
        (failed(status=500, reasons=SYSTEM_ERROR), True),
        (failed(status=200, reasons=SYSTEM_ERROR), True),
        (failed(status=200, reasons=SYSTEM_ERROR, verb="POST"), False),
        (failed(status=200, error=DecodeException), False),
        (failed(status=409, verb="POST", key="k", reasons=reasons(30)), False),
        (failed(attempted=False, sent=False), False),
        (failed(sent=False, is_lasting=True), False),
        (failed(error=DecodeException), False),
    ],
)
def test_what_is_retried(history: History, expected: bool) -> None:
    """What is retried."""
    assert (POLICY.pause_after(history, 0.5) is not None) is expected


@given(st.integers(1, 3), st.floats(0, 1), st.floats(0, 100), st.floats(0, 100))
def test_backoff_is_bounded(times: int, fraction: float, cap: float, longest: float) -> None:
    """Our own waits grow, and stay within the cap and the longest wait."""
    policy = POLICY._replace(backoff_cap=cap, longest_wait=longest)
    pause = policy.pause_after(failed(times), fraction)
    assert pause is not None
    assert 0 <= pause <= min(cap, longest, 2.0 ** (times - 1))


def test_backoff_doubles() -> None:
    """Each wait of our own may be twice as long as the one before."""
    assert [POLICY.pause_after(failed(times), 1.0) for times in (1, 2, 3)] == [1.0, 2.0, 4.0]


def test_immediate_repetitions_do_not_count() -> None:
    """Neither a new token nor a new connection uses up an attempt of the policy."""
    history = failed(5)._replace(has_new_token=True, has_new_connection=True)
    assert POLICY.pause_after(history, 1.0) == 4.0


@pytest.mark.parametrize(("asked", "expected"), [(0.0, 0.0), (33.0, 33.0), (120.0, 120.0), (120.1, None)])
def test_asked_wait_wins(asked: float, expected: float | None) -> None:
    """What the server asks for takes the place of the backoff, up to and including the longest wait."""
    assert POLICY.pause_after(failed(status=503, retry_after=asked), 0.5) == expected


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


@pytest.mark.parametrize(
    ("retry", "expected"),
    [
        (urllib3.Retry(), RetryPolicy(11, 0.0, 120.0, 120.0, frozenset({429, 503}))),
        (urllib3.Retry(2, status_forcelist=[418]), RetryPolicy(3, 0.0, 120.0, 120.0, frozenset({418, 429, 503}))),
        (
            urllib3.Retry(2, status_forcelist=[418, 503], respect_retry_after_header=False, backoff_factor=0.5),
            RetryPolicy(3, 0.5, 120.0, 120.0, frozenset({418, 503})),
        ),
        (urllib3.Retry(2, respect_retry_after_header=False), RetryPolicy(3, 0.0, 120.0, 120.0, frozenset())),
        (urllib3.Retry(None), RetryPolicy(4, 0.0, 120.0, 120.0, frozenset({429, 503}))),
        (urllib3.Retry(9, connect=3), RetryPolicy(4, 0.0, 120.0, 120.0, frozenset({429, 503}))),
        (urllib3.Retry(9, read=0), RetryPolicy(1, 0.0, 120.0, 120.0, frozenset({429, 503}))),
        (urllib3.Retry(9, read=False), RetryPolicy(10, 0.0, 120.0, 120.0, frozenset({429, 503}))),
    ],
)
def test_old_retry_as_a_policy(retry: urllib3.Retry, expected: RetryPolicy) -> None:
    """What an old ``urllib3.Retry`` means: counts, backoff, statuses, and whether ``Retry-After`` makes two more."""
    assert policy_of(retry) == expected


def test_backoff_bound_of_an_old_retry() -> None:
    """A bound of its own for the backoff is kept; an older urllib3 has none on its objects."""

    class Bounded(urllib3.Retry):
        backoff_max = 7.0

    class Unbounded:
        total, connect, read, status_forcelist, backoff_factor = 1, None, None, None, None
        respect_retry_after_header = True
        increment = None

    bounded = Bounded(1)
    bounded.backoff_max = 7.0
    assert policy_of(bounded).backoff_cap == 7.0
    assert policy_of(Unbounded()) == RetryPolicy(2, 0.0, 120.0, 120.0, frozenset({429, 503}))


@pytest.mark.parametrize(
    ("policy", "is_good"),
    [
        (RetryPolicy(attempts=1), True),
        (RetryPolicy(attempts=2.0), False),
        (RetryPolicy(backoff_base=0), True),
        (RetryPolicy(backoff_base=float("inf")), False),
        (RetryPolicy(backoff_base="1"), False),
        (RetryPolicy(longest_wait=0.0), True),
    ],
)
def test_bounds_of_a_policy(policy: RetryPolicy, is_good: bool) -> None:
    """The least that a policy may say is allowed, and no nonsense."""
    if is_good:
        assert policy_of(policy) is policy
    else:
        with pytest.raises(ApiValueError, match="RetryPolicy"):
            policy_of(policy)
