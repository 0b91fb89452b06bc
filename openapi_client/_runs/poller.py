"""Waiting for a run without blocking: a thread of the client's own looks at it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from functools import partial
from threading import Lock
from typing import Any, Generic, NoReturn

from openapi_client._base import lazy
from openapi_client._base.clock import Clock
from openapi_client._base.signal import Signal
from openapi_client._call.operation import Operation
from openapi_client._runs.creating import Creation
from openapi_client._runs.looking import Given
from openapi_client._runs.statuses import wanted_statuses
from openapi_client._runs.telling import Progress, Run, WaitEvent, opener, safely
from openapi_client._runs.waiting import Wait, looking_at, note_interrupt
from openapi_client.exceptions import ApiException, ApiTypeError


def poll(
    client: Any, method: str, look: Operation, given: Given, *, until: Any, timeout: float, progress: Progress
) -> JournalRunPoller[Any]:
    """Begin to wait until a run has one of the wanted statuses.

    :param look: the operation that retrieves the run. :param given: its arguments.
    """
    wanted = wanted_statuses(until)
    return JournalRunPoller(client, Wait(client, method, look, given, timeout, opener(progress)), wanted)


def create_and_poll(
    client: Any,
    method: str,
    create: Operation,
    look: Operation,
    given: Given,
    *,
    until: Any,
    timeout: float,
    progress: Progress,
) -> JournalRunPoller[Any]:
    """Create a run, and begin to wait for it; the parameters are those of :func:`poll`."""
    wanted, open_ = wanted_statuses(until), opener(progress)
    creation = Creation(client, method, create, look, given, timeout, open_)
    looking = looking_at(look, creation.now().journal_run_number, given)
    return JournalRunPoller(client, Wait(client, method, look, looking, timeout, open_, began=creation.began), wanted)


class JournalRunPoller(Generic[Run]):
    """A wait for a run that goes on by itself, on a thread of its own.

    - ``JournalRunsApi.begin_create_journal_run`` and ``poll_journal_run`` give one.
    - It may be used by many threads. It cannot be pickled, and a forked child cannot wait for it: take the ``number``
      there, and poll it anew.
    - Its thread is a daemon and ends with the wait, with :meth:`stop`, and when the client is closed.

    """

    def __init__(self, client: Any, wait: Wait, wanted: Collection[Any]) -> None:
        self._wait = wait
        self._wanted = wanted
        self._clock: Clock = client.configuration.clock
        self._pid = os.getpid()
        self._lock = Lock()
        self._is_over = False
        self._callbacks: list[Callable[[JournalRunPoller[Run]], Any]] = []
        self._stop = Signal()
        self._outcome = client.pool.watch(self._watch, self._stop, self._call_back)

    @property
    def number(self) -> str:
        """Number of the run."""
        return self._wait.number

    @property
    def run(self) -> Run | None:
        """The run last seen; ``None`` before the first look."""
        run: Run | None = self._wait.run
        return run

    @property
    def history(self) -> tuple[WaitEvent[Run], ...]:
        """The looks that showed another status than the one before, oldest first."""
        return self._wait.teller.history

    def status(self) -> str | None:
        """The status last seen, a :class:`~openapi_client.JournalRunStatus`; ``None`` before the first look."""
        return None if self._wait.run is None else self._wait.run.status

    def done(self) -> bool:
        """Whether the wait is over, well or not."""
        is_done: bool = self._outcome.ready()
        return is_done

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end of the wait.

        :param timeout: seconds; ``None`` waits as long as it takes.
        :returns: whether it is over. It raises nothing of the run's; see :meth:`result`.
        """
        if os.getpid() != self._pid:
            raise ApiException(0, f"the poller of {self.number} belongs to another process; poll the run anew")
        try:
            self._outcome.wait(timeout)
        except KeyboardInterrupt as interrupt:
            note_interrupt(interrupt, f"the wait for {self.number} was interrupted; the run and its poller go on")
            raise
        return self.done()

    def result(self, timeout: float | None = None) -> Run:
        """The run, once it has a wanted status.

        :param timeout: seconds; ``None`` waits as long as it takes.
        :raises RequestTimeoutException: it is not there after ``timeout`` seconds, and the poller goes on; or the time
            of the poller itself is over.
        :raises JournalRunFailedException: no wanted status can be reached any more.
        :raises ApiException: the run cannot be read, or the poller was stopped.
        """
        if not self.wait(timeout):
            raise self._wait.timed_out(timeout or 0.0)
        run: Run = self._outcome.get()
        return run

    def add_done_callback(self, function: Callable[[JournalRunPoller[Run]], Any]) -> None:
        """Call a function with this poller when the wait is over, on its thread; at once when it is over already.

        An exception of the function is logged.
        """
        with self._lock:
            is_over = self._is_over
            if not is_over:
                self._callbacks.append(function)
        if is_over:
            self._tell(function)

    def stop(self) -> None:
        """Stop looking. The run goes on; ``result`` raises."""
        self._stop.give()

    def __reduce__(self) -> NoReturn:
        raise ApiTypeError(f"The poller of {self.number} cannot be pickled: send the number, and poll the run there")

    def __repr__(self) -> str:
        return f"<JournalRunPoller {self.number} {self.status() or 'not seen yet'}{', done' if self.done() else ''}>"

    _repr_html_ = lazy.html

    def _watch(self) -> Run:
        self._wait.sleep = self._sleep
        run: Run = self._wait.until(self._wanted)
        return run

    def _sleep(self, seconds: float) -> None:
        # A clock that a test turns sleeps in its own way.
        if type(self._clock).sleep is Clock.sleep:
            self._stop.wait(seconds)
        else:
            self._clock.sleep(seconds)
        if self._stop.given:
            raise ApiException(0, f"the wait for {self.number} was stopped; the run itself goes on", phase="wait")

    def _call_back(self) -> None:
        with self._lock:
            self._is_over = True
        for function in self._callbacks:
            self._tell(function)

    def _tell(self, function: Callable[[JournalRunPoller[Run]], Any]) -> None:
        safely(partial(function, self), "A callback of a poller failed")
