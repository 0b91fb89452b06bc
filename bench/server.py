"""The peer of every contender: a process that answers at once, and counts the connections it is given.

A line on the standard input is answered by one with the counts; it ends with the input.
"""

from __future__ import annotations

import json
import socket
import ssl
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from samples import CREATED, TOKEN, run

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nZuora-Request-Id: 0\r\n"
    b"Content-Length: %d\r\n\r\n"
)


def answer(text: str) -> bytes:
    """A whole answer with this body."""
    body = text.encode()
    return HEAD % len(body) + body


class Server:
    """Serves every connection on a thread of its own."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        """Listen at a free port."""
        self.context = context
        self.got, self.created, self.token = answer(run(29)), answer(CREATED), answer(TOKEN)
        self.lock = threading.Lock()
        self.counts = {"accepted": 0, "open": 0}
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)

    def accept(self) -> None:
        """Take connections until the process ends."""
        while True:
            sock, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(sock,), daemon=True).start()

    def count(self, accepted: int, opened: int) -> None:
        """Note a connection that came or went."""
        with self.lock:
            self.counts["accepted"] += accepted
            self.counts["open"] += opened

    def serve(self, sock: socket.socket) -> None:
        """Answer the requests of one connection."""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.count(1, 1)
        try:
            with self.context.wrap_socket(sock, server_side=True) if self.context else sock as conn:
                self.talk(conn)
        except OSError:
            pass  # the client is gone
        finally:
            self.count(0, -1)

    def talk(self, conn: socket.socket) -> None:
        """Answer until the client closes."""
        buffer = b""
        while data := conn.recv(65536):
            buffer += data
            head, end, rest = buffer.partition(b"\r\n\r\n")
            if not end:
                continue
            length = 0
            for line in head.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    length = int(line[15:])
            if len(rest) >= length:
                buffer = rest[length:]
                is_last = b"connection: close" in head.lower()
                answered = self.reply(head)
                conn.sendall(answered.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) if is_last else answered)
                if is_last:
                    return

    def reply(self, head: bytes) -> bytes:
        """The answer that belongs to a request."""
        if head.startswith(b"GET "):
            return self.got
        return self.token if b" /oauth/token" in head else self.created


def main() -> None:
    """Serve until the standard input ends; argument: a PEM file for TLS."""
    context = None
    if len(sys.argv) > 1:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1])
    server = Server(context)
    threading.Thread(target=server.accept, daemon=True).start()
    print(server.listener.getsockname()[1], flush=True)
    for _ in sys.stdin:
        print(json.dumps(server.counts), flush=True)


if __name__ == "__main__":
    main()
