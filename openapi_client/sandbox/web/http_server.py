"""A web server that starts and ends inside a running program, leaving nothing behind."""

from __future__ import annotations

import os
import socket
import threading
from typing import Any

from waitress.server import create_server
from waitress.wasyncore import close_all

from openapi_client.sandbox.web.connections import ConnectedChannel
from openapi_client.sandbox.web.workers import Lanes

# Requests still running at the end get this long, in seconds.
_PATIENCE_SECONDS = 5
# Clients keep connections open; past this number, further ones wait without an answer.
_MOST_CONNECTIONS = 10_000


class HttpServer:
    """Serves a WSGI application from background threads until closed.

    :param application: the WSGI application
    :param host: address to listen on, or a name for one
    :param port: port to listen on; 0 lets the system choose
    :raises OSError: when the address cannot be had
    """

    def __init__(self, application: Any, host: str, port: int) -> None:
        listener = _listener(host, port)
        self.address: str
        self.port: int
        self.address, self.port = listener.getsockname()[:2]
        self._pid = os.getpid()
        self._sockets: dict[int, Any] = {}
        self._lanes = Lanes()
        try:
            # Any, because the published types know the trigger as a number.
            server: Any = create_server(
                application,
                map=self._sockets,
                _dispatcher=self._lanes,
                sockets=[listener],
                ident="sandbox",
                asyncore_use_poll=True,
                connection_limit=_MOST_CONNECTIONS,
                clear_untrusted_proxy_headers=True,
            )
        except BaseException:
            listener.close()
            raise
        # What is set here is read by the connections, which are made from now on.
        server.channel_class = ConnectedChannel
        server.ending = self._ending = threading.Event()
        self._channels: dict[int, ConnectedChannel] = server.active_channels
        self._trigger = server.trigger
        self._loop = threading.Thread(target=server.run, name="sandbox-server", daemon=True)
        self._loop.start()

    def close(self) -> None:
        """Finish what is running, close every socket and wait for every thread.

        A forked child has a copy of the sockets and none of the threads: it closes its copy, and the server goes on.
        """
        if os.getpid() != self._pid:
            # Nothing else: a thread of the parent may have held any of the locks when the child was forked.
            for each in list(self._sockets.values()):
                each.socket.close()
            return
        self._ending.set()
        for channel in list(self._channels.values()):
            channel.end()
        # Workers first: one that ends after the loop would write to a closed file descriptor.
        self._lanes.end(_PATIENCE_SECONDS)
        is_awake = threading.Event()

        def end_loop() -> None:
            # A loop that was awake already must not close the pipe it is about to be woken through.
            is_awake.wait(_PATIENCE_SECONDS)
            close_all(self._sockets)

        self._trigger.pull_trigger(end_loop)
        is_awake.set()
        self._loop.join(_PATIENCE_SECONDS)


def _listener(host: str, port: int) -> socket.socket:
    # One socket, also for a name with several addresses: with port 0, each would get another port.
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(address[:2], family=family)
