"""``python test/bench/client.py``: what the client costs, as ratios to bare urllib3 with json in the same run."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import certifi
import trustme
import urllib3

import openapi_client as oc

HERE = Path(__file__).parent
TYPES = [{"type": str(kind.value)} for kind in oc.JournalRunTransactionType]
RUN = {
    "success": True,
    "number": "JR-00000001",
    "status": "Completed",
    "executedOn": "2026-03-31 22:05:12",
    "journalEntryDate": "2026-03-31",
    "targetStartDate": "2026-03-01",
    "targetEndDate": "2026-03-31",
    "totalJournalEntryCount": 29,
    "aggregateCurrency": False,
    "segmentationRuleName": "Rule",
    "transactionTypes": TYPES,
}
NEW = {"success": True, "journalRunNumber": "JR-00000001"}
ROUNDS = 7


@contextlib.contextmanager
def server(body: Any, pem: str | None = None) -> Iterator[int]:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(body, file)
        file.flush()
        command = [sys.executable, str(HERE / "server.py"), file.name, *([pem] if pem else [])]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()
            process.wait(10)


def cpu(act: Callable[[], Any], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - began) / times


def compare(title: str, goal: str, floor: Callable[[], Any], peers: dict[str, Callable[[], Any]], times: int) -> None:
    """Print the median ratio of each peer to the floor; the rounds alternate, since machines are noisy."""
    for act in (floor, *peers.values()):
        act()
    ratios: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(ROUNDS):
        base = cpu(floor, times)
        for name, act in peers.items():
            ratios[name].append(cpu(act, times) / base)
    shown = ", ".join(f"{name} {statistics.median(values):.2f}" for name, values in ratios.items())
    print(f"{title:48} {shown:52} goal {goal}")


def everything(port: int) -> oc.Configuration:
    """Credentials, retries, validation, hooks and a log that somebody reads."""
    return oc.Configuration(
        host=f"http://127.0.0.1:{port}", access_token=lambda: "token", retries=5, max_concurrency=40, timeout=30
    )


def calls() -> None:
    logging.getLogger("openapi_client").addHandler(logging.StreamHandler(open("/dev/null", "w")))  # noqa: SIM115 - open until the process ends
    with server(RUN) as port, server(NEW) as creating:
        url, new = (f"http://127.0.0.1:{each}/v1/journal-runs" for each in (port, creating))
        manager = urllib3.PoolManager(retries=False)
        headers = {"Authorization": "Bearer token", "Accept": "application/json", "Accept-Encoding": "gzip"}
        body = {"accountingPeriodName": "Mar 2026", "journalEntryDate": "2026-03-31", "transactionTypes": TYPES[:3]}
        typed = oc.POSTJournalRunType("Mar 2026", "2026-03-31", None, None, TYPES[:3])
        plain = {"host": f"http://127.0.0.1:{port}", "retries": 0, "client_side_validation": False}
        with oc.ApiClient(everything(port)) as full, oc.ApiClient(oc.Configuration(**plain)) as bare:
            api, plain_api = oc.JournalRunsApi(full), oc.JournalRunsApi(bare)
            bare.set_default_header("Authorization", "Bearer token")

            def get() -> Any:
                return json.loads(manager.request("GET", f"{url}/JR-00000001", headers=headers).data)

            def post() -> Any:
                sent = {**headers, "Content-Type": "application/json"}
                return json.loads(manager.request("POST", new, headers=sent, body=json.dumps(body)).data)

            ours = {"everything on": lambda: api.get_journal_run("JR-00000001"),
                    "everything off": lambda: plain_api.get_journal_run("JR-00000001")}  # fmt: skip
            compare("client CPU of a GET", "1.2, and on/off 1.1", get, ours, 400)
            threads(get, lambda: api.get_journal_run("JR-00000001"))
        plain["host"] = f"http://127.0.0.1:{creating}"
        with oc.ApiClient(everything(creating)) as full, oc.ApiClient(oc.Configuration(**plain)) as bare:
            api, plain_api = oc.JournalRunsApi(full), oc.JournalRunsApi(bare)
            bare.set_default_header("Authorization", "Bearer token")
            ours = {"everything on": lambda: api.create_journal_run(typed),
                    "everything off": lambda: plain_api.create_journal_run(typed)}  # fmt: skip
            compare("client CPU of a POST", "1.2", post, ours, 400)


def threads(floor: Callable[[], Any], ours: Callable[[], Any]) -> None:
    """Calls a second with 16 threads on one client."""

    def rate(act: Callable[[], Any]) -> float:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda _: act(), range(64)))
            began = time.perf_counter()
            list(pool.map(lambda _: act(), range(2000)))
            return 2000 / (time.perf_counter() - began)

    ratios = [rate(ours) / rate(floor) for _ in range(5)]
    print(f"{'calls a second, 16 threads':48} {f'ours {statistics.median(ratios):.2f}':52} goal 1.0 or more")


def codecs() -> None:
    text = json.dumps(RUN)
    large = json.dumps({**RUN, "transactionTypes": TYPES * 345})
    plain = {"accountingPeriodName": "Mar 2026", "journalEntryDate": "2026-03-31", "transactionTypes": TYPES}
    kinds = list(oc.JournalRunTransactionType)
    day = datetime.date(2026, 3, 31)

    def build() -> str:
        types = [oc.POSTJournalRunTransactionType(type=kind) for kind in kinds]
        return oc.POSTJournalRunType("Mar 2026", day, None, None, types).to_json()

    def build_plain() -> str:
        return json.dumps({**plain, "transactionTypes": [{"type": str(kind.value)} for kind in kinds]})

    compare("build and serialize a POST with 29 types", "2", build_plain, {"ours": build}, 2000)
    decode = oc.GETJournalRunType.from_json
    compare("decode a GET with 29 types", "2", lambda: json.loads(text), {"ours": lambda: decode(text)}, 2000)
    compare("decode a GET with 10,000 types", "3", lambda: json.loads(large), {"ours": lambda: decode(large)}, 20)


def connections() -> None:
    authority = trustme.CA()
    with tempfile.TemporaryDirectory() as folder:
        trusted, own = Path(folder, "ca.pem"), Path(folder, "own.pem")
        bundle = Path(certifi.where()).read_bytes() + authority.cert_pem.bytes()
        trusted.write_bytes(bundle)
        authority.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(own))
        with server(RUN, str(own)) as port:
            url = f"https://127.0.0.1:{port}"
            with oc.ApiClient(oc.Configuration(host=url, ssl_ca_cert=str(trusted))) as client:
                manager = urllib3.PoolManager(ca_certs=str(trusted), retries=False)
                api = oc.JournalRunsApi(client)
                close = {"Connection": "close"}
                compare(
                    "new TLS connection (floor: ca_certs each time)", "0.1",
                    lambda: manager.request("GET", url + "/x", headers=close).data,
                    {"ours": lambda: api.get_journal_run("x", _headers=close)}, 40,
                )  # fmt: skip


def imports() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def modules(code: str) -> tuple[float, int]:
        script = f"import sys, time; began = time.process_time(); {code}; print(time.process_time() - began, len(sys.modules))"
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        seconds, count = done.stdout.split()
        return float(seconds), int(count)

    ours = "import openapi_client; openapi_client.ApiClient; openapi_client.JournalRunsApi"
    pairs = [(modules(ours), modules("import urllib3, json")) for _ in range(ROUNDS + 1)][1:]
    ratio = statistics.median(one[0] / floor[0] for one, floor in pairs)
    counts = f"{pairs[0][0][1]} modules, floor {pairs[0][1][1]}"
    print(f"{'import, all names used':48} {f'ours {ratio:.2f}, {counts}':52} goal 1.0")


def memory() -> None:
    import resource

    with server(RUN) as port, oc.ApiClient(everything(port)) as client:
        api = oc.JournalRunsApi(client)
        for _ in range(2000):
            api.get_journal_run("x")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(18000):
            api.get_journal_run("x")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{'memory grown in 18,000 further calls':48} {f'{grown} KiB':52} goal flat")


def main() -> None:
    """Run all."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(f"CPython {sys.version.split()[0]}, urllib3 {urllib3.__version__}, {threading.active_count()} thread")
    for part in (codecs, calls, connections, imports, memory):
        part()


if __name__ == "__main__":
    main()
