"""What ``_with_http_info`` returns."""

from __future__ import annotations

import pickle
from types import SimpleNamespace
from typing import Any

import pytest
from urllib3 import HTTPResponse

from openapi_client import ApiResponse


def response(headers: dict[str, str], data: Any = None) -> ApiResponse[Any]:
    """An answer with these headers."""
    return ApiResponse(data, 201, HTTPResponse(headers=headers).headers, 3, 1.5)


def test_parts() -> None:
    """It unpacks as the old triple, and has names for its parts."""
    answer = response({"A": "b"}, "data")
    data, status, headers = answer
    assert (data, status, headers["a"]) == ("data", 201, "b") == (answer.data, answer.status_code, answer.headers["a"])
    assert (answer.attempts, answer.elapsed) == (3, 1.5)
    assert (ApiResponse(1, 2, {}).attempts, ApiResponse(1, 2, {}).elapsed) == (1, 0.0)


def test_pickled() -> None:
    """It pickles, with all that it knows."""
    copy = pickle.loads(pickle.dumps(response({"A": "b"}, "data")))
    assert (copy.data, copy.attempts, copy.elapsed, copy.headers["A"]) == ("data", 3, 1.5, "b")


@pytest.mark.parametrize(
    ("headers", "data", "expected"),
    [
        ({"Zuora-Request-Id": "rid"}, SimpleNamespace(request_id="other"), "rid"),
        ({}, SimpleNamespace(request_id="other"), "other"),
        ({}, "text", None),
        ({}, None, None),
    ],
)
def test_request_id(headers: dict[str, str], data: Any, expected: str | None) -> None:
    """The id of the call, from the headers or from the body."""
    assert response(headers, data).request_id == expected


def test_other_headers() -> None:
    """The track id and the budget are read from the headers."""
    answer = response({"zuora-track-id": "track", "RateLimit-Limit": "10", "RateLimit-Remaining": "4"})
    assert answer.track_id == "track"
    assert (answer.rate_limit.limit, answer.rate_limit.remaining) == (10, 4)
    assert response({}).track_id is None


def test_shown() -> None:
    """Its ``repr`` is that of the triple, without secrets."""
    shown = repr(response({"Set-Cookie": "hush", "A": "b"}, "data"))
    assert shown.startswith("('data', 201, ")
    assert "'A': 'b'" in shown
    assert "hush" not in shown
