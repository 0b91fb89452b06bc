"""Recorded exchanges as the inspector shows them: a page of them, with readable bodies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openapi_client.sandbox.protocol.recording import Exchange, Recorder
from openapi_client.sandbox.protocol.replies import NO_ANSWER

#: So many exchanges, and things of each section, are on a page.
SHOWN = 50
SHOWN_CHARACTERS = 5_000
# A longer text is shown as it is: it is cut in any case, and making it readable takes time at every look.
_MOST_READABLE = 20_000
_FORM = "application/x-www-form-urlencoded"


@dataclass
class ShownExchange:
    """An exchange with its number; everything else is read from the exchange."""

    number: int
    exchange: Exchange

    def __getattr__(self, name: str) -> Any:
        return getattr(self.exchange, name)

    @property
    def track_id(self) -> str:
        """The track id of the request; "" for none."""
        return self.exchange.request_headers.get("zuora-track-id", "")

    @property
    def target(self) -> str:
        """Path and query, as far as they are shown."""
        return cut(self.exchange.path)

    @property
    def asked(self) -> str:
        """The body of the request, made readable."""
        return readable(self.exchange.request_body, self.exchange.request_headers)

    @property
    def answered(self) -> str:
        """The body of the answer, made readable."""
        return readable(self.exchange.response_body, self.exchange.response_headers)

    @cached_property
    def is_refusal(self) -> bool:
        """Whether the answer says that it did not work."""
        try:
            answer: Mapping[str, object] | object = json.loads(self.exchange.response_body)
        except (ValueError, RecursionError):
            return False
        return isinstance(answer, dict) and answer.get("success") is False

    @property
    def is_success(self) -> bool:
        """Whether all went well."""
        return 200 <= self.exchange.status < 300 and not self.is_refusal

    @property
    def outcome(self) -> str:
        """The status, and in words when it hides a failure."""
        if self.exchange.status == NO_ANSWER:
            return "no answer"
        is_hidden = self.is_refusal and self.exchange.status < 300
        return f"{self.exchange.status}, success: false" if is_hidden else str(self.exchange.status)


def shown_exchanges(recorder: Recorder, page: int) -> tuple[int, list[ShownExchange]]:
    """Return how many exchanges there are, and those of a page, the latest first."""
    kept = recorder.numbered()[::-1]
    return len(kept), [ShownExchange(*each) for each in kept[(page - 1) * SHOWN : page * SHOWN]]


def readable(body: str, headers: Mapping[str, str]) -> str:
    """Return a body with a line for each value, as far as it is shown."""
    if len(body) > _MOST_READABLE:
        return cut(body)
    if headers.get("content-type", headers.get("Content-Type", "")).startswith(_FORM):
        return cut(body.replace("&", "\n&"))
    try:
        return cut(json.dumps(json.loads(body), indent=2, ensure_ascii=False))
    except (ValueError, RecursionError):
        return cut(body)


def cut(text: str) -> str:
    """Return a text as far as it is shown."""
    if len(text) <= SHOWN_CHARACTERS:
        return text
    return f"{text[:SHOWN_CHARACTERS]}… ({len(text) - SHOWN_CHARACTERS} more characters)"
