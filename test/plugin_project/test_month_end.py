"""The tests of a small integration, with nothing but the plugin; run by ``tox -e plugin`` against the built wheel."""

from __future__ import annotations

import os
import sys
import threading

import pytest

import openapi_client

MARCH = {
    "accounting_period_name": "Mar 2026",
    "journal_entry_date": "2026-03-31",
    "transaction_types": [{"type": "Invoice Item"}],
}
MODULES_BEFORE_ANY_FIXTURE = frozenset(sys.modules)


def close_month(configuration, timeout=30):
    """What this team wants to test: the run of a month, created once and waited for."""
    with openapi_client.ApiClient(configuration) as client:
        api = openapi_client.JournalRunsApi(client)
        return api.wait_for_journal_run(api.create_journal_run(MARCH).journal_run_number, timeout=timeout)


def test_the_plugin_comes_from_the_wheel():
    """Not from a source tree that happens to be near, and without a web framework at first."""
    assert "site-packages" in openapi_client.__file__
    assert not {"flask", "waitress", "urllib3"} & MODULES_BEFORE_ANY_FIXTURE


@pytest.mark.parametrize("attempt", range(6))
def test_each_test_has_a_clean_sandbox(zuora_sandbox, attempt):
    """Numbers begin anew, whatever other tests left behind."""
    assert close_month(zuora_sandbox.configuration()).number == "JR-00000001"
    assert [each.method for each in zuora_sandbox.requests[:2]] == ["POST", "POST"]


@pytest.mark.parametrize("attempt", range(4))
def test_state_that_is_left_behind_is_cleared(zuora_sandbox, attempt):
    """A fault, a standing clock, a period and a run do not reach the next test."""
    assert (zuora_sandbox.faults.active, zuora_sandbox.runs()) == ([], [])
    assert (zuora_sandbox.clock.is_frozen, zuora_sandbox.clock.now().year) == (False, 2026)
    from openapi_client.sandbox import Fault

    zuora_sandbox.faults.add(Fault("unavailable"))
    zuora_sandbox.clock.advance(400 * 86400)
    zuora_sandbox.clock.freeze()
    zuora_sandbox.add_run({**_WIRE, "status": "Completed"})


_WIRE = {
    "accountingPeriodName": "Mar 2026",
    "journalEntryDate": "2026-03-31",
    "transactionTypes": [{"type": "Invoice Item"}],
}


def test_a_lost_answer_makes_no_second_run(zuora_sandbox):
    """The create is carried out, its answer is lost, and the client finds out."""
    from openapi_client.sandbox import Fault

    zuora_sandbox.faults.add(Fault("reset-after-commit", "POST", "/v1/journal-runs", times=1))
    run = close_month(zuora_sandbox.configuration())
    assert run.status == "Completed"
    assert zuora_sandbox.assert_created(accounting_period_name="Mar 2026") == [run.number]
    assert [each.fault for each in zuora_sandbox.requests_to("POST", "/v1/journal-runs")] == ["reset-after-commit", ""]


def test_an_hour_of_waiting_is_over_at_once(zuora_sandbox):
    """The client's time limit and the sandbox's clock move on together, without anybody waiting."""
    zuora_sandbox.faults.add(_fault("unavailable", "GET", retry_after=60, times=1))
    began = zuora_sandbox.clock.now()
    assert close_month(zuora_sandbox.configuration(), timeout=3600).status == "Completed"
    assert (zuora_sandbox.clock.now() - began).total_seconds() >= 60


def test_a_difference_can_be_read(zuora_sandbox):
    """Who expects another month is told which one was sent."""
    close_month(zuora_sandbox.configuration())
    with pytest.raises(AssertionError, match='accountingPeriodName: "Mar 2026", expected "Apr 2026"'):
        zuora_sandbox.assert_created({**MARCH, "accounting_period_name": "Apr 2026"})


def _fault(*arguments, **fields):
    from openapi_client.sandbox import Fault

    return Fault(*arguments, **fields)


def test_workers_do_not_share_a_sandbox(zuora_sandbox_session):
    """Each process has its own port, and stays the owner of its server."""
    assert zuora_sandbox_session.url.startswith("http://127.0.0.1:")
    assert any(thread.name == "sandbox-server" for thread in threading.enumerate())
    assert os.environ.get("PYTEST_XDIST_WORKER", "gw0").startswith("gw")
