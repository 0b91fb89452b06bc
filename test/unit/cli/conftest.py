"""The command line in this process, with a tenant of its own and no profile of the user."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from openapi_client.cli.main import main
from openapi_client.sandbox import Sandbox, SandboxClock, Timing


class Done(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in an environment without a tenant."""
    for name in [name for name in os.environ if name.startswith(("ZUORA_", "_ARG")) or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("NO_COLOR", "1")

    def command(*arguments: str) -> Done:
        code = main(arguments)
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return command


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    # Its runs are completed when somebody first looks at them.
    with Sandbox(clock=SandboxClock(speed=100), timing=Timing(0, 0, 0, 0)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Sandbox:
    """An untouched tenant with a period that every day is in."""
    shared_sandbox.reset()
    shared_sandbox.add_period("FY", date(2026, 1, 1), date(2026, 12, 31))
    return shared_sandbox


@pytest.fixture
def at_sandbox(run: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with the sandbox's credentials in the environment."""
    monkeypatch.setenv("ZUORA_HOST", sandbox.url)
    monkeypatch.setenv("ZUORA_CLIENT_ID", sandbox.client_id)
    monkeypatch.setenv("ZUORA_CLIENT_SECRET", sandbox.client_secret)
    return run


@pytest.fixture
def profiles(run: Run, tmp_path: Path) -> Callable[[str], Path]:
    """Write the file with the profiles where it is looked for."""

    def write(text: str, mode: int = 0o600) -> Path:
        path = tmp_path / "zuora-journal-runs" / "profiles.ini"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(mode)
        return path

    return write
