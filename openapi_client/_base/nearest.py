"""The known names that are nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable


def hint(name: str, known: Iterable[str], most: int = 1) -> str:
    """``; did you mean 'x'?``, or nothing where no known name is near.

    :param most: so many of the nearest names are told.
    """
    from difflib import get_close_matches  # loaded on first need

    near = get_close_matches(str(name), sorted(known), most)
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
