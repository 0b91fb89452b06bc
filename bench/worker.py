"""Runs in the environment of one contender: a line of JSON says what to do and is answered by one.

It imports nothing but the contender and the standard library, so that memory and modules are the contender's own.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "contenders")]

import samples

#: CPU seconds that one sample of a cheap act takes at least: short ones drown in the noise of the clock.
SAMPLE = 0.05
EXPECTED = (samples.NUMBER, "Completed")


class Worker:
    """Acts for one contender."""

    def __init__(self, contender: Any) -> None:
        """Begin without a client."""
        self.contender = contender
        self.client: Any = None
        self.times: dict[str, int] = {}

    def statements(self) -> list[str | None]:
        """What imports all that a call needs, and what imports the package alone, where that is less."""
        return [self.contender.IMPORT, getattr(self.contender, "IMPORT_ALONE", None)]

    def decodes(self) -> bool:
        """Whether the contender has a decoder of its own."""
        return hasattr(self.contender, "decode")

    def open(self, url: str, ca: str | None = None) -> None:
        """Make the client that the calls go through, and see that it decodes what it is given."""
        self.client = self.contender.Client(url, ca)
        self.check(self.client.get(), 29)
        number = self.contender.created(self.client.post())
        assert number == samples.NUMBER, number

    def check(self, run: Any, types: int) -> None:
        """Fail unless this is the run that was sent."""
        found = self.contender.got(run)
        assert found == (*EXPECTED, types), found

    def close(self) -> None:
        """Close the client."""
        self.client.close()
        self.client = None

    def cpu(self, name: str, act: Callable[[], Any]) -> float:
        """CPU seconds of one act; the first sample finds out how many acts fill it."""
        times = self.times.get(name, 0)
        if not times:
            times = 1
            while (spent := self.spent(act, times)) < SAMPLE and times < 1_000_000:
                times = max(times * 2, int(times * SAMPLE / max(spent, 1e-6)))
            self.times[name] = times
        gc.collect()
        return self.spent(act, times) / times

    def spent(self, act: Callable[[], Any], times: int) -> float:
        """CPU seconds of so many acts."""
        began = time.process_time()
        for _ in range(times):
            act()
        return time.process_time() - began

    def build(self) -> float:
        """CPU seconds of making and serializing a create with 29 types."""
        body = json.loads(self.contender.build())
        assert body == samples.request(29), body
        return self.cpu("build", self.contender.build)

    def decode(self, types: int) -> float:
        """CPU seconds of decoding a run with so many types."""
        text = samples.run(types)
        self.check(self.contender.decode(text), types)
        return self.cpu(f"decode {types}", lambda: self.contender.decode(text))

    def call(self, verb: str) -> dict[str, float]:
        """CPU and wall seconds of one call."""
        act = getattr(self.client, verb)
        used = self.cpu(verb, act)
        walls = []
        for _ in range(200):
            began = time.perf_counter()
            act()
            walls.append(time.perf_counter() - began)
        walls.sort()
        return {"cpu": used, "p50": walls[100], "p99": walls[198]}

    def rate(self, threads: int, calls: int) -> dict[str, float]:
        """Calls a second, and CPU seconds a call, of so many threads on one client."""

        def several(count: int) -> None:
            for _ in range(count):
                self.client.get()

        each = max(1, calls // threads)
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(several, [2] * threads))
            began, used = time.perf_counter(), time.process_time()
            list(pool.map(several, [each] * threads))
            done = each * threads
            return {
                "rate": done / (time.perf_counter() - began),
                "cpu": (time.process_time() - used) / done,
            }

    def repeat(self, calls: int) -> int:
        """Resident KiB after so many calls."""
        for _ in range(calls):
            self.client.get()
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1024

    def construct(self, url: str) -> float:
        """CPU seconds of making a client and closing it."""
        return self.cpu("construct", lambda: self.contender.Client(url).close())

    def anew(self) -> float | None:
        """CPU seconds of a call with a connection of its own; ``None`` where the contender has no such call."""
        act = getattr(self.client, "get_anew", None)
        return None if act is None else self.spent(act, 20) / 20

    def get(self, calls: int) -> None:
        """So many calls, unmeasured."""
        for _ in range(calls):
            self.client.get()


def main() -> None:
    """Answer until the standard input ends; argument: the contender. Only answers go to the standard output."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    worker = Worker(importlib.import_module(sys.argv[1]))
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(getattr(worker, name)(*arguments)), file=out, flush=True)


if __name__ == "__main__":
    main()
