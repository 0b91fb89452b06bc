"""What the package shows: all that a 4.3.1-generated client shows, what importing it costs, and how it is layered."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from support.wire import WireServer, answer

import openapi_client as oc
from openapi_client import rest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "openapi_client"
#: The surface of the client that OpenAPI Generator 4.3.1 makes from the journal-runs description of 2021-08-20.
GENERATED: dict[str, Any] = json.loads((ROOT / "test/data/surface_4_3_1.json").read_text("utf-8"))
CLASSES = {
    "ApiClient": oc.ApiClient,
    "Configuration": oc.Configuration,
    "JournalRunsApi": oc.JournalRunsApi,
    "RESTClientObject": rest.RESTClientObject,
    "RESTResponse": rest.RESTResponse,
}
METHODS = [(owner, name) for owner, methods in GENERATED["classes"].items() for name in methods]
OPERATIONS = [name for name in GENERATED["classes"]["JournalRunsApi"] if not name.startswith("_")]


def module(name: str) -> Any:
    return import_module(f"openapi_client.{name}" if name else "openapi_client")


def run(code: str, *options: str) -> str:
    """What a fresh interpreter prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", *options, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# The generated surface


@pytest.mark.parametrize(("name", "names"), GENERATED["modules"].items())
def test_names_of_modules(name: str, names: list[str]) -> None:
    """Every public name of a generated module can be imported from ours."""
    missing = [wanted for wanted in names if not hasattr(module(name), wanted)]
    assert not missing


@pytest.mark.parametrize(("owner", "name"), METHODS)
def test_signature(owner: str, name: str) -> None:
    """A generated method takes what it took: names, order and defaults; what we add comes after, and is optional."""
    wanted = GENERATED["classes"][owner][name]
    ours = inspect.getattr_static(CLASSES[owner], name)
    if wanted == "property":
        assert isinstance(ours, property)
        return
    parameters = [*inspect.signature(getattr(CLASSES[owner], name)).parameters.values()]
    bare = [str(parameter.replace(annotation=inspect.Parameter.empty)) for parameter in parameters]
    expected = wanted.split(", ") if wanted else []
    assert bare[: len(expected)] == expected
    added = parameters[len(expected) :]
    assert all(p.default is not p.empty or p.kind is p.VAR_KEYWORD for p in added)


def test_class_attributes() -> None:
    """The type tables of the client are the generated ones."""
    wanted = GENERATED["class_attributes"]["ApiClient"]
    assert [kind.__name__ for kind in oc.ApiClient.PRIMITIVE_TYPES] == wanted["PRIMITIVE_TYPES"]
    ours = {name: kind.__name__ for name, kind in oc.ApiClient.NATIVE_TYPES_MAPPING.items()}
    assert ours == wanted["NATIVE_TYPES_MAPPING"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_options(name: str) -> None:
    """Every operation takes the generated keyword arguments, all of them in one call."""
    body = {"success": True}
    request = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}
    options: dict[str, Any] = dict.fromkeys(GENERATED["operation_options"])
    options.update(zuora_track_id="track", zuora_entity_ids="entity", _preload_content=True, _request_timeout=10)
    with WireServer([answer(200, body)]) as server, oc.ApiClient(oc.Configuration(host=server.url)) as client:
        getattr(oc.JournalRunsApi(client), name)(request if "ost" in name else "JR-00000001", **options)
    assert server.requests[0].headers["zuora-track-id"] == "track"
    assert server.requests[0].headers["zuora-entity-ids"] == "entity"


@pytest.mark.parametrize("name", GENERATED["models"])
class TestModel:
    """A model has all that the generated one has."""

    def test_parameters(self, name: str) -> None:
        """Positional order and defaults of the constructor are the generated ones."""
        expected = GENERATED["models"][name]["parameters"].split(", ")
        signature = inspect.signature(getattr(oc, name))
        assert [str(p.replace(annotation=p.empty)) for p in signature.parameters.values()][: len(expected)] == expected

    def test_real_constructor(self, name: str) -> None:
        """The shown signature is the one that is called."""
        code = getattr(oc, name).__init__.__code__
        assert list(code.co_varnames[1 : code.co_argcount]) == list(inspect.signature(getattr(oc, name)).parameters)

    @pytest.mark.parametrize("table", ["openapi_types", "attribute_map"])
    def test_tables(self, name: str, table: str) -> None:
        """The two tables hold the generated entries."""
        ours = getattr(getattr(oc, name), table)
        assert {key: ours.get(key) for key in GENERATED["models"][name][table]} == GENERATED["models"][name][table]

    def test_methods(self, name: str) -> None:
        """The generated methods exist."""
        assert not [method for method in GENERATED["models"][name]["methods"] if not hasattr(getattr(oc, name), method)]

    def test_instance(self, name: str) -> None:
        """An instance has ``discriminator`` and ``local_vars_configuration``."""
        model = getattr(oc, name)(local_vars_configuration=oc.Configuration(client_side_validation=False))
        assert model.discriminator is None
        assert model.local_vars_configuration.client_side_validation is False


@pytest.mark.parametrize(("name", "wanted"), GENERATED["exceptions"].items())
def test_exceptions(name: str, wanted: dict[str, Any]) -> None:
    """A generated exception has its bases, and takes its arguments."""
    ours = getattr(oc.exceptions, name)
    assert not {*wanted["bases"]} - {base.__name__ for base in ours.__mro__}
    if wanted["parameters"] is not None:
        expected = wanted["parameters"].split(", ")
        signature = inspect.signature(ours)
        assert [str(p.replace(annotation=p.empty)) for p in signature.parameters.values()][: len(expected)] == expected


@pytest.mark.parametrize(("name", "default"), GENERATED["configuration"].items())
def test_configuration(name: str, default: Any) -> None:
    """A configuration has the generated attributes, their defaults, and lets them be set to what they were."""
    configuration = oc.Configuration()
    value = getattr(configuration, name)
    if name == "logger":
        assert sorted(value) == default
    elif name == "logger_formatter":
        assert type(value).__name__ == default
    elif name == "connection_pool_maxsize":
        assert value == 5 * (os.cpu_count() or 1)
    else:
        assert repr(value) == default
    setattr(configuration, name, value)
    assert getattr(configuration, name) == value


#: name, what it was, what it is, why.
DELIBERATE: list[tuple[str, Any, Any, str]] = [
    (
        "the first entry of get_host_settings() has variables",
        False,
        "variables" in oc.Configuration().get_host_settings()[0],
        "the generated get_host_from_settings(0) crashes for want of them",
    ),
    (
        "number of get_host_settings()",
        1,
        len(oc.Configuration().get_host_settings()),
        "every data centre can be selected by name",
    ),
    (
        "schemes of an empty auth_settings()",
        [],
        [*oc.Configuration(access_token="t").auth_settings()],
        "the description of 2021 declares no security, so the generated client cannot log in at all",
    ),
    (
        "class of HTTP 404",
        "ApiException",
        oc.exceptions.for_status(404).__name__,
        "errors have classes by cause; each is an ApiException",
    ),
]


@pytest.mark.parametrize(("what", "was", "now", "why"), DELIBERATE)
def test_deliberate_differences(what: str, was: Any, now: Any, why: str) -> None:
    """Where we differ on purpose, we do differ, and the reason stands here."""
    assert was != now
    assert why


# The top level


def test_all_is_complete() -> None:
    """``__all__`` names what users import: each name resolves, ``dir`` shows it, no exception or model is left out."""
    assert oc.__all__ == sorted(set(oc.__all__))
    assert [getattr(oc, name) for name in oc.__all__]
    assert not {*oc.__all__} - {*dir(oc)}
    public = {*oc.exceptions.__all__, *oc.models.__all__} - {"render_path"}
    assert not public - {*oc.__all__}


def test_type_checkers_see_the_same_names() -> None:
    """The imports that only type checkers run give the names of ``__all__``, no more and no less."""
    seen: set[str] = {"__version__"}
    for node in ast.walk(ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))):
        if isinstance(node, ast.If):
            for statement in node.body:
                if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
                    seen.update(import_module(statement.module or "").__all__)
                elif isinstance(statement, ast.ImportFrom):
                    seen.update(alias.asname or alias.name for alias in statement.names)
    assert seen - {"render_path"} == {*oc.__all__}


@pytest.mark.parametrize("name", ["api", "api_client", "configuration", "exceptions", "models", "rest"])
def test_submodules_resolve(name: str) -> None:
    """A generated submodule is an attribute of the package, without importing it first."""
    assert run(f"import openapi_client; print(openapi_client.{name}.__name__)").strip() == f"openapi_client.{name}"


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


# What importing and using it touches

LATE = ("multiprocessing", "asyncio", "dateutil.parser", "tempfile", "mimetypes", "flask", "openapi_client.sandbox")
CLIENT = "import openapi_client as oc; oc.ApiClient(); oc.JournalRunsApi; oc.RetryPolicy; oc.ApiException"


def test_import_budget() -> None:
    """The import, and the submodules a generated client imports, load nothing that few calls need."""
    loaded = run("import openapi_client, sys; print(*sys.modules)").split()
    assert not [name for name in loaded if name.startswith(LATE)]


def test_client_budget() -> None:
    """A client loads nothing of that either, apart from what urllib3 and certifi load themselves."""
    floor = run("import urllib3, certifi, sys; certifi.where(); print(*sys.modules)").split()
    loaded = run(f"{CLIENT}; import sys; print(*sys.modules)").split()
    assert not [name for name in {*loaded} - {*floor} if name.startswith(LATE)]


def test_bare_import_is_small() -> None:
    """The import alone loads the package and its version, nothing else of ours, and no urllib3."""
    loaded = run("import openapi_client, sys; print(*sys.modules)").split()
    assert sorted(name for name in loaded if name.startswith("openapi_client")) == [
        "openapi_client",
        "openapi_client._version",
    ]
    assert "urllib3" not in loaded


def test_globals_are_not_touched() -> None:
    """Importing, configuring and making models changes no logger, handler, ``http.client`` flag, hook or filter."""
    run(
        """
import atexit, datetime, http.client, logging, logging.handlers, warnings
import urllib3, concurrent.futures  # what they register themselves is not ours
hooks = []
atexit.register = lambda *args, **kwargs: hooks.append(args)
def state():
    manager = logging.Logger.manager
    loggers = {name: (log.level, list(log.handlers), log.propagate) for name, log in manager.loggerDict.items()
               if isinstance(log, logging.Logger)}
    root = logging.getLogger()
    return (loggers, root.level, list(root.handlers), http.client.HTTPConnection.debuglevel, list(warnings.filters),
            atexit._ncallbacks(), manager.disable)
before = state()
import openapi_client as oc
for name in oc.__all__:
    getattr(oc, name)
oc.Configuration(); oc.Configuration.get_default_copy(); oc.ApiClient(); oc.JournalRunsApi()
for _ in range(10_000):
    oc.POSTJournalRunTransactionType("Invoice Item")
oc.GETJournalRunType.from_dict({"status": "Completed", "executedOn": "2014-11-15 22:05:12"}).to_dict()
assert state() == before, (state(), before)
assert not hooks, hooks
"""
    )


# Layers

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
    "_runs": 8,
    "models": 8,
    "api_client": 9,
    "api": 10,
    "": 11,
    "quickstart": 12,
    "sandbox": 12,
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


# Habits


def public_members() -> Iterator[tuple[str, str]]:
    """Every public function, method and property of what users can import."""
    owners = [getattr(oc, name) for name in oc.__all__] + [rest.RESTClientObject, rest.RESTResponse]
    for owner in owners:
        if inspect.isfunction(owner):
            yield owner.__module__, owner.__name__
        if not inspect.isclass(owner):
            continue
        for base in owner.__mro__:
            if base.__module__.startswith("openapi_client"):
                for name, member in vars(base).items():
                    if not name.startswith("_") and isinstance(
                        inspect.unwrap(getattr(member, "__func__", member)) if callable(member) else member,
                        (property, classmethod, staticmethod, type(public_members)),
                    ):
                        yield base.__name__, name


def test_every_public_member_is_tested() -> None:
    """Each public function, method and property is named in some test."""
    words = {word for path in (ROOT / "test").rglob("*.py") for word in re.findall(r"\w+", path.read_text("utf-8"))}
    assert not {(owner, name) for owner, name in public_members() if name not in words}


def test_every_public_member_is_documented() -> None:
    """Each public class and function says what it does."""
    things = [getattr(oc, name) for name in oc.__all__ if name != "__version__"]
    assert not [thing for thing in things if not inspect.getdoc(thing)]
