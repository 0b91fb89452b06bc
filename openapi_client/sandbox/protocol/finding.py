"""Recorded requests by method and path, and how to name one in a message."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from openapi_client.sandbox.protocol.recording import Exchange
from openapi_client.sandbox.protocol.replies import NO_ANSWER


def matching(exchanges: Iterable[Exchange], method: str, path: str) -> list[Exchange]:
    """Return the exchanges with this method and path; ``*`` stands for any text, a query counts only when asked for."""
    pattern = path.replace("[", "[[]").replace("?", "[?]")
    return [
        each
        for each in exchanges
        if fnmatchcase(each.method, method.upper())
        and fnmatchcase(each.path if "?" in path else each.path.partition("?")[0], pattern)
    ]


def line_of(exchange: Exchange) -> str:
    """Return an exchange in one line, such as ``POST /v1/journal-runs -> 503 (fault unavailable)``."""
    outcome = "no answer" if exchange.status == NO_ANSWER else str(exchange.status)
    fault = f" (fault {exchange.fault})" if exchange.fault else ""
    return f"{exchange.method} {exchange.path} -> {outcome}{fault}"
