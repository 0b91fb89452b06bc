"""Which file may import which."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.package import PACKAGE, ROOT

LEVELS = {
    "_version": 0,
    "_base": 0,
    "exceptions": 1,
    "_policy": 2,
    "configuration": 3,
    "_schema": 4,
    "_transport": 5,
    "rest": 6,
    "_call": 7,
    "api_client": 8,
    "_runs": 9,
    "models": 10,
    "api": 11,
    "idempotency": 11,
    "": 12,
    "quickstart": 13,
    "sandbox": 13,
}


def sources() -> Iterator[tuple[str, Path]]:
    """Every file of the package with the name that the level map has for it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        yield ("" if first == "__init__" else first), path


def run_time_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that is not under ``if TYPE_CHECKING``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield from (inner for part in node.orelse for inner in (part, *run_time_nodes(part)))
        else:
            yield node
            yield from run_time_nodes(node)


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports at run time."""
    found: set[str] = set()
    for node in run_time_nodes(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def test_level_map_is_complete() -> None:
    """Every module has a level, and every level a module."""
    assert {name for name, _ in sources()} == {*LEVELS}


def test_imports_go_down() -> None:
    """A file imports from its own level or from lower ones only."""
    wrong = []
    for name, path in sources():
        for target in imported(path):
            if target.startswith("openapi_client."):
                part = target.split(".")[1]
                level = LEVELS.get(part, LEVELS[""])
                if level > LEVELS[name]:
                    wrong.append(f"{path.relative_to(ROOT)} (L{LEVELS[name]}) imports {target} (L{level})")
    assert not wrong


def users_of(*names: str) -> set[str]:
    """The modules below the applications that import one of ``names`` or something in it."""
    return {
        name
        for name, path in sources()
        if name != "sandbox"
        and any(target == wanted or target.startswith(wanted + ".") for target in imported(path) for wanted in names)
    }


def test_urllib3_stays_in_the_transport() -> None:
    """Only the transport knows urllib3, apart from the base class of its exceptions."""
    assert users_of("urllib3") == {"_transport", "exceptions", "rest"}


def test_time_stays_in_the_clock() -> None:
    """Only the clock imports ``time``, so tests can turn it; the sandbox has a clock of its own."""
    assert users_of("time") == {"_base"}


def test_relative_imports_are_not_used() -> None:
    """Imports are absolute, so that the layer test sees them."""
    for _, path in sources():
        assert not [
            n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom) and n.level
        ]


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (r"os\.environ|os\.getenv|from os import .*environ", {"configuration.py", "quickstart.py"}),
        (r"(?<![\w.])print\(", {"quickstart.py", "__main__.py"}),
        (r"\bbreakpoint\(|\bpdb\b", set()),
    ],
)
def test_words_in_their_places(pattern: str, allowed: set[str]) -> None:
    """The environment is read, and things are printed, only where that is the job."""
    found = {path.name for _, path in sources() if re.search(pattern, path.read_text("utf-8"))}
    assert found <= allowed
