"""What can be imported from the package itself."""

from __future__ import annotations

import ast
from importlib import import_module
from typing import Any

import pytest
from support.package import PACKAGE, module, run

import openapi_client as oc


def test_all_is_complete() -> None:
    """``__all__`` names what users import: each name resolves, ``dir`` shows it, no exception or model is left out."""
    assert oc.__all__ == sorted(set(oc.__all__))
    assert [getattr(oc, name) for name in oc.__all__]
    assert not {*oc.__all__} - {*dir(oc)}
    public = {*oc.exceptions.__all__, *oc.models.__all__} - {"render_path"}
    assert not public - {*oc.__all__}


def test_type_checkers_see_the_same_names() -> None:
    """The imports that only type checkers run give the names of ``__all__`` and the modules, no more and no less."""
    seen: set[str] = {"__version__"}
    for node in ast.walk(ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))):
        if isinstance(node, ast.If):
            for statement in node.body:
                if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
                    seen.update(import_module(statement.module or "").__all__)
                elif isinstance(statement, ast.ImportFrom):
                    seen.update(alias.asname or alias.name for alias in statement.names)
    assert seen - {"render_path"} == {*oc.__all__, *oc._MODULES}


@pytest.mark.parametrize("name", ["api", "api_client", "configuration", "exceptions", "models", "rest"])
def test_submodules_resolve(name: str) -> None:
    """A generated submodule is an attribute of the package, without importing it first."""
    assert run(f"import openapi_client; print(openapi_client.{name}.__name__)").strip() == f"openapi_client.{name}"


@pytest.mark.parametrize("folder", ["api", "models"])
def test_lists_are_lazy(folder: str) -> None:
    """The lists load what is asked for and no more, however long they are; ``dir`` shows all of it."""
    name = "OrganizationLabel" if folder == "models" else "JournalRunsApi"
    code = f"""
import sys
import openapi_client.{folder} as listed
assert not [name for name in sys.modules if name.startswith("openapi_client.{folder}.")]
assert {{*listed.__all__}} <= {{*dir(listed)}}
assert listed.{name}.__name__ == "{name}"
assert "{name}" in vars(listed)
print(*sorted(name for name in sys.modules if name.startswith("openapi_client.{folder}.")))
"""
    loaded = run(code).split()
    assert loaded == [
        "openapi_client.models.organization_label" if folder == "models" else "openapi_client.api.journal_runs_api"
    ]


@pytest.mark.parametrize("folder", ["api", "models"])
def test_star_import_of_a_list(folder: str) -> None:
    """``from openapi_client.models import *`` gives every name of the list."""
    names: dict[str, Any] = {}
    exec(f"from openapi_client.{folder} import *", names)
    assert {*module(folder).__all__} <= {*names}


def test_modules_of_models_are_attributes() -> None:
    """A generated client has its modules as attributes of the package, without importing them first."""
    code = (
        "import openapi_client.models as m; print(m.post_journal_run_type.POSTJournalRunType is m.POSTJournalRunType)"
    )
    assert run(code).strip() == "True"


def test_unknown_name_of_a_list() -> None:
    """A name that does not exist is an ``AttributeError``, here too."""
    with pytest.raises(AttributeError, match=r"module 'openapi_client\.models' has no attribute 'JournalRun'"):
        oc.models.JournalRun  # type: ignore[attr-defined]  # noqa: B018 - the access is what is tested


def test_star_import() -> None:
    """``from openapi_client import *`` gives every name."""
    names: dict[str, Any] = {}
    exec("from openapi_client import *", names)
    assert not {*oc.__all__} - {*names}


def test_unknown_name() -> None:
    """A name that does not exist is an ``AttributeError`` that says so."""
    with pytest.raises(AttributeError, match="module 'openapi_client' has no attribute 'JournalRunApi'"):
        oc.JournalRunApi  # noqa: B018 - the access is what is tested


def test_version_is_in_one_place() -> None:
    """The version of the package is that of ``_version``, and of the debug report."""
    assert oc.__version__ == module("_version").__version__
    assert f"SDK Package Version: {oc.__version__}" in oc.Configuration().to_debug_report()
