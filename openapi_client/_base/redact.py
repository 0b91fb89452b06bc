"""Which names are secret, and how a secret is shown: not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

HIDDEN = "<redacted>"

# Patterns are texts, which ``re`` compiles on first need: importing them compiled costs more than most of the package.
# Names that only look secret: they describe a secret or a key that is meant to be quoted.
_PUBLIC_NAMES = frozenset({"token_type", "idempotency-key", "idempotency_key", "api_key_prefix", "tokenurl"})

# Lengths are bounded, so that a long text without secrets is searched in linear time.
_IN_TEXT = (
    r"(?is)(?P<name>(?:authorization|cookie|passw(?:or)?d|secret|token|api[-_]?key|apiaccesskeyid|access[-_]?key|client_id"
    r"|zsession)[\w-]{0,40})(?P<mid>\\*[\"']?\s{0,9}[:=>]\s{0,9})"
    r"(?P<value>\"(?:\\.|[^\"\\])*\"?|'(?:\\.|[^'\\])*'?"  # quoted as JSON and Python do
    r"|(?P<quote>\\+[\"'])(?:.*?(?<!\\)(?P=quote)|.*)"  # quoted inside of quotes
    r"|(?:bearer |basic |zsession )?[^\s,;&}\]]+)"
)
_HEADER_LINE = r"(?i)((?:authorization|cookie):[ \t]{0,9})(?![ \t\"'])[^\r\n]+"
_BEARER = r"(?i)\b(bearer|basic|zsession)\s+[\w.~+/=-]{4,}"
#: White space that has a place in answers is read as white space; everything else is spelled out.
_ESCAPES = {"\n": " ", "\r": " ", "\t": " "}
_USER_INFO = r"(?<=://)[^/@\s]+@"


class Secret(str):
    """Text whose ``repr`` hides it, so that a traceback with variables does not show it either."""

    def __repr__(self) -> str:
        return repr(HIDDEN)


def secret(value: Any) -> Any:
    """Text as a :class:`Secret`; anything else as it is."""
    return Secret(value) if type(value) is str else value


@lru_cache(maxsize=512)
def is_secret(name: str) -> bool:
    """Whether a header, field or setting of this name holds a secret."""
    words = (
        r"authorization|cookie|password|passwd|secret|token|apiaccesskeyid|api[-_]?key|access[-_]?key|client_id|session"
    )
    return re.search(words, name, re.IGNORECASE) is not None and name.lower() not in _PUBLIC_NAMES


def mapping(values: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A copy in which every value with a secret name is hidden."""
    items = values.items() if isinstance(values, Mapping) else values
    return {name: HIDDEN if value and is_secret(str(name)) else value for name, value in items}


def headers(values: Mapping[str, str], secrets: Iterable[str] = ()) -> Mapping[str, str]:
    """Header fields with secret values hidden, by their names and by what they hold; a copy, if there are any."""
    hidden = {name: HIDDEN if is_secret(name) else known(str(values[name]), secrets) for name in values}
    changed = [name for name in hidden if hidden[name] != values[name]]
    if not changed:
        return values
    copied = values.copy() if hasattr(values, "copy") else dict(values)  # urllib3's mapping stays one
    for name in changed:
        copied[name] = hidden[name]
    return copied


def known(content: str, secrets: Iterable[str]) -> str:
    """Text without secrets that are known, also where some of their characters are percent-encoded, or escaped as in
    JSON or HTML.
    """
    for secret in secrets:
        if secret.isascii() and secret.isalnum():
            content = content.replace(secret, HIDDEN)
        else:
            content = re.sub("".join(map(_in_any_form, secret)), HIDDEN, content)
    return content


def _in_any_form(char: str) -> str:
    if char.isascii() and char.isalnum():
        return char
    encoded = "".join(f"%{byte:02x}" for byte in char.encode("utf-8", "replace"))
    spaces = r"|[\s+]" if char == " " else ""
    return rf"(?:\\*{re.escape(char)}|(?i:{encoded})|&#?\w{{1,8}};|\\u[0-9a-fA-F]{{4}}{spaces})"


def url(text: str) -> str:
    """A URL without user name and password, also when their special characters were not encoded."""
    return re.sub(r"(?<=://).*@", HIDDEN + "@", text, flags=re.DOTALL)


def _hide_value(match: re.Match[str]) -> str:
    if match["name"].lower() in _PUBLIC_NAMES:
        return match[0]
    quote = match["value"][0] if match["value"][0] in "\"'" else ""
    return f"{match['name']}{match['mid']}{quote}{HIDDEN}{quote}"


def text(content: str) -> str:
    """Free text (a body, a message) with the values of secret-looking names hidden."""
    content = re.sub(_HEADER_LINE, r"\1" + HIDDEN, content)
    content = re.sub(_BEARER, r"\1 " + HIDDEN, re.sub(_IN_TEXT, _hide_value, content))
    return re.sub(_USER_INFO, HIDDEN + "@", content)


def one_line(content: str, most: int) -> str:
    """Free text as :func:`text` gives it, on one line: control characters are shown escaped.

    :param most: characters to show.
    """
    shown = text(content[:most]).strip()
    if not shown.isprintable():
        shown = "".join(char if char.isprintable() else _ESCAPES.get(char) or repr(char)[1:-1] for char in shown)
    return shown if max(len(shown), len(content)) <= most else f"{shown[:most]}... ({len(content)} characters)"
