"""A server that speaks raw bytes: each request meets the next step of a script."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 10.0
CRLF = b"\r\n"


@dataclass
class Request:
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int
    sock: socket.socket = field(repr=False)
    server: WireServer = field(repr=False)

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


Step = Callable[[Request], bool]
"""Answers a request; returns whether the connection goes on."""


def answer(
    status: int = 200,
    body: Any = b"",
    headers: dict[str, str] | None = None,
    *,
    length: int | None = None,
    reason: str = "Reason",
    close: bool = False,
) -> Step:
    """A well-formed answer; ``length`` lies about the size of the body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {"Content-Type": "application/json", "Content-Length": str(len(data) if length is None else length)}
    given.update(headers or {})
    head = f"HTTP/1.1 {status} {reason}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in given.items())

    def step(request: Request) -> bool:
        request.sock.sendall(head.encode("latin-1") + CRLF + (b"" if request.method == "HEAD" else data))
        return not close and length is None

    return step


def raw(data: bytes, *, close: bool = True) -> Step:
    """Bytes as they are."""

    def step(request: Request) -> bool:
        request.sock.sendall(data)
        return not close

    return step


def gzipped(body: Any, status: int = 200, **options: Any) -> Step:
    """An answer with compressed JSON."""
    return answer(status, gzip.compress(json.dumps(body).encode()), {"Content-Encoding": "gzip"}, **options)


def reset(request: Request) -> bool:
    """Reset the connection after the request was read."""
    request.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def hang_up(_request: Request) -> bool:
    """Close the connection without an answer."""
    return False


def stall(request: Request) -> bool:
    """Say nothing until the client hangs up."""
    request.sock.settimeout(PATIENCE)
    try:
        request.sock.recv(1)
    except OSError:
        pass  # the client is gone, which is all this waits for
    return False


def drip(data: bytes, seconds: float = 0.02) -> Step:
    """Send one byte after the other for as long as the client listens (10 seconds at most)."""

    def step(request: Request) -> bool:
        until = time.monotonic() + PATIENCE
        try:
            for index in range(len(data)):
                request.sock.sendall(data[index : index + 1])
                if time.monotonic() > until or request.server.is_closed.wait(seconds):
                    break
        except OSError:
            pass  # the client is gone
        return False

    return step


def endless(head: bytes, chunk: bytes = b"x" * 65536) -> Step:
    """Send until the client hangs up (2 GiB at most)."""

    def step(request: Request) -> bool:
        request.sock.settimeout(PATIENCE)
        try:
            request.sock.sendall(head)
            for _ in range(32768):
                request.sock.sendall(chunk)
        except OSError:
            pass  # the client is gone
        return False

    return step


class WireServer:
    """Listens on loopback. Each request takes the next step; after the script, the last step again.

    :param steps: the script.
    :param context: makes it a TLS server.
    :param greet: called with each new connection before anything is read; ``False`` hangs up.
    """

    def __init__(
        self,
        steps: Iterable[Step],
        context: ssl.SSLContext | None = None,
        greet: Callable[[socket.socket], bool] | None = None,
    ) -> None:
        self._steps = list(steps)
        self._context = context
        self._greet = greet
        self._lock = threading.Lock()
        self.requests: list[Request] = []
        self.connections = 0
        self.is_closed = threading.Event()
        self._threads: list[threading.Thread] = []
        self._socks: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)

    @property
    def url(self) -> str:
        """Base address."""
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> WireServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.is_closed.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            socks = list(self._socks)
        for sock in socks:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it was closed before
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a thread of the server is left"

    def _start(self, target: Callable[..., None], *args: Any) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.is_closed.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._socks.append(sock)
                number = self.connections
            self._start(self._serve, sock, number)

    def _serve(self, sock: socket.socket, number: int) -> None:
        sock.settimeout(PATIENCE)
        try:
            if self._greet is not None and not self._greet(sock):
                return
            if self._context is not None:
                sock = self._context.wrap_socket(sock, server_side=True)
                with self._lock:
                    self._socks.append(sock)
            with sock.makefile("rb") as reader:
                while (request := self._read(sock, reader, number)) is not None:
                    if not self._next_step(request)(request):
                        return
        except (OSError, ValueError):
            pass  # the client hung up, which many cases are about
        finally:
            sock.close()

    def _next_step(self, request: Request) -> Step:
        with self._lock:
            self.requests.append(request)
            return self._steps[min(len(self.requests), len(self._steps)) - 1]

    def _read(self, sock: socket.socket, reader: Any, number: int) -> Request | None:
        line = reader.readline()
        if not line:
            return None
        method, target, _ = line.decode("latin-1").split()
        headers = {}
        while (line := reader.readline()).strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        body = reader.read(int(headers.get("content-length", 0)))
        return Request(method, target, headers, body, number, sock, self)
