"""The README: what a new user meets first, in the order they need it."""

from __future__ import annotations

import os
import re
import subprocess

from support.pages import ROOT, blocks_in, links_in

README = ROOT / "README.md"
START = "python3 -m venv .venv && .venv/bin/pip install '.[sandbox]' && .venv/bin/python -m openapi_client.quickstart"
TEST = "python3 -m venv .venv-tox && .venv-tox/bin/pip install tox && .venv-tox/bin/tox"


def test_the_two_commands_come_first() -> None:
    """The first two blocks start the quickstart and the tests, each from a fresh clone and in one line."""
    assert [block.source.strip() for block in blocks_in(README)[:2]] == [START, TEST]


def test_the_gate_runs_the_test_command() -> None:
    """``.ci/run`` runs the very line that the README shows, and can be run itself."""
    script = ROOT / ".ci" / "run"
    assert TEST in script.read_text("utf-8").splitlines()
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], timeout=10, check=False).returncode == 0


def test_the_program_for_a_tenant_fits_on_a_screen() -> None:
    """One program shows the whole job: settings from the environment, create, wait, and what can fail."""
    (program,) = (block.source for block in blocks_in(README) if block.language == "python")
    assert program.count("\n") <= 20
    for needed in ("Configuration.from_env()", "create_journal_run", "wait_for_journal_run", "ApiException"):
        assert needed in program


def test_sections_stand_in_the_order_of_need() -> None:
    """Try, use, read on, and then the reference lists that the pages link back to."""
    headings = re.findall(r"^## (.+)$", README.read_text("utf-8"), re.MULTILINE)
    assert headings == [
        "Try it",
        "Use it",
        "Read on",
        "Look under the hood",
        "Documentation for API Endpoints",
        "Documentation for Models",
        "Documentation for Authorization",
    ]


def test_it_leads_to_the_documentation() -> None:
    """The index, which lists every page, is linked."""
    assert "docs/index.md" in links_in(README)
