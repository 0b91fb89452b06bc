"""An answer before it becomes bytes, and the bytes it becomes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

# Answers above this size are compressed for callers that accept gzip (Zuora API reference, ``Accept-Encoding``).
GZIP_ABOVE_BYTES = 1000


#: The status of an answer that is never sent.
NO_ANSWER = 0


@dataclass(frozen=True)
class Answer:
    """An answer as bytes."""

    status: int
    data: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """Status, JSON body and headers of one answer."""

    status: int
    body: Mapping[str, object]
    headers: Mapping[str, str] = field(default_factory=dict)

    def beneath(self, headers: Mapping[str, str]) -> Reply:
        """Return the reply with more headers; its own win over equally named ones."""
        return replace(self, headers={**headers, **self.headers})

    def encoded(self, accept_encoding: str) -> Answer:
        """Return the answer as bytes, with its complete headers.

        :param accept_encoding: the request's ``Accept-Encoding``, empty when absent
        """
        # A caller's text may hold half a surrogate pair, which has no bytes.
        data = json.dumps(self.body, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json; charset=utf-8", **self.headers}
        if len(data) > GZIP_ABOVE_BYTES and _accepts_gzip(accept_encoding):
            data = gzip.compress(data, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
            headers["Vary"] = "Accept-Encoding"
        return Answer(self.status, data, headers)


def _accepts_gzip(accept_encoding: str) -> bool:
    for item in accept_encoding.lower().split(","):
        coding, _, parameters = item.partition(";")
        if coding.strip() == "gzip":
            return parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
