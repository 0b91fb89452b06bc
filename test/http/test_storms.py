"""Storms: refusals without end, many threads, clients, processes and forks, and few tokens all the same."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from support.clients import client_in_real_time
from support.faults import NUMBER, REQUEST, RUN, get
from support.pages import EXECUTORS, blocks_in
from support.wire import PATIENCE, Request, WireServer, answer

import openapi_client as oc

#: What the token budget lets through at once, twice over: machines are slow at times.
FEW = 10


class Zuora:
    """A token endpoint, and a run that each token may look at.

    :param lifetime: what is promised, in seconds.
    :param holds_for: how long a token really lives; ``None`` keeps the promise.
    """

    def __init__(self, lifetime: float = 3598, holds_for: float | None = None) -> None:
        self._lifetime, self._holds_for = lifetime, holds_for
        self._lock = threading.Lock()
        self.born: list[float] = []

    def __call__(self, request: Request) -> bool:
        if request.target == "/oauth/token":
            with self._lock:
                self.born.append(time.monotonic())
                body = {"access_token": f"token-{len(self.born) - 1}", "expires_in": self._lifetime}
            return answer(200, body)(request)
        number = int(request.headers["authorization"].rpartition("-")[2])
        is_old = self._holds_for is not None and time.monotonic() - self.born[number] > self._holds_for
        is_refused = is_old or request.target.endswith("refused")
        return answer(401 if is_refused else 200, {"message": "no"} if is_refused else RUN)(request)


def signed_in(server: WireServer, **settings: Any) -> oc.ApiClient:
    return client_in_real_time(server, **{"client_id": "the-id", "client_secret": "the-secret", **settings})


# --- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [1, 8])
def test_good_and_refused_calls_in_turn(threads: int) -> None:
    """A hundred calls that are refused and a hundred that are not, in turn: a few tokens, and every answer is right."""
    zuora = Zuora()
    with WireServer([zuora]) as server, signed_in(server) as client, ThreadPoolExecutor(threads) as pool:
        api = oc.JournalRunsApi(client)

        def two_calls(_: int) -> None:
            assert get(api) == NUMBER
            with pytest.raises(oc.UnauthorizedException):
                api.get_journal_run("refused")

        list(pool.map(two_calls, range(100), timeout=60))
    assert len(zuora.born) <= FEW


@pytest.mark.parametrize("threads", [1, 8])
def test_tokens_that_expire_at_once(threads: int) -> None:
    """With ``expires_in: 0`` all calls work, over a few tokens."""
    zuora = Zuora(0)
    with WireServer([zuora]) as server, signed_in(server) as client, ThreadPoolExecutor(threads) as pool:
        api = oc.JournalRunsApi(client)
        assert list(pool.map(lambda _: get(api), range(200), timeout=60)) == [NUMBER] * 200
    assert len(zuora.born) <= FEW


def test_a_shared_failure_is_told_to_each_caller() -> None:
    """Those who wait for a fetch that fails get an exception each, with their own verb, path and key."""
    gate = threading.Event()

    def refuse(request: Request) -> bool:
        assert gate.wait(PATIENCE)
        return answer(403, {"message": "User is deactivated"})(request)

    with WireServer([refuse]) as server, signed_in(server) as client, ThreadPoolExecutor(12) as pool:
        api = oc.JournalRunsApi(client)
        creates = [pool.submit(api.create_journal_run, REQUEST, idempotency_key=f"key-{n}") for n in range(6)]  # type: ignore[arg-type]  # a plain dict
        reads = [pool.submit(api.get_journal_run, f"JR-{n}") for n in range(6)]
        while not server.requests:
            time.sleep(0.001)
        time.sleep(0.3)  # all the others wait by now; one that does not asks for itself, and is told the same
        gate.set()
        errors: list[Any] = [call.exception(PATIENCE) for call in (*creates, *reads)]
    assert {type(error) for error in errors} == {oc.UnauthorizedException}
    assert len({*map(id, errors)}) == 12
    told = [(error.method, error.path, error.idempotency_key, error.outcome_unknown) for error in errors]
    assert told == [
        *[("POST", "/v1/journal-runs", f"key-{n}", False) for n in range(6)],
        *[("GET", f"/v1/journal-runs/JR-{n}", None, False) for n in range(6)],
    ]


# --- many clients -------------------------------------------------------------------------------------------------


def test_many_clients_of_one_process() -> None:
    """Each of thirty-two tasks unpickles a client of its own, as executors do it: one token."""
    zuora = Zuora()
    with WireServer([zuora]) as server, ThreadPoolExecutor(8) as pool:
        with signed_in(server, pickle_secrets=True) as client:
            data = pickle.dumps(oc.JournalRunsApi(client))
        assert list(pool.map(lambda _: get(pickle.loads(data)), range(32), timeout=60)) == [NUMBER] * 32
    assert len(zuora.born) == 1


def test_a_transport_of_its_own_has_tokens_of_its_own() -> None:
    """What another transport is given as a token may mean nothing to this one."""
    zuora, others = Zuora(), []

    def elsewhere(request: oc.Request) -> oc.Reply:
        others.append(request.headers.get("Authorization"))
        return oc.Reply(200, b'{"access_token": "elsewhere", "number": "JR-00000001", "success": true}')

    with WireServer([zuora]) as server, signed_in(server) as client:
        get(oc.JournalRunsApi(client))
        get(oc.JournalRunsApi(oc.ApiClient(client.configuration, transport=oc.InMemoryTransport(elsewhere))))
    assert others == [None, "Bearer elsewhere"]


PROCESS = """
import os, sys
import openapi_client as oc
from shared_tokens import FileTokenCache
cache = FileTokenCache(sys.argv[2])
settings = oc.Configuration(host=sys.argv[1], client_id="the-id", client_secret="the-secret", token_cache=cache)
api = oc.JournalRunsApi(oc.ApiClient(settings))
print("ready", flush=True)
sys.stdin.readline()
print(api.get_journal_run("JR-00000001").number, flush=True)
"""


def test_a_cold_start_of_sixteen_processes(tmp_path: Path) -> None:
    """Sixteen processes that need their first token at once, with the cache of the documentation: one is fetched."""
    (program,) = (each.source for each in blocks_in(EXECUTORS) if each.source.startswith("# shared_tokens.py\n"))
    (tmp_path / "shared_tokens.py").write_text(program, "utf-8")
    zuora, pipe = Zuora(), subprocess.PIPE
    home = str(Path(oc.__file__).resolve().parents[1])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([home, str(tmp_path)])}
    with WireServer([zuora]) as server:
        command = [sys.executable, "-c", PROCESS, server.url, str(tmp_path / "tokens")]
        jobs = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) for _ in range(16)]
        try:
            for job in jobs:
                assert job.stdout is not None
                assert job.stdout.readline() == "ready\n"
            for job in jobs:
                assert job.stdin is not None
                job.stdin.write("go\n")
                job.stdin.flush()
            assert [job.communicate(timeout=60)[0] for job in jobs] == [f"{NUMBER}\n"] * 16
        finally:
            for job in jobs:
                job.kill()
                job.communicate()
    assert len(zuora.born) == 1
    assert len([request for request in server.requests if request.method == "GET"]) == 16


# --- forks --------------------------------------------------------------------------------------------------------


def exit_code_of(child: int) -> int | None:
    """How a child has ended; one that hangs is killed."""
    for _ in range(2000):
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_forks_while_tokens_end_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parent and children go on over tokens that end long before they say: each refusal is met with another token."""
    monkeypatch.setattr("openapi_client._call.tokens._BUDGET", 10**6)  # it is not what this is about
    zuora, is_over = Zuora(holds_for=1.0), threading.Event()
    with WireServer([zuora]) as server, signed_in(server, timeout=30) as client, ThreadPoolExecutor(8) as pool:
        api = oc.JournalRunsApi(client)

        def keep_calling() -> int:
            count = 0
            while not is_over.is_set():
                assert get(api) == NUMBER
                count += 1
            return count

        calls = [pool.submit(keep_calling) for _ in range(8)]
        for _ in range(150):
            child = os.fork()
            if child == 0:
                try:
                    os._exit(0 if get(api) == NUMBER else 1)
                finally:
                    os._exit(2)
            assert exit_code_of(child) == 0
        is_over.set()
        assert min(call.result(PATIENCE) for call in calls) > 0
    assert len(zuora.born) > 2


# --- slots --------------------------------------------------------------------------------------------------------


def test_slots_are_shared_evenly() -> None:
    """Sixteen threads that call again and again over four slots get the same number of answers, nearly."""
    counts = dict.fromkeys(range(16), 0)
    together = threading.Barrier(16)
    with WireServer([answer(200, RUN)]) as server:
        with client_in_real_time(server, max_concurrency=4) as client, ThreadPoolExecutor(16) as pool:
            api = oc.JournalRunsApi(client)

            def keep_calling(number: int) -> None:
                together.wait(PATIENCE)
                while sum(counts.values()) < 1600:
                    get(api)
                    counts[number] += 1

            list(pool.map(keep_calling, counts, timeout=60))
    assert min(counts.values()) >= 1600 / 16 / 2
    assert max(counts.values()) <= 1600 / 16 * 2


def test_callers_who_give_up_leave_no_trace() -> None:
    """While the budget is exhausted callers give up by the hundred; once the window is over, the next calls go out."""
    spent = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "0", "RateLimit-Reset": "1"}
    server = WireServer([answer(200, RUN, spent), answer(200, RUN)])
    with server, client_in_real_time(server, max_concurrency=8) as client, ThreadPoolExecutor(8) as pool:
        api = oc.JournalRunsApi(client)
        get(api)
        ends = time.monotonic() + 0.7

        def give_up(_: int) -> int:
            count = 0
            while time.monotonic() < ends:
                with pytest.raises(oc.RequestTimeoutException, match="rate limit"):
                    api.get_journal_run(NUMBER, _request_timeout=0.05)
                count += 1
            return count

        get_one_turn = pool.submit(api.get_journal_run, NUMBER)  # it waits for the reset, and takes its turn
        while not client._engine._slots.get()._next:
            time.sleep(0.001)
        assert sum(pool.map(give_up, range(7), timeout=60)) > 20
        assert get_one_turn.result(PATIENCE).number == NUMBER
        # Each would need a second of its own if the turns of those who gave up counted.
        assert [api.get_journal_run(NUMBER, _request_timeout=5).number for _ in range(20)] == [NUMBER] * 20
        assert client._engine._slots.get().tickets == {}
