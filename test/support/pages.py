"""The user documentation as data: pages, their code blocks, links and anchors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
#: Without the copies of other pages that are made for the site.
PAGES = (ROOT / "README.md", *(page for page in sorted(DOCS.rglob("*.md")) if page.parent.name != "project"))

#: Its programs need more than the test requirements, so ``test/executors`` runs them.
EXECUTORS = DOCS / "howto" / "executors.md"

_FILE = re.compile(r"# (\w+\.py)\n")
_INLINE_CODE = re.compile(r"(`+).*?\1")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
#: A command in a line of shell: at its beginning, or in a substitution.
_COMMAND = re.compile(r"(?:^|\$\()zuora-journal-runs ", re.MULTILINE)
_RENDERED = re.compile(r"<!-- (rendered: [\w ]+|end) -->")


def shown(page: Path) -> str:
    """The name of a page in the repository, to tell tests apart."""
    return page.relative_to(ROOT).as_posix()


class Block(NamedTuple):
    """A fenced block.

    :ivar line: number of its first line of code, from 1.
    :ivar is_rendered: whether it stands in a region that the render script writes.
    """

    page: Path
    line: int
    language: str
    source: str
    is_rendered: bool = False

    @property
    def end(self) -> int:
        """Number of the line with the closing fence."""
        return self.line + self.source.count("\n")

    @property
    def uses_command_line(self) -> bool:
        """Whether it runs the command line of the package, and so is run by a shell."""
        return self.language == "sh" and _COMMAND.search(self.source) is not None

    def __str__(self) -> str:
        return f"{shown(self.page)}:{self.line}"


def blocks_in(page: Path, text: str | None = None) -> list[Block]:
    """Every fenced block of a page.

    :raises ValueError: a fence is not closed, or indented.
    """
    found: list[Block] = []
    opened, lines, is_rendered = 0, [], False
    for number, line in enumerate((page.read_text("utf-8") if text is None else text).splitlines(), 1):
        if line.startswith("```") and not opened:
            opened, language, lines = number, line[3:].strip(), []
        elif line == "```":
            found.append(Block(page, opened + 1, language, "".join(lines), is_rendered))
            opened = 0
        elif opened:
            lines.append(line + "\n")
        elif "```" in line or "~~~" in line:
            raise ValueError(f"{page.name}:{number}: a fence has to begin its line")
        elif match := _RENDERED.fullmatch(line):
            is_rendered = match[1] != "end"
    if opened:
        raise ValueError(f"{page.name}:{opened}: the fence is not closed")
    return found


def programs_of(page: Path) -> dict[str, Block]:
    """The programs of a page whose blocks are files: the first line of each says the name of its file."""
    found = [(_FILE.match(block.source), block) for block in blocks_in(page) if block.language == "python"]
    return {match[1]: block for match, block in found if match}


def prose_of(page: Path) -> str:
    """A page without its fenced blocks and inline code."""
    return _INLINE_CODE.sub("", _without_blocks(page))


def _without_blocks(page: Path) -> str:
    lines = page.read_text("utf-8").splitlines()
    for block in blocks_in(page):
        lines[block.line - 2 : block.end] = [""] * (block.end - block.line + 2)
    return "\n".join(lines)


def links_in(page: Path) -> list[str]:
    """Every link target of a page."""
    return _LINK.findall(prose_of(page))


def anchors_of(page: Path) -> set[str]:
    """Every anchor of a page: its headings as GitHub names them, and explicit ones."""
    text = _without_blocks(page)
    found = set(re.findall(r'<a id="([^"]+)"></a>', text))
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("*", "").replace("`", "").strip().lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        number = 0
        while (name := f"{slug}-{number}" if number else slug) in found:
            number += 1
        found.add(name)
    return found
