"""Request bodies: content type, compression and JSON."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from openapi_client.sandbox.protocol.errors import (
    FORMAT,
    MALFORMED,
    UNSUPPORTED,
    GatewayRefusal,
    Reason,
    Refusal,
)
from openapi_client.sandbox.state.documents import json_of

LARGEST_BODY_BYTES = 1_000_000
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def json_object(headers: Mapping[str, str], data: bytes) -> dict[str, object]:
    """Return the JSON object that a request carries.

    :raises Refusal: 415 for another media type, category 90 for bad JSON, 20 for no object
    """
    require_json(headers)
    try:
        value = json_of(plain_body(headers, data))
    except ValueError as error:
        raise Refusal(Reason(MALFORMED, "The request body is not valid JSON.")) from error
    if not isinstance(value, dict):
        raise Refusal(Reason(FORMAT, "The request body should be a JSON object."))
    return value


def require_json(headers: Mapping[str, str]) -> None:
    """Refuse a request whose ``Content-Type`` is not JSON."""
    media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise unsupported_media_type()


def unsupported_media_type() -> Refusal:
    """Return the observed answer to a body that is missing or not declared as JSON."""
    return Refusal(Reason(UNSUPPORTED, "Unsupported media type."), status=415)


def plain_body(headers: Mapping[str, str], data: bytes) -> bytes:
    """Return the body without its compression.

    :raises Refusal: for an unknown encoding or broken compression
    :raises GatewayRefusal: when it is too large, also after decompression
    """
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "gzip":
        data = _gunzip(data)
    elif encoding not in {"", "identity"}:
        raise Refusal(Reason(UNSUPPORTED, f"Unsupported encoding '{encoding}'."), status=415)
    if len(data) > LARGEST_BODY_BYTES:
        raise too_large()
    return data


def too_large() -> GatewayRefusal:
    """Return the gateway's answer to a body above the limit."""
    return GatewayRefusal(413, {"message": "Request size limit exceeded"})


def _gunzip(data: bytes) -> bytes:
    decompressor = zlib.decompressobj(_GZIP_WINDOW)
    try:
        plain = decompressor.decompress(data, LARGEST_BODY_BYTES + 1)
    except zlib.error as error:
        raise Refusal(Reason(MALFORMED, "The request body is not valid gzip.")) from error
    if len(plain) <= LARGEST_BODY_BYTES and not decompressor.eof:
        raise Refusal(Reason(MALFORMED, "The request body is not valid gzip."))
    return plain
