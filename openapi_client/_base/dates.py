"""Dates and timestamps: ISO 8601 text in, ``YYYY-MM-DD`` out, and nothing ever made up."""

from __future__ import annotations

import datetime
import re

# A year, month or week alone is ISO 8601 too, but dateutil would complete it to a day nobody named; and it reads blanks
# as parts of numbers.
_DAY = r"\d{4}-?(\d{2}-?\d{2}|W\d{2}-?\d|\d{3})"


def parse_date(value: str) -> datetime.date:
    """The calendar day that ``value`` names; a time of day and an offset are left out.

    :raises ValueError: for text that is not a complete ISO 8601 date.
    """
    if len(value) == 10 and value[4] == "-" == value[7]:
        return datetime.date.fromisoformat(value)
    return parse_datetime(value).date()


def parse_datetime(value: str) -> datetime.datetime:
    """The moment that ``value`` names; without an offset it stays naive, as Zuora's ``2014-11-15 22:05:12`` does.

    :raises ValueError: for text that is not a complete ISO 8601 date with an optional time.
    """
    if len(value) == 19 and value[10] in " T" and value[4] == "-" == value[7]:
        return datetime.datetime.fromisoformat(value)
    return _parse_any(value)


def _parse_any(value: str) -> datetime.datetime:
    # Loaded on first need: dateutil.parser costs more to import than the rest of the client.
    from dateutil.parser import isoparser

    if not value.isascii() or not re.fullmatch(_DAY, re.split("[T ]", value, maxsplit=1)[0]):
        raise ValueError(f"{value!r} does not name a day in ISO 8601")
    parsed: datetime.datetime = isoparser().isoparse(value)
    return parsed


def day_of(value: datetime.date | str) -> datetime.date:
    """A ``date`` from a ``date``, a ``datetime`` (its day) or ISO text.

    :raises ValueError: for text that names no day.
    """
    if isinstance(value, str):
        return parse_date(value.strip())
    return value.date() if isinstance(value, datetime.datetime) else value
