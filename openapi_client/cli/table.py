"""Rows as text in columns: as wide as they are, or wrapped to the width of a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from openapi_client.cli.terminal import coloured, width

_GAP = "  "
_SPACES = dict.fromkeys("\n\r\t", " ")
_NARROWEST = 20


def lines_of(rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; the last column is wrapped where a terminal is too narrow for it."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [line for row in cells for line in _lines(row, widths[:-1])]


def printable(text: str) -> str:
    """Text on one line, its control characters escaped."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _SPACES.get(char) or repr(char)[1:-1] for char in text)


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    *first, last = row
    start = "".join(coloured(cell) + " " * (size - len(cell)) + _GAP for cell, size in zip(first, widths, strict=True))
    indent = sum(widths) + len(_GAP) * len(widths)
    columns = width()
    if columns is None:
        return [(start + last).rstrip()]
    wrapped = textwrap.wrap(last, max(columns - indent, _NARROWEST)) or [""]
    return [(start + wrapped[0]).rstrip(), *(" " * indent + line for line in wrapped[1:])]
