"""A bounded record of the exchanges a sandbox had, without anything secret in it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from openapi_client.sandbox.protocol.redaction import Redactor, headers_without_secrets

KEPT_EXCHANGES = 1000
# Of one text, and of all of them; a character takes one to four bytes.
KEPT_CHARACTERS = 64 * 1024
ALL_KEPT_CHARACTERS = 16 * 1024 * 1024
# A text is cut behind its secrets, so that none is cut in two: longer than any of them in any spelling.
_MARGIN = 2048


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
    """Keeps the latest exchanges; safe to use from several threads.

    :param redactor: hides what is secret
    """

    def __init__(self, redactor: Redactor | None = None) -> None:
        self._redactor = redactor or Redactor()
        self._lock = threading.Lock()
        self._exchanges: deque[Exchange] = deque()
        self._characters = 0
        self._noted = 0

    def note(self, exchange: Exchange) -> None:
        """Keep an exchange, with its credentials replaced and its texts cut."""
        asked = headers_without_secrets(exchange.request_headers)
        answered = headers_without_secrets(exchange.response_headers)
        texts = [exchange.path, exchange.request_body, exchange.response_body, *asked.values(), *answered.values()]
        shown = iter(map(_cut, texts, self._redactor.texts([each[: KEPT_CHARACTERS + _MARGIN] for each in texts])))
        path, request_body, response_body = next(shown), next(shown), next(shown)
        redacted = replace(
            exchange,
            path=path,
            request_headers={name: next(shown) for name in asked},
            request_body=request_body,
            response_headers={name: next(shown) for name in answered},
            response_body=response_body,
        )
        with self._lock:
            self._exchanges.append(redacted)
            self._noted += 1
            self._characters += _size(redacted)
            while len(self._exchanges) > KEPT_EXCHANGES or self._characters > ALL_KEPT_CHARACTERS:
                self._characters -= _size(self._exchanges.popleft())

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
            self._characters = 0


def _cut(text: str, redacted: str) -> str:
    """Return the text without secrets, as far as it is kept.

    :param redacted: what was made of all that is kept and the margin, in which a secret may have been cut in two
    """
    return redacted if len(text) <= KEPT_CHARACTERS else f"{redacted[:-_MARGIN]}… ({len(text)} characters in all)"


def _size(exchange: Exchange) -> int:
    headers = (*exchange.request_headers.items(), *exchange.response_headers.items())
    texts = (exchange.path, exchange.request_body, exchange.response_body)
    return sum(map(len, texts)) + sum(len(name) + len(value) for name, value in headers)
