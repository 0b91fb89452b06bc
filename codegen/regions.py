"""The parts of hand-written files that are rendered: between ``rendered: name`` and ``end`` in a comment."""

from __future__ import annotations

import re
from collections.abc import Mapping


def replaced(text: str, regions: Mapping[str, str], comment: str) -> str:
    """A file with its regions rendered.

    :param regions: name -> content, with a line break at its end.
    :param comment: ``#`` or ``<!--``: how a comment begins.
    :raises KeyError: a region of the file has a name that is not known.
    """
    close = r" -->" if comment == "<!--" else ""
    pattern = rf"([ ]*{comment} rendered: (?P<name>[\w ]+){close}\n).*?([ ]*{comment} end{close}\n)"
    return re.sub(pattern, lambda match: match[1] + regions[match["name"]] + match[3], text, flags=re.DOTALL)
