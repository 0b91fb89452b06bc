"""Models and exceptions that were pickled before the package had its layers still load."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from typing import Any

import pytest
from support.package import ROOT

import openapi_client as oc

PICKLES: dict[str, str] = json.loads((ROOT / "test/data/pickles_1_0_0.json").read_text("utf-8"))
LOAD = "import base64, pickle, sys; print(type(pickle.loads(base64.b64decode(sys.argv[1]))).__name__)"
SHOWN: dict[str, Any] = {
    "OperationFailedException": lambda error: (error.status, error.reasons) == (200, (oc.Reason("50000030", "m"),)),
    "POSTJournalRunType": lambda model: model.transaction_types[0].type == "Invoice Item",
    "GETJournalRunType": lambda model: (model.status, model.additional_properties) == ("Completed", {"x": 1}),
    "POSTJournalRunType without validation": lambda model: not model.local_vars_configuration.client_side_validation,
    "RequestTimeoutException": lambda error: (error.status, error.phase) == (0, "read"),
    "JournalRunFailedException": lambda error: error.run.number == "JR-1",
    "ApiTypeError": lambda error: error.path_to_item == ["a"],
}


@pytest.mark.parametrize("name", PICKLES)
def test_loads_in_a_fresh_interpreter(name: str) -> None:
    """Nothing of the package has to be imported before."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD, PICKLES[name]], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (name.partition(" ")[0], "")


@pytest.mark.parametrize("name", PICKLES)
def test_holds_what_it_held(name: str) -> None:
    """What was pickled is there."""
    import pickle

    assert SHOWN[name](pickle.loads(base64.b64decode(PICKLES[name])))
