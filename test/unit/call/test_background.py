"""Calls on other threads: their results, and the end of their threads."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from concurrent.futures import CancelledError
from typing import Any

import pytest

from openapi_client._call.background import AsyncResult, ThreadPool, close_at_exit


@pytest.fixture
def pool() -> Any:
    """Two threads."""
    pool = ThreadPool(2)
    yield pool
    pool.close()
    pool.join()


def test_result(pool: ThreadPool) -> None:
    """Arguments arrive, and the result comes back."""
    result = pool.apply_async(lambda *args, **named: (args, named), (1, 2), {"a": 3})
    assert result.get(10) == ((1, 2), {"a": 3})
    assert (result.ready(), result.successful()) == (True, True)
    assert pool.apply_async(lambda: 5).get() == 5


def test_error(pool: ThreadPool) -> None:
    """An error of the call is raised by ``get``, a time limit of its own among them."""
    for kind in (KeyError, TimeoutError):

        def fail(kind: type[Exception] = kind) -> None:
            raise kind("of the call")

        result = pool.apply_async(fail)
        result.wait(10)
        with pytest.raises(kind, match="of the call") as caught:
            result.get(10)
        assert type(caught.value) is kind
        assert not result.successful()


def test_still_running(pool: ThreadPool) -> None:
    """Before its end a call is neither ready nor successful, and ``get`` says how long it has waited."""
    leave = threading.Event()
    result = pool.apply_async(leave.wait, (10,))
    result.wait(0.01)
    assert not result.ready()
    with pytest.raises(ValueError, match="not ready"):
        result.successful()
    with pytest.raises(multiprocessing.TimeoutError, match=r"still running after 0\.01 seconds") as caught:
        result.get(0.01)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.__cause__ is not None
    leave.set()
    result.wait()
    assert result.ready()


def test_cancelled(pool: ThreadPool) -> None:
    """A call that was cancelled before it began was not successful."""
    leave = threading.Event()
    blockers = [pool.apply_async(leave.wait, (10,)) for _ in range(2)]
    waiting = pool.apply_async(int)
    assert waiting._future.cancel()
    leave.set()
    assert all(blocker.get(10) for blocker in blockers)
    assert not waiting.successful()
    with pytest.raises(CancelledError):
        waiting.get(10)


def test_so_many_threads() -> None:
    """No more threads than were wanted run calls, each under a name that tells whose it is."""
    pool, names, lock = ThreadPool(2), set(), threading.Lock()
    barrier = threading.Barrier(2)

    def meet() -> None:
        with lock:
            names.add(threading.current_thread().name)
        barrier.wait(10)

    results = [pool.apply_async(meet) for _ in range(6)]
    pool.close()
    pool.join()
    assert all(result.successful() for result in results)
    assert len(names) == 2
    assert all(name.startswith("openapi_client_") for name in names)


def test_close_waits_for_nobody() -> None:
    """``close`` takes no more calls and returns at once; ``join`` waits for those that run."""
    pool, entered, leave = ThreadPool(1), threading.Event(), threading.Event()

    def run() -> str:
        entered.set()
        assert leave.wait(10)
        return "done"

    result = pool.apply_async(run)
    assert entered.wait(10)
    closing = threading.Thread(target=pool.close, daemon=True)
    closing.start()
    closing.join(5)
    assert not closing.is_alive()
    assert not result.ready()
    with pytest.raises(RuntimeError):
        pool.apply_async(int)
    joining = threading.Thread(target=pool.join, daemon=True)
    joining.start()
    joining.join(0.05)
    assert joining.is_alive()
    leave.set()
    joining.join(10)
    assert not joining.is_alive()
    assert result.get(10) == "done"


class Closable:
    """Something with ``close``."""

    def __init__(self, closed: list[str]) -> None:
        self._closed = closed

    def close(self) -> None:
        self._closed.append("closed")


def test_closed_at_exit() -> None:
    """What the interpreter calls at its end closes the client; one that is gone by then needs none of it."""
    closed: list[str] = []
    client = Closable(closed)
    finalizer = close_at_exit(client)
    assert finalizer.atexit
    assert finalizer.alive
    finalizer()
    assert closed == ["closed"]
    other = close_at_exit(Closable(closed))
    gc.collect()
    assert not other.alive
    assert closed == ["closed"]


def test_result_of_a_future() -> None:
    """``AsyncResult`` is made of a future."""
    import concurrent.futures

    future: concurrent.futures.Future[int] = concurrent.futures.Future()
    future.set_result(3)
    assert AsyncResult(future).get(0) == 3
