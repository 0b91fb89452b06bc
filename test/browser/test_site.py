"""The pages of the documentation in Chromium: on a telephone, and by day and by night.

``tox -e browser -- --screenshots FOLDER`` leaves pictures of some of them to look at, in ``FOLDER/site``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.page import Page
from selenium import webdriver
from support.pages import DOCS
from support.site import build

pytestmark = pytest.mark.browser
DIAGRAM = DOCS / "explanation" / "lifecycle.svg"
NOTEBOOK = "notebooks/quickstart"
LOOKED_AT = (
    NOTEBOOK,
    "index",
    "tutorial",
    "JournalRunsApi",
    "configuration",
    "howto/reading-errors",
    "explanation/lifecycle",
)
TELEPHONE, SCREEN = (360, 800), (1280, 900)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return folder / "html"


@pytest.fixture
def window(chromium: webdriver.Chrome) -> Page:
    return Page(chromium)


def faults_of(window: Page, site: Path, check: str) -> dict[str, list[str]]:
    """What a check finds on each page of the site."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        window.browser.get(path.as_uri())
        found[path.relative_to(site).as_posix()] = window.check(check)
    assert found
    return {name: faults for name, faults in found.items() if faults}


def test_no_page_scrolls_sideways_on_a_telephone(window: Page, site: Path) -> None:
    """What is wider than 360 pixels, such as a table, scrolls by itself."""
    window.resize(*TELEPHONE)
    assert faults_of(window, site, "overflowing") == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(window: Page, site: Path, scheme: str) -> None:
    """Texts and code have the contrast that WCAG asks for, by day and by night."""
    window.resize(*SCREEN)
    window.prefer(scheme)
    assert faults_of(window, site, "faint") == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [TELEPHONE, SCREEN], ids=["telephone", "screen"])
def test_what_the_notebook_shows_can_be_read(window: Page, site: Path, size: tuple[int, int], scheme: str) -> None:
    """Its tables, badges, drawing and traceback have the contrast they need, and none makes the page wider."""
    window.resize(*size)
    window.prefer(scheme)
    window.browser.get((site / f"{NOTEBOOK}.html").as_uri())
    assert len(window.find_all(".cell_output table")) >= 4
    assert len(window.find_all(".cell_output svg rect")) >= 2
    assert {check: found for check in ("overflowing", "faint", "pale") if (found := window.check(check))} == {}


@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(19, 20, 22)")])
def test_the_diagram_fits_the_page(window: Page, site: Path, scheme: str, colour: str) -> None:
    """The diagram has the background of the site in both schemes, and its texts can be read on it."""
    window.prefer(scheme)
    window.browser.get((site / "explanation" / "lifecycle.html").as_uri())
    assert window.run("return getComputedStyle(document.body).backgroundColor;") == colour
    window.run("document.body.innerHTML = arguments[0];", DIAGRAM.read_text("utf-8"))
    assert window.run("return getComputedStyle(document.querySelector('rect')).fill;") == colour
    assert window.check("faint") == []


@pytest.mark.parametrize(("size", "scheme"), [(TELEPHONE, "dark"), (SCREEN, "light")], ids=["telephone", "screen"])
def test_pictures_to_look_at(window: Page, site: Path, screenshots: Path, size: tuple[int, int], scheme: str) -> None:
    """Pictures of some pages, for people."""
    folder = screenshots / "site"
    folder.mkdir(exist_ok=True)
    window.resize(*size)
    window.prefer(scheme)
    for name in LOOKED_AT:
        window.browser.get((site / f"{name}.html").as_uri())
        window.save(folder / f"{name.replace('/', '-')}-{size[0]}.png")
    assert len(list(folder.glob(f"*-{size[0]}.png"))) == len(LOOKED_AT)
