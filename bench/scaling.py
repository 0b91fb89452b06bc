"""How the cost grows: with the size of an answer, with threads, with the number of calls."""

from __future__ import annotations

import statistics
from typing import Any

from .environments import FLOOR, OURS, Environment, server, worker

ITEMS = (10, 100, 1_000, 10_000, 100_000)
THREADS = (1, 2, 4, 8, 16, 32, 64)
LOOKS = 10
#: These decode as the floor and as ours do.
_AS_ANOTHER = ("floor_limits", "ours_plain")
Series = dict[str, list[tuple[int, float]]]


def items(environments: list[Environment], rounds: int) -> Series:
    """Microseconds of CPU by item of a decoded list; the slow generated clients stop at 10,000."""
    found: Series = {}
    for environment in environments:
        name = environment.contender.module
        with worker(environment) as asked:
            if name in _AS_ANOTHER or not asked.ask("decodes"):
                continue
            for count in ITEMS if name in (FLOOR, OURS) else ITEMS[:-1]:
                taken = statistics.median(asked.ask("decode", count) for _ in range(rounds))
                found.setdefault(name, []).append((count, taken / count * 1e6))
    return found


def threads(environments: list[Environment], rounds: int, calls: int) -> Series:
    """Microseconds of client CPU by call with so many threads on one client."""
    found: Series = {}
    for environment in environments:
        with server() as (url, _), worker(environment) as asked:
            asked.ask("open", url)
            for count in THREADS:
                taken = statistics.median(asked.ask("rate", count, calls)["cpu"] for _ in range(rounds))
                found.setdefault(environment.contender.module, []).append((count, taken * 1e6))
    return found


def memory(environments: list[Environment], calls: int) -> Series:
    """Resident MiB after so many calls."""
    found: Series = {}
    for environment in environments:
        with server() as (url, _), worker(environment) as asked:
            asked.ask("open", url)
            for look in range(1, LOOKS + 1):
                taken = asked.ask("repeat", calls // LOOKS)
                found.setdefault(environment.contender.module, []).append((look * calls // LOOKS, taken / 1024))
    return found


def measured(environments: list[Environment], rounds: int, calls: int) -> dict[str, Any]:
    """All three."""
    pair = [each for each in environments if each.contender.module in (FLOOR, "floor_limits", OURS)]
    return {
        "items": items(environments, rounds),
        "threads": threads(pair, rounds, calls // 10),
        "memory": memory(pair, calls * 5),
    }
