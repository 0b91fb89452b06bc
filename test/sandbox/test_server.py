"""The sandbox as an object: start, stop, reset, and that nothing is left behind."""

from __future__ import annotations

import gc
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date

import pytest
import urllib3

from openapi_client.sandbox import Period, Sandbox, Status

TIMEOUT_SECONDS = 20
FILES = "/proc/self/fd"


def answers(url):
    """Whether something answers there."""
    with urllib3.PoolManager(retries=False, timeout=TIMEOUT_SECONDS) as pool:
        try:
            return pool.request("GET", f"{url}/v1/journal-runs").status == 401
        except urllib3.exceptions.HTTPError:
            return False


def open_files():
    gc.collect()
    return len(os.listdir(FILES)) if os.path.isdir(FILES) else 0  # noqa: PTH112, PTH208 - a count is all


def sandbox_threads():
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("sandbox-")]


def test_it_listens_on_loopback_only(sandbox):
    """Nobody else on the network can reach it."""
    assert sandbox.url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_it_listens_where_it_is_told(sandbox_with, host):
    """A name or an address of either family; the URL is one that answers."""
    if host == "::1" and not has_ipv6():
        pytest.skip("this machine has no IPv6 loopback")
    assert answers(sandbox_with(host=host).url)


def has_ipv6():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_a_port_can_be_used_again_at_once(sandbox_with, caller_of):
    """A fixed port is free as soon as the sandbox is stopped, connections or not."""
    sandbox = sandbox_with()
    port = int(sandbox.url.rpartition(":")[2])
    caller_of(sandbox).sign_in()
    sandbox.close()
    assert sandbox_with(port=port).url.endswith(f":{port}")


def test_a_taken_port_is_an_os_error(sandbox):
    """The failed sandbox leaves no thread and no socket."""
    before = len(sandbox_threads()), open_files()
    other = Sandbox(port=int(sandbox.url.rpartition(":")[2]))
    with pytest.raises(OSError, match="in use"):
        other.start()
    other.close()
    assert (len(sandbox_threads()), open_files()) == before


def test_a_block_that_cannot_start_closes_its_sandbox(sandbox, tmp_path):
    """``with`` on a taken port leaves no open database behind."""
    before = open_files()
    with pytest.raises(OSError, match="in use"), Sandbox(tmp_path / "a.db", int(sandbox.url.rpartition(":")[2])):
        pass
    assert open_files() == before


def test_many_idle_connections_do_not_keep_others_out(sandbox, caller):
    """Clients with large pools may leave many connections open."""
    host, port = sandbox.url.removeprefix("http://").split(":")
    with ExitStack() as stack:
        for _ in range(120):
            stack.enter_context(socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS))
        assert caller.sign_in().status == 200


def test_it_has_no_url_before_and_after():
    """A sandbox that is not running is nowhere."""
    sandbox = Sandbox()
    with pytest.raises(RuntimeError, match="not running"):
        _ = sandbox.url
    with sandbox:
        assert sandbox.url
    with pytest.raises(RuntimeError, match="not running"):
        _ = sandbox.url


def test_start_and_stop_may_be_repeated(sandbox, caller_of):
    """A second start changes nothing, a second stop neither."""
    url = sandbox.url
    assert sandbox.start().url == url
    sandbox.stop()
    sandbox.stop()
    assert not answers(url)
    assert answers(sandbox.start().url)


def test_stopping_keeps_the_data(sandbox, caller, run_completed):
    """After a stop and a start, the run and even the token are still good."""
    sandbox.stop()
    sandbox.start()
    assert caller.status_of(run_completed) == "Completed"


def test_time_passes_while_it_is_stopped(sandbox, caller, run_pending, clock):
    """A run goes on with the clock, and is seen without a server."""
    sandbox.stop()
    clock.advance(3)
    assert sandbox.run(run_pending).status is Status.COMPLETED


def test_closing_is_final(sandbox):
    """A closed sandbox does not start again, and says why."""
    sandbox.close()
    sandbox.close()
    with pytest.raises(RuntimeError, match="closed"):
        sandbox.start()
    with pytest.raises(RuntimeError, match="closed"):
        sandbox.runs()


def test_with_starts_and_closes():
    """The context manager gives a running sandbox, and ends it."""
    with Sandbox() as sandbox:
        url = sandbox.url
        assert answers(url)
    assert not answers(url)


def test_the_end_comes_also_with_idle_connections_open(sandbox, caller):
    """A client that keeps its connection does not keep the server."""
    caller.sign_in()
    sandbox.stop()
    assert sandbox_threads() == []


def test_a_request_under_way_is_answered_before_the_end(sandbox_with, caller_of, locked, eventually, tmp_path):
    """Stopping waits for what is being worked on."""
    path = tmp_path / "sandbox.db"
    sandbox = sandbox_with(db=path)
    caller = caller_of(sandbox)
    assert caller.token
    got = []
    asking = threading.Thread(target=lambda: got.append(caller.create()))
    stopping = threading.Thread(target=sandbox.stop)
    with locked(path):
        asking.start()
        eventually(lambda: caller.get("JR-1").headers["Concurrency-Limit-Remaining"] == "38")
        stopping.start()
    for thread in (asking, stopping):
        thread.join(TIMEOUT_SECONDS)
    assert got[0].status == 200
    assert sandbox_threads() == []


def test_fifty_rounds_leave_nothing_behind():
    """Neither threads nor open files grow, whether the data is kept or not."""
    with Sandbox() as warm_up:
        assert answers(warm_up.url)
    threads, files = threading.active_count(), open_files()
    with ExitStack() as stack:
        kept = stack.enter_context(Sandbox())
        kept.stop()
        for _ in range(25):
            kept.start()
            assert answers(kept.url)
            kept.stop()
            with Sandbox() as sandbox:
                assert answers(sandbox.url)
    assert sandbox_threads() == []
    assert (threading.active_count(), open_files()) == (threads, files)


def test_starting_is_cheap():
    """Processor time of a start, the best of some, stays far below a tenth of a second."""
    spent = []
    for _ in range(5):
        before = time.process_time()
        sandbox = Sandbox().start()
        spent.append(time.process_time() - before)
        sandbox.close()
    assert min(spent) < 0.1


def test_two_sandboxes_are_two_tenants(sandbox, sandbox_with, caller_of, caller, run_pending):
    """Runs, clients and tokens of one are unknown to the other."""
    other = sandbox_with()
    stranger = caller_of(other)
    assert stranger.get(run_pending).status == 404
    assert stranger.get(run_pending, Authorization=f"Bearer {caller.token}").status == 401
    assert other.client_id != sandbox.client_id


def test_a_period_can_be_added(sandbox, caller, order):
    """A run can be made for it; the API may then use its name."""
    added = sandbox.add_period("FY24-13", date(2024, 12, 31), date(2024, 12, 31), "Closed")
    assert added == Period("FY24-13", date(2024, 12, 31), date(2024, 12, 31), "Closed")
    number = caller.create({**order, "accountingPeriodName": "FY24-13"}).body["journalRunNumber"]
    assert sandbox.run(number).order.target_start_date == "2024-12-31"


def test_an_added_period_replaces_its_namesake(sandbox, caller, order):
    """A name belongs to one period."""
    sandbox.add_period("Jun 2026", date(2026, 6, 2), date(2026, 6, 29))
    number = caller.create(order).body["journalRunNumber"]
    assert sandbox.run(number).order.target_end_date == "2026-06-29"


def test_a_period_may_have_no_end(sandbox, caller, order):
    """Then it is open-ended, and no run can be made for it."""
    sandbox.add_period("Later", date(2030, 1, 1))
    assert caller.create({**order, "accountingPeriodName": "Later"}).codes == [50000030]


def test_runs_are_listed_oldest_first(sandbox, caller, clock):
    """Every run with its entries, in the order of their numbers."""
    for _ in range(2):
        caller.create()
        clock.advance(3)
    assert [(run.number, run.status, len(run.entries)) for run in sandbox.runs()] == [
        ("JR-00000001", Status.COMPLETED, 2),
        ("JR-00000002", Status.COMPLETED, 0),
    ]


def test_a_reset_goes_back_to_the_start(sandbox, caller, caller_of, run_completed):
    """Runs, tokens, added clients and periods, kept keys and counters are gone; the first client is not."""
    added = caller_of(sandbox, sandbox.add_client())
    sandbox.add_period("Extra", date(2026, 1, 1), date(2026, 1, 1))
    caller.create(Idempotency_Key="k")
    known = (sandbox.client_id, sandbox.client_secret, sandbox.access_key_id, sandbox.secret_access_key)
    sandbox.reset()
    assert (sandbox.runs(), sandbox.requests) == ([], [])
    assert (sandbox.client_id, sandbox.client_secret, sandbox.access_key_id, sandbox.secret_access_key) == known
    assert caller.get(run_completed).status == 401
    assert added.sign_in().status == 400
    caller.forget_token()
    assert caller.create({"accountingPeriodName": "Extra"}).status == 400
    assert caller.create(Idempotency_Key="k").body["journalRunNumber"] == "JR-00000001"


def test_a_reset_empties_the_rate_windows(sandbox, caller):
    """What was counted is forgotten."""
    caller.get("JR-1")
    sandbox.reset()
    caller.forget_token()
    assert caller.get("JR-1").headers["RateLimit-Remaining"] == "49999"


def test_its_configuration_leads_to_it(sandbox):
    """The client's configuration has the address and the seeded credentials."""
    made = sandbox.configuration()
    assert (made.host, made.client_id) == (sandbox.url, sandbox.client_id)


def test_its_configuration_can_be_changed(sandbox):
    """Further arguments win."""
    assert sandbox.configuration(client_id="other").client_id == "other"


def exit_code_of(child):
    """How a child has ended; one that hangs is killed."""
    for _ in range(TIMEOUT_SECONDS * 100):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("db", [None, "runs.db"])
def test_a_forked_child_closes_nothing_of_its_parents(db, tmp_path):
    """Children that are forked while it answers, and leave ``with``, end at once; the parent's server goes on."""
    with Sandbox(db and tmp_path / db) as sandbox, ThreadPoolExecutor(4) as pool:
        is_over = threading.Event()

        def keep_asking():
            while not is_over.is_set():
                assert answers(sandbox.url)

        busy = [pool.submit(keep_asking) for _ in range(4)]
        for _ in range(20):
            child = os.fork()
            if child == 0:
                try:
                    sandbox.__exit__(None, None, None)
                    os._exit(7)
                finally:
                    os._exit(1)
            assert exit_code_of(child) == 7
        is_over.set()
        for each in busy:
            each.result(TIMEOUT_SECONDS)
        assert sandbox.runs() == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_keeps_no_port():
    """A child that has closed it does not keep the port of a parent that stops."""
    reader, writer = os.pipe()
    with Sandbox() as sandbox:
        child = os.fork()
        if child == 0:
            sandbox.close()
            os.write(writer, b"closed")
            time.sleep(TIMEOUT_SECONDS)
            os._exit(0)
        try:
            assert os.read(reader, 6) == b"closed"
            url = sandbox.url
            assert answers(url)
            sandbox.stop()
            assert not answers(url)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(reader)
            os.close(writer)
