"""CommonMark, as the description has it, as docstrings and as cells of tables."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Mapping

_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
_CODE = re.compile(r"`([^`]+)`")
#: Classes of the runtime that sentences mention.
_RUNTIME = re.compile(
    r"(openapi_client(\.\w+)+|ApiResponse|JournalRunPoller|RetryPolicy|WaitEvent|[A-Z]\w+(Exception|Error))"
)
_WIDTH = 120


def docstring(text: str, classes: Collection[str] = (), names: Mapping[str, str] | None = None) -> str:
    """Inline CommonMark as reST: code, classes as roles, links as their text.

    :param classes: names of models and enums.
    :param names: what a name on the wire is called in Python.
    """
    renamed = names or {}

    def code(match: re.Match[str]) -> str:
        name = match[1]
        if name in classes or _RUNTIME.fullmatch(name):
            return f":class:`{name}`" if "." in name else f":class:`~openapi_client.{name}`"
        return f"``{renamed.get(name, name)}``"

    return _CODE.sub(code, _LINK.sub(r"\1", text)).strip()


def linked(text: str, classes: Collection[str] = (), names: Mapping[str, str] | None = None) -> str:
    """CommonMark for a page: names of classes become links to their pages."""
    renamed = names or {}

    def code(match: re.Match[str]) -> str:
        name = match[1]
        return f"[{name}]({name}.md)" if name in classes else f"`{renamed.get(name, name)}`"

    return _CODE.sub(code, text)


def filled(text: str, indent: int, hanging: int = 0) -> str:
    """Paragraphs as lines of a docstring; the first line is not indented, as the template does that."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines += ["", *_wrapped(paragraph, indent, hanging)] if lines else _wrapped(paragraph, indent, hanging)
    return "\n".join(" " * indent + line if line else "" for line in lines).lstrip()


def _wrapped(paragraph: str, indent: int, hanging: int) -> list[str]:
    return textwrap.wrap(
        " ".join(paragraph.split()),
        _WIDTH - indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
