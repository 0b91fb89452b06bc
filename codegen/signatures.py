"""The signatures of methods and constructors, and what their docstrings say about each parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from codegen import hints, text
from codegen.model import Field, Model, Operation, Parameter, Surface

_NOT_ASYNC, _ASYNC = "Literal[False] | None = None", "Literal[True]"
_LOADED, _RAW = "Literal[True] = True", "Literal[False]"
_FULL, _DATA_ONLY = "Literal[False] | None = None", "Literal[True]"
#: Options that say how a call is answered; a wait, which has one answer, does not take them.
ANSWERING = ("async_req", "_preload_content", "_return_http_data_only")


class Case(NamedTuple):
    """One way to call an operation: the types of the options that decide, and what comes back."""

    options: Mapping[str, str]
    returns: str


class Signatures:
    """Writes the signatures of one surface."""

    def __init__(self, surface: Surface, options: Mapping[str, Mapping[str, Any]]) -> None:
        self._surface = surface
        self._options = options
        self._sent = [name for name, each in surface.models.items() if each.is_sent]

    def method(self, operation: Operation, *, info: bool) -> dict[str, Any]:
        """Everything about a method that the template writes."""
        data = hints.read(operation.answer) if operation.answer else "None"
        cases = [*_cases_with_info(data)] if info else [*_cases(data)]
        return {
            "name": operation.name + ("_with_http_info" if info else ""),
            "constant": operation.constant,
            "info": info,
            "parameters": self._parameters(operation, {}),
            "overloads": [
                {"parameters": self._parameters(operation, case.options), "returns": case.returns} for case in cases
            ],
            "returns": cases[-1].returns,
            "doc": self._doc(operation, info=info),
        }

    def wait(self, wait: Operation) -> dict[str, Any]:
        """Everything about a wait that the template writes."""
        own = wait.extra["parameters"]
        required = [each for each in wait.parameters if each.required]
        optional = [each for each in wait.parameters if not each.required]
        options = {name: each for name, each in self._options.items() if name not in ANSWERING}
        parameters = [f"{each.name}: {self._written(each)}" for each in required]
        parameters += ["*", *(self._of_wait(name, each) for name, each in own.items())]
        parameters += [self._optional(each) for each in optional]
        parameters += [f"{name}: {each['type']} = {each['default']}" for name, each in options.items()]
        home, _, call = wait.extra["calls"].rpartition(".")
        operations = ", ".join(each.constant for each in (wait.act, wait.look) if each)
        passed = "".join(f", {name}={name}" for name in own)
        returns = hints.read(wait.answer) if wait.answer else "None"
        return {
            "name": wait.name,
            "parameters": parameters,
            "returns": f"{wait.extra['wraps']}[{returns}]" if "wraps" in wait.extra else returns,
            "given": [each.name for each in (*required, *optional)] + [*options],
            "loaded": f"from {home} import {call}",
            "call": f'{call}(self.api_client, "{wait.name}", {operations}, given{passed})',
            "doc": self._doc_of_wait(wait, required, own, optional, options),
        }

    def _optional(self, each: Parameter) -> str:
        default = each.extra.get("default", "None").rpartition(".")[2]
        return f"{each.name}: {hints.optional(self._written(each))} = {default}"

    def _of_wait(self, name: str, each: Mapping[str, Any]) -> str:
        if "enum" not in each:
            return f"{name}: {each['type']} = {each['default']}"
        choices = self._surface.enums[each["enum"]]
        one = f"{choices.name} | {choices.name}Value"
        member = next(member for member, value in choices.members.items() if value == each["default"])
        return f"{name}: {one} | Collection[{one}] = {choices.name}.{member}"

    def _written(self, each: Parameter) -> str:
        return hints.written(each.type, self._sent)

    def _parameters(self, operation: Operation, decided: Mapping[str, str]) -> list[str]:
        """Parameters with types and defaults; ``decided`` has those of one case."""
        found = [f"{each.name}: {self._written(each)}" for each in operation.parameters if each.required]
        found.append("*")
        found += [self._optional(each) for each in operation.parameters if not each.required]
        for name, option in self._options.items():
            usual = f"{option['type']} = {option['default']}"
            found.append(f"{name}: {decided.get(name, usual)}")
        return found

    def _doc(self, operation: Operation, *, info: bool) -> str:
        request = f"(``{operation.verb} {operation.path}``)"
        first = f"{operation.title} {request}."
        if info:
            first = f"{operation.title}, with status and headers of the answer {request}."
        parts = [first, self._inline(operation.text)]
        if operation.source:
            parts.append(f"Source: {operation.source}.")
        entries = [*self._entries(operation.parameters), *self._option_entries(self._options)]
        if info:
            entries.append(
                ("returns", f"an :class:`~openapi_client.ApiResponse` with what :meth:`{operation.name}` gives.")
            )
        elif operation.answer:
            entries.append(("returns", self._inline(operation.extra["returns"])))
        entries += [
            ("raises ApiTypeError", "an argument of a wrong type or name; nothing is sent."),
            ("raises ApiValueError", "an argument that breaks a rule; nothing is sent."),
        ]
        raises = {"ApiException": "refused or failed.", **operation.extra.get("raises", {})}
        entries += [
            (f"raises {name}", self._inline(raises[name])) for name in sorted(raises, key=lambda n: n == "ApiException")
        ]
        return _laid_out(parts, entries)

    def _doc_of_wait(
        self,
        wait: Operation,
        required: Sequence[Parameter],
        own: Mapping[str, Mapping[str, Any]],
        optional: Sequence[Parameter],
        options: Mapping[str, Mapping[str, Any]],
    ) -> str:
        entries = [*self._entries(required), *self._option_entries(own), *self._entries(optional)]
        entries += self._option_entries(options)
        if wait.answer:
            entries.append(("returns", self._inline(wait.extra["returns"])))
        entries += [
            ("raises ApiTypeError", "an argument of a wrong type or name."),
            ("raises ApiValueError", "an argument that breaks a rule."),
        ]
        entries += [(f"raises {name}", self._inline(said)) for name, said in wait.extra["raises"].items()]
        return _laid_out([self._inline(wait.text)], entries)

    def _inline(self, said: str) -> str:
        return text.docstring(said, self._surface.classes)

    def _entries(self, parameters: Sequence[Parameter]) -> Iterator[tuple[str, str]]:
        for each in parameters:
            said = " ".join(filter(None, (each.text or f"`{each.wire or each.name}`.", each.extra.get("text"))))
            yield f"param {each.name}", self._inline(said)

    def _option_entries(self, options: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        for name, option in options.items():
            yield f"param {name}", self._inline(option["text"])


def _cases(data: str) -> Iterator[Case]:
    """What a plain operation returns, from the narrowest case to the one that says nothing."""
    yield Case({"async_req": _NOT_ASYNC, "_preload_content": _LOADED}, data)
    yield Case({"async_req": _ASYNC, "_preload_content": _LOADED}, f"AsyncResult[{data}]")
    yield Case({"async_req": _NOT_ASYNC, "_preload_content": _RAW}, "HTTPResponse")
    yield Case({"async_req": _ASYNC, "_preload_content": _RAW}, "AsyncResult[HTTPResponse]")
    yield Case({}, _any_of(data, "HTTPResponse"))


def _cases_with_info(data: str) -> Iterator[Case]:
    """What an operation returns that is asked for status and headers."""
    full = f"ApiResponse[{data}]"
    only = "_return_http_data_only"
    yield Case({"async_req": _NOT_ASYNC, "_preload_content": _LOADED, only: _FULL}, full)
    yield Case({"async_req": _NOT_ASYNC, "_preload_content": _LOADED, only: _DATA_ONLY}, data)
    yield Case({"async_req": _ASYNC, "_preload_content": _LOADED, only: _FULL}, f"AsyncResult[{full}]")
    yield Case({"async_req": _ASYNC, "_preload_content": _LOADED, only: _DATA_ONLY}, f"AsyncResult[{data}]")
    yield Case({"async_req": _NOT_ASYNC, "_preload_content": _RAW}, "HTTPResponse")
    yield Case({"async_req": _ASYNC, "_preload_content": _RAW}, "AsyncResult[HTTPResponse]")
    yield Case({}, _any_of(full, data, "HTTPResponse"))


def _any_of(*results: str) -> str:
    return " | ".join([*results, *(f"AsyncResult[{result}]" for result in results)])


def _laid_out(parts: Sequence[str], entries: Sequence[tuple[str, str]]) -> str:
    paragraphs = [text.filled(part, 8) for part in parts if part]
    lines = [text.filled(f":{name}: {said}", 8, 4) for name, said in entries]
    return "\n\n        ".join(paragraphs) + "\n\n        " + "\n        ".join(lines)


def constructors(model: Model, sent: Sequence[str]) -> list[list[str]]:
    """The parameters of a model's constructor as type checkers see them.

    Where a demanded field follows one that can be left out, Python has no single signature: there is one for keywords,
    and one for positions.
    """
    ours = [each for each in model.fields if not each.is_added]
    added = [_with_default(each, sent) for each in model.fields if each.is_added]
    last = ["local_vars_configuration: Any = None", *added]
    demanded = [index for index, each in enumerate(ours) if each.is_demanded]
    if not demanded or demanded[-1] < next((i for i, each in enumerate(ours) if not each.is_demanded), len(ours)):
        return [[*(_parameter(each, sent) for each in ours), *last]]
    first, end = next(i for i in demanded if any(not each.is_demanded for each in ours[:i])), demanded[-1] + 1
    by_keyword = [
        *(_parameter(each, sent) for each in ours[:first]),
        "*",
        *(_parameter(each, sent) for each in ours[first:]),
    ]
    by_position = [f"{each.name}: {_annotation(each, sent)}" for each in ours[:end]]
    return [[*by_keyword, *last], [*by_position, *(_parameter(each, sent) for each in ours[end:]), *last]]


def _annotation(each: Field, sent: Sequence[str]) -> str:
    written = hints.written(each.type, sent)
    return written if each.is_demanded else hints.optional(written)


def _with_default(each: Field, sent: Sequence[str]) -> str:
    return f"{each.name}: {_annotation(each, sent)} = None"


def _parameter(each: Field, sent: Sequence[str]) -> str:
    return f"{each.name}: {_annotation(each, sent)}" if each.is_demanded else _with_default(each, sent)


def keys(model: Model, sent: Sequence[str]) -> list[tuple[str, str]]:
    """The keys of a request that is given as a dict, in both spellings, and their types."""
    found: dict[str, str] = {}
    for each in model.fields:
        found[each.name] = found[each.key] = _annotation(each, sent)
    return [*found.items(), ("additional_properties", "dict[str, Any]")]
