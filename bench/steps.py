"""``python -m bench.steps``: what the steps cost that the design cannot do without, beside what it takes in all.

Where a goal is missed, this shows the floor of the design: what is left when every step is as cheap as Python has it.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
import timeit
from pathlib import Path
from typing import Any

import openapi_client as oc

ITEMS = 1000
KIND = oc.JournalRunTransactionType("Invoice Item")


class Plain:
    """The least that a model with one field could be."""

    def __init__(self, type: Any = None) -> None:  # noqa: A002 - as the API calls it
        """Keep the value."""
        self.type = type


def nanoseconds(statement: str, number: int = 20_000, per: int = 1, **names: Any) -> float:
    """The least time of one act, of several tries."""
    return min(timeit.repeat(statement, globals=names, repeat=7, number=number)) / number / per * 1e9


def decoding() -> dict[str, float]:
    """An item of a decoded list."""
    run = {"success": True, "number": "JR-1", "status": "Completed", "transactionTypes": [{"type": KIND.value}] * ITEMS}
    text = json.dumps(run)
    new, put = object.__new__, object.__setattr__
    model = new(Plain)
    values = {each.value: each for each in oc.JournalRunTransactionType}
    return {
        "read its JSON (F)": nanoseconds("loads(text)", 200, ITEMS, loads=json.loads, text=text),
        "make an object": nanoseconds("new(cls)", new=new, cls=Plain),
        "set an attribute past the checks": nanoseconds("put(model, 'type', 1)", put=put, model=model),
        "find the value among the members": nanoseconds("values[text]", values=values, text=KIND.value),
        "in all": nanoseconds("read(text)", 200, ITEMS, read=oc.GETJournalRunType.from_json, text=text),
    }


def building() -> dict[str, float]:
    """An item of a request."""
    item = oc.POSTJournalRunTransactionType(type=KIND)
    return {
        "make and write a dict (F)": nanoseconds("dumps({'type': kind})", dumps=json.dumps, kind=str(KIND.value)),
        "call a constructor that keeps one value": nanoseconds("make(type=kind)", make=Plain, kind=KIND),
        "build the model, checked": nanoseconds("make(type=kind)", make=oc.POSTJournalRunTransactionType, kind=KIND),
        "turn it into a dict": nanoseconds("item._encode()", item=item),
    }


def importing() -> dict[str, float]:
    """A module of the package."""
    count = sum(name.partition(".")[0] == "openapi_client" for name in sys.modules)
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        Path(folder, "nothing.py").write_text("", "utf-8")
        importlib.import_module("nothing")
        statement = "del modules['nothing']; load('nothing')"
        empty = nanoseconds(statement, 200, modules=sys.modules, load=importlib.import_module)
        sys.path.remove(folder)
    return {"modules of the package": count, "find and load an empty one": empty}


def steps() -> dict[str, dict[str, float]]:
    """All of them, in nanoseconds but for the count of modules."""
    with oc.ApiClient() as client:
        oc.JournalRunsApi(client)
    return {"importing": importing(), "decoding an item": decoding(), "building an item": building()}


if __name__ == "__main__":
    print(json.dumps(steps(), indent=1))
