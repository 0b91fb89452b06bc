"""The threads of a server: enough for every request that waits, and some for those who steer."""

from __future__ import annotations

import threading

import pytest

from openapi_client.sandbox import Fault


@pytest.fixture
def held(sandbox, caller, asking, eventually, cleanup):
    """Have a number of requests of one path wait in a fault, and say that they do."""

    def hold(count, fault, path):
        sandbox.faults.add(fault)
        for _ in range(count):
            cleanup.enter_context(asking(sandbox, caller.token, path=path))
        eventually(lambda: sandbox.faults.active[0].hits == count)

    return hold


@pytest.mark.parametrize(
    ("count", "path"),
    [(40, "/v1/journal-runs/JR-1"), (44, "/nowhere"), (200, "/nowhere")],
)
def test_steering_never_waits_for_requests_that_do(sandbox, caller, held, run_pending, count, path):
    """However many wait in a fault: the page and the control endpoints answer, and the fault can be cleared."""
    held(count, Fault("timeout", path=path), path)
    for method, steered in (("GET", "/"), ("GET", "/_sandbox/state"), ("DELETE", "/_sandbox/faults")):
        assert caller.send(method, steered).status == 200
    assert sandbox.faults.active == []


@pytest.mark.parametrize("fault", [Fault("latency", path="*", delay=600), Fault("slow-drip", path="*", interval=600)])
def test_other_requests_do_not_wait_either(caller, held, run_pending, fault):
    """Each has a thread of its own, so that the API still answers those the fault does not strike."""
    held(100, fault, "/nowhere")
    assert caller.send("DELETE", "/_sandbox/faults").status == 200
    assert caller.get(run_pending).status == 200


def test_no_fault_reaches_the_threads_for_steering(sandbox, caller, asking, eventually, cleanup):
    """Not even by the path of the page, with a verb that it does not take."""
    sandbox.faults.add(Fault("timeout", path="*"))
    for _ in range(5):
        cleanup.enter_context(asking(sandbox, "", method="POST", path="/"))
    eventually(lambda: sandbox.faults.active[0].hits == 5)
    assert caller.send("GET", "/").status == 200


def test_threads_are_started_when_they_are_needed(caller):
    """One client that waits for each answer needs few of them."""
    for _ in range(30):
        caller.get("JR-1")
    assert len([each for each in threading.enumerate() if each.name.startswith("sandbox-worker")]) < 10
