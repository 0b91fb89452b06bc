"""Which part of the sandbox may import which: levels and circles, computed from every import in its sources.

Imports for types only and imports inside functions count like all others.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from support.package import PACKAGE

SANDBOX = PACKAGE / "sandbox"
ROOT = "openapi_client.sandbox"
# A part may import from parts of lower levels only. Its own __init__ is the top, which lends names to those who start
# a sandbox; journal_runs and web stand side by side and do not know each other.
LEVELS = {
    "options": 0,
    "state": 1,
    "protocol": 2,
    "faults": 3,
    "tenant": 4,
    "inspector": 5,
    "journal_runs": 5,
    "web": 6,
    "server": 7,
    "": 8,
    "pytest_plugin": 9,
    "__main__": 9,
}
GENERAL = {"options", "state", "protocol", "faults", "tenant", "inspector", "web"}
DOMAINS = {"journal_runs"}

Graph = Mapping[str, set[str]]


def modules_in(folder: Path, root: str) -> dict[str, Path]:
    """Every module below a folder, by its dotted name."""
    found = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join([root, *(part for part in parts if part != "__init__")])] = path
    return found


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a file imports anywhere."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def graph_of(folder: Path, root: str) -> Graph:
    """The modules below a folder, each with those it imports."""
    modules = modules_in(folder, root)

    def home(name: str) -> str | None:
        while name and name not in modules:
            name = name.rpartition(".")[0]
        return name or None

    return {
        name: {found for each in imported(path) if (found := home(each)) is not None and found != name}
        for name, path in modules.items()
    }


def parts_of(graph: Graph, root: str) -> Graph:
    """The same graph with one node for each folder, and for each file beside the folders."""

    def part(module: str) -> str:
        return module.removeprefix(root).lstrip(".").partition(".")[0]

    merged: dict[str, set[str]] = {}
    for module, targets in graph.items():
        merged.setdefault(part(module), set()).update(part(each) for each in targets)
    return {name: targets - {name} for name, targets in merged.items()}


def circles_in(graph: Graph) -> list[set[str]]:
    """The groups of nodes that can all reach each other."""

    def reachable(start: str) -> set[str]:
        seen: set[str] = set()
        ahead = [*graph[start]]
        while ahead:
            node = ahead.pop()
            if node not in seen:
                seen.add(node)
                ahead.extend(graph[node])
        return seen

    reach = {node: reachable(node) for node in graph}
    circles = {frozenset(each for each in reach[node] if node in reach[each]) for node in graph if node in reach[node]}
    return [set(circle) for circle in circles]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(SANDBOX, ROOT)


def test_every_part_has_a_level(graph: Graph) -> None:
    """And every level a part; each part is general, a domain, or one of the few that bring both together."""
    parts = parts_of(graph, ROOT)
    assert {*parts} == {*LEVELS}
    assert {*LEVELS} - GENERAL - DOMAINS == {"server", "", "pytest_plugin", "__main__"}
    assert {"tenant", "inspector"} <= parts["web"]


def test_no_modules_import_each_other_in_a_circle(graph: Graph) -> None:
    """Not even for the sake of a type, or inside a function."""
    assert circles_in(graph) == []


def test_no_folders_import_each_other_in_a_circle(graph: Graph) -> None:
    """A folder rests on others as a whole."""
    assert circles_in(parts_of(graph, ROOT)) == []


def test_imports_go_down(graph: Graph) -> None:
    """A part imports from lower levels only."""
    wrong = [
        f"{part or '__init__'} imports {target or '__init__'}"
        for part, targets in parts_of(graph, ROOT).items()
        for target in targets
        if LEVELS[target] >= LEVELS[part]
    ]
    assert wrong == []


def test_nothing_general_imports_a_domain(graph: Graph) -> None:
    """Not directly, and not by way of another module: a second domain is a new folder."""
    parts = parts_of(graph, ROOT)
    ahead, seen = [*GENERAL], set()
    while ahead:
        part = ahead.pop()
        if part not in seen:
            seen.add(part)
            ahead.extend(parts[part])
    assert seen == GENERAL


def test_imports_are_absolute() -> None:
    """So that they are seen here."""
    relative = [
        path.name
        for path in SANDBOX.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


# --- the computation itself -----------------------------------------------------------------------------------------

TYPE_ONLY = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from top.{0} import X\n"
IN_A_FUNCTION = "def f():\n    import top.{0}\n"


@pytest.mark.parametrize("hidden", [TYPE_ONLY, IN_A_FUNCTION], ids=["type only", "in a function"])
def test_a_hidden_circle_is_found(tmp_path: Path, hidden: str) -> None:
    """Two modules of two folders that need each other, one of them not at run time or later."""
    for name, text in {
        "a/one.py": "from top.b.two import Y\n",
        "b/two.py": hidden.format("a.one"),
        "c.py": "import top.a.one\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    graph = graph_of(tmp_path, "top")
    assert circles_in(graph) == [{"top.a.one", "top.b.two"}]
    assert circles_in(parts_of(graph, "top")) == [{"a", "b"}]


def test_three_in_a_ring_are_one_circle() -> None:
    """Those who only lead to it are no part of it."""
    assert circles_in({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}) == [{"a", "b", "c"}]
