"""How things end: ``close()`` during calls, an interpreter that stops, a client that is dropped."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.clients import client_in_real_time
from support.faults import NUMBER, RUN, get
from support.wire import PATIENCE, Request, WireServer, answer, stall

import openapi_client as oc

OK = answer(200, RUN)


class Gate:
    """Answers when it is told to, and counts who waits."""

    def __init__(self) -> None:
        self.entered, self.leave = threading.Semaphore(0), threading.Event()

    def __call__(self, request: Request) -> bool:
        self.entered.release()
        assert self.leave.wait(PATIENCE)
        return OK(request)


def run_script(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A script that must end by itself, whatever its calls wait for."""
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads take turns all the time, so that each meets the others between any two of its steps."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


# --- close --------------------------------------------------------------------------------------------------------


def test_close_waits_for_asynchronous_calls() -> None:
    """``close()`` returns when the asynchronous calls have ended, those that had not begun as well."""
    gate = Gate()
    with WireServer([gate]) as server, ThreadPoolExecutor(1) as pool:
        client = oc.ApiClient(oc.Configuration(host=server.url), pool_threads=2)
        calls = [oc.JournalRunsApi(client).get_journal_run(NUMBER, async_req=True) for _ in range(6)]
        assert gate.entered.acquire(timeout=PATIENCE)
        closing = pool.submit(client.close)
        with pytest.raises(TimeoutError):
            calls[-1].get(0.1)
        assert not closing.done()
        gate.leave.set()
        closing.result(PATIENCE)
        assert all(call.successful() for call in calls)
        assert len(server.requests) == 6


def test_calls_in_flight_finish() -> None:
    """A call that another thread has in flight while the client is closed gets its answer."""
    gate = Gate()
    with (
        WireServer([gate, OK]) as server,
        client_in_real_time(server, retries=0) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        api = oc.JournalRunsApi(client)
        call = pool.submit(get, api)
        assert gate.entered.acquire(timeout=PATIENCE)
        client.close()
        gate.leave.set()
        assert call.result(PATIENCE) == NUMBER
        assert get(api) == NUMBER
        assert server.connections == 2


def test_closing_again_and_again_disturbs_no_call(hasty_threads: None) -> None:
    """Calls of eight threads, without retries, all work while the client is closed two thousand times."""
    is_over = threading.Event()
    with WireServer([OK]) as server, client_in_real_time(server, retries=0) as client, ThreadPoolExecutor(8) as pool:
        api = oc.JournalRunsApi(client)

        def keep_calling() -> int:
            count = 0
            while not is_over.is_set():
                assert get(api) == NUMBER
                count += 1
            return count

        calls = [pool.submit(keep_calling) for _ in range(8)]
        for _ in range(2000):
            client.close()
            is_over.wait(0.0002)
        is_over.set()
        assert min(call.result(PATIENCE) for call in calls) > 0


def test_one_pool_for_threads_that_come_at_once() -> None:
    """Eight threads that use ``async_req`` first at the same moment share one pool, which ``close()`` ends."""
    with WireServer([OK]) as server:
        for _ in range(50):
            together = threading.Barrier(8)
            client = client_in_real_time(server)
            api = oc.JournalRunsApi(client)

            def begin(_: int, together: Any = together, client: Any = client, api: Any = api) -> tuple[Any, Any]:
                together.wait(PATIENCE)
                return client.pool, api.get_journal_run(NUMBER, async_req=True)

            with ThreadPoolExecutor(8) as threads:
                begun = [*threads.map(begin, range(8), timeout=PATIENCE)]
            client.close()
            assert len({id(pool) for pool, _ in begun}) == 1
            assert [call.get(0).number for _, call in begun] == [NUMBER] * 8


def test_no_thread_without_calls() -> None:
    """Threads of ``async_req`` end with the last call; the next one starts another."""
    with WireServer([OK]) as server, client_in_real_time(server) as client:
        api = oc.JournalRunsApi(client)
        for _ in range(3):
            assert api.get_journal_run(NUMBER, async_req=True).get(PATIENCE).number == NUMBER
            for thread in threading.enumerate():
                if thread.name == "openapi_client":
                    thread.join(PATIENCE)
            assert "openapi_client" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("threads", [0, -1])
def test_no_threads_at_all(threads: int) -> None:
    """A pool of no threads is refused, as by generated clients."""
    client = oc.ApiClient(oc.Configuration(host="http://127.0.0.1:1"), pool_threads=threads)
    with pytest.raises(ValueError, match="at least one"):
        _ = client.pool


# --- the end of the interpreter -----------------------------------------------------------------------------------

ASYNC_AT_THE_END = """
import sys
import openapi_client as oc
apis = [oc.JournalRunsApi(oc.ApiClient(oc.Configuration(host=sys.argv[1]))) for _ in range(3)]
calls = [api.get_journal_run("x", async_req=True) for api in apis for _ in range(int(sys.argv[2]))]
"""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_exit_with_answers_on_their_way(host: str) -> None:
    """A script that ends without waiting for its asynchronous calls sends them all, and gets their answers."""
    with WireServer([OK]) as server:
        done = run_script(ASYNC_AT_THE_END, f"http://{host}:{server.port}", "20")
        assert (done.returncode, done.stderr) == (0, "")
        assert len(server.requests) == 60


def test_exit_with_calls_that_nobody_answers() -> None:
    """It ends promptly and in silence although no answer comes, and nothing is sent a second time."""
    is_over = threading.Event()
    with WireServer([lambda _request: is_over.wait(60)]) as server:
        try:
            done = run_script(ASYNC_AT_THE_END, server.url, "1")
        finally:
            is_over.set()
        assert (done.returncode, done.stderr) == (0, "")
        assert len(server.requests) == 3


EXIT_BY_CTRL_C = """
import os, signal, sys
import openapi_client as oc
signal.signal(signal.SIGINT, signal.default_int_handler)
call = oc.JournalRunsApi(oc.ApiClient(oc.Configuration(host=sys.argv[1]))).get_journal_run("x", async_req=True)
print("waits", flush=True)
call.get()
"""


def test_ctrl_c_while_waiting_for_a_call() -> None:
    """Ctrl-C ends a script that waits for the result of an asynchronous call."""
    with WireServer([stall]) as server:
        command, pipe = [sys.executable, "-c", EXIT_BY_CTRL_C, server.url], subprocess.PIPE
        job = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)
        try:
            assert job.stdout is not None
            assert job.stdout.readline() == "waits\n"
            job.send_signal(2)
            _, errors = job.communicate(timeout=60)
        finally:
            job.kill()
    assert "KeyboardInterrupt" in errors


# --- a client that is dropped -------------------------------------------------------------------------------------


def test_dropped_clients_leave_no_hook() -> None:
    """Neither dropping nor closing a client leaves anything for the end of the interpreter to do."""
    code = """
import atexit, json, sys, weakref
import openapi_client as oc
def use():
    client = oc.ApiClient(oc.Configuration(host=sys.argv[1], retries=0))
    oc.JournalRunsApi(client).get_journal_run("x", async_req=True).get(20)
    return client
def hooks():
    ours = [name for name in map(repr, weakref.finalize._registry) if "ApiClient" in name]
    return [atexit._ncallbacks(), len(ours)]
kept = use()
with_one = hooks()
for _ in range(20):
    use()
    use().close()
with_many = hooks()
kept.close()
print(json.dumps([with_one, with_many, hooks()]))
"""
    with WireServer([OK]) as server:
        done = run_script(code, server.url)
    assert done.returncode == 0, done.stderr
    with_one, with_many, after_close = json.loads(done.stdout)
    assert with_one == with_many
    assert with_one[1] == 1
    assert after_close == [with_one[0], 0]


@pytest.mark.parametrize("step", [answer(404, {}), OK])
def test_results_keep_nothing_alive(step: Any) -> None:
    """What a call gave or raised, and a look at it, make no cycle: the client goes when it is dropped."""
    with WireServer([step]) as server:
        client = client_in_real_time(server, retries=0)
        call: Any = oc.JournalRunsApi(client).get_journal_run(NUMBER, async_req=True)
        gc.collect()
        gc.disable()
        try:
            call.wait(PATIENCE)
            try:
                call.get(0)
            except oc.NotFoundException:
                pass
            for thread in threading.enumerate():
                if thread.name == "openapi_client":
                    thread.join(PATIENCE)
            reference = weakref.ref(client)
            del client, call
            assert reference() is None
        finally:
            gc.enable()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_that_ends() -> None:
    """A child ends at once, although calls of its parent are unanswered, and they go on."""
    gate = Gate()
    with WireServer([gate]) as server, client_in_real_time(server) as client:
        call = oc.JournalRunsApi(client).get_journal_run(NUMBER, async_req=True)
        assert gate.entered.acquire(timeout=PATIENCE)
        child = os.fork()
        if child == 0:
            client.close()
            os._exit(7)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        gate.leave.set()
        assert call.get(PATIENCE).number == NUMBER
