"""The pages that are rendered as a whole: ``JournalRunsApi.md``, and one for each model and enum."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

import texts
from source import attributes, class_source, fields, markdown, properties, summary, table, type_name

from openapi_client import ApiResponse, JournalRunsApi, models
from openapi_client._policy import hosts as _hosts
from openapi_client._schema import kinds as _kinds
from openapi_client.api import journal_runs_api

_BACK = "[[Back to README]](../README.md)"
_BACK_TO_API = "[[Back to API list]](../README.md#documentation-for-api-endpoints)"
_BACK_TO_MODELS = "[[Back to Model list]](../README.md#documentation-for-models)"
#: A wait takes the keyword arguments of its looks, apart from these.
_NOT_FOR_WAITS = ("_preload_content", "_return_http_data_only")
_WAIT_TYPES = {"until": "str or collection", "timeout": "float", "progress": "function"}


class Method(NamedTuple):
    """A method of the API class: an operation under both names, or a wait."""

    readable: str
    generated: str
    operation: journal_runs_api.Operation | None

    @property
    def code(self) -> Callable[..., Any]:
        """The function."""
        function: Callable[..., Any] = getattr(JournalRunsApi, self.readable)
        return function


def methods() -> list[Method]:
    """The operations by generated name, then the waits."""
    plain = {name: value for name, value in vars(JournalRunsApi).items() if name[0] != "_" and callable(value)}
    plain = {name: value for name, value in plain.items() if not name.endswith("_with_http_info")}
    wrapped = {name: value.__wrapped__.__name__ for name, value in plain.items() if hasattr(value, "__wrapped__")}
    waits = [name for name in plain if name not in wrapped and name not in wrapped.values()]
    operations = [Method(readable, name, operation_of(readable)) for name, readable in sorted(wrapped.items())]
    return [*operations, *(Method(name, name, None) for name in waits)]


def operation_of(readable: str) -> journal_runs_api.Operation:
    """The row of the operation table that a method uses."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(getattr(JournalRunsApi, readable))))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "self._call"]
    operation: journal_runs_api.Operation = getattr(journal_runs_api, ast.unparse(calls[0].args[0]))
    return operation


def call_options(operation: journal_runs_api.Operation | None) -> dict[str, str]:
    """Keyword arguments of a call -> type, from the ``TypedDict`` declarations; those with an underscore last."""
    tree = ast.parse(inspect.getsource(journal_runs_api))
    wanted = ("_CallOptions", "_CreateOptions" if operation and operation.options else "")
    declared = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name in wanted]
    items = [item for node in declared for item in node.body if isinstance(item, ast.AnnAssign)]
    found = {ast.unparse(item.target): type_name(item.annotation) for item in items}
    if operation:
        found["async_req"] = "bool"
    else:
        found = {name: kind for name, kind in found.items() if name not in _NOT_FOR_WAITS}
    return {name: found[name] for name in sorted(found, key=lambda name: name[0] == "_")}


def parameters(method: Method) -> list[tuple[str, str, str, str]]:
    """Name, type, description and note of each parameter."""
    operation = method.operation
    subject = operation.subject if operation else "jr_number"
    kind, text = texts.SUBJECTS[subject]
    text += texts.CANCEL_SUBJECT if method.readable == "cancel_journal_run" else ""
    kind = f"[**{kind}**]({kind}.md)" if kind in models.__all__ else f"**{kind}**"
    rows = [(f"**{subject}**", kind, text, "")]
    own = inspect.signature(method.code).parameters.values()
    for item in own:
        if item.kind is item.KEYWORD_ONLY:
            note = f"[optional] [default to {item.default}]" if item.default is not None else "[optional]"
            rows.append((f"**{item.name}**", f"**{_WAIT_TYPES[item.name]}**", texts.OPTIONS[item.name], note))
    for name, kind in call_options(operation).items():
        rows.append((f"**{name}**", f"**{kind}**", texts.OPTIONS[name], "[optional]"))
    return rows


def signature(name: str, method: Method) -> str:
    """The signature line, in the form of generated pages."""
    shown = [row[0].strip("*") for row in parameters(method)]
    result = method.operation.result if method.operation else result_of(method)
    visible = [shown[0], *(f"{each}={each}" for each in shown[1:] if each[0] != "_" and each != "async_req")]
    return f"> {result} {name}({', '.join(visible)})"


def result_of(method: Method) -> str:
    """The return type of a wait."""
    return str(inspect.signature(method.code).return_annotation)


def section(method: Method) -> str:
    """The section of one method."""
    operation, name = method.operation, method.generated
    names = list(dict.fromkeys((name, method.readable)))
    result = operation.result if operation else result_of(method)
    linked = f"[**{result}**]({result}.md)" if result in models.__all__ else f"**{result}**"
    lines = [f"# **{name}**"]
    lines += [f'<a id="{each}"></a>' for each in names[1:]]
    lines.append("\n>\n".join(signature(each, method) for each in names))
    lines += ["", summary(method.code), "", texts.NOTES[method.readable]]
    lines += ["", "### Example", "", f"```python\n{texts.EXAMPLES[method.readable].strip()}\n```"]
    lines += ["", "### Parameters", "", table(("Name", "Type", "Description", "Notes"), parameters(method))]
    lines += ["### Return type", "", linked, "", "### Authorization", "", texts.AUTHORIZATION]
    if operation:
        content_type = operation.content_type or "Not defined"
        accept = journal_runs_api._ACCEPT["Accept"]
        lines += [
            "",
            "### HTTP request headers",
            "",
            f" - **Content-Type**: {content_type}",
            f" - **Accept**: {accept}",
        ]
        headers = " <br> ".join(f"* {name} - {text}" for name, text in texts.RESPONSE_HEADERS.items())
        rows = f'**200** | Accepted, unless the body says `"success": false` | {headers} |\n'
        rows += (
            "**4xx, 5xx** | Refused or failed; see [errors.md](errors.md) | as far as the failing part sends them |\n"
        )
        lines += ["", "### HTTP response details", "| Status code | Description | Response headers |"]
        lines += ["|-------------|-------------|------------------|", rows]
    lines += ["", f"[[Back to top]](#) {_BACK_TO_API} {_BACK_TO_MODELS} {_BACK}", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def method_rows(prefix: str = "") -> list[list[str]]:
    """Link, HTTP request and description of each name of each method."""
    rows = []
    for method in methods():
        for name in dict.fromkeys((method.generated, method.readable)):
            operation = method.operation
            request = f"**{operation.verb}** {operation.path}" if operation else "**GET** /v1/journal-runs/{jr-number}"
            title = texts.TITLES[method.readable]
            rows.append([f"[**{name}**]({prefix}JournalRunsApi.md#{name})", request, title])
    return rows


def api_page() -> str:
    """``JournalRunsApi.md``."""
    answer = [(f"**{name}**", text) for name, text in {**properties(ApiResponse), **fields(ApiResponse)}.items()]
    parts = [
        "# openapi_client.JournalRunsApi\n",
        f"All URIs are relative to *{_hosts.DEFAULT}*\n",
        table(("Method", "HTTP request", "Description"), method_rows()),
        texts.INTRO + "\n",
        *map(section, methods()),
        f"# ApiResponse\n\n{texts.RESPONSE}\n\n{table(('Name', 'Description'), answer)}",
        f"{_BACK_TO_MODELS} {_BACK}\n",
    ]
    return "\n".join(parts)


def field_type(kind: Any) -> str:
    """The type of a field, with a link where it has a page."""
    inner = getattr(kind, "item", kind)
    if isinstance(inner, _kinds.Choice):
        return f"[**{kind.name}**]({type(next(iter(inner.members.values()))).__name__}.md)"
    is_model = isinstance(inner, _kinds.Nested)
    return f"[**{kind.name}**]({inner.model.__name__}.md)" if is_model else f"**{kind.name}**"


def model_page(cls: Any) -> str:
    """The page of a model or an enum."""
    if issubclass(cls, Enum):
        body = "## Values\n" + table(("Name", "Value", "Notes"), [value_row(member) for member in cls])
    else:
        described = {name: markdown(text) for name, _, text in attributes(class_source(cls))}
        rows = [
            (f"**{name}**", field_type(item.kind), described[name], "" if item.required else "[optional]")
            for name, item in cls._fields.items()
        ]
        body = "## Properties\n" + table(("Name", "Type", "Description", "Notes"), rows)
    note = texts.MODEL_NOTES.get(cls.__name__, "")
    parts = [
        f"# {cls.__name__}",
        summary(cls),
        body.rstrip(),
        note.rstrip(),
        f"{_BACK_TO_MODELS} {_BACK_TO_API} {_BACK}",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def value_row(member: Enum) -> tuple[str, str, str]:
    """Name, wire value and note of an enum member."""
    notes = [note for pattern, note in texts.TYPE_NOTES.items() if re.fullmatch(pattern, member.value)]
    return f"**{member.name}**", f"`{member.value}`", "; ".join(notes)
