"""What the oldest supported Python lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform as dataclass_transform
else:

    def dataclass_transform(**_: Any) -> Callable[[type], type]:
        """PEP 681, of which only type checkers need more than this."""
        return lambda cls: cls


def add_note(error: BaseException, text: str) -> None:
    """Let a traceback of the error end with a text (PEP 678; Python 3.10 shows it as the error's own)."""
    add = getattr(error, "add_note", None)
    if add is not None:
        add(text)
    else:
        error.args = (*error.args, text)
