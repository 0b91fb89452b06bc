"""The life of a journal run as a bar: one segment for each status, with its place, width and duration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from openapi_client.sandbox.journal_runs.ledger import StatusChange
from openapi_client.sandbox.journal_runs.lifecycle import MOVING

# A segment is at least this wide, in percent of the bar, so that its number can be read.
_NARROWEST = 13.0
_UNITS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))


@dataclass(frozen=True)
class Segment:
    """One status in the bar of a run.

    :param status: the status, spelled as on the wire
    :param left: where it begins, in percent of the bar
    :param width: in percent of the bar
    :param at: when it began, in seconds of the sandbox clock
    :param duration: how long it lasted or has lasted so far; "" for a status in which a run rests
    :param is_current: whether the run is in it now
    """

    status: str
    left: float
    width: float
    at: float
    duration: str
    is_current: bool


def segments(history: Sequence[StatusChange], now: float) -> list[Segment]:
    """Return the bar of a run.

    - What every segment needs is shared out first, the rest by duration.
    - The status a run rests in (``Completed``, ``Error``, ``Cancelled``) is as narrow as can be: it has no end.

    :param history: the statuses of the run, oldest first
    :param now: seconds of the sandbox clock
    """
    lasted = [max(0.0, after.at - before.at) for before, after in pairwise(history)]
    if history:
        lasted.append(max(0.0, now - history[-1].at) if history[-1].status in MOVING else 0.0)
    narrowest = min(_NARROWEST, 100 / max(1, len(history)))
    spare, total = 100 - narrowest * len(history), sum(lasted)
    bar: list[Segment] = []
    left = 0.0
    for change, seconds in zip(history, lasted, strict=True):
        width = narrowest + spare * (seconds / total if total else 1 / len(history))
        is_current = change is history[-1]
        duration = "" if is_current and change.status not in MOVING else duration_text(seconds)
        bar.append(Segment(change.status.value, round(left, 2), round(width, 2), change.at, duration, is_current))
        left += width
    return bar


def duration_text(seconds: float) -> str:
    """Return a duration in its two largest units, such as ``1 h 5 min``; below ten seconds with a tenth."""
    if seconds < 10:
        tenths = math.floor(seconds * 10) / 10
        return f"{tenths:g} s"
    rest = math.floor(seconds)
    parts: list[str] = []
    for size, unit in _UNITS:
        count, rest = divmod(rest, size)
        if count or parts:
            parts.append(f"{count} {unit}" if count else "")
        if len(parts) == 2:
            break
    return " ".join(part for part in parts if part)
