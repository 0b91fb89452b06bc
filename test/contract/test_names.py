"""The names that the tool gives are those that OpenAPI Generator 4.3.1 gives. ``tox -e contract``."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from support.generator import generate
from support.package import ROOT
from support.tool import make_importable

make_importable()

from codegen import naming, tree  # noqa: E402 - the tool is made importable above
from codegen.model import Surface  # noqa: E402 - as above
from codegen.reading import Description, load  # noqa: E402 - as above

pytestmark = pytest.mark.contract
INVENTED = ROOT / "test" / "data" / "invented"
#: Names that say how the generator cuts words, and what it does not let stand.
IDENTIFIERS = [
    "GET_JournalRun", "listPets", "getHTTPStatus", "find_pets-by:status", "GETAccountingPeriod", "getPetByID", "import",
    "print", "a.b/c", "2nd thing", "createToken",
]  # fmt: skip
PROPERTIES = [
    "class", "processId", "photoUrls", "x-note", "self", "_id", "ABC_D", "orderID", "page[size]", "2nd", "ID", "a.b",
]  # fmt: skip
SCHEMAS = ["order-line", "api_response", "HTTPError", "GETJournalRunType"]


def methods(package: Path) -> dict[str, dict[str, list[str]]]:
    """File of an API class -> method -> its positional parameters."""
    return {
        path.stem: {
            node.name: [argument.arg for argument in node.args.args[1:]]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.FunctionDef) and not node.name.endswith(("__", "_with_http_info"))
        }
        for path in (package / "api").glob("[a-z]*.py")
    }


def constructors(package: Path) -> dict[str, list[str]]:
    """File of a model -> the parameters of its constructor."""
    return {
        path.stem: [argument.arg for argument in node.args.args[1:-1]]
        for path in (package / "models").glob("[a-z]*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    }


def test_odd_names(tmp_path: Path) -> None:
    """Each name by itself, as the generator cuts and mends it."""
    answer = {"200": {"description": "Done."}}
    paths: dict[str, Any] = {
        f"/{index}": {"get": {"operationId": name, "tags": ["odd names"], "responses": answer}}
        for index, name in enumerate(IDENTIFIERS)
    }
    schemas = {name: {"type": "object", "properties": {"a": {"type": "string"}}} for name in SCHEMAS}
    schemas["order-line"]["properties"] = {name: {"type": "string"} for name in PROPERTIES}
    info = {"title": "Odd", "version": "1"}
    description = {"openapi": "3.0.1", "info": info, "paths": paths, "components": {"schemas": schemas}}
    (tmp_path / "odd.json").write_text(json.dumps(description), "utf-8")
    package = generate(tmp_path / "odd.json", "odd", tmp_path)
    assert {*methods(package)[naming.file(naming.api("odd names"))]} == {*map(naming.operation, IDENTIFIERS)}
    found = constructors(package)
    assert {*found} == {naming.file(naming.model(name)) for name in SCHEMAS}
    assert found["order_line"] == [naming.variable(name) for name in PROPERTIES]


@pytest.mark.parametrize("which", ["ours", "invented"])
def test_whole_descriptions(which: str, tmp_path: Path) -> None:
    """Methods, their positional parameters, and the fields of models, in a whole description."""
    description = tree.description() if which == "ours" else Description(load(INVENTED / "description.yaml"))
    names = tree.names() if which == "ours" else load(INVENTED / "names.yaml")
    names = {**names, "operations": {}, "models": {}}
    surface = Surface(description, names)
    (tmp_path / "given.json").write_text(json.dumps(description.data), "utf-8")
    package = generate(tmp_path / "given.json", "given", tmp_path)
    generated = methods(package)
    for api in surface.apis:
        assert generated[naming.file(api.name)] == {
            each.generated: [*(one.name for one in each.parameters if one.required), "kwargs"][:-1]
            for each in api.operations
        }
    fields = constructors(package)
    for name, model in surface.models.items():
        merged = surface._variants.get(name)  # the generator knows no answers of several forms
        ours = [each.name for each in model.fields]
        assert fields[naming.file(model.name)] == (ours[: len(fields[naming.file(model.name)])] if merged else ours)
