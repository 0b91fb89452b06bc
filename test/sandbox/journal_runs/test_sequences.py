"""Any sequence of requests and hooks, against the table of the vendor."""

from __future__ import annotations

from datetime import datetime, timezone

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox import Sandbox, SandboxClock
from openapi_client.sandbox.journal_runs.lifecycle import ACTIVE

# A loaded machine is slow, which is no mistake of the code under test; the fixture only makes callers.
UNHURRIED = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
NOON = datetime(2026, 6, 15, 12, 0, tzinfo=timezone.utc)
LATEST = "JR-00000001"
MAY_FOLLOW = {
    None: {None, "Pending"},
    "Pending": {"Pending", "Processing", "Completed", "Error", "CancelInprogress"},
    "Processing": {"Processing", "Completed", "Error"},
    "Completed": {"Completed", "CancelInprogress"},
    "Error": {"Error", "CancelInprogress"},
    "CancelInprogress": {"CancelInprogress", "Cancelled", "Completed"},
    "Cancelled": {"Cancelled", "DeleteInprogress"},
    "DeleteInprogress": {"DeleteInprogress", None},
}
MAY_CANCEL = {"Pending", "Error", "Completed"}
STEPS = st.sampled_from(["create", "cancel", "delete", "short", "long", "hold", "release", "fail", "transfer_entry"])


def status_of(caller, number):
    answer = caller.get(number)
    return answer.body["status"] if answer.status == 200 else None


def act(sandbox, caller, clock, step, number, status):
    """Do one step and say whether it was to be expected as it went."""
    if step in {"short", "long"}:
        clock.advance(0.5 if step == "short" else 2.5)
        return True
    if step == "create":
        is_blocked = any(run.status in ACTIVE for run in sandbox.runs())
        return (caller.create().status == 200) is not is_blocked
    if step == "cancel":
        return caller.cancel(number).status == (200 if status in MAY_CANCEL else 400 if status else 404)
    if step == "delete":
        return caller.delete(number).status == (200 if status == "Cancelled" else 400 if status else 404)
    try:
        getattr(sandbox, step)(number)
    except (LookupError, ValueError):
        return step == "transfer_entry" or status not in {"Pending", "Processing"}
    return True


@UNHURRIED
@given(st.lists(STEPS, max_size=25))
def test_every_sequence_follows_the_table(caller_of, steps):
    """Whatever is done in whatever order, requests are taken and refused, and statuses follow, as documented."""
    clock = SandboxClock(NOON, frozen=True)
    with Sandbox(clock=clock) as sandbox:
        caller = caller_of(sandbox)
        number, status = LATEST, None
        for step in steps:
            assert act(sandbox, caller, clock, step, number, status)
            reached = status_of(caller, number)
            assert reached in MAY_FOLLOW[status]
            status = reached
            runs = sandbox.runs()
            assert sum(run.status in ACTIVE for run in runs) <= 1
            if step == "create" and runs and runs[-1].number != number:
                number, status = runs[-1].number, status_of(caller, runs[-1].number)
        caller.close()
