"""What is rendered is up to date, and the command says where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.package import ROOT

TIMEOUT = 60
RENDERED = ("README.md", "docs", "openapi_client")


def codegen(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "codegen", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of all that is rendered."""
    shutil.copy(ROOT / "README.md", tmp_path)
    for name in RENDERED[1:]:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_everything_is_up_to_date() -> None:
    """What the command renders is what the repository holds."""
    checked = codegen("--check")
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_check_names_stale_files_and_leaves_them_alone(project: Path) -> None:
    """A file that was edited, one that is missing and one that is too much are named; nothing is written."""
    edited = ["docs/JournalRunStatus.md", "openapi_client/models/journal_run_status.py"]
    missing, extra = "openapi_client/api/journal_runs_api.py", "openapi_client/models/old_type.py"
    for name in edited:
        path = project / name
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    (project / missing).unlink()
    (project / extra).write_text("", "utf-8")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    checked = codegen("--check", "--root", str(project))
    assert checked.returncode == 1
    expected = {f"out of date: {name}" for name in (*edited, missing, extra)}
    assert set(checked.stdout.splitlines()) == expected
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_it_mends_what_is_stale(project: Path) -> None:
    """Without ``--check`` the same files are written, and then all is well."""
    (project / "docs/JournalRunStatus.md").write_text("# By hand\n", "utf-8")
    (project / "openapi_client/models/old_type.py").write_text("", "utf-8")
    written = codegen("--root", str(project))
    assert written.returncode == 0
    assert set(written.stdout.splitlines()) == {
        "written: docs/JournalRunStatus.md",
        "removed: openapi_client/models/old_type.py",
    }
    assert codegen("--check", "--root", str(project)).returncode == 0


@pytest.mark.parametrize("folder", ["api", "models"])
def test_rendered_files_say_so(folder: str) -> None:
    """The first line of each file tells where it comes from."""
    files = sorted((ROOT / "openapi_client" / folder).glob("*.py"))
    assert files
    for path in files:
        assert path.read_text("utf-8").startswith("# Rendered by `python -m codegen` from codegen/description.yaml")
