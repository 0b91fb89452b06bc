"""An operation on its own: what it makes of arguments, and how methods are declared with it."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest
from support.memory import RESET, Memory, api_over, reply

import openapi_client as oc
from openapi_client._call.operation import Operation, Parameter, generated, operation, unknown_argument
from openapi_client._schema import kinds


def refuse(value: Any, method: str) -> None:
    """A rule that refuses one value."""
    if value == "bad":
        raise oc.ApiValueError(f"`{method}` does not take {value}")


def look(**changes: Any) -> Operation:
    """An operation with a parameter in every place but the body."""
    parameters = (
        Parameter("pet_id", "path", "pet-id", required=True, rule=refuse),
        Parameter("tags", "query", "tag", kinds.ListOf(kinds.TEXT), style="multi"),
        Parameter("size", "query", "size", kinds.INTEGER),
        Parameter("entity", "header", "Entity", setting="zuora_entity_ids"),
        Parameter("stamp", "header", "Stamp", make=lambda: "made"),
    )
    return Operation("GET", "/pets/{pet-id}", parameters, kinds.ANYTHING, **changes)


def create(**changes: Any) -> Operation:
    """An operation that sends a body."""
    return Operation(
        "POST",
        "/pets",
        (Parameter("pet", "body", kind=kinds.ANYTHING, required=True), Parameter("key", "header", "Idempotency-Key")),
        kinds.ANYTHING,
        **{"sends": "application/json", **changes},
    )


def called(declared: Operation, *steps: Any, info: bool = False, **arguments: Any) -> tuple[Any, Any]:
    """Call an operation.

    :returns: its result, and the last request.
    """
    transport = Memory(*(steps or (reply(200, {"a": 1}),)))
    settings = arguments.pop("settings", {})
    client = api_over(transport, **settings).api_client
    result = declared.call(client, "look", arguments, info=info)
    return result, transport.requests[-1] if transport.requests else None


def test_every_place() -> None:
    """Each argument ends up in its place, under its name in the request."""
    result, request = called(look(), pet_id="a b", tags=["x", "y"], size=3, entity="e", stamp="given")
    assert result == {"a": 1}
    assert (request.method, request.url) == ("GET", "https://rest.zuora.com/pets/a%20b?tag=x&tag=y&size=3")
    assert (request.headers["Entity"], request.headers["Stamp"]) == ("e", "given")
    assert (request.headers["Accept"], request.headers["Accept-Encoding"]) == ("application/json", "gzip")
    assert request.headers["Authorization"] == "Bearer the-token"
    assert request.body is None


def test_what_stands_in() -> None:
    """What was left out comes from a setting or is made; an explicit ``None`` sends nothing, or the setting."""
    _, request = called(look(), pet_id="p", settings={"zuora_entity_ids": "of the settings"})
    assert (request.headers["Entity"], request.headers["Stamp"]) == ("of the settings", "made")
    assert request.url == "https://rest.zuora.com/pets/p"
    _, request = called(look(), pet_id="p", entity=None, stamp=None, settings={"zuora_entity_ids": "of the settings"})
    assert request.headers["Entity"] == "of the settings"
    assert "Stamp" not in request.headers
    _, request = called(look(), pet_id="p", entity="own", settings={"zuora_entity_ids": "of the settings"})
    assert request.headers["Entity"] == "own"


def test_body() -> None:
    """A body is sent as JSON; an operation without a parameter for it may send a fixed one."""
    _, request = called(create(), pet={"name": "Rex"}, key="k")
    assert json.loads(request.body) == {"name": "Rex"}
    assert (request.headers["Content-Type"], request.headers["Idempotency-Key"]) == ("application/json", "k")
    _, request = called(Operation("PUT", "/pets", (), kinds.ANYTHING, sends="application/json", body={}))
    assert (request.body, request.headers["Content-Type"]) == ("{}", "application/json")
    _, request = called(Operation("PUT", "/pets", (), kinds.ANYTHING))
    assert request.body is None


def test_headers_of_the_call() -> None:
    """``_headers`` come last, and win."""
    _, request = called(look(), pet_id="p", _headers={"stamp": "own", "X-Own": "1"})
    assert (request.headers["stamp"], request.headers["X-Own"]) == ("own", "1")
    assert "Stamp" not in request.headers
    with pytest.raises(oc.ApiTypeError, match="parameter `_headers`: it must be a dict, not list"):
        called(look(), pet_id="p", _headers=["X-Own"])


def test_options() -> None:
    """The options that every operation has do what they say."""
    whole, _ = called(look(), pet_id="p", info=True)
    assert (whole.data, whole.status_code) == ({"a": 1}, 200)
    data, _ = called(look(), pet_id="p", info=True, _return_http_data_only=True)
    assert data == {"a": 1}
    data, _ = called(look(), pet_id="p", _return_http_data_only=False)
    assert data == {"a": 1}
    raw = object()
    unread, _ = called(look(), reply(200)._replace(raw=raw), pet_id="p", _preload_content=False)
    assert unread is raw
    with pytest.raises(oc.TransportException) as caught:
        called(look(), RESET, pet_id="p", _retries=0)
    assert caught.value.attempts == 1
    later, _ = called(look(), pet_id="p", async_req=True)
    assert later.get(10) == {"a": 1}
    transport = Memory(reply(200, {}))
    look().call(api_over(transport).api_client, "look", {"pet_id": "p", "_request_timeout": 4}, info=False)
    assert transport.limits[0].total == 4.0


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({}, oc.ApiValueError, "Missing the required parameter `pet_id` when calling `look`"),
        ({"pet_id": None}, oc.ApiValueError, "Missing the required parameter `pet_id` when calling `look`"),
        ({"pet_id": 5}, oc.ApiTypeError, r"parameter `pet_id` when calling `look`: it must be a str, not int \(5\)"),
        ({"pet_id": "bad"}, oc.ApiValueError, "`look` does not take bad"),
        ({"pet_id": "p", "size": "big"}, oc.ApiTypeError, "`size`"),
        ({"pet_id": "p", "tags": "x"}, oc.ApiTypeError, "`tags`"),
    ],
)
def test_arguments_are_checked(arguments: dict[str, Any], kind: type[Exception], message: str) -> None:
    """Each parameter has a type and may have a rule; nothing is sent where one is broken."""
    with pytest.raises(kind, match=message):
        called(look(), **arguments)


def test_without_validation() -> None:
    """Without validation what is given is sent, wrong or not."""
    off = {"client_side_validation": False}
    _, request = called(look(), pet_id="bad", size="big", settings=off)
    assert request.url == "https://rest.zuora.com/pets/bad?size=big"
    _, request = called(create(), pet=None, settings=off)
    assert request.body is None


def test_binding() -> None:
    """Positional arguments are the required ones in their order."""
    declared = look()
    assert declared.bind("look", ("p",), {"size": 1}) == {"pet_id": "p", "size": 1}
    assert declared.bind("look", (), {"pet_id": "p", "_retries": 1}) == {"pet_id": "p", "_retries": 1}
    with pytest.raises(oc.ApiTypeError, match=r"'sise' to method look; did you mean 'size'\?"):
        declared.bind("look", ("p",), {"size": 1, "sise": 2})


@pytest.mark.parametrize(
    ("args", "given", "expected"),
    [
        (("p",), {}, True),
        ((), {"pet_id": "p"}, True),
        ((), {}, False),
        (("p",), {"pet_id": "p"}, False),
        (("p", "q"), {}, False),
        ((), {"size": 1}, False),
    ],
)
def test_takes(args: tuple[Any, ...], given: dict[str, Any], expected: bool) -> None:
    """Each required argument has to be there once."""
    assert look().takes(args, given) is expected


@pytest.mark.parametrize(
    ("name", "hint"),
    [("sise", "; did you mean 'size'?"), ("timeout", "; did you mean '_request_timeout'?"), ("zzz", "")],
)
def test_unknown_argument(name: str, hint: str) -> None:
    """An unknown argument is named, with the nearest known one."""
    error = unknown_argument("look", name, {"size", "tags", "_request_timeout"})
    assert str(error) == f"Got an unexpected keyword argument '{name}' to method look{hint}"


LOOK = look()


class Pets:
    """An API class."""

    def __init__(self, client: Any) -> None:
        self.api_client = client

    @operation(LOOK)
    def look(self, pet_id: str, *, size: int | None = None, **options: Any) -> Any:
        """Look at a pet."""

    @operation(LOOK, info=True)
    def look_with_http_info(self, pet_id: str, *, size: int | None = None, **options: Any) -> Any:
        """Look at a pet, and more."""

    l_ook = generated("l_ook", look)
    l_ook_with_http_info = generated("l_ook_with_http_info", look_with_http_info)


def test_declared_methods() -> None:
    """A declared method calls its operation, under both names, and shows what was declared."""

    class Own(Pets):
        @operation(LOOK)
        def peek(self, pet_id: str, *, size: int | None = None) -> Any:
            """Peek."""

        p_eek = generated("p_eek", peek)

    pets = Own(api_over(Memory(*[reply(200, {"a": 1})] * 5)).api_client)
    assert pets.peek("p", size=1) == pets.p_eek(pet_id="p") == pets.look("p") == {"a": 1}
    assert pets.look_with_http_info("p").data == pets.l_ook_with_http_info("p").data == {"a": 1}
    assert (Own.p_eek.__name__, Own.p_eek.__qualname__.rpartition(".")[2], Own.p_eek.__doc__) == (
        "p_eek",
        "p_eek",
        "Peek.",
    )
    assert Own.p_eek.__qualname__.startswith("test_declared_methods")
    assert inspect.signature(Own.p_eek) == inspect.signature(Own.peek)
    assert list(inspect.signature(Own.peek).parameters) == ["self", "pet_id", "size"]


def test_errors_of_declared_methods() -> None:
    """Wrong arguments are told under the name that was called; what Python says itself it says as ever."""

    class Own(Pets):
        @operation(LOOK)
        def peek(self, pet_id: str, *, size: int | None = None) -> Any:
            """Peek."""

        p_eek = generated("p_eek", peek)

    pets = Own(api_over(Memory()).api_client)
    with pytest.raises(oc.ApiTypeError, match="to method p_eek"):
        pets.p_eek("p", colour="red")
    with pytest.raises(oc.ApiValueError, match="when calling `p_eek`"):
        pets.p_eek(None)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'pet_id'"):
        pets.peek()
    with pytest.raises(TypeError, match="multiple values for argument 'pet_id'"):
        pets.peek("p", pet_id="q")
    with pytest.raises(TypeError, match="takes 2 positional arguments but 3 were given"):
        pets.peek("p", "q")
