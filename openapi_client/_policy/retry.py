"""When to try again, and after how long: decisions only, nothing here sleeps or sends."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from openapi_client._base import reasons as _reasons
from openapi_client._base.reasons import Reason
from openapi_client.exceptions import ApiTypeError, ApiValueError

_RETRIED_STATUSES = frozenset({429, 500, 502, 503, 504})
#: Categories of failures that can strike after the work was done.
_UNCLEAR = frozenset({60, 61, 99})
#: Categories and statuses that say nothing about what an earlier attempt did.
_SAYS_NOTHING = frozenset({10, 11, *_reasons.RETRYABLE, *_reasons.RETRYABLE_ONCE})
_NOT_ABOUT_THE_REQUEST = frozenset({401, 403, 407, 408, 421, 425, 429})


class Failure(NamedTuple):
    """One failed attempt, as far as the decision needs it.

    :ivar attempt: its number, from 1.
    :ivar sent: whether the request, or a part of it, may have left this machine.
    :ivar status: HTTP status, or ``None`` when no answer arrived.
    :ivar reasons: the decoded reasons of a refusal.
    :ivar retry_after: seconds the server asked to wait, or ``None``.
    :ivar repeatable: whether sending the request twice has the effect of sending it once.
    :ivar keyed: whether that is so by an idempotency key.
    """

    attempt: int
    sent: bool = True
    status: int | None = None
    reasons: tuple[Reason, ...] = ()
    retry_after: float | None = None
    repeatable: bool = True
    keyed: bool = False


class RetryPolicy(NamedTuple):
    """What is retried, how often and how far apart. A frozen value; ``policy._replace(attempts=6)`` makes another.

    Retried are connections that failed before anything was sent; and, for requests that are safe to repeat (GET,
    PUT, DELETE, and POST with an idempotency key): broken connections, timeouts, the ``statuses``, and refusals
    whose every reason is temporary (Zuora docs, "Error handling": categories 50, 61 and 70; 60 and 99 once).

    :ivar attempts: how many requests at most, the first included.
    :ivar backoff_base: upper bound of the first wait in seconds; each further one doubles (full jitter).
    :ivar backoff_cap: upper bound of every wait of our own, in seconds.
    :ivar longest_wait: the longest wait in seconds a server may ask for; a longer one raises at once.
    :ivar statuses: HTTP statuses that are retried.
    """

    attempts: int = 4
    backoff_base: float = 1.0
    backoff_cap: float = 60.0
    longest_wait: float = 120.0
    statuses: frozenset[int] = _RETRIED_STATUSES

    def wants(self, failure: Failure) -> bool:
        """Whether the call should be tried again after ``failure``, leaving the wait aside."""
        if failure.attempt >= self.attempts:
            return False
        if not failure.sent:
            return True
        if not failure.repeatable:
            return False
        categories = {reason.category for reason in failure.reasons}
        if categories and None not in categories:
            once = categories <= _reasons.RETRYABLE | _reasons.RETRYABLE_ONCE and failure.attempt == 1
            return once or categories <= _reasons.RETRYABLE
        in_progress = failure.keyed and failure.status == 409
        return failure.status is None or failure.status in self.statuses or in_progress

    def delay(self, failure: Failure, fraction: float) -> float:
        """Seconds to wait before the next attempt: the server's wish, or our backoff.

        :param fraction: a random number from 0 to 1, the jitter.
        """
        if failure.retry_after is not None:
            return failure.retry_after
        return fraction * min(self.backoff_cap, self.backoff_base * 2.0 ** min(failure.attempt - 1, 60))


def is_unclear(failure: Failure) -> bool:
    """Whether the request may have taken effect although it failed."""
    if not failure.sent:
        return False
    if failure.reasons and failure.status is not None and failure.status < 500:
        return any(reason.category in _UNCLEAR for reason in failure.reasons)
    status = failure.status
    return status is None or status < 300 or status >= 500 or status == 408 or (status == 409 and failure.keyed)


def settles(failure: Failure) -> bool:
    """Whether the answer is a definite refusal of the request itself, however often it was sent before."""
    categories = {reason.category for reason in failure.reasons}
    if failure.status is None or failure.status >= 500 or categories & _SAYS_NOTHING:
        return False
    if failure.status < 300 or failure.status == 409:
        return bool(categories - {None})
    return failure.status not in _NOT_ABOUT_THE_REQUEST


def policy_of(value: Any) -> RetryPolicy:
    """A policy from what ``Configuration.retries`` accepts.

    :param value: ``None`` (the default policy), a number of retries, ``False`` (none), a ``RetryPolicy``,
        or a ``urllib3.Retry``, which is translated.
    :raises ApiTypeError: anything else. :raises ApiValueError: a negative number.
    """
    if isinstance(value, RetryPolicy):
        return _checked(value)
    if value is None or value is True:
        return RetryPolicy()
    if isinstance(value, int):
        if value < 0:
            raise ApiValueError(f"Invalid value for `retries` ({value}): it must be 0 or more")
        return RetryPolicy(attempts=int(value) + 1)
    if hasattr(value, "increment") and hasattr(value, "backoff_factor"):
        return _translated(value)
    raise ApiTypeError(
        f"Invalid type for `retries`: {type(value).__name__} ({value!r}); "
        "pass a number of retries, a RetryPolicy or a urllib3.Retry"
    )


def _checked(policy: RetryPolicy) -> RetryPolicy:
    if not isinstance(policy.attempts, int) or policy.attempts < 1:
        raise ApiValueError(f"Invalid value for `RetryPolicy.attempts` ({policy.attempts!r}): it must be 1 or more")
    for name in ("backoff_base", "backoff_cap", "longest_wait"):
        seconds = getattr(policy, name)
        if not isinstance(seconds, (int, float)) or not 0 <= seconds < math.inf:
            raise ApiValueError(f"Invalid value for `RetryPolicy.{name}` ({seconds!r}): it must be 0 or more seconds")
    return policy


def _translated(retry: Any) -> RetryPolicy:
    """An old caller's ``urllib3.Retry`` as a policy: its total, backoff and statuses, within our safety rules."""
    counts = [count for count in (retry.total, retry.connect, retry.read) if count is not None and count is not False]
    statuses = frozenset(retry.status_forcelist or ())
    return RetryPolicy(
        attempts=int(min(counts, default=3)) + 1 if retry.total is not False else 1,
        backoff_base=float(retry.backoff_factor or 0.0),
        backoff_cap=float(getattr(retry, "backoff_max", 120.0)),
        statuses=statuses | ({429, 503} if retry.respect_retry_after_header else set()),
    )
