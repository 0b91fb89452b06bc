"""Packages whose names are loaded when they are first used, so that their size does not matter to those who use few."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def access(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` of a package (PEP 562).

    :param homes: name -> the module below the package that has it; the modules are attributes, too.
    """
    modules = frozenset(homes.values())

    def get(name: str) -> Any:
        if name in modules:
            return import_module(f"{package}.{name}")
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes, *modules})

    return get, names


def shown(module: str, name: str) -> Any:
    """What ``_show`` has by this name: it lies above everything, and is loaded when somebody wants to look."""
    return getattr(import_module(f"openapi_client._show.{module}"), name)


def html(thing: Any) -> str:
    """The ``_repr_html_`` of a class, which notebooks call."""
    table: str = shown("tables", "table_of")(thing)
    return table


def render_traceback(error: Any) -> list[str]:
    """The ``_render_traceback_`` of an exception, which IPython calls."""
    lines: list[str] = shown("notebook", "render_traceback")(error)
    return lines
