"""What a call brings along to be let in."""

from __future__ import annotations

from typing import Any

import pytest
from support.faults import NUMBER, RUN, get
from support.memory import Memory, api_over, reply

import openapi_client as oc
from openapi_client._base import redact
from openapi_client._base.redact import Secret
from openapi_client._call.credentials import Pass, hidden, secrets_of
from openapi_client._policy.history import Failure
from openapi_client._transport.exchange import Headers

NONE: dict[str, Any] = {"access_token": None}
OAUTH = {"client_id": "i", "client_secret": "s"}
KEYS = {"api_access_key_id": "user", "api_secret_access_key": "word"}
BASIC = {"username": "user", "password": "word"}


def headers(**settings: Any) -> dict[str, str]:
    """The credentials among the headers of a call."""
    steps = [reply(200, {"access_token": "fetched"})] if "client_id" in settings else []
    transport = Memory(*steps, reply(200, RUN))
    get(api_over(transport, **{**NONE, **settings}))
    plain = {"User-Agent", "Accept", "Accept-Encoding", "Content-Type"}
    return {name: value for name, value in transport.requests[-1].headers.items() if name not in plain}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, {}),
        ({"access_token": "t"}, {"Authorization": "Bearer t"}),
        ({"access_token": lambda: "made"}, {"Authorization": "Bearer made"}),
        (OAUTH, {"Authorization": "Bearer fetched"}),
        (KEYS, {"apiAccessKeyId": "user", "apiSecretAccessKey": "word"}),
        (BASIC, {"Authorization": "Basic dXNlcjp3b3Jk"}),
        ({"username": "user"}, {}),
        ({"password": "word"}, {}),
        ({"access_token": "t", **OAUTH, **KEYS, **BASIC}, {"Authorization": "Bearer t"}),
        ({**OAUTH, **KEYS, **BASIC}, {"Authorization": "Bearer fetched"}),
        ({**KEYS, **BASIC}, {"apiAccessKeyId": "user", "apiSecretAccessKey": "word"}),
        ({"api_key": {"X-Key": "k"}, "access_token": "t"}, {"X-Key": "k", "Authorization": "Bearer t"}),
        ({"api_key": {"X-Key": "k"}, "api_key_prefix": {"X-Key": "Key"}}, {"X-Key": "Key k"}),
        ({"api_key": {"X-Key": None}}, {}),
    ],
)
def test_ways(settings: dict[str, Any], expected: dict[str, str]) -> None:
    """Which credentials go along, and which of several."""
    assert headers(**settings) == expected


@pytest.mark.parametrize(
    "settings",
    [
        {"access_token": "a\nb"},
        {"api_access_key_id": "a\nb", "api_secret_access_key": "x"},
        {"api_access_key_id": "x", "api_secret_access_key": "a\nb"},
        {"api_key": {"X-Key": "a\nb"}},
    ],
)
def test_credentials_that_no_header_carries(settings: dict[str, Any]) -> None:
    """A credential with a line break is refused, and not shown."""
    with pytest.raises(oc.ApiValueError, match="control character"):
        headers(**settings)


@pytest.mark.parametrize("token", [lambda: None, lambda: "", lambda: "  ", lambda: 5, "", " "])
def test_tokens_of_nonsense(token: Any) -> None:
    """A token is text with something in it; the error says what came instead."""
    kind = type(token() if callable(token) else token).__name__
    with pytest.raises(oc.ApiTypeError, match=f"access_token must give a non-empty str, not {kind}"):
        headers(access_token=token)


@pytest.mark.parametrize("given", [*OAUTH, *KEYS])
def test_half_a_pair(given: str) -> None:
    """Half of a pair is refused, and the other half named."""
    pair = list(OAUTH if given in OAUTH else KEYS)
    missing = pair[1 - pair.index(given)]
    with pytest.raises(oc.ApiValueError, match=f"Configuration.{given} is set, but {missing} is not; set both"):
        get(api_over(Memory(), **{**NONE, given: "x"}))


@pytest.mark.parametrize(
    ("settings", "header"),
    [
        ({"access_token": "old"}, "Authorization"),
        ({"access_token": "old", **OAUTH}, "Authorization"),
        ({**NONE, "api_key": {"X-Key": "old"}}, "X-Key"),
    ],
)
def test_a_hook_is_asked_again(settings: Any, header: str) -> None:
    """After a 401 the hook that brings credentials up to date is asked once more, and its new ones are sent."""
    values = iter(["first", "second"])

    def hook(found: oc.Configuration) -> None:
        if header == "X-Key":
            found.api_key["X-Key"] = next(values)
        else:
            found.access_token = next(values)

    transport = Memory(reply(401), reply(200, RUN))
    get(api_over(transport, refresh_api_key_hook=hook, **settings))
    assert [request.headers[header].rpartition(" ")[2] for request in transport.requests] == ["first", "second"]


def test_a_pass() -> None:
    """The token of a pass is that of its header, whatever else it has."""
    assert Pass(Headers({"Authorization": "Bearer t"})).token == "t"
    assert Pass(Headers({"Authorization": "Bearer Bearer t"})).token == "Bearer t"
    assert Pass(Headers()).token == ""
    assert not Pass(Headers()).is_renewable


def test_the_headers_of_the_call_stay_as_they_were() -> None:
    """Credentials are put into a copy for each attempt."""
    transport = Memory(reply(401), reply(200, RUN))
    given = iter(["old", "new", "new"])
    assert get(api_over(transport, access_token=lambda: next(given))) == NUMBER
    first, second = transport.requests
    assert first.headers is not second.headers
    assert [request.headers["Authorization"] for request in (first, second)] == ["Bearer old", "Bearer new"]


def test_secrets_by_value() -> None:
    """A client knows its own secrets: those of the settings, of a proxy, and of the headers, the longest first."""
    settings = oc.Configuration(
        access_token="the-access-token",
        client_secret="the-client-secret",
        password="the-password",
        api_key={"X-Key": "the-api-key-1"},
        proxy="http://user:the%2Fproxy%2Fword@p.example",
        proxy_headers={"Proxy-Authorization": "Basic the-proxy-header"},
    )
    own = {
        "Authorization": "Bearer the-bearer-token",
        "Cookie": "ZSession=the-cookie-value; other=the-other-value=more",
        "X-Plain": "plain-and-public",
        "X-Secret": Secret("marked-as-secret"),
    }
    found = secrets_of(settings, own)
    for text in (
        "the-access-token",
        "the-client-secret",
        "the-password",
        "the-api-key-1",
        "the/proxy/word",
        "the%2Fproxy%2Fword",
        "Bearer the-bearer-token",
        "the-bearer-token",
        "the-cookie-value",
        "the-other-value=more",
        "marked-as-secret",
    ):
        assert text in found, text
    assert "plain-and-public" not in found
    assert [len(text) for text in found] == sorted(map(len, found), reverse=True)


@pytest.mark.parametrize("lead", ["Bearer", "a b c"])
def test_what_follows_the_last_blank_is_the_secret(lead: str) -> None:
    """Of an ``Authorization`` header the last word is the secret, whatever stands before it."""
    assert "the-bearer-token" in secrets_of(oc.Configuration(), {"Authorization": f"{lead} the-bearer-token"})


def test_short_texts_are_no_secrets() -> None:
    """What is so short that it occurs by chance is not looked for; no proxy has no password."""
    shortest = next(length for length in range(1, 20) if secrets_of(oc.Configuration(password="x" * length), {}))
    assert shortest == 6  # as the documentation says
    assert 1 < shortest < 10
    assert secrets_of(oc.Configuration(password="x" * shortest), {}) == ["x" * shortest]
    assert secrets_of(oc.Configuration(proxy="http://p.example"), {}) == ["http://p.example"]


def test_a_failure_without_secrets() -> None:
    """What the server repeats of a secret is hidden wherever it stands; all else stays."""
    settings, secret = oc.Configuration(access_token="the-access-token"), "the-access-token"
    cause = OSError(f"failed with {secret}")
    failure = Failure(
        f"reason {secret}",
        body=f"body {secret}",
        headers={"X-Echo": secret, "X-Plain": "plain"},
        reasons=(oc.Reason(f"code {secret}", f"message {secret}"),),
        cause=cause,
    )
    found = hidden(failure, settings, {})
    assert found.reason == f"reason {redact.HIDDEN}"
    assert found.body == f"body {redact.HIDDEN}"
    assert found.headers is not None
    assert (found.headers["X-Echo"], found.headers["X-Plain"]) == (redact.HIDDEN, "plain")
    assert found.reasons == (oc.Reason(f"code {redact.HIDDEN}", f"message {redact.HIDDEN}"),)
    assert found.cause is None
    plain = Failure("reason", body={"a": 1}, cause=OSError("plain"))
    assert hidden(plain, settings, {}) == plain


def test_credentials_are_marked() -> None:
    """What goes into a header is marked as a secret, so that a traceback shows it as such."""
    transport = Memory(reply(200, RUN))
    get(api_over(transport, access_token=None, **KEYS))
    found = transport.requests[-1].headers
    assert type(found["apiAccessKeyId"]) is Secret
    assert "word" not in repr(found["apiSecretAccessKey"])


def test_a_name_in_a_refusal() -> None:
    """A credential that no header carries is told by the name of its header."""
    with pytest.raises(oc.ApiValueError, match="header `X-Key`"):
        headers(api_key={"X-Key": "a\nb"})
