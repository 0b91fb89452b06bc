"""Accounting periods: their shape, the seeded calendar, and how they are stored."""

from __future__ import annotations

import calendar
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

OPEN_ENDED = "Open-Ended"
STATES = ("Open", "PendingClose", "Closed")

# Not from `calendar`: its names follow the locale of the process.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Period:
    """An accounting period; only the open-ended one has no end."""

    name: str
    start: date
    end: date | None
    state: str = "Open"

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"state should be one of: {', '.join(STATES)}")
        if self.end is not None and self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    @property
    def is_open_ended(self) -> bool:
        """Whether this is the period without an end."""
        return self.end is None

    def covers(self, start: date, end: date) -> bool:
        """Whether a span of days lies inside this period; never for the open-ended one."""
        return self.end is not None and self.start <= start and end <= self.end


def seeded_periods(today: date) -> list[Period]:
    """Return the months of the previous, the current and the next year, and the open end."""
    months = [
        Period(
            f"{_MONTHS[month - 1]} {year}",
            date(year, month, 1),
            date(year, month, calendar.monthrange(year, month)[1]),
        )
        for year in (today.year - 1, today.year, today.year + 1)
        for month in range(1, 13)
    ]
    last_day = months[-1].end or today
    return [*months, Period(OPEN_ENDED, last_day + timedelta(days=1), None)]


def save_periods(db: sqlite3.Connection, periods: list[Period]) -> None:
    """Store periods; one of the same name is replaced."""
    db.executemany(
        "INSERT OR REPLACE INTO period (name, start, end, state) VALUES (?, ?, ?, ?)",
        [(each.name, each.start.isoformat(), each.end and each.end.isoformat(), each.state) for each in periods],
    )


def load_periods(db: sqlite3.Connection) -> dict[str, Period]:
    """Return all periods by name."""
    rows = db.execute("SELECT name, start, end, state FROM period").fetchall()
    return {
        row["name"]: Period(
            row["name"],
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]) if row["end"] else None,
            row["state"],
        )
        for row in rows
    }


def name_of(periods: Iterable[Period], start: str, end: str) -> str:
    """Return the name of the period with exactly these days (``yyyy-MM-dd``); "" when there is none."""
    days = (start, end)
    found = (each.name for each in periods if each.end and (each.start.isoformat(), each.end.isoformat()) == days)
    return next(found, "")


def span_text(start: date, end: date) -> str:
    """Return a span of days as people write it, such as ``1–10 Mar 2026``."""
    last = f"{end.day} {_MONTHS[end.month - 1]} {end.year}"
    if start.year != end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} {start.year}–{last}"
    return f"{start.day}–{last}" if start.month == end.month else f"{start.day} {_MONTHS[start.month - 1]}–{last}"
