"""Reading an answer's body: bounded, complete, and decompressed with the same bound."""

from __future__ import annotations

import zlib
from typing import Any

from openapi_client.exceptions import DecodeException, TransportException

_CHUNK = 64 * 1024
_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15


def read(response: Any, limit: int) -> bytes:
    """The whole body of a urllib3 response, decompressed.

    :param limit: largest size in bytes, on the wire and after decompression.
    :raises DecodeException: larger than ``limit``, or an unknown content coding.
    :raises TransportException: a corrupt or truncated compressed body.
    """
    declared = response.headers.get("Content-Length", "")
    if declared.isascii() and declared.isdigit() and len(declared) < 10 and int(declared) <= min(limit, _CHUNK):
        data: bytes = response.read(decode_content=False)
    else:
        data = _read_chunks(response, limit)
    coding = response.headers.get("Content-Encoding")
    return data if not coding or not data else _decode(data, coding.strip().lower(), limit)


def _read_chunks(response: Any, limit: int) -> bytes:
    parts = bytearray()
    while chunk := response.read(_CHUNK, decode_content=False):
        parts += chunk
        if len(parts) > limit:
            raise _too_large(limit)
    return bytes(parts)


def _decode(data: bytes, coding: str, limit: int) -> bytes:
    if coding == "identity":
        return data
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise DecodeException(reason=f"The answer has the unknown Content-Encoding {coding!r}")
    try:
        if coding == "deflate":
            # RFC 9110 section 8.4.1.2: the zlib format, but some servers send bare deflate data.
            return _inflate(data, _ZLIB if data[0] & 0x0F == 8 else _RAW_DEFLATE, limit)
        return _inflate(data, _GZIP, limit)
    except zlib.error as error:
        raise TransportException(status=0, reason=f"The answer's {coding} data is corrupt: {error}") from None


def _inflate(data: bytes, window: int, limit: int) -> bytes:
    out = bytearray()
    while data.strip(b"\0"):
        member = zlib.decompressobj(window)
        out += member.decompress(data, limit + 1 - len(out))
        if len(out) > limit:
            raise _too_large(limit)
        if not member.eof:
            raise zlib.error("it ends too early")
        data = member.unused_data
    return bytes(out)


def _too_large(limit: int) -> DecodeException:
    return DecodeException(
        reason=f"The answer is larger than {limit} bytes; raise Configuration.max_response_bytes if that is expected"
    )
