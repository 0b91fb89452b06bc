"""Renders the reference pages from the code: ``python docs/render.py``, or ``--check`` to only compare.

Pages that are rendered as a whole: ``JournalRunsApi.md`` and one for each model and enum. In ``README.md`` and the
other pages, what stands between ``<!-- rendered: name -->`` and ``<!-- end -->`` is rendered.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import texts
from reference import api_page, method_rows, model_page
from source import attributes, class_source, fields, markdown, properties, summary, table

from openapi_client import AttemptEvent, Configuration, RateLimit, RetryPolicy, exceptions, models
from openapi_client._base import reasons as _reasons
from openapi_client._policy import hosts as _hosts

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
_REGION = re.compile(r"(<!-- rendered: (?P<name>[\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def settings() -> str:
    """Every setting of ``Configuration``, grouped; those that are properties come last."""
    parts: list[tuple[str, list[tuple[str, ...]]]] = []
    for name, assignment, text in attributes(class_source(Configuration)):
        if name in texts.SETTING_GROUPS:
            parts.append((texts.SETTING_GROUPS[name], []))
        if name[0] != "_":
            kind = re.sub(r"\b_\w+\.", "", ast.unparse(assignment.annotation))
            default = default_of(name, assignment)
            parts[-1][1].append((f"**{name}**", f"`{kind}`", f"`{default}`", markdown(text)))
    for name, value in vars(Configuration).items():
        if isinstance(value, property) and value.fset:
            kind = value.fget.__annotations__["return"] if value.fget else ""
            default = texts.DEFAULTS.get(name) or repr(getattr(Configuration(), name))
            parts[-1][1].append((f"**{name}**", f"`{kind}`", f"`{default}`", summary(value)))
    head = ("Name", "Type", "Default", "Description")
    return "\n".join(f"### {title}\n{table(head, group)}" for title, group in parts)


def default_of(name: str, assignment: ast.AnnAssign) -> str:
    """The default of a setting as the page shows it."""
    if name in texts.DEFAULTS:
        return texts.DEFAULTS[name]
    value = getattr(Configuration, name)
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
            if child.__module__ == exceptions.__name__:
                walk(child, indent)

    walk(exceptions.OpenApiException, "")
    width = max(len(name) for name, _ in lines)
    return "```text\n" + "\n".join(f"{name:<{width}}  {text}" for name, text in lines) + "\n```\n"


def categories() -> str:
    """The categories of Zuora's error codes."""
    retry = {**dict.fromkeys(_reasons.RETRYABLE, "yes"), **dict.fromkeys(_reasons.RETRYABLE_ONCE, "once")}
    statuses = texts.CATEGORY_STATUSES
    rows = [(code, text, statuses[code], retry.get(code, "no")) for code, text in _reasons.CATEGORIES.items()]
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


def model_list() -> str:
    """The list of models for the README."""
    return "\n" + "".join(f" - [{name}](docs/{name}.md)\n" for name in models.__all__) + "\n"


def endpoint_list() -> str:
    """The list of operations for the README."""
    rows = [["*JournalRunsApi*", *row] for row in method_rows("docs/")]
    return "\n" + table(("Class", "Method", "HTTP request", "Description"), rows) + "\n"


def data_centres() -> str:
    """Zuora's data centres."""
    rows = [(f"`{each['name']}`", each["description"], each["url"]) for each in _hosts.SETTINGS]
    return table(("Name", "Data centre", "URL"), rows)


REGIONS: dict[str, Callable[[], str]] = {
    "settings": settings,
    "data centres": data_centres,
    "exceptions": exception_tree,
    "exception fields": exception_fields,
    "categories": categories,
    "retry policy": lambda: field_table(RetryPolicy),
    "attempt event": lambda: field_table(AttemptEvent),
    "rate limit": lambda: field_table(RateLimit),
    "endpoints": endpoint_list,
    "models": model_list,
}


def with_regions(text: str) -> str:
    """A page with its regions rendered."""
    return _REGION.sub(lambda match: match[1] + REGIONS[match["name"]]() + match[3], text)


def pages() -> dict[Path, str]:
    """Every page and what it should hold."""
    whole = {DOCS / "JournalRunsApi.md": api_page()}
    whole.update({DOCS / f"{name}.md": model_page(getattr(models, name)) for name in models.__all__})
    written = [path for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))) if path not in whole]
    return {**whole, **{path: with_regions(path.read_text("utf-8")) for path in written}}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or compare them.

    :returns: exit code: 1 when ``--check`` finds a page out of date.
    """
    parser = argparse.ArgumentParser(prog="python docs/render.py", description="Render the reference pages.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is out of date")
    check = parser.parse_args(arguments).check
    stale = {path: text for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text}
    for path, text in stale.items():
        print(f"{'out of date' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            path.write_text(text, "utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
