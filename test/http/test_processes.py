"""Threads, forks and processes: no lost or crossed answer, nothing left behind."""

from __future__ import annotations

import copy
import gc
import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from support.clients import client_in_real_time
from support.clock import QuickClock
from support.faults import NUMBER, RUN, TOKEN, get
from support.wire import Request, WireServer, answer, stall

import openapi_client as oc

OK = answer(200, RUN)


def echo(request: Request) -> bool:
    """Answers with the run that was asked for."""
    return answer(200, {**RUN, "number": request.target.rpartition("/")[2]})(request)


def open_sockets() -> int:
    found = 0
    for path in Path("/proc/self/fd").iterdir():
        try:
            found += str(path.readlink()).startswith("socket:")
        except OSError:
            continue  # the descriptor of the listing itself
    return found


def wait_until(condition: Any) -> None:
    """Poll for at most ten seconds."""
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen within ten seconds")


def test_threads_get_their_own_answers() -> None:
    """Thirty-two threads on one client never see each other's answers."""
    with WireServer([echo]) as server, client_in_real_time(server) as client, ThreadPoolExecutor(32) as pool:
        api = oc.JournalRunsApi(client)
        numbers = [f"JR-{index:08d}" for index in range(500)]
        assert [run.number for run in pool.map(api.get_journal_run, numbers, timeout=60)] == numbers


def test_more_threads_than_connections() -> None:
    """A pool smaller than the number of threads loses nothing, and says nothing about it."""
    with WireServer([echo]) as server, client_in_real_time(server, connection_pool_maxsize=2) as client:
        with ThreadPoolExecutor(16) as pool:
            numbers = [f"JR-{index:08d}" for index in range(200)]
            found = pool.map(oc.JournalRunsApi(client).get_journal_run, numbers, timeout=60)
            assert [run.number for run in found] == numbers


def test_connection_is_kept() -> None:
    """Calls one after the other use one connection."""
    with WireServer([OK]) as server, client_in_real_time(server) as client:
        for _ in range(5):
            get(oc.JournalRunsApi(client))
        assert server.connections == 1


def test_connection_the_server_closed_meanwhile() -> None:
    """An idle connection that the server closes is replaced without a word."""
    with WireServer([answer(200, RUN, close=True)]) as server, client_in_real_time(server, retries=0) as client:
        for _ in range(5):
            assert get(oc.JournalRunsApi(client)) == NUMBER


def test_connection_closed_as_it_is_used(caplog: pytest.LogCaptureFixture) -> None:
    """A connection that breaks at its second request is replaced at once, when repeating is safe."""
    seen: set[int] = set()

    def once_a_connection(request: Request) -> bool:
        if request.connection in seen:
            return False
        seen.add(request.connection)
        return OK(request)

    clock = QuickClock()
    with WireServer([once_a_connection]) as server, client_in_real_time(server, retries=0, clock=clock) as client:
        for _ in range(3):
            assert get(oc.JournalRunsApi(client)) == NUMBER
    assert sum(clock.slept) == 0
    assert not [record for record in caplog.records if record.levelname == "WARNING"]


def run_in_fork(work: Any) -> Any:
    """What ``work`` returns in a forked child."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writer, json.dumps(work()).encode())
        except BaseException as error:
            os.write(writer, json.dumps(repr(error)).encode())
        os._exit(0)
    os.close(writer)
    wait_until(lambda: os.waitpid(pid, os.WNOHANG)[0] == pid)
    with os.fdopen(reader, "rb") as pipe:
        return json.load(pipe)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_forked_child_has_connections_of_its_own() -> None:
    """After a fork parent and child both work, and never over the same connection."""
    with WireServer([echo]) as server, client_in_real_time(server) as client:
        api = oc.JournalRunsApi(client)
        api.get_journal_run("parent-before")
        assert run_in_fork(lambda: [api.get_journal_run(f"child-{n}").number for n in range(3)]) == [
            "child-0",
            "child-1",
            "child-2",
        ]
        assert api.get_journal_run("parent-after").number == "parent-after"
        owners: dict[int, set[str]] = {}
        for request in server.requests:
            owners.setdefault(request.connection, set()).add(request.target.rpartition("/")[2].partition("-")[0])
        assert sorted(map(sorted, owners.values())) == [["child"], ["parent"]]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_fork_while_other_threads_call() -> None:
    """A child forked while other threads are in the middle of calls works, too."""
    stop = threading.Event()
    with WireServer([echo]) as server:
        token = iter(range(10**6))
        settings = {"max_concurrency": 4, "access_token": lambda: f"token-{next(token)}"}
        with client_in_real_time(server, **settings) as client, ThreadPoolExecutor(4) as pool:
            api = oc.JournalRunsApi(client)

            def keep_calling() -> None:
                while not stop.is_set():
                    api.get_journal_run("parent")

            busy = [pool.submit(keep_calling) for _ in range(4)]
            for _ in range(10):
                assert run_in_fork(lambda: api.get_journal_run("child").number) == "child"
            stop.set()
            for call in busy:
                call.result(10)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_async_after_fork() -> None:
    """The threads of a parent are no threads of its child, which starts its own."""
    with WireServer([echo]) as server, client_in_real_time(server) as client:
        api = oc.JournalRunsApi(client)
        assert api.get_journal_run("a", async_req=True).get(10).number == "a"
        assert run_in_fork(lambda: api.get_journal_run("b", async_req=True).get(10).number) == "b"


def test_pickled_to_another_process() -> None:
    """A client travels to another process and works there."""
    with WireServer([echo]) as server, client_in_real_time(server, pickle_secrets=True, access_token=TOKEN) as client:
        code = (
            "import pickle, sys; api = pickle.loads(sys.stdin.buffer.read());"
            "sys.stdout.buffer.write(pickle.dumps(api.get_journal_run_with_http_info('JR-7')))"
        )
        data = pickle.dumps(oc.JournalRunsApi(client))
        done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, timeout=60, check=True)
        answered = pickle.loads(done.stdout)
    assert isinstance(answered, oc.ApiResponse)
    assert (answered.data.number, answered.status_code, answered.attempts) == ("JR-7", 200, 1)
    assert answered.headers["content-type"] == "application/json"
    assert server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_default_headers_pickle_without_secrets() -> None:
    """A token among the default headers stays behind, other headers travel."""
    client = oc.ApiClient(oc.Configuration(), "Authorization", f"Bearer {TOKEN}", cookie=f"ZSession={TOKEN}")
    client.set_default_header("X-Team", "close")
    data = pickle.dumps(client)
    assert TOKEN.encode() not in data
    assert pickle.loads(data).default_headers["X-Team"] == "close"


def test_copied_client_works() -> None:
    """A copy of a client is another client with the same settings, secrets included."""
    with WireServer([OK]) as server, client_in_real_time(server, access_token=TOKEN) as client:
        configuration = copy.deepcopy(client.configuration)
        with oc.ApiClient(configuration) as other:
            assert get(oc.JournalRunsApi(other)) == NUMBER
    assert server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_close_leaves_nothing() -> None:
    """Two hundred clients, used and closed, leave no socket and no thread."""
    with WireServer([OK]) as server:
        before, sockets = threading.active_count(), open_sockets()
        for _ in range(200):
            with client_in_real_time(server) as client:
                api = oc.JournalRunsApi(client)
                assert get(api) == NUMBER
                assert api.get_journal_run(NUMBER, async_req=True).get(10).number == NUMBER
        server_side = server.connections
        wait_until(lambda: threading.active_count() <= before)
        wait_until(lambda: open_sockets() <= sockets)
    assert server_side >= 200


@pytest.mark.filterwarnings("error")
def test_dropped_client_leaves_nothing() -> None:
    """A client that is just dropped is gone with its sockets and threads, without a cycle and without a warning."""
    with WireServer([OK]) as server:
        before, sockets = threading.active_count(), open_sockets()
        gc.disable()
        try:
            for _ in range(20):
                client = client_in_real_time(server)
                assert oc.JournalRunsApi(client).get_journal_run(NUMBER, async_req=True).get(10).number == NUMBER
                reference = weakref.ref(client)
                del client
                wait_until(lambda reference=reference: reference() is None)
        finally:
            gc.enable()
        wait_until(lambda: threading.active_count() <= before)
        wait_until(lambda: open_sockets() <= sockets)


def test_client_works_after_close() -> None:
    """Closing gives resources back; a later call opens new ones, as with generated clients."""
    with WireServer([OK]) as server, client_in_real_time(server) as client:
        get(oc.JournalRunsApi(client))
        client.close()
        assert get(oc.JournalRunsApi(client)) == NUMBER
        assert server.connections == 2


def test_async_calls_run_side_by_side() -> None:
    """Asynchronous calls do not wait for each other, although the default of ``pool_threads`` reads 1."""
    barrier = threading.Barrier(4)

    def together(request: Request) -> bool:
        barrier.wait(10)
        return OK(request)

    with WireServer([together]) as server, client_in_real_time(server) as client:
        api = oc.JournalRunsApi(client)
        calls = [api.get_journal_run(NUMBER, async_req=True) for _ in range(4)]
        assert [call.get(20).number for call in calls] == [NUMBER] * 4


def test_pool_threads_is_a_bound() -> None:
    """With ``pool_threads=2`` two calls are in flight at most."""
    flying, most = 0, 0
    lock = threading.Lock()

    def count(request: Request) -> bool:
        nonlocal flying, most
        with lock:
            flying += 1
            most = max(most, flying)
        time.sleep(0.02)
        with lock:
            flying -= 1
        return OK(request)

    with WireServer([count]) as server:
        with oc.ApiClient(oc.Configuration(host=server.url), pool_threads=2) as client:
            api = oc.JournalRunsApi(client)
            for call in [api.get_journal_run(NUMBER, async_req=True) for _ in range(10)]:
                call.get(20)
    assert most == 2


def test_async_outcome() -> None:
    """``get`` raises what the call raised, and ``TimeoutError`` while it runs."""
    with WireServer([answer(404, {}), stall]) as server, client_in_real_time(server, retries=0, timeout=1.0) as client:
        api = oc.JournalRunsApi(client)
        call = api.get_journal_run(NUMBER, async_req=True)
        with pytest.raises(oc.NotFoundException):
            call.get(10)
        assert call.ready()
        assert not call.successful()
        slow = api.get_journal_run(NUMBER, async_req=True)
        with pytest.raises(TimeoutError, match="still running") as caught:
            slow.get(0.05)
        assert isinstance(caught.value, multiprocessing.TimeoutError)
        with pytest.raises(ValueError, match="not ready"):
            slow.successful()
        slow.wait(10)
        with pytest.raises(oc.RequestTimeoutException):
            slow.get(0)


SCRIPT = """
import signal, sys, threading
import openapi_client as oc
# A job in the background inherits that it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
client = oc.ApiClient(oc.Configuration(host=sys.argv[1], max_concurrency=1))
api = oc.JournalRunsApi(client)
print("ready", flush=True)
try:
    api.get_journal_run("stalls")
except KeyboardInterrupt:
    print("interrupted", flush=True)
print(api.get_journal_run("again").number, flush=True)
"""


def test_ctrl_c_leaves_the_client_usable() -> None:
    """Ctrl-C in the middle of a call ends that call, and the client goes on."""

    def first_stalls(request: Request) -> bool:
        return stall(request) if request.target.endswith("stalls") else echo(request)

    with WireServer([first_stalls]) as server:
        job = subprocess.Popen([sys.executable, "-c", SCRIPT, server.url], stdout=subprocess.PIPE, text=True)
        try:
            wait_until(lambda: server.requests)
            job.send_signal(signal.SIGINT)
            out, _ = job.communicate(timeout=30)
        finally:
            job.kill()
    assert out.split() == ["ready", "interrupted", "again"]


def test_exit_with_calls_in_flight() -> None:
    """A script that ends without closing its client ends cleanly."""
    script = (
        "import sys, openapi_client as oc\n"
        "api = oc.JournalRunsApi(oc.ApiClient(oc.Configuration(host=sys.argv[1])))\n"
        "calls = [api.get_journal_run('x', async_req=True) for _ in range(20)]\n"
    )
    with WireServer([echo]) as server:
        command = [sys.executable, "-W", "error", "-c", script, server.url]
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
