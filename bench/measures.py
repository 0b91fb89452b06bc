"""What is measured: each group asks a contender's processes, and says which figures come of it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import certifi
import trustme

from .environments import FLOOR, Environment, Process, server, worker

Figures = dict[str, float]
#: What a fresh process runs; ``json`` is the floor's as well, and imported before the clock starts.
IMPORTING = """
import json, sys, time
before, began = len(sys.modules), time.process_time()
{statement}
used = time.process_time() - began
with open("/proc/self/status") as file:
    peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
print(json.dumps([used, len(sys.modules) - before, peak / 1024]))
"""


@dataclass(frozen=True)
class Measure:
    """One line of the table."""

    key: str
    title: str
    #: A ratio is a contender's figure by the floor's in the same round; anything else is shown as it is.
    unit: str = "ratio"
    goal: str = ""


@dataclass(frozen=True)
class Group:
    """Measures that one visit of a contender gives."""

    name: str
    measures: tuple[Measure, ...]
    sample: Callable[[Visit], Figures]
    #: Rounds at most; what only counts needs no second one.
    rounds: int = 100


class Visit:
    """A contender with its worker and a server, for as long as a group is measured."""

    def __init__(self, environment: Environment, worker: Process, url: str, server: Process, calls: int) -> None:
        """Keep what samples need."""
        self.environment = environment
        self.worker = worker
        self.url = url
        self.server = server
        #: How many calls an endurance run makes.
        self.calls = calls

    def settled(self) -> dict[str, int]:
        """The server's counts once they no longer change; closed connections take it a moment to see."""
        counts = self.server.ask()
        for _ in range(50):
            time.sleep(0.05)
            again = self.server.ask()
            if again == counts:
                break
            counts = again
        return counts


def imports(visit: Visit) -> Figures:
    """A fresh process that imports all that a call needs."""
    whole, alone = visit.worker.ask("statements")
    used, modules, peak = visit.environment.run(IMPORTING.format(statement=whole))
    found = {"import_cpu": used, "import_modules": modules, "import_peak": peak}
    if visit.environment.contender.module == FLOOR or alone:
        found["import_alone"] = visit.environment.run(IMPORTING.format(statement=alone or whole))[0]
    return found


def codecs(visit: Visit) -> Figures:
    """Building, serializing and decoding, without a connection."""
    ask = visit.worker.ask
    return {"build": ask("build"), "decode_29": ask("decode", 29), "decode_10000": ask("decode", 10_000)}


def calls(visit: Visit) -> Figures:
    """One call after the other on an open connection."""
    visit.worker.ask("open", visit.url)
    found = {}
    for verb in ("get", "post"):
        for name, value in visit.worker.ask("call", verb).items():
            found[f"{verb}_{name}"] = value
    visit.worker.ask("close")
    return found


def threads(visit: Visit) -> Figures:
    """Several threads on one client."""
    visit.worker.ask("open", visit.url)
    found = {f"rate_{count}": visit.worker.ask("rate", count, visit.calls // 10)["rate"] for count in (1, 4, 16)}
    visit.worker.ask("close")
    return found


def construction(visit: Visit) -> Figures:
    """Making a client and closing it."""
    return {"construct": visit.worker.ask("construct", visit.url)}


def endurance(visit: Visit) -> Figures:
    """Many calls: what memory and connections do."""
    visit.worker.ask("open", visit.url)
    before = visit.worker.ask("repeat", visit.calls // 10)
    grown = visit.worker.ask("repeat", visit.calls) - before
    opened = visit.settled()["open"]
    visit.worker.ask("close")
    return {"memory": grown, "connections": opened, "left": visit.settled()["open"]}


def handshakes(visit: Visit) -> Figures:
    """TLS connections of a thousand calls."""
    authority = trustme.CA()
    with tempfile.TemporaryDirectory() as folder:
        trusted, own = Path(folder, "ca.pem"), Path(folder, "own.pem")
        # As long as the usual bundle, since reading it is what costs.
        trusted.write_bytes(Path(certifi.where()).read_bytes() + authority.cert_pem.bytes())
        authority.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(own))
        with server(own) as (url, process), worker(visit.environment) as asked:
            asked.ask("open", url, str(trusted))
            asked.ask("get", 1000)
            found = {"tls": process.ask()["accepted"]}
            used = asked.ask("anew")
            return {**found, "tls_cpu": used} if used is not None else found


GROUPS = (
    Group(
        "import",
        (
            Measure("import_cpu", "import, CPU", goal="1.15"),
            Measure("import_alone", "import of the package alone, CPU", goal="0.15"),
            Measure("import_modules", "import, modules", "modules"),
            Measure("import_peak", "import, peak memory", "MiB"),
        ),
        imports,
    ),
    Group(
        "codecs",
        (
            Measure("build", "build and serialize 29 types", goal="1.9"),
            Measure("decode_29", "decode 29 types", goal="2.5"),
            Measure("decode_10000", "decode 10,000 types", goal="3.0"),
        ),
        codecs,
    ),
    Group(
        "calls",
        (
            Measure("get_cpu", "GET, client CPU", goal="1.15"),
            Measure("get_p50", "GET, wall, median"),
            Measure("get_p99", "GET, wall, 99th percentile"),
            Measure("post_cpu", "POST, client CPU", goal="1.15"),
            Measure("post_p50", "POST, wall, median"),
            Measure("post_p99", "POST, wall, 99th percentile"),
        ),
        calls,
    ),
    Group(
        "threads",
        (
            Measure("rate_1", "calls a second, 1 thread"),
            Measure("rate_4", "calls a second, 4 threads"),
            Measure("rate_16", "calls a second, 16 threads", goal="0.95 F"),
        ),
        threads,
    ),
    Group("construction", (Measure("construct", "make and close a client, CPU"),), construction),
    Group(
        "endurance",
        (
            Measure("memory", "memory grown in further calls", "KiB", goal="flat"),
            Measure("connections", "connections open before close", "connections"),
            Measure("left", "connections open after close", "connections", goal="0"),
        ),
        endurance,
        rounds=1,
    ),
    Group(
        "tls",
        (
            Measure("tls", "TLS connections per 1,000 calls", "connections"),
            Measure("tls_cpu", "new TLS connection, CPU (F: ca_certs each time)", goal="0.1"),
        ),
        handshakes,
        rounds=3,
    ),
)


def measured(group: Group, environments: list[Environment], rounds: int, count: int) -> dict[str, dict[str, Any]]:
    """The samples of each contender by measure, gathered in rounds that take turns, since machines are noisy."""
    found: dict[str, dict[str, Any]] = {each.key: {} for each in group.measures}
    out_of_reach = set()
    for number in range(min(rounds, group.rounds)):
        turn = number % len(environments)
        for environment in environments[turn:] + environments[:turn]:
            name = environment.contender.module
            if name in out_of_reach:
                continue
            with server() as (url, process), worker(environment) as asked:
                if group.name == "codecs" and not asked.ask("decodes"):
                    out_of_reach.add(name)  # no models: its figures are the floor's
                    continue
                for key, value in group.sample(Visit(environment, asked, url, process, count)).items():
                    found[key].setdefault(name, []).append(value)
    return found
