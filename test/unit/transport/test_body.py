"""The body of an answer: whole, bounded, and decompressed no further than the bound."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zlib
from typing import Any

import pytest
import urllib3

import openapi_client as oc
from openapi_client._transport import body

MEGABYTE = 1 << 20


class Wire(io.BytesIO):
    """What urllib3 reads from, with what it knows of the headers."""

    length: int | None
    chunked = False


def response(data: bytes, coding: str | None = None, *, length: bool = True, status: int = 200) -> Any:
    """A urllib3 response with a body on the wire."""
    headers = {"Content-Length": str(len(data))} if length else {}
    if coding is not None:
        headers["Content-Encoding"] = coding
    wire: Any = Wire(data)
    wire.length = len(data) if length else None
    return urllib3.HTTPResponse(wire, headers=headers, status=status, preload_content=False, request_method="GET")


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def peak_of_refusal(data: bytes, limit: int, coding: str = "gzip") -> int:
    """The most memory that was in use while a body was refused for its size, in bytes."""
    tracemalloc.start()
    try:
        with pytest.raises(body.Unusable, match=f"larger than {limit} bytes"):
            body.read(response(data, coding), limit)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw"])
def test_inflating_stops_at_the_limit(coding: str) -> None:
    """A body that would become sixty-four megabytes is not unpacked beyond the limit of one."""
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "raw": raw_deflate}[coding]
    data = pack(bytes(64 * MEGABYTE))
    assert peak_of_refusal(data, MEGABYTE, "deflate" if coding == "raw" else coding) < 8 * MEGABYTE


@pytest.mark.parametrize("first", [MEGABYTE, MEGABYTE - 1, MEGABYTE // 2])
def test_inflating_several_members_stops_at_the_limit(first: int) -> None:
    """What one member has left of the limit is all that the next one gets."""
    data = gzip.compress(bytes(first)) + gzip.compress(bytes(64 * MEGABYTE))
    assert peak_of_refusal(data, MEGABYTE) < 8 * MEGABYTE


@pytest.mark.parametrize("before", [0, MEGABYTE])
def test_inflating_large_pieces_stops_at_the_limit(before: int) -> None:
    """However much of a member was small, the part that unpacks to sixty-four megabytes is not unpacked beyond it."""
    packer = zlib.compressobj(wbits=31)
    noise = random.Random(1).randbytes(2 * MEGABYTE)
    data = gzip.compress(bytes(before)) if before else b""
    data += packer.compress(noise) + packer.compress(bytes(64 * MEGABYTE)) + packer.flush()
    assert peak_of_refusal(data, 4 * MEGABYTE) < 24 * MEGABYTE


def test_reading_stops_at_the_limit() -> None:
    """A body that is too large on the wire is not read to its end."""
    for length in (True, False):
        large = response(bytes(8 * MEGABYTE), length=length)
        with pytest.raises(body.Unusable, match="max_response_bytes") as caught:
            body.read(large, MEGABYTE)
        assert large.tell() <= MEGABYTE + 2 * 64 * 1024
        assert (caught.value.failure.error, caught.value.failure.status) == (oc.DecodeException, 200)


@pytest.mark.parametrize("limit", [1000, 70_000, 200_000])
@pytest.mark.parametrize("length", [True, False])
@pytest.mark.parametrize("coding", [None, "gzip", "deflate", "identity"])
def test_the_limit_itself_is_allowed(limit: int, length: bool, coding: str | None) -> None:
    """A body as large as the limit is whole; one byte more is too large."""
    pack: Any = {"gzip": gzip.compress, "deflate": zlib.compress}.get(str(coding), bytes)
    assert body.read(response(pack(b"x" * limit), coding, length=length), limit) == b"x" * limit
    with pytest.raises(body.Unusable, match=f"larger than {limit} bytes") as caught:
        body.read(response(pack(b"x" * (limit + 1)), coding, length=length, status=404), limit)
    assert (caught.value.failure.error, caught.value.failure.status) == (oc.DecodeException, 404)


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        # Without a time, so that every process gives the case the same name.
        ("gzip", gzip.compress(b"data", mtime=0)),
        (" GZip ", gzip.compress(b"data", mtime=0)),
        ("x-gzip", gzip.compress(b"da", mtime=0) + gzip.compress(b"ta", mtime=0)),
        ("gzip", gzip.compress(b"data", mtime=0) + bytes(7)),
        ("deflate", zlib.compress(b"data")),
        ("deflate", raw_deflate(b"data")),
        ("identity", b"data"),
        ("", b"data"),
        (None, b"data"),
    ],
)
def test_codings(coding: str | None, data: bytes) -> None:
    """Each coding a server may use, however it is written; padding after the data is nothing."""
    assert body.read(response(data, coding), 100) == b"data"


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", None])
def test_no_body(coding: str | None) -> None:
    """Nothing stays nothing, whatever coding is named for it."""
    assert body.read(response(b"", coding), 100) == b""


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress"])
def test_unknown_coding(coding: str) -> None:
    """A coding that nobody asked for cannot be read, and is named."""
    with pytest.raises(body.Unusable, match=f"unknown Content-Encoding '{coding}'") as caught:
        body.read(response(b"data", coding, status=500), 100)
    assert (caught.value.failure.error, caught.value.failure.status) == (oc.DecodeException, 500)


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", b"data"),
        ("gzip", gzip.compress(b"data", mtime=0)[:-5]),
        ("gzip", gzip.compress(b"data", mtime=0) + b"more"),
        ("deflate", zlib.compress(b"data")[:-1]),
        ("deflate", b"\xff\xff"),
    ],
)
def test_corrupt_data(coding: str, data: bytes) -> None:
    """Corrupt or truncated data is a failure of the transport, which another attempt may not meet."""
    with pytest.raises(body.Unusable, match=f"The answer's {coding} data is corrupt") as caught:
        body.read(response(data, coding), 100)
    assert (caught.value.failure.error, caught.value.failure.status) == (oc.TransportException, None)
    assert caught.value.failure.sent


def test_truncated_data_says_so() -> None:
    """Data that ends too early is told apart from data that is wrong."""
    with pytest.raises(body.Unusable, match=r"corrupt: it ends too early$"):
        body.read(response(gzip.compress(b"data", mtime=0)[:-5], "gzip"), 100)
