"""A pytest plugin that keeps mutmut from noting which function calls which.

We make no use of it, and CPython 3.11 crashes over the many thousand changes of a context variable that it takes.
"""

from __future__ import annotations

from typing import Any

from mutmut.core import MutmutCallStack


def _nothing(_value: Any) -> None:
    pass


MutmutCallStack.set = MutmutCallStack.reset = staticmethod(_nothing)  # type: ignore[method-assign,assignment]
