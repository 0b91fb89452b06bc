"""What a connection says to a client that is at the wrong door."""

from __future__ import annotations

import pytest

import openapi_client as oc


def test_a_client_that_speaks_tls_is_refused_at_once(sandbox):
    """It hears that nobody speaks TLS here, instead of waiting for an answer until its time is up."""
    configuration = oc.Configuration(host=sandbox.url.removeprefix("http://"), access_token="t")
    with oc.ApiClient(configuration) as client, pytest.raises(oc.TransportException) as caught:
        oc.JournalRunsApi(client).get_journal_run("JR-00000001")
    assert (caught.value.attempts, caught.value.is_retryable) == (1, False)
    assert "write http:// in host" in str(caught.value)
