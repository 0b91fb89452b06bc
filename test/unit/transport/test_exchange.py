"""What goes out and what comes back, and the transport that has no socket."""

from __future__ import annotations

from urllib3._collections import HTTPHeaderDict

from openapi_client import Failure, InMemoryTransport, Reply
from openapi_client._policy.timeouts import Limits
from openapi_client._transport.exchange import Headers, Request
from openapi_client._transport.raw import unread

REQUEST = Request("GET", "https://a.example/", Headers())


def test_headers_show_no_secret() -> None:
    """The ``repr`` of headers hides what is secret by name, and nothing else."""
    shown = repr(Headers({"Authorization": "Bearer hush", "Accept": "application/json"}))
    assert "hush" not in shown
    assert "'Accept': 'application/json'" in shown


def test_in_memory() -> None:
    """The handler answers each request; plain headers are looked up in any case, and others stay as they are."""
    own, failure = HTTPHeaderDict({"A": "b"}), Failure("no")
    answers = iter([Reply(200, b"x", {"X-Y": "z"}), Reply(200, b"", own), failure])
    transport = InMemoryTransport(lambda request: next(answers))
    first = transport.send(REQUEST, Limits())
    assert isinstance(first, Reply)
    assert (first.body, first.headers["x-y"]) == (b"x", "z")
    second = transport.send(REQUEST, Limits())
    assert isinstance(second, Reply)
    assert second.headers is own
    assert transport.send(REQUEST, Limits()) is failure
    assert transport.requests == [REQUEST] * 3
    assert all(one is REQUEST for one in transport.requests)
    transport.close()


def test_a_request_shows_no_secret() -> None:
    """The ``repr`` of a request has its verb and where it goes, without the query."""
    request = Request("GET", "https://a.example/b?token=hush?more", Headers({"Authorization": "hush"}), b"hush")
    assert repr(request) == "<Request GET https://a.example/b>"


def test_an_unread_answer_of_memory() -> None:
    """An answer that was read already is given as one that is still to be read: without what it was on the wire."""
    coded = HTTPHeaderDict(
        {"Content-Encoding": "gzip", "Content-Length": "9", "Transfer-Encoding": "chunked", "A": "b"}
    )
    response = unread(Reply(203, b"body", coded, "Told"))
    assert (response.status, response.reason, dict(response.headers)) == (203, "Told", {"A": "b"})
    assert response.read() == b"body"
    assert coded["Content-Length"] == "9"
    assert unread(Reply(200, raw=response)) is response
