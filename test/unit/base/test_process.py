"""State of one process: kept within it, made anew in a forked child, once for all its threads."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from openapi_client._base.process import PerProcess


def test_the_value_of_a_process_stays() -> None:
    """Within one process the value is made once."""
    found = PerProcess(object)
    assert found.get() is found.get()


def test_threads_of_a_child_share_one_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight threads that come first in a child, at the same moment, get one value, and not that of the parent."""
    together = threading.Barrier(8)

    class Made:
        def __init__(self) -> None:
            if os.getpid() == 1:
                together.wait(20)

    found = PerProcess(Made)
    parents = found.get()
    monkeypatch.setattr(os, "getpid", lambda: 1)
    with ThreadPoolExecutor(8) as pool:
        values = {*pool.map(lambda _: found.get(), range(8), timeout=20)}
    assert len(values) == 1
    assert values != {parents}


def test_a_number_that_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grandchild with the number of an earlier process does not find what was that one's."""
    found = PerProcess(object)
    seen = []
    for number in (1, 2, 1):
        monkeypatch.setattr(os, "getpid", lambda number=number: number)
        seen.append(found.get())
    assert len({*map(id, seen)}) == 3
