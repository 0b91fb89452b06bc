"""The OAuth token endpoint, over HTTP."""

from __future__ import annotations

import uuid

import pytest

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ENTITIES = (str(uuid.UUID(int=1)), str(uuid.UUID(int=2)))


def test_a_token_answer_has_the_documented_members(caller):
    """Five members, lifetime just under an hour, token type in lower case."""
    answer = caller.sign_in()
    assert answer.status == 200
    assert set(answer.body) == {"access_token", "expires_in", "jti", "scope", "token_type"}
    assert (answer.body["expires_in"], answer.body["token_type"]) == (3598, "bearer")
    assert len(answer.headers["Zuora-Request-Id"]) == 36


def test_a_token_signs_a_call_in(caller, run_pending):
    """The token is good for the API."""
    assert caller.get(run_pending).status == 200


def test_every_token_is_a_new_one(caller):
    """Two requests give two tokens, both good."""
    first, second = caller.sign_in().body["access_token"], caller.sign_in().body["access_token"]
    assert first != second


def test_the_scope_of_a_plain_tenant_has_one_entity(caller):
    """Without Multi-entity the scope still names the one entity there is."""
    scope = caller.sign_in().body["scope"].split()
    assert len([each for each in scope if each.startswith("entity.")]) == 1


def test_the_scope_lists_every_entity(sandbox_with, caller_of):
    """With Multi-entity the scope names each entity."""
    scope = caller_of(sandbox_with(entities=ENTITIES)).sign_in().body["scope"].split()
    assert [each for each in scope if each.startswith("entity.")] == [f"entity.{each}" for each in ENTITIES]


@pytest.mark.parametrize("header", ["Zuora-Entity-Ids", "entityId"])
def test_a_token_can_be_had_for_one_entity(sandbox_with, caller_of, header):
    """A header narrows the scope."""
    sandbox = sandbox_with(entities=ENTITIES)
    form = f"client_id={sandbox.client_id}&grant_type=client_credentials&client_secret="
    body = form + sandbox.client_secret.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    answer = caller_of(sandbox).send("POST", "/oauth/token", body, {**FORM, header: ENTITIES[1]})
    assert f"entity.{ENTITIES[1]}" in answer.body["scope"]
    assert ENTITIES[0] not in answer.body["scope"]


@pytest.mark.parametrize(
    ("form", "status", "message"),
    [
        ({"client_id": "11111111-1111-1111-1111-111111111111"}, 400, "Invalid client id"),
        ({"client_id": None}, 400, "Invalid client id"),
        ({"client_secret": "wrong"}, 401, "Bad client credentials"),
        ({"client_secret": "ünicode"}, 401, "Bad client credentials"),
        ({"client_secret": None}, 401, "Bad client credentials"),
        ({"grant_type": "password"}, 400, "grant_type should be client_credentials"),
        ({"grant_type": None}, 400, "grant_type should be client_credentials"),
    ],
)
def test_a_wrong_form_is_refused(caller, form, status, message):
    """The endpoint answers in the form of its own framework, with real statuses."""
    answer = caller.sign_in(**form)
    assert answer.status == status
    assert set(answer.body) == {"timestamp", "status", "error", "message", "path"}
    assert (answer.body["status"], answer.body["message"], answer.body["path"]) == (status, message, "/oauth/token")


def test_a_deactivated_user_gets_no_token(sandbox, caller_of):
    """The client is right, its owner may not sign in."""
    answer = caller_of(sandbox, sandbox.add_client(is_active=False)).sign_in()
    assert (answer.status, answer.body["message"]) == (403, "User is deactivated")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_only_post_is_taken(caller, method):
    """Another verb is 405."""
    assert caller.send(method, "/oauth/token", headers=FORM).status == 405


@pytest.mark.parametrize("media_type", ["application/json", "text/plain", None])
def test_only_a_form_is_taken(caller, media_type):
    """Another media type is 415."""
    headers = {"Content-Type": media_type} if media_type else {}
    assert caller.send("POST", "/oauth/token", b"{}", headers).status == 415


def test_an_unknown_entity_is_refused(sandbox_with, caller_of):
    """A token cannot be had for an entity the tenant lacks."""
    caller = caller_of(sandbox_with(entities=ENTITIES))
    headers = {**FORM, "Zuora-Entity-Ids": "other"}
    answer = caller.send("POST", "/oauth/token", b"grant_type=client_credentials", headers)
    assert (answer.status, answer.body["message"]) == (400, "Entity 'other' does not exist or cannot be reached.")


def test_bytes_that_are_no_text_are_refused(caller):
    """Rubbish in a form is a refusal, not a failure."""
    answer = caller.send("POST", "/oauth/token", b"grant_type=client_credentials&client_id=\xff%FF", FORM)
    assert answer.status == 400


def test_tokens_are_limited_per_minute(sandbox_with, caller_of, clock):
    """Past the limit of a minute and address the answer is 429, until the minute is over."""
    caller = caller_of(sandbox_with(token_limit=2))
    answers = [caller.sign_in() for _ in range(3)]
    assert [each.status for each in answers] == [200, 200, 429]
    assert [each.headers["X-RateLimit-Remaining-minute"] for each in answers] == ["1", "0", "0"]
    assert answers[0].headers["X-RateLimit-Limit-minute"] == "2"
    clock.advance(60)
    assert caller.sign_in().status == 200


def test_refused_requests_count_too(sandbox_with, caller_of):
    """Guessing secrets uses up the minute."""
    caller = caller_of(sandbox_with(token_limit=1))
    assert [caller.sign_in(client_secret="wrong").status for _ in range(2)] == [401, 429]


def test_a_track_id_is_echoed_or_refused(caller):
    """The label works as for the API, its refusal has the form of the endpoint."""
    answer = caller.send("POST", "/oauth/token", b"", {**FORM, "Zuora-Track-Id": "close"})
    assert answer.headers["Zuora-Track-Id"] == "close"
    answer = caller.send("POST", "/oauth/token", b"", {**FORM, "Zuora-Track-Id": "a:b"})
    assert (answer.status, answer.body["path"]) == (400, "/oauth/token")
    assert "Zuora-Track-Id" not in answer.headers
