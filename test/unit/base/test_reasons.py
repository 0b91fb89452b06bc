"""Failure reasons: codes taken apart, and every known error body understood."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openapi_client import Reason
from openapi_client._base import reasons as _reasons

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["reasons", "Errors", "code", "Code", "message", "Message", "error", "requestId", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("category", "name", "is_retryable"),
    [
        (10, "permission or access denied", False),
        (11, "authentication failed", False),
        (20, "invalid format or value", False),
        (21, "unknown field", False),
        (22, "missing required field", False),
        (23, "missing required parameter", False),
        (27, "invalid query parameter", False),
        (30, "rule restriction", False),
        (40, "not found", False),
        (45, "unsupported request", False),
        (50, "locking contention", True),
        (60, "internal error", True),
        (61, "temporary error", True),
        (70, "request exceeded limit", True),
        (90, "malformed JSON", False),
        (99, "integration error", True),
        (33, "unknown category", False),
    ],
)
def test_categories(category: int, name: str, is_retryable: bool) -> None:
    """The last two of the eight digits tell what went wrong, and whether trying again can help."""
    reason = Reason(f"500000{category}", "text")
    assert (reason.category, reason.category_name, reason.resource) == (category, name, "500000")
    assert reason.is_retryable is is_retryable


@pytest.mark.parametrize(
    ("code", "category", "resource"),
    [
        ("70", 70, ""),
        ("7", 7, ""),
        ("90000011", 11, "900000"),
        ("SystemError", None, ""),
        ("", None, ""),
        ("-1", None, ""),
        ("٥٠", None, ""),
        ("²0", None, ""),
        ("50.0", None, ""),
    ],
)
def test_odd_codes(code: str, category: int | None, resource: str) -> None:
    """Short codes and words are codes too; only ASCII digits are taken apart."""
    reason = Reason(code, "text")
    assert (reason.category, reason.resource) == (category, resource)
    assert not (reason.is_retryable and category is None)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason("50000040", "No such run."), "50000040 (not found): No such run."),
        (Reason("SystemError", "internal"), "SystemError: internal"),
        (Reason("", "no Route matched"), "no Route matched"),
        (Reason("50000033", "?"), "50000033 (unknown category): ?"),
    ],
)
def test_text(reason: Reason, text: str) -> None:
    """A reason reads as one line."""
    assert str(reason) == text


#: Every form of an error body that was seen.
BODIES: list[tuple[Any, list[tuple[str, str]]]] = [
    ({"success": False, "reasons": [{"code": 53100320, "message": "m"}]}, [("53100320", "m")]),
    ({"success": False, "reasons": [{"code": "53100320", "message": "m"}]}, [("53100320", "m")]),
    ({"reasons": [{"code": 70, "message": "API Rate limit"}, {"code": 20, "message": "b"}]},
     [("70", "API Rate limit"), ("20", "b")]),
    ({"reasons": [{"code": "SystemError", "message": "internal server error"}]},
     [("SystemError", "internal server error")]),
    ({"message": "no Route matched with those values"}, [("", "no Route matched with those values")]),
    ({"Success": False, "Errors": [{"Code": "INVALID_VALUE", "Message": "m"}]}, [("INVALID_VALUE", "m")]),
    ({"error": {"code": "c", "message": "m"}}, [("c", "m")]),
    ({"timestamp": 1, "status": 400, "error": "Bad Request", "message": "Invalid client id", "path": "/oauth/token"},
     [("Bad Request", "Invalid client id")]),
    ({"error": "invalid_client", "error_description": "bad"}, [("invalid_client", "bad")]),
    ({"reasons": [{"code": 0, "message": None}]}, [("0", "")]),
    ({"reasons": [{"message": "only text"}, "no object", None]}, [("", "only text")]),
    ({"reasons": []}, []),
    ({"reasons": {"code": 1}}, []),
    ({"success": True}, []),
    ([{"code": 1}], []),
    ("text", []),
    (None, []),
    (5, []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_bodies(body: Any, expected: list[tuple[str, str]]) -> None:
    """Each known form gives its reasons, parsed, as text and as bytes."""
    text = json.dumps(body)
    assert [*_reasons.from_body(body)] == expected
    assert [*_reasons.from_body(text)] == expected
    assert [*_reasons.from_body(text.encode())] == expected


@pytest.mark.parametrize("body", ["", b"", "<html>502 Bad Gateway</html>", b"\xff\xfe\x00", "{", "[" * 100_000, "NaN"])
def test_no_json(body: str | bytes) -> None:
    """HTML, garbage and nothing have no reasons, and do no harm."""
    assert _reasons.from_body(body) == ()
    assert _reasons.request_id_of(body) is None


@settings(deadline=None)
@given(ANY_JSON)
def test_any_json(body: Any) -> None:
    """Whatever JSON arrives, reasons are pairs of text, and looking at them never fails."""
    for reason in _reasons.from_body(json.dumps(body)):
        assert isinstance(reason.code, str)
        assert isinstance(reason.message, str)
        assert isinstance(reason.is_retryable, bool)
        assert isinstance(str(reason), str)
        assert isinstance(reason.category_name, str)
    _reasons.request_id_of(json.dumps(body))


@pytest.mark.parametrize(
    ("body", "expected"),
    [('{"requestId": "359b0b97"}', "359b0b97"), (b'{"requestId": "a"}', "a"), ('{"requestId": 5}', None), ("{}", None)],
)
def test_request_id(body: str | bytes, expected: str | None) -> None:
    """The request id of a body is found, when it is text."""
    assert _reasons.request_id_of(body) == expected


def test_pickles() -> None:
    """A reason pickles and compares."""
    reason = Reason("50000040", "m")
    assert pickle.loads(pickle.dumps(reason)) == reason
