"""The documentation as a site: ``sphinx-build -W -n -b html docs site``.

The pages are written for a forge, so that they can be read without being built. This file makes of them what Sphinx
wants: tables of contents out of the lists of ``index.md``, and a copy of each page that lies outside of this folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
#: Pages beside this folder, and their copies in it, which are made at each build.
COPIES = {
    ROOT / "README.md": DOCS / "project" / "readme.md",
    ROOT / "CHANGELOG.md": DOCS / "project" / "changelog.md",
    ROOT / "CONTRIBUTING.md": DOCS / "project" / "contributing.md",
    ROOT / "SECURITY.md": DOCS / "project" / "security.md",
    ROOT / "LICENSE": DOCS / "project" / "licence.md",
    ROOT / "codegen" / "README.md": DOCS / "project" / "codegen.md",
}
_VERSION = re.search(r'"(.+)"', (ROOT / "openapi_client" / "_version.py").read_text("utf-8").rpartition("=")[2])

project = "zuora-journal-runs"
release = version = _VERSION[1] if _VERSION else ""
html_title = f"{project} {release}"
html_show_copyright = False
html_show_sphinx = False
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_theme_options = {
    # The border of the search field, with the contrast that a control needs (WCAG 2.2, 1.4.11).
    "light_css_variables": {"color-sidebar-search-border": "#767b85"},
    "dark_css_variables": {"color-sidebar-search-border": "#8a8f98"},
}
extensions = ["myst_nb"]
smartquotes = False  # a quoted message stays as it is printed
myst_heading_anchors = 4  # named as forges name them
# The notebook is kept without outputs; what it shows is made at each build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60
nb_merge_streams = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # nothing is loaded from another site
exclude_patterns = ["notebooks/.ipynb_checkpoints"]


def moved(text: str, page: Path, home: Path) -> str:
    """The text of a page with links that lead to the same places from the folder of its copy.

    :param page: where the text comes from.
    :param home: the folder it is read in.
    """

    def target(match: re.Match[str]) -> str:
        name, anchor = match[1], match[2] or ""
        file = (page.parent / name).resolve()
        if not name or ":" in name or (home == page.parent and file not in COPIES):
            return match[0]
        return f"]({Path(os.path.relpath(COPIES.get(file, file), home)).as_posix()}{anchor})"

    return re.sub(r"\]\(([^)#\s]*)(#[^)\s]*)?\)", target, text)


def toctree(names: Iterable[str], *options: str) -> str:
    """A table of contents that shows in the sidebar only."""
    return "\n".join(["\n", "```{toctree}", ":hidden:", *options, "", *names, "```", ""])


def contents(text: str) -> str:
    """A page whose lists of links, one below each heading, are tables of contents as well."""

    def section(match: re.Match[str]) -> str:
        links = re.findall(r"^- \[([^\]]*)\]\(([^)#\s]+)\)", match[0], re.MULTILINE)
        names = [f"{title} <{name}>" for title, name in links]
        return match[0].rstrip() + toctree(names, f":caption: {match[1]}") + "\n"

    return re.sub(r"^## (.+)\n(?:(?!^## ).*\n)*", section, text, flags=re.MULTILINE)


def copy_pages(_app: Sphinx) -> None:
    """Put copies of the pages that lie elsewhere into this folder."""
    for page, copy in COPIES.items():
        text = page.read_text("utf-8")
        if not page.suffix:
            text = f"# Licence\n\n```text\n{text}```\n"
        copy.parent.mkdir(exist_ok=True)
        if not copy.exists() or copy.read_text("utf-8") != moved(text, page, copy.parent):
            copy.write_text(moved(text, page, copy.parent), "utf-8")


def adapt(_app: Sphinx, name: str, source: list[str]) -> None:
    """Change what only a forge understands, just before a page is read."""
    page = DOCS / f"{name}.md"
    if page.exists():
        source[0] = moved(source[0], page, page.parent)
    if name == "index":
        source[0] = contents(source[0])
    if name == "names":
        models = sorted({*re.findall(r"\]\(([A-Z]\w+(?<!Api))\.md\)", source[0])})
        source[0] += toctree(models)


def setup(app: Sphinx) -> None:
    """Connect the above."""
    app.connect("builder-inited", copy_pages)
    app.connect("source-read", adapt)
