"""Tables, as generated pages write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def cell(text: Any) -> str:
    """Text for one cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [" | ".join(head), " | ".join(["-------------"] * len(head))]
    return "\n".join([*lines, *(" | ".join(map(cell, row)).rstrip() for row in rows)]) + "\n"
