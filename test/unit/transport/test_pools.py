"""The pools of a transport: kept while they live, replaced when urllib3 has dropped them, and what a proxy is for."""

from __future__ import annotations

from typing import Any

import pytest
from support.faults import RUN
from support.wire import WireServer, answer

import openapi_client as oc
from openapi_client._policy.timeouts import Limits
from openapi_client._transport.exchange import Headers, Reply, Request
from openapi_client._transport.pools import Pools
from openapi_client._transport.sending import Urllib3Transport, split


def exchange(transport: Urllib3Transport, server: WireServer) -> Any:
    return transport.send(Request("GET", server.url + "/", Headers()), Limits(total=5.0))


def test_a_dropped_pool_is_replaced() -> None:
    """A pool that urllib3 has closed to make room for other hosts is replaced when its host is called again."""
    transport = Urllib3Transport(oc.Configuration(), num_pools=1)
    with WireServer([answer(200, RUN)]) as first, WireServer([answer(200, RUN)]) as second:
        for server in (first, second, first, second):
            reply = exchange(transport, server)
            assert isinstance(reply, Reply), reply
            assert reply.status == 200
        transport.close()


def test_a_closed_pool_is_replaced() -> None:
    """A pool that was closed while nobody looked has no connections any more, and another one takes its place."""
    transport = Urllib3Transport(oc.Configuration())
    with WireServer([answer(200, RUN)]) as server:
        for _ in range(2):
            assert isinstance(exchange(transport, server), Reply)
            transport.pools.opener(server.url)[0].close()
            transport.pools.manager(None, is_secure=False).clear()
        transport.close()
    assert server.connections == 2


def test_pools_are_kept() -> None:
    """The pool of an origin is looked up once, and serves every request to it."""
    pools = Pools(oc.Configuration(), 4, 1)
    found, absolute = pools.opener("http://a.example")
    assert pools.opener("http://a.example")[0] is found
    assert pools.opener("http://b.example")[0] is not found
    assert not absolute


def test_connections_are_kept() -> None:
    """Requests one after the other use one connection."""
    transport = Urllib3Transport(oc.Configuration())
    with WireServer([answer(200, RUN)]) as server:
        for _ in range(3):
            exchange(transport, server)
        transport.close()
    assert server.connections == 1


def test_a_closed_transport_opens_again() -> None:
    """After ``close`` the next request opens a new connection."""
    transport = Urllib3Transport(oc.Configuration())
    with WireServer([answer(200, RUN)]) as server:
        for _ in range(2):
            assert isinstance(exchange(transport, server), Reply)
            transport.close()
    assert server.connections == 2


def test_a_plain_origin_needs_no_tls() -> None:
    """No TLS context is made before something has to speak TLS, and then one for all."""
    pools = Pools(oc.Configuration(), 4, 1)
    pools.opener("http://a.example")
    assert pools._context is None
    pools.opener("https://a.example")
    context = pools._context
    assert context is not None
    pools.opener("https://b.example")
    assert pools._context is context


@pytest.mark.parametrize(
    ("settings", "scheme", "host", "expected"),
    [
        ({}, "https", "a.example", None),
        ({"proxy": "http://p:1"}, "https", "a.example", "http://p:1"),
        ({"proxy": "http://p:1"}, "http", "a.example", "http://p:1"),
        ({"proxy": "http://p:1", "no_proxy": "a.example"}, "http", "a.example", None),
        ({"proxy": "http://p:1", "no_proxy": "a.example:81"}, "http", "a.example", "http://p:1"),
        ({"proxy": "http://p:1", "no_proxy": "a.example:80"}, "http", "a.example", None),
        ({"proxy": "http://p:1", "no_proxy": "b.example"}, "http", "a.example", "http://p:1"),
        ({"trust_env": True}, "http", "a.example", "http://plain:1"),
        ({"trust_env": True}, "https", "a.example", "http://all:1"),
        ({"trust_env": True}, "https", "skipped.example", None),
        ({"trust_env": True, "no_proxy": "a.example"}, "https", "skipped.example", "http://all:1"),
        ({"trust_env": True, "proxy": "http://p:1"}, "https", "a.example", "http://p:1"),
    ],
)
def test_proxy_of_an_origin(
    settings: dict[str, Any], scheme: str, host: str, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which proxy a URL goes through; the environment counts where it is trusted."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://plain:1")
    monkeypatch.setenv("ALL_PROXY", "http://all:1")
    monkeypatch.setenv("NO_PROXY", "skipped.example")
    assert Pools(oc.Configuration(**settings), 4, 1).proxy_for(scheme, host, 80) == expected


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://a.example/v1/x?y=/z", ("https://a.example", "/v1/x?y=/z")),
        ("https://a.example", ("https://a.example", "/")),
        ("https://a.example?y=z", ("https://a.example", "/?y=z")),
        ("http://a.example:80/", ("http://a.example:80", "/")),
    ],
)
def test_split(url: str, parts: tuple[str, str]) -> None:
    """Origin and the rest of a URL."""
    assert split(url) == parts
