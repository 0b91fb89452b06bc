"""Reports every difference between our description and another one of the same API."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from codegen.reading import Description

_LIMITS = (
    "minLength", "maxLength", "pattern", "minimum", "maximum", "minItems", "maxItems", "format", "nullable", "default",
)  # fmt: skip
_NOTHING = "nothing"


class Comparison:
    """Walks through two descriptions at once, from the operations down.

    Schemas are matched by where they stand, since their names differ between versions; each pair is looked at once.
    A difference reads ``where: what here, what there``; "here" is our description.

    :param ours: our description.
    :param theirs: the other one.
    :param tags: the operations that it is about; others of these tags, or on the same paths, are reported as well.
    """

    def __init__(self, ours: Description, theirs: Description, tags: Collection[str]) -> None:
        self._ours = ours
        self._theirs = theirs
        self._tags = tags
        self._seen: set[tuple[str, str]] = set()

    def differences(self) -> list[str]:
        """Every difference once, in the order of our description."""
        return [*dict.fromkeys(self._all())]

    def _all(self) -> Iterator[str]:
        ours = dict(self._operations(self._ours, {}))
        paths = {path for _, path in ours}
        theirs = dict(self._operations(self._theirs, paths))
        for key in (*ours, *(key for key in theirs if key not in ours)):
            where = " ".join(key)
            if key not in theirs or key not in ours:
                yield f"{where}: {'only here' if key in ours else 'only there'}"
            else:
                yield from self._operation(where, ours[key], theirs[key])

    def _operations(
        self, description: Description, paths: Collection[str]
    ) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
        for path, verb, operation in description.operations():
            if path in paths or {*operation.get("tags", ())} & {*self._tags}:
                yield (verb.upper(), path), operation

    def _operation(self, where: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
        yield from _unequal(where, "operationId", ours.get("operationId"), theirs.get("operationId"))
        yield from self._parameters(where, ours["parameters"], theirs["parameters"])
        yield from self._bodies(f"{where} body", ours, theirs)
        yield from self._answers(f"{where} answer", ours, theirs)

    def _parameters(self, where: str, ours: list[Any], theirs: list[Any]) -> Iterator[str]:
        here, there = ({(each["in"], each["name"].lower()): each for each in some} for some in (ours, theirs))
        for key in (*here, *(key for key in there if key not in here)):
            node = here.get(key) or there[key]
            # Many operations share a parameter; the pair is compared once, so the operation is no part of its name.
            name = f"{node['in']} parameter {node['name']}"
            if key not in here or key not in there:
                yield f"{where}: {name} only {'here' if key in here else 'there'}"
                continue
            if self._is_new(here[key]["x-component"], there[key]["x-component"]):
                alone = name if here[key]["x-component"] else f"{where}: {name}"
                yield from _unequal(
                    alone, "required", here[key].get("required", False), there[key].get("required", False)
                )
                yield from self._schemas(alone, here[key]["schema"], there[key]["schema"])

    def _bodies(self, where: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
        (one, sends, media), (other, takes, their_media) = self._ours.body(ours), self._theirs.body(theirs)
        if bool(sends) is not bool(takes):
            yield f"{where}: only {'here' if sends else 'there'}"
        elif sends:
            yield from _unequal(where, "required", one.get("required", False), other.get("required", False))
            yield from self._schemas(where, media["schema"], their_media["schema"])

    def _answers(self, where: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
        forms, their_forms = self._ours.answer(ours)[1], self._theirs.answer(theirs)[1]
        if bool(forms) is not bool(their_forms):
            yield f"{where}: only {'here' if forms else 'there'}"
        elif forms:
            yield from self._objects(where, self._merged(self._ours, forms), self._merged(self._theirs, their_forms))

    @staticmethod
    def _merged(description: Description, forms: list[Any]) -> dict[str, Any]:
        """The forms of an answer as one: what the first one has, and the fields that only the others have."""
        first = description.follow(forms[0])
        if "properties" not in first:
            return {**forms[0]}
        properties = {**first["properties"]}
        for form in forms[1:]:
            for key, node in description.follow(form).get("properties", {}).items():
                properties.setdefault(key, node)
        return {**first, "properties": properties, "x-name": description.name_of(forms[0])}

    def _objects(self, where: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
        where = ours.get("x-name") or where
        if not self._is_new(ours.get("x-name", ""), theirs.get("x-name", "")):
            return
        if "properties" not in ours or "properties" not in theirs:
            yield from self._schemas(where, ours, theirs)
            return
        here, there = ours["properties"], theirs["properties"]
        for key in (*here, *(key for key in there if key not in here)):
            if key not in here or key not in there:
                yield f"{where}.{key}: only {'here' if key in here else 'there'}"
                continue
            required = (key in ours.get("required", ()), key in theirs.get("required", ()))
            yield from _unequal(f"{where}.{key}", "required", *required)
            yield from self._schemas(f"{where}.{key}", here[key], there[key])

    def _schemas(self, where: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[str]:
        here, there = self._ours.follow(ours), self._theirs.follow(theirs)
        name = self._ours.name_of(ours)
        types = (_type(self._ours, here), _type(self._theirs, there))
        yield from _unequal(where, "type", *types)
        if types[0] != types[1]:
            return
        if name and not self._is_new(name, self._theirs.name_of(theirs)):
            return
        where = name or where
        for limit in _LIMITS:
            yield from _unequal(where, limit, here.get(limit), there.get(limit))
        yield from _values(where, here.get("enum"), there.get("enum"))
        if "items" in here and "items" in there:
            yield from self._schemas(f"{where}[]", here["items"], there["items"])
        for one, other in zip(_choices(here), _choices(there), strict=False):
            yield from self._schemas(where, one, other)
        if here.get("properties") or there.get("properties"):
            yield from self._objects(where, {"properties": {}, **here}, {"properties": {}, **there})

    def _is_new(self, here: str, there: str) -> bool:
        """Whether a pair of named things has not been compared yet; what has no name always is."""
        if not here or not there:
            return True
        is_new = (here, there) not in self._seen
        self._seen.add((here, there))
        return is_new


def _choices(schema: Mapping[str, Any]) -> list[Any]:
    return list(schema.get("anyOf") or schema.get("oneOf") or ())


def _type(description: Description, schema: Mapping[str, Any]) -> str:
    """The type in a word, or the types of a choice."""
    choices = _choices(schema)
    if choices:
        return " or ".join(sorted(_type(description, description.follow(choice)) for choice in choices))
    return str(schema.get("type") or ("object" if "properties" in schema else _NOTHING))


def _unequal(where: str, what: str, here: Any, there: Any) -> Iterator[str]:
    if here != there:
        yield f"{where}: {what} {_shown(here)} here, {_shown(there)} there"


def _shown(value: Any) -> str:
    return _NOTHING if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _values(where: str, here: list[Any] | None, there: list[Any] | None) -> Iterator[str]:
    if here is None or there is None:
        yield from _unequal(where, "values", here, there)
        return
    for value in (*here, *(value for value in there if value not in here)):
        if value not in here or value not in there:
            yield f"{where}: value {_shown(value)!r} only {'here' if value in here else 'there'}"
