"""What a call costs, counted and not timed: function calls, of Python and of C, beside those of bare urllib3."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import urllib3
from support.clients import client_in_real_time
from support.wire import Request, WireServer, answer

import openapi_client as oc
from openapi_client.sandbox import Sandbox

TYPES = [{"type": str(kind.value)} for kind in oc.JournalRunTransactionType]
REQUEST = {"accountingPeriodName": "Mar 2026", "journalEntryDate": "2026-03-31", "transactionTypes": TYPES}
#: A GET with 29 transaction types calls 235 to 335 functions less than urllib3 with json, which has Python read the
#: head of the answer as an e-mail. The rest is headroom for other versions of Python and urllib3.
LEAST_SAVED = 190
#: With heads read as e-mail by both, it calls about 180 more.
MOST_ADDED = 240
#: Bytes of a head without its host: request line, credentials, user agent, what is accepted, and the key of a create.
MOST_OF_A_GET, MOST_OF_A_POST = 310, 400


def function_calls(act: Callable[[], Any]) -> int:
    """How many functions one call of ``act`` calls, once everything is loaded and connected.

    The least of several counts: on a busy machine an answer may arrive in pieces.
    """
    counts: list[int] = []

    def note(_frame: Any, event: str, _argument: Any) -> None:
        counts[-1] += event in ("call", "c_call")

    for _ in range(3):
        act()
    for _ in range(5):
        counts.append(0)
        sys.setprofile(note)
        try:
            act()
        finally:
            sys.setprofile(None)
    return min(counts)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def test_function_calls_of_a_get(sandbox: Sandbox) -> None:
    """A typed, checked, retried and authenticated GET calls a bounded number of functions more than the bare one."""
    with oc.ApiClient(sandbox.configuration()) as client, urllib3.PoolManager(retries=False) as manager:
        api = oc.JournalRunsApi(client)
        number = api.create_journal_run(REQUEST).journal_run_number  # type: ignore[arg-type]  # a plain dict
        form = {
            "client_id": sandbox.client_id, "client_secret": sandbox.client_secret, "grant_type": "client_credentials",
        }  # fmt: skip
        answer = manager.request("POST", f"{sandbox.url}/oauth/token", fields=form, encode_multipart=False)
        token = json.loads(answer.data)["access_token"]
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "Accept-Encoding": "gzip"}
        url = f"{sandbox.url}/v1/journal-runs/{number}"
        floor = function_calls(lambda: json.loads(manager.request("GET", url, headers=headers).data))
        ours = function_calls(lambda: api.get_journal_run(number))
        client.configuration.fast_response_heads = False
        slower = function_calls(lambda: api.get_journal_run(number))
    print(f"bare {floor}, ours {ours}, with heads as e-mail {slower}")
    assert floor - ours >= LEAST_SAVED
    assert slower - floor <= MOST_ADDED


def test_what_is_on_the_wire() -> None:
    """A hundred calls open one connection; a head is short, and the body is the data and nothing else."""
    run = {"success": True, "number": "JR-00000001", "status": "Completed"}
    steps = [answer(200, run), *[answer(200, {"success": True, "journalRunNumber": "JR-00000001"})] * 99]
    with WireServer(steps) as server, client_in_real_time(server, access_token="x" * 40) as client:
        api = oc.JournalRunsApi(client)
        api.get_journal_run("JR-00000001")
        for _ in range(99):
            api.create_journal_run(REQUEST)  # type: ignore[arg-type]  # a plain dict
    assert server.connections == 1
    got, created, *_ = server.requests
    assert head_of(got) <= MOST_OF_A_GET
    assert head_of(created) <= MOST_OF_A_POST
    assert len(created.body) <= len(json.dumps(REQUEST))


def head_of(request: Request) -> int:
    """How many bytes its head has, apart from the address of the server."""
    fields = (len(f"{name}: {value}") + 2 for name, value in request.headers.items() if name != "host")
    return len(f"{request.method} {request.target} HTTP/1.1") + 4 + sum(fields)
