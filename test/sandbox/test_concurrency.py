"""Many threads at once."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

TIMEOUT_SECONDS = 30
THREADS = 32


@pytest.fixture(params=["memory", "file"])
def sandbox(request, sandbox_with, tmp_path):
    return sandbox_with(db=None if request.param == "memory" else tmp_path / "sandbox.db")


def at_once(act):
    """Call ``act(position)`` from all threads at the same moment and return what it returns."""
    start = threading.Barrier(THREADS, timeout=TIMEOUT_SECONDS)

    def wait_and_act(position):
        start.wait()
        return act(position)

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(wait_and_act, range(THREADS), timeout=TIMEOUT_SECONDS))


def test_of_many_creates_one_succeeds(sandbox, caller):
    """The others are told which run is in the way."""
    assert caller.token
    answers = at_once(lambda _: caller.create())
    assert Counter(each.status for each in answers) == {200: 1, 400: THREADS - 1}
    assert [run.number for run in sandbox.runs()] == ["JR-00000001"]
    refused = [each for each in answers if each.status == 400]
    assert all(each.codes == [50000030] and "JR-00000001" in each.messages[0] for each in refused)


def test_of_many_cancels_one_succeeds(caller, run_completed):
    """The others find it in progress."""
    answers = at_once(lambda _: caller.cancel(run_completed))
    assert Counter(each.status for each in answers) == {200: 1, 400: THREADS - 1}


def test_many_readers_see_one_status_after_another(sandbox, caller, run_pending, clock):
    """While the clock jumps, no reader sees a run go backwards."""
    order = ["Pending", "Processing", "Completed"]

    def read(position):
        seen = []
        for _ in range(10):
            if position == 0:
                clock.advance(0.4)
            seen.append(order.index(caller.status_of(run_pending)))
        return seen

    assert all(seen == sorted(seen) for seen in at_once(read))


def test_methods_may_be_called_while_it_answers(sandbox, caller, run_pending):
    """Requests, hooks and listings from many threads do not disturb each other."""

    def act(position):
        if position % 4 == 0:
            return caller.get(run_pending).status
        if position % 4 == 1:
            return len(sandbox.runs())
        if position % 4 == 2:
            sandbox.hold(run_pending)
            return len(sandbox.requests) > 0
        return caller.sign_in().status

    assert at_once(act) == [200, 1, True, 200] * (THREADS // 4)
