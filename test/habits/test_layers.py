"""Which file may import which: computed from all imports of the sources, type-only and late ones included."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from support.package import PACKAGE

#: From the bottom: a part imports from those before it, and within itself. Two faces sit low, since everything raises
#: the one and reads the other; the other faces sit on what they face, and ``__init__`` on all that it names.
LAYERS = (
    "_version",
    "_base",
    "exceptions",
    "_policy",
    "configuration",
    "_schema",
    "_transport",
    "rest",
    "_call",
    "api_client",
    "_runs",
    "models",
    "idempotency",
    "api",
    "_show",
    "__init__",
    "sandbox",
    "quickstart",
    "cli",
    "__main__",
)


def sources() -> Iterator[tuple[str, Path]]:
    """Every file of the package, with its layer."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path


def module_of(path: Path) -> str:
    """The dotted name of a file."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): (layer, path) for layer, path in sources()}


@cache
def imported(module: str) -> frozenset[str]:
    """The modules that a module imports anywhere: at run time, for type checkers, in a function, by name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module][1].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in MODULES else node.module)
    return frozenset(found)


def ours(module: str) -> set[str]:
    """Those of them that are of the package."""
    return {name for name in imported(module) if name in MODULES} - {module}


def test_every_file_has_a_layer() -> None:
    """Every file is in a layer, and every layer has a file."""
    assert {layer for layer, _ in sources()} == {*LAYERS}


def test_imports_go_down() -> None:
    """A file imports from lower layers and from its own, never upwards, for type checkers neither."""
    wrong = [
        f"{module} imports {target}"
        for module, (layer, _) in MODULES.items()
        for target in sorted(ours(module))
        if LAYERS.index(MODULES[target][0]) > LAYERS.index(layer)
    ]
    assert not wrong


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Every group of nodes that reach each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in graph[node]:
            if target not in index:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            group = []
            while not group or group[-1] != node:
                group.append(stack.pop())
            if len(group) > 1:
                found.append(sorted(group))

    for node in graph:
        if node not in index:
            visit(node)
    return found


def test_circles_are_seen() -> None:
    """The search finds a circle, also a long one, and no other."""
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"d"}}
    assert circles(graph) == [["a", "b", "c"]]


def test_there_is_no_circle() -> None:
    """No module imports itself by way of others; ``__init__`` only names what is loaded when it is used."""
    graph = {module: ours(module) for module in MODULES if module != "openapi_client"}
    assert not circles({module: targets - {"openapi_client"} for module, targets in graph.items()})


def users_of(*names: str) -> set[str]:
    """The layers that import one of ``names`` or something in it; the sandbox is a program of its own."""
    return {
        layer
        for module, (layer, _) in MODULES.items()
        if layer != "sandbox"
        and any(target == name or target.startswith(name + ".") for target in imported(module) for name in names)
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
        (r"os\.environ|os\.getenv|from os import .*environ", {"configuration.py", "quickstart.py", "terminal.py"}),
        (r"(?<![\w.])print\(", {"console.py", "quickstart.py", "__main__.py"}),
        (r"\bbreakpoint\(|\bpdb\b", set()),
    ],
)
def test_words_in_their_places(pattern: str, allowed: set[str]) -> None:
    """The environment is read, and things are printed, only where that is the job."""
    found = {path.name for _, path in sources() if re.search(pattern, path.read_text("utf-8"))}
    assert found <= allowed
