"""A bounded record of the exchanges a sandbox had, without anything secret in it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

KEPT_EXCHANGES = 1000
REDACTED = "***"

_SECRET_HEADERS = frozenset(
    {"authorization", "apisecretaccesskey", "apiaccesskeyid", "cookie", "proxy-authorization"}
)
_SECRET_FORM_FIELD = re.compile(r"(client_secret=)[^&]*")
_SECRET_JSON_FIELD = re.compile(r'("(?:access_token|client_secret|jti)"\s*:\s*")[^"]*')


@dataclass(frozen=True)
class Exchange:
    """One request with its answer; header names in lower case, credentials replaced."""

    at: datetime
    method: str
    path: str
    request_headers: Mapping[str, str]
    request_body: str
    status: int
    response_headers: Mapping[str, str]
    response_body: str


class Recorder:
    """Keeps the latest exchanges."""

    def __init__(self) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=KEPT_EXCHANGES)

    def note(self, exchange: Exchange) -> None:
        """Keep an exchange, with its credentials replaced."""
        self._exchanges.append(
            Exchange(
                exchange.at,
                exchange.method,
                exchange.path,
                _redacted_headers(exchange.request_headers),
                _redacted_text(exchange.request_body),
                exchange.status,
                _redacted_headers(exchange.response_headers),
                _redacted_text(exchange.response_body),
            )
        )

    def exchanges(self) -> list[Exchange]:
        """Return what is kept, oldest first."""
        return list(self._exchanges)

    def clear(self) -> None:
        """Forget everything."""
        self._exchanges.clear()


def _redacted_headers(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name.lower(): REDACTED if name.lower() in _SECRET_HEADERS else value
        for name, value in headers.items()
    }


def _redacted_text(text: str) -> str:
    return _SECRET_JSON_FIELD.sub(rf"\1{REDACTED}", _SECRET_FORM_FIELD.sub(rf"\1{REDACTED}", text))
