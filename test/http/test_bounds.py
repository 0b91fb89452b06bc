"""Bounds hold: on what is read, on what becomes of it, and on what is shown of it."""

from __future__ import annotations

import gzip
import io
import json
import logging
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from support.clients import client_for
from support.faults import NUMBER, REQUEST, RUN, TOKEN
from support.wire import PATIENCE, Request, Step, WireServer, answer, raw

import openapi_client as oc

MEGABYTE = 1 << 20
HEAD = b"HTTP/1.1 %d Reason\r\nContent-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def flood(head: bytes, piece: bytes, sent: list[int] | None = None) -> Step:
    """Send until the client hangs up, 300 MB at most; ``sent`` counts the bytes."""

    def step(request: Request) -> bool:
        request.sock.settimeout(PATIENCE)
        try:
            request.sock.sendall(head)
            for _ in range(300_000_000 // len(piece)):
                request.sock.sendall(piece)
                if sent is not None:
                    sent[0] += len(piece)
        except OSError:
            pass  # the client is gone, which is what this is about
        return False

    return step


def outcome(*steps: Step, act: Callable[[oc.JournalRunsApi], Any] | None = None, **settings: Any) -> Any:
    """What a call without retries gives or raises."""
    with WireServer(steps) as server, client_for(server, **{"retries": 0, "access_token": TOKEN, **settings}) as client:
        api = oc.JournalRunsApi(client)
        try:
            return (act or (lambda api: api.get_journal_run(NUMBER)))(api)
        except oc.ApiException as error:
            return error


def measured(*steps: Step, **settings: Any) -> tuple[Any, int]:
    """The same, and the most memory that was in use, in bytes."""
    tracemalloc.start()
    try:
        return outcome(*steps, **settings), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


PIECE = b"10000\r\n" + b"x" * 65536 + b"\r\n"
FLOODS = {
    "a length and chunks": (b"Content-Length: 5\r\n" + CHUNKED + b"\r\n", PIECE),
    "chunks and a length": (CHUNKED + b"Content-Length: 5\r\n\r\n", PIECE),
    "chunks, twice, and a length": (CHUNKED + CHUNKED + b"Content-Length: 5\r\n\r\n", PIECE),
    "chunks inside of another coding": (b"Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n\r\n", PIECE),
    "a length, twice in one header": (b"Content-Length: 5, 5\r\n\r\n", PIECE),
    "a negative length": (b"Content-Length: -5\r\n\r\n", PIECE),
    "a length of 5000 digits": (b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", PIECE),
    "a chunk of 15 digits": (CHUNKED + b"\r\nfffffffffffffff\r\n", PIECE),
    "a chunk of 16 digits": (CHUNKED + b"\r\nffffffffffffffff\r\n", PIECE),
    "a chunk of 5000 digits": (CHUNKED + b"\r\n" + b"f" * 5000 + b"\r\n", PIECE),
    "a line that does not end": (CHUNKED + b"\r\n5;", PIECE.replace(b"\r\n", b"")),
    **{
        f"a chunk of {size!r}": (CHUNKED + b"\r\n" + size + b"\r\n", PIECE)
        for size in (b"-1", b"-5", b"+5", b" 5", b"5_0", b"0x5", b"5 5", b"", b"\xb2")
    },
}


@pytest.mark.parametrize("status", [200, 404, 302])
@pytest.mark.parametrize("case", FLOODS.values(), ids=FLOODS.keys())
def test_floods(case: tuple[bytes, bytes], status: int) -> None:
    """Whatever the headers say, no more than the limit is read and kept."""
    head, piece = case
    error, peak = measured(flood(HEAD % status + head, piece), max_response_bytes=MEGABYTE)
    assert isinstance(error, oc.ApiException)
    assert error.status == status or isinstance(error, oc.TransportException)
    assert peak < 6 * MEGABYTE


@pytest.mark.parametrize("size", [b"-1", b"-5", b"+5"])
def test_create_with_a_chunk_of_nonsense(size: bytes) -> None:
    """A create whose answer has such a chunk may have worked."""
    error = outcome(
        flood(HEAD % 200 + CHUNKED + b"\r\n" + size + b"\r\n", PIECE),
        act=lambda api: api.create_journal_run(REQUEST, idempotency_key=None),
    )
    assert isinstance(error, oc.TransportException)
    assert error.outcome_unknown


def test_chunks_of_real_servers() -> None:
    """Sizes in any case, padded, or with extensions, and trailers after the last chunk, are what some servers send."""
    body = json.dumps(RUN).encode()
    size = len(body) - 10
    chunks = b"A \r\n%s\r\n%X;name=value\r\n%s\r\n0\r\nTrailer: x\r\n\r\n" % (body[:10], size, body[10:])
    steps = (raw(HEAD % 200 + CHUNKED + b"\r\n" + chunks, close=False), answer(200, RUN))
    with WireServer(steps) as server, client_for(server) as client:
        api = oc.JournalRunsApi(client)
        assert [api.get_journal_run(NUMBER).number for _ in range(2)] == [NUMBER, NUMBER]
    assert server.connections == 1


@pytest.mark.parametrize("location", [b"/v1/elsewhere", b"http://127.0.0.2:1/elsewhere"])
def test_redirect_with_a_large_body(location: bytes) -> None:
    """The body of a redirect is not read to its end: the connection is closed."""
    sent = [0]
    step = flood(HEAD % 302 + b"Location: " + location + b"\r\nContent-Length: 400000000\r\n\r\n", b"x" * 65536, sent)
    with WireServer([step, answer(200, RUN)]) as server, client_for(server, retries=0) as client:
        try:
            oc.JournalRunsApi(client).get_journal_run(NUMBER)
        except oc.ApiException as error:
            assert error.status == 302
    assert sent[0] < 32 * MEGABYTE
    assert server.connections == (2 if location.startswith(b"/") else 1)


def test_redirect_with_a_bomb() -> None:
    """A bomb in a redirect is not unpacked."""
    bomb = gzip.compress(bytes(50 * MEGABYTE))
    redirect = answer(302, bomb, {"Location": "/v1/elsewhere", "Content-Encoding": "gzip"})
    run, peak = measured(redirect, answer(200, RUN))
    assert run.number == NUMBER
    assert peak < 4 * MEGABYTE


@pytest.mark.parametrize("unit", ["[],", '{"":0},', "0,"])
@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("prefix", ["[", '{"success": false, "reasons": ['])
def test_few_bytes_that_are_many_values(unit: str, status: int, prefix: str) -> None:
    """A body that is small when it arrives and has an allowed size as text does not become millions of values."""
    text = prefix + unit * (20_000_000 // len(unit)) + "0]" + "}" * prefix.count("{")
    packed = gzip.compress(text.encode())
    assert len(packed) < 40_000
    error, peak = measured(answer(status, packed, {"Content-Encoding": "gzip"}))
    assert isinstance(error, oc.DecodeException if status == 200 else oc.BadRequestException)
    assert status == 400 or "max_response_bytes" in str(error)
    assert peak < 120 * MEGABYTE


def test_many_values_are_allowed_with_a_larger_limit() -> None:
    """The bound on values grows with the limit that is set."""
    text = b"[" + b"0," * 1_100_000 + b"0]"

    def act(api: oc.JournalRunsApi) -> Any:
        return api.api_client.call_api("/x", "GET", response_type="object", _return_http_data_only=True)

    assert isinstance(outcome(answer(200, text), act=act), oc.DecodeException)
    assert len(outcome(answer(200, text), act=act, max_response_bytes=64 * MEGABYTE)) == 1_100_001


def refusal_of(count: int, code: Callable[[int], Any] = lambda index: 50000030, status: int = 400) -> Step:
    reasons = [{"code": code(index), "message": f"reason {index}"} for index in range(count)]
    return answer(status, {"success": False, "reasons": reasons, "requestId": "the-id"})


def test_many_reasons() -> None:
    """Of many reasons some are kept; the last of them says how many there were."""
    error = outcome(refusal_of(100_000))
    assert len(error.reasons) == 21
    assert error.reasons[0] == oc.Reason("50000030", "reason 0")
    assert error.reasons[-1] == oc.Reason("50000030", "reason 99999 (the last of 100000 reasons)")
    assert error.request_id == "the-id"


@pytest.mark.parametrize("count", [1, 20, 21])
def test_some_reasons(count: int) -> None:
    """Up to twenty reasons are kept as they are."""
    reasons = outcome(refusal_of(count)).reasons
    assert [reason.message for reason in reasons[:20]] == [f"reason {index}" for index in range(min(count, 20))]
    assert len(reasons) == count


@pytest.mark.parametrize("rare", [50000030, "something", 61])
def test_rare_reason_among_many(rare: Any) -> None:
    """One reason that forbids a repetition counts, also when it comes after thousands that allow it."""
    error = outcome(refusal_of(5000, lambda index: rare if index == 4000 else 50000061))
    assert str(rare) in [reason.code for reason in error.reasons]
    assert error.is_retryable is (rare == 61)


TEXTS = {
    "20 MB of HTML": answer(500, b"<p>" * 7_000_000, {"Content-Type": "text/html"}),
    "bytes that are not UTF-8": answer(500, b"\xff" * 20_000_000),
    "one long reason": answer(500, {"reasons": [{"code": 1, "message": "m" * 20_000_000}]}),
    "a long request id": answer(500, {"requestId": "m" * 20_000_000}),
    "many reasons": refusal_of(300_000, lambda index: index, 500),
    "500,000 reasons": refusal_of(500_000, status=500),
    "control characters": answer(500, b"\x1b[31m\x00\x07\x9b\xe2\x80\xae" * 3_000_000),
    "a long reason phrase": answer(500, b"", reason="r" * 60_000),
    "a long number": answer(200, {**RUN, "number": ["x" * 20_000_000]}),
}


@pytest.mark.parametrize("step", TEXTS.values(), ids=TEXTS.keys())
def test_what_is_shown(step: Step, caplog: pytest.LogCaptureFixture) -> None:
    """Of an error some kilobytes are shown, and its control characters escaped, in the log too."""
    with caplog.at_level(logging.DEBUG, "openapi_client"):
        error = outcome(step)
    for shown in (str(error), repr(error)):
        assert len(shown) < 5000
        assert shown.isprintable()
    for record in caplog.records:
        message = record.getMessage()
        assert len(message) < 15_000
        assert message.replace("\n", " ").isprintable()
        assert message.count("\n") <= 1


def test_escapes_in_the_log() -> None:
    """A body cannot forge records or move the cursor of who reads the log."""
    log = io.StringIO()
    handler, logger = logging.StreamHandler(log), logging.getLogger("openapi_client")
    logger.addHandler(handler)
    level, logger.level = logger.level, logging.DEBUG
    try:
        body = b'{"message": "x\n2026-01-01 ERROR forged \x1b[2J"}'
        outcome(answer(400, body, {"Zuora-Request-Id": "id \x1b[2J"}, reason="R \x1b[2J"))
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    assert "\x1b" not in log.getvalue()
    assert r"\x1b[2J" in log.getvalue()
    assert not any(line.startswith("2026") for line in log.getvalue().splitlines())


DEPTHS = range(880, 1000)


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize("shape", [b"%s", b'{"number": %s}', b'{"success": false, "reasons": [{"code": %s}]}'])
def test_json_of_just_the_right_depth(shape: bytes) -> None:
    """JSON that can be parsed and is too deep for what comes after it is an error of ours."""
    steps = [answer(status, shape % nested(depth)) for depth in DEPTHS for status in (200, 400)]
    with WireServer(steps) as server, client_for(server, retries=0) as client:
        api = oc.JournalRunsApi(client)
        for _ in steps:
            with pytest.raises(oc.ApiException) as caught:
                api.get_journal_run(NUMBER)
            assert str(caught.value)


@pytest.mark.parametrize("kind", ["str", "object", "int", "list[list[str]]", "dict(str, str)", "GETJournalRunType"])
def test_decoding_of_just_the_right_depth(kind: str) -> None:
    """A type as generated code names it does not lead to a raw error either."""
    steps = [answer(200, nested(depth)) for depth in DEPTHS]
    with WireServer(steps) as server, client_for(server, retries=0) as client:
        for _ in steps:
            try:
                client.call_api("/x", "GET", response_type=kind)
            except oc.DecodeException:
                pass  # it was too deep for that type


def test_body_that_is_nested_too_deeply() -> None:
    """What cannot be written as JSON, since it is too deep or contains itself, is refused before anything is sent."""
    circle: list[Any] = []
    circle.append(circle)
    with WireServer([answer(200, RUN)]) as server, client_for(server) as client:
        deep: list[Any] = []
        for _ in range(1200):
            deep = [deep]
        for body in (circle, {"x": circle}, deep):
            with pytest.raises(oc.ApiValueError, match=r"deeply|JSON"):
                client.call_api("/x", "POST", body=body)
        for depth in range(450, 520):
            deep = []
            for _ in range(depth):
                deep = [deep]
            try:
                client.call_api("/x", "POST", body=deep, response_type="object")
            except oc.ApiValueError:
                pass  # it was too deep
