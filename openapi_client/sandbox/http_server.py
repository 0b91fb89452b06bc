"""A web server that starts and ends inside a running program, leaving nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher
from waitress.wasyncore import close_all

# Requests still running at the end get this long, in seconds.
_PATIENCE_SECONDS = 5.0


class _Workers(ThreadedTaskDispatcher):
    """Waitress's worker threads, kept so that they can be waited for."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.started: list[threading.Thread] = []
        self.set_thread_count(count)

    def start_new_thread(self, target: Callable[..., Any], thread_no: int) -> None:
        thread = threading.Thread(
            target=target, name=f"sandbox-worker-{thread_no}", args=(thread_no,), daemon=True
        )
        self.started.append(thread)
        thread.start()


class HttpServer:
    """Serves a WSGI application from background threads until closed.

    :param application: the WSGI application
    :param host: address to listen on
    :param port: port to listen on; 0 lets the system choose
    :param threads: requests served at the same time
    """

    def __init__(self, application: Any, host: str, port: int, threads: int) -> None:
        self._workers = _Workers(threads)
        self._sockets: dict[int, Any] = {}
        try:
            self._server = create_server(
                application,
                map=self._sockets,
                _dispatcher=self._workers,
                host=host,
                port=port,
                ident="sandbox",
                asyncore_use_poll=True,
                clear_untrusted_proxy_headers=True,
                threads=threads,
            )
        except BaseException:
            self._end_workers()
            raise
        self.port = int(self._server.effective_port)
        self._loop = threading.Thread(target=self._server.run, name="sandbox-server", daemon=True)
        self._loop.start()

    def close(self) -> None:
        """Finish what is running, close every socket and wait for every thread."""
        # Workers first: one that ends after the loop would write to a closed file descriptor.
        self._end_workers()
        self._server.trigger.pull_trigger(lambda: close_all(self._sockets))
        self._loop.join(_PATIENCE_SECONDS)

    def _end_workers(self) -> None:
        self._workers.shutdown(timeout=_PATIENCE_SECONDS)
        for thread in self._workers.started:
            thread.join(_PATIENCE_SECONDS)
