"""Packaging: one place for the version, and requirements that agree with each other."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import openapi_client

ROOT = Path(__file__).parents[2]


def arguments_of_setup() -> dict[str, Any]:
    """The literal arguments of ``setup(...)``, and the constants they name."""
    tree = ast.parse((ROOT / "setup.py").read_text("utf-8"))
    constants = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.List)
    }

    def value_of(node: ast.expr) -> Any:
        if isinstance(node, ast.Name):
            return constants.get(node.id)
        if isinstance(node, ast.List):
            parts = (value_of(item.value) if isinstance(item, ast.Starred) else [value_of(item)] for item in node.elts)
            return [item for part in parts for item in part]
        if isinstance(node, ast.Dict):
            return {value_of(key): value_of(value) for key, value in zip(node.keys, node.values, strict=True) if key}
        return ast.literal_eval(node) if isinstance(node, ast.Constant) else None

    (call,) = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "setup")
    return {keyword.arg: value_of(keyword.value) for keyword in call.keywords if keyword.arg}


def lines_of(name: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines())
    return [line for line in lines if line]


def test_runtime_requirements_agree() -> None:
    """``requirements.txt`` names what ``setup.py`` names: the four runtime dependencies, and no other."""
    required = arguments_of_setup()["install_requires"]
    assert lines_of("requirements.txt") == required
    names = [re.split(r"[ <>=]", line)[0] for line in required]
    assert names == ["certifi", "python-dateutil", "six", "urllib3"]
    assert "urllib3 >= 1.26.18, < 3" in required


def test_test_requirements_agree() -> None:
    """What both an extra and ``test-requirements.txt`` name, they name in the same version."""
    extras = arguments_of_setup()["extras_require"]
    assert set(extras) == {"sandbox", "notebook", "dev"}
    tested = {re.split(r"[ <>=]", line)[0]: line for line in lines_of("test-requirements.txt")}
    for requirement in [*extras["sandbox"], *extras["dev"]]:
        name = re.split(r"[ <>=]", requirement)[0]
        assert tested.get(name, requirement) == requirement
    assert {re.split(r"[ <>=]", line)[0] for line in extras["sandbox"]} <= set(tested)


def test_one_version() -> None:
    """The version stands in one file, and is a version."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", openapi_client.__version__)
    places = [
        path
        for path in [*ROOT.glob("*.py"), *(ROOT / "openapi_client").rglob("*.py")]
        if f'"{openapi_client.__version__}"' in path.read_text("utf-8")
    ]
    assert places == [ROOT / "openapi_client" / "_version.py"]


def test_metadata() -> None:
    """Real metadata, and no invented address."""
    found = arguments_of_setup()
    assert found["python_requires"] == ">=3.10"
    assert found["description"]
    assert "Typing :: Typed" in found["classifiers"]
    assert not {"url", "author", "author_email", "project_urls", "download_url"} & set(found)
