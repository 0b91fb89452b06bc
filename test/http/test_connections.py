"""Connections over real HTTP: dead ones, those of a proxy, and those that a redirect was read from."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.clients import client_for
from support.clock import QuickClock
from support.faults import KEY, NEW, NUMBER, REQUEST, RUN, create, create_without_key, get
from support.wire import Request, WireServer, answer, hang_up, raw, reset

import openapi_client as oc
from openapi_client._call.operation import CONFIGURED

OK = answer(200, RUN)


@pytest.mark.parametrize("dying", [hang_up, reset])
def test_a_keyless_create_over_a_dead_connection(dying: Any) -> None:
    """A create without a key that meets a connection the server has given up is not sent a second time."""
    with WireServer([OK, dying, answer(200, NEW)]) as server, client_for(server) as client:
        api = oc.JournalRunsApi(client)
        get(api)
        with pytest.raises(oc.TransportException) as caught:
            create_without_key(api)
        assert [request.method for request in server.requests] == ["GET", "POST"]
    assert (caught.value.outcome_unknown, caught.value.sent, caught.value.is_stale) == (True, True, True)


@pytest.mark.parametrize("dying", [hang_up, reset])
@pytest.mark.parametrize("act", [get, create])
def test_a_repeatable_call_over_a_dead_connection(act: Any, dying: Any) -> None:
    """A call that may be repeated is sent again at once, with retries off, too."""
    with WireServer([OK, dying, answer(200, {**RUN, **NEW})]) as server, client_for(server, retries=0) as client:
        api = oc.JournalRunsApi(client)
        get(api)
        assert act(api) == NUMBER
        assert len(server.requests) == 3
        assert server.connections == 2


def together(count: int) -> Any:
    """A step that answers when so many requests have arrived, so that each has a connection of its own."""
    barrier = threading.Barrier(count)

    def step(request: Request) -> bool:
        barrier.wait(10)
        return OK(request)

    return step


@pytest.mark.parametrize(("act", "requests"), [(get, 2), (create, 2), (create_without_key, 1)])
def test_dead_connections_one_after_the_other(act: Any, requests: int) -> None:
    """Where all kept connections are dead, a call without retries tries one more of them at most."""
    with WireServer([*[together(3)] * 3, hang_up]) as server, client_for(server, retries=0) as client:
        api = oc.JournalRunsApi(client)
        with ThreadPoolExecutor(3) as pool:
            assert list(pool.map(lambda _: get(api), range(3), timeout=20)) == [NUMBER] * 3
        assert server.connections == 3
        with pytest.raises(oc.TransportException) as caught:
            act(api)
        assert len(server.requests) - 3 == requests == caught.value.attempts


def test_a_new_connection_that_dies_is_no_dead_one() -> None:
    """A connection that served no other request before is repeated by the policy alone."""
    with WireServer([hang_up, OK]) as server, client_for(server, retries=0) as client:
        with pytest.raises(oc.TransportException) as caught:
            get(oc.JournalRunsApi(client))
        assert len(server.requests) == 1
    assert not caught.value.is_stale


def client_behind(proxy: WireServer, scheme: str = "https", **settings: Any) -> oc.ApiClient:
    """A client whose host is reached through a proxy only."""
    return oc.ApiClient(
        oc.Configuration(host=f"{scheme}://zuora.invalid", proxy=proxy.url, clock=QuickClock(), **settings)
    )


REFUSALS = {
    "hangs up": hang_up,
    "resets": reset,
    "forbids": answer(403, b"no"),
    "fails": answer(502, b"bad gateway"),
    "wants a password": answer(407, b"", {"Proxy-Authenticate": "Basic"}),
    "lets in and hangs up": raw(b"HTTP/1.1 200 Connection established\r\n\r\n"),
    "lets in and talks nonsense": raw(b"HTTP/1.1 200 Connection established\r\n\r\nno TLS at all\r\n"),
    "talks nonsense": raw(b"no HTTP at all\r\n\r\n"),
}


@pytest.mark.parametrize("refusal", list(REFUSALS))
def test_a_proxy_that_makes_no_tunnel(refusal: str) -> None:
    """CONNECT is the proxy's business: where it comes to nothing, the request has not been sent."""
    with WireServer([REFUSALS[refusal]]) as proxy:
        with client_behind(proxy, retries=0) as client:
            with pytest.raises(oc.TransportException) as caught:
                create_without_key(oc.JournalRunsApi(client))
        assert [(request.method, request.target) for request in proxy.requests] == [("CONNECT", "zuora.invalid:443")]
    assert (caught.value.sent, caught.value.outcome_unknown, caught.value.is_stale) == (False, False, False)


@pytest.mark.parametrize("status", [403, 407, 502])
def test_a_refused_tunnel_says_how_it_was_refused(status: int) -> None:
    """Whether the proxy wants a password or forbids the host is what its user has to know."""
    with WireServer([answer(status, b"a page", {"Proxy-Authenticate": "Basic"})]) as proxy:
        with client_behind(proxy, retries=0) as client, pytest.raises(oc.TransportException) as caught:
            create_without_key(oc.JournalRunsApi(client))
    assert f"Tunnel connection failed: {status}" in str(caught.value)


def test_a_tunnel_may_be_asked_for_again() -> None:
    """What was not sent may be repeated: even a create without a key goes on asking for its tunnel."""
    with WireServer([hang_up]) as proxy:
        with client_behind(proxy, retries=2) as client:
            with pytest.raises(oc.TransportException) as caught:
                create_without_key(oc.JournalRunsApi(client))
        assert [request.method for request in proxy.requests] == ["CONNECT"] * 3
    assert (caught.value.attempts, caught.value.outcome_unknown) == (3, False)


def test_a_proxy_that_drops_the_request_itself() -> None:
    """A plain request through a proxy is sent once the proxy has it."""
    with WireServer([hang_up]) as proxy:
        with client_behind(proxy, "http") as client:
            with pytest.raises(oc.TransportException) as caught:
                create_without_key(oc.JournalRunsApi(client))
        assert [(request.method, request.target) for request in proxy.requests] == [
            ("POST", "http://zuora.invalid/v1/journal-runs")
        ]
    assert (caught.value.sent, caught.value.outcome_unknown) == (True, True)


MOVED = {"Location": "/v1/elsewhere"}
LONG = b"moved " * 10_000


@pytest.mark.parametrize(
    "redirect",
    [
        answer(302, b"moved", MOVED),
        answer(307, LONG, MOVED),
        raw(
            b"HTTP/1.1 301 Moved\r\nLocation: /v1/elsewhere\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"5\r\nmoved\r\n0\r\n\r\n",
            close=False,
        ),
    ],
)
def test_the_body_of_a_redirect_is_read(redirect: Any) -> None:
    """A redirect of usual length is read to its end, so that the request that follows has the same connection."""
    with WireServer([redirect, OK]) as server, client_for(server, retries=0) as client:
        assert get(oc.JournalRunsApi(client)) == NUMBER
        assert [request.target for request in server.requests] == [f"/v1/journal-runs/{NUMBER}", "/v1/elsewhere"]
        assert [request.connection for request in server.requests] == [1, 1]


def test_the_body_of_an_error_is_read() -> None:
    """An error is read to its end, too."""
    with WireServer([answer(503, LONG), answer(404, b"no"), OK]) as server, client_for(server) as client:
        with pytest.raises(oc.NotFoundException):
            get(oc.JournalRunsApi(client))
        assert get(oc.JournalRunsApi(client)) == NUMBER
        assert server.connections == 1


def test_credentials_stay_at_home() -> None:
    """A call to another host takes nothing of the configuration's credentials along."""
    with WireServer([OK]) as home, WireServer([OK]) as foreign, client_for(home, access_token="S3CRET") as client:
        api = oc.JournalRunsApi(client)
        get(api)

        client.call_api("/v1/x", "GET", response_type="object", auth_settings=CONFIGURED, _host=foreign.url)
        client.call_api("/v1/x", "GET", response_type="object", auth_settings=CONFIGURED, _host=home.url + "/sub")
    assert [request.headers.get("authorization") for request in home.requests] == ["Bearer S3CRET"] * 2
    assert [request.headers.get("authorization") for request in foreign.requests] == [None]


def test_a_key_travels_with_every_attempt() -> None:
    """Over however many connections a create is sent, it has one key."""
    with WireServer([OK, hang_up, reset, answer(503), answer(200, NEW)]) as server, client_for(server) as client:
        api = oc.JournalRunsApi(client)
        get(api)
        assert api.create_journal_run(REQUEST, idempotency_key=KEY).journal_run_number == NUMBER
        assert [request.headers["idempotency-key"] for request in server.requests[1:]] == [KEY] * 4
