"""What each command does in a tenant, and what it prints for people and for machines."""

from __future__ import annotations

import json
from datetime import date

import pytest

from openapi_client.cli.codes import Exit
from openapi_client.sandbox import Fault, Sandbox, SandboxClock, Timing

CREATE = ("create", "--accounting-period-name", "FY", "--journal-entry-date", "2026-03-31")
CREATE_INVOICE_ITEMS = (*CREATE, "--transaction-types", "Invoice Item")
NUMBER = "JR-00000001"


@pytest.fixture
def completed(at_sandbox):
    """A run that is completed."""
    assert at_sandbox(*CREATE_INVOICE_ITEMS, "--wait").code == Exit.DONE
    return NUMBER


def test_create_prints_number_and_key(at_sandbox, sandbox):
    """The key makes asking again safe, so it is part of the result."""
    done = at_sandbox(*CREATE_INVOICE_ITEMS, "--json")
    key = done.json["idempotencyKey"]
    assert done == (Exit.DONE, json.dumps({"journalRunNumber": NUMBER, "idempotencyKey": key}) + "\n", "")
    again = at_sandbox(*CREATE_INVOICE_ITEMS, "--idempotency-key", key)
    assert again.out == f"number           {NUMBER}\nidempotency key  {key}\n"
    assert len(sandbox.runs()) == 1


def test_create_and_wait_shows_the_run(at_sandbox):
    """Number and status first, and nothing about the waiting without a terminal."""
    done = at_sandbox(*CREATE_INVOICE_ITEMS, "Taxation Item", "--wait")
    lines = [line.split("  ")[0] + "|" + line.rpartition("  ")[2] for line in done.out.splitlines()]
    assert (done.code, done.err) == (Exit.DONE, "")
    assert lines[:2] == [f"number|{NUMBER}", "status|Completed"]
    assert "transaction types|Invoice Item, Taxation Item" in lines


def test_get_prints_json_as_the_api_has_it(at_sandbox, completed):
    """With the names of the wire."""
    found = at_sandbox("get", completed, "--json").json
    assert (found["number"], found["status"], found["transactionTypes"]) == (
        NUMBER,
        "Completed",
        [{"type": "Invoice Item"}],
    )


def test_wait_for_several_statuses(at_sandbox, completed):
    """Whichever comes first."""
    done = at_sandbox("wait", completed, "--until", "Cancelled", "--until", "Completed", "--json")
    assert (done.code, done.json["status"]) == (Exit.DONE, "Completed")


def test_cancel_and_delete(at_sandbox, completed):
    """Accepted at once, or waited for; in the end the run is gone."""
    assert at_sandbox("cancel", completed).out == f"number  {NUMBER}\nstatus  cancel accepted\n"
    assert at_sandbox("wait", completed, "--until", "Cancelled", "--json").json["status"] == "Cancelled"
    assert at_sandbox("delete", completed, "--json").json["success"] is True
    assert at_sandbox("wait", completed, "--deleted").out == f"number  {NUMBER}\nstatus  deleted\n"
    assert at_sandbox("get", completed).code == Exit.REFUSED


def test_cancel_and_delete_with_wait(at_sandbox, completed):
    """In one command each."""
    assert at_sandbox("cancel", completed, "--wait", "--json").json["status"] == "Cancelled"
    assert at_sandbox("delete", completed, "--wait", "--json").json == {"number": NUMBER, "deleted": True}


def test_a_refusal(at_sandbox):
    """Reason and request id on standard error, nothing where results go."""
    done = at_sandbox("get", "JR-00000099")
    assert (done.code, done.out) == (Exit.REFUSED, "")
    assert "50000040 (not found)" in done.err
    assert "request id" in done.err


def test_a_refusal_for_machines(at_sandbox):
    """One JSON object on standard error."""
    done = at_sandbox("get", "JR-00000099", "--json")
    said = json.loads(done.err)
    assert (said["exit"], said["reasons"][0]["code"], said["error"]) == (1, "50000040", "OperationFailedException")


def test_a_refused_create_leaves_nothing(at_sandbox):
    """So nobody is told to look for a run."""
    done = at_sandbox(*(word.replace("FY", "No such period") for word in CREATE_INVOICE_ITEMS))
    assert done.code == Exit.REFUSED
    assert done.err.count("\n") == 1


def test_a_run_that_ends_otherwise(at_sandbox, completed):
    """A completed run will not be in error: refused."""
    done = at_sandbox("wait", completed, "--until", "Error")
    assert done.code == Exit.REFUSED
    assert f"the status of {NUMBER} is Completed" in done.err


def test_a_time_limit(run, profiles):
    """The run is named, with what to do next."""
    with Sandbox(clock=SandboxClock(frozen=True)) as slow:
        slow.add_period("FY", date(2026, 1, 1), date(2026, 12, 31))
        profiles(f"[x]\nhost = {slow.url}\nclient_id = {slow.client_id}\nclient_secret = {slow.client_secret}")
        done = run(*CREATE_INVOICE_ITEMS, "--wait", "--timeout", "0.01", "--profile", "x")
    assert (done.code, done.out) == (Exit.TIMED_OUT, "")
    assert f"the status of {NUMBER} is Pending after 0.01 seconds of waiting; the run goes on" in done.err
    assert f"{NUMBER} goes on in Zuora; wait for it with: zuora-journal-runs wait {NUMBER}\n" in done.err


@pytest.fixture
def busy(run, profiles):
    """A tenant with a run that is in progress until a command waits for it."""
    with Sandbox(skips_waits=True, timing=Timing(pending=5, processing=5)) as tenant:
        tenant.add_period("FY", date(2026, 1, 1), date(2026, 12, 31))
        profiles(f"[x]\nhost = {tenant.url}\nclient_id = {tenant.client_id}\nclient_secret = {tenant.client_secret}")
        assert run(*CREATE_INVOICE_ITEMS, "--profile", "x").code == Exit.DONE
        yield tenant


def test_a_busy_tenant(run, busy):
    """The refusal names the option that waits; nothing is left behind."""
    done = run(*CREATE_INVOICE_ITEMS, "--profile", "x")
    assert done.code == Exit.REFUSED
    assert f"{NUMBER} is in progress" in done.err
    assert done.err.endswith("With --when-busy wait, a create waits for the other run to end.\n")


def test_when_busy_wait(run, busy):
    """The other run ends, and then one is made."""
    busy.clock.set_speed(1000)
    done = run(*CREATE_INVOICE_ITEMS, "--profile", "x", "--when-busy", "wait", "--json")
    assert (done.code, done.json["journalRunNumber"]) == (Exit.DONE, "JR-00000002")
    assert len(busy.runs()) == 2


def test_a_partial_cancel_is_no_success(run, profiles):
    """A run with an entry that was transferred is Completed again: refused."""
    with Sandbox(timing=Timing(0, 0, cancelling=0.5)) as tenant:
        tenant.add_period("FY", date(2026, 1, 1), date(2026, 12, 31))
        profiles(f"[x]\nhost = {tenant.url}\nclient_id = {tenant.client_id}\nclient_secret = {tenant.client_secret}")
        assert run(*CREATE_INVOICE_ITEMS, "--wait", "--profile", "x").code == Exit.DONE
        tenant.transfer_entry(NUMBER)
        done = run("cancel", NUMBER, "--wait", "--profile", "x")
    assert done.code == Exit.REFUSED
    assert "could not be cancelled" in done.err


def test_nobody_is_reached(at_sandbox, monkeypatch):
    """A closed port."""
    monkeypatch.setenv("ZUORA_HOST", "http://127.0.0.1:1")
    assert at_sandbox("get", NUMBER, "--retries", "0").code == Exit.NOT_REACHED


def test_an_unclear_create_names_its_key(at_sandbox, sandbox):
    """The run may be there, and the same key tells."""
    sandbox.faults.add(Fault("reset-after-commit", method="POST", path="/v1/journal-runs"))
    done = at_sandbox(*CREATE_INVOICE_ITEMS, "--idempotency-key", "mine", "--retries", "0")
    assert done.code == Exit.NOT_REACHED
    assert "with --idempotency-key mine can tell: it never makes two." in done.err
    assert len(sandbox.runs()) == 1


@pytest.mark.parametrize(
    ("arguments", "method", "path"),
    [
        (CREATE_INVOICE_ITEMS, "POST", "/v1/journal-runs"),
        (("get", NUMBER), "GET", f"/v1/journal-runs/{NUMBER}"),
        (("wait", NUMBER), "GET", f"/v1/journal-runs/{NUMBER}"),
        (("cancel", NUMBER), "PUT", f"/v1/journal-runs/{NUMBER}/cancel"),
        (("delete", NUMBER), "DELETE", f"/v1/journal-runs/{NUMBER}"),
    ],
)
def test_a_dry_run_sends_nothing(at_sandbox, sandbox, arguments, method, path):
    """The request is shown without credentials, and no request arrives, for a token neither."""
    before = len(sandbox.requests)
    done = at_sandbox(*arguments, "--dry-run", "--zuora-track-id", "mine", "--json")
    shown = done.json
    assert (shown["method"], shown["url"]) == (method, sandbox.url + path)
    assert shown["headers"]["Zuora-Track-Id"] == "mine"
    assert "Authorization" not in shown["headers"]
    plain = at_sandbox(*arguments, "--dry-run").out
    assert plain.startswith(f"{method} {sandbox.url}{path}\n")
    assert sandbox.client_secret not in done.out + plain
    assert sandbox.client_id not in done.out + plain
    assert len(sandbox.requests) == before


def test_a_dry_run_needs_no_credentials(run):
    """There is nothing to sign."""
    assert run("get", NUMBER, "--dry-run").out.startswith(f"GET https://rest.zuora.com/v1/journal-runs/{NUMBER}\n")


def test_a_dry_run_with_a_profile_shows_no_secret(run, profiles):
    """Those of the profile are left out as well."""
    profiles("[x]\nclient_id = hunter1\nclient_secret = hunter2\naccess_token = hunter3\npassword = hunter4")
    done = run("cancel", NUMBER, "--dry-run", "--profile", "x", "--verbose")
    assert done.code == Exit.DONE
    assert "hunter" not in done.out + done.err


def test_a_dry_run_tells_what_will_be_refused(run):
    """The rules between the fields, before anything is sent."""
    done = run(*CREATE_INVOICE_ITEMS, "--target-end-date", "2026-03-31", "--dry-run")
    assert done.code == Exit.DONE
    assert "likely to refuse this: target_start_date is required" in done.err


def test_environments(run):
    """Every data centre, for people and for machines."""
    found = run("environments", "--json").json
    assert {
        "name": "CSBX",
        "url": "https://rest.test.zuora.com",
        "description": "US Developer & Central Sandbox",
    } in found
    assert [line.split()[0] for line in run("environments").out.splitlines()] == [each["name"] for each in found]
