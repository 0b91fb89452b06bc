"""Reads what the pages are made of from the code: classes, attributes, docstrings; and writes Markdown."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

from openapi_client import models

_ROLE = re.compile(r":\w+:`~?([\w.]+)`")


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
    """ReST inline markup as Markdown: roles become code, or links where there is a page."""

    def name(match: re.Match[str]) -> str:
        last = match[1].rpartition(".")[2]
        return f"[{last}]({last}.md)" if last in models.__all__ else f"`{last}`"

    return _ROLE.sub(name, text).replace("``", "`")


def summary(thing: Any) -> str:
    """The docstring without its fields, as Markdown."""
    return markdown(re.split(r"\n\s*:\w", inspect.getdoc(thing) or "")[0].strip())


def fields(thing: Any) -> dict[str, str]:
    """The ``:ivar name: text`` fields of a docstring, as sentences."""
    found = re.findall(r"^:ivar (\w+): (.*?)(?=^:\w|\Z)", inspect.getdoc(thing) or "", re.MULTILINE | re.DOTALL)
    return {name: markdown(text[0].upper() + " ".join(text[1:].split())) for name, text in found}


def cell(text: Any) -> str:
    """Text for one cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table as generated pages write it."""
    lines = [" | ".join(head), " | ".join(["-------------"] * len(head))]
    return "\n".join([*lines, *(" | ".join(map(cell, row)).rstrip() for row in rows)]) + "\n"


def properties(cls: type) -> dict[str, str]:
    """Name and description of each property."""
    return {name: summary(value) for name, value in vars(cls).items() if isinstance(value, property)}


def type_name(node: ast.expr) -> str:
    """An annotation as a reader needs it: ``None`` and type arguments left out, unions joined by "or"."""
    if isinstance(node, ast.BinOp):
        parts = [type_name(node.left), type_name(node.right)]
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Union" and isinstance(node.slice, ast.Tuple):
        parts = [type_name(item) for item in node.slice.elts]
    else:
        parts = [ast.unparse(node.value if isinstance(node, ast.Subscript) else node)]
    return " or ".join(part for part in parts if part and part != "None")
