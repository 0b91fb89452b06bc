"""A request's connection to its client, for those who want to break it."""

from __future__ import annotations

import socket
import struct
import threading
from typing import Any

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.task import WSGITask

#: Where the WSGI environment holds the :class:`Connection`.
CONNECTION = "openapi_client.sandbox.connection"
# On, with no time to linger: closing sends a reset, and what was not sent is lost (socket(7)).
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)

# How a TLS connection begins (RFC 8446 section 5.1), and what waitress refuses at once.
_CLIENT_HELLO = b"\x16\x03"
_NO_REQUEST = b"TLS\r\n\r\n"


class Connection:
    """The connection of the request that a worker is on.

    :param channel: waitress's side of it
    """

    def __init__(self, channel: ConnectedChannel) -> None:
        self._channel = channel

    def wait(self, seconds: float | None) -> bool:
        """Let time pass.

        :param seconds: real seconds; ``None`` waits as long as there is somebody to wait with
        :returns: whether client and server are both still there
        """
        return seconds == 0 or not self._channel.is_over_within(seconds)

    def reset(self) -> ClientDisconnected:
        """Reset the connection as soon as the returned error is raised."""
        try:
            client: Any = self._channel.socket
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        except OSError:
            pass  # the client was faster
        return self.end()

    def end(self) -> ClientDisconnected:
        """End the connection as soon as the returned error is raised; what was written before is sent."""
        return ClientDisconnected()


class _Task(WSGITask):
    """Waitress's task, which tells the application about its connection."""

    def get_environment(self) -> Any:
        environ = super().get_environment()
        channel: Any = self.channel
        environ.setdefault(CONNECTION, Connection(channel))
        return environ


class ConnectedChannel(HTTPChannel):
    """Waitress's channel, whose requests know their connection, and on which one can wait for its end.

    Waitress reads nothing while a request is running, so it does not learn that its client has left. While somebody
    waits, it watches for that; nobody has to look again and again, however many wait.
    """

    task_class = _Task

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._is_watched = False
        self._is_over = threading.Event()
        super().__init__(*arguments, **named)

    def is_over_within(self, seconds: float | None) -> bool:
        """Wait until the client has left or the server ends, and return whether that is so.

        :param seconds: the longest wait; ``None`` for no limit
        """
        server: Any = self.server
        if server.ending.is_set():
            return True
        self._is_watched = True
        server.pull_trigger()
        try:
            return self._is_over.wait(seconds)
        finally:
            self._is_watched = False

    def end(self) -> None:
        """End every wait, now and later."""
        self._is_over.set()

    def readable(self) -> bool:
        """Whether waitress should look for what the client sends, or whether it has left."""
        return self._is_watched or bool(super().readable())

    def handle_read(self) -> None:
        """Look whether the client has left, or read what it sends."""
        if not self._is_watched:
            super().handle_read()
            return
        client: Any = self.socket
        try:
            has_more = bool(client.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return
        except OSError:
            has_more = False
        # A further request stays where it is until its turn, and hides that the client may leave after it.
        self._is_watched = False
        if not has_more:
            self.end()

    def received(self, data: bytes) -> bool:
        """Take what the client sends. One that speaks TLS hears at once that nobody does here, else it would wait."""
        return bool(super().received(_NO_REQUEST if data.startswith(_CLIENT_HELLO) else data))

    def handle_close(self) -> None:
        """Close the connection, which is broken."""
        self.end()
        super().handle_close()
