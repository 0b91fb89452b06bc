"""The one place where a failed call becomes an exception: complete, and never edited afterwards."""

from __future__ import annotations

from openapi_client._policy.history import Failure, History
from openapi_client.exceptions import ApiException


def exception_for(history: History, path: str | None) -> ApiException:
    """The exception for a call that has failed for good.

    :param path: path of the call, without host and query.
    """
    failure = history.last
    error = _made(
        failure,
        method=history.verb,
        path=path,
        attempts=history.attempts,
        outcome_unknown=history.outcome_unknown,
        given_up=history.given_up,
        follows_unclear_attempt=history.follows_unclear,
        idempotency_key=history.key if history.is_keyed else None,
    )
    error.__cause__ = failure.cause
    return error


def exception_of_one(failure: Failure) -> ApiException:
    """The exception for a single exchange that belongs to no call."""
    error = _made(failure)
    error.__cause__ = failure.cause
    return error


def _made(failure: Failure, **facts: object) -> ApiException:
    return failure.error(
        failure.status if failure.status is not None else 0,
        failure.reason,
        body=failure.body,
        headers=failure.headers,
        reasons=failure.reasons,
        retry_after=failure.retry_after,
        sent=failure.sent,
        phase=failure.phase,
        is_stale=failure.is_stale,
        is_lasting=failure.is_lasting,
        advice=failure.advice,
        **facts,
    )
