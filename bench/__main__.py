"""``python -m bench``: what the client costs beside its peers, in one run."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import report, scaling
from .environments import CONTENDERS, FLOOR, OURS, ROOT, here, make
from .measures import GROUPS, measured


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    groups = [each.name for each in GROUPS]
    parser.add_argument("--only", action="append", choices=[*groups, "scaling"], help="a group of measures; repeatable")
    parser.add_argument("--contenders", default=",".join(CONTENDERS), help=f"some of {', '.join(CONTENDERS)}")
    parser.add_argument("--rounds", type=int, default=7, help="rounds, which take turns (default 7)")
    parser.add_argument("--calls", type=int, default=20_000, help="calls of the endurance run (default 20000)")
    parser.add_argument("--here", action="store_true", help="use this Python, which must have the contenders' packages")
    parser.add_argument("--home", type=Path, default=ROOT / ".bench", help="where environments are kept (.bench)")
    parser.add_argument("--json", type=Path, help="write the figures to a file")
    parser.add_argument("--read", type=Path, help="read the figures of such a file instead of measuring")
    parser.add_argument("--docs", type=Path, help="write the page and pictures of the documentation to this folder")
    asked = parser.parse_args()
    names = asked.contenders.split(",")
    unknown = sorted(set(names) - set(CONTENDERS))
    if unknown:
        parser.error(f"no such contender: {', '.join(unknown)}; there are {', '.join(CONTENDERS)}")
    asked.contenders = [FLOOR, *(each for each in CONTENDERS if each in names and each != FLOOR)]
    return asked


def run(asked: argparse.Namespace) -> report.Report:
    """Measure what was asked for."""
    environments = [
        here(CONTENDERS[name]) if asked.here else make(CONTENDERS[name], asked.home) for name in asked.contenders
    ]
    found = report.circumstances(environments, asked.rounds)
    for group in GROUPS:
        if asked.only and group.name not in asked.only:
            continue
        print(f"measuring: {group.name}", file=sys.stderr)
        samples = measured(group, environments, asked.rounds, asked.calls)
        for measure in group.measures:
            found["measures"][measure.key] = report.summary(measure, samples[measure.key])
    if not asked.only or "scaling" in asked.only:
        print("measuring: scaling", file=sys.stderr)
        ours = next((each for each in environments if each.contender.module == OURS), None)
        if ours is not None:
            found["steps"] = ours.run("import json; from bench.steps import steps; print(json.dumps(steps()))")
        found["scaling"] = scaling.measured(environments, max(1, asked.rounds // 2), asked.calls)
    return found


def main() -> None:
    """Measure, and show."""
    asked = arguments()
    found = json.loads(asked.read.read_text("utf-8")) if asked.read else run(asked)
    report.print_table(found)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if asked.docs and not asked.read:
        (ROOT / "bench" / "figures.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if asked.docs:
        from .page import page
        from .plots import draw

        (asked.docs / "speed.md").write_text(page(found), "utf-8")
        draw(found.get("scaling", {}), asked.docs / "speed")


if __name__ == "__main__":
    main()
