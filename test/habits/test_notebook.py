"""The quickstart notebook runs in a real kernel, and shows what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from support.package import ROOT

NOTEBOOK = ROOT / "docs" / "notebooks" / "quickstart.ipynb"
_TIMEOUT = 60


def outputs(home: Path) -> list[Any]:
    """What the cells show, in their order."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=_TIMEOUT, resources={"metadata": {"path": str(home)}}).execute()
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_it_shows_what_it_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Statuses as they come, tables and a drawing, and a traceback that begins with the message."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    shown = outputs(tmp_path)
    printed = "".join(output.text for output in shown if output.output_type == "stream")
    assert printed.splitlines()[-1] == "JR-00000001 is Completed"

    run, poller, frame, error = (output.data["text/html"] for output in shown if "text/html" in output.get("data", {}))
    assert re.search(r"JR-00000001.*>Completed</span>", run)
    assert re.search(r"JR-00000002.*<svg role=\"img\".*<desc>.*Completed after ", poller)
    assert 'class="dataframe"' in frame
    assert "OperationFailedException" in error

    (failed,) = (output for output in shown if output.output_type == "error")
    text = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(failed.traceback))
    assert text.startswith("OperationFailedException: GET /v1/journal-runs/JR-99999999: ")
    assert '----> 1 api.get_journal_run("JR-99999999")' in text
    assert "/openapi_client/" not in text
    assert failed.evalue in text


def test_it_is_kept_without_outputs() -> None:
    """The file has the cells only, so that it changes when they do, and holds nothing of a machine."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * len(cells)
    assert "path" not in notebook.metadata
    assert Path(NOTEBOOK).read_text("utf-8").endswith("}\n")
