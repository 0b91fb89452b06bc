"""``POST /v1/connections``, and the session that it begins."""

from __future__ import annotations

import pytest

from openapi_client.sandbox import Fault
from openapi_client.sandbox.protocol.auth import SESSION_LIFETIME_SECONDS

PATH = "/v1/connections"
RUN = "/v1/journal-runs/JR-00000041"


@pytest.fixture
def pair(sandbox):
    return {"apiAccessKeyId": sandbox.access_key_id, "apiSecretAccessKey": sandbox.secret_access_key}


@pytest.fixture
def session(caller, pair):
    """The value of the cookie of a new session."""
    answer = caller.send("POST", PATH, headers=pair)
    assert (answer.status, answer.body) == (200, {"success": True})
    name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
    assert name == "ZSession"
    return value


def status_with(caller, **headers):
    """404 for who is signed in, 401 for others."""
    sent = {"Zuora-Version": "2025-08-12", **headers}
    return caller.send("GET", RUN, headers=sent).status


def test_a_session_opens_the_api(caller, session):
    """As a cookie among others, or as the scheme of Authorization."""
    assert status_with(caller, Cookie=f"a=b; ZSession={session}; c=d") == 404
    assert status_with(caller, Authorization=f"ZSession {session}") == 404
    assert status_with(caller, Authorization=f"zsession {session}") == 404


def test_a_session_may_do_what_its_owner_may(sandbox, caller, order):
    """And no more."""
    reader = sandbox.add_client(permissions=[])
    pair = {"apiAccessKeyId": reader.access_key_id, "apiSecretAccessKey": reader.secret_access_key}
    cookie = caller.send("POST", PATH, headers=pair).headers["Set-Cookie"].partition(";")[0]
    assert caller.call("POST", "/v1/journal-runs", order, Authorization="", Cookie=cookie).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "ZSession=0123456789abcdef0123456789abcdef"},
        {"Cookie": "ZSession="},
        {"Cookie": "rubbish; =; ;"},
        {"Authorization": "ZSession"},
    ],
)
def test_another_session_opens_nothing(caller, session, headers):
    """Nor does none."""
    assert status_with(caller, **headers) == 401


def test_a_session_is_no_token(caller, session):
    """And a token is no session."""
    assert status_with(caller, Authorization=f"Bearer {session}") == 401
    assert status_with(caller, Cookie=f"ZSession={caller.token}") == 401


def test_an_authorization_wins_over_the_cookie(caller, session):
    """Also a wrong one."""
    assert status_with(caller, Authorization="Bearer wrong", Cookie=f"ZSession={session}") == 401


@pytest.mark.parametrize("change", [{"apiSecretAccessKey": "wrong"}, {"apiAccessKeyId": "nobody"}])
def test_a_wrong_pair_begins_no_session(caller, pair, change):
    """The answer is that of every call that is not signed in."""
    answer = caller.send("POST", PATH, headers={**pair, **change})
    assert (answer.status, answer.codes) == (401, [90000011])
    assert "Set-Cookie" not in answer.headers


def test_a_session_comes_from_the_pair_only(caller, session):
    """A token or another session begins none."""
    assert caller.call("POST", PATH).status == 401
    assert caller.send("POST", PATH, headers={"Cookie": f"ZSession={session}"}).status == 401


def test_a_session_slides(caller, session, clock):
    """It lasts on while it is used, and ends when it is not."""
    for _ in range(3):
        clock.advance(SESSION_LIFETIME_SECONDS - 1)
        assert status_with(caller, Cookie=f"ZSession={session}") == 404
    clock.advance(SESSION_LIFETIME_SECONDS)
    assert status_with(caller, Cookie=f"ZSession={session}") == 401


def test_sessions_are_revoked_as_tokens_are(sandbox, caller, session, pair):
    """All of them, or the one of a request by a fault."""
    sandbox.revoke_tokens()
    assert status_with(caller, Cookie=f"ZSession={session}") == 401
    cookie = caller.send("POST", PATH, headers=pair).headers["Set-Cookie"].partition(";")[0]
    sandbox.faults.add(Fault("expired-token", times=1))
    assert [status_with(caller, Cookie=cookie) for _ in range(2)] == [401, 401]


def test_a_session_is_not_recorded(sandbox, caller, session):
    """By name or by value."""
    status_with(caller, Cookie=f"ZSession={session}", X_Note=session)
    caller.call("GET", f"/v1/journal-runs/{session}", Referer=f"http://x/?ZSession={session}")
    assert session not in repr(sandbox.requests)


def test_it_counts_as_a_call(caller, pair):
    """With the headers of every answer; other verbs are refused."""
    assert caller.send("POST", PATH, headers=pair).headers["RateLimit-Remaining"] == "49999"
    assert caller.call("GET", PATH).codes == [50000045]


def test_a_session_of_one_entity_stays_there(sandbox_with, caller_of):
    """It is that of the headers with which it began."""
    sandbox = sandbox_with(entities=("a", "b"), entity_names={"a": "Main"})
    caller = caller_of(sandbox)
    pair = {"apiAccessKeyId": sandbox.access_key_id, "apiSecretAccessKey": sandbox.secret_access_key}
    cookie = caller.send("POST", PATH, headers={**pair, "entityName": "Main"}).headers["Set-Cookie"].partition(";")[0]
    assert status_with(caller, Cookie=cookie) == 404
    assert status_with(caller, Cookie=cookie, entityId="b") == 400
