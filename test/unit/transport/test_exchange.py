"""What goes out and what comes back, and the transport that has no socket."""

from __future__ import annotations

from urllib3._collections import HTTPHeaderDict

from openapi_client import Failure, InMemoryTransport, Reply
from openapi_client._policy.timeouts import Limits
from openapi_client._transport.exchange import Headers, Request

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
