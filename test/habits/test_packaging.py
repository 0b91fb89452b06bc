"""Packaging: one name, one place for the version, and requirements that agree with each other."""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path

from support.package import PACKAGE, PROJECT, ROOT

import openapi_client

#: A distribution of this name belongs to an unrelated project, so nobody may be told to install it.
STRANGER = "openapi" + "-client"
EXTRAS = PROJECT["optional-dependencies"]


def lines_of(name: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines())
    return [line for line in lines if line]


def name_of(requirement: str) -> str:
    return re.split(r"[ <>=\[]", requirement)[0]


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file that is kept: those of the root, and those of the folders that are not made by a tool."""
    folders = (path for path in ROOT.iterdir() if path.is_dir() and re.fullmatch(r"\w+|\.ci", path.name))
    files = [path for path in ROOT.iterdir() if path.is_file()]
    kept = (path for folder in folders if folder.name != "build" for path in folder.rglob("*"))
    for path in (*files, *kept):
        if path.is_file() and "__pycache__" not in path.parts and ".egg-info" not in str(path):
            try:
                yield path, path.read_text("utf-8")
            except UnicodeDecodeError:
                continue  # a picture, a database


def test_runtime_requirements_agree() -> None:
    """``requirements.txt`` names what the package needs: the four runtime dependencies, and no other."""
    required = PROJECT["dependencies"]
    assert lines_of("requirements.txt") == required
    assert [name_of(line) for line in required] == ["certifi", "python-dateutil", "six", "urllib3"]
    assert "urllib3 >= 1.26.18, < 3" in required


def test_test_requirements_agree() -> None:
    """The extra ``dev`` has all that the tests need, in the same versions, and so what the sandbox needs."""
    assert set(EXTRAS) == {"completion", "truststore", "sandbox", "docs", "progress", "notebook", "dev"}
    tested = lines_of("test-requirements.txt")
    assert [line for line in EXTRAS["dev"] if name_of(line) not in ("pre-commit", "tox")] == tested
    for extra in set(EXTRAS) - {"dev"}:
        assert set(EXTRAS[extra]) <= set(tested)
    assert set(EXTRAS["progress"]) <= set(EXTRAS["notebook"])


def test_one_version() -> None:
    """The version stands in one file, and is a version."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", openapi_client.__version__)
    places = [
        path
        for path in [*ROOT.glob("*.py"), *ROOT.glob("*.toml"), *PACKAGE.rglob("*.py")]
        if f'"{openapi_client.__version__}"' in path.read_text("utf-8")
    ]
    assert places == [PACKAGE / "_version.py"]


def test_metadata() -> None:
    """Real metadata, and no invented address."""
    assert PROJECT["name"] == "zuora-journal-runs"
    assert PROJECT["requires-python"] == ">= 3.10"
    assert PROJECT["description"]
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert PROJECT["license"] == "Apache-2.0"
    assert (ROOT / "LICENSE").read_text("utf-8").split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert "urls" not in PROJECT
    assert not any("email" in author for author in PROJECT["authors"])


def readme_of(project: str, folder: Path) -> str:
    """What a package index would show of the README with this ``pyproject.toml``."""
    for name in ("setup.py", "README.md"):
        shutil.copy(ROOT / name, folder)
    (folder / "pyproject.toml").write_text(project, "utf-8")
    return str(runpy.run_path(str(folder / "setup.py"))["readme"]())


def test_a_package_index_shows_no_dead_link(tmp_path: Path) -> None:
    """Links between pages are text there, as no address of the pages is known; all else is the README."""
    shown = readme_of((ROOT / "pyproject.toml").read_text("utf-8"), tmp_path)
    assert re.findall(r"\]\((?!https://)", shown) == []
    text = re.compile(r"\[([^]]*)\]\([^)]*\)")
    assert text.sub(r"\1", shown) == text.sub(r"\1", (ROOT / "README.md").read_text("utf-8"))


def test_a_package_index_links_to_the_site_once_there_is_one(tmp_path: Path) -> None:
    """With the address of the documentation, links to its pages lead there."""
    shown = readme_of('[project.urls]\nDocumentation = "https://docs.example/"\n', tmp_path)
    assert "](https://docs.example/configuration.html#data-centres)" in shown
    assert "](https://docs.example/notebooks/quickstart.html)" in shown
    assert re.findall(r"\]\((?!https://)", shown) == []


def test_nothing_names_the_distribution_of_others() -> None:
    """No hint, page or metadata names the distribution that is not ours."""
    assert [str(path.relative_to(ROOT)) for path, text in texts() if STRANGER in text] == []


def test_hints_say_what_works_everywhere() -> None:
    """A message that tells what to install says it for an index and for a checkout."""
    hints = [path for path in PACKAGE.rglob("*.py") if "pip install" in path.read_text("utf-8")]
    assert hints
    for path in hints:
        source = path.read_text("utf-8")
        (extra,) = set(re.findall(r"pip install (?:--\S+ )?'[\w.-]+\[(\w+)\]'", source))
        assert extra in EXTRAS
        assert f"'zuora-journal-runs[{extra}]'" in source, path
        assert f"'.[{extra}]'" in source or "update the checkout" in source, path
