"""A bounded record of the exchanges a sandbox had, without anything secret in it."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

KEPT_EXCHANGES = 1000
REDACTED = "***"

_SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "apiaccesskeyid", "apisecretaccesskey", "cookie", "set-cookie"}
)
_NAMES_OF_SECRETS = r"(?:(?:client|access)(?:_|%5f)(?:secret|token)|jti)"
# Each name holds one of these; most texts hold none, which is faster to see than to search for the names.
_PARTS_OF_SECRETS = ("secret", "token", "jti")
_SECRET_FORM_FIELD = re.compile(rf"({_NAMES_OF_SECRETS}=)[^&]*", re.IGNORECASE)
_SECRET_JSON_FIELD = re.compile(rf'("{_NAMES_OF_SECRETS}"\s*:\s*")(?:[^"\\]|\\.)*', re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Exchange:
    """One request with its answer; header names in lower case, credentials replaced.

    ``fault`` is the kind of fault it suffered, "" for none. A status of 0 means that no answer was sent.
    """

    at: datetime
    method: str
    path: str
    request_headers: Mapping[str, str]
    request_body: str
    status: int
    response_headers: Mapping[str, str]
    response_body: str
    fault: str = ""


class Recorder:
    """Keeps the latest exchanges; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._exchanges: deque[Exchange] = deque(maxlen=KEPT_EXCHANGES)
        self._noted = 0

    def note(self, exchange: Exchange) -> None:
        """Keep an exchange, with its credentials replaced."""
        redacted = replace(
            exchange,
            path=_redacted_text(exchange.path),
            request_headers=_redacted_headers(exchange.request_headers),
            request_body=_redacted_text(exchange.request_body),
            response_headers=_redacted_headers(exchange.response_headers),
            response_body=_redacted_text(exchange.response_body),
        )
        with self._lock:
            self._exchanges.append(redacted)
            self._noted += 1

    def exchanges(self) -> list[Exchange]:
        """Return what is kept, oldest first."""
        with self._lock:
            return list(self._exchanges)

    def numbered(self) -> list[tuple[int, Exchange]]:
        """Return what is kept, oldest first, each with a number that no other one ever has."""
        with self._lock:
            return list(enumerate(self._exchanges, self._noted - len(self._exchanges) + 1))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._exchanges.clear()


def _redacted_headers(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): REDACTED if name.lower() in _SECRET_HEADERS else value for name, value in headers.items()}


def _redacted_text(text: str) -> str:
    lowered = text.lower()
    if not any(word in lowered for word in _PARTS_OF_SECRETS):
        return text
    return _SECRET_JSON_FIELD.sub(rf"\1{REDACTED}", _SECRET_FORM_FIELD.sub(rf"\1{REDACTED}", text))
