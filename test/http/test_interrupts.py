"""Ctrl-C at any moment: real signals at random moments, and a client that goes on as if nothing had been."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from support.faults import RUN
from support.wire import Request, WireServer, answer

#: Runs in a process of its own, since a signal meets the main thread. Each round sends one signal while the main thread
#: makes calls and other threads do as well; then a call has to work. A process that hangs says where, and ends.
SCRIPT = """
import faulthandler, json, os, random, signal, sys, threading, time
faulthandler.dump_traceback_later(100, exit=True)
import openapi_client as oc
from openapi_client._call import tokens

host, seed, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def answer(request):
    is_token = request.url.endswith("/oauth/token")
    return oc.Reply(200, b'{"access_token": "t", "expires_in": 0}' if is_token else b'{"success": true}')


# A job in the background inherits that it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
tokens._BUDGET = 10**9  # each call fetches a token, so that many signals meet a fetch
settings = oc.Configuration(host=host, client_id="id", client_secret="s", max_concurrency=2, timeout=30)
client = oc.ApiClient(settings, transport=oc.InMemoryTransport(answer) if host == "http://memory" else None)
api = oc.JournalRunsApi(client)
found = {"sent": 0, "interrupted": 0, "errors": [], "others": [0, 0]}
is_over, armed, chance = threading.Event(), threading.Lock(), random.Random(seed)
armed.acquire()


def call_others(number):
    while not is_over.is_set():
        try:
            api.get_journal_run("other")
            found["others"][number] += 1
            time.sleep(0.0003)
        except Exception as error:
            found["errors"].append(repr(error))


def interrupt():
    for _ in range(rounds):
        armed.acquire()
        time.sleep(chance.random() * 0.002)
        os.kill(os.getpid(), signal.SIGINT)
        found["sent"] += 1


threads = [threading.Thread(target=call_others, args=(number,), daemon=True) for number in range(2)]
for thread in (*threads, threading.Thread(target=interrupt, daemon=True)):
    thread.start()
for number in range(rounds):
    try:
        armed.release()
        while found["sent"] == number:
            api.get_journal_run("main")
            if host != "http://memory":
                api.get_journal_run("main", async_req=True).get(30)
        time.sleep(0.01)  # it is on its way
    except KeyboardInterrupt:
        found["interrupted"] += 1
    api.get_journal_run("after", _request_timeout=20)
is_over.set()
for thread in threads:
    thread.join(30)
client.close()
found["alive"] = sum(thread.is_alive() for thread in threads)
found["held"] = len(client._engine._slots.get().tickets)
print(json.dumps(found))
"""


def zuora(request: Request) -> bool:
    """Issues tokens that have to be renewed at once, and answers calls."""
    is_token = request.target == "/oauth/token"
    return answer(200, {"access_token": "token", "expires_in": 0} if is_token else RUN)(request)


def interrupted(host: str, rounds: int) -> None:
    """Run the script, and see that nothing was lost."""
    command = [sys.executable, "-c", SCRIPT, host, "2", str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["errors"] == []
    assert (found["alive"], found["held"]) == (0, 0)
    assert min(found["others"]) > 0
    # One that meets a destructor is swallowed by Python itself.
    assert found["interrupted"] >= rounds * 0.9


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_signals_at_random_moments(host: str) -> None:
    """After each of hundreds of signals the client works; no slot, no waiter and no thread is lost in the end."""
    with WireServer([zuora]) as server:
        interrupted(f"http://{host}:{server.port}", 150)


def test_signals_without_waiting_for_a_network() -> None:
    """The same where nearly every signal meets the client's own code."""
    interrupted("http://memory", 1000)
