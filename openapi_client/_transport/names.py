"""Looking up host names, once for each connection and within a time limit."""

from __future__ import annotations

import socket
from _thread import start_new_thread
from typing import Any

from urllib3.util.connection import allowed_gai_family

from openapi_client._base.signal import Signal


def addresses(host: str, port: int, seconds: float) -> list[str]:
    """The numeric addresses of a host, each once.

    The system's resolver knows no time limit, so it is asked on a thread of its own; one that comes too late ends when
    the resolver does.

    :raises socket.gaierror: the name cannot be resolved.
    :raises TimeoutError: not within so many seconds.
    """
    name = host.strip("[]")
    try:
        return _found(name, port, socket.AI_NUMERICHOST)
    except socket.gaierror:
        pass  # a name, not an address
    outcome: list[Any] = []
    done = Signal()

    def ask() -> None:
        try:
            outcome.append(_found(name, port))
        except (OSError, UnicodeError) as error:
            outcome.append(error)
        finally:
            done.give()

    # One step, unlike the start of a ``threading.Thread``, which Ctrl-C can leave half done.
    try:
        start_new_thread(ask, ())
    except RuntimeError:
        ask()  # the interpreter is about to end, and lets no more threads start
    if not done.wait(seconds):
        raise TimeoutError(f"the name {host} was not resolved in time")
    if isinstance(outcome[0], list):
        return outcome[0]
    raise socket.gaierror(f"Failed to resolve '{host}' ({outcome[0]})")


def _found(name: str, port: int, flags: int = 0) -> list[str]:
    found = socket.getaddrinfo(name, port, allowed_gai_family(), socket.SOCK_STREAM, 0, flags)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
