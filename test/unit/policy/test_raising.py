"""The one place where a failure becomes an exception."""

from __future__ import annotations

from typing import Any

import openapi_client as oc
from openapi_client._policy.history import Failure, History
from openapi_client._policy.raising import exception_for, exception_of_one

CAUSE = OSError("broken pipe")
WHOLE = Failure(
    "it failed",
    sent=False,
    error=oc.RequestTimeoutException,
    phase="connect",
    is_stale=True,
    status=418,
    headers={"Zuora-Request-Id": "rid"},
    body="body",
    reasons=(oc.Reason("50000030", "message"),),
    retry_after=7.0,
    cause=CAUSE,
)


def test_everything_is_told() -> None:
    """All that a failure knows is on its exception, and all that the history adds."""
    for error in (exception_for(History("POST", "key", (WHOLE,)), "/path"), exception_of_one(WHOLE)):
        told: Any = error
        assert type(told) is oc.RequestTimeoutException
        assert (told.status, told.reason, told.body, told.headers["Zuora-Request-Id"]) == (
            418,
            "it failed",
            "body",
            "rid",
        )
        assert (told.sent, told.phase, told.is_stale, told.retry_after) == (False, "connect", True, 7.0)
        assert told.reasons == WHOLE.reasons
        assert told.__cause__ is CAUSE


def test_what_the_history_adds() -> None:
    """Verb, path, key and attempts come from the history."""
    failures = (Failure("reset"), WHOLE)
    told: Any = exception_for(History("POST", "key", failures), "/path")
    assert (told.method, told.path, told.attempts, told.idempotency_key) == ("POST", "/path", 2, "key")
    assert (told.outcome_unknown, told.follows_unclear_attempt) == (False, True)
    told = exception_for(History("PUT", "key", failures[:1]), None)
    assert (told.method, told.path, told.attempts, told.idempotency_key) == ("PUT", None, 1, None)
    assert (told.outcome_unknown, told.follows_unclear_attempt, told.status) == (True, False, 0)
