"""What users of generated clients override stays in the path: in a subclass, on the instance, on the class."""

from __future__ import annotations

from typing import Any

import pytest
from support.faults import NEW, NUMBER, REQUEST, RUN, create, get
from support.memory import RESET, Memory, reply

import openapi_client as oc
from openapi_client.rest import RESTResponse

WAYS = ["subclass", "instance", "class"]


def client_with(way: str, name: str, transport: Memory, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> Any:
    """A client one of whose methods is overridden in one of three ways, and the arguments the method was called with.

    The override notes its arguments and calls the original.
    """
    calls: list[tuple[Any, ...]] = []
    original = getattr(oc.ApiClient, name)

    def override(self: oc.ApiClient, *args: Any, **named: Any) -> Any:
        calls.append((*args, named))
        return original(self, *args, **named)

    kind = type("Own", (oc.ApiClient,), {name: override}) if way == "subclass" else oc.ApiClient
    if way == "class":
        monkeypatch.setattr(oc.ApiClient, name, override)
    configuration = oc.Configuration(access_token="the-token", **settings)
    client = kind(configuration, transport=transport)
    if way == "instance":
        monkeypatch.setattr(client, name, override.__get__(client))
    return oc.JournalRunsApi(client), calls


@pytest.mark.parametrize("way", WAYS)
def test_request(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every attempt of a call comes through an overridden ``request``, with the arguments that generated code gives."""
    transport = Memory(RESET, reply(200, NEW))
    api, calls = client_with(way, "request", transport, monkeypatch, retries=oc.RetryPolicy(backoff_base=0.0))
    assert create(api) == NUMBER
    assert len(calls) == 2
    method, url, named = calls[-1]
    assert (method, url, named["body"]) == ("POST", "https://rest.zuora.com/v1/journal-runs", REQUEST)
    assert named["headers"]["Authorization"] == "Bearer the-token"
    assert len(transport.requests) == 2


@pytest.mark.parametrize("way", WAYS)
def test_request_with_a_query(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An overridden ``request`` gets URL and query apart."""
    transport = Memory(reply(200, RUN))
    api, calls = client_with(way, "request", transport, monkeypatch)
    api.api_client.call_api("/v1/x", "GET", None, [("a", "b c")], response_type="object")
    ((method, url, named),) = calls
    assert (method, url, named["query_params"]) == ("GET", "https://rest.zuora.com/v1/x", [("a", "b c")])
    assert transport.requests[0].url == "https://rest.zuora.com/v1/x?a=b+c"


@pytest.mark.parametrize("way", WAYS)
def test_request_that_fails(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails below an overridden ``request`` is retried and told as without one."""
    transport = Memory(reply(404, {"message": "Not Found"}, {"Zuora-Request-Id": "rid"}))
    api, calls = client_with(way, "request", transport, monkeypatch)
    with pytest.raises(oc.NotFoundException) as caught:
        get(api)
    assert (caught.value.status, caught.value.request_id, caught.value.path) == (
        404,
        "rid",
        f"/v1/journal-runs/{NUMBER}",
    )
    assert "Not Found" in str(caught.value.body)
    assert len(calls) == 1


@pytest.mark.parametrize("way", WAYS)
def test_deserialize(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An overridden ``deserialize`` gets the response as generated code has it, and the name of the type."""
    api, calls = client_with(way, "deserialize", Memory(reply(200, RUN, {"X-Y": "z"})), monkeypatch)
    assert get(api) == NUMBER
    ((response, kind, _),) = calls
    assert isinstance(response, RESTResponse)
    assert (kind, response.status, response.getheader("x-y")) == ("GETJournalRunType", 200, "z")
    assert '"Completed"' in response.data


@pytest.mark.parametrize("way", WAYS)
def test_sanitize_for_serialization(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An overridden ``sanitize_for_serialization`` is called for the body of every call."""
    api, calls = client_with(way, "sanitize_for_serialization", Memory(reply(200, NEW)), monkeypatch)
    assert create(api) == NUMBER
    assert isinstance(calls[-1][0], oc.POSTJournalRunType)


@pytest.mark.parametrize("way", WAYS)
def test_call_api(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every operation goes through an overridden ``call_api``."""
    api, calls = client_with(way, "call_api", Memory(reply(200, RUN)), monkeypatch)
    assert get(api) == NUMBER
    assert calls[0][:2] == ("/v1/journal-runs/{jr-number}", "GET")


def test_changed_result_of_an_override() -> None:
    """What an override changes is what is sent, and what comes back."""

    class Own(oc.ApiClient):
        def sanitize_for_serialization(self, obj: Any) -> Any:
            plain = super().sanitize_for_serialization(obj)
            return {**plain, "own": 1} if isinstance(plain, dict) else plain

        def deserialize(self, response: Any, response_type: Any) -> Any:
            return ("own", super().deserialize(response, response_type))

    transport = Memory(reply(200, NEW))
    client = Own(oc.Configuration(access_token="t"), transport=transport)
    tag, answer = oc.JournalRunsApi(client).create_journal_run(REQUEST)
    assert (tag, answer.journal_run_number) == ("own", NUMBER)
    assert '"own"' in str(transport.requests[0].body)


class Wrapped:
    """A REST client that counts its requests, as tests of generated clients put one in the place of the real one."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.verbs: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.verbs.append(name)
        return getattr(self._inner, name)


def test_rest_client() -> None:
    """A ``rest_client`` that was put in the place of ours sends every request."""
    client = oc.ApiClient(oc.Configuration(access_token="t"), transport=Memory(reply(200, RUN), reply(200, NEW)))
    client.rest_client = wrapped = Wrapped(client.rest_client)
    assert get(oc.JournalRunsApi(client)) == NUMBER
    assert create(oc.JournalRunsApi(client)) == NUMBER
    assert wrapped.verbs == ["GET", "POST"]


@pytest.mark.parametrize("way", ["instance", "class"])
@pytest.mark.parametrize("name", ["GET", "request"])
def test_methods_of_the_rest_client(way: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A replaced method of the REST client stays in the path, too."""
    client = oc.ApiClient(oc.Configuration(access_token="t"), transport=Memory(reply(200, RUN)))
    calls = []
    original = getattr(client.rest_client, name)

    def replaced(*args: Any, **named: Any) -> Any:
        calls.append(name)
        return original(*(args[1:] if way == "class" else args), **named)

    monkeypatch.setattr(client.rest_client if way == "instance" else type(client.rest_client), name, replaced)
    assert get(oc.JournalRunsApi(client)) == NUMBER
    assert calls == [name]


class PoolManager:
    """What users put in the place of ``pool_manager``."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def request(self, method: str, url: str, **options: Any) -> Any:
        import urllib3

        self.calls.append((method, url))
        return urllib3.HTTPResponse(body=b'{"number": "from the manager"}', status=200, preload_content=True)


def test_pool_manager() -> None:
    """A ``pool_manager`` that was put in the place of ours sends the requests, and the transport sends none."""
    client = oc.ApiClient(oc.Configuration(access_token="t"), transport=Memory())
    client.rest_client.pool_manager = manager = PoolManager()
    assert get(oc.JournalRunsApi(client)) == "from the manager"
    assert manager.calls == [("GET", f"https://rest.zuora.com/v1/journal-runs/{NUMBER}")]


def test_a_transport_closes_with_its_client() -> None:
    """Closing a client closes its transport, whoever made it."""
    transport = Memory()
    with oc.ApiClient(oc.Configuration(), transport=transport):
        pass
    assert transport.closed == 1


def test_last_response() -> None:
    """The latest answer is kept as generated code keeps it."""
    client = oc.ApiClient(oc.Configuration(access_token="t"), transport=Memory(reply(200, RUN)))
    assert client.last_response is None
    get(oc.JournalRunsApi(client))
    assert (client.last_response.status, '"Completed"' in client.last_response.data) == (200, True)
