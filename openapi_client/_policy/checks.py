"""What may stand in a path or a header: checked before anything is sent."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from openapi_client._base.redact import Secret
from openapi_client.exceptions import ApiTypeError, ApiValueError

_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TRACK_ID_FORBIDDEN = ":;\"'"
TRACK_ID_LENGTH = 64


def header_name(name: Any) -> str:
    """A field name as RFC 9110 section 5.1 allows it.

    :raises ApiTypeError: not text.
    :raises ApiValueError: empty, or with other characters.
    """
    if not isinstance(name, str):
        raise ApiTypeError(f"Invalid header name {name!r}: it must be a str")
    if not name or not _TOKEN.issuperset(name):
        raise ApiValueError(f"Invalid header name {name!r}: use letters, digits and hyphens only")
    return name


@lru_cache(maxsize=256)
def lower_name(name: Any) -> str:
    """A checked field name in lower case; the names of a program are few, and the same in every call.

    :raises ApiTypeError: see :func:`header_name`.
    :raises ApiValueError: see :func:`header_name`.
    """
    return header_name(name).lower()


def header_value(name: str, value: Any) -> str:
    """A field value as text: Latin-1 without control characters, folded lines included (RFC 9110 section 5.5).

    :raises ApiTypeError: a list, dict or model.
    :raises ApiValueError: forbidden characters.
    """
    if not isinstance(value, str):
        value = _header_text(name, value)
    if not (value.isascii() and value.isprintable()):
        char = control_in(value)
        problem = f"control character {char!r} is not allowed; remove it"
        if not char:
            char = next((char for char in value if char > "\xff"), None)
            problem = f"{char!r} is outside Latin-1, which headers cannot carry"
        if char:
            raise ApiValueError(f"Invalid value for header `{name}`: {problem}")
    return value if type(value) is Secret else str(value)


def control_in(text: str) -> str | None:
    """The first control character, or ``None``."""
    return next((char for char in text if char < " " or "\x7f" <= char <= "\x9f"), None)


def _header_text(name: str, value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise ApiTypeError(f"Invalid type for header `{name}`: {type(value).__name__}; pass a str")


class Segment(str):
    """A path segment that is encoded already."""


def path_segment(name: str, value: Any, safe: str) -> str:
    """``value`` as one percent-encoded path segment (RFC 3986 section 3.3); one that was encoded before stays as it is.

    :raises ApiValueError: empty, blank, a dot segment, or with control characters: each would reach another URL.
    """
    if type(value) is Segment:
        return value
    text = value.decode() if isinstance(value, bytes) else str(value)
    if text.isascii() and text.replace("-", "").isalnum():
        return text
    if not text.strip():
        raise ApiValueError(f"Invalid value for parameter `{name}`: {text!r} is empty; pass the identifier itself")
    if control_in(text):
        raise ApiValueError(f"Invalid value for parameter `{name}`: {text!r} holds a control character; remove it")
    plain = unquote(text) if "%" in safe else text
    if any(part in (".", "..") for part in (plain.split("/") if "/" in safe else (plain,))):
        raise ApiValueError(
            f"Invalid value for parameter `{name}`: {text!r} is a dot segment and would address another path"
        )
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError:
        raise ApiValueError(f"Invalid value for parameter `{name}`: {text!r} cannot be encoded as UTF-8") from None


def text_parameter(name: str, value: Any, method: str) -> str:
    """A text argument of an operation.

    :raises ApiTypeError: anything but a str.
    """
    if not isinstance(value, str):
        raise ApiTypeError(
            f"Invalid type for parameter `{name}` when calling `{method}`: "
            f"it must be a str, not {type(value).__name__} ({value!r})"
        )
    return value


def track_id(value: str, method: str) -> None:
    """The rules of ``Zuora-Track-Id`` (Zuora API reference, "Create a journal run", header parameters).

    :raises ApiValueError: too long, not US-ASCII, or with one of the four forbidden characters.
    """
    if len(value) > TRACK_ID_LENGTH:
        raise ApiValueError(
            f"Invalid value for parameter `zuora_track_id` when calling `{method}`, "
            f"length must be less than or equal to `{TRACK_ID_LENGTH}` (it has {len(value)})"
        )
    bad = next((c for c in value if c in _TRACK_ID_FORBIDDEN or not c.isascii()), None)
    if bad is not None:
        raise ApiValueError(
            f"Invalid value for parameter `zuora_track_id` when calling `{method}`: {bad!r} is not allowed; "
            "use US-ASCII without colon, semicolon, double quote and quote"
        )
