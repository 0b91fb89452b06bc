"""The regions of pages that tell about hand-written classes: read from their attributes and docstrings."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from codegen.markdown import table
from openapi_client import (
    ApiResponse,
    AttemptEvent,
    Configuration,
    JournalRunPoller,
    RateLimit,
    RetryPolicy,
    WaitEvent,
    exceptions,
)
from openapi_client._base import reasons as _reasons
from openapi_client._policy import hosts as _hosts

_ROLE = re.compile(r":\w+:`~?([\w.]+)`")
#: First setting of a group in the source -> heading of the group.
_GROUPS = {
    "host": "Server, and credentials of generated code",
    "access_token": "Zuora's ways to authenticate",
    "zuora_entity_ids": "Defaults of call parameters",
    "timeout": "Limits and retries",
    "verify_ssl": "TLS, connections and proxies",
    "client_side_validation": "Checks, hooks and the rest",
    "logger_stream_handler": "Logging",
}
#: Settings whose default reads better in words.
_DEFAULTS = {
    "api_key": "{}",
    "api_key_prefix": "{}",
    "connection_pool_maxsize": "5 per CPU",
    "clock": "the system's",
    "logger_formatter": "made of logger_format",
    "run_in_progress_patterns": "three of them",
}

#: Category of an error code -> HTTP status (Zuora docs, "API upgrades", minor version 2024-05-20).
_STATUSES = {
    10: "403",
    11: "401",
    20: "400",
    21: "400",
    22: "400",
    23: "400",
    27: "400",
    30: "400",
    40: "404",
    45: "405, 406 or 415",
    50: "409",
    60: "500",
    61: "500",
    70: "429",
    90: "400",
    99: "500",
}


def class_source(cls: type) -> ast.ClassDef:
    """The syntax tree of a class."""
    tree = ast.parse(inspect.getsource(inspect.getmodule(cls) or cls))
    return next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == cls.__name__)


def attributes(node: ast.ClassDef) -> Iterator[tuple[str, ast.AnnAssign, str]]:
    """Name, assignment and docstring of each documented attribute."""
    for item, text in zip(node.body, node.body[1:], strict=False):
        if isinstance(item, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            yield ast.unparse(item.target), item, inspect.cleandoc(str(text.value.value))


def markdown(text: str) -> str:
    """ReST inline markup as Markdown: roles become code."""
    return _ROLE.sub(lambda match: f"`{match[1].rpartition('.')[2]}`", text).replace("``", "`")


def summary(thing: Any) -> str:
    """The docstring without its fields, as Markdown."""
    return markdown(re.split(r"\n\s*:\w", inspect.getdoc(thing) or "")[0].strip())


def fields(thing: Any) -> dict[str, str]:
    """The ``:ivar name: text`` fields of a docstring, as sentences."""
    found = re.findall(r"^:ivar (\w+): (.*?)(?=^:\w|\Z)", inspect.getdoc(thing) or "", re.MULTILINE | re.DOTALL)
    return {name: markdown(text[0].upper() + " ".join(text[1:].split())) for name, text in found}


def properties(cls: type) -> dict[str, str]:
    """Name and description of each property."""
    return {name: summary(value) for name, value in vars(cls).items() if isinstance(value, property)}


def settings() -> str:
    """Every setting of ``Configuration``, grouped."""
    parts: list[tuple[str, list[tuple[str, ...]]]] = []
    for name, assignment, text in attributes(class_source(Configuration)):
        if name in _GROUPS:
            parts.append((_GROUPS[name], []))
        if name[0] != "_":
            kind = re.sub(r"\b_\w+\.|^Given\[|(?<=\])\]$", "", ast.unparse(assignment.annotation))
            default = default_of(name, assignment)
            parts[-1][1].append((f"**{name}**", f"`{kind}`", f"`{default}`", markdown(text)))
    head = ("Name", "Type", "Default", "Description")
    return "\n".join(f"### {title}\n{table(head, group)}" for title, group in parts)


def default_of(name: str, assignment: ast.AnnAssign) -> str:
    """The default of a setting as the page shows it."""
    if name in _DEFAULTS:
        return _DEFAULTS[name]
    value = getattr(Configuration, name)
    if isinstance(value, property):
        return repr(getattr(Configuration(), name))
    return repr(value) if isinstance(value, str) else ast.unparse(assignment.value) if assignment.value else ""


def exception_tree() -> str:
    """The exceptions as a tree, each with the first sentence of its docstring."""
    lines: list[tuple[str, str]] = []

    def walk(cls: type[Any], indent: str) -> None:
        if cls.__name__ in exceptions.__all__:
            first_paragraph = " ".join(summary(cls).split("\n\n")[0].split())
            lines.append((indent + cls.__name__, first_paragraph.replace("`", "")))
            indent += "    "
        for child in cls.__subclasses__():
            if child.__module__ == exceptions.__name__ and child.__bases__[0] is cls:
                walk(child, indent)

    walk(exceptions.OpenApiException, "")
    width = max(len(name) for name, _ in lines)
    return "```text\n" + "\n".join(f"{name:<{width}}  {text}" for name, text in lines) + "\n```\n"


def categories() -> str:
    """The categories of Zuora's error codes."""
    retry = {**dict.fromkeys(_reasons.RETRYABLE, "yes"), **dict.fromkeys(_reasons.RETRYABLE_ONCE, "once")}
    rows = [(code, text, _STATUSES[code], retry.get(code, "no")) for code, text in _reasons.CATEGORIES.items()]
    return table(("Category", "Meaning", "HTTP status from 2024-05-20 on", "Tried again"), rows)


def field_table(cls: Any) -> str:
    """The documented fields of a class; those of a named tuple with their defaults."""
    defaults = getattr(cls, "_field_defaults", {})
    if cls is RetryPolicy:
        shown = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in defaults.items()}
        rows = [(f"**{name}**", f"`{shown[name]}`", text) for name, text in fields(cls).items()]
        return table(("Name", "Default", "Description"), rows)
    return table(("Name", "Description"), [(f"**{name}**", text) for name, text in fields(cls).items()])


def exception_fields() -> str:
    """What every ``ApiException`` carries."""
    found = {**fields(exceptions.ApiException), **properties(exceptions.ApiException)}
    return table(("Name", "Description"), [(f"**{name}**", text) for name, text in found.items()])


def data_centres() -> str:
    """Zuora's data centres."""
    rows = [(f"`{each['name']}`", each["description"], each["url"]) for each in _hosts.SETTINGS]
    return table(("Name", "Data centre", "URL"), rows)


def response() -> str:
    """What an ``ApiResponse`` carries."""
    found = {**properties(ApiResponse), **fields(ApiResponse)}
    return table(("Name", "Description"), [(f"**{name}**", text) for name, text in found.items()])


def wait_event() -> str:
    """What an event of a wait carries."""
    return field_table(WaitEvent)


def poller() -> str:
    """What a poller can be asked, and what it has."""
    found = {**properties(JournalRunPoller)}
    for name, value in vars(JournalRunPoller).items():
        if inspect.isfunction(value) and name[0] != "_":
            parameters = str(inspect.signature(value).replace(return_annotation=inspect.Signature.empty))
            taken = ", ".join(re.findall(r"(\w+): '", parameters))
            found[f"{name}({taken})"] = " ".join(summary(value).split())
    return table(("Name", "Description"), [(f"**{name}**", text) for name, text in found.items()])


#: What the page of an API class tells beside its methods.
BESIDE_AN_API: dict[str, Callable[[], str]] = {"response": response, "poller": poller, "wait_event": wait_event}
REGIONS: dict[str, Callable[[], str]] = {
    "settings": settings,
    "data centres": data_centres,
    "exceptions": exception_tree,
    "exception fields": exception_fields,
    "categories": categories,
    "retry policy": lambda: field_table(RetryPolicy),
    "attempt event": lambda: field_table(AttemptEvent),
    "rate limit": lambda: field_table(RateLimit),
}
