"""Wrong arguments of constructors."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import openapi_client as oc
from openapi_client._policy.calling import strict
from openapi_client.sandbox import Sandbox


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: oc.RetryPolicy(attemps=3), "'attemps'; did you mean 'attempts'?"),
        (lambda: oc.ApiClient(configuraton=None), "'configuraton'; did you mean 'configuration'?"),
        (lambda: Sandbox(tenant_verion="2025-08-12"), "'tenant_verion'; did you mean 'tenant_version'?"),
        (lambda: oc.RetryPolicy(1, 2, 3, 4, frozenset(), 6), "7 were given"),
    ],
)
def test_constructors(call: Any, expected: str) -> None:
    """A wrong argument is an error of this package, and still a ``TypeError``; the nearest name is told."""
    with pytest.raises(oc.ApiTypeError) as caught:
        call()
    assert expected in str(caught.value)
    assert isinstance(caught.value, TypeError)


def test_signatures_stay() -> None:
    """What is shown is what the function itself takes."""
    assert list(inspect.signature(oc.RetryPolicy).parameters)[:2] == ["attempts", "backoff_base"]
    assert next(iter(inspect.signature(oc.ApiClient).parameters)) == "configuration"


def test_errors_of_the_function_stay() -> None:
    """A ``TypeError`` that comes from within is passed on."""

    @strict
    def make(value: Any) -> Any:
        return value + 1

    assert make(1) == 2
    with pytest.raises(TypeError) as caught:
        make("text")
    assert not isinstance(caught.value, oc.ApiTypeError)
