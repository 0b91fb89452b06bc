"""What mypy and pyright say of code that uses the package: nothing, but where it is wrong.

These tests need pyright with its Node, so they run in the tox environment ``types`` only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.pages import EXECUTORS, PAGES, blocks_in, programs_of

import openapi_client

HERE = Path(__file__).parent
HOME = Path(openapi_client.__file__).resolve().parents[1]
CHECKERS = ("mypy", "pyright")
COMPLETE = 0.98
MARK = "  # error"

#: File -> line -> messages.
Findings = dict[str, dict[int, list[str]]]


def run(*command: str, cwd: Path) -> str:
    """What a checker prints. It finds the interpreter of these tests first, and takes nothing from elsewhere."""
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PYTHONPATH": str(HOME),
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",  # it looks for a newer release otherwise
    }
    if "site-packages" not in HOME.parts:
        environment["MYPYPATH"] = str(HOME)
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout, done.stderr
    return done.stdout


def programs() -> Iterator[tuple[str, str]]:
    """The Python blocks of each page: its files, or one program in the lines it has there.

    In a program, a block that imports the package begins anew.
    """
    for page in (each for each in PAGES if each != EXECUTORS):
        if files := programs_of(page):
            yield from ((name, block.source) for name, block in files.items())
            continue
        name, lines = "", [""]
        for block in (each for each in blocks_in(page) if each.language == "python"):
            if name and block.source.startswith("import openapi_client\n"):
                yield name, "\n".join(lines)
                name = ""
            if not name:
                name, lines = f"{page.stem.lower()}_{block.line}.py", [""] * len(page.read_text("utf-8").splitlines())
            lines[block.line - 1 : block.end - 1] = block.source.splitlines()
        if name:
            yield name, "\n".join(lines) + "\n"


PROGRAMS = dict(programs())


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Findings]:
    """What each checker finds in the files of this folder, and in the programs of the pages."""
    folder = tmp_path_factory.mktemp("user")
    sources = {path.name: path.read_text("utf-8") for path in HERE.glob("*.py") if path.name != Path(__file__).name}
    for name, source in {**sources, **PROGRAMS}.items():
        (folder / name).write_text(source, "utf-8")
    names = sorted([*sources, *PROGRAMS])
    said = run(sys.executable, "-m", "mypy", "--strict", "--output", "json", *names, cwd=folder)
    by_mypy = [(found["file"], found["line"], found) for found in map(json.loads, said.splitlines())]
    found = json.loads(run("pyright", "--outputjson", *names, cwd=folder))
    assert found["summary"]["filesAnalyzed"] == len(names)
    by_pyright = [(each["file"], each["range"]["start"]["line"] + 1, each) for each in found["generalDiagnostics"]]
    return {"mypy": errors(by_mypy), "pyright": errors(by_pyright)}


def errors(found: list[tuple[str, int, dict[str, Any]]]) -> Findings:
    sorted_out: Findings = {}
    for file, line, details in found:
        if details["severity"] == "error":
            sorted_out.setdefault(Path(file).name, {}).setdefault(line, []).append(details["message"])
    return sorted_out


@pytest.mark.parametrize("checker", CHECKERS)
def test_code_of_a_user(findings: dict[str, Findings], checker: str) -> None:
    """Code as users write it has the types it says."""
    assert findings[checker].get("user_code.py", {}) == {}


@pytest.mark.parametrize("checker", CHECKERS)
def test_mistakes(findings: dict[str, Findings], checker: str) -> None:
    """Each marked line is refused, and no other."""
    lines = (HERE / "mistakes.py").read_text("utf-8").splitlines()
    marked = {number: line.strip() for number, line in enumerate(lines, 1) if line.endswith(MARK)}
    found = findings[checker].get("mistakes.py", {})
    assert {number: line for number, line in marked.items() if number not in found} == {}, "not noticed"
    assert {number: messages for number, messages in found.items() if number not in marked} == {}, "a false alarm"
    assert marked


@pytest.mark.parametrize("checker", CHECKERS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_pages(findings: dict[str, Findings], checker: str, program: str) -> None:
    """What README and documentation show passes as it stands; the number in the name is a line of the page."""
    assert findings[checker].get(program, {}) == {}


def test_types_are_complete(tmp_path: Path) -> None:
    """Of the public names nearly all have a type that no checker has to guess."""
    said = run("pyright", "--outputjson", "--verifytypes", "openapi_client", "--ignoreexternal", cwd=tmp_path)
    report = json.loads(said)["typeCompleteness"]
    symbols = [each for each in report["symbols"] if not each["isTypeKnown"] or each["isTypeAmbiguous"]]
    problems = [
        (each["name"], problem["message"].partition("\n")[0]) for each in symbols for problem in each["diagnostics"]
    ]
    # The others are unknown in part because they mention one of these.
    causes = [f"{name}: {message}" for name, message in problems if "partially unknown" not in message]
    print(f"types of public names: {report['completenessScore']:.1%} known")
    assert report["completenessScore"] >= COMPLETE, "\n".join(causes)
