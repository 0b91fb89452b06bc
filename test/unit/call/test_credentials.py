"""What a call brings along to be let in."""

from __future__ import annotations

from typing import Any

import pytest
from support.faults import NUMBER, RUN, get
from support.memory import Memory, api_over, reply

import openapi_client as oc
from openapi_client._call.credentials import Pass
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
