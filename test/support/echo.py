"""A server that tells what it was sent, or gives what a test has put there."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

PATIENCE = 10.0


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        status, headers, data = self.server.canned.get(parts.path, (200, {}, None))
        seen = {
            "verb": self.command,
            "path": parts.path,
            "query": parse_qsl(parts.query, keep_blank_values=True),
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode("latin-1"),
        }
        self.server.seen.append(seen)
        if data is None:
            headers, data = {"Content-Type": "application/json"}, json.dumps(seen).encode()
        self.send_response(status, "Reason")
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(data)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815 - the protocol

    def log_message(self, *args: Any) -> None:
        pass  # a test prints nothing


class EchoServer(ThreadingHTTPServer):
    """Listens on loopback. ``canned`` maps a path to its answer; every other path echoes the request as JSON.

    :ivar seen: every request, in that form.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Echo)
        self.seen: list[dict[str, Any]] = []
        self.canned: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def give(self, path: str, data: Any, status: int = 200, **headers: str) -> str:
        """Answer ``path`` with JSON, or with bytes as they are."""
        given = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        self.canned[path] = (status, given, data if isinstance(data, bytes) else json.dumps(data).encode())
        return path

    def __enter__(self) -> EchoServer:
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join(PATIENCE)
        self.server_close()
