"""The life of a journal run as a bar: one segment for each status, with its place, width and duration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from openapi_client.sandbox.journal_runs.ledger import StatusChange
from openapi_client.sandbox.journal_runs.lifecycle import MOVING

# A segment is at least this wide, in percent of the bar, so that it can be seen.
_NARROWEST = 3.0
_UNITS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))


@dataclass(frozen=True)
class Segment:
    """One status in the bar of a run.

    :param status: the status, spelled as on the wire
    :param left: where it begins, in percent of the bar
    :param width: in percent of the bar
    :param at: when it began, in seconds of the sandbox clock
    :param duration: how long it lasted or has lasted so far; "" for a status in which a run rests
    """

    status: str
    left: float
    width: float
    at: float
    duration: str


@dataclass(frozen=True)
class Bar:
    """The segments of a run, side by side from 0 to 100 percent.

    :param total: how long all of them lasted
    :param is_to_scale: whether widths follow durations, but for that of a status in which the run rests
    """

    segments: Sequence[Segment]
    total: str
    is_to_scale: bool


def bar_of(history: Sequence[StatusChange], now: float) -> Bar:
    """Return the bar of a run.

    - Widths follow durations, unless a segment would be too narrow to be seen: then what each of them needs is shared
      out first, and only the rest by duration.
    - The status a run rests in (``Completed``, ``Error``, ``Cancelled``) is as narrow as can be: it has no end.

    :param history: the statuses of the run, oldest first
    :param now: seconds of the sandbox clock
    """
    lasted = [max(0.0, after.at - before.at) for before, after in pairwise(history)]
    is_resting = bool(history) and history[-1].status not in MOVING
    if history and not is_resting:
        lasted.append(max(0.0, now - history[-1].at))
    widths, is_to_scale = _widths(lasted, is_resting)
    bar: list[Segment] = []
    left = 0.0
    for change, width, seconds in zip(history, widths, [*lasted, None], strict=False):
        duration = "" if seconds is None else duration_text(seconds)
        bar.append(Segment(change.status.value, round(left, 2), round(width, 2), change.at, duration))
        left += width
    return Bar(bar, duration_text(sum(lasted)), is_to_scale)


def _widths(lasted: Sequence[float], is_resting: bool) -> tuple[list[float], bool]:
    """Return the width of each segment, that of the status a run rests in included, and whether they are to scale."""
    count, total = len(lasted) + is_resting, sum(lasted)
    if not lasted:
        return [100.0] * count, True
    narrowest = min(_NARROWEST, 100 / count)
    end = [narrowest] if is_resting else []
    share = [seconds / total if total else 1 / len(lasted) for seconds in lasted]
    space = 100 - sum(end)
    if min(share) * space >= narrowest:
        return [each * space for each in share] + end, True
    spare = 100 - narrowest * count
    return [narrowest + each * spare for each in share] + end, False


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
