"""What is secret, and that no secret survives in a text, a mapping or a URL."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openapi_client._base import redact as _redact

#: Long enough that it cannot stand in the text by chance; any characters that the form at hand can carry.
SECRET = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=3, max_size=30
)
SECRETS = SECRET.map(lambda text: f"S3C{text}R3T")
PLAIN = st.text("abcdefghijklmnopqrstuvwxyzABCDEF0123456789._~+/=-", min_size=4, max_size=40).map(
    lambda text: f"S3C{text}R3T"
)
NAMES = [
    "Authorization",
    "Proxy-Authorization",
    "Cookie",
    "Set-Cookie",
    "access_token",
    "accessToken",
    "refresh_token",
    "id_token",
    "X-Auth-Token",
    "client_id",
    "client_secret",
    "clientSecret",
    "password",
    "passwd",
    "api_key",
    "X-Api-Key",
    "apiKey",
    "apiAccessKeyId",
    "apiSecretAccessKey",
    "ZSession",
]
SECRET_NAMES = st.sampled_from(NAMES)


def leaks(secret: str, shown: str) -> bool:
    """Whether the secret, or a tail of it as long as its end mark, is still readable."""
    return secret in shown or "S3C" in shown or "R3T" in shown


@pytest.mark.parametrize("name", NAMES)
def test_secret_names(name: str) -> None:
    """These names are secret, however they are written."""
    assert all(_redact.is_secret(form) for form in (name, name.lower(), name.upper()))


@pytest.mark.parametrize(
    "name",
    [
        "Content-Type",
        "Idempotency-Key",
        "idempotency_key",
        "Zuora-Track-Id",
        "Zuora-Request-Id",
        "Zuora-Entity-Ids",
        "token_type",
        "api_key_prefix",
        "journalRunNumber",
        "WWW-Authenticate",
        "username",
    ],
)
def test_public_names(name: str) -> None:
    """These names are needed for support, and hold no secret."""
    assert not _redact.is_secret(name)


FORMS: dict[str, Callable[[str, str], str]] = {
    "json": lambda name, secret: json.dumps({name: secret, "other": 1}),
    "json with characters": lambda name, secret: json.dumps({name: secret}, ensure_ascii=False, indent=2),
    "json in a list": lambda name, secret: json.dumps([{"a": {name: secret}}], separators=(",", ":")),
    "json inside of json": lambda name, secret: json.dumps({"message": json.dumps({name: secret, "b": 2})}),
    "json inside of json inside of json": lambda name, secret: json.dumps(
        {"message": json.dumps({"message": json.dumps({name: secret})})}
    ),
    "repr of a dict": lambda name, secret: repr({name: secret, "other": secret[:0]}),
    "repr of a dict in a dict": lambda name, secret: repr({"text": repr({name: secret})}),
    "a form": lambda name, secret: urlencode({"a": 1, name: secret, "b": 2}),
    "a query": lambda name, secret: f"https://host/path?{name}={quote(secret, safe='')}&b=2",
}


@pytest.mark.parametrize("form", FORMS)
@given(name=SECRET_NAMES, secret=SECRETS)
@example(name="password", secret='S3C\\"R3T')
@example(name="password", secret="S3C'\"\\R3T")
@example(name="password", secret="S3Ca,b;c&d}]R3T")
def test_no_secret_survives(form: str, name: str, secret: str) -> None:
    """A value with a secret name is hidden in every form it is logged in."""
    shown = _redact.text(FORMS[form](name, secret))
    assert _redact.HIDDEN in shown
    assert not leaks(secret, shown)


HEADER_FORMS: dict[str, Callable[[str, str], str]] = {
    "a header": lambda name, secret: f"Accept: */*\r\n{name}: {secret}\r\nHost: h",
    "a setting": lambda name, secret: f"{name} = {secret}",
    "an element": lambda name, secret: f"<{name}>{secret}</{name}>",
    "a scheme": lambda name, secret: f"refused: Bearer {secret} has expired",
    "a legacy scheme": lambda name, secret: f"refused: ZSession {secret} has expired",
    "a basic scheme": lambda name, secret: f"basic {secret}",
    "a bearer header": lambda name, secret: f"Authorization: Bearer {secret}",
    "a bearer header in a dict": lambda name, secret: f"{{'Authorization': 'Bearer {secret}'}}",
    "a second cookie": lambda name, secret: f"Cookie: theme=dark; sid={secret}; other=1\nHost: h",
    "a digest": lambda name, secret: f'Authorization: Digest username="u", response="{secret}"',
    "a proxy": lambda name, secret: f"cannot reach http://user:{quote(secret, safe='')}@proxy:3128/",
}


@pytest.mark.parametrize("form", HEADER_FORMS)
@given(name=SECRET_NAMES, secret=PLAIN)
def test_no_token_survives(form: str, name: str, secret: str) -> None:
    """A token, which has no white space and no quotes, is hidden in unquoted forms too."""
    shown = _redact.text(HEADER_FORMS[form](name, secret))
    assert not leaks(secret, shown)


@given(st.dictionaries(st.one_of(SECRET_NAMES, st.text(max_size=8)), SECRETS))
def test_mapping(values: dict[str, str]) -> None:
    """A mapping shows its values only under public names, and keeps every name."""
    shown = _redact.mapping(values)
    assert shown.keys() == values.keys()
    assert all(shown[name] == (_redact.HIDDEN if _redact.is_secret(name) else values[name]) for name in values)
    assert _redact.mapping(values.items()) == shown


@given(st.text("abc:/?#@!é%", max_size=20), SECRETS.filter(lambda text: "@" not in text))
def test_url(path: str, secret: str) -> None:
    """A URL shows no password, also when its special characters are not encoded."""
    assert not leaks(secret, _redact.url(f"https://user:{secret}@host{path}"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Cannot find entity by key: 'JR-00000041'.",
        '{"success": false, "reasons": [{"code": 50000040, "message": "no"}]}',
        '{"token_type": "bearer", "expires_in": 3599}',
        "Idempotency-Key: 0b0c9a9e-1111-4222-8333-444455556666",
        "Zuora-Track-Id: month-end",
        "https://rest.zuora.com/v1/journal-runs/JR-00000001",
    ],
)
def test_public_text_is_kept(text: str) -> None:
    """What holds no secret stays as it is."""
    assert _redact.text(text) == text


@given(st.text(max_size=300))
def test_redacting_again_changes_nothing_more(text: str) -> None:
    """A text that was redacted before shows the same when it is redacted again, give or take the hidden parts."""
    once = _redact.text(text)
    assert isinstance(once, str)
    if once == text:
        assert _redact.text(once) == once


@pytest.mark.parametrize(
    "piece", ["a", "token", "token=", "bearer ", '"', '\\"', "://", "cookie", "token\\", "secret '", " "]
)
def test_long_texts_are_searched_in_linear_time(piece: str) -> None:
    """A text that an unfriendly server made does not stop the process: processor time grows with its length only."""

    def seconds(size: int) -> float:
        content = piece * (size // len(piece))
        began = time.process_time()
        _redact.text(content)
        return time.process_time() - began

    seconds(1_000)
    assert seconds(200_000) < 40 * max(seconds(20_000), 0.005)
