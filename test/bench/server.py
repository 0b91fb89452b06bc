"""The peer of the benchmarks: answers every request at once with the same run. Prints its port."""

from __future__ import annotations

import socket
import ssl
import sys
import threading

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nZuora-Request-Id: 0\r\nContent-Length: %d\r\n\r\n"


def serve(sock: socket.socket, answer: bytes, context: ssl.SSLContext | None) -> None:
    """Answer the requests of one connection."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        if context is not None:
            sock = context.wrap_socket(sock, server_side=True)
        with sock:
            buffer = b""
            while data := sock.recv(65536):
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
                    if b"connection: close" in head.lower():
                        sock.sendall(answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
                        return
                    sock.sendall(answer)
    except OSError:
        return  # the client is gone


def main() -> None:
    """Serve until the standard input ends; arguments: the file with the body, and a PEM file for TLS."""
    with open(sys.argv[1], "rb") as file:
        body = file.read()
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2])
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=accept, args=(listener, HEAD % len(body) + body, context), daemon=True).start()
    sys.stdin.read()


def accept(listener: socket.socket, answer: bytes, context: ssl.SSLContext | None) -> None:
    """Serve every connection on a thread of its own."""
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=serve, args=(sock, answer, context), daemon=True).start()


if __name__ == "__main__":
    main()
