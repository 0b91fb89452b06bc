"""Pollers: results, callbacks and history, and the end of their threads."""

from __future__ import annotations

import copy
import os
import pickle
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from support.faults import NUMBER, RUN
from support.memory import RESET, Memory, api_over, refusal, reply
from support.package import run

import openapi_client as oc
from openapi_client._base.clock import SYSTEM, Clock

REQUEST: Any = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}
CREATED = reply(200, {"success": True, "journalRunNumber": NUMBER})
LONG = 20.0


def seen(status: str) -> Any:
    """The run in a status."""
    return reply(200, {**RUN, "number": NUMBER, "status": status})


class Gate:
    """A look that waits until it is let through.

    :ivar begun: set when the look has begun.
    """

    def __init__(self, status: str) -> None:
        self._status = status
        self.begun, self._open = threading.Event(), threading.Event()

    def __call__(self, _request: Any) -> Any:
        self.begun.set()
        assert self._open.wait(LONG)
        return seen(self._status)

    def open(self) -> None:
        self._open.set()


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Threads end with what they did."""
    before = {*threading.enumerate()}
    yield
    for thread in {*threading.enumerate()} - before:
        thread.join(LONG)
        assert not thread.is_alive()


def test_result() -> None:
    """The run, as often as it is asked for; the history has each change of status with its time."""
    poller = api_over(Memory(seen("Pending"), seen("Pending"), seen("Completed"))).poll_journal_run(NUMBER)
    found = poller.result(LONG)
    assert (found.status, poller.result().status, poller.status(), poller.run) == ("Completed",) * 3 + (found,)
    assert (poller.done(), poller.wait(), poller.number) == (True, True, NUMBER)
    assert [(event.status, event.elapsed) for event in poller.history] == [("Pending", 0.0), ("Completed", 3.125)]
    assert repr(poller) == f"<JournalRunPoller {NUMBER} Completed, done>"


def test_begin_create() -> None:
    """The create is done when the poller is there, and its refusal is raised at once."""
    api = api_over(Memory(CREATED, seen("Completed"), refusal(50000030)))
    told: list[Any] = []
    poller = api.begin_create_journal_run(REQUEST, idempotency_key="k", progress=told.append)
    assert poller.number == NUMBER
    assert poller.result(LONG).status == "Completed"
    assert [event.status for event in told] == ["Completed"]
    with pytest.raises(oc.OperationFailedException):
        api.begin_create_journal_run(REQUEST)


def test_while_it_waits() -> None:
    """Nothing blocks: what is not known yet is ``None``, and a limit that passes leaves the poller going."""
    gate = Gate("Completed")
    poller = api_over(Memory(seen("Processing"), gate)).poll_journal_run(NUMBER)
    assert gate.begun.wait(LONG)
    assert (poller.done(), poller.status(), poller.wait(0.0)) == (False, "Processing", False)
    with pytest.raises(oc.RequestTimeoutException, match=f"{NUMBER} is Processing after 0.01 seconds") as caught:
        poller.result(0.01)
    with pytest.raises(oc.RequestTimeoutException, match="after 0 seconds"):
        poller.result(0)
    assert (caught.value.phase, not poller.done()) == ("wait", True)
    gate.open()
    assert poller.result(LONG).status == "Completed"


def test_before_the_first_look() -> None:
    """There is no status, no run and no history."""
    gate = Gate("Completed")
    poller = api_over(Memory(gate)).poll_journal_run(NUMBER)
    assert (poller.status(), poller.run, poller.history) == (None, None, ())
    assert repr(poller) == f"<JournalRunPoller {NUMBER} not seen yet>"
    gate.open()
    poller.wait(LONG)


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ([seen("Error")], oc.JournalRunFailedException),
        ([reply(403)], oc.ForbiddenException),
        ([seen("Pending")] * 3, oc.RequestTimeoutException),
    ],
)
def test_failures(steps: list[Any], error: type[oc.ApiException]) -> None:
    """``result`` raises what a wait raises; ``wait`` and ``done`` do not."""
    poller = api_over(Memory(*steps), retries=0).poll_journal_run(NUMBER, timeout=2.0)
    assert poller.wait(LONG)
    with pytest.raises(error):
        poller.result()


def test_callbacks(caplog: pytest.LogCaptureFixture) -> None:
    """They are called once, at once after the end; one that fails is logged, and the others are called."""
    gate, told = Gate("Completed"), threading.Semaphore(0)
    found: list[Any] = []

    def tell(poller: Any) -> None:
        found.append(poller.status())
        told.release()

    def fail(poller: Any) -> None:
        raise ValueError("of the callback")

    poller = api_over(Memory(gate)).poll_journal_run(NUMBER)
    poller.add_done_callback(fail)
    poller.add_done_callback(tell)
    assert found == []
    gate.open()
    assert told.acquire(timeout=LONG)
    poller.add_done_callback(tell)
    assert found == ["Completed"] * 2
    assert [record.getMessage() for record in caplog.records if record.exc_info] == ["A callback of a poller failed"]


def test_progress_is_told_on_the_thread() -> None:
    """A function is called with the events, beside the history."""
    events: list[Any] = []
    api = api_over(Memory(seen("Pending"), seen("Completed")))
    poller = api.poll_journal_run(NUMBER, progress=events.append)
    poller.result(LONG)
    assert tuple(events) == poller.history


def test_wrong_arguments() -> None:
    """They are told by the name that was called; no thread is started."""
    api = api_over(Memory())
    for option in ({"until": "Done"}, {"timeout": 0}, {"progress": 5}, {"async_req": True}):
        with pytest.raises((oc.ApiValueError, oc.ApiTypeError), match=next(iter(option))):
            api.poll_journal_run(NUMBER, **option)


@pytest.mark.parametrize("how", ["stop", "close"])
def test_the_end_of_the_looking(how: str) -> None:
    """Stopped, or with its client closed, the poller ends at once, in the middle of a real pause; the run goes on."""
    looked = threading.Event()
    transport = Memory(*[seen("Pending")] * 9)
    api = api_over(transport, clock=SYSTEM)
    poller = api.poll_journal_run(NUMBER, progress=lambda _: looked.set())
    assert looked.wait(LONG)
    if how == "stop":
        poller.stop()
    else:
        api.api_client.close()
        assert poller.done()
    with pytest.raises(oc.ApiException, match="was stopped; the run itself goes on") as caught:
        poller.result(LONG)
    assert (caught.value.status, caught.value.phase) == (0, "wait")


def test_a_real_pause_ends() -> None:
    """Without a stop, the next look follows after the pause."""

    class Brisk(Clock):
        """The real clock, with pauses of a few milliseconds."""

        def fraction(self) -> float:
            return -1.49

    poller = api_over(Memory(seen("Pending"), seen("Completed")), clock=Brisk()).poll_journal_run(NUMBER)
    assert poller.result(LONG).status == "Completed"


def test_one_limit_for_a_create_and_its_poller() -> None:
    """The time counts from the beginning of the create."""
    poller = api_over(Memory(RESET, CREATED, seen("Pending")), retries=1).begin_create_journal_run(REQUEST, timeout=1.0)
    with pytest.raises(oc.RequestTimeoutException):
        poller.result(LONG)


def test_a_callback_that_closes_the_client() -> None:
    """The thread does not wait for itself."""
    gate, closed = Gate("Completed"), threading.Event()
    api = api_over(Memory(gate))
    poller = api.poll_journal_run(NUMBER)

    def close(_: Any) -> None:
        api.api_client.close()
        closed.set()

    poller.add_done_callback(close)
    gate.open()
    assert closed.wait(LONG)


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy])
def test_pickling_is_refused(take: Any) -> None:
    """A thread cannot travel: the error says what to send instead."""
    poller = api_over(Memory(seen("Completed"))).poll_journal_run(NUMBER)
    with pytest.raises(oc.ApiTypeError, match="send the number"):
        take(poller)
    poller.wait(LONG)


def test_a_forked_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no thread that would ever end the wait, so it is told so."""
    poller = api_over(Memory(seen("Completed"))).poll_journal_run(NUMBER)
    poller.wait(LONG)
    pid = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: pid + 1)
    with pytest.raises(oc.ApiException, match="another process") as caught:
        poller.result()
    assert caught.value.status == 0


def test_many_at_once() -> None:
    """Pollers have threads of their own: they do not take those of asynchronous calls."""
    gates = [Gate("Completed") for _ in range(12)]
    steps = iter([*gates, seen("Completed")])
    api = api_over(oc.InMemoryTransport(lambda request: step(request) if callable(step := next(steps)) else step))
    pollers = [api.poll_journal_run(NUMBER) for _ in gates]
    assert all(gate.begun.wait(LONG) for gate in gates)
    assert api.get_journal_run(NUMBER, async_req=True).get(LONG).status == "Completed"
    for gate in gates:
        gate.open()
    assert {poller.result(LONG).status for poller in pollers} == {"Completed"}


def test_the_end_of_the_interpreter() -> None:
    """A script whose poller still waits ends; the thread does not keep it."""
    run(
        """
import openapi_client as oc
body = b'{"success": true, "number": "JR-1", "status": "Processing"}'
transport = oc.InMemoryTransport(lambda request: oc.Reply(200, body))
api = oc.JournalRunsApi(oc.ApiClient(oc.Configuration(access_token="t"), transport=transport))
poller = api.poll_journal_run("JR-1")
assert not poller.wait(0.1)
"""
    )


def test_ctrl_c() -> None:
    """A real Ctrl-C in the wait for a poller says the number, and leaves run, poller and client as they are."""
    run(
        """
import os, signal, threading
import openapi_client as oc
body = b'{"success": true, "number": "JR-1", "status": "Processing"}'
transport = oc.InMemoryTransport(lambda request: oc.Reply(200, body))
signal.signal(signal.SIGINT, signal.default_int_handler)
with oc.ApiClient(oc.Configuration(access_token="t"), transport=transport) as client:
    poller = oc.JournalRunsApi(client).poll_journal_run("JR-1")
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        poller.result()
    except KeyboardInterrupt as error:
        told = "".join(map(str, (*error.args, *getattr(error, "__notes__", ()))))
        assert told == "the wait for JR-1 was interrupted; the run and its poller go on", told
    assert not poller.done()
assert poller.done()
"""
    )
