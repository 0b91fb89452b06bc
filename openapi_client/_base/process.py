"""State that belongs to one process: a forked child makes its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class PerProcess(Generic[T]):
    """Holds what ``make`` returns, made anew in a forked child.

    A child must neither use the sockets of its parent nor wait for a lock that another thread of the parent held.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._pid = os.getpid()
        self._value = make()
        self._made: dict[int, T] = {}

    def get(self) -> T:
        """The value of this process."""
        pid = os.getpid()
        if self._pid != pid:
            # Of several threads that come here at once, one value is kept. Numbers of processes are used again.
            self._value = self._made.setdefault(pid, self._make())
            self._made, self._pid = {pid: self._value}, pid
        return self._value


def discard(stream: Any) -> None:
    """Send what a stream still holds nowhere, since its reader has left; Python would complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
