"""Renders the Python files: API classes, models, enums, and the lists of them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from codegen import hints, naming, signatures, text
from codegen.model import Api, Choices, Field, Model, Parameter, Surface
from codegen.templates import templates

_HERE = Path(__file__).parent
_CONFIG = _HERE.parent / "pyproject.toml"
RUNTIME = "openapi_client"
_KINDS = "ANYTHING, DAY, FLAG, INSTANT, INTEGER, MOMENT, NUMBER, TEXT, Choice, ListOf, Nested, OneOrMore"
#: Where the names that rendered files use come from; what a file does not use is taken out again.
_FOR_APIS = (
    "from typing import TYPE_CHECKING, Any, Literal, overload",
    f"from {RUNTIME}._call.operation import Operation, Parameter, checked, generated, operation",
    f"from {RUNTIME}._runs.settling import ByLooking",
    f"from {RUNTIME}._schema.kinds import {_KINDS}",
    f"from {RUNTIME}._schema.limits import Limits",
    f"from {RUNTIME}.api_client import ApiClient",
)
_FOR_TYPES_OF_APIS = (
    "import datetime",
    "from collections.abc import Callable, Collection, Mapping, Sequence",
    f"from {RUNTIME}._call.background import AsyncResult",
    f"from {RUNTIME}._call.response import ApiResponse",
    f"from {RUNTIME}._policy.retry import RetryPolicy",
    f"from {RUNTIME}._runs.poller import JournalRunPoller",
    f"from {RUNTIME}._runs.telling import WaitEvent",
    f"from {RUNTIME}._transport.raw import HTTPResponse",
)
_FOR_MODELS = (
    "from typing import TYPE_CHECKING, Any, TypedDict, overload",
    f"from {RUNTIME}._schema.kinds import {_KINDS}",
    f"from {RUNTIME}._schema.model import Field, Model, field",
)
_FOR_TYPES_OF_MODELS = ("import datetime", "from collections.abc import Sequence")


class Renderer:
    """Renders one surface into a package.

    :param package: where the files will be imported from; all of them stand on the runtime of ``openapi_client``.
    :param options: what every operation takes, see ``options.yaml``.
    """

    def __init__(self, surface: Surface, options: Mapping[str, Mapping[str, Any]], package: str = RUNTIME) -> None:
        self._surface = surface
        self._signatures = signatures.Signatures(surface, options)
        self._package = package
        self._templates = templates()
        self._templates.filters.update(
            variable=naming.variable, kind=hints.kind, declared=declared, literal=literal, settle=self._settle,
            name=lambda reference: reference.rpartition(".")[2],
            named=lambda each: f"_{naming.variable(each.component).upper()}" if each.component else declared(each),
        )  # fmt: skip

    def files(self) -> dict[str, str]:
        """Path below the package -> content."""
        found = {f"api/{naming.file(api.name)}.py": self._api(api) for api in self._surface.apis}
        for name, model in self._surface.models.items():
            found[f"models/{naming.file(naming.model(name))}.py"] = self._model(model)
        for name, choices in self._surface.enums.items():
            found[f"models/{naming.file(naming.model(name))}.py"] = self._enum(choices)
        found["api/__init__.py"] = self._list("The API classes.", "api", {api.name: [] for api in self._surface.apis})
        found["models/__init__.py"] = self._list("All models and enums.", "models", self._exported())
        return formatted(found, self._package)

    def _exported(self) -> dict[str, list[str]]:
        """Models and enums -> the names that users import beside each of them."""
        beside = {naming.model(name): ["Dict"] if model.is_sent else [] for name, model in self._surface.models.items()}
        beside.update({naming.model(name): [] for name in self._surface.enums})
        return {name: [f"{name}{suffix}" for suffix in beside[name]] for name in sorted(beside)}

    def _render(self, template: str, **values: Any) -> str:
        return self._templates.get_template(template).render(**values)

    def _home(self, name: str, folder: str = "models") -> str:
        return f"{self._package}.{folder}.{naming.file(name)}"

    def _imports_of_classes(self) -> tuple[list[str], list[str]]:
        """Every model and enum, and what only type checkers need of them."""
        values = [(name, [f"{name}Value"]) for name in map(naming.model, self._surface.enums)]
        return (
            [f"from {self._home(name)} import {name}" for name in self._exported()],
            [
                f"from {self._home(name)} import {each}"
                for name, beside in (*self._exported().items(), *values)
                for each in beside
            ],
        )

    def _api(self, api: Api) -> str:
        classes, beside = self._imports_of_classes()
        hand_written = {
            reference
            for operation in api.operations
            for each in operation.parameters
            for key in ("rule", "make", "default")
            if (reference := each.extra.get(key))
        } | {each.extra["judge"] for each in api.operations if "judge" in each.extra}
        shared = {each.component: each for operation in api.operations for each in operation.parameters}
        operations = sorted(api.operations, key=lambda each: bool(each.extra.get("settle")))
        methods = [self._signatures.method(each, info=info) for each in api.operations for info in (False, True)]
        twins = [
            (each.generated + suffix, each.name + suffix)
            for each in api.operations
            if each.generated != each.name
            for suffix in ("", "_with_http_info")
        ]
        return self._render(
            "api.py.j2",
            api=api,
            title=api.extra.get("summary", f"{api.tag}."),
            imports=[*_FOR_APIS, *map(imported, sorted(hand_written)), *classes],
            type_imports=[*_FOR_TYPES_OF_APIS, *beside],
            shared=[each for name, each in shared.items() if name],
            declarations=operations,
            class_doc=self._class_doc(api),
            methods=methods,
            twins=twins,
            waits=[self._signatures.wait(each) for each in api.waits],
        )

    def _class_doc(self, api: Api) -> str:
        more = text.docstring(api.extra.get("text", ""), self._surface.classes)
        paragraphs = [
            text.filled(api.extra.get("summary", f"{api.tag}."), 4),
            text.filled(more, 4),
            text.filled(
                ":param api_client: the client to use; ``None`` makes one with the default configuration.", 4, 4
            ),
        ]
        return "\n\n    ".join(filter(None, paragraphs)) + "\n    "

    def _settle(self, settle: Mapping[str, Any]) -> str:
        look = next(each for api in self._surface.apis for each in api.operations if each.extra["id"] == settle["look"])
        enum = self._enum_with(settle["done"])
        members = {value: f"{enum.name}.{member}" for member, value in enum.members.items()}
        done, undecided = (
            f"{key}=frozenset({{{', '.join(members[value] for value in settle[key])}}})"
            for key in ("done", "undecided")
        )
        missing = ", missing_is_done=True" if settle.get("missing_is_done") else ""
        return f"{look.constant}, {done}, {undecided}{missing}"

    def _enum_with(self, values: Iterable[str]) -> Choices:
        return next(each for each in self._surface.enums.values() if {*values} <= {*each.members.values()})

    def _model(self, model: Model) -> str:
        classes, beside = self._imports_of_classes()
        own = f"from {self._home(model.name)} import "
        sent = [name for name, each in self._surface.models.items() if each.is_sent]
        bases = ["Model"]
        mixin = model.extra.get("mixin")
        if mixin:
            bases.insert(0, mixin.rpartition(".")[2])
        keys = signatures.keys(model, sent) if model.is_sent else []
        paragraphs = text.docstring(
            "\n\n".join(filter(None, (model.text, model.extra.get("text")))), self._surface.classes
        )
        return self._render(
            "model.py.j2",
            name=model.name,
            title=model.extra.get("title") or first_line(model.text, model.name),
            imports=[
                *_FOR_MODELS,
                *([imported(mixin)] if mixin else []),
                *(line for line in classes if not line.startswith(own)),
            ],
            type_imports=[*_FOR_TYPES_OF_MODELS, *(line for line in beside if not line.startswith(own))],
            bases=", ".join(bases),
            doc=closed(text.filled(paragraphs, 4), 4),
            fields=[self._field(each, model, sent) for each in model.fields],
            constructors=signatures.constructors(model, sent),
            keys=keys,
            has_plain_keys=all(key.isidentifier() and not naming.is_keyword(key) for key, _ in keys),
        )  # fmt: skip

    def _field(self, each: Field, model: Model, sent: list[str]) -> dict[str, str]:
        read, written = hints.read(each.type), hints.written(each.type, sent)
        if not each.is_sure:
            read, written = hints.optional(read), hints.optional(written)
        arguments = [literal(each.key), hints.kind(each.type)]
        if not each.is_demanded:
            arguments.append("default=None")
        elif any(not other.is_demanded for other in model.fields[: model.fields.index(each)]):
            arguments.append("kw_only=True")
        if each.is_added:
            arguments.append("added=True")
        renamed = {other.key: other.name for other in model.fields}
        return {
            "name": each.name,
            "annotation": read if read == written else f"Field[{read}, {written}]",
            "arguments": ", ".join(arguments),
            "doc": text.filled(text.docstring(each.text, self._surface.classes, renamed) or f"``{each.key}``.", 4),
        }

    def _enum(self, choices: Choices) -> str:
        return self._render(
            "enum.py.j2",
            name=choices.name,
            title=choices.extra.get("title") or first_line(choices.text, choices.name),
            doc=closed(text.filled(text.docstring(choices.text, self._surface.classes), 4), 4),
            members=choices.members,
        )

    def _list(self, title: str, folder: str, names: Mapping[str, list[str]]) -> str:
        return self._render(
            "list.py.j2",
            title=title,
            modules=[(self._home(name, folder), [name, *beside]) for name, beside in names.items()],
            homes={each: naming.file(name) for name, beside in names.items() for each in (name, *beside)},
            exported=sorted({*names, *(each for beside in names.values() for each in beside)}),
        )


def declared(each: Parameter) -> str:
    """The declaration of a parameter."""
    arguments = [literal(each.name), literal(each.place)]
    if each.place != "body":
        arguments.append(literal(each.wire))
    if each.type.form != "text":
        arguments.append(f"kind={hints.kind(each.type)}")
    if each.required:
        arguments.append("required=True")
    if "rule" in each.extra:
        arguments.append(f"rule={each.extra['rule'].rpartition('.')[2]}")
    elif each.limits:
        limits = ", ".join(f"{name}={value}" for name, value in each.limits)
        arguments.append(f"rule=Limits({literal(each.name)}, {limits})")
    if "setting" in each.extra:
        arguments.append(f"setting={literal(each.extra['setting'])}")
    if "make" in each.extra:
        arguments.append(f"make={each.extra['make'].rpartition('.')[2]}")
    if each.style:
        arguments.append(f"style={literal(each.style)}")
    return f"Parameter({', '.join(arguments)})"


def imported(reference: str) -> str:
    """The import of ``package.module.name``."""
    module, _, name = reference.rpartition(".")
    return f"from {module} import {name}"


def literal(value: Any) -> str:
    """A value as Python code with double quotes."""
    if isinstance(value, str) and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return repr(value)


def first_line(described: str, name: str) -> str:
    """The first sentence of a description, or a name, for the docstring of a module."""
    return (text.docstring(described) or name).split("\n")[0].split(". ")[0].rstrip(".") + "."


def closed(lines: str, indent: int) -> str:
    """A docstring whose end stands on a line of its own where it has several."""
    return lines + ("\n" + " " * indent if "\n" in lines else "")


def formatted(files: Mapping[str, str], package: str) -> dict[str, str]:
    """The files as ruff leaves them: imports that nobody uses taken out, the others sorted, lines broken.

    :raises RuntimeError: ruff cannot read what was rendered.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, package)
        for path, source in files.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_text(source, "utf-8")
        for command in (["check", "--fix", "--select", "F401"], ["check", "--fix", "--select", "I"], ["format"]):
            line = [sys.executable, "-m", "ruff", *command, "--quiet", "--no-cache", "--config", str(_CONFIG)]
            # The folder holds only part of the package, so ruff cannot know that the rest is of it, too.
            line += ["--config", f'lint.isort.known-first-party = ["{RUNTIME}", "{package}"]', "."]
            done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=folder)  # noqa: S603 - ours
            if done.returncode:
                raise RuntimeError(f"ruff cannot read what was rendered:\n{done.stdout}{done.stderr}")
            if command[-1] == "F401":
                _drop_empty_blocks(home)
        return {path: (home / path).read_text("utf-8") for path in files}


def _drop_empty_blocks(home: Path) -> None:
    """Take out the blocks for type checkers in which no import is left."""
    for path in home.rglob("*.py"):
        source = path.read_text("utf-8")
        path.write_text(source.replace("\nif TYPE_CHECKING:\n    pass\n", ""), "utf-8")
