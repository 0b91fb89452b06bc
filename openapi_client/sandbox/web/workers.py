"""The threads on which requests are worked on: as many as are needed at once, those that steer the sandbox apart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from waitress.task import ThreadedTaskDispatcher

from openapi_client.sandbox.protocol.paths import CONTROL

# A request that suffers a fault keeps its thread, so there may be as many threads as there are such requests; past this
# number, further ones wait.
_MOST_WORKERS = 1000
# These requests wait for nobody, so a few threads are enough.
_MOST_STEERING = 4
_PAGE = "/"
_READING_METHODS = frozenset({"GET", "HEAD"})


class Workers(ThreadedTaskDispatcher):
    """Waitress's worker threads, started when there is work and no idle one; they last until the end.

    :param name: what their names begin with
    :param most: how many there may be
    """

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self._name = name
        self._most = most
        self._started: list[threading.Thread] = []

    def add_task(self, task: Any) -> None:
        """Have a request worked on; called by waitress."""
        with self.lock:
            self.queue.append(task)
            idle = len(self.threads) - self.active_count
            if len(self.queue) > idle and len(self.threads) < self._most:
                number = len(self.threads)
                self.start_new_thread(self.handler_thread, number)
                self.threads.add(number)
                self.active_count += 1
            self.queue_cv.notify()

    def start_new_thread(self, target: Callable[..., Any], thread_no: int) -> None:
        """Start one thread more."""
        thread = threading.Thread(target=target, name=f"{self._name}-{thread_no}", args=(thread_no,), daemon=True)
        thread.start()
        self._started.append(thread)

    def end(self, patience: int) -> None:
        """Let the threads finish what they are at, and wait for their end.

        :param patience: the longest wait, in seconds
        """
        with self.lock:
            self._most = 0
        self.shutdown(timeout=patience)
        if not self.threads:
            for thread in self._started:
                thread.join(patience)


class Lanes(Workers):
    """The workers of a server, some of them for steering only, so that no fault keeps out who wants to clear it."""

    def __init__(self) -> None:
        super().__init__("sandbox-worker", _MOST_WORKERS)
        self._steering = Workers("sandbox-steering", _MOST_STEERING)

    def add_task(self, task: Any) -> None:
        """Have the next request of a connection worked on; called by waitress."""
        if _is_steering(task.requests[0]):
            self._steering.add_task(task)
        else:
            super().add_task(task)

    def end(self, patience: int) -> None:
        """Let all threads finish what they are at, and wait for their end.

        :param patience: the longest wait for each kind, in seconds
        """
        super().end(patience)
        self._steering.end(patience)


def _is_steering(request: Any) -> bool:
    """Whether a request is for what suffers no faults: the page and the control endpoints."""
    path: str = getattr(request, "path", "")  # what is no HTTP has none
    return path.startswith(CONTROL) or (path == _PAGE and request.command in _READING_METHODS)
