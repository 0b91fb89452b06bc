"""Calls on other threads: their results, and the end of their threads."""

from __future__ import annotations

import gc
import multiprocessing
import threading
import weakref
from typing import Any

import pytest

from openapi_client._base.clock import SYSTEM
from openapi_client._base.signal import Signal
from openapi_client._call.background import ThreadPool


class Client:
    """What a pool of threads belongs to: it is closed at the end of the interpreter."""

    def __init__(self) -> None:
        self.closed = 0
        self._pool: ThreadPool | None = None

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def pool(client: Client) -> Any:
    """Two threads."""
    pool = ThreadPool(2, client)
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
    leave.set()
    result.wait()
    assert result.ready()


def test_so_many_threads(pool: ThreadPool) -> None:
    """As many calls as were wanted run at once and no more, on daemon threads whose name tells whose they are."""
    running, most, lock, seen = 0, 0, threading.Lock(), set()
    barrier = threading.Barrier(2)

    def meet() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            seen.add((threading.current_thread().name, threading.current_thread().daemon))
        barrier.wait(10)
        with lock:
            running -= 1

    results = [pool.apply_async(meet) for _ in range(6)]
    pool.join()
    assert all(result.successful() for result in results)
    assert most == 2
    assert seen == {("openapi_client", True)}


def test_no_threads() -> None:
    """A pool without threads would never make a call."""
    with pytest.raises(ValueError, match=r"^there must be at least one thread$"):
        ThreadPool(0, Client())


def test_close_waits_for_nobody(client: Client) -> None:
    """``close`` returns at once; ``join`` waits for the calls that run."""
    pool, entered, leave = ThreadPool(1, client), threading.Event(), threading.Event()

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
    joining = threading.Thread(target=pool.join, daemon=True)
    joining.start()
    joining.join(0.05)
    assert joining.is_alive()
    leave.set()
    joining.join(10)
    assert not joining.is_alive()
    assert result.get(10) == "done"


def test_a_watch_is_forgotten_when_it_ends(pool: ThreadPool) -> None:
    """A client that lives long does not keep what its watches have found."""
    ended = threading.Event()
    found = weakref.ref(pool.watch(lambda: 5, Signal(), ended.set))
    assert ended.wait(10)
    for thread in threading.enumerate():
        if thread.name == "openapi_client":
            thread.join(10)
    gc.collect()
    assert found() is None


def test_join_with_an_end(client: Client) -> None:
    """At the end of the interpreter nobody waits for a call that does not end."""
    pool, leave = ThreadPool(1, client), threading.Event()
    result = pool.apply_async(leave.wait, (10,))
    pool.until = SYSTEM.now()
    pool.join()
    assert not result.ready()
    leave.set()
    assert result.get(10)


def test_closed_at_exit() -> None:
    """What the interpreter calls at its end closes the client; one that is closed or gone by then needs none of it."""
    client = Client()
    hook = ThreadPool(1, client)._hook
    assert (hook.atexit, hook.alive) == (True, True)
    hook()
    assert client.closed == 1
    closed = ThreadPool(1, client)
    closed.close()
    assert not closed._hook.alive
    gone = ThreadPool(1, Client())._hook
    gc.collect()
    assert not gone.alive
    assert client.closed == 1
