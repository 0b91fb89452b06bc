"""What may stand in a path or in a header."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openapi_client import ApiTypeError, ApiValueError
from openapi_client._policy import checks as _checks


@pytest.mark.parametrize("name", ["Accept", "X-My_Header", "a", "!#$%&'*+-.^_`|~09"])
def test_header_name(name: str) -> None:
    """A field name is a token (RFC 9110 section 5.6.2)."""
    assert _checks.header_name(name) == name


@pytest.mark.parametrize("name", ["", " ", "a b", "a:", "a\r\nb", "ä", "a\x00", "(a)"])
def test_bad_header_name(name: str) -> None:
    """Anything else could end the header, or split it."""
    with pytest.raises(ApiValueError, match="Invalid header name"):
        _checks.header_name(name)


@pytest.mark.parametrize("name", [None, 5, b"Accept"])
def test_header_name_of_another_type(name: Any) -> None:
    """A name has to be text."""
    with pytest.raises(ApiTypeError, match="Invalid header name"):
        _checks.header_name(name)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("", ""),
        ("café ÿ", "café ÿ"),
        (b"caf\xe9", "café"),
        (5, "5"),
        (1.5, "1.5"),
        (True, "True"),
        (datetime.date(2026, 3, 31), "2026-03-31"),
    ],
)
def test_header_value(value: Any, text: str) -> None:
    """A field value is Latin-1 text; numbers and dates are written out."""
    assert _checks.header_value("X", value) == text


@pytest.mark.parametrize(
    "value",
    [
        "a\r\nSet-Cookie: b",
        "a\nb",
        "a\rb",
        "a\r\n folded",
        "a\tb",
        "\x00",
        "\x7f",
        "\x85",
        b"a\r\nb",
        "a\x0bb",
        "€",
        "\ud800",
    ],
)
def test_bad_header_value(value: Any) -> None:
    """Control characters, folded lines and what Latin-1 lacks are refused, with the header's name."""
    with pytest.raises(ApiValueError, match="Invalid value for header `X`"):
        _checks.header_value("X", value)


@pytest.mark.parametrize("value", [["a"], {"a": 1}, object(), None])
def test_header_value_of_another_type(value: Any) -> None:
    """A list or a model is no header value."""
    with pytest.raises(ApiTypeError, match="Invalid type for header `X`"):
        _checks.header_value("X", value)


@settings(deadline=None)
@given(st.text())
def test_any_header_value(value: str) -> None:
    """Whatever passes can be written as one line of Latin-1."""
    try:
        text = _checks.header_value("X", value)
    except ApiValueError:
        return
    assert len(text.encode("latin-1").splitlines() or [b""]) == 1
    assert text == value


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("JR-00000001", "JR-00000001"),
        ("a/b", "a%2Fb"),
        ("a b?c#d", "a%20b%3Fc%23d"),
        ("...", "..."),
        (".a", ".a"),
        ("%2e%2e", "%252e%252e"),
        ("ü€", "%C3%BC%E2%82%AC"),
        (5, "5"),
        (b"ab", "ab"),
        ("../..", "..%2F.."),
    ],
)
def test_path_segment(value: Any, segment: str) -> None:
    """A path parameter travels as one percent-encoded segment."""
    assert _checks.path_segment("p", value, "") == segment


@pytest.mark.parametrize("value", ["", " ", "\t", ".", "..", "a\nb", "a\x00", "\x7f", "\x85", "\ud800", b""])
def test_bad_path_segment(value: Any) -> None:
    """A value that would reach another URL is refused, with the parameter's name."""
    with pytest.raises(ApiValueError, match="Invalid value for parameter `p`"):
        _checks.path_segment("p", value, "")


@pytest.mark.parametrize(
    ("safe", "value"),
    [("/", "a/../b"), ("/", ".."), ("/", "a/."), ("%", "%2e%2e"), ("%", "%2E."), ("/%", "a/%2e%2e/b")],
)
def test_dot_segments_in_safe_characters(safe: str, value: str) -> None:
    """Characters that are not encoded on request do not open the way to another path."""
    with pytest.raises(ApiValueError, match="dot segment"):
        _checks.path_segment("p", value, safe)


def test_safe_characters() -> None:
    """Characters that the configuration calls safe are not encoded."""
    assert _checks.path_segment("p", "a/b:c", "/:") == "a/b:c"


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_path_segment(value: str) -> None:
    """Whatever passes is one segment that decodes to what was given, and is no dot segment."""
    try:
        segment = _checks.path_segment("p", value, "")
    except ApiValueError:
        return
    assert unquote(segment) == value
    assert not {"/", "?", "#"} & {*segment}
    assert segment not in ("", ".", "..")


@pytest.mark.parametrize("value", ["", "a" * 64, "month-end 2026/03", "~!@#$%^&*()_+-=[]{}|,.<>?"])
def test_track_id(value: str) -> None:
    """Up to 64 characters of US-ASCII without the four forbidden ones."""
    _checks.track_id(value, "g_et_journal_run")


@pytest.mark.parametrize("value", ["a" * 65, "a:b", "a;b", 'a"b', "a'b", "ü"])
def test_bad_track_id(value: str) -> None:
    """Each broken rule is refused, with parameter and method."""
    with pytest.raises(ApiValueError, match="`zuora_track_id` when calling `g_et_journal_run`"):
        _checks.track_id(value, "g_et_journal_run")


@pytest.mark.parametrize("value", [None, 5, b"a", ["a"]])
def test_text_parameter(value: Any) -> None:
    """A text argument has to be text."""
    with pytest.raises(ApiTypeError, match="Invalid type for parameter `p` when calling `m`: it must be a str, not"):
        _checks.text_parameter("p", value, "m")
    assert _checks.text_parameter("p", "a", "m") == "a"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        (b"caf\xe9", "caf\xe9"),
        (5, "5"),
        (1.5, "1.5"),
        (datetime.date(2026, 3, 31), "2026-03-31"),
        (datetime.datetime(2026, 3, 31, 12), "2026-03-31T12:00:00"),
        ("caf\xe9", "caf\xe9"),
        ("a\xa0b", "a\xa0b"),
        ("a\xffb", "a\xffb"),
    ],
)
def test_header_values(value: Any, expected: str) -> None:
    """What a header can carry, as text."""
    found = _checks.header_value("X", value)
    assert (found, type(found)) == (expected, str)


@pytest.mark.parametrize("char", ["\x00", "\n", "\r", "\x1f", "\x7f", "\x80", "\x9f"])
def test_control_characters_in_headers(char: str) -> None:
    """Each control character is refused by name."""
    with pytest.raises(ApiValueError, match="header `X`: control character"):
        _checks.header_value("X", f"a{char}b")


@pytest.mark.parametrize(("value", "kind"), [([], "list"), ({}, "dict"), (None, "NoneType")])
def test_header_values_of_other_types(value: Any, kind: str) -> None:
    """A header is text; what was given is told."""
    with pytest.raises(ApiTypeError, match=f"header `X`: {kind}; pass a str"):
        _checks.header_value("X", value)


def test_what_a_track_id_may_hold() -> None:
    """The refusal says what to use instead."""
    _checks.track_id("a" * 64, "m")
    with pytest.raises(ApiValueError, match=r"': ?' is not allowed; use US-ASCII without colon, semicolon") as caught:
        _checks.track_id("a:b", "m")
    assert str(caught.value).endswith("double quote and quote")
    with pytest.raises(ApiValueError, match=r"`m`, length must be less than or equal to `64` \(it has 65\)"):
        _checks.track_id("a" * 65, "m")
