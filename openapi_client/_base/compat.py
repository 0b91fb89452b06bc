"""What the oldest supported Python lacks."""

from __future__ import annotations


def add_note(error: BaseException, text: str) -> None:
    """Let a traceback of the error end with a text (PEP 678; Python 3.10 shows it as the error's own)."""
    add = getattr(error, "add_note", None)
    if add is not None:
        add(text)
    else:
        error.args = (*error.args, text)
