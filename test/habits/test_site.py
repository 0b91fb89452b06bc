"""The documentation as a site: it builds without a warning, and its links lead somewhere, on the site and elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.package import ROOT
from support.pages import DOCS, PAGES, links_in, shown
from support.site import BUILD, Html, build

import openapi_client

INDEX = DOCS / "index.md"
DIAGRAM = DOCS / "explanation" / "lifecycle.svg"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Html]:
    """Every page of the site, as Sphinx makes it of the pages."""
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return {path: Html(path) for path in sorted((folder / "html").rglob("*.html"))}


def test_every_page_is_on_the_site(site: dict[Path, Html]) -> None:
    """Whatever can be read on a forge is there as well."""
    names = {path.name for path in site}
    assert [shown(page) for page in PAGES if f"{page.stem.lower()}.html" not in {name.lower() for name in names}] == []


def test_links_of_the_site_lead_somewhere(site: dict[Path, Html]) -> None:
    """Each link and picture is there, each anchor is in the page, and nothing is loaded from another site."""
    dead = []
    for path, page in site.items():
        for target in page.targets:
            name, _, anchor = target.partition("#")
            if re.match(r"\w+:", name):
                continue
            file = (path.parent / name.partition("?")[0]).resolve() if name else path
            if not file.is_file() or (anchor and file in site and anchor not in site[file].names):
                dead.append(f"{path.name}: {target}")
    assert dead == []


def test_pages_are_loaded_from_one_place(site: dict[Path, Html]) -> None:
    """Styles, scripts and pictures come from the site itself, so that it can be read without a network."""
    foreign = re.compile(r'<(?:script|img|link)\b[^>]*(?:src|href)="(?:https?:)?//[^"]*"')
    assert [path.name for path in site if foreign.search(path.read_text("utf-8"))] == []


def test_every_page_is_in_the_index() -> None:
    """Every page is linked by the index, or by the index of names."""
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in (INDEX, DOCS / "names.md")
        for target in links_in(page)
    }
    assert [shown(page) for page in PAGES if page not in linked] == [shown(INDEX)]


def test_every_public_name_is_documented_where_the_index_says() -> None:
    """The page that the index of names links a name to does speak of it."""
    rows = dict(re.findall(r"^\[`(\w+)`\]\(([\w./-]+)", (DOCS / "names.md").read_text("utf-8"), re.MULTILINE))
    silent = [
        name for name in openapi_client.__all__ if not re.search(rf"\b{name}\b", (DOCS / rows[name]).read_text("utf-8"))
    ]
    assert silent == ["__version__"]


def test_the_diagram_says_what_there_is() -> None:
    """The diagram of the statuses has each of them, and the page tells in words what it shows."""
    shown = ElementTree.parse(DIAGRAM).getroot()
    space = {"svg": "http://www.w3.org/2000/svg"}
    texts = {node.text for node in shown.findall(".//svg:g/svg:text", space)}
    assert {status.value for status in openapi_client.JournalRunStatus} <= texts
    (alternative,) = re.findall(r"!\[Diagram: (.+)\]\(lifecycle.svg\)", DIAGRAM.with_suffix(".md").read_text("utf-8"))
    assert alternative.lower() == str(shown.findtext("svg:desc", "", space)).lower()


def test_the_command_is_the_one_of_the_page() -> None:
    """CONTRIBUTING.md shows how the site is built, and the tests build it so."""
    assert f"sphinx-build {' '.join(BUILD)} docs site" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
