"""Every public member is tested and documented."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from support.package import ROOT

import openapi_client as oc
from openapi_client import rest


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
