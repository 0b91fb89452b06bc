"""The known name that is nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable


def hint(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?``, or nothing where no known name is near."""
    from difflib import get_close_matches  # loaded on first need

    near = get_close_matches(str(name), sorted(known), 1)
    return f"; did you mean '{near[0]}'?" if near else ""
