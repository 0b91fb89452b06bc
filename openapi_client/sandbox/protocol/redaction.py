"""Hides the secrets of a tenant in recorded text: by the names of fields and headers, and by what the sandbox knows."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from html import escape, unescape
from urllib.parse import unquote, unquote_plus

from openapi_client._base import redact

REDACTED = "***"

# Ids of clients tell who called, and open nothing.
_PUBLIC_NAMES = frozenset({"client_id", "clientid"})
_SECRET_NAMES = frozenset({"jti"})
# What is shorter stands in too many other words; it is hidden by name only.
_SHORTEST_SECRET = 6
# Most texts hold none of these, which is faster to see than to search for names; %, \u and &# may spell any letter.
_SUSPICIOUS = ("secret", "token", "pass", "key", "session", "cookie", "authoriz", "jti", "%", "\\u", "&#", "form-data")
_JSON_NAME = re.compile(r'\\{0,8}"((?:[^"\\]|\\[^"]){1,200}?)\\{0,8}"\s{0,20}:\s{0,20}\\{0,8}', re.DOTALL)
_JSON_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|\{[^}]*\}?|[^\s,}\]]*', re.DOTALL)
_FORM_NAME = re.compile(r"(?:^|(?<=[&?\s;,\"'<>{}]))([^&=?\s;,\"'<>{}]{1,300})=")
_FORM_VALUE = re.compile(r"[^&]*")
_PART = re.compile(
    r'(\bname="?([^"\r\n;]{1,300})"?[^\r\n]{0,500}(?:\r?\n[^\r\n]{1,500}){0,4}?\r?\n\r?\n)(.*?)(?=\r?\n--|\Z)',
    re.IGNORECASE | re.DOTALL,
)
_HEX = r"(?:[0-9a-f]|%(?:25)*3[0-9]|%(?:25)*6[1-6])"
_TOKENS = re.compile(rf"{_HEX}{{32,160}}")
_TOKEN_LENGTH = 32
# Every digit of a token as x, and everything else as a blank: many times faster to search than with an expression.
_SHAPES = bytes(ord("x") if byte in b"0123456789abcdef" else ord(" ") for byte in range(256))
_TOKEN_SHAPE = b"x" * _TOKEN_LENGTH


class _Known:
    """A secret that is known, found in any spelling."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        #: What every plain spelling holds.
        self.core: str = max(re.findall(r"[0-9A-Za-z]+", secret) or [""], key=len)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it; made when it is first needed, since that takes some milliseconds."""
        return re.compile("".join(map(_in_any_form, self._secret)))


class Redactor:
    """Hides secrets; safe to use from several threads.

    :param is_token: whether 32 hexadecimal digits are a token or session in force
    """

    def __init__(self, is_token: Callable[[str], bool] = lambda _: False) -> None:
        self._is_token = is_token
        self._lock = threading.Lock()
        self._known: tuple[_Known, ...] = ()

    def learn(self, *secrets: str) -> None:
        """Hide these texts from now on, however they are encoded."""
        with self._lock:
            self._known += tuple(_Known(each) for each in secrets if len(each) >= _SHORTEST_SECRET)

    def texts(self, contents: Sequence[str]) -> Sequence[str]:
        """Return paths, bodies and the values of headers with secrets hidden."""
        # One look at all of them is faster than many looks.
        return list(map(self.text, contents)) if self._may_hold_secrets("\n".join(contents)) else contents

    def text(self, content: str) -> str:
        """Return one of them with secrets hidden."""
        if not self._may_hold_secrets(content):
            return content
        content = _hide_fields(content, _JSON_NAME, _JSON_VALUE)
        content = _hide_fields(content, _FORM_NAME, _FORM_VALUE)
        if "form-data" in content.lower():
            content = _PART.sub(lambda part: part[1] + REDACTED if is_secret_name(part[2]) else part[0], content)
        content = _TOKENS.sub(self._hide_tokens, content)
        for each in self._known:
            content = each.pattern.sub(REDACTED, content)
        return content

    def _may_hold_secrets(self, content: str) -> bool:
        lowered = content.lower()
        return (
            any(word in lowered for word in _SUSPICIOUS)
            or any(each.core in content for each in self._known)
            or _TOKEN_SHAPE in content.encode("latin-1", "replace").translate(_SHAPES)
        )

    def _hide_tokens(self, found: re.Match[str]) -> str:
        digits = _decoded(found[0])
        windows = (digits[at : at + _TOKEN_LENGTH] for at in range(len(digits) - _TOKEN_LENGTH + 1))
        return REDACTED if any(map(self._is_token, windows)) else found[0]


def headers_without_secrets(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers with their names in lower case, and the values of those with secret names hidden."""
    return {name.lower(): REDACTED if is_secret_name(name) else value for name, value in headers.items()}


@lru_cache(maxsize=1024)
def is_secret_name(name: str) -> bool:
    """Whether a header or field of this name holds a secret, however the name is encoded."""
    plain = _decoded(name)
    if "\\" in plain:
        try:
            plain = str(json.loads(f'"{plain}"'))
        except ValueError:
            plain = plain.replace("\\", "")
    plain = plain.strip().lower()
    return plain in _SECRET_NAMES or (redact.is_secret(plain) and plain not in _PUBLIC_NAMES)


def _decoded(text: str) -> str:
    # Twice encoded, as by a proxy; more is not read by anybody.
    return unquote(unquote_plus(unescape(text)))


def _hide_fields(content: str, name: re.Pattern[str], value: re.Pattern[str]) -> str:
    kept, after = [], 0
    for found in name.finditer(content):
        hidden = value.match(content, found.end())
        if found.start() < after or hidden is None or not is_secret_name(found[1]):
            continue
        quote = '"' if hidden[0].startswith('"') else ""
        kept += [content[after : found.end()], quote, REDACTED, quote]
        after = hidden.end()
    return "".join([*kept, content[after:]])


def _in_any_form(char: str) -> str:
    percent = "".join(f"%(?:25)*{byte:02x}" for byte in char.encode("utf-8", "replace"))
    units = char.encode("utf-16-be", "replace")
    escaped = "".join(rf"\\{{1,8}}u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
    short = re.escape(json.dumps(char)[1:-1].lstrip("\\"))
    spaces = r"|\+" if char == " " else ""
    entity = f"&#x?0*(?:{ord(char)}|{ord(char):x});|{re.escape(escape(char))}"
    return rf"(?:\\{{0,8}}{re.escape(char)}|\\{{1,8}}{short}|(?i:{percent}|{escaped}|{entity}){spaces})"
