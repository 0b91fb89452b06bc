"""``async_req``: a few threads that start when there is something to do, and end when there is not."""

from __future__ import annotations

import weakref
from _thread import start_new_thread
from collections import deque
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from openapi_client._base.clock import SYSTEM
from openapi_client._base.signal import Signal

T = TypeVar("T")
DEFAULT_THREADS = 8
#: So many seconds, all clients together, the end of the interpreter waits for calls.
_GRACE = 1.0


class AsyncResult(Generic[T]):
    """The outcome of a call that runs on another thread."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call: Callable[[], T] | None = call
        self._ended = Signal()
        self._result: Any = None
        self._error: BaseException | None = None

    def run(self) -> None:
        """Make the call."""
        try:
            if self._call is not None:
                self._result = self._call()
        except BaseException as error:
            self._error = error
        finally:
            self._call = None
            self._ended.give()
            del self  # else the traceback keeps it, and it the traceback

    def get(self, timeout: float | None = None) -> T:
        """The result, or the exception of the call.

        :param timeout: seconds to wait; ``None`` waits as long as the call takes.
        :raises TimeoutError: the call is still running; it is a ``multiprocessing.TimeoutError``, too.
        """
        if not self._ended.wait(timeout):
            raise _still_running(f"the call is still running after {timeout} seconds")
        error = self._error
        if error is None:
            result: T = self._result
            return result
        try:
            raise error
        finally:
            del error, self  # else the traceback keeps them, and they it

    def wait(self, timeout: float | None = None) -> None:
        """Wait for the end of the call, or for ``timeout`` seconds."""
        self._ended.wait(timeout)

    def ready(self) -> bool:
        """Whether the call has ended."""
        return self._ended.given

    def successful(self) -> bool:
        """Whether the call has ended without an exception.

        :raises ValueError: it is still running.
        """
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._error is None


def _still_running(message: str) -> TimeoutError:
    import multiprocessing  # loaded on first need, for callers who catch what generated clients raise

    class StillRunning(TimeoutError, multiprocessing.TimeoutError):
        """An asynchronous call has not ended in time."""

    return StillRunning(message)


class ThreadPool:
    """The asynchronous calls of a client, on at most ``threads`` daemon threads, which end with the last call.

    :param client: is closed when the interpreter ends, unless it is gone by then.
    :ivar until: the moment until which :meth:`join` waits; ``None`` waits for ever.
    """

    def __init__(self, threads: int, client: Any) -> None:
        if threads < 1:
            raise ValueError("there must be at least one thread")
        self._most = threads
        self._lock = Lock()
        self._waiting: deque[AsyncResult[Any]] = deque()
        self._running: dict[Any, None] = {}
        self._watches: dict[AsyncResult[Any], Signal] = {}
        self.until: float | None = None
        self._hook = weakref.finalize(client, _close_at_exit, weakref.ref(client))

    def apply_async(
        self, func: Callable[..., Any], args: tuple[Any, ...] = (), kwds: Mapping[str, Any] | None = None
    ) -> AsyncResult[Any]:
        """Run ``func`` on a thread of the pool."""
        result: AsyncResult[Any] = AsyncResult(partial(func, *args, **(kwds or {})))
        with self._lock:
            if len(self._running) < self._most:
                # By way of another thread: Ctrl-C in ``Thread.start`` can leave a thread that never begins.
                start_new_thread(self._begin, (self._work,))
            self._waiting.append(result)
        return result

    def watch(self, func: Callable[[], T], stop: Signal, then: Callable[[], Any]) -> AsyncResult[T]:
        """Run what may take hours on a thread of its own.

        :param stop: the signal after which ``func`` ends soon; :meth:`join` gives it.
        :param then: is called on the thread after the end.
        """
        result: AsyncResult[T] = AsyncResult(func)
        self._watches[result] = stop
        start_new_thread(self._begin, (partial(self._watch, result, then),))
        return result

    def _watch(self, result: AsyncResult[Any], then: Callable[[], Any]) -> None:
        result.run()
        # Before the rest, which may close the client: it must not wait for itself.
        self._watches.pop(result)
        then()

    def _begin(self, work: Callable[[], None]) -> None:
        try:
            Thread(target=work, name="openapi_client", daemon=True).start()
        except RuntimeError:
            work()  # the interpreter is about to end, and lets no more threads start

    def _work(self) -> None:
        result: Any = None
        while True:
            with self._lock:
                self._running.pop(result, None)
                result = None  # its error keeps this frame, and must not be kept by it
                if not self._waiting or len(self._running) >= self._most:
                    return
                result = self._waiting.popleft()
                self._running[result] = None
            result.run()

    def close(self) -> None:
        """Forget the hook at the end of the interpreter; calls that were taken still run."""
        self._hook.detach()

    def join(self) -> None:
        """Wait for the calls that were taken, and end the watches."""
        with self._lock:
            unfinished = [*self._waiting, *self._running, *self._watches]
        for stop in [*self._watches.values()]:
            stop.give()
        for result in unfinished:
            result.wait(None if self.until is None else self.until - SYSTEM.now())


@lru_cache(maxsize=1)
def _end_of_grace() -> float:
    return SYSTEM.now() + _GRACE


def _close_at_exit(client: Callable[[], Any]) -> None:
    alive = client()
    if alive is not None:
        if alive._pool is not None:
            alive._pool.until = _end_of_grace()
        alive.close()
