"""Renders the reference pages: one for each API class, model and enum; and the lists of them for the README."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from codegen import hints, markdown, naming, text
from codegen.model import Api, Choices, Field, Model, Operation, Parameter, Surface
from codegen.reading import Description, Type
from codegen.signatures import ANSWERING
from codegen.templates import templates

_HEAD = ("Name", "Type", "Description", "Notes")
_OPTIONAL = "[optional]"


class Pages:
    """Renders the pages of one surface.

    :param options: what every operation takes, see ``options.yaml``.
    :param beside: the tables that the page of an API class has beside its methods.
    """

    def __init__(
        self,
        surface: Surface,
        description: Description,
        options: Mapping[str, Mapping[str, Any]],
        beside: Mapping[str, Callable[[], str]],
    ) -> None:
        self._surface = surface
        self._description = description
        self._options = options
        self._beside = beside
        self._templates = templates()

    def files(self) -> dict[str, str]:
        """Name of the page -> content."""
        found = {f"{api.name}.md": self._api(api) for api in self._surface.apis}
        found.update({f"{model.name}.md": self._model(model) for model in self._surface.models.values()})
        found.update({f"{choices.name}.md": self._enum(choices) for choices in self._surface.enums.values()})
        return found

    def endpoints(self) -> str:
        """The list of operations for the README."""
        rows = [[f"*{api.name}*", *row] for api in self._surface.apis for row in self._rows(api, "docs/")]
        return "\n" + markdown.table(("Class", "Method", "HTTP request", "Description"), rows) + "\n"

    def classes(self) -> str:
        """The list of models and enums for the README."""
        return (
            "\n" + "".join(f" - [{name}](docs/{name}.md)\n" for name in map(naming.model, self._surface.classes)) + "\n"
        )

    def _render(self, template: str, **values: Any) -> str:
        return re.sub(r"\n{3,}", "\n\n", self._templates.get_template(template).render(**values)).rstrip() + "\n"

    def _rows(self, api: Api, prefix: str = "") -> list[list[str]]:
        """Link, HTTP request and title of each name of each method; the readable name first."""
        return [
            [f"[**{name}**]({prefix}{api.name}.md#{method.name})", f"**{method.verb}** {method.path}", method.title]
            for method in (*api.operations, *api.waits)
            for name in self._names(method)
        ]

    @staticmethod
    def _names(method: Operation) -> list[str]:
        """The readable name, and the generated one where that is another."""
        return list(dict.fromkeys((method.name, method.generated)))

    def _api(self, api: Api) -> str:
        headers = self._description.data["components"].get("headers", {})
        return self._render(
            "api.md.j2",
            api=api,
            server=self._description.data["servers"][0]["url"],
            table=markdown.table(("Method", "HTTP request", "Description"), self._rows(api)),
            intro=api.extra.get("page", ""),
            methods=[self._method(method, headers) for method in (*api.operations, *api.waits)],
            **{name: render() for name, render in self._beside.items()},
        )

    def _method(self, method: Operation, headers: Mapping[str, Any]) -> dict[str, Any]:
        names = self._names(method)
        rows = self._parameters(method)
        shown = [row[0].strip("*") for row in rows]
        taken = [shown[0] if rows[0][3] == "" else f"{shown[0]}={shown[0]}"] if rows else []
        taken += [f"{name}={name}" if row[3] else name for name, row in zip(shown[1:], rows[1:], strict=True)
                  if name[0] != "_" and name != "async_req"]  # fmt: skip
        result = method.extra.get("wraps") or (hints.page(method.answer) if method.answer else "None")
        return {
            "name": names[0],
            "anchors": names[1:],
            "signatures": [f"> {result} {name}({', '.join(taken)})" for name in names],
            "text": text.filled(self._said(method.text), 0),
            "note": method.extra.get("page", ""),
            "example": self._example(method),
            "parameters": markdown.table(_HEAD, rows),
            "result": self._result(method),
            "is_operation": method.look is None,
            "sends": method.sends or "Not defined",
            "headers": self._headers(method, headers),
        }

    def _result(self, method: Operation) -> str:
        found = self._linked(method.answer) if method.answer else "**None**"
        return f"[**{name}**](#{name.lower()}) of {found}" if (name := method.extra.get("wraps")) else found

    def _headers(self, method: Operation, headers: Mapping[str, Any]) -> str:
        """What the headers of a successful answer say."""
        if method.look:
            return ""
        operation = next(
            each
            for path, verb, each in self._description.operations()
            if (path, verb.upper()) == (method.path, method.verb)
        )
        responses = operation["responses"]
        answer = self._description.follow(responses[min(status for status in responses if str(status).startswith("2"))])
        named = answer.get("headers", {})
        return " <br> ".join(f"* {name} - {headers[name]['description']}" for name in named if name in headers)

    @staticmethod
    def _example(method: Operation) -> str:
        lines = method.extra.get("example", "").rstrip("\n").split("\n")
        return "\n".join(f"    {line}" if line else "" for line in lines) if lines != [""] else ""

    def _parameters(self, method: Operation) -> list[tuple[str, str, str, str]]:
        """Name, type, description and note of each parameter."""
        rows = [self._parameter(each) for each in method.parameters if each.required]
        if method.look:
            for name, each in method.extra["parameters"].items():
                kind = each.get("page") or "str or collection"
                note = _OPTIONAL if each["default"] == "None" else f"{_OPTIONAL} [default to {each['default']}]"
                rows.append((f"**{name}**", f"**{kind}**", self._said(each["text"]), note))
        rows += [self._parameter(each) for each in method.parameters if not each.required]
        for name, each in self._options.items():
            if not method.look or name not in ANSWERING:
                rows.append((f"**{name}**", f"**{each['page']}**", self._said(each["text"]), _OPTIONAL))
        return rows

    def _parameter(self, each: Parameter) -> tuple[str, str, str, str]:
        said = " ".join(filter(None, (each.text, each.extra.get("text"))))
        if "page" in each.extra:
            said = f"{said.rstrip('.')}; {each.extra['page']}"
        return f"**{each.name}**", self._linked(each.type), self._said(said), "" if each.required else _OPTIONAL

    def _said(self, said: str) -> str:
        return text.linked(said, self._surface.classes)

    def _linked(self, kind: Type) -> str:
        """The type in bold, as a link where it has a page."""
        inner, shown = kind.innermost, f"**{hints.page(kind)}**"
        return f"[{shown}]({naming.model(inner.name)}.md)" if inner.name else shown

    def _model(self, model: Model) -> str:
        return self._render(
            "model.md.j2",
            name=model.name,
            text=text.filled(self._said("\n\n".join(filter(None, (model.text, model.extra.get("text"))))), 0),
            heading="Properties",
            table=markdown.table(_HEAD, [self._field(each, model) for each in model.fields]),
            is_sent=model.is_sent,
            note=model.extra.get("page", ""),
        )

    def _field(self, each: Field, model: Model) -> Sequence[str]:
        renamed = {other.key: other.name for other in model.fields}
        note = "" if each.is_demanded else "in every successful answer" if each.is_sure else _OPTIONAL
        return f"**{each.name}**", self._linked(each.type), text.linked(each.text, self._surface.classes, renamed), note

    def _enum(self, choices: Choices) -> str:
        notes = choices.extra.get("notes", {})
        rows = [
            (
                f"**{member}**",
                f"`{value}`",
                "; ".join(note for pattern, note in notes.items() if re.fullmatch(pattern, value)),
            )
            for member, value in choices.members.items()
        ]
        return self._render(
            "model.md.j2",
            name=choices.name,
            text=text.filled(self._said(choices.text), 0),
            heading="Values",
            table=markdown.table(("Name", "Value", "Notes"), rows),
            is_sent=False,
            note=choices.extra.get("page", ""),
        )
