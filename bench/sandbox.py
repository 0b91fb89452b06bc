"""``python -m bench.sandbox``: how much the sandbox serves, with a peer in the same run, and what it costs.

The server and the client that measures it are processes of their own, the client with 8 threads on raw sockets that are
kept open. The peer is the same application on Werkzeug's threaded server, which closes each connection.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

THREADS = 8
SECONDS = 2.0
REQUESTS = 50_000
ROUNDS = 3
NOON = datetime(2026, 6, 15, 12, tzinfo=timezone.utc)
RUN = {
    "journalEntryDate": "2026-06-30",
    "accountingPeriodName": "Jun 2026",
    "transactionTypes": [{"type": "Invoice Item"}],
}
GOALS = {"rate": "800 or more", "memory": "flat", "start": "under 1", "fixture": "under 30"}


# --- the server's side ----------------------------------------------------------------------------------------------


def serve(kind: str, db: str | None) -> None:
    """Serve one completed run until the standard input ends; print what a client needs."""
    from openapi_client.sandbox import Sandbox, SandboxClock

    sandbox = Sandbox(
        db=db, clock=SandboxClock(NOON), initial={"runs": [{**RUN, "status": "Completed"}]}, rate_profile="unlimited"
    )
    with sandbox:
        url = sandbox.url if kind == "waitress" else werkzeug_url(sandbox)
        facts = {"url": url, "client_id": sandbox.client_id, "client_secret": sandbox.client_secret, "pid": os.getpid()}
        print(json.dumps(facts), flush=True)
        sys.stdin.read()


def werkzeug_url(sandbox: Any) -> str:
    """Serve the application of a sandbox by the peer as well."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    from openapi_client.sandbox.web.app import create_app

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, *_: object) -> None:
            """Say nothing, as waitress does."""

    peer = make_server("127.0.0.1", 0, create_app(sandbox._tenant, "127.0.0.1"), threaded=True, request_handler=Handler)
    threading.Thread(target=peer.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{peer.server_port}"


# --- the client's side ----------------------------------------------------------------------------------------------


def token_of(facts: dict[str, Any]) -> str:
    form = {
        "client_id": facts["client_id"],
        "client_secret": facts["client_secret"],
        "grant_type": "client_credentials",
    }
    with urllib.request.urlopen(
        facts["url"] + "/oauth/token", urllib.parse.urlencode(form).encode(), timeout=30
    ) as answer:
        return str(json.load(answer)["access_token"])


def connected(port: int) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port), 30)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def ask(sock: socket.socket, request: bytes) -> bool:
    """Send one request, read the whole answer, and return whether the connection stays open."""
    sock.sendall(request)
    answer = b""
    while True:
        data = sock.recv(65536)
        assert data, answer
        answer += data
        head, end, body = answer.partition(b"\r\n\r\n")
        if end:
            lowered = head.lower()
            length = int(lowered.partition(b"content-length:")[2].partition(b"\r\n")[0])
            if len(body) >= length:
                assert head.startswith(b"HTTP/1.1 200"), answer
                return b"connection: close" not in lowered


def load(facts: dict[str, Any], seconds: float, most: int) -> float:
    """Send GETs from all threads until the time or the number is used up; return how many a second were answered."""
    port = int(facts["url"].rpartition(":")[2])
    request = (
        f"GET /v1/journal-runs/JR-00000001 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token_of(facts)}\r\n\r\n"
    ).encode()
    counts = [0] * THREADS
    deadline = time.monotonic() + seconds

    def work(position: int) -> None:
        sock = connected(port)
        while counts[position] < most // THREADS and time.monotonic() < deadline:
            if not ask(sock, request):
                sock.close()
                sock = connected(port)
            counts[position] += 1
        sock.close()

    threads = [threading.Thread(target=work, args=(position,)) for position in range(THREADS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


# --- what is measured -----------------------------------------------------------------------------------------------


def with_server(kind: str, db: str | None, act: Callable[[dict[str, Any]], Any]) -> Any:
    command = [sys.executable, __file__, "--serve", kind, *(["--db", db] if db else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            return act(json.loads(process.stdout.readline()))
        finally:
            process.stdin.close()


def measured_load(facts: dict[str, Any], seconds: float, most: int) -> float:
    command = [sys.executable, __file__, "--load", json.dumps([facts, seconds, most])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def show(title: str, value: str, goal: str = "") -> None:
    print(f"{title:56} {value:>24}   {'goal ' + goal if goal else ''}".rstrip(), flush=True)


def rates(folder: str) -> None:
    """Rounds alternate between the servers, since machines are noisy; the median of each is shown."""
    plans = {
        "waitress, memory": ("waitress", None),
        "waitress, file": ("waitress", f"{folder}/sandbox.db"),
        "werkzeug, memory (peer)": ("werkzeug", None),
    }
    found: dict[str, list[float]] = {name: [] for name in plans}
    for _ in range(ROUNDS):
        for name, (kind, db) in plans.items():
            found[name].append(with_server(kind, db, lambda facts: measured_load(facts, SECONDS, 10**9)))
    for name, values in found.items():
        goal = GOALS["rate"] if name.startswith("waitress") else ""
        show(f"GETs a second, {THREADS} threads: {name}", f"{sorted(values)[ROUNDS // 2]:.0f}", goal)


def resident(pid: int) -> int:
    """Resident memory of a process, in KiB."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def memory() -> None:
    def act(facts: dict[str, Any]) -> list[int]:
        sizes = []
        for part in (REQUESTS // 10, REQUESTS // 2, REQUESTS // 2):
            measured_load(facts, 600, part)
            sizes.append(resident(facts["pid"]))
        return sizes

    first, middle, last = with_server("waitress", None, act)
    show(f"memory after {REQUESTS // 10:,} requests", f"{first} KiB")
    show(
        f"  grown in {REQUESTS // 2:,} further ones, and as many again",
        f"{middle - first}, {last - middle} KiB",
        GOALS["memory"],
    )


def start() -> None:
    """From the start of the interpreter to the first answer, all threads."""
    script = (
        "import time, urllib.request, urllib.error\n"
        "from openapi_client.sandbox import Sandbox\n"
        "with Sandbox() as sandbox:\n"
        "    try:\n"
        "        urllib.request.urlopen(sandbox.url + '/v1/journal-runs/JR-1')\n"
        "    except urllib.error.HTTPError as error:\n"
        "        assert error.code == 401\n"
        "    print(time.process_time())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
        for _ in range(5)
    ]
    show("start to first answer, CPU seconds", f"{sorted(float(each.stdout) for each in done)[2]:.2f}", GOALS["start"])


def fixture(folder: str) -> None:
    """Wall time that the fixture adds to each test after the first, as pytest itself sees it."""
    tests = Path(folder, "test_fixture.py")
    tests.write_text(
        "import time\nimport pytest\n\n"
        "@pytest.mark.parametrize('turn', range(201))\n"
        "def test_it(zuora_sandbox_session, turn, request):\n"
        "    began = time.perf_counter()\n"
        "    request.getfixturevalue('zuora_sandbox')\n"
        "    took = time.perf_counter() - began\n"
        "    with open('took', 'a') as file:\n"
        "        file.write(f'{took}\\n')\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "openapi_client.sandbox.pytest_plugin",
        "-c",
        os.devnull,
        "--rootdir",
        folder,
        str(tests),
    ]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    times = sorted(float(line) for line in Path(folder, "took").read_text("utf-8").splitlines()[1:])
    show(
        "fixture zuora_sandbox, milliseconds a test: median, worst",
        f"{times[100] * 1000:.1f}, {times[-1] * 1000:.1f}",
        GOALS["fixture"],
    )


def main() -> None:
    """Run all, or one side of a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", choices=["waitress", "werkzeug"], help=argparse.SUPPRESS)
    parser.add_argument("--db", help=argparse.SUPPRESS)
    parser.add_argument("--load", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    if chosen.serve:
        serve(chosen.serve, chosen.db)
    elif chosen.load:
        print(load(*json.loads(chosen.load)))
    else:
        import tempfile

        print(f"CPython {sys.version.split()[0]}, {os.cpu_count()} cores")
        with tempfile.TemporaryDirectory() as folder:
            start()
            fixture(folder)
            rates(folder)
            memory()


if __name__ == "__main__":
    main()
