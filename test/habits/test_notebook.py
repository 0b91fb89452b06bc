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


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What the cells show, in their order."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(home))
        patch.setenv("PYTHONPATH", str(ROOT))
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        NotebookClient(notebook, timeout=_TIMEOUT, resources={"metadata": {"path": str(home)}}).execute()
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def shown(outputs: list[Any], kind: str = "text/html") -> list[str]:
    return [output.data[kind] for output in outputs if kind in output.get("data", {})]


def test_it_shows_a_table_a_poller_a_frame_and_an_error(outputs: list[Any]) -> None:
    """Each of them has the hook that notebooks look for."""
    run, poller, frame, error = shown(outputs)
    assert re.search(r"JR-00000001.*>Completed</span>", run)
    assert re.search(r"JR-00000002.*<svg role=\"img\".*<desc>Pending after .* Completed after ", poller)
    assert 'class="dataframe"' in frame
    assert "OperationFailedException" in error


def test_progress_is_told(outputs: list[Any]) -> None:
    """The statuses of the run are printed as they come."""
    printed = "".join(output.text for output in outputs if output.output_type == "stream")
    assert printed.splitlines()[-1] == "JR-00000001 is Completed"


def test_a_traceback_begins_with_the_message(outputs: list[Any]) -> None:
    """A cell that fails shows the message, the line of the cell, and none of this package."""
    (failed,) = (output for output in outputs if output.output_type == "error")
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
