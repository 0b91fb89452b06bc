"""Heads of answers: what is read directly comes out exactly as Python and urllib3 would have read it."""

from __future__ import annotations

import http.client
import io
import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.faults import RUN
from support.wire import WireServer, raw
from urllib3._collections import HTTPHeaderDict
from urllib3.util.response import assert_header_parsing

import openapi_client as oc
from openapi_client._transport import heads
from openapi_client._transport.connections import _DirectResponse, _Response

COMMON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"
#: Facts that ``begin`` leaves on an answer.
FACTS = ("code", "status", "reason", "version", "chunked", "chunk_left", "length", "will_close", "debuglevel")


class Pieces(io.RawIOBase):
    """A raw file whose bytes arrive in pieces of so many bytes."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data = io.BytesIO(data)
        self._size = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._data.read(min(self._size, len(buffer)))
        buffer[: len(data)] = data
        return len(data)


class Wire:
    """As much of a socket as an answer asks for."""

    def __init__(self, data: bytes, size: int) -> None:
        self._file = io.BufferedReader(Pieces(data, size))

    def makefile(self, _mode: str) -> io.BufferedReader:
        return self._file

    def gettimeout(self) -> None:
        return None

    def shutdown(self, _how: int) -> None:
        raise OSError


def outcome(act: Callable[[], Any]) -> Any:
    """What a function gives, or what it raises, as something to compare."""
    try:
        return act()
    except Exception as error:
        return type(error), str(error)


def read(kind: type[_Response], data: bytes, size: int, method: str) -> Any:
    """All that can be seen of an answer whose head was read, or the exception."""
    response: Any = kind(Wire(data, size), method=method)  # type: ignore[arg-type]  # as much of one as it asks for
    failure = outcome(response.begin)
    if failure is not None:
        return failure
    head = response.msg
    assert response.headers is head
    fields = HTTPHeaderDict(head.items())
    shown = [getattr(response, name) for name in FACTS]
    shown += [head.items(), [*fields.items()], head.is_multipart(), head.get_content_type(), outcome(head.as_string)]
    shown += [head.get_all(name) for name in head] + [fields.getlist(name) for name in fields]
    shown += [outcome(lambda: assert_header_parsing(head)), outcome(response.read)]
    response.close()
    return shown


# fmt: off
NAMES = st.sampled_from([
    "Content-Length", "content-length", "Transfer-Encoding", "Connection", "Content-Type", "Set-Cookie", "Keep-Alive",
    "X", "x-a", "From", "From ",
    ">From", "", "X Y", "X ", " X", "\tX", "\xdc", "a:b", "X\x00", "Content-Encoding", "X\x7f",
    "Content-Transfer-Encoding", "Proxy-Connection", "!#$%&'*+-.^_`|~", "(", "MIME-Version", "[",
])
VALUES = st.one_of(st.text(st.characters(max_codepoint=255), max_size=8), st.sampled_from([
    "2", "0", "02", "+2", "-2", "2, 2", "2 ", "1_0", "\xb2", "9" * 19, "9" * 5000, "chunked", "Chunked", "gzip", "",
    "gzip, chunked", "close", "Close, x", "keep-alive", "text/plain", "multipart/mixed", "message/rfc822", "a b",
    "a\tb",
    'multipart/mixed; boundary="b"', " a", "a  ", "\t", "a\x00b", "a\x0bb", "a\x0cb", "a\x1cb", "a\x85b", "Stra\xdfe",
    "a: b", ":", "a\rb", "a\nb", "a\n b", "a\r\n\tb", "x" * 9000, "=?utf-8?q?a?=",
]))
STATUS_LINES = st.sampled_from([*["HTTP/1.1 200 OK"] * 6, *(f"HTTP/1.1 {rest}" for rest in (
    "201 Created", "204 No Content", "304 Not Modified", "404 Not  Found", "100 Continue", "103 Early Hints",
    "101 Switching", "600 Odd", "99 X", "200", "200 ", " 200  OK ", "2\xb20 OK", "+200 OK", "20 OK", "2000 OK",
    "200 \xdcber", "200 O\tK", "500 Oh", "200 " + "x" * 9000,
)), "HTTP/1.0 200 OK", "HTTP/0.9 200 OK", "HTTP/2 200 OK", "http/1.1 200 OK", "", "x", "HTTP/1.1\t200 OK"])
# fmt: on
ENDS = st.sampled_from(["\r\n"] * 12 + ["\n", "\r", "\r\r\n", ""])
FIELDS = st.builds(
    lambda name, colon, value, end: name + colon + value + end,
    NAMES, st.sampled_from([": "] * 8 + [":", " : ", ":  ", ":\t", ""]), VALUES, ENDS,
)  # fmt: skip
PLAIN_FIELDS = st.builds(
    lambda name, value: f"{name}: {value}\r\n",
    st.sampled_from(["Content-Length", "Transfer-Encoding", "Connection", "Content-Type", "Set-Cookie", "X-Y", "x-y"]),
    st.sampled_from(["2", "0", "chunked", "close", "keep-alive", "a=b; Path=/", "application/json", "a: b", "2, 2"]),
)
HEADS = st.builds(
    lambda first, end, fields, last, body: (first + end + "".join(fields) + last + body).encode("latin-1"),
    STATUS_LINES,
    ENDS,
    st.one_of(st.lists(PLAIN_FIELDS, max_size=6), st.lists(FIELDS, max_size=6), st.lists(PLAIN_FIELDS, min_size=55)),
    st.sampled_from(["\r\n"] * 6 + ["\n", ""]),
    st.sampled_from(["{}", "", "2\r\n{}\r\n0\r\n\r\n", COMMON.decode(), "HTTP/1.1 200 OK\r\n\r\n"]),
)


@given(data=HEADS, size=st.sampled_from([100_000, 100_000, 17]), method=st.sampled_from(["GET", "GET", "HEAD"]))
@settings(max_examples=300, deadline=None)
@example(data=COMMON, size=100_000, method="GET")
@example(data=COMMON + b"more", size=100_000, method="HEAD")
@example(data=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\ncontent-length: 2\r\n\r\n{}", size=100_000, method="GET")
@example(data=b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 2\r\n\r\n{}", size=100_000, method="GET")
@example(data=b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 101 + b"\r\n", size=100_000, method="GET")
@example(data=b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", size=100_000, method="GET")
@example(data=b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + COMMON, size=100_000, method="GET")
def test_no_difference(data: bytes, size: int, method: str) -> None:
    """Whatever arrives, both ways of reading its head see the same answer, or fail the same way."""
    assert read(_DirectResponse, data, size, method) == read(_Response, data, size, method)


@given(data=st.binary(max_size=12), at=st.integers(0, len(COMMON)), until=st.integers(0, len(COMMON)))
@settings(max_examples=150, deadline=None)
def test_no_difference_after_damage(data: bytes, at: int, until: int) -> None:
    """A common head with any bytes in place of some of its own is read the same in both ways."""
    damaged = COMMON[:at] + data + COMMON[until:]
    assert read(_DirectResponse, damaged, 100_000, "GET") == read(_Response, damaged, 100_000, "GET")


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: 2\r\nX: a: b: c\r\n",
        b"Content-Length: 2\r\nContent-Type: multipart/mixed\r\n",
        b"Content-Length: 2\r\nContent-Length: 1\r\n",
        b"Content-Length: " + b"0" * 30 + b"2\r\n",
        b"Content-Length: 2\r\nConnection: Keep-Alive, Close\r\n",
        b"Content-Length: 2\r\nTransfer-Encoding: gzip\r\n",
        b"Content-Length: 9\r\nTransfer-Encoding: Chunked\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"X: y\r\n",
    ],
)
def test_the_same_head(fields: bytes) -> None:
    """Fields that say what follows say the same in both ways of reading them."""
    data = b"HTTP/1.1 200 OK\r\n" + fields + b"\r\n2\r\n{}\r\n0\r\n\r\n"
    assert read(_DirectResponse, data, 100_000, "GET") == read(_Response, data, 100_000, "GET")


@pytest.mark.parametrize(
    ("data", "is_direct"),
    [
        (COMMON, True),
        (COMMON.replace(b"200 OK", b"404 Not Found"), True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n0\r\n\r\n", True),
        (COMMON.replace(b"200 OK", b"204 No Content"), False),
        (COMMON.replace(b"200 OK", b"200"), False),
        (COMMON.replace(b"HTTP/1.1", b"HTTP/1.0"), False),
        (COMMON.replace(b"json", b"json\r\n folded"), False),
        (COMMON.replace(b": 2", b": +2"), False),
        (COMMON.replace(b"application/json", b"multipart/mixed"), False),
        (COMMON.replace(b"utf-8", b"\xfc"), False),
    ],
)
def test_what_is_read_directly(data: bytes, is_direct: bool) -> None:
    """Plainly common heads are read directly; all others are left to Python."""
    response: Any = _DirectResponse(Wire(data, 100_000), method="GET")  # type: ignore[arg-type]  # as above
    response.begin()
    response.begin()
    assert (type(response.msg) is heads._Head) is is_direct
    response.close()


def test_a_head_in_pieces() -> None:
    """A head of which a part is missing yet is left to Python, which waits for the rest."""
    response: Any = _DirectResponse(Wire(COMMON, 20), method="GET")  # type: ignore[arg-type]  # as above
    response.begin()
    assert type(response.msg) is http.client.HTTPMessage
    assert response.read() == b"{}"
    response.close()


def test_python_shows_heads_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """Where somebody has ``http.client`` print what it reads, it does."""
    response: Any = _DirectResponse(Wire(COMMON, 100_000), 1, method="GET")  # type: ignore[arg-type]  # as above
    response.begin()
    response.close()
    assert "Content-Length" in capsys.readouterr().out


@pytest.mark.parametrize("is_fast", [True, False])
def test_the_setting_is_read_live(is_fast: bool) -> None:
    """``fast_response_heads`` decides for the next request who reads the head of its answer."""
    settings = oc.Configuration(access_token="t", fast_response_heads=not is_fast)
    body = json.dumps(RUN).encode()
    found = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with WireServer([raw(found, close=False)]) as server, oc.ApiClient(settings) as client:
        settings.host = f"http://127.0.0.1:{server.port}"
        settings.fast_response_heads = is_fast
        answer = oc.JournalRunsApi(client).get_journal_run("JR-00000001", _preload_content=False)
        assert isinstance(answer._original_response.msg, heads._Head) is is_fast
        answer.release_conn()


def test_an_answer_that_never_comes() -> None:
    """A connection that ends before the head is told as Python tells it."""
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        response: Any = _DirectResponse(ours, method="GET")
        with pytest.raises(http.client.RemoteDisconnected):
            response.begin()
        response.close()
