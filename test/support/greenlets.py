"""A program under gevent or eventlet: ``python greenlets.py LIBRARY URL`` makes calls and prints what went wrong.

The library replaces threads, sockets and waits before anything else is loaded, so the program needs a process of its
own. What it calls threads are greenlets then.
"""

from __future__ import annotations

import importlib
import sys

LIBRARY = sys.argv[1] if len(sys.argv) > 1 else "gevent"
if __name__ == "__main__":
    if LIBRARY == "gevent":
        importlib.import_module("gevent.monkey").patch_all()
    else:
        importlib.import_module("eventlet").monkey_patch()

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openapi_client as oc

REQUEST: Any = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}
#: So many are in flight at once.
MANY = 30
PATIENCE = 20.0


def each(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What ``act`` gives to many greenlets at once: results, or exceptions of the package."""

    def one(index: int) -> Any:
        try:
            return act(index)
        except oc.ApiException as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count), timeout=PATIENCE))


def client_of(url: str, **settings: Any) -> oc.ApiClient:
    return oc.ApiClient(oc.Configuration(**{"host": url, "timeout": PATIENCE, "retries": 0, **settings}))


def get(client: oc.ApiClient, number: str, **options: Any) -> Any:
    return oc.JournalRunsApi(client).get_journal_run(number, **options)


def is_replaced(_: str) -> None:
    """The library has taken over."""
    assert socket.socket.__module__.startswith(LIBRARY), socket.socket.__module__


def many_calls(url: str) -> None:
    """The server answers none of them before all have arrived; each gets its own answer."""
    with client_of(url) as client:
        found = each(MANY, lambda index: get(client, f"JR-together-{index}").number)
    assert found == [f"JR-together-{index}" for index in range(MANY)], found


def many_calls_by_name(url: str) -> None:
    """So do those that look a name up, on a thread of their own."""
    many_calls(url.replace("127.0.0.1", "localhost"))


def one_token(url: str) -> None:
    """Greenlets share the fetch of a token."""
    with client_of(url, client_id="an-id", client_secret="a-secret") as client:
        found = each(MANY, lambda index: get(client, f"JR-{index}").number)
    assert found == [f"JR-{index}" for index in range(MANY)], found


def limits(url: str) -> None:
    """A call that gets no answer ends in time, and the others go on meanwhile."""
    with client_of(url) as client:
        found = each(2, lambda index: get(client, f"JR-{'stall' if index else 'plain'}", _request_timeout=0.5))
        assert isinstance(found[1], oc.RequestTimeoutException), found
        assert found[1].phase == "read", found
        assert found[0].number == "JR-plain", found


def slow_names(url: str) -> None:
    """A name that is not found in time ends the call in time."""
    real = socket.getaddrinfo

    def slow(host: Any, *rest: Any, **named: Any) -> Any:
        if host == "slow.example" and not rest[-1]:
            time.sleep(PATIENCE)
        return real(host, *rest, **named)

    socket.getaddrinfo = slow  # type: ignore[assignment]  # a resolver that hangs
    try:
        with client_of("http://slow.example") as slow_client, client_of(url) as client:
            clients = (client, slow_client)
            found = each(2, lambda index: get(clients[index], "JR-plain", _request_timeout=0.5))
    finally:
        socket.getaddrinfo = real
    assert found[0].number == "JR-plain", found
    assert isinstance(found[1], oc.RequestTimeoutException), found
    assert (found[1].phase, found[1].sent) == ("connect", False), found


def what_was_sent(url: str) -> None:
    """What left for one call is its own matter, whatever others send and lose meanwhile."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = f"http://127.0.0.1:{gone.getsockname()[1]}"

    def act(index: int) -> Any:
        if index % 3 == 0:
            return get(client, f"JR-{index}").number
        return oc.JournalRunsApi((unreachable, client)[index % 3 - 1]).create_journal_run(REQUEST, idempotency_key=None)

    with client_of(url, retries=3) as client, client_of(nobody) as unreachable:
        found = each(MANY, act)
    for index, outcome in enumerate(found):
        if index % 3 == 0:
            assert outcome == f"JR-{index}", outcome
        else:
            was_sent = index % 3 == 2
            assert isinstance(outcome, oc.TransportException), outcome
            assert (outcome.sent, outcome.outcome_unknown, outcome.attempts) == (was_sent, was_sent, 1), outcome


def places(url: str) -> None:
    """With few places all calls get their turn, and an interrupted one gives its place back."""
    timeout = importlib.import_module(LIBRARY).Timeout
    with client_of(url, max_concurrency=2) as client:
        assert each(MANY, lambda index: get(client, f"JR-{index}").number) == [f"JR-{index}" for index in range(MANY)]
        for _ in range(3):
            try:
                with timeout(0.2):
                    get(client, "JR-stall")
            except timeout:
                continue
            raise AssertionError("the call was not interrupted")
        assert get(client, "JR-after").number == "JR-after"


def in_the_background(url: str) -> None:
    """``async_req`` runs on greenlets, and ``close`` waits for them."""
    client = client_of(url, timeout=PATIENCE)
    api = oc.JournalRunsApi(client)
    calls = [api.get_journal_run(f"JR-{index}", async_req=True) for index in range(MANY)]
    client.close()
    assert [call.get(0.0).number for call in calls] == [f"JR-{index}" for index in range(MANY)]
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("openapi_client_")]
    assert not left, left


CASES = [
    is_replaced,
    many_calls,
    many_calls_by_name,
    one_token,
    limits,
    slow_names,
    what_was_sent,
    places,
    in_the_background,
]


if __name__ == "__main__":
    for case in CASES:
        case(sys.argv[2])
        print(case.__name__, flush=True)
