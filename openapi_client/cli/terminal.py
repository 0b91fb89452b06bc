"""What the terminal is like: whether there is one, how wide, and whether it wants colours."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any

_COLOURS = {"ok": "32", "problem": "31", "unknown": "33"}


def is_terminal(stream: Any) -> bool:
    """Whether somebody looks at a stream; a stream can be missing or closed."""
    return stream is not None and not stream.closed and bool(stream.isatty())


def width() -> int | None:
    """Columns of the terminal that results go to, or ``None`` where they go to a file or a pipe."""
    return max(shutil.get_terminal_size().columns, 40) if is_terminal(sys.stdout) else None


def coloured(word: str) -> str:
    """A word in its colour, unless there is no terminal or it wants none (https://no-color.org)."""
    is_plain = not is_terminal(sys.stdout) or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return word if is_plain or word not in _COLOURS else f"\x1b[{_COLOURS[word]}m{word}\x1b[0m"


def environment() -> dict[str, str]:
    """The variables of the process."""
    return dict(os.environ)
