"""An answer before it becomes bytes, and the bytes it becomes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from openapi_client.sandbox.options import Options

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

    def encoded(self, accept_encoding: str, options: Options, *, is_compressible: bool = True) -> Answer:
        """Return the answer as bytes, with its complete headers.

        :param accept_encoding: the request's ``Accept-Encoding``, empty when absent
        :param options: which form codes have, and what is compressed
        :param is_compressible: whether it may be compressed at all
        """
        body = _with_text_codes(self.body) if options.string_codes else self.body
        # A caller's text may hold half a surrogate pair, which has no bytes.
        data = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json; charset=utf-8", **self.headers}
        is_wanted = len(data) > GZIP_ABOVE_BYTES and _accepts_gzip(accept_encoding)
        if is_compressible and (is_wanted or options.gzip == "always"):
            data = gzip.compress(data, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
            headers["Vary"] = "Accept-Encoding"
        return Answer(self.status, data, headers)


def _with_text_codes(body: Mapping[str, object]) -> Mapping[str, object]:
    reasons = body.get("reasons")
    if not isinstance(reasons, list):
        return body
    return {**body, "reasons": [{**each, "code": str(each["code"])} for each in reasons]}


def _accepts_gzip(accept_encoding: str) -> bool:
    for item in accept_encoding.lower().split(","):
        coding, _, parameters = item.partition(";")
        if coding.strip() == "gzip":
            return parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
