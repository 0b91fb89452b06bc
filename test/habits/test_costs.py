"""What a call costs, counted and not timed: function calls, of Python and of C, beside those of bare urllib3."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import urllib3

import openapi_client as oc
from openapi_client.sandbox import Sandbox

TYPES = [{"type": str(kind.value)} for kind in oc.JournalRunTransactionType]
REQUEST = {"accountingPeriodName": "Mar 2026", "journalEntryDate": "2026-03-31", "transactionTypes": TYPES}
#: What a GET with 29 transaction types may cost on top of urllib3 with json. It is 180 to 200; the rest is headroom for
#: other versions of Python and urllib3, and for answers that arrive in more pieces on a busy machine.
MOST_ADDED = 240


def function_calls(act: Callable[[], Any]) -> int:
    """How many functions one call of ``act`` calls, once everything is loaded and connected."""
    count = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    for _ in range(3):
        act()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


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
    print(f"bare {floor}, ours {ours}, added {ours - floor}")
    assert ours - floor <= MOST_ADDED
