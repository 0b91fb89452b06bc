"""Zuora's failure reasons: 8-digit codes taken apart, and every known error body understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

#: Category number -> its meaning (Zuora docs, "Error codes": the last two of the eight digits).
CATEGORIES: dict[int, str] = {
    10: "permission or access denied",
    11: "authentication failed",
    20: "invalid format or value",
    21: "unknown field",
    22: "missing required field",
    23: "missing required parameter",
    27: "invalid query parameter",
    30: "rule restriction",
    40: "not found",
    45: "unsupported request",
    50: "locking contention",
    60: "internal error",
    61: "temporary error",
    70: "request exceeded limit",
    90: "malformed JSON",
    99: "integration error",
}
#: Worth another try (Zuora docs, "Error handling").
RETRYABLE = frozenset({50, 61, 70})
#: The docs contradict themselves on these two, so they get one more try and no second one.
RETRYABLE_ONCE = frozenset({60, 99})

#: Of so many reasons all are kept.
_MOST_REASONS = 20
#: What a body of so many characters may become is bounded by its size.
SMALL = 1 << 20


class Reason(NamedTuple):
    """One reason of a refusal.

    :ivar code: the code as text, ``"50000040"``; servers send numbers and strings.
    :ivar message: the server's explanation.
    """

    code: str
    message: str

    @property
    def category(self) -> int | None:
        """The last two digits, or ``None`` for a code that is not a number."""
        return int(self.code[-2:]) if self.code.isascii() and self.code.isdigit() else None

    @property
    def resource(self) -> str:
        """The first six digits of an 8-digit code, else an empty string."""
        return self.code[:-2] if self.category is not None else ""

    @property
    def category_name(self) -> str:
        """What the category means, in words."""
        return CATEGORIES.get(self.category or 0, "unknown category")

    @property
    def is_retryable(self) -> bool:
        """Whether the same call can succeed when it is repeated."""
        return self.category in RETRYABLE or self.category in RETRYABLE_ONCE

    def __str__(self) -> str:
        kind = f" ({self.category_name})" if self.category is not None else ""
        return f"{self.code}{kind}: {self.message}" if self.code else self.message


def lossy(data: Any) -> Any:
    """Bytes as text, those that are not UTF-8 escaped; in a long body, where escaping takes seconds, replaced."""
    if not isinstance(data, bytes):
        return data
    return data.decode("utf-8", "backslashreplace" if len(data) < SMALL else "replace")


def most_values(text: str, size: int = 0) -> int | None:
    """How many values may be made of a JSON text, where it seems to hold more.

    The text ``[],`` is a value of 24 times its size, and ``{"":0},`` of 31 times, so the values are bounded as well: by
    the characters that begin them. One is 170 bytes at most; more than a million are no answer to any call of ours.

    :param size: bytes that an answer may have; one in 32 may begin a value, if that is more.
    """
    most = max(SMALL, size // 32)
    return most if len(text) > most and sum(map(text.count, ",[{")) > most else None


def from_body(body: Any) -> tuple[Reason, ...]:
    """The reasons in an error body of any known form; none for HTML, garbage or nothing.

    :param body: the parsed JSON, or its text.
    """
    try:
        return tuple(_kept(_find(_parsed(body))))
    except (ValueError, RecursionError):
        return ()


def are_own(found: tuple[Reason, ...]) -> bool:
    """Whether Zuora's application itself gives these reasons: its codes have eight digits (docs, "Error codes")."""
    return bool(found) and all(len(reason.code) == 8 and reason.category is not None for reason in found)


def request_id_of(body: Any) -> str | None:
    """The ``requestId`` that failure bodies carry."""
    try:
        value = _parsed(body).get("requestId")
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, str) else None


def _parsed(body: Any) -> dict[str, Any]:
    if isinstance(body, (str, bytes)):
        text = lossy(body)
        body = json.loads(text) if most_values(text) is None else None
    return body if isinstance(body, dict) else {}


def _kept(found: Iterable[Reason]) -> Iterator[Reason]:
    """The first reasons, and of the others one of each kind, since all kinds count when a refusal is judged."""
    kinds: set[Any] = set()
    number, last = 0, None
    for number, reason in enumerate(found, 1):
        kind = (reason.category, len(reason.code) == 8)
        last = None if number <= _MOST_REASONS or kind not in kinds else reason
        if last is None:
            kinds.add(kind)
            yield reason
    if last is not None:
        yield last._replace(message=f"{last.message} (the last of {number} reasons)")


def _find(body: dict[str, Any]) -> Iterator[Reason]:
    listed = body.get("reasons") or body.get("Errors")
    if isinstance(listed, list):
        for item in listed:
            if isinstance(item, dict):
                yield Reason(_text(item, "code", "Code"), _text(item, "message", "Message"))
    elif isinstance(body.get("error"), dict):
        yield Reason(_text(body["error"], "code"), _text(body["error"], "message"))
    elif body.get("message") or body.get("error_description"):
        yield Reason(_text(body, "error"), _text(body, "message", "error_description"))


def _text(item: dict[str, Any], *names: str) -> str:
    return next((str(item[name]) for name in names if item.get(name) is not None), "")
