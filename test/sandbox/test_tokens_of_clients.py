"""Clients of a sandbox share its tokens, and a reset is a new beginning for them as well."""

from __future__ import annotations

import openapi_client as oc
from openapi_client.sandbox import Sandbox


def look(sandbox: Sandbox) -> None:
    with oc.ApiClient(sandbox.configuration()) as client:
        try:
            oc.JournalRunsApi(client).get_journal_run("JR-00000001")
        except oc.ApiException as error:
            assert [reason.category for reason in error.reasons] == [40]


def test_one_token_until_a_reset() -> None:
    """Several clients fetch one token, and after a reset one more, without a refusal in between."""
    with Sandbox() as sandbox:
        for _ in range(30):
            look(sandbox)
            look(sandbox)
            assert [exchange.method for exchange in sandbox.requests] == ["POST", "GET", "GET"]
            assert 401 not in [exchange.status for exchange in sandbox.requests]
            sandbox.reset()
