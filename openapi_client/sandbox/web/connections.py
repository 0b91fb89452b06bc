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
_POLL_SECONDS = 0.02
# On, with no time to linger: closing sends a reset, and what was not sent is lost (socket(7)).
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Connection:
    """The connection of the request that a worker is on.

    :param channel: waitress's side of it
    :param ending: set when the server is about to end
    """

    def __init__(self, channel: Any, ending: threading.Event) -> None:
        self._channel = channel
        self._ending = ending

    def wait(self, seconds: float | None) -> bool:
        """Let time pass.

        :param seconds: real seconds; ``None`` waits as long as there is somebody to wait with
        :returns: whether client and server are both still there
        """
        left = float("inf") if seconds is None else seconds
        while left > 0:
            step = min(left, _POLL_SECONDS)
            if self._ending.wait(step) or self._is_client_gone():
                return False
            left -= step
        return True

    def reset(self) -> ClientDisconnected:
        """Reset the connection as soon as the returned error is raised."""
        try:
            self._channel.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        except OSError:
            pass  # the client was faster
        return self.end()

    def end(self) -> ClientDisconnected:
        """End the connection as soon as the returned error is raised; what was written before is sent."""
        return ClientDisconnected()

    def _is_client_gone(self) -> bool:
        # Waitress reads nothing while a request is running, so it does not learn that its client has left.
        try:
            return bool(self._channel.socket.recv(1, socket.MSG_PEEK) == b"")
        except BlockingIOError:
            return False
        except OSError:
            return True


class _Task(WSGITask):
    """Waitress's task, which tells the application about its connection."""

    def get_environment(self) -> Any:
        environ = super().get_environment()
        server: Any = self.channel.server
        environ.setdefault(CONNECTION, Connection(self.channel, server.ending))
        return environ


class ConnectedChannel(HTTPChannel):
    """Waitress's channel, whose requests know their connection."""

    task_class = _Task
