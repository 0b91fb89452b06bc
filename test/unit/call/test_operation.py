"""An operation on its own: what it makes of arguments, and how methods are declared with it."""

from __future__ import annotations

import inspect
import json
from typing import Any, ClassVar

import pytest
from support.memory import RESET, Memory, api_over, reply

import openapi_client as oc
from openapi_client._call.operation import (
    Default,
    Operation,
    Parameter,
    checked,
    generated,
    operation,
    refuse_unknown,
)
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


class Foreign:
    """A model of another generated client."""

    openapi_types: ClassVar = {"pet_name": "str"}
    attribute_map: ClassVar = {"pet_name": "petName"}
    pet_name = "Rex"


def test_values_in_their_form() -> None:
    """Another client's model is sent as it is; a flag goes into a query as JSON spells it."""
    parameters = (
        Parameter("pet", "body", kind=kinds.ListOf(kinds.TEXT), required=True),
        Parameter("deep", "query", "deep", kinds.FLAG),
    )
    declared = Operation("POST", "/pets", parameters, kinds.ANYTHING, sends="application/json")
    _, request = called(declared, pet=Foreign(), deep=True)
    assert json.loads(request.body) == {"petName": "Rex"}
    assert request.url.endswith("/pets?deep=true")


def test_a_path_is_refused_by_the_name_of_the_parameter() -> None:
    """Callers know the Python name, not that of the wire."""
    with pytest.raises(oc.ApiValueError, match="`pet_id`"):
        called(look(), pet_id="..")


def test_what_an_override_gets() -> None:
    """An overridden ``call_api`` gets the empty forms and files that generated code gives it."""

    class Client(oc.ApiClient):
        def call_api(self, *args: Any, **kwargs: Any) -> Any:
            return kwargs

    given = look().call(Client(oc.Configuration()), "look", {"pet_id": "1"}, info=False)
    assert (given["post_params"], given["files"]) == ([], {})


class Odd(oc.ApiException):
    """What a judge makes of a refusal."""


def test_what_an_answer_is_held_to() -> None:
    """It has to bring what it is declared to bring; a judge names the exception; a refusal raises where it must."""
    kind = kinds.Nested(oc.POSTJournalRunResponseType)
    settings, refused = {"raise_on_failure": False}, reply(200, {"success": False})
    declared = Operation("GET", "/pets", (), kind, brings=("journalRunNumber",), judge=lambda *_: Odd)
    strict = Operation("GET", "/pets", (), kind, brings=("journalRunNumber",))
    for raises in (False, True):
        client = api_over(Memory(reply(200, {"success": True}), reply(400)), **settings).api_client
        with pytest.raises(oc.ApiException, match="has no `journalRunNumber`"):
            strict.call(client, "look", {}, raises=raises)
        with pytest.raises(Odd):
            declared.call(client, "look", {}, raises=raises)
    client = api_over(Memory(refused, refused, refused), **settings).api_client
    plain = {"response_type": oc.POSTJournalRunResponseType, "_return_http_data_only": True}
    assert client.call_api("/pets", "GET", **plain).success is False
    assert strict.call(client, "look", {}).success is False
    with pytest.raises(oc.OperationFailedException):
        strict.call(client, "look", {}, raises=True)


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
    assert (look().bind("look", args, given) is not None) is expected


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("sise", "; did you mean 'size'?"),
        ("timeout", "; did you mean '_request_timeout'?"),
        ("zzz", ""),
        ("_headers", ""),
    ],
)
def test_unknown_argument(name: str, hint: str) -> None:
    """An unknown argument is named, with the nearest known one."""
    known = frozenset({"size", "tags", "headers", "time_out"})
    with pytest.raises(oc.ApiTypeError) as caught:
        refuse_unknown("look", {"size": 1, name: 1}, known)
    assert str(caught.value) == f"Got an unexpected keyword argument '{name}' to method look{hint}"


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


def test_what_an_operation_declares() -> None:
    """What was declared is on the operation, and what follows from it."""

    def settle(*_: Any) -> bool:
        return True

    declared = look(settle=settle)
    assert (declared.verb, declared.path, declared.settle) == ("GET", "/pets/{pet-id}", settle)
    assert declared.required == ("pet_id",)
    assert {"pet_id", "tags", "_headers", "async_req"} < declared.known
    assert Operation("DELETE", "/pets", (), None).answer is None
    nothing, request = called(Operation("DELETE", "/pets", (), None), reply(204))
    assert nothing is None
    assert request.method == "DELETE"


def test_media_type_of_a_body() -> None:
    """The media type is sent as declared, and a call without one lets the client choose."""
    transport = Memory(reply(200, {}))
    client = api_over(transport).api_client
    sent: list[Any] = []
    original = client.call_api
    client.call_api = lambda *args, **named: sent.append(args) or original(*args, **named)
    Operation("POST", "/pets", (), None, sends="application/json").call(client, "m", {}, info=False)
    assert sent[-1][4] == [
        ("Accept", "application/json"),
        ("Accept-Encoding", "gzip"),
        ("Content-Type", "application/json"),
    ]
    client.rest_client.transport = Memory(reply(200, {}))
    Operation("GET", "/pets", (), None).call(client, "m", {}, info=False)
    assert sent[-1][4] == [("Accept", "application/json"), ("Accept-Encoding", "gzip")]


def test_settling() -> None:
    """An operation that settles is asked about a repeated call that was refused, with all that it needs."""
    asked: list[Any] = []

    def settle(client: Any, method: str, arguments: Any, refusal: Any, deadline: Any) -> bool:
        asked.append((method, arguments, refusal.status))
        return True

    declared = Operation("DELETE", "/pets", (), kinds.ANYTHING, settle=settle)
    no = reply(200, {"success": False, "reasons": [{"code": 50000030, "message": "no"}]})
    refused = reply(400, {"success": False, "reasons": [{"code": 50000030, "message": "no"}]})
    result, _ = called(declared, RESET, refused)
    assert result == {"success": True}
    assert asked == [("look", {}, 400)]
    assert called(Operation("DELETE", "/pets", (), kinds.ANYTHING), no)[0]["success"] is False


@pytest.mark.parametrize(("headers", "made"), [({}, True), ({"STAMP": "own"}, False), ({"Other": "x"}, True)])
def test_a_value_is_not_made_where_a_header_brings_one(headers: dict[str, str], made: bool) -> None:
    """What ``_headers`` bring, in whatever case, is not made as well; a documented default asks for it to be made."""
    count: list[int] = []

    def make() -> str:
        count.append(1)
        return "made"

    declared = Operation("GET", "/pets", (Parameter("stamp", "header", "Stamp", make=make),), kinds.ANYTHING)
    for arguments in ({}, {"stamp": Default("a new one")}):
        _, request = called(declared, _headers=headers, **arguments)
        assert next(value for name, value in request.headers.items() if name.lower() == "stamp") == (
            "made" if made else "own"
        )
    assert len(count) == (2 if made else 0)
    assert repr(Default("a new one")) == "a new one"


def test_twins_with_defaults_and_closures() -> None:
    """The method under its generated name keeps defaults, closure and place of the declaration."""
    outer = "from outside"

    class Own(Pets):
        @operation(LOOK, info=True)
        def peek_with_http_info(self, pet_id: str = "default", *, size: int | None = 5) -> Any:
            """Peek, and more."""
            return (outer, pet_id, size)

        p_eek_with_http_info = generated("p_eek_with_http_info", peek_with_http_info)

    twin: Any = Own.p_eek_with_http_info
    assert inspect.signature(twin) == inspect.signature(Own.peek_with_http_info)
    assert twin.__wrapped__(None) == ("from outside", "default", 5)
    assert twin.__qualname__ == Own.__qualname__ + ".p_eek_with_http_info"
    assert twin.__module__ == __name__
    assert twin.__annotations__ == Own.peek_with_http_info.__annotations__
    pets = Own(api_over(Memory(reply(200, {"a": 1}), reply(200, {"a": 1}))).api_client)
    assert pets.p_eek_with_http_info("p").status_code == pets.peek_with_http_info("p").status_code == 200
    with pytest.raises(oc.ApiValueError, match="when calling `p_eek`"):
        pets.p_eek_with_http_info(None)


def test_methods_that_are_no_operation() -> None:
    """They refuse an unknown keyword with the nearest known one, and are called as they are otherwise."""

    @checked
    def wait(self: Any, first: Any, second: Any = 2, *, timeout_all: Any = 3, **more: Any) -> Any:
        """Wait."""
        return (self, first, second, timeout_all)

    assert wait("self", 1, timeout_all=4) == ("self", 1, 2, 4)
    assert wait("self", first=1, second=5) == ("self", 1, 5, 3)
    assert (wait.__name__, wait.__doc__) == ("wait", "Wait.")
    for name in ("timeout_al", "self", "more"):
        with pytest.raises(oc.ApiTypeError, match=f"'{name}' to method wait"):
            wait("self", 1, **{name: 1})
    with pytest.raises(oc.ApiTypeError, match="did you mean 'timeout_all'"):
        wait("self", 1, timeout_al=1)
