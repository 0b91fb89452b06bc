"""``async_req``: a small pool of threads that starts late and ends with its client."""

from __future__ import annotations

import concurrent.futures
import weakref
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")
DEFAULT_THREADS = 8


class AsyncResult(Generic[T]):
    """The outcome of a call that runs on another thread."""

    def __init__(self, future: concurrent.futures.Future[T]) -> None:
        self._future = future

    def get(self, timeout: float | None = None) -> T:
        """The result, or the exception of the call.

        :param timeout: seconds to wait; ``None`` waits as long as the call takes.
        :raises TimeoutError: the call is still running; it is a ``multiprocessing.TimeoutError``, too.
        """
        try:
            return self._future.result(timeout)
        except concurrent.futures.TimeoutError as error:
            if self._future.done():
                raise
            raise _still_running(f"the call is still running after {timeout} seconds") from error

    def wait(self, timeout: float | None = None) -> None:
        """Wait for the end of the call, or for ``timeout`` seconds."""
        concurrent.futures.wait([self._future], timeout)

    def ready(self) -> bool:
        """Whether the call has ended."""
        return self._future.done()

    def successful(self) -> bool:
        """Whether the call has ended without an exception.

        :raises ValueError: it is still running.
        """
        if not self._future.done():
            raise ValueError(f"{self!r} not ready")
        return not self._future.cancelled() and self._future.exception() is None


def _still_running(message: str) -> TimeoutError:
    import multiprocessing  # loaded on first need, for callers who catch what generated clients raise

    class StillRunning(TimeoutError, multiprocessing.TimeoutError):
        """An asynchronous call has not ended in time."""

    return StillRunning(message)


class ThreadPool:
    """At most ``threads`` daemon-free threads; each is started when a call needs it."""

    def __init__(self, threads: int) -> None:
        self._executor = concurrent.futures.ThreadPoolExecutor(threads, thread_name_prefix="openapi_client")

    def apply_async(
        self, func: Callable[..., Any], args: tuple[Any, ...] = (), kwds: Mapping[str, Any] | None = None
    ) -> AsyncResult[Any]:
        """Run ``func`` on a thread of the pool."""
        return AsyncResult(self._executor.submit(func, *args, **(kwds or {})))

    def close(self) -> None:
        """Take no more calls; those that were taken still run."""
        self._executor.shutdown(wait=False)

    def join(self) -> None:
        """Wait for the calls that were taken, and for the threads."""
        self._executor.shutdown(wait=True)


def close_at_exit(client: Any) -> weakref.finalize[Any, Any]:
    """Have a client's ``close`` called before the interpreter ends, unless it is gone by then."""
    reference = weakref.ref(client)

    def close() -> None:
        alive = reference()
        if alive is not None:
            alive.close()

    return weakref.finalize(client, close)
