"""The one place where a failed call becomes an exception: complete, and never edited afterwards."""

from __future__ import annotations

from openapi_client._policy.history import Failure, History
from openapi_client.exceptions import ApiException

_TOLD = ("body", "headers", "reasons", "retry_after", "sent", "phase", "is_stale", "is_replay", "is_lasting", "advice")


def exception_for(history: History, path: str | None) -> ApiException:
    """The exception for a call that has failed for good.

    :param path: path of the call, without host and query.
    """
    return exception_of_one(
        history.last,
        method=history.verb,
        path=path,
        attempts=history.attempts,
        outcome_unknown=history.outcome_unknown,
        given_up=history.given_up,
        follows_unclear_attempt=history.follows_unclear,
        idempotency_key=history.key if history.is_keyed else None,
    )


def exception_of_one(failure: Failure, **facts: object) -> ApiException:
    """The exception for a single exchange, with what is known of the call that it belongs to."""
    told = {name: getattr(failure, name) for name in _TOLD}
    error = failure.error(failure.status or 0, failure.reason, **told, **facts)
    error.__cause__ = failure.cause
    return error
