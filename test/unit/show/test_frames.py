"""Models as DataFrames: rows, columns, and their types."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from support.faults import NUMBER
from support.package import run as run_code

import openapi_client as oc

UTC = datetime.timezone.utc
TYPES = {
    "aggregate_currency": "boolean",
    "executed_on": "datetime64[us]",
    "journal_entry_date": "datetime64[s]",
    "number": "string",
    "segmentation_rule_name": "string",
    "status": "category",
    "success": "boolean",
    "target_end_date": "datetime64[s]",
    "target_start_date": "datetime64[s]",
    "total_journal_entry_count": "Int64",
    "transaction_types": "object",
    "organization_labels": "object",
    "process_id": "string",
    "reasons": "object",
    "request_id": "string",
}
RUN = oc.GETJournalRunType(
    number=NUMBER,
    status="Completed",
    journal_entry_date="2026-03-31",
    target_end_date="9999-12-31",
    executed_on="2026-04-03 10:05:12",
    aggregate_currency=True,
    total_journal_entry_count=3,
    transaction_types=[{"type": "Invoice Item"}, {"type": "External Payment"}],
)


def types_of(frame: Any) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize(
    "models",
    [RUN, [RUN], (RUN for _ in "1"), oc.ApiResponse(RUN, 200, {}), [oc.ApiResponse(RUN, 200, {})],
     oc.ApiResponse([RUN], 200, {})],
    ids=["model", "list", "generator", "answer", "answers", "answer-with-list"],
)  # fmt: skip
def test_a_row_for_each_model(models: Any) -> None:
    """Models, answers, and any number of them are rows, and each field is a column with the type of its values."""
    frame = oc.to_frame(models)
    assert types_of(frame) == TYPES
    (row,) = frame.to_dict("records")
    assert (row["number"], row["status"], row["total_journal_entry_count"]) == (NUMBER, "Completed", 3)
    assert row["executed_on"] == datetime.datetime(2026, 4, 3, 10, 5, 12)
    assert (str(row["target_end_date"].date()), row["aggregate_currency"]) == ("9999-12-31", True)
    assert row["transaction_types"] is RUN.transaction_types


def test_what_is_not_known_is_missing() -> None:
    """A field without a value is missing, and its column keeps its type."""
    frame = oc.to_frame([RUN, oc.GETJournalRunType()])
    assert types_of(frame) == TYPES
    assert frame.iloc[1].isna().all()


def test_no_models() -> None:
    """Without models the class says which columns there are; without the class there are none."""
    frame = oc.to_frame([], oc.GETJournalRunType)
    assert (len(frame), types_of(frame)) == (0, TYPES)
    assert oc.to_frame([]).shape == (0, 0)


def test_statuses_are_those_there_are() -> None:
    """The categories of a status are those of its enum, and what the server has sent besides."""
    frame = oc.to_frame([RUN, oc.GETJournalRunType.from_dict({"status": "Paused"})])
    assert [*frame["status"].cat.categories] == [*(each.value for each in oc.JournalRunStatus), "Paused"]
    assert [*frame["status"]] == ["Completed", "Paused"]


@pytest.mark.parametrize(
    ("moments", "dtype"),
    [
        (["2026-03-31T22:00:00+02:00", "2026-03-31T22:00:00Z"], "datetime64[us, UTC]"),
        (["2026-03-31T22:00:00Z", None], "datetime64[us, UTC]"),
        (["2026-03-31T22:00:00Z", "2026-03-31T22:00:00"], "object"),
    ],
    ids=["zones", "missing", "some-without"],
)
def test_time_zones(moments: list[Any], dtype: str) -> None:
    """Moments of any zone are in UTC; where some have none, the moments stay as they are, since none is made up."""
    runs = [oc.GETJournalRunType(executed_on=moment) for moment in moments]
    frame = oc.to_frame(runs)
    assert types_of(frame)["executed_on"] == dtype
    assert frame["executed_on"][0] == runs[0].executed_on


def test_what_a_type_cannot_hold() -> None:
    """A number too large for its column is not lost: the column has the objects."""
    frame = oc.to_frame(oc.GETJournalRunType(total_journal_entry_count=2**70))
    assert (types_of(frame)["total_journal_entry_count"], frame["total_journal_entry_count"][0]) == ("object", 2**70)


def test_exploded() -> None:
    """A row for each item of a list, with the fields of the item; a model without items keeps its row."""
    frame = oc.to_frame([RUN, oc.GETJournalRunType(number="JR-00000002")], explode="transaction_types")
    assert [*frame["number"]] == [NUMBER, NUMBER, "JR-00000002"]
    assert [*frame["transaction_types.type"]][:2] == ["Invoice Item", "External Payment"]
    assert frame["transaction_types.type"].isna()[2]
    types = types_of(frame)
    assert types.pop("transaction_types.type") == "category"
    assert types == {name: dtype for name, dtype in TYPES.items() if name != "transaction_types"}
    empty = oc.to_frame([], oc.GETJournalRunType, explode="transaction_types")
    assert [*empty.columns] == [*frame.columns]


@pytest.mark.parametrize(
    "models", [None, 5, "JR-1", [RUN, {"number": "JR-1"}], [RUN, oc.OrganizationLabel("x")], [None]]
)
def test_something_else_than_models(models: Any) -> None:
    """Models of one class, and nothing else."""
    with pytest.raises(oc.ApiTypeError, match=r"Invalid type for `models`: .* all of them must be "):
        oc.to_frame(models)


@pytest.mark.parametrize("of", ["GETJournalRunType", dict, RUN])
def test_something_else_than_a_class(of: Any) -> None:
    """The class is that of a model."""
    with pytest.raises(oc.ApiTypeError, match="Invalid type for `of`"):
        oc.to_frame([], of)


@pytest.mark.parametrize("name", ["number", ["transaction_types"]])
def test_a_field_without_models(name: Any) -> None:
    """Only a list of models can be rows."""
    wanted = rf"Invalid value for `explode` \({re.escape(repr(name))}\), must be one of \['transaction_types', 'organ"
    with pytest.raises(oc.ApiValueError, match=wanted):
        oc.to_frame(RUN, explode=name)


def test_pandas_is_missing() -> None:
    """Without pandas it says what to install."""
    code = """
import sys
sys.modules["pandas"] = None
import openapi_client as oc
try:
    oc.to_frame([])
except oc.MissingExtraException as error:
    print(error.extra, error)
"""
    assert run_code(code).startswith("notebook to_frame needs pandas: pip install 'zuora-journal-runs[notebook]'")
