"""The API as the templates see it: classes, operations, parameters, models, enums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from codegen import naming
from codegen.reading import Description, Type, Unsupported

_STYLES = {"form": "csv", "simple": "csv", "spaceDelimited": "ssv", "pipeDelimited": "pipes"}
#: What these answer shows itself; what an answer to another verb lacks may mean that nothing was done.
_READING = ("get", "head", "options", "trace")
_LIMITS = {
    "shortest": ("minLength", "minItems"),
    "longest": ("maxLength", "maxItems"),
    "least": ("minimum",),
    "most": ("maximum",),
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation; the body is one, too."""

    name: str
    place: str
    wire: str
    type: Type
    required: bool
    text: str
    style: str | None = None
    limits: tuple[tuple[str, Any], ...] = ()
    component: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """An operation, or a wait: it repeats one (``look``), perhaps after another one (``act``).

    :ivar brings: the fields, by wire name, without which an answer is no success.
    """

    name: str
    generated: str
    verb: str
    path: str
    title: str
    text: str
    source: str
    parameters: tuple[Parameter, ...]
    answer: Type | None
    brings: tuple[str, ...] = ()
    sends: str | None = None
    body: Any = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    look: Operation | None = None
    act: Operation | None = None

    @property
    def constant(self) -> str:
        """The name of its declaration."""
        return f"_{self.name.upper()}"


@dataclass(frozen=True)
class Api:
    """An API class."""

    name: str
    tag: str
    extra: Mapping[str, Any]
    operations: tuple[Operation, ...]
    waits: tuple[Operation, ...]


@dataclass(frozen=True)
class Field:
    """A field of a model.

    :ivar is_sure: whether the description says that it is there.
    :ivar is_demanded: whether the constructor refuses to do without it: only what a user sends can be demanded.
    """

    name: str
    key: str
    type: Type
    is_sure: bool
    is_demanded: bool
    is_added: bool
    text: str


@dataclass(frozen=True)
class Model:
    """A model. ``is_sent`` says whether it is part of a request, so that it can be given as a dict."""

    name: str
    text: str
    fields: tuple[Field, ...]
    is_sent: bool
    extra: Mapping[str, Any]


@dataclass(frozen=True)
class Choices:
    """An enum: member -> value."""

    name: str
    text: str
    members: Mapping[str, str]
    extra: Mapping[str, Any]


class Surface:
    """Everything that is rendered.

    :param description: what the API is.
    :param names: what no description says.
    """

    def __init__(self, description: Description, names: Mapping[str, Any]) -> None:
        self._description = description
        self._names = names
        #: Models by name -> whether they are part of a request.
        self._reached: dict[str, bool] = {}
        self._enums: set[str] = set()
        #: Models that are an answer -> the other forms that the same answer can have.
        self._variants: dict[str, list[str]] = {}
        self.apis = tuple(self._api(tag, extra or {}) for tag, extra in names["apis"].items())
        self.models = {name: self._model(name) for name in sorted(self._reached)}
        self.enums = {name: self._choices(name) for name in sorted(self._enums)}

    @property
    def classes(self) -> list[str]:
        """Models and enums, sorted."""
        return sorted({*self.models, *self.enums})

    def _extra(self, table: str, name: str) -> Mapping[str, Any]:
        return self._names.get(table, {}).get(name) or {}

    def _api(self, tag: str, extra: Mapping[str, Any]) -> Api:
        found = [
            self._operation(path, verb, node, extra)
            for path, verb, node in self._description.operations()
            if tag in node.get("tags", ())
        ]
        by_id = {operation.extra["id"]: operation for operation in found}
        waits = [
            self._wait(name, wait, by_id[wait["look"]], by_id.get(wait.get("act", "")))
            for name, wait in self._names.get("waits", {}).items()
            if wait["look"] in by_id
        ]
        return Api(naming.api(tag), tag, extra, tuple(found), tuple(waits))

    def _operation(self, path: str, verb: str, node: Mapping[str, Any], api: Mapping[str, Any]) -> Operation:
        where = f"{verb.upper()} {path}"
        identifier = node["operationId"]
        extra = {"id": identifier, **self._extra("operations", identifier)}
        parameters = [self._parameter(each, where) for each in node["parameters"]]
        body, sends, fixed = self._body(node, extra, where)
        ordered = sorted([*parameters, *([body] if body else [])], key=lambda each: not each.required)
        description, forms = self._description.answer(node)
        generated = naming.operation(identifier)
        title = node.get("summary", identifier)
        return Operation(
            extra.get("name", generated), generated, verb.upper(), path, title, node.get("description", ""),
            api.get("source", "").format(summary=title), tuple(ordered), self._answer(forms, where),
            () if verb in _READING else self._brings(forms), sends, fixed, {"returns": description, **extra},
        )  # fmt: skip

    def _brings(self, forms: list[dict[str, Any]]) -> tuple[str, ...]:
        """The required fields of an answer that can have more than one value: the others say nothing."""
        schema = self._description.follow(forms[0]) if forms else {}
        found = {key: self._description.follow(node) for key, node in schema.get("properties", {}).items()}
        return tuple(
            key
            for key, node in found.items()
            if key in schema.get("required", ()) and len(node.get("enum", "12")) > 1 and not node.get("nullable", False)
        )

    def _wait(self, name: str, wait: Mapping[str, Any], look: Operation, act: Operation | None) -> Operation:
        first = act or look
        answers = {"nothing": None, "answer": first.answer}
        return Operation(
            name, name, first.verb, first.path, wait["title"], wait["text"], first.source, first.parameters,
            answers.get(wait.get("gives", ""), look.answer), extra=wait, look=look, act=act,
        )  # fmt: skip

    def _parameter(self, node: Mapping[str, Any], where: str) -> Parameter:
        wire, place = node["name"], node["in"]
        where = f"{where} {wire}"
        if place not in ("path", "query", "header"):
            raise Unsupported(f"{where}: there is no form for a parameter in {place}")
        schema = self._description.follow(node["schema"])
        kind = self._reach(self._description.type_of(node["schema"], where), is_sent=True)
        style = None
        if kind.form == "list":
            named = node.get("style", "form" if place == "query" else "simple")
            style = "multi" if place == "query" and node.get("explode", named == "form") else _STYLES[named]
        limits = {name: schema[key] for name, keys in _LIMITS.items() for key in keys if key in schema}
        if place == "path" and limits.get("shortest") == 1:
            del limits["shortest"]  # a path parameter is never empty
        extra = self._extra("parameters", wire)
        return Parameter(
            naming.variable(wire), place, wire, kind, node.get("required", False), node.get("description", ""), style,
            () if "rule" in extra else tuple(limits.items()), node["x-component"], extra,
        )  # fmt: skip

    def _body(
        self, node: Mapping[str, Any], extra: Mapping[str, Any], where: str
    ) -> tuple[Parameter | None, str | None, Any]:
        """The body as a parameter, its media type, and what is sent where it is no parameter."""
        body, sends, media = self._description.body(node)
        if not sends:
            return None, None, None
        if "json" not in sends:
            raise Unsupported(f"{where}: there is no form for a body of {sends}")
        sends = extra.get("sends", sends)
        kind = self._description.type_of(media["schema"], where)
        if kind.form == "anything" and "example" in media and not body.get("required"):
            return None, sends, media["example"]
        self._reach(kind, is_sent=True)
        name = extra.get("body", naming.variable(kind.innermost.name or "body"))
        text = body.get("description", "")
        return Parameter(name, "body", "", kind, body.get("required", False), text), sends, None

    def _answer(self, forms: list[dict[str, Any]], where: str) -> Type | None:
        if not forms:
            return None
        first = self._description.type_of(forms[0], where)
        others = [self._description.name_of(form) for form in forms[1:]]
        if others and first.form != "nested":
            raise Unsupported(f"{where}: only a model can have other forms")
        self._reach(first, is_sent=False)
        for name in others:
            known = self._variants.setdefault(first.name, [])
            if name not in known:
                known.append(name)
                self._reach_fields(name, is_sent=False)
        return first

    def _reach(self, kind: Type, *, is_sent: bool) -> Type:
        inner = kind.innermost
        if inner.form == "choice":
            self._enums.add(inner.name)
        elif inner.form == "nested" and (
            inner.name not in self._reached or (is_sent and not self._reached[inner.name])
        ):
            self._reached[inner.name] = is_sent
            self._reach_fields(inner.name, is_sent=is_sent)
        return kind

    def _reach_fields(self, name: str, *, is_sent: bool) -> None:
        for key, (node, _) in self._properties(name).items():
            self._reach(self._description.type_of(node, f"{name}.{key}"), is_sent=is_sent)

    def _properties(self, name: str) -> dict[str, tuple[Mapping[str, Any], bool]]:
        """The fields of a model, and whether each is always there; those of its other forms never are."""
        schemas = self._description.data["components"]["schemas"]
        required = schemas[name].get("required", ())
        found = {key: (node, key in required) for key, node in schemas[name]["properties"].items()}
        for variant in self._variants.get(name, ()):
            for key, node in schemas[variant]["properties"].items():
                found.setdefault(key, (node, False))
        return found

    def _model(self, name: str) -> Model:
        extra = self._extra("models", name)
        properties = self._properties(name)
        old = extra.get("positional", [])
        order = [*old, *(key for key in properties if key not in old)]
        fields = []
        for key in order:
            node, is_required = properties[key]
            kind = self._description.type_of(node, f"{name}.{key}")
            kind = Type(extra["kinds"][key]) if key in extra.get("kinds", {}) else kind
            is_sure = is_required and not self._description.follow(node).get("nullable", False)
            text = node.get("description") or self._description.follow(node).get("description", "")
            demanded, added = is_sure and self._reached[name], bool(old) and key not in old
            fields.append(Field(naming.variable(key), key, kind, is_sure, demanded, added, text))
        schema = self._description.data["components"]["schemas"][name]
        return Model(
            naming.model(name),
            schema.get("description") or f"{name} of the API.",
            tuple(fields),
            self._reached[name],
            extra,
        )

    def _choices(self, name: str) -> Choices:
        extra = self._extra("enums", name)
        schema = self._description.data["components"]["schemas"][name]
        members = {extra.get("members", {}).get(value, naming.member(value)): value for value in schema["enum"]}
        if len(members) < len(schema["enum"]):
            raise Unsupported(f"{name}: two values have one member; name them in names.yaml")
        return Choices(naming.model(name), schema.get("description") or f"{name} of the API.", members, extra)
