"""Reading JSON that people wrote, with a message for each mistake that names its place, such as ``runs[0].status``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def json_of(data: bytes) -> object:
    """Return what JSON says.

    :raises ValueError: when it is none, nested too deeply, or holds a number that is none (``NaN``) or too long
    """
    try:
        return json.loads(data, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def document_of(data: bytes) -> object:
    """Return what JSON says that will be stored or shown.

    :raises ValueError: as :func:`json_of` does, and for half a surrogate pair, which has no bytes
    """
    value = json_of(data)
    try:
        if b"\\u" in data:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half a surrogate pair") from None
    return value


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def fields_of(place: str, value: object, allowed: Sequence[str]) -> Mapping[str, Any]:
    """Return the fields of a JSON object.

    :param place: where the object stands
    :raises ValueError: when it is none, or has a field that is not allowed
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"{place} should be a JSON object")
    for name in value:
        if name not in allowed:
            raise ValueError(f"{place} has an unknown field {name!r}; known are: {', '.join(allowed)}")
    return value


def items_of(prefix: str, name: str, fields: Mapping[str, Any]) -> list[tuple[str, object]]:
    """Return the items of a list, each with its place; none for a list that was left out.

    :param prefix: where the list stands, "" at the top, with a dot at the end elsewhere
    :raises ValueError: when it is no list
    """
    items = fields.get(name, [])
    if not isinstance(items, (list, tuple)):
        raise ValueError(f"{prefix}{name} should be a list")
    return [(f"{prefix}{name}[{index}]", each) for index, each in enumerate(items)]


def text_of(place: str, fields: Mapping[str, Any], name: str) -> str | None:
    """Return a text, ``None`` when it was left out.

    :raises ValueError: when it is something else
    """
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{place}.{name} should be a text")
    return value


def choice_of(place: str, fields: Mapping[str, Any], name: str, allowed: Sequence[str], default: str) -> str:
    """Return one of the texts allowed, the default when it was left out.

    :raises ValueError: for another one
    """
    value = fields.get(name, default)
    if value not in allowed:
        raise ValueError(f"{place}.{name} should be one of: {', '.join(allowed)}")
    return str(value)


def day_of(place: str, fields: Mapping[str, Any], name: str) -> date | None:
    """Return a date given as ``yyyy-MM-dd``, ``None`` when it was left out.

    :raises ValueError: for anything else
    """
    value = fields.get(name)
    if value is None:
        return None
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{place}.{name} should be a date such as 2026-03-01") from None
