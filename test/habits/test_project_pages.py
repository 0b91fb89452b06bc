"""The pages for those who adopt the project or change it: what they name is there, and what they promise is so."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
import yaml
from support.package import PROJECT, ROOT
from support.pages import PAGES, anchors_of, blocks_in, links_in

CONTRIBUTING, SECURITY, CHANGELOG = (ROOT / f"{name}.md" for name in ("CONTRIBUTING", "SECURITY", "CHANGELOG"))
SUPPORT = ROOT / "docs" / "support.md"
TOX = configparser.ConfigParser(interpolation=None)
TOX.read_string((ROOT / "tox.ini").read_text("utf-8"))


@pytest.mark.parametrize("page", [CONTRIBUTING, SECURITY, CHANGELOG], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists, and every anchor a heading in it."""
    for target in links_in(page):
        if not target.startswith("https://"):
            name, _, anchor = target.partition("#")
            file = (page.parent / name).resolve() if name else page
            assert file.is_file(), target
            assert not anchor or anchor in anchors_of(file), target


def test_readme_leads_to_them() -> None:
    """Whoever reads the README finds the licence, the changelog, and how to report, to change and to rely on it."""
    linked = {target.partition("#")[0] for target in links_in(ROOT / "README.md")}
    assert {"LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/support.md"} <= linked


def places() -> Iterator[Path]:
    """What the tree in CONTRIBUTING.md names."""
    tree = next(block for block in blocks_in(CONTRIBUTING) if block.language == "text")
    parents = {0: ROOT}
    for line in tree.source.splitlines():
        indent = len(line) - len(line.lstrip())
        for name in takewhile(lambda word: word.endswith(("/", ".py")), line.split()):
            parents[indent + 2] = parents[indent] / name
            yield parents[indent + 2]


def test_the_tree_is_there() -> None:
    """Each file and folder of the tree exists, and no layer is left out."""
    named = {*places()}
    assert [str(place.relative_to(ROOT)) for place in sorted(named) if not place.exists()] == []
    folders = {path for path in (ROOT / "openapi_client").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= named


def test_test_folders_are_described() -> None:
    """The table of tests lists every folder of tests, and no other."""
    rows = [line for line in CONTRIBUTING.read_text("utf-8").splitlines() if line.startswith("`test/")]
    named = {name for row in rows for name in re.findall(r"`test/(\w+)`", row)}
    assert named == {path.name for path in (ROOT / "test").iterdir() if path.is_dir() and path.name != "__pycache__"}


def test_environments_exist() -> None:
    """Whatever a page tells to run with ``tox -e`` is an environment."""
    environments = {section.removeprefix("testenv:") for section in TOX.sections()}
    for page in (*PAGES, CONTRIBUTING, SECURITY):
        for names in re.findall(r"tox -e ([\w,-]+)", page.read_text("utf-8")):
            assert set(names.split(",")) <= environments, page.name


def test_hooks_do_what_tox_does() -> None:
    """A commit hook runs a command that gates a change, so that it never says something else."""
    gates = " \n".join(TOX[section].get("commands", "") for section in ("testenv:lint", "testenv:types"))
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    for hook in hooks[0]["hooks"]:
        assert re.search(rf"^{re.escape(hook['entry'])}\b", gates, re.MULTILINE), hook["id"]


def test_support_is_what_is_declared() -> None:
    """The table of support names the Pythons of the metadata, and the urllib3 that is required."""
    pythons = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if re.search(r"3\.\d+$", name)]
    table = SUPPORT.read_text("utf-8")
    assert f"CPython | {', '.join(pythons)} |" in table
    assert PROJECT["requires-python"] == f">= {pythons[0]}"
    (urllib3,) = (line for line in PROJECT["dependencies"] if line.startswith("urllib3"))
    minimum = re.search(r">= ([\d.]+)", urllib3)
    assert minimum
    assert f"urllib3 | {minimum[1]} and later, 2.x |" in table


def test_the_changelog_has_this_version() -> None:
    """The version that is built has a dated section of its own, and the newest stands first."""
    headings = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    days = {version: day for version, day in headings if version != "Unreleased"}
    version = (ROOT / "openapi_client" / "_version.py").read_text("utf-8").split('"')[-2]
    assert next(iter(days)) == version
    assert all(days.values())
    assert list(days.values()) == sorted(days.values(), reverse=True)


def test_the_changelog_keeps_its_form() -> None:
    """Sections are those of Keep a Changelog, and security comes first."""
    kinds = ["Security", "Added", "Changed", "Deprecated", "Removed", "Fixed"]
    for section in re.split(r"^## ", CHANGELOG.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        found = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert found == sorted(found, key=kinds.index)
