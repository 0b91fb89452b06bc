"""``python -m openapi_client.quickstart``: what a newcomer sees first."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from support.wire import WireServer, answer

PATIENCE = 120
PROGRAM = [sys.executable, "-W", "error", "-m", "openapi_client.quickstart"]


def started(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZUORA_")}
    return subprocess.run(
        [*PROGRAM, *arguments],
        env={**kept, **variables},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def story() -> subprocess.CompletedProcess[str]:
    return started()


def test_it_ends_well(story: subprocess.CompletedProcess[str]) -> None:
    """The main job in one command ends with 0 and says what it did."""
    assert (story.returncode, story.stderr) == (0, "")
    assert "Every step did what it says." in story.stdout
    assert "50000040 (not found)" in story.stdout


def test_it_says_where_it_happens(story: subprocess.CompletedProcess[str]) -> None:
    """In a simulated tenant, with dates, and with the elapsed time of each status."""
    assert re.search(r"^Tenant  simulated, on this machine \(http://127\.0\.0\.1:\d+\)", story.stdout, re.MULTILINE)
    assert re.search(r"entries dated \d{4}-\d\d-\d\d$", story.stdout, re.MULTILINE)
    for status in ("Pending", "Completed", "Cancelled"):
        assert re.search(rf"^   after +\d+ s  {status}$", story.stdout, re.MULTILINE)


def test_it_shows_a_lost_answer(story: subprocess.CompletedProcess[str]) -> None:
    """Two requests under one key, and one run."""
    assert re.search(
        r"   attempt 1  POST /v1/journal-runs: no answer, the connection broke\n"
        r"   attempt 2  POST /v1/journal-runs: answered 200\n"
        r"   their key  [\da-f-]{36}\n"
        r"   the tenant has seen 2 requests, and has 1 run\n",
        story.stdout,
    )


def test_it_fits_on_a_screen(story: subprocess.CompletedProcess[str]) -> None:
    """No line is wider than 80 columns, and a number of one is no plural."""
    assert max(map(len, story.stdout.splitlines())) <= 80
    assert "1 journal entry," in story.stdout


def test_plurals() -> None:
    """Two types make two entries."""
    done = started("--sandbox", "--type", "Invoice Item", "--type", "Credit Memo Item (Charge)")
    assert "2 journal entries," in done.stdout
    assert "types: Invoice Item, Credit Memo Item (Charge)" in done.stdout


def test_it_asks() -> None:
    """A real tenant is not changed without being asked; without a terminal nothing is done."""
    with WireServer([answer(500)]) as server:
        done = started("--host", server.url, "--client-id", "x", ZUORA_CLIENT_SECRET="hush")
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert server.requests == []


def test_it_fails() -> None:
    """A step that does not do what it says ends in 1 with the error, and shows no secret."""
    with WireServer([answer(401, {"message": "Bad client credentials"})]) as server:
        done = started("--host", server.url, "--client-id", "x", "--client-secret", "hush", "--yes")
    assert done.returncode == 1
    assert "Bad client credentials" in done.stderr
    assert "--client-secret goes away with 2.0" in done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_a_wrong_type_is_explained() -> None:
    """Without a trace."""
    done = started("--sandbox", "--type", "Invoice")
    assert done.returncode == 1
    assert "FAILED: Invalid value for `type`" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves() -> None:
    """``| head`` ends it without a trace."""
    process = subprocess.Popen([*PROGRAM, "--sandbox"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.close()
    assert (process.stderr.read() if process.stderr else None) == ""
    assert process.wait(PATIENCE) == 1
    process.stderr.close()


def test_ctrl_c_names_what_is_left() -> None:
    """A run in a real tenant stays, so its number is said."""
    created = answer(200, {"success": True, "journalRunNumber": "JR-00000042"})
    pending = answer(200, {"success": True, "number": "JR-00000042", "status": "Pending"})
    with WireServer([lambda request: (pending if request.method == "GET" else created)(request)]) as server:
        variables = {**os.environ, "ZUORA_HOST": server.url, "ZUORA_ACCESS_TOKEN": "hush"}
        process = subprocess.Popen([*PROGRAM, "--yes"], env=variables, stderr=subprocess.PIPE, text=True)
        try:
            deadline = time.monotonic() + PATIENCE
            while not any(request.method == "GET" for request in server.requests) and time.monotonic() < deadline:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert (process.returncode, said) == (130, "Interrupted; JR-00000042 stays as it is.\n")
