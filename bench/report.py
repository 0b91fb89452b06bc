"""The figures of a run: medians and noise, as a table for people and as JSON for machines."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
from typing import Any

from rich.console import Console
from rich.table import Table

from .environments import CONTENDERS, FLOOR, LIMITS, OURS, Environment
from .measures import GROUPS, Measure

Report = dict[str, Any]


def circumstances(environments: list[Environment], rounds: int) -> Report:
    """When, on what and with which versions."""
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "rounds": rounds,
        "versions": {each.contender.module: each.versions() for each in environments},
        "measures": {},
    }


def summary(measure: Measure, samples: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Median and noise of each contender: ratios are taken within a round.

    The noise is half of what lies between the quartiles, as a share of the median.
    """
    found = {}
    for name, values in samples.items():
        taken = values
        if measure.unit == "ratio":
            taken = [value / floor for value, floor in zip(values, samples[FLOOR], strict=True)]
        middle = statistics.median(taken)
        spread = 0.0
        if len(taken) > 2 and middle:
            low, _, high = statistics.quantiles(taken, n=4)
            spread = (high - low) / 2 / middle
        found[name] = {"median": middle, "noise": spread}
    return found


def shown(measure: Measure, figures: dict[str, float] | None) -> str:
    """One cell."""
    if figures is None:
        return "-"
    middle = figures["median"]
    text = f"{middle:.2f}" if measure.unit == "ratio" and middle < 20 else f"{middle:,.0f}"
    return f"{text} ±{figures['noise']:.0%}" if figures["noise"] else text


def rows(report: Report) -> list[tuple[str, ...]]:
    """The table: a heading, and a line for each measure that was taken."""
    names = [name for name in CONTENDERS if name in report["versions"]]
    table = [("measure", *(CONTENDERS[name].title for name in names), "goal")]
    for measure in (each for group in GROUPS for each in group.measures):
        figures = report["measures"].get(measure.key)
        if figures is not None:
            title = measure.title if measure.unit == "ratio" else f"{measure.title} ({measure.unit})"
            table.append((title, *(shown(measure, figures.get(name)) for name in names), measure.goal))
    return table


def remarks(report: Report) -> list[str]:
    """What no single cell says."""
    found = []
    measures = report["measures"]
    for key, title in (("get_cpu", "GET"), ("post_cpu", "POST")):
        figures = measures.get(key, {})
        if OURS in figures and "ours_plain" in figures:
            ratio = figures[OURS]["median"] / figures["ours_plain"]["median"]
            found.append(f"{title}, everything on by everything off: {ratio:.2f} (goal 1.05)")
    figures = measures.get("rate_16", {})
    if OURS in figures and LIMITS in figures:
        ratio = figures[OURS]["median"] / figures[LIMITS]["median"]
        found.append(f"16 threads, beside the floor with time limits: {ratio:.2f} (F+t) (goal 1.0)")
    return found


def print_table(report: Report) -> None:
    """Print for people."""
    console = Console(width=None if os.isatty(1) else 200)
    console.print(f"CPython {report['python']}, {report['processors']} processors, {report['rounds']} rounds")
    heading, *lines = rows(report)
    table = Table(*heading)
    for line in lines:
        table.add_row(*line)
    console.print(table)
    for remark in remarks(report):
        console.print(remark)
