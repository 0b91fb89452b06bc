"""The transport as generated code knows it: what counts as a replacement of it."""

from __future__ import annotations

from typing import Any

import pytest

import openapi_client as oc
from openapi_client.rest import RESTClientObject


class Own(RESTClientObject):
    def request(self, *args: Any, **options: Any) -> Any:
        return super().request(*args, **options)


def test_as_made() -> None:
    """Nothing is replaced in a new client, nor after its own pool manager was looked at."""
    client = RESTClientObject(oc.Configuration())
    assert client.is_as_made
    assert client.pool_manager is client.pool_manager
    assert client.is_as_made


def test_replaced_on_the_instance() -> None:
    """A method that was replaced on an instance is noticed."""
    client: Any = RESTClientObject(oc.Configuration())
    client.GET = lambda *_, **__: None
    assert not client.is_as_made


@pytest.mark.parametrize("name", ["request", "GET", "HEAD", "OPTIONS", "DELETE", "POST", "PUT", "PATCH"])
def test_replaced_on_the_class(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A method that was patched on the class is noticed, for clients that were made before, too."""
    client = RESTClientObject(oc.Configuration())
    monkeypatch.setattr(RESTClientObject, name, lambda *_, **__: None)
    assert not client.is_as_made


def test_subclass() -> None:
    """A subclass that overrides a method is noticed."""
    assert not Own(oc.Configuration()).is_as_made
