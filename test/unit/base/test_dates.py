"""Dates and timestamps: every ISO 8601 form in, and never a day that nobody named."""

from __future__ import annotations

import datetime
from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from openapi_client._base import dates as _dates

UTC = timezone.utc
DAY = datetime.date(2014, 11, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-11-15", DAY),
        ("20141115", DAY),
        ("2014-W46-6", DAY),
        ("2014W466", DAY),
        ("2014-11-15T23:59:59+14:00", DAY),
        ("2014-11-15T00:00:00-12:00", DAY),
        ("2014-11-15 22:05:12", DAY),
        ("2014-11-15T24:00", datetime.date(2014, 11, 16)),
        ("2016-02-29", datetime.date(2016, 2, 29)),
        ("0001-01-01", datetime.date.min),
        ("9999-12-31", datetime.date.max),
    ],
)
def test_date(text: str, day: datetime.date) -> None:
    """Each complete form gives the day it names; its time of day and offset move nothing."""
    assert _dates.parse_date(text) == day
    assert type(_dates.parse_date(text)) is datetime.date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2014-11-15 22:05:12", datetime.datetime(2014, 11, 15, 22, 5, 12)),
        ("2014-11-15T22:05:12", datetime.datetime(2014, 11, 15, 22, 5, 12)),
        ("2014-11-15T22:05", datetime.datetime(2014, 11, 15, 22, 5)),
        ("2014-11-15", datetime.datetime(2014, 11, 15)),
        ("20141115T220512Z", datetime.datetime(2014, 11, 15, 22, 5, 12, tzinfo=UTC)),
        ("2014-11-15T22:05:12Z", datetime.datetime(2014, 11, 15, 22, 5, 12, tzinfo=UTC)),
        ("2014-11-15T22:05:12.5+01:00",
         datetime.datetime(2014, 11, 15, 22, 5, 12, 500000, tzinfo=timezone(timedelta(hours=1)))),
        ("2014-11-15T22:05:12,123456-0330",
         datetime.datetime(2014, 11, 15, 22, 5, 12, 123456, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))),
        ("1997-07-16T19:20:30.45+01:00",
         datetime.datetime(1997, 7, 16, 19, 20, 30, 450000, tzinfo=timezone(timedelta(hours=1)))),
    ],
)  # fmt: skip
def test_datetime(text: str, moment: datetime.datetime) -> None:
    """Each form gives its moment; without an offset it stays naive."""
    parsed = _dates.parse_datetime(text)
    assert parsed == moment
    assert parsed.utcoffset() == moment.utcoffset()


#: What the generated client, or dateutil's own ``parse``, completes from today's date or guesses.
INVENTED = [
    "",
    " ",
    "2014",
    "2014-11",
    "201411",
    "2014-W46",
    "2014W46",
    "10",
    "15",
    "Nov",
    "Nov 15",
    "Saturday",
    "22:05:12",
    "T22:05",
    "today",
    "11/15/2014",
    "15.11.2014",
    "2014/11/15",
    "Nov 15, 2014",
    "2014-11-15junk",
    "2014-11-15T",
    "2014-11-15T25:00",
    "2014-11-15T22:05:12+99:00",
    "2014-11-15 22:05:12 PST",
    "2014-13-01",
    "2014-02-30",
    "2015-02-29",
    "0000-01-01",
    "2014-11-1",
    "14-11-15",
    "-2014-11-15",
    "+2014-11-15",
    "10000-01-01",
    "2014-1１-15",
    "٢٠١٤-١١-١٥",
    "2014-11-15\n",
    "2014-11-15\x00",
    "1416089112",
    "2014-11-15T22:05:12Zjunk",
    "2014 11 15",
    "2014T22",
    "2014-11T22:05",
]


@pytest.mark.parametrize("text", INVENTED)
@pytest.mark.parametrize("parse", [_dates.parse_date, _dates.parse_datetime])
def test_never_invented(parse: Any, text: str) -> None:
    """Incomplete, ambiguous and other text is refused instead of being completed or guessed."""
    with pytest.raises((ValueError, OverflowError)):
        parse(text)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=30), st.text("0123456789-:TWZ+., ", max_size=30)))
@example("2014-W53")
@example("2014-366")
@example("001 ")
@example("0001 101")
def test_any_text(text: str) -> None:
    """Any text is refused, or names its year in its first four digits, and its day does not depend on today's."""
    try:
        day = _dates.parse_date(text)
    except (ValueError, OverflowError):
        return
    digits = [char for char in text if char.isdigit()]
    assert len(digits) >= 7
    assert abs(day.year - int(text[:4])) <= 1


@settings(deadline=None)
@given(st.dates())
def test_day_round_trip(day: datetime.date) -> None:
    """Every day survives its ISO text."""
    assert _dates.parse_date(day.isoformat()) == day
    assert _dates.day_of(day) is day


@settings(deadline=None)
@given(
    st.datetimes(timezones=st.none() | st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m)))),
    st.sampled_from(" T"),
)
def test_moment_round_trip(moment: datetime.datetime, separator: str) -> None:
    """Every moment survives its ISO text, with or without an offset, microseconds included."""
    parsed = _dates.parse_datetime(moment.isoformat(separator))
    assert parsed == moment
    assert parsed.utcoffset() == moment.utcoffset()
    assert parsed.microsecond == moment.microsecond


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (DAY, DAY),
        (datetime.datetime(2014, 11, 15, 23, 59), DAY),
        (datetime.datetime(2014, 11, 15, 23, 59, tzinfo=timezone(timedelta(hours=-12))), DAY),
        ("2014-11-15", DAY),
        (" 2014-11-15 ", DAY),
        ("2014-11-15T10:00:00Z", DAY),
    ],
)
def test_day_of_what_users_give(value: Any, day: datetime.date) -> None:
    """The day of a date, a datetime or a text is a plain date, in the time zone it was given in."""
    assert _dates.day_of(value) == day
    assert type(_dates.day_of(value)) is datetime.date
