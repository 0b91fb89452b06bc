"""Every fault of the table ends in the right result or the right exception."""

from __future__ import annotations

import pytest
from support.faults import FAULTS, Fault, run, verdict


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault(fault: Fault) -> None:
    """Outcome, requests on the wire, waits, keys, and no token in what could be seen."""
    assert verdict(fault, run(fault)) == "ok"


def test_names_are_unique() -> None:
    """A case can be named."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
