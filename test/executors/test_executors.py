"""The recipes for executors, run as they stand: several processes, each run created once, one token for all.

``tox -e executors``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pages import EXECUTORS, blocks_in, programs_of

import openapi_client as oc
from openapi_client.sandbox import Sandbox

pytestmark = pytest.mark.executors
PATIENCE_SECONDS = 120
PROGRAMS = programs_of(EXECUTORS)
COMMANDS = [block for block in blocks_in(EXECUTORS) if block.language == "sh"]
HOME = str(Path(oc.__file__).resolve().parents[1])


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The programs of the page, as files."""
    for name, block in PROGRAMS.items():
        (tmp_path / name).write_text(block.source, "utf-8")
    return tmp_path


def environment(folder: Path, sandbox: Sandbox | None) -> dict[str, str]:
    """What a worker, or a sender without credentials, finds around it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZUORA_")}
    kept.update(PYTHONPATH=os.pathsep.join([HOME, str(folder)]), TOKEN_FOLDER=str(folder / "tokens"))
    if sandbox is not None:
        secrets = {"ID": sandbox.client_id, "SECRET": sandbox.client_secret}
        kept.update({f"ZUORA_CLIENT_{name}": value for name, value in secrets.items()}, ZUORA_HOST=sandbox.url)
    return kept


def printed(name: str) -> str:
    """What the page says that a program prints."""
    (command,) = (block for block in COMMANDS if block.source.endswith(f"python {name}\n"))
    (below,) = (each for each in blocks_in(EXECUTORS) if each.line == command.end + 2)
    assert below.language == "text"
    return below.source


def output_of(name: str, folder: Path, sandbox: Sandbox | None, *arguments: str) -> str:
    """What a program prints."""
    done = subprocess.run(
        [sys.executable, name, *arguments],
        cwd=folder,
        env=environment(folder, sandbox),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def tokens(sandbox: Sandbox) -> int:
    return sum(exchange.path == "/oauth/token" for exchange in sandbox.requests)


def test_every_program_has_a_name() -> None:
    """The first line of each program says what its file is called, since they import each other."""
    blocks = [block for block in blocks_in(EXECUTORS) if block.language == "python"]
    assert {block.source.splitlines()[0] for block in blocks} == {
        "# with_sandbox.py", "# shared_tokens.py", "# statuses_with_processes.py", "# statuses_with_dask.py",
        "# tasks.py", "# celeryconfig.py", "# send.py",
    }  # fmt: skip


def planted(sandbox: Sandbox) -> list[str]:
    """Three runs whose statuses stay."""
    run = {"accountingPeriodName": "Mar 2026", "journalEntryDate": "2026-03-31"}
    types = {"transactionTypes": [{"type": "Invoice Item"}]}
    return [sandbox.add_run({**run, **types, "status": status}) for status in ("Completed", "Cancelled", "Error")]


def test_a_program_runs_beside_a_sandbox(folder: Path) -> None:
    """The page's own way to a tenant leads to what the page shows, from nothing."""
    assert output_of("with_sandbox.py", folder, None, sys.executable, "statuses_with_dask.py") == printed(
        "statuses_with_dask.py"
    )


@pytest.mark.parametrize("name", ["statuses_with_processes.py", "statuses_with_dask.py"])
def test_processes_share_a_token(sandbox: Sandbox, folder: Path, name: str) -> None:
    """Tasks in a pool or on a cluster of processes look at runs, with one token for all of them."""
    planted(sandbox)
    assert output_of(name, folder, sandbox) == printed(name)
    assert tokens(sandbox) == 1


#: Each task gets a client that was pickled with its secrets, and unpickles it anew.
TRAVEL = """
import json, os
import openapi_client as oc
from dask.distributed import Client, LocalCluster

def look(data, number):
    import pickle
    return os.getpid(), str(pickle.loads(data).get_journal_run(number).status)

if __name__ == "__main__":
    import pickle
    data = pickle.dumps(oc.JournalRunsApi(oc.ApiClient(oc.Configuration.from_env(pickle_secrets=True))))
    with LocalCluster(n_workers=2, threads_per_worker=4, dashboard_address=None) as cluster, Client(cluster) as dask:
        print(json.dumps(dask.gather([dask.submit(look, data, "JR-00000001", pure=False) for _ in range(8)])))
"""


def test_dask_with_clients_that_travel(sandbox: Sandbox, folder: Path) -> None:
    """Eight tasks, each with a client of its own that was unpickled for it: one token for each process."""
    planted(sandbox)
    (folder / "travel.py").write_text(TRAVEL, "utf-8")
    found = json.loads(output_of("travel.py", folder, sandbox))
    assert [status for _, status in found] == ["Completed"] * 8
    assert tokens(sandbox) == len({process for process, _ in found})


def test_celery(sandbox: Sandbox, folder: Path) -> None:
    """A worker with two processes creates one run for a task that is sent twice; the sender knows no secret."""
    planted(sandbox)
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "--app", "tasks", "worker", "--concurrency", "2", "--loglevel", "WARNING"],
        cwd=folder,
        env=environment(folder, sandbox),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert output_of("send.py", folder, None) == printed("send.py")
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(PATIENCE_SECONDS)
        finally:
            worker.kill()
    assert len(sandbox.runs()) == 4
    assert tokens(sandbox) == 1
