"""The pools of a transport: kept while they live, replaced when urllib3 has dropped them, and what a proxy is for."""

from __future__ import annotations

import ssl
import sys
from typing import Any

import pytest
import urllib3
from support.faults import RUN
from support.wire import WireServer, answer

import openapi_client as oc
from openapi_client._policy.timeouts import Limits
from openapi_client._transport.exchange import Headers, Reply, Request
from openapi_client._transport.pools import Pools, tls_context
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


def test_a_pool_that_is_closed_meanwhile() -> None:
    """A request whose pool was closed after it was found is sent by the next one, as it was."""
    transport = Urllib3Transport(oc.Configuration())
    with WireServer([answer(200, RUN)]) as server:

        def closed(*_: Any, **__: Any) -> Any:
            transport.close()
            raise urllib3.exceptions.ClosedPoolError(pool, "Pool is closed.")

        pool = transport.pools.opener(server.url)[0]
        pool.urlopen = closed
        reply = exchange(transport, server)
        transport.close()
    assert isinstance(reply, Reply)
    assert (reply.status, server.connections) == (200, 1)


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
        ({"proxy": "http://p:1"}, "https", "skipped.example", "http://p:1"),
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


IS_OLD = urllib3.__version__.startswith("1.")


def test_tls_as_it_should_be() -> None:
    """By default names and certificates are verified, from TLS 1.2 on; urllib3 1.26 checks the names itself."""
    context = tls_context(oc.Configuration())
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, not IS_OLD)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert len(context.get_ca_certs()) > 50


def test_tls_without_verification(caplog: pytest.LogCaptureFixture) -> None:
    """Where verification is off, neither is verified, and the log says so."""
    context = tls_context(oc.Configuration(verify_ssl=False))
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_NONE, False)
    assert caplog.messages == ["TLS certificates are not verified, because verify_ssl is off"]


def test_own_context() -> None:
    """A context of the caller's is used as it is."""
    own = ssl.create_default_context()
    assert tls_context(oc.Configuration(ssl_context=own, ssl_ca_cert="/nowhere.pem")) is own


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"ssl_ca_cert": "/nowhere.pem"}, "ssl_ca_cert"),
        ({"cert_file": "/nowhere.pem"}, "cert_file` or `key_file"),
        ({"cert_file": __file__}, "cert_file` or `key_file"),
    ],
)
def test_files_that_cannot_be_used(settings: dict[str, Any], name: str) -> None:
    """A file that cannot be used is told by its setting, without the frames below."""
    with pytest.raises(oc.ApiValueError, match=f"Invalid value for `{name}`: the file cannot be used ") as caught:
        tls_context(oc.Configuration(**settings))
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_no_truststore(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is missing, both ways to install it are told."""
    monkeypatch.setitem(sys.modules, "truststore", None)
    expected = "Invalid value for `use_truststore`: it needs truststore; pip install 'zuora-journal-runs[truststore]', "
    with pytest.raises(oc.ApiValueError) as caught:
        tls_context(oc.Configuration(use_truststore=True))
    assert str(caught.value) == expected + "or in a checkout: pip install '.[truststore]'"


def test_managers() -> None:
    """A manager is made once for each proxy and sort of speech, with the sizes and settings of the client."""
    pools = Pools(oc.Configuration(assert_hostname="other.example"), 3, 2)
    plain, secure = pools.manager(None, is_secure=False), pools.manager(None)
    assert pools.manager(None, is_secure=True) is secure
    assert pools.manager(None, is_secure=False) is plain
    assert plain is not secure
    assert plain.pools._maxsize == secure.pools._maxsize == 3
    assert plain.connection_pool_kw["maxsize"] == 2
    assert "ssl_context" not in plain.connection_pool_kw
    assert secure.connection_pool_kw["ssl_context"] is pools._context
    assert secure.connection_pool_kw["assert_hostname"] == "other.example"
    assert "assert_hostname" not in Pools(oc.Configuration(), 3, 2).manager(None).connection_pool_kw
    assert (
        Pools(oc.Configuration(assert_hostname=False), 3, 2).manager(None).connection_pool_kw["assert_hostname"]
        is False
    )


@pytest.mark.parametrize(
    ("proxy", "given", "headers"),
    [
        ("http://p.example:3128", None, {}),
        ("http://p.example:3128", {"X-Own": "1"}, {"X-Own": "1"}),
        (
            "http://user:word@p.example:3128",
            {"X-Own": "1"},
            {"X-Own": "1", "proxy-authorization": "Basic dXNlcjp3b3Jk"},
        ),
        ("http://us%40er:w%3Ard@p.example:3128", None, {"proxy-authorization": "Basic dXNAZXI6dzpyZA=="}),
        ("http://user@p.example:3128", None, {"proxy-authorization": "Basic dXNlcjo="}),
    ],
)
def test_proxies(proxy: str, given: Any, headers: dict[str, str]) -> None:
    """User name and password of a proxy's URL become a header for the proxy, and stay out of its URL."""
    pools = Pools(oc.Configuration(proxy=proxy, proxy_headers=given), 3, 2)
    manager = pools.manager(proxy)
    assert (manager.proxy.scheme, manager.proxy.host, manager.proxy.port, manager.proxy.auth) == (
        "http",
        "p.example",
        3128,
        None,
    )
    assert dict(manager.proxy_headers) == headers
    assert manager.pools._maxsize == 3
    assert manager.proxy_config.ssl_context is pools._context
    assert given is None or given == {"X-Own": "1"}


@pytest.mark.parametrize(
    ("settings", "origin", "absolute", "tls"),
    [
        ({}, "http://a.example", False, False),
        ({}, "https://a.example", False, True),
        ({"proxy": "http://p.example"}, "http://a.example", True, False),
        ({"proxy": "http://p.example"}, "https://a.example", False, True),
        ({"proxy": "https://p.example"}, "http://a.example", True, True),
        ({"proxy": "https://p.example", "no_proxy": "a.example"}, "http://a.example", False, False),
    ],
)
def test_how_an_origin_is_reached(settings: dict[str, Any], origin: str, absolute: bool, tls: bool) -> None:
    """Plain requests through a proxy want absolute URLs; TLS is made ready where somebody has to speak it."""
    pools = Pools(oc.Configuration(**settings), 4, 1)
    pool, wants_absolute = pools.opener(origin)
    assert wants_absolute is absolute
    assert (pools._context is not None) is tls
    assert (pool.proxy is not None) is bool(settings.get("proxy") and "no_proxy" not in settings)


def test_close() -> None:
    """Closing closes every pool, those that somebody still holds as well, and forgets them."""
    pools = Pools(oc.Configuration(), 4, 1)
    held = [pools.opener(origin)[0] for origin in ("http://a.example", "https://b.example")]
    pools.close()
    assert [pool.pool for pool in held] == [None, None]
    assert (pools._managers, pools._by_origin) == ({}, {})
    assert pools.opener("http://a.example")[0].pool is not None
    pools.close()
    pools.close()


def test_sizes_of_a_transport() -> None:
    """How many connections are kept, by argument, by setting, and by default."""
    for transport, size in (
        (Urllib3Transport(oc.Configuration(connection_pool_maxsize=7)), 7),
        (Urllib3Transport(oc.Configuration(connection_pool_maxsize=7), maxsize=2), 2),
        (Urllib3Transport(oc.Configuration(connection_pool_maxsize=None)), 4),
    ):
        manager = transport.pools.manager(None, is_secure=False)
        assert (manager.connection_pool_kw["maxsize"], manager.pools._maxsize) == (size, 4)
    assert Urllib3Transport(oc.Configuration(), num_pools=9).pools.manager(None, is_secure=False).pools._maxsize == 9
