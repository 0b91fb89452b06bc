"""Whether a refusal says that there is no such run."""

from __future__ import annotations

from typing import Any

import pytest
from support.faults import NUMBER, RUN
from support.memory import Memory, api_over, refusal, reply

import openapi_client as oc
from openapi_client import ApiException, Failure, Reason
from openapi_client._runs.looking import is_missing

MISSING = (Reason("50000040", "no such run"),)
GATEWAY = (Reason("40", "no Route matched"),)


@pytest.mark.parametrize(
    ("status", "reasons", "expected"),
    [
        (200, MISSING, True),
        (404, MISSING, True),
        (499, MISSING, True),
        (500, MISSING, False),
        (503, MISSING, False),
        (None, MISSING, False),
        (404, (), False),
        (404, GATEWAY, False),
        (404, (Reason("50000030", "a rule"),), False),
        (404, (*MISSING, Reason("50000030", "a rule")), True),
        (404, (*MISSING, *GATEWAY), False),
    ],
)
def test_missing(status: int | None, reasons: Any, expected: bool) -> None:
    """Only the application itself, in its own form, says that a run does not exist."""
    assert is_missing(Failure("no", error=ApiException, status=status, reasons=reasons)) is expected
    assert is_missing(ApiException(status or 0, "no", reasons=reasons)) is expected


def test_errors_of_other_kinds() -> None:
    """An error that is no refusal says nothing."""
    assert not is_missing(OSError("no"))


def test_a_refused_look_raises_whatever_the_setting() -> None:
    """A wait needs a status, so a refusal is an exception for it even where refusals are results, and complete."""
    refused = refusal(50000030)._replace(headers={"Zuora-Request-Id": "rid"})
    api = api_over(Memory(reply(503), refused), raise_on_failure=False)
    with pytest.raises(oc.OperationFailedException, match=r'"success": false.*no: 50000030') as caught:
        api.wait_for_journal_run(NUMBER)
    assert (caught.value.status, caught.value.request_id, caught.value.attempts) == (200, "rid", 2)
    assert caught.value.reasons[0].code == "50000030"


def test_a_wait_takes_limits_in_every_form() -> None:
    """The limits of a look may be given as those of any call, and a wrong one is told by its name."""
    transport = Memory(reply(200, {**RUN, "status": "Pending"}), reply(200, RUN))
    api_over(transport, timeout=(1, 2)).wait_for_journal_run(NUMBER, timeout=9.0)
    assert [(limits.total, limits.connect, limits.read) for limits in transport.limits] == [
        (9.0, 1.0, 2.0),
        (transport.limits[1].total, 1.0, 2.0),
    ]
    assert all(limits.given == limits.total for limits in transport.limits)
    with pytest.raises(oc.ApiValueError, match=r"`_request_timeout` \(-1\)"):
        api_over(Memory()).wait_for_journal_run(NUMBER, _request_timeout=-1)
