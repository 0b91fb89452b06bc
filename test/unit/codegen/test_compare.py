"""Comparing with another description: what was altered is reported, and nothing else."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen import tree
from codegen.__main__ import main
from codegen.compare import Comparison
from codegen.reading import Description

Alteration = Callable[[dict[str, Any]], None]


@pytest.fixture
def theirs() -> dict[str, Any]:
    """A copy of our description, to be altered."""
    return copy.deepcopy(dict(tree.description().data))


def schema(data: dict[str, Any], name: str) -> Any:
    return data["components"]["schemas"][name]


def drop_operation(data: dict[str, Any]) -> None:
    del data["paths"]["/v1/journal-runs/{jr-number}"]["delete"]


def add_operation(data: dict[str, Any]) -> None:
    data["paths"]["/v1/journal-runs"]["get"] = {"operationId": "GET_JournalRuns", "tags": ["Runs"], "responses": {}}


def add_operation_of_the_tag(data: dict[str, Any]) -> None:
    operation = {"operationId": "GET_Entries", "tags": ["Journal Runs"], "responses": {}}
    data["paths"]["/v1/journal-entries"] = {"get": operation}


def add_operation_of_another_api(data: dict[str, Any]) -> None:
    data["paths"]["/v1/orders"] = {"get": {"operationId": "GET_Orders", "tags": ["Orders"], "responses": {}}}


def rename_operation(data: dict[str, Any]) -> None:
    data["paths"]["/v1/journal-runs"]["post"]["operationId"] = "createRun"


def drop_parameter(data: dict[str, Any]) -> None:
    data["paths"]["/v1/journal-runs"]["post"]["parameters"] = []


def add_parameter(data: dict[str, Any]) -> None:
    parameter = {"name": "dryRun", "in": "query", "schema": {"type": "boolean"}}
    data["paths"]["/v1/journal-runs"]["post"]["parameters"].append(parameter)


def move_parameter(data: dict[str, Any]) -> None:
    data["components"]["parameters"]["Idempotency-Key"]["in"] = "query"


def demand_parameter(data: dict[str, Any]) -> None:
    data["components"]["parameters"]["Zuora-Version"]["required"] = True


def retype_parameter(data: dict[str, Any]) -> None:
    data["components"]["parameters"]["jr-number"]["schema"] = {"type": "integer", "minimum": 1}


def limit_parameter(data: dict[str, Any]) -> None:
    data["components"]["parameters"]["Zuora-Track-Id"]["schema"]["maxLength"] = 100


def drop_body(data: dict[str, Any]) -> None:
    del data["paths"]["/v1/journal-runs/{jr-number}/cancel"]["put"]["requestBody"]


def spare_body(data: dict[str, Any]) -> None:
    data["paths"]["/v1/journal-runs"]["post"]["requestBody"]["required"] = False


def drop_field(data: dict[str, Any]) -> None:
    del schema(data, "GETJournalRunType")["properties"]["executedOn"]


def add_field(data: dict[str, Any]) -> None:
    schema(data, "POSTJournalRunType")["properties"]["bookId"] = {"type": "string"}


def retype_field(data: dict[str, Any]) -> None:
    schema(data, "GETJournalRunType")["properties"]["totalJournalEntryCount"] = {"type": "string"}


def demand_field(data: dict[str, Any]) -> None:
    schema(data, "POSTJournalRunType")["required"].append("accountingPeriodName")


def change_field_of_an_item(data: dict[str, Any]) -> None:
    schema(data, "CommonResponseTypeReasons")["properties"]["message"] = {"type": "integer"}


def single_label(data: dict[str, Any]) -> None:
    node = schema(data, "POSTJournalRunType")["properties"]["organizationLabels"]
    node["anyOf"] = node["anyOf"][:1]


def change_values(data: dict[str, Any]) -> None:
    values = schema(data, "JournalRunStatus")["enum"]
    values.remove("Error")
    values.append("Failed")


def change_answer(data: dict[str, Any]) -> None:
    answer = data["paths"]["/v1/journal-runs/{jr-number}"]["get"]["responses"]["200"]
    answer["content"]["application/json"]["schema"] = {"type": "array", "items": {"type": "string"}}


def drop_answer(data: dict[str, Any]) -> None:
    del data["paths"]["/v1/journal-runs/{jr-number}"]["get"]["responses"]["200"]["content"]


RUN = "/v1/journal-runs/{jr-number}"
ALTERATIONS: list[tuple[Alteration, list[str]]] = [
    (drop_operation, [f"DELETE {RUN}: only here"]),
    (add_operation, ["GET /v1/journal-runs: only there"]),
    (add_operation_of_the_tag, ["GET /v1/journal-entries: only there"]),
    (add_operation_of_another_api, []),
    (rename_operation, ["POST /v1/journal-runs: operationId POST_JournalRun here, createRun there"]),
    (drop_parameter, ["POST /v1/journal-runs: header parameter Idempotency-Key only here"]),
    (add_parameter, ["POST /v1/journal-runs: query parameter dryRun only there"]),
    (
        move_parameter,
        [
            "POST /v1/journal-runs: header parameter Idempotency-Key only here",
            "POST /v1/journal-runs: query parameter Idempotency-Key only there",
        ],
    ),
    (demand_parameter, ["header parameter Zuora-Version: required false here, true there"]),
    (retype_parameter, ["path parameter jr-number: type string here, integer there"]),
    (limit_parameter, ["header parameter Zuora-Track-Id: maxLength 64 here, 100 there"]),
    (drop_body, [f"PUT {RUN}/cancel body: only here"]),
    (spare_body, ["POST /v1/journal-runs body: required true here, false there"]),
    (drop_field, ["GETJournalRunType.executedOn: only here"]),
    (add_field, ["POSTJournalRunType.bookId: only there"]),
    (retype_field, ["GETJournalRunType.totalJournalEntryCount: type integer here, string there"]),
    (demand_field, ["POSTJournalRunType.accountingPeriodName: required false here, true there"]),
    (change_field_of_an_item, ["CommonResponseTypeReasons.message: type string here, integer there"]),
    (single_label, ["POSTJournalRunType.organizationLabels: type array or object here, object there"]),
    (
        change_values,
        ["JournalRunStatus: value 'Error' only here", "JournalRunStatus: value 'Failed' only there"],
    ),
    (change_answer, ["GETJournalRunType: type object here, array there"]),
    (drop_answer, [f"GET {RUN} answer: only here"]),
]


def compared(theirs: dict[str, Any]) -> list[str]:
    return Comparison(tree.description(), Description(theirs), tree.names()["apis"]).differences()


def test_the_same_description_does_not_differ(theirs: dict[str, Any]) -> None:
    """Nothing is reported where nothing differs, and names of schemas do not matter."""
    text = json.dumps(theirs).replace("CommonResponseTypeReasons", "FailedReason").replace("Refusal", "CommonResponse")
    assert compared(json.loads(text)) == []


@pytest.mark.parametrize(("alter", "expected"), ALTERATIONS, ids=lambda value: getattr(value, "__name__", ""))
def test_each_alteration(theirs: dict[str, Any], alter: Alteration, expected: list[str]) -> None:
    """One alteration is one line, or one for each side of it."""
    alter(theirs)
    assert compared(theirs) == expected


def test_all_alterations_at_once(theirs: dict[str, Any]) -> None:
    """What is reported is the sum of the alterations, each once."""
    chosen = [each for each in ALTERATIONS if each[0] not in (drop_parameter, drop_answer, change_answer)]
    for alter, _ in chosen:
        alter(theirs)
    assert sorted(compared(theirs)) == sorted(line for _, lines in chosen for line in lines)


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_the_command(theirs: dict[str, Any], suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It reads both formats, and ends with 0 or 1."""
    path = tmp_path / f"theirs.{suffix}"
    path.write_text(json.dumps(theirs) if suffix == "json" else yaml.safe_dump(theirs), "utf-8")
    assert main(["--compare", str(path)]) == 0
    assert capsys.readouterr().out == ""
    change_values(theirs)
    path.write_text(json.dumps(theirs) if suffix == "json" else yaml.safe_dump(theirs), "utf-8")
    assert main(["--compare", str(path)]) == 1
    assert capsys.readouterr().out == (
        "JournalRunStatus: value 'Error' only here\nJournalRunStatus: value 'Failed' only there\n"
    )


@pytest.mark.parametrize("text", ["[]", "{", "swagger: '2.0'", "openapi: 3.0.3\npaths: {/a: {get: {$ref: '#/x'}}}"])
def test_what_is_no_description(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be compared ends with 2 and is named."""
    path = tmp_path / "theirs.yaml"
    path.write_text(text, "utf-8")
    code = main(["--compare", str(path)])
    printed = capsys.readouterr()
    if "paths" in text:
        assert code == 1  # nothing of ours is in it
        assert printed.out.count("only here") == 4
    else:
        assert (code, printed.out) == (2, "")
        assert "theirs.yaml cannot be compared" in printed.err
