"""The record of exchanges, and that nothing secret is in it."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timezone
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox import Exchange
from openapi_client.sandbox.protocol.recording import (
    ALL_KEPT_CHARACTERS,
    KEPT_CHARACTERS,
    KEPT_EXCHANGES,
    Recorder,
)
from openapi_client.sandbox.protocol.redaction import REDACTED, Redactor

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SECRET = "hVOQj9mLkw8p1S+z/EYyWmqn9G3kz0yVq3fHf7Q="
FORM = "application/x-www-form-urlencoded"


def exchange(**parts):
    known = {
        "at": datetime(2026, 6, 15, tzinfo=timezone.utc),
        "method": "GET",
        "path": "/",
        "request_headers": {},
        "request_body": "",
        "status": 200,
        "response_headers": {},
        "response_body": "",
    }
    return Exchange(**{**known, **parts})


def recorded(**parts):
    recorder = Recorder()
    recorder.note(exchange(**parts))
    return recorder.exchanges()[0]


def secrets_of(sandbox, caller):
    return [sandbox.client_secret, sandbox.secret_access_key, caller.token]


def test_requests_are_recorded_oldest_first(sandbox, caller, run_pending):
    """Each exchange says what was asked and what was answered."""
    caller.get(run_pending)
    assert [(each.method, each.path, each.status) for each in sandbox.requests] == [
        ("POST", "/oauth/token", 200),
        ("POST", "/v1/journal-runs", 200),
        ("GET", f"/v1/journal-runs/{run_pending}", 200),
    ]
    assert '"status":"Pending"' in sandbox.requests[-1].response_body
    assert sandbox.requests[-1].request_headers["zuora-version"] == "2025-08-12"
    assert sandbox.requests[-1].response_headers["zuora-request-id"]


def test_no_secret_of_a_whole_session_is_recorded(sandbox, caller, run_pending):
    """Tokens, client secrets and legacy passwords are replaced, in requests and answers."""
    caller.sign_in(client_secret="wrong" + sandbox.client_secret)
    legacy = {"apiAccessKeyId": sandbox.access_key_id, "apiSecretAccessKey": sandbox.secret_access_key}
    caller.send("GET", f"/v1/journal-runs/{run_pending}", headers=legacy)
    query = urlencode({"client_secret": sandbox.client_secret, "grant_type": "client_credentials"})
    caller.send("POST", f"/oauth/token?{query}", b"", {"Content-Type": FORM})
    shown = repr(sandbox.requests)
    for secret in secrets_of(sandbox, caller):
        assert secret not in shown
        assert urlencode({"": secret})[1:] not in shown
    assert REDACTED in shown


@pytest.mark.parametrize(
    "name", ["Authorization", "apiSecretAccessKey", "APIACCESSKEYID", "Cookie", "Proxy-Authorization", "Set-Cookie"]
)
def test_secret_headers_are_replaced(name):
    """Capitals do not hide a credential."""
    shown = recorded(request_headers={name: "hidden"}, response_headers={name: "hidden"})
    assert shown.request_headers == shown.response_headers == {name.lower(): REDACTED}


@pytest.mark.parametrize(
    "body",
    [
        "a=1&client_secret=hidden&b=2",
        "client%5Fsecret=hidden&b=2",
        "CLIENT_SECRET=hidden",
        '{"access_token": "hidden", "b": 2}',
        '{"client_secret":"hid\\"hidden"}',
        '{"jti":"hidden"}',
        "access_token=hidden",
    ],
)
def test_secret_fields_are_replaced(body):
    """Forms and JSON alike, in a body or in an address."""
    shown = recorded(request_body=body, response_body=body, path=f"/oauth/token?{body}")
    assert "hidden" not in repr(shown)
    assert all(REDACTED in text for text in (shown.request_body, shown.response_body, shown.path))


@UNHURRIED
@given(secret=st.text(min_size=1), prefix=st.sampled_from(["", "grant_type=x&"]))
def test_no_client_secret_survives_its_encoding(secret, prefix):
    """However a secret is spelled, what is kept of the form is the rest."""
    assert recorded(request_body=prefix + urlencode({"client_secret": secret})).request_body == (
        f"{prefix}client_secret={REDACTED}"
    )


def test_other_text_is_kept():
    """A body without credentials is recorded as it was."""
    body = '{"journalEntryDate":"2026-06-30"}'
    assert recorded(request_body=body).request_body == body


def test_only_the_latest_exchanges_are_kept():
    """A long-lived sandbox does not grow."""
    recorder = Recorder()
    for number in range(KEPT_EXCHANGES + 5):
        recorder.note(exchange(path=f"/{number}"))
    kept = recorder.exchanges()
    assert (len(kept), kept[0].path) == (KEPT_EXCHANGES, "/5")


def test_a_long_text_is_cut():
    """Wherever it stands, and it says how long it was."""
    long = "a" * 40_000_000
    shown = recorded(request_body=long, response_body=long, path=f"/{long}", request_headers={"X": long})
    for text in (shown.request_body, shown.response_body, shown.path, shown.request_headers["x"]):
        assert len(text) < KEPT_CHARACTERS + 50
        assert text.endswith(" characters in all)")


@pytest.mark.parametrize("before", range(KEPT_CHARACTERS - 45, KEPT_CHARACTERS + 5, 7))
def test_no_secret_is_cut_in_two(before):
    """Half of one is not shown, either."""
    redactor = Redactor()
    redactor.learn(SECRET)
    recorder = Recorder(redactor)
    recorder.note(exchange(request_body=f"{'-' * before}{SECRET}{'-' * 5000}"))
    assert SECRET[:4] not in recorder.exchanges()[0].request_body


def test_all_records_together_are_bounded():
    """Long exchanges make room by forgetting the oldest ones."""
    recorder = Recorder()
    for number in range(400):
        recorder.note(exchange(path=f"/{number}", request_body="z" * 10**6))
    kept = recorder.exchanges()
    assert sum(len(each.request_body) for each in kept) <= ALL_KEPT_CHARACTERS
    assert kept[-1].path == "/399"
    assert [number for number, _ in recorder.numbered()] == list(range(401 - len(kept), 401))


def test_a_compressed_answer_is_recorded_readable(sandbox, caller, order):
    """The record shows the text, not the bytes on the wire."""
    order["transactionTypes"] *= 25
    number = caller.create(order).body["journalRunNumber"]
    caller.get(number, Accept_Encoding="gzip")
    assert '"status":"Pending"' in sandbox.requests[-1].response_body


def test_a_compressed_request_is_recorded_readable(sandbox, caller, order):
    """The same for what a client has compressed, and as it came when it cannot be read."""
    caller.call("POST", "/v1/journal-runs", gzip.compress(json.dumps(order).encode()), Content_Encoding="gzip")
    assert '"Invoice Item"' in sandbox.requests[-1].request_body
    caller.call("POST", "/v1/journal-runs", b"plain", Content_Encoding="gzip")
    assert sandbox.requests[-1].request_body == "plain"
