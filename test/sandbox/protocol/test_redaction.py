"""What is hidden in the record: secrets by the names they go under, and by what the sandbox knows."""

from __future__ import annotations

import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox.protocol.redaction import REDACTED, Redactor, headers_without_secrets, is_secret_name

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SECRET = "hVOQj9mLkw8p1S+z/EYyWmqn9G3kz0yVq3fHf7Q="
FORM = "application/x-www-form-urlencoded"
PART = (
    '--x\r\nContent-Disposition: form-data; name="{}"\r\n{}\r\nhidden\r\nagain\r\n--x\r\n'
    'Content-Disposition: form-data; name="note"\r\n\r\nkept\r\n--x--'
)


def spelled(encode):
    """The secret with every character encoded."""
    return "".join(map(encode, SECRET))


SPELLINGS = {
    "plain": SECRET,
    "percent-encoded": quote(SECRET, safe=""),
    "as a form": quote_plus(SECRET),
    "every character percent-encoded": spelled(lambda char: f"%{ord(char):02X}"),
    "twice percent-encoded": quote(quote(SECRET, safe=""), safe=""),
    "JSON": json.dumps(SECRET).replace("/", "\\/"),
    "JSON with escapes only": spelled(lambda char: f"\\u{ord(char):04x}"),
    "JSON in JSON": json.dumps(spelled(lambda char: f"\\u{ord(char):04x}")),
    "HTML": html.escape(SECRET).replace("=", "&#61;").replace("+", "&#x2b;"),
}


@pytest.fixture
def redactor():
    """One that knows a secret, and no token."""
    known = Redactor()
    known.learn(SECRET)
    return known


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("place", ["/v1/journal-runs/{}", "/?q={}&b=2", '{{"note":"{}"}}', "a {} b", "<p>{}</p>"])
def test_a_known_secret_is_hidden_in_any_spelling(redactor, place, spelling):
    """Wherever it stands; what is around it is kept."""
    assert redactor.text(place.format(spelling.strip('"'))) == place.format(REDACTED)


@UNHURRIED
@given(st.text(min_size=6, max_size=9), st.sampled_from([str, quote, quote_plus, html.escape, json.dumps]))
def test_no_known_secret_survives_its_encoding(secret, encode):
    """Whatever characters it has."""
    known = Redactor()
    known.learn(secret)
    try:
        text = encode(secret)
    except UnicodeEncodeError:
        return
    assert secret not in known.text(f"[{text}]")
    assert text not in known.text(f"[{text}]")


def test_a_short_secret_is_hidden_by_name_only():
    """It stands in too many words."""
    known = Redactor()
    known.learn("run", "")
    assert known.text("a journal run") == "a journal run"
    assert known.text("client_secret=run") == f"client_secret={REDACTED}"


@pytest.mark.parametrize(
    "name",
    [
        "client_secret",
        "client%5Fsecret",
        "client%255fsecret",
        "%63lient_%73ecret",
        "clientSecret",
        "client\\u005fsecret",
        "CLIENT-SECRET",
        "access_token",
        "refreshToken",
        "jti",
        "password",
        "X-Api-Key",
        "apiAccessKeyId",
        "apiSecretAccessKey",
        "ZSession",
        "zuora-session",
        "Authorization",
        "Set-Cookie",
    ],
)
def test_a_secret_name_is_known_in_any_spelling(redactor, name):
    """In a form, a query, JSON, JSON inside of JSON, several parts, and as a header."""
    assert is_secret_name(name)
    texts = [f"a=1&{name}=hidden&b=2", f"/oauth/token?{name}=hidden", f'{{"{name}": "hid\\"hidden", "b": 2}}',
             f'{{"{name}": ["hidden", "hidden"]}}', f'{{"{name}":{{"value":"hidden"}}}}', f'{{"{name}":\n"hidden',
             json.dumps({"note": json.dumps({name: "hidden"})}), PART.format(name, ""),
             PART.format(name, "Content-Type: text/plain\r\n")]  # fmt: skip
    for text in texts:
        assert "hidden" not in redactor.text(text)
        assert REDACTED in redactor.text(text)
    assert headers_without_secrets({name: "hidden"}) == {name.lower(): REDACTED}


@pytest.mark.parametrize(
    "text",
    [
        '{"token_type":"bearer","expires_in":3598}',
        "grant_type=client_credentials&client_id=3c5e7c1f",
        "Idempotency-Key=june",
        PART.format("note", "").replace("hidden", "shown"),
        "100 % of the keys & passages; session=",
        "0123456789abcdef0123456789abcdef",
    ],
)
def test_what_is_no_secret_is_kept(redactor, text):
    """Names that only look like one, ids, and numbers that are no token."""
    assert redactor.text(text) == text.replace("session=", f"session={REDACTED}")


def test_a_part_beside_a_secret_one_is_kept(redactor):
    """Up to its boundary, and no further."""
    assert redactor.text(PART.format("client_secret", "")).endswith("kept\r\n--x--")


def test_a_token_is_hidden_wherever_it_stands():
    """Encoded, or among other digits."""
    token = "6d151216ef504f65b8ff6e9e9e8356d3"
    known = Redactor(token.__eq__)
    encoded = "".join(f"%{ord(char):02x}" for char in token)
    for place in (
        f"/v1/{token}",
        f"/v1/{encoded}",
        f"beef{token}00",
        f"x{token}y",
        f"{token[:5]}%{ord(token[5]):x}{token[6:]}",
    ):
        assert REDACTED in known.text(place)
        assert token[:20] not in known.text(place)


# --- through a sandbox ----------------------------------------------------------------------------------------------


@pytest.fixture
def shown(sandbox):
    """Everything that is shown of what was recorded."""
    return lambda: repr(sandbox.requests)


def test_no_secret_of_the_sandbox_is_recorded(sandbox, caller, shown):
    """In paths, queries, bodies and headers, of the first client and of later ones."""
    added = sandbox.add_client()
    secrets = [sandbox.client_secret, sandbox.secret_access_key, caller.token, added.client_secret]
    for secret in secrets:
        encoded = quote(secret, safe="")
        caller.call("GET", f"/v1/journal-runs/{encoded}?note={encoded}", X_Note=secret, Referer=f"http://x/{encoded}")
        caller.create({"note": secret, "accountingPeriodName": secret})
        caller.send("POST", "/oauth/token", f"note={encoded}", {"Content-Type": FORM})
    assert REDACTED in shown()
    for secret in secrets:
        assert secret not in shown()
        assert quote(secret, safe="") not in shown()


def test_a_control_token_is_not_recorded(sandbox_with, caller_of):
    """Who sends it to the API by mistake does not give it away."""
    sandbox = sandbox_with(control_token="open-sesame:2026")
    caller_of(sandbox).call("GET", "/v1/journal-runs/open-sesame%3A2026", X_Note="open-sesame:2026")
    assert "sesame" not in repr(sandbox.requests)


def test_a_client_of_a_seed_has_its_secrets_hidden(sandbox_with, caller_of):
    """As one that is added later."""
    client = {"client_secret": "correct horse", "secret_access_key": "battery staple"}
    sandbox = sandbox_with(initial={"clients": [client]})
    caller_of(sandbox).create({"note": "correct horse battery staple"})
    assert sandbox.requests[-1].request_body == f'{{"note": "{REDACTED} {REDACTED}"}}'
