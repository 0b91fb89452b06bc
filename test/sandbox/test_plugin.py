"""The pytest plugin: what it loads, and what a test gets from it. ``tox -e plugin`` tries it from the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import openapi_client

TIMEOUT_SECONDS = 60
PLUGIN = "openapi_client.sandbox.pytest_plugin"
HOME = Path(openapi_client.__file__).parents[1]
WITHOUT_EXTRA = "import sys\nsys.modules.update(dict.fromkeys(['flask', 'waitress', 'werkzeug']))\n"


@pytest.fixture
def outcome(tmp_path):
    """Run tests in a project of their own, with the plugin, and return what pytest says."""

    def run(tests, conftest=""):
        (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
        (tmp_path / "test_it.py").write_text(tests)
        (tmp_path / "conftest.py").write_text(conftest)
        command = [sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", PLUGIN, "-p", "no:cacheprovider"]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(HOME), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        return done.stdout + done.stderr

    return run


def test_loading_it_loads_no_server_and_no_client():
    """It is loaded in every run of pytest, also of those who do not use it."""
    heavy = "('flask', 'waitress', 'werkzeug', 'urllib3', 'openapi_client.api_client', 'openapi_client.sandbox.server')"
    script = f"import sys, {PLUGIN}; print([name for name in {heavy} if name in sys.modules])"
    command = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_without_the_extra_only_its_users_fail(outcome):
    """With a message that says what to install, and no trace."""
    said = outcome("def test_other(): pass\ndef test_it(zuora_sandbox): pass\n", WITHOUT_EXTRA)
    assert "1 passed, 1 error" in said
    assert "pip install 'zuora-journal-runs[sandbox]', or in a checkout: pip install '.[sandbox]'" in said
    assert "Traceback" not in said


def test_each_test_gets_the_same_sandbox_in_its_first_state(outcome):
    """Runs, faults, periods, clients, tokens, records and the clock of a test are gone in the next."""
    said = outcome(
        "import datetime, pytest\n"
        "from openapi_client.sandbox import Fault\n"
        "RUN = {'journalEntryDate': '2026-06-30', 'accountingPeriodName': 'Jun 2026',"
        " 'transactionTypes': [{'type': 'Invoice Item'}]}\n"
        "urls = set()\n"
        "@pytest.mark.parametrize('turn', range(3))\n"
        "def test_it(zuora_sandbox, zuora_sandbox_session, turn):\n"
        "    assert zuora_sandbox is zuora_sandbox_session\n"
        "    urls.add(zuora_sandbox.url)\n"
        "    assert len(urls) == 1\n"
        "    assert zuora_sandbox.clock.now().isoformat() == '2026-06-15T12:00:00+00:00'\n"
        "    assert (zuora_sandbox.runs(), zuora_sandbox.faults.active, zuora_sandbox.requests) == ([], [], [])\n"
        "    assert zuora_sandbox.add_run(RUN) == 'JR-00000001'\n"
        "    zuora_sandbox.faults.add(Fault('latency'))\n"
        "    zuora_sandbox.clock.advance(10**8)\n"
        "    zuora_sandbox.clock.resume()\n",
        "import datetime, pytest\n"
        "@pytest.fixture(scope='session')\n"
        "def zuora_sandbox_options():\n"
        "    from openapi_client.sandbox import SandboxClock\n"
        "    noon = datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.timezone.utc)\n"
        "    return {'clock': SandboxClock(noon, frozen=True)}\n",
    )
    assert "3 passed" in said, said


def test_waiting_moves_the_clock_ahead(outcome):
    """An hour on a standing clock ends at once; an option turns it off."""
    said = outcome(
        "import openapi_client\n"
        "def test_it(zuora_sandbox):\n"
        "    clock, began = zuora_sandbox.configuration().clock, zuora_sandbox.clock.now()\n"
        "    clock.sleep(3600)\n"
        "    assert (zuora_sandbox.clock.now() - began).total_seconds() >= 3600\n",
    )
    assert "1 passed" in said, said
    said = outcome(
        "import openapi_client\n"
        "def test_it(zuora_sandbox):\n"
        "    assert type(zuora_sandbox.configuration().clock) is openapi_client.Clock\n",
        "import pytest\n@pytest.fixture(scope='session')\ndef zuora_sandbox_options(): return {'skips_waits': False}\n",
    )
    assert "1 passed" in said, said


def test_the_fixtures_are_listed(tmp_path):
    """With what they give."""
    command = [sys.executable, "-m", "pytest", "--fixtures", "-p", PLUGIN, "-p", "no:cacheprovider", "-c", os.devnull]
    environment = {**os.environ, "PYTHONPATH": str(HOME), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    listed = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, env=environment, check=False
    ).stdout
    assert "zuora_sandbox_session [session scope]" in listed
    assert "zuora_sandbox_options [session scope]" in listed
