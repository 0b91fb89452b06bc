"""State that belongs to one process: a forked child makes its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerProcess(Generic[T]):
    """Holds what ``make`` returns, made anew in a forked child.

    A child must neither use the sockets of its parent nor wait for a lock that another thread of the parent held.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._pid = os.getpid()
        self._value = make()

    def get(self) -> T:
        """The value of this process."""
        if self._pid != os.getpid():
            self._value = self._make()
            self._pid = os.getpid()
        return self._value
