"""Reading an answer's body: bounded, complete, and decompressed with the same bound."""

from __future__ import annotations

import zlib
from typing import Any

from openapi_client._policy.history import Failure
from openapi_client.exceptions import DecodeException

_CHUNK = 64 * 1024
#: Bytes of compressed data to begin a member with.
_PIECE = 512
_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15


class Unusable(Exception):
    """A body that arrived, and cannot be used."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


def read(response: Any, limit: int) -> bytes:
    """The whole body of a urllib3 response, decompressed.

    :param limit: largest size in bytes, on the wire and after decompression.
    :raises Unusable: larger than ``limit``, an unknown content coding, or corrupt or truncated compressed data.
    """
    remaining, wire = response.length_remaining, response._fp
    if remaining != wire.length or response.chunked != wire.chunked:
        # RFC 9112 section 6.3: http.client, which reads, and urllib3, which counts, differ about some headers, such as
        # a length of "5, 5" or a coding "gzip, chunked". Then nobody knows where the answer ends.
        raise Unusable(Failure("the answer's Content-Length or Transfer-Encoding is not understood"))
    if remaining is not None and remaining <= min(limit, _CHUNK):
        data: bytes = response.read(decode_content=False)
    else:
        data = _read_chunks(response, limit)
    if not data or "Content-Encoding" not in response.headers:
        return data
    return _decode(data, response.headers["Content-Encoding"].strip().lower(), limit, response.status)


def _read_chunks(response: Any, limit: int) -> bytes:
    parts = bytearray()
    while chunk := response.read(_CHUNK, decode_content=False):
        parts += chunk
        if len(parts) > limit:
            raise _too_large(limit, response.status)
    return bytes(parts)


def _decode(data: bytes, coding: str, limit: int, status: int) -> bytes:
    if coding in ("identity", ""):
        return data
    if coding not in ("gzip", "x-gzip", "deflate"):
        reason = f"The answer has the unknown Content-Encoding {coding!r}"
        raise Unusable(Failure(reason, error=DecodeException, status=status))
    try:
        if coding == "deflate":
            # RFC 9110 section 8.4.1.2: the zlib format, but some servers send bare deflate data.
            return _inflate(data, _ZLIB if data[0] & 0x0F == 8 else _RAW_DEFLATE, limit, status)
        return _inflate(data, _GZIP, limit, status)
    except zlib.error as error:
        raise Unusable(Failure(f"The answer's {coding} data is corrupt: {error}")) from None


def _inflate(data: bytes, window: int, limit: int, status: int) -> bytes:
    """All members of compressed data, one after the other; zero bytes may follow them (as ``gzip`` allows)."""
    out = bytearray()
    view, position = memoryview(data), 0
    while position < len(data) and any(view[position : position + _PIECE]):
        member, size = zlib.decompressobj(window), _PIECE
        while not member.eof:
            # What follows a member is copied out of the piece that ends it, so pieces begin small.
            piece = member.unconsumed_tail or view[position : position + size]
            if not piece:
                raise zlib.error("it ends too early")
            if piece is not member.unconsumed_tail:
                position, size = position + len(piece), size * 2
            out += member.decompress(piece, limit + 1 - len(out))
            if len(out) > limit:
                raise _too_large(limit, status)
        position -= len(member.unused_data)
    return bytes(out)


def _too_large(limit: int, status: int) -> Unusable:
    reason = f"The answer is larger than {limit} bytes; raise Configuration.max_response_bytes if that is expected"
    return Unusable(Failure(reason, error=DecodeException, status=status))
