"""The page of the documentation that shows a run's figures."""

from __future__ import annotations

from .environments import CONTENDERS
from .report import Report, remarks, rows

HEAD = """<!-- Rendered by `python -m bench --docs docs`: run that again instead of editing. -->
# Speed

What a typed, checked, retried and authenticated call costs beside bare `urllib3` with `json`, and beside its peers, in
one run. Figures are ratios to that floor (F) unless a unit is given: 1.00 is as fast as the floor, for calls a second
more is better, for everything else less. ± is half of the distance between the quartiles of the rounds.

Measured on {date} with CPython {python} on {processors} processors, {rounds} rounds that take turns, server and
contenders in processes of their own on loopback. To repeat it from a checkout: `pip install -r bench/requirements.txt`,
then `python -m bench`, which makes an environment for each contender, and takes a quarter of an hour.

`--only calls` measures one group, `--contenders floor,ours --here` needs no environments, `--json FILE` writes the
figures for machines, `--docs docs` renews this page.
"""
FLOOR = """
## Where the floor of the design is

Some goals are not reached, and these steps show why: the design needs them, and each is as cheap as Python has it
(`python -m bench.steps`, nanoseconds, least of several tries, without the garbage collector).

- **Decoding**: every item becomes an object with its attributes, so that it can be read, changed and checked as one
  that was built. Making it and setting its attribute past the checks is most of what comes on top of reading the JSON.
  Only models without checked assignment would be cheaper.
- **Building**: an item is a constructor's call, which Python needs even where it does nothing but keep a value.
- **Importing**: each module has to be found and loaded. The package has one for each job, and imports none before it is
  needed; fewer and larger ones would be read less well.
- **Calls**: [the usual head of an answer is read directly](configuration.md#heads-of-answers), which pays for
  credentials, checks, retries and models.
- **Threads**: each wait on a socket with a time limit hands the interpreter over to another thread, so the floor with
  time limits (F+t) is what can be reached.
"""
PICTURES = {
    "items": "CPU time by item of a decoded list, from 10 to 100,000 items",
    "threads": "Client CPU time by call, from 1 to 64 threads on one client",
    "memory": "Resident memory over 100,000 calls",
}


def page(report: Report) -> str:
    """The whole text."""
    heading, *lines = rows(report)
    parts = [HEAD.format(**report), "## Beside the peers\n"]
    parts.append("\n".join(["| " + " | ".join(heading) + " |", "|---" * len(heading) + "|",
                            *("| " + " | ".join(line) + " |" for line in lines)]) + "\n")  # fmt: skip
    parts.extend(f"- {each}" for each in remarks(report))
    parts.append("\n## Versions\n")
    for name, versions in report["versions"].items():
        parts.append(f"- {CONTENDERS[name].title}: " + ", ".join(f"{key} {value}" for key, value in versions.items()))
    if "steps" in report:
        parts.append(FLOOR)
        parts.append("Step | Nanoseconds\n------------- | -------------")
        for name, steps in report["steps"].items():
            parts.extend(f"{name}: {step} | {figure:,.0f}" for step, figure in steps.items())
    if "scaling" in report:
        parts.append("\n## How it grows\n")
        for name, title in PICTURES.items():
            parts.append(f"![{title}](speed/{name}.svg)\n\n{title}.\n")
    return "\n".join(parts).rstrip() + "\n"
