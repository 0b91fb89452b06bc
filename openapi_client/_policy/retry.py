"""When to try again, and after how long: decisions only, nothing here sleeps or sends."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from openapi_client._base.reasons import RETRYABLE, RETRYABLE_ONCE
from openapi_client._policy.calling import strict
from openapi_client._policy.history import History
from openapi_client.exceptions import ApiTypeError, ApiValueError, TransportException

_RETRIED_STATUSES = frozenset({429, 500, 502, 503, 504})


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

    def pause_after(self, history: History, fraction: float) -> float | None:
        """Seconds to wait before the next attempt, or ``None`` when there should be none.

        :param fraction: a random number from 0 to 1, the jitter.
        """
        if history.counted >= self.attempts or not self._wants(history):
            return None
        asked = history.last.retry_after
        if asked is None:
            backoff = min(self.backoff_cap, self.backoff_base * 2.0 ** min(history.counted - 1, 60))
            return fraction * min(backoff, self.longest_wait)
        return asked if asked <= self.longest_wait else None

    def _wants(self, history: History) -> bool:
        failure, categories = history.last, history.last.categories
        if not failure.attempted or not failure.sent:
            return failure.attempted and not failure.is_lasting
        if not history.is_repeatable:
            return False
        if categories and None not in categories:
            once = categories <= RETRYABLE | RETRYABLE_ONCE and history.counted == 1
            return once or categories <= RETRYABLE
        if failure.status is None:
            return issubclass(failure.error, TransportException)
        # A refusal that names no category is as good as a 500, whatever status it came with.
        names_nothing = 200 <= failure.status < 300 and bool(failure.reasons)
        in_progress = failure.status == 409 and history.is_keyed
        return failure.status in self.statuses or in_progress or names_nothing


RetryPolicy.__new__ = strict(RetryPolicy.__new__)  # type: ignore[method-assign]  # with the same signature
DEFAULT = RetryPolicy()


def policy_of(value: Any) -> RetryPolicy:
    """A policy from what ``Configuration.retries`` accepts.

    :param value: ``None`` (the default policy), a number of retries, ``False`` (none), a ``RetryPolicy``,
        or a ``urllib3.Retry``, which is translated.
    :raises ApiTypeError: anything else.
    :raises ApiValueError: a negative number.
    """
    if isinstance(value, RetryPolicy):
        return _checked(value)
    if value is None or value is True:
        return DEFAULT
    if isinstance(value, int):
        if value < 0:
            raise ApiValueError(f"Invalid value for `retries` ({value}): it must be 0 or more")
        return RetryPolicy(attempts=int(value) + 1)
    if hasattr(value, "backoff_factor"):
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
