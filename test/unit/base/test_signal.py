"""Signals: given once, waited for by many, and broken by nobody who is interrupted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest

from openapi_client._base import signal
from openapi_client._base.signal import Signal


def test_a_signal_is_given_once() -> None:
    """It has not happened, then it has, however often it is given."""
    found = Signal()
    assert (found.given, found.wait(0.0), found.wait(-1.0)) == (False, False, False)
    found.give()
    found.give()
    assert (found.given, found.wait(0.0), found.wait(-1.0), found.wait(None)) == (True, True, True, True)


def test_all_who_wait_are_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight threads wait without a limit, and nobody has to look for itself."""
    monkeypatch.setattr(signal, "LOOK", 60.0)
    found = Signal()
    with ThreadPoolExecutor(8) as pool:
        waits = [pool.submit(found.wait, None) for _ in range(8)]
        while len(found._waiting) < 8:
            Event().wait(0.001)
        found.give()
        assert [wait.result(20) for wait in waits] == [True] * 8


def test_who_was_not_woken_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the giver was interrupted before it woke anybody, those who wait see it all the same."""
    monkeypatch.setattr(signal, "LOOK", 0.01)
    found = Signal()
    with ThreadPoolExecutor(1) as pool:
        wait = pool.submit(found.wait, None)
        while not found._waiting:
            Event().wait(0.001)
        found.given = True
        assert wait.result(20)


def test_one_who_was_interrupted_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a thread leaves behind that was interrupted while it waited disturbs no other."""
    monkeypatch.setattr(signal, "LOOK", 60.0)
    found, left = Signal(), Lock()
    left.acquire()
    found._waiting[left] = True
    with ThreadPoolExecutor(1) as pool:
        wait = pool.submit(found.wait, None)
        while len(found._waiting) < 2:
            Event().wait(0.001)
        found.give()
        assert wait.result(20)
    assert not left.locked()
