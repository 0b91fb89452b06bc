"""Another client that OpenAPI Generator 4.3.1 made runs on our runtime, over real HTTP."""

from __future__ import annotations

import datetime
import email
import email.policy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import urllib3
from support.echo import EchoServer

import openapi_client as oc
from openapi_client import ApiClient, ApiException, ApiTypeError, ApiValueError, Configuration

PATIENCE = 10.0


# The other client, written as the generator writes it


class Tag:
    openapi_types = {"id": "int", "name": "str"}  # noqa: RUF012 - as generated
    attribute_map = {"id": "id", "name": "name"}  # noqa: RUF012 - as generated

    def __init__(self, id: Any = None, name: Any = None, local_vars_configuration: Any = None) -> None:  # noqa: A002 - as generated
        if local_vars_configuration is None:
            local_vars_configuration = Configuration()
        self.local_vars_configuration = local_vars_configuration
        self.id, self.name = id, name


class Pet:
    openapi_types = {  # noqa: RUF012 - as generated
        "id": "int",
        "name": "str",
        "photo_urls": "list[str]",
        "tags": "list[Tag]",
        "status": "str",
        "born": "date",
    }
    attribute_map = {  # noqa: RUF012 - as generated
        "id": "id",
        "name": "name",
        "photo_urls": "photoUrls",
        "tags": "tags",
        "status": "status",
        "born": "born",
    }

    def __init__(
        self,
        id: Any = None,  # noqa: A002 - as generated
        name: Any = None,
        photo_urls: Any = None,
        tags: Any = None,
        status: Any = None,
        born: Any = None,
        local_vars_configuration: Any = None,
    ) -> None:
        if local_vars_configuration is None:
            local_vars_configuration = Configuration()
        self.local_vars_configuration = local_vars_configuration
        self._status = None
        self.discriminator = None
        self.id, self.name, self.photo_urls, self.tags, self.born = id, name, photo_urls, tags, born
        if status is not None:
            self.status = status

    @property
    def status(self) -> Any:
        return self._status

    @status.setter
    def status(self, status: Any) -> None:
        allowed_values = ["available", "pending", "sold"]
        if self.local_vars_configuration.client_side_validation and status not in allowed_values:
            raise ValueError(f"Invalid value for `status` ({status}), must be one of {allowed_values}")
        self._status = status


class Animal:
    openapi_types = {"class_name": "str", "color": "str"}  # noqa: RUF012 - as generated
    attribute_map = {"class_name": "className", "color": "color"}  # noqa: RUF012 - as generated
    discriminator_value_class_map = {"Dog": "Dog"}  # noqa: RUF012 - as generated

    def __init__(self, class_name: Any = None, color: Any = "red", local_vars_configuration: Any = None) -> None:
        self.class_name, self.color = class_name, color

    def get_real_child_model(self, data: dict[str, Any]) -> str | None:
        return self.discriminator_value_class_map.get(data["className"])


class Dog(Animal):
    openapi_types = {**Animal.openapi_types, "breed": "str"}  # noqa: RUF012 - as generated
    attribute_map = {**Animal.attribute_map, "breed": "breed"}  # noqa: RUF012 - as generated
    discriminator_value_class_map: dict[str, str] = {}  # noqa: RUF012 - as generated

    def __init__(
        self, class_name: Any = None, color: Any = "red", breed: Any = None, local_vars_configuration: Any = None
    ):
        super().__init__(class_name, color)
        self.breed = breed


class OuterEnum:
    """An enum as 4.3.1 makes it: a class of constants without fields; its values stay what JSON gives."""

    PLACED = "placed"
    allowable_values = [PLACED]  # noqa: RUF012 - as generated
    openapi_types: dict[str, str] = {}  # noqa: RUF012 - as generated
    attribute_map: dict[str, str] = {}  # noqa: RUF012 - as generated


class PetApi:
    """One operation for everything: each test fills in what its parameters are."""

    def __init__(self, api_client: ApiClient | None = None) -> None:
        self.api_client = ApiClient() if api_client is None else api_client

    def call(self, verb: str, resource: str, /, **options: Any) -> Any:
        given: dict[str, Any] = {
            "path": {},
            "query": [],
            "headers": {},
            "body": None,
            "form": [],
            "files": {},
            "returns": "object",
            "auth": [],
            "formats": {},
            "accepts": ["application/json"],
            "_return_http_data_only": True,
            **options,
        }
        given["headers"]["Accept"] = self.api_client.select_header_accept(given.pop("accepts"))
        if "consumes" in given:
            given["headers"]["Content-Type"] = self.api_client.select_header_content_type(given.pop("consumes"))
        return self.api_client.call_api(
            resource,
            verb,
            given.pop("path"),
            given.pop("query"),
            given.pop("headers"),
            body=given.pop("body"),
            post_params=given.pop("form"),
            files=given.pop("files"),
            response_type=given.pop("returns"),
            auth_settings=given.pop("auth"),
            collection_formats=given.pop("formats"),
            **given,
        )


@pytest.fixture(scope="module")
def running() -> Iterator[EchoServer]:
    with EchoServer() as server:
        yield server


@pytest.fixture
def server(running: EchoServer, monkeypatch: pytest.MonkeyPatch) -> EchoServer:
    running.canned.clear()
    for model in (Animal, Dog, OuterEnum, Pet, Tag):
        monkeypatch.setattr(oc.models, model.__name__, model, raising=False)
    return running


@pytest.fixture
def api(server: EchoServer) -> Iterator[PetApi]:
    with ApiClient(Configuration(host=server.url)) as client:
        yield PetApi(client)


# What is sent


def test_path_query_and_headers(api: PetApi) -> None:
    """Parameters end up in their places, encoded; a list in a query without a format travels as generated."""
    seen = api.call(
        "GET",
        "/pet/{petId}/x/{other}",
        path={"petId": 5, "other": "a/b c"},
        query=[("a", "1&2"), ("d", datetime.date(2026, 3, 31)), ("t", True)],
        headers={"api_key": "k", "X-None": None, "X-Number": 5},
    )
    assert seen["path"] == "/pet/5/x/a%2Fb%20c"
    assert seen["query"] == [["a", "1&2"], ["d", "2026-03-31"], ["t", "True"]]
    assert seen["headers"]["api_key"] == "k"
    assert seen["headers"]["x-number"] == "5"
    assert "x-none" not in seen["headers"]
    assert seen["headers"]["accept"] == "application/json"
    assert seen["headers"]["user-agent"].startswith("OpenAPI-Generator/1.0.0/python ")


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("multi", [["s", "a"], ["s", "b c"]]),
        ("csv", [["s", "a,b c"]]),
        ("ssv", [["s", "a b c"]]),
        ("tsv", [["s", "a\tb c"]]),
        ("pipes", [["s", "a|b c"]]),
    ],
)
def test_collection_formats(api: PetApi, style: str, expected: list[list[str]]) -> None:
    """A list in the query is sent in its collection format; ``csv`` works in headers and paths as well."""
    seen = api.call("GET", "/pets", query=[("s", ["a", "b c"])], formats={"s": style})
    assert seen["query"] == expected
    seen = api.call("GET", "/p/{s}", path={"s": [1, 2]}, headers={"h": [1, 2]}, formats={"s": "csv", "h": "csv"})
    assert (seen["path"], seen["headers"]["h"]) == ("/p/1%2C2", "1,2")


def test_body(api: PetApi) -> None:
    """A model of another client is sent with its wire names, nested models and dates included."""
    pet = Pet(1, "ketty", ["u"], [Tag(1, "t"), Tag()], "sold", datetime.date(2026, 3, 31))
    seen = api.call("POST", "/pet", body=pet, consumes=["application/json", "application/xml"])
    assert json.loads(seen["body"]) == {
        "id": 1,
        "name": "ketty",
        "photoUrls": ["u"],
        "tags": [{"id": 1, "name": "t"}, {}],
        "status": "sold",
        "born": "2026-03-31",
    }
    assert seen["headers"]["content-type"] == "application/json"


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("body", [[Tag(1)], {"a": 1}, "text", 5, 0, False, [], {}])
def test_json_bodies(api: PetApi, verb: str, body: Any) -> None:
    """Any JSON is a body, for every verb that has one, also when it is falsy."""
    seen = api.call(verb, "/echo", body=body)
    assert json.loads(seen["body"]) == ([{"id": 1}] if isinstance(body, list) and body else body)
    assert seen["verb"] == verb


@pytest.mark.parametrize(
    ("body", "content_type"), [("<a/>", "application/xml"), (b"\x00\xff", "application/octet-stream")]
)
def test_other_bodies(api: PetApi, body: Any, content_type: str) -> None:
    """Text and bytes are sent as they are for another content type."""
    seen = api.call("POST", "/echo", body=body, consumes=[content_type])
    assert seen["body"] == (body if isinstance(body, str) else body.decode("latin-1"))
    assert seen["headers"]["content-type"] == content_type


def test_body_that_does_not_fit(api: PetApi) -> None:
    """A dict cannot be sent as XML, and the error says so."""
    with pytest.raises(ApiTypeError, match="application/xml"):
        api.call("POST", "/echo", body={"a": 1}, consumes=["application/xml"])


def test_form(api: PetApi) -> None:
    """Form fields are urlencoded, collections by their format."""
    seen = api.call(
        "POST",
        "/form",
        form=[("name", "a&b"), ("n", 5), ("list", ["x", "y"]), ("many", [1, 2])],
        formats={"list": "csv", "many": "multi"},
        consumes=["application/x-www-form-urlencoded"],
    )
    assert seen["headers"]["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(seen["body"]) == [("name", "a&b"), ("n", "5"), ("list", "x,y"), ("many", "1"), ("many", "2")]


def test_multipart(api: PetApi, tmp_path: Path) -> None:
    """Files and fields travel as multipart, with names, content and media types."""
    first, second = tmp_path / "foo.png", tmp_path / "b.txt"
    first.write_bytes(b"\x89PNG\r\n\x00")
    second.write_bytes(b"text")
    seen = api.call(
        "POST",
        "/upload",
        form=[("additionalMetadata", "special")],
        files={"file": str(first), "more": [str(second)]},
        consumes=["multipart/form-data"],
    )
    head = f"Content-Type: {seen['headers']['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + seen["body"].encode("latin-1"), policy=email.policy.HTTP)
    parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
    assert parts["additionalMetadata"].get_payload(decode=True) == b"special"
    assert parts["file"].get_payload(decode=True) == b"\x89PNG\r\n\x00"
    assert (parts["file"].get_filename(), parts["file"].get_content_type()) == ("foo.png", "image/png")
    assert (parts["more"].get_filename(), parts["more"].get_content_type()) == ("b.txt", "text/plain")


def test_no_body_with_form(api: PetApi) -> None:
    """Form and body exclude each other, with the generated message."""
    with pytest.raises(ApiValueError, match="body parameter cannot be used with post_params parameter"):
        api.call("POST", "/form", form=[("a", 1)], body={"b": 1})


def test_unknown_verb(api: PetApi) -> None:
    """A verb that HTTP clients do not send is refused as a ``ValueError``."""
    with pytest.raises(ApiValueError, match="http method must be"):
        api.call("TRACE", "/echo")


def test_default_headers_and_cookie(server: EchoServer) -> None:
    """Default headers and the cookie go with every call, and a header of the call beats them, whatever its case."""
    with ApiClient(Configuration(host=server.url), "X-Tenant", "default", cookie="a=1") as client:
        client.set_default_header("X-Other", "other")
        client.user_agent = "mine/1"
        headers = PetApi(client).call("GET", "/echo", headers={"x-tenant": "call"})["headers"]
        again = PetApi(client).call("GET", "/echo")["headers"]
    assert (headers["x-tenant"], headers["x-other"], headers["cookie"]) == ("call", "other", "a=1")
    assert headers["user-agent"] == "mine/1"
    assert again["x-tenant"] == "default"


def test_given_headers_stay_as_they_were(server: EchoServer) -> None:
    """The dict of headers that a caller passes is not changed by the call."""
    given = {"X": "1"}
    with ApiClient(Configuration(host=server.url, username="u", password="p")) as client:
        client.call_api("/echo", "GET", header_params=given, response_type="object", auth_settings=["basicAuth"])
    assert given == {"X": "1"}


# Authentication


@pytest.mark.parametrize(
    ("settings", "auth", "header", "value"),
    [
        ({"api_key": {"api_key": "123"}}, ["api_key"], "api_key", "123"),
        ({"api_key": {"api_key": "123"}, "api_key_prefix": {"api_key": "PRE"}}, ["api_key"], "api_key", "PRE 123"),
        ({"username": "u", "password": "p"}, ["basicAuth"], "authorization", "Basic dTpw"),
        ({"username": "u", "password": "p"}, ["http_basic_test"], "authorization", "Basic dTpw"),
        ({"access_token": "t"}, ["petstore_auth"], "authorization", "Bearer t"),
        ({"access_token": lambda: "now"}, ["bearer_test"], "authorization", "Bearer now"),
    ],
)
def test_auth_settings(server: EchoServer, settings: dict[str, Any], auth: list[str], header: str, value: str) -> None:
    """Each scheme that an operation names is applied, whatever its name in the other description."""
    with ApiClient(Configuration(host=server.url, **settings)) as client:
        assert PetApi(client).call("GET", "/echo", auth=auth)["headers"][header] == value
        assert header not in PetApi(client).call("GET", "/echo", auth=[])["headers"]


def test_schemes_in_query_and_cookie(server: EchoServer) -> None:
    """A configuration with schemes of its own, as another client has, puts them into query and cookie."""

    class Settings(Configuration):
        def auth_settings(self) -> dict[str, dict[str, Any]]:
            return {
                "query_key": {"type": "api_key", "in": "query", "key": "k", "value": "1"},
                "cookie_key": {"type": "api_key", "in": "cookie", "key": "c", "value": "c=2"},
                "odd": {"type": "api_key", "in": "body", "key": "b", "value": "3"},
            }

    with ApiClient(Settings(host=server.url)) as client:
        seen = PetApi(client).call("GET", "/echo", auth=["query_key", "cookie_key", "unknown"], query=[("a", "1")])
        assert seen["query"] == [["a", "1"], ["k", "1"]]
        assert seen["headers"]["cookie"] == "c=2"
        with pytest.raises(ApiValueError, match="Authentication token must be in `query` or `header`"):
            PetApi(client).call("GET", "/echo", auth=["odd"])


def test_update_params_for_auth() -> None:
    """The generated method works by itself, on the dicts that it is given."""
    headers, querys = {"test1": "value1"}, {"test2": "value2"}
    client = ApiClient(Configuration(api_key={"api_key": "123456"}, api_key_prefix={"api_key": "PREFIX"}))
    client.update_params_for_auth(headers, querys, ["api_key", "unknown"])
    assert headers == {"test1": "value1", "api_key": "PREFIX 123456"}
    assert querys == {"test2": "value2"}
    client.update_params_for_auth(headers, querys, None)


# Hosts


def test_host_of_an_operation(api: PetApi, server: EchoServer) -> None:
    """``_host`` replaces the host for one call."""
    api.api_client.configuration.host = "http://127.0.0.1:9"
    assert api.call("GET", "/echo", _host=f"{server.url}/v9")["path"] == "/v9/echo"


# What comes back


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        ([1, 2], "list[int]", [1, 2]),
        ({"a": 1}, "dict(str, int)", {"a": 1}),
        ({"a": [1]}, "object", {"a": [1]}),
        ("text", "str", "text"),
        ("2026-03-31", "date", datetime.date(2026, 3, 31)),
        ("placed", "OuterEnum", "placed"),
        (None, None, None),
    ],
)
def test_answers(api: PetApi, server: EchoServer, data: Any, kind: Any, expected: Any) -> None:
    """Plain answers are decoded by their type; without a type there is no data."""
    assert api.call("GET", server.give("/x", data), returns=kind) == expected


def test_models_in_answers(api: PetApi, server: EchoServer) -> None:
    """Models of another client are decoded in lists and dicts, with their nested models."""
    data = {
        "id": 1,
        "name": "k",
        "photoUrls": ["u"],
        "tags": [{"id": 2}],
        "status": "sold",
        "born": "2026-03-31",
        "x": 1,
    }
    pets = api.call("GET", server.give("/pets", [data]), returns="list[Pet]")
    assert [type(pet) for pet in pets] == [Pet]
    assert (pets[0].photo_urls, pets[0].status, pets[0].born) == (["u"], "sold", datetime.date(2026, 3, 31))
    assert [type(tag) for tag in pets[0].tags] == [Tag]
    assert type(api.call("GET", server.give("/map", {"pet": data}), returns="dict(str, Pet)")["pet"]) is Pet


def test_discriminator(api: PetApi, server: EchoServer) -> None:
    """The value of the discriminator decides the class."""
    dog = api.call("GET", server.give("/dog", {"className": "Dog", "breed": "Jack"}), returns="Animal")
    assert (type(dog), dog.breed, dog.color) == (Dog, "Jack", "red")


def test_unknown_enum_value(api: PetApi, server: EchoServer) -> None:
    """A generated model refuses an unknown enum value, unless validation is off: answers are not checked then."""
    path = server.give("/pet", {"name": "k", "status": "new"})
    with pytest.raises(ValueError, match="Invalid value for `status`"):
        api.call("GET", path, returns="Pet")
    with ApiClient(Configuration(host=server.url, client_side_validation=False)) as client:
        assert PetApi(client).call("GET", path, returns="Pet").status == "new"


def test_triple(api: PetApi, server: EchoServer) -> None:
    """With HTTP information the answer unpacks as data, status, headers."""
    data, status, headers = api.call("GET", server.give("/x", [1], 201, X_A="b"), _return_http_data_only=None)
    assert (data, status, headers["x-a"]) == ([1], 201, "b")
    assert api.api_client.last_response.status == 201


def test_no_content(api: PetApi, server: EchoServer) -> None:
    """204 has no data."""
    assert api.call("DELETE", server.give("/x", b"", 204), returns=None) is None
    assert api.call("HEAD", server.give("/y", [1]), returns=None) is None


@pytest.mark.parametrize("kind", ["bytes", "file"])
def test_binary(api: PetApi, server: EchoServer, tmp_path: Path, kind: str) -> None:
    """Bytes stay bytes, and a file is written under the name the server gives it."""
    content = bytes(range(256))
    path = server.give(
        "/f", content, Content_Type="application/octet-stream", Content_Disposition='attachment; filename="../r.bin"'
    )
    api.api_client.configuration.temp_folder_path = str(tmp_path)
    found = api.call("GET", path, returns=kind)
    if kind == "file":
        assert Path(found) == tmp_path / "r.bin"
        found = Path(found).read_bytes()
    assert found == content


def test_charset(api: PetApi, server: EchoServer) -> None:
    """Text is decoded by the charset of its content type."""
    path = server.give("/t", "é".encode("latin-1"), Content_Type="text/plain; charset=iso-8859-1")
    assert api.call("GET", path, returns="str") == "é"


def test_unread_answer(api: PetApi, server: EchoServer) -> None:
    """``_preload_content=False`` gives the urllib3 response, to be read and released."""
    answer = api.call("GET", server.give("/x", [1]), _preload_content=False)
    assert isinstance(answer, urllib3.HTTPResponse)
    assert answer.read() == b"[1]"
    answer.close()
    answer.release_conn()


@pytest.mark.parametrize("status", [400, 404, 500])
def test_errors(server: EchoServer, status: int) -> None:
    """An error has status, reason, headers, and its body as text, whatever its bytes are."""
    path = server.give("/e", b"Pet not found \xff", status, X_A="b", Content_Type="text/plain")
    with ApiClient(Configuration(host=server.url, retries=0)) as client:
        with pytest.raises(ApiException) as caught:
            PetApi(client).call("GET", path)
    assert (caught.value.status, caught.value.reason) == (status, "Reason")
    assert caught.value.body == "Pet not found \\xff"
    assert caught.value.headers["X-A"] == "b"


def test_success_false_of_another_api(api: PetApi, server: EchoServer) -> None:
    """``success`` means nothing special in an answer of another API."""
    assert api.call("GET", server.give("/x", {"success": False})) == {"success": False}


def test_async(api: PetApi, server: EchoServer) -> None:
    """``async_req`` gives an object with ``get``; results and errors come through it."""
    path, missing = server.give("/x", [1]), server.give("/m", {}, 404)
    threads = [api.call("GET", path, async_req=True) for _ in range(4)]
    assert [thread.get(PATIENCE) for thread in threads] == [[1]] * 4
    failed = api.call("GET", missing, async_req=True)
    with pytest.raises(ApiException) as caught:
        failed.get(timeout=PATIENCE)
    assert caught.value.status == 404


# A transport that tests of users put in place


class Recorder:
    """What users' tests assign to ``rest_client.pool_manager``: it keeps the arguments it is called with."""

    def __init__(self) -> None:
        self.calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def request(self, *args: Any, **kwargs: Any) -> urllib3.HTTPResponse:
        self.calls.append((args, kwargs))
        return urllib3.HTTPResponse(status=200, body=b"test")


@pytest.mark.parametrize(
    ("timeout", "total", "connect", "read"),
    [(5, 5, None, None), (2.5, 2.5, None, None), ((1, 2), None, 1, 2)],
)
def test_replaced_pool_manager(timeout: Any, total: Any, connect: Any, read: Any) -> None:
    """A replaced ``pool_manager`` is called with exactly what generated code calls it with."""
    client, pool = ApiClient(Configuration(host="http://localhost/v2", access_token="T")), Recorder()
    client.rest_client.pool_manager = pool
    PetApi(client).call("POST", "/pet", body=Tag(1), returns=None, auth=["petstore_auth"], _request_timeout=timeout,
                        consumes=["application/json"])  # fmt: skip
    args, kwargs = pool.calls[0]
    limits = kwargs.pop("timeout")
    assert args == ("POST", "http://localhost/v2/pet")
    assert kwargs == {
        "body": '{"id": 1}',
        "headers": {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Authorization": "Bearer T",
            "User-Agent": client.user_agent,
        },
        "preload_content": True,
    }
    wanted = urllib3.Timeout(total=total) if total else urllib3.Timeout(connect=connect, read=read)
    assert (limits.total, limits._connect, limits._read) == (wanted.total, wanted._connect, wanted._read)


def test_replaced_pool_manager_for_reading_and_forms() -> None:
    """A query of a GET and the fields of a form are passed on as ``fields``, as generated code does."""
    client, pool = ApiClient(Configuration(host="http://localhost/v2")), Recorder()
    client.rest_client.pool_manager = pool
    PetApi(client).call("GET", "/pets", query=[("a", "1")], returns=None)
    PetApi(client).call(
        "POST", "/form", form=[("a", "1")], returns=None, consumes=["application/x-www-form-urlencoded"]
    )
    PetApi(client).call("POST", "/form", form=[("a", "1")], returns=None, consumes=["multipart/form-data"])
    assert pool.calls[0][1]["fields"] == [("a", "1")]
    assert pool.calls[0][1]["timeout"] is None
    assert (pool.calls[1][1]["fields"], pool.calls[1][1]["encode_multipart"]) == ([("a", "1")], False)
    assert pool.calls[2][1]["encode_multipart"] is True
    assert "Content-Type" not in pool.calls[2][1]["headers"]


def test_rest_client_by_itself(server: EchoServer) -> None:
    """``RESTClientObject`` works without a client, with each of its methods."""
    transport = oc.rest.RESTClientObject(Configuration())
    for verb in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"):
        answer = getattr(transport, verb)(f"{server.url}/echo", query_params=[("a", "1")])
        assert answer.status == 200
        assert answer.getheader("content-type") == "application/json"
        assert answer.getheaders()["Content-Type"] == "application/json"
        if verb != "HEAD":
            assert json.loads(answer.data)["verb"] == verb
            assert json.loads(answer.data)["query"] == [["a", "1"]]
    transport.close()


def test_client_request(api: PetApi, server: EchoServer) -> None:
    """``ApiClient.request`` sends one request and gives its answer unread by any model."""
    answer = api.api_client.request("POST", f"{server.url}/echo", body={"a": 1}, headers={"X": "1"})
    assert json.loads(json.loads(answer.data)["body"]) == {"a": 1}
