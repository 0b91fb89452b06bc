"""What is read from a description: types, answers of several forms, what is demanded."""

from __future__ import annotations

from typing import Any

import pytest

from codegen import tree
from codegen.model import Surface
from codegen.reading import Description, Type, Unsupported

SCHEMAS: dict[str, Any] = {
    "Colour": {"type": "string", "enum": ["red", "green"]},
    "Pet": {"type": "object", "required": ["name", "owner"], "properties": {
        "name": {"type": "string"}, "owner": {"type": "string", "nullable": True},
        "colour": {"$ref": "#/components/schemas/Colour"}}},
    "Failure": {"type": "object", "properties": {"name": {"type": "integer"}, "why": {"type": "string"}}},
    "Names": {"type": "array", "items": {"type": "string"}},
}  # fmt: skip


def described(paths: dict[str, Any]) -> Description:
    return Description({"openapi": "3.0.3", "paths": paths, "components": {"schemas": SCHEMAS}})


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, Type("text")),
        ({"type": "string", "format": "date"}, Type("day")),
        ({"type": "string", "format": "date-time"}, Type("instant")),
        ({"type": "string", "enum": ["only"]}, Type("text")),
        ({"type": "object"}, Type("anything")),
        ({"allOf": [reference("Colour")], "description": "With a sentence."}, Type("choice", "Colour")),
        (reference("Pet"), Type("nested", "Pet")),
        (reference("Names"), Type("list", item=Type("text"))),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, Type("text")),
        ({"oneOf": [reference("Pet"), {"type": "array", "items": reference("Pet")}]},
         Type("one_or_more", item=Type("nested", "Pet"))),
    ],
)  # fmt: skip
def test_types(schema: dict[str, Any], expected: Type) -> None:
    """Each form of a schema has its type."""
    assert described({}).type_of(schema, "here") == expected


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "enum": ["a", "b"]},
        {"type": "object", "properties": {"a": {"type": "string"}}},
        {"type": "null"},
        {},
        {"anyOf": [reference("Pet"), reference("Failure")]},
    ],
)
def test_unsupported_types(schema: dict[str, Any]) -> None:
    """What has no form is an error that says where."""
    with pytest.raises(Unsupported, match="here"):
        described({}).type_of(schema, "here")


def surface_of(body: bool) -> Surface:
    answer = {"schema": {"anyOf": [reference("Pet"), reference("Failure")]}}
    operation: dict[str, Any] = {
        "operationId": "getPet",
        "tags": ["pets"],
        "responses": {"200": {"description": "A pet.", "content": {"application/json": answer}}},
    }
    if body:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": reference("Pet")}}}
    return Surface(described({"/pet": {"post": operation}}), {"apis": {"pets": None}})


def test_an_answer_of_several_forms() -> None:
    """It is one model: the success with what only its other forms have, which is never sure to be there."""
    surface = surface_of(body=False)
    assert surface.classes == ["Colour", "Pet"]
    fields = surface.models["Pet"].fields
    assert [(each.name, each.type.form, each.is_sure) for each in fields] == [
        ("name", "text", True),
        ("owner", "text", False),
        ("colour", "choice", False),
        ("why", "text", False),
    ]


@pytest.mark.parametrize("body", [False, True])
def test_what_is_demanded(body: bool) -> None:
    """Only what a user sends can be demanded, and what may be null is not."""
    model = surface_of(body).models["Pet"]
    assert model.is_sent is body
    assert [each.name for each in model.fields if each.is_demanded] == (["name"] if body else [])


def test_what_a_success_brings() -> None:
    """The fields that are always there and can have more than one value; what reads shows itself what it has."""
    (api,) = surface_of(body=False).apis
    assert [each.brings for each in api.operations] == [("name",)]
    (ours,) = Surface(tree.description(), tree.names()).apis
    brings = {each.name: each.brings for each in ours.operations}
    assert brings == {
        "create_journal_run": ("journalRunNumber",),
        "get_journal_run": (),
        "cancel_journal_run": (),
        "delete_journal_run": (),
    }


def test_two_values_of_one_member() -> None:
    """Two values that would be one member are an error, not one value less."""
    SCHEMAS["Colour"]["enum"].append("Red")
    try:
        with pytest.raises(Unsupported, match="Colour: two values have one member"):
            surface_of(body=False)
    finally:
        SCHEMAS["Colour"]["enum"].pop()


def test_our_description_says_what_a_refusal_carries() -> None:
    """The fields of a refusal are in every answer of ours, and stand after those of the generated client."""
    for name in ("CommonResponseType", "GETJournalRunType", "POSTJournalRunResponseType"):
        model = Surface(tree.description(), tree.names()).models[name]
        assert {"process_id", "reasons", "request_id", "success"} <= {each.name for each in model.fields}
