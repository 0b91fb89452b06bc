"""Answers never cross: whatever arrives besides the answer, the next call gets its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.clients import client_for
from support.faults import NUMBER
from support.wire import Request, Step, WireServer, answer, raw

import openapi_client as oc


def run_named(number: str) -> bytes:
    body = json.dumps({"number": number, "status": "Completed", "success": True}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def own(prefix: bytes = b"", suffix: bytes = b"", pause: float = 0.0) -> Step:
    """The run that was asked for, with bytes before and after its answer."""

    def step(request: Request) -> bool:
        number = request.target.rpartition("/")[2]
        for part in (prefix, run_named(number) + suffix):
            request.sock.sendall(part)
            request.server.is_closed.wait(pause)
        return True

    return step


INTERIM = {
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
    "processing": b"HTTP/1.1 102 Processing\r\n\r\n",
    "an unknown one": b"HTTP/1.1 199 Whatever\r\nX: y\r\n\r\n",
    "several": b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n",
    "many": b"HTTP/1.1 102 Processing\r\n\r\n" * 50,
}


@pytest.mark.parametrize("interim", INTERIM.values(), ids=INTERIM.keys())
@pytest.mark.parametrize("pause", [0.0, 0.05])
def test_interim_answers_are_skipped(interim: bytes, pause: float) -> None:
    """An interim answer is no answer, however many there are and however slowly they come."""
    with WireServer([own(interim, pause=pause)]) as server, client_for(server, retries=0) as client:
        api = oc.JournalRunsApi(client)
        assert [api.get_journal_run(f"JR-{index}").number for index in range(4)] == ["JR-0", "JR-1", "JR-2", "JR-3"]
    assert server.connections == 1


def test_endless_interim_answers() -> None:
    """A server that sends nothing but interim answers is not waited for."""
    with (
        WireServer([raw(b"HTTP/1.1 102 Processing\r\n\r\n" * 1000)]) as server,
        client_for(server, retries=0) as client,
    ):
        with pytest.raises(oc.TransportException, match="interim"):
            oc.JournalRunsApi(client).get_journal_run(NUMBER)


def test_unasked_protocol_switch() -> None:
    """A 101 that nobody asked for is an error, and its connection is not used again."""
    switch = raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", close=False)
    with WireServer([switch, own()]) as server, client_for(server, retries=0) as client:
        api = oc.JournalRunsApi(client)
        with pytest.raises(oc.ApiException) as caught:
            api.get_journal_run("JR-1")
        assert (caught.value.status, server.connections) == (101, 1)
        assert api.get_journal_run("JR-2").number == "JR-2"
    assert server.connections == 2


@pytest.mark.parametrize(
    "more",
    [b"\r\n", b"x", run_named("JR-WRONG"), run_named("JR-WRONG")[:40], b"HTTP/1.1 103 Early Hints\r\n\r\n"],
    ids=["a line", "a byte", "an answer", "half an answer", "an interim answer"],
)
def test_what_follows_an_answer(more: bytes) -> None:
    """When more arrives than the answer, the connection is dropped, whether it came at once or later."""
    for pause in (0.0, 0.1):

        def late(request: Request, pause: float = pause) -> bool:
            number = request.target.rpartition("/")[2]
            request.sock.sendall(run_named(number) + (b"" if pause else more))
            if pause:
                request.server.is_closed.wait(pause)
                request.sock.sendall(more)
            return True

        with WireServer([late]) as server, client_for(server, retries=0) as client:
            api = oc.JournalRunsApi(client)
            assert api.get_journal_run("JR-1").number == "JR-1"
            server.is_closed.wait(2 * pause)
            assert api.get_journal_run("JR-2").number == "JR-2"
        assert server.connections == 2


def test_half_an_answer_too_many() -> None:
    """Half an answer that came with the last one, and its rest with the next: the next call gets neither."""
    wrong = run_named("JR-WRONG")

    def first(request: Request) -> bool:
        request.sock.sendall(run_named("JR-1") + wrong[:40])
        return True

    def second(request: Request) -> bool:
        request.sock.sendall(wrong[40:] + run_named("JR-2"))
        return True

    with WireServer([first, second, own()]) as server, client_for(server) as client:
        api = oc.JournalRunsApi(client)
        assert api.get_journal_run("JR-1").number == "JR-1"
        assert "WRONG" not in str(outcome(api, "JR-2"))
        assert api.get_journal_run("JR-3").number == "JR-3"


def outcome(api: oc.JournalRunsApi, number: str) -> Any:
    try:
        return api.get_journal_run(number).number
    except oc.ApiException as error:
        return error


def test_answers_without_more_keep_their_connection() -> None:
    """Chunked, empty and plain answers leave the connection for the next call."""
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (b'{"number":', b'"JR-1"}')) + b"0\r\n\r\n"
    chunked = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, close=False)
    with WireServer([chunked, answer(404, {"message": "gone"}), own()]) as server:
        with client_for(server, retries=0) as client:
            api = oc.JournalRunsApi(client)
            assert api.get_journal_run("JR-1").number == "JR-1"
            with pytest.raises(oc.NotFoundException):
                api.get_journal_run("JR-2")
            assert api.get_journal_run("JR-3").number == "JR-3"
    assert server.connections == 1
