"""The connection pools of one client: TLS context, proxies, and what to ask for an origin."""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64encode
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

import certifi
import urllib3

from openapi_client._base.log import logger
from openapi_client._base.redact import Secret
from openapi_client._policy.hosts import origin_of, proxy_url
from openapi_client._transport import connections as _connections
from openapi_client.configuration import Configuration, certificates_of_environment
from openapi_client.exceptions import ApiValueError

#: Keep-alive after so many silent seconds, then so often, and so many times without an answer: by the names that
#: Linux, macOS and Windows have for it, as far as there are any.
_SILENCE = {"TCP_KEEPIDLE": 45, "TCP_KEEPALIVE": 45, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 6}
_OPTIONS = [
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *((socket.IPPROTO_TCP, getattr(socket, name), value) for name, value in _SILENCE.items() if hasattr(socket, name)),
]


def tls_context(configuration: Configuration) -> ssl.SSLContext:
    """One verifying context, at least TLS 1.2, from the settings of the configuration.

    :raises ApiValueError: a certificate or key file cannot be used, or truststore is not installed.
    """
    if configuration.ssl_context is not None:
        return configuration.ssl_context
    name, places = _trusted(configuration)
    try:
        context = _context(places)
        if configuration.cert_file:
            name = "cert_file` or `key_file"
            context.load_cert_chain(configuration.cert_file, configuration.key_file)
    except OSError as error:  # ssl.SSLError is one
        raise ApiValueError(f"Invalid value for `{name}`: the file cannot be used ({error})") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # urllib3 1.26 names no IP address to the context, and checks the certificate's names itself when that does not.
    context.check_hostname = not str(vars(urllib3)["__version__"]).startswith("1.")
    if not configuration.verify_ssl:
        logger().warning("TLS certificates are not verified, because verify_ssl is off")
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _trusted(configuration: Configuration) -> tuple[str, dict[str, str]]:
    """The setting that says which certificates are trusted, and where they are; nowhere is the system's own store."""
    if configuration.ssl_ca_cert:
        return "ssl_ca_cert", {"cafile": configuration.ssl_ca_cert}
    if configuration.use_truststore:
        return "use_truststore", {}
    found = certificates_of_environment() if configuration.trust_env else {}
    if found:
        return "trust_env", found
    return "ssl_ca_cert", {"cafile": certifi.where()}


def _context(places: dict[str, str]) -> ssl.SSLContext:
    if places:
        return ssl.create_default_context(**places)  # type: ignore[arg-type]  # both are paths
    try:
        truststore: Any = import_module("truststore")
    except ImportError:
        raise ApiValueError(
            "Invalid value for `use_truststore`: it needs truststore; pip install 'zuora-journal-runs[truststore]', "
            "or in a checkout: pip install '.[truststore]'"
        ) from None
    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return context


class Pools:
    """The pools of one client in one process. Made on first use, so that an idle client owns nothing."""

    def __init__(self, configuration: Configuration, num_pools: int, maxsize: int) -> None:
        self._configuration = configuration
        self._sizes = {"num_pools": num_pools, "maxsize": maxsize}
        self._lock = threading.RLock()
        self._context: ssl.SSLContext | None = None
        self._managers: dict[tuple[str | None, bool], Any] = {}
        self._by_origin: dict[str, Any] = {}

    def manager(self, proxy: str | None, *, is_secure: bool = True) -> Any:
        """The pool manager for a proxy, or for direct connections.

        :param is_secure: whether it has to speak TLS; making a context for that is slow.
        """
        with self._lock:
            if (proxy, is_secure) not in self._managers:
                self._managers[proxy, is_secure] = self._make(proxy, is_secure)
            return self._managers[proxy, is_secure]

    def _make(self, proxy: str | None, is_secure: bool) -> Any:
        configuration = self._configuration
        chosen = configuration.socket_options
        options: dict[str, Any] = {**self._sizes, "socket_options": _OPTIONS if chosen is None else list(chosen)}
        if is_secure:
            self._context = self._context or tls_context(configuration)
            options["ssl_context"] = self._context
        if configuration.assert_hostname is not None:
            options["assert_hostname"] = configuration.assert_hostname
        if proxy is None:
            return _connections.equip(urllib3.PoolManager(**options))
        parts = urlsplit(proxy)
        headers = dict(configuration.proxy_headers or {})
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            headers["proxy-authorization"] = "Basic " + b64encode(pair).decode()
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return _connections.equip(
            urllib3.ProxyManager(url, proxy_headers=headers, proxy_ssl_context=self._context, **options)
        )

    def proxy_for(self, scheme: str, host: str, port: int) -> str | None:
        """The proxy that a URL goes through, or ``None``."""
        configuration = self._configuration
        if not configuration.proxy and not configuration.trust_env:
            return None
        # Loaded on first need: urllib.request is large, and most clients have no proxy.
        request: Any = import_module("urllib.request")

        found = request.getproxies_environment() if configuration.trust_env else {}
        found = {name: Secret(url) for name, url in found.items()}  # a traceback shows them as such
        if configuration.proxy:
            found.update({"http": configuration.proxy, "https": configuration.proxy})
        if configuration.no_proxy is not None:
            found["no"] = configuration.no_proxy
        if request.proxy_bypass_environment(f"{host}:{port}", found):
            return None
        proxy: str | None = proxy_url(found.get(scheme) or found.get("all"))
        return proxy

    def opener(self, origin: str) -> tuple[Any, bool]:
        """What to call ``urlopen`` of for an origin such as ``https://host``, and whether it wants absolute URLs."""
        found = self._by_origin.get(origin)
        # urllib3 drops the pools of hosts that were not used for long; a dropped one has no queue any more.
        if found is None or found[0].pool is None:
            with self._lock:
                scheme, host, port = origin_of(origin)
                proxy = self.proxy_for(scheme, host, port)
                is_secure = "https" in (scheme, (proxy or "").partition("://")[0])
                manager = self.manager(proxy, is_secure=is_secure)
                # Not the manager's own urlopen: it copies the headers, which note whether the request has left.
                found = (manager.connection_from_host(host, port, scheme), proxy is not None and scheme == "http")
                self._by_origin[origin] = found
        return found

    def close(self) -> None:
        """Close every idle connection; those in use close when they are given back."""
        with self._lock:
            managers = list(self._managers.values())
            self._managers, self._by_origin = {}, {}
        for manager in managers:
            # A manager only forgets its pools when it is cleared; an answer that is still around would keep one open.
            for key in manager.pools.keys():  # noqa: SIM118 - it refuses to be iterated over
                pool = manager.pools.get(key)
                if pool is not None:
                    pool.close()
            manager.clear()
