"""Reads the description and the names into the values that templates and comparisons work on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_FORMATS = {"date": "day", "date-time": "moment"}
_PLAIN = {"boolean": "flag", "integer": "integer", "number": "number"}


class Unsupported(ValueError):
    """The description has something that the templates have no form for."""


class Type(NamedTuple):
    """What a value is.

    :ivar form: ``text``, ``flag``, ``integer``, ``number``, ``day``, ``moment``, ``anything``, ``choice`` (an enum),
        ``nested`` (a model), ``list`` or ``one_or_more``.
    :ivar name: of the enum or the model.
    :ivar item: of the list.
    """

    form: str
    name: str = ""
    item: Type | None = None

    @property
    def innermost(self) -> Type:
        """The type without the lists around it."""
        return self.item.innermost if self.item else self


def load(path: Path) -> dict[str, Any]:
    """A description or a table of names, YAML or JSON."""
    text = path.read_text("utf-8")
    found = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    if not isinstance(found, dict):
        raise Unsupported(f"{path.name} holds no mapping")
    return found


class Description:
    """An OpenAPI 3 description, with its references followed."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        if not str(data.get("openapi", "")).startswith("3."):
            raise Unsupported("the description is no OpenAPI 3")

    def follow(self, node: Any) -> Any:
        """What a node says, or what it refers to; a single ``allOf`` is a reference with a description beside it."""
        while isinstance(node, Mapping) and ("$ref" in node or len(node.get("allOf", ())) == 1):
            if "$ref" not in node:
                node = node["allOf"][0]
                continue
            target: Any = self.data
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    @staticmethod
    def name_of(node: Mapping[str, Any]) -> str:
        """The name of the schema that a node refers to, or nothing."""
        if "$ref" not in node and len(node.get("allOf", ())) == 1:
            node = node["allOf"][0]
        return str(node["$ref"]).rpartition("/")[2] if "$ref" in node else ""

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Path, verb and operation; parameters of the path included, after those of the operation."""
        for path, item in self.data.get("paths", {}).items():
            for verb in VERBS:
                if verb in item:
                    yield path, verb, {**item[verb], "parameters": self._parameters(item, item[verb])}

    def _parameters(self, item: Mapping[str, Any], operation: Mapping[str, Any]) -> list[dict[str, Any]]:
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for node in (*operation.get("parameters", ()), *item.get("parameters", ())):
            parameter = {**self.follow(node), "x-component": self.name_of(node)}
            found.setdefault((parameter["in"], parameter["name"]), parameter)
        return list(found.values())

    def body(self, operation: Mapping[str, Any]) -> tuple[dict[str, Any], str, dict[str, Any]]:
        """The request body, its media type, and what stands below that."""
        node = self.follow(operation.get("requestBody") or {})
        content = node.get("content") or {}
        media_type = next((name for name in content if "json" in name), next(iter(content), ""))
        return node, media_type, content.get(media_type) or {}

    def answer(self, operation: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
        """What a success is described as, and the schemas that its body can have; the first is the success itself."""
        responses = operation.get("responses", {})
        status = next((key for key in sorted(responses, key=str) if str(key).startswith("2")), None)
        if status is None:
            return "", []
        node = self.follow(responses[status])
        content = node.get("content") or {}
        media = next((content[name] for name in content if "json" in name), None)
        if not media or "schema" not in media:
            return node.get("description", ""), []
        schema = media["schema"]
        return node.get("description", ""), list(schema.get("anyOf") or schema.get("oneOf") or [schema])

    def type_of(self, node: Mapping[str, Any], where: str) -> Type:
        """The type of a schema.

        :raises Unsupported: there is no form for it.
        """
        schema, name = self.follow(node), self.name_of(node)
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            return self._of_choices(choices, where)
        kind = schema.get("type") or ("object" if "properties" in schema else "")
        if kind == "array":
            return Type("list", item=self.type_of(schema["items"], f"{where}[]"))
        if kind == "string":
            if len(schema.get("enum", ())) > 1:
                return Type("choice", self._named(name, where, "an enum"))
            return Type(_FORMATS.get(schema.get("format", ""), "text"))
        if kind == "object":
            return (
                Type("nested", self._named(name, where, "an object")) if schema.get("properties") else Type("anything")
            )
        if kind in _PLAIN:
            return Type(_PLAIN[kind])
        raise Unsupported(f"{where}: there is no form for {dict(schema)}")

    def _of_choices(self, choices: list[Mapping[str, Any]], where: str) -> Type:
        types = [self.type_of(choice, where) for choice in choices]
        if len(types) == 2 and types[1] == Type("list", item=types[0]):
            return Type("one_or_more", item=types[0])
        if {each.form for each in types} == {"integer", "text"}:
            return Type("text")  # an integer has one spelling
        raise Unsupported(f"{where}: there is no form for a choice between {types}")

    @staticmethod
    def _named(name: str, where: str, what: str) -> str:
        if not name:
            raise Unsupported(f"{where}: {what} needs a name, so put it below components/schemas")
        return name
