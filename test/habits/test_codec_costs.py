"""What models cost, counted and not timed: memory of a decode, garbage collections, calls of Python functions."""

from __future__ import annotations

import datetime
import gc
import json
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

import openapi_client as oc

KINDS = list(oc.JournalRunTransactionType)
TYPES = [{"type": str(kind.value)} for kind in KINDS]
MANY = [TYPES[index % len(TYPES)] for index in range(10_000)]


def run_of(types: list[Any]) -> str:
    """A run as the server sends it."""
    return json.dumps({"success": True, "number": "JR-00000001", "status": "Completed", "transactionTypes": types})


def python_calls(act: Callable[[], Any]) -> int:
    """How many functions that are written in Python one call of ``act`` calls, once everything is loaded."""
    count = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    act()
    gc.disable()  # others may have functions that it calls
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


def memory(act: Callable[[], Any]) -> tuple[int, int]:
    """Bytes that the result of ``act`` holds, and the peak on the way."""
    act()
    gc.collect()
    tracemalloc.start()
    try:
        kept = act()
        held, peak = tracemalloc.get_traced_memory()
        del kept
    finally:
        tracemalloc.stop()
    return held, peak


def test_memory_of_a_decode() -> None:
    """A run with 10,000 types holds less than its parsed JSON, and takes little more on the way."""
    text = run_of(MANY)
    plain, plain_peak = memory(lambda: json.loads(text))
    held, peak = memory(lambda: oc.GETJournalRunType.from_json(text))
    print(f"json {plain} and {plain_peak} at most, ours {held} and {peak} at most")
    # It is 0.34 and 1.0; Python 3.10 makes a dict for each object.
    assert held <= plain * (0.5 if sys.version_info >= (3, 11) else 1.2)
    assert peak <= plain_peak * 1.2


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 makes a dict for each object")
def test_collections_of_a_decode() -> None:
    """Models take the places of the objects they are made of, so the garbage collector runs no more often for them."""

    def collections(act: Callable[[], Any]) -> int:
        act()
        gc.collect()
        before = sum(each["collections"] for each in gc.get_stats())
        kept = act()
        del kept
        return sum(each["collections"] for each in gc.get_stats()) - before

    text = run_of(MANY)
    assert collections(lambda: oc.GETJournalRunType.from_json(text)) <= collections(lambda: json.loads(text)) + 3


@pytest.mark.parametrize("types", [TYPES, MANY])
def test_calls_of_a_decode(types: list[Any]) -> None:
    """However many types there are, a decode calls the same few functions of Python."""
    text = run_of(types)
    assert python_calls(lambda: oc.GETJournalRunType.from_json(text)) <= 12


def test_calls_of_a_build() -> None:
    """A request with 29 types calls three functions of Python for each: to make, to check and to encode it."""
    day = datetime.date(2026, 3, 31)

    def build() -> str:
        types = [oc.POSTJournalRunTransactionType(type=kind) for kind in KINDS]
        return oc.POSTJournalRunType("Mar 2026", day, None, None, types).to_json()

    assert python_calls(build) <= 3 * len(KINDS) + 20
