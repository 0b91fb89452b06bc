"""Who is calling, and what they may do."""

from __future__ import annotations

import pytest

from openapi_client.sandbox import Permission, Sandbox
from openapi_client.sandbox.protocol.auth import new_credentials

P = Permission


def assert_protected(answer, status=401):
    assert answer.status == status
    assert answer.body["success"] is False
    assert answer.codes == [90000011]
    assert answer.messages == ["this resource is protected, please sign in first"]


def test_credentials_have_the_documented_lengths():
    """A client id has 36 characters, a secret at most 42, with characters that need encoding."""
    credentials = new_credentials()
    assert len(credentials.client_id) == 36
    assert len(credentials.client_secret) <= 42
    assert credentials.client_secret.endswith("=")


def test_credentials_hide_their_secrets():
    """What is printed by chance gives nothing away."""
    credentials = new_credentials()
    assert credentials.client_secret not in repr(credentials)
    assert credentials.secret_access_key not in repr(credentials)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer 00000000000000000000000000000000"},
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Authorization": "ZSession abc"},
        {"apiAccessKeyId": "nobody", "apiSecretAccessKey": "x"},
        {"apiAccessKeyId": "nobody"},
    ],
)
@pytest.mark.parametrize("version", ["2025-08-12", "341.0"])
def test_a_call_without_good_credentials_is_401(caller, headers, version):
    """Under every version, with the observed body and the schemes there are."""
    answer = caller.send("GET", "/v1/journal-runs/JR-1", headers={**headers, "Zuora-Version": version})
    assert_protected(answer)
    assert answer.headers["WWW-Authenticate"].startswith("Basic realm=Zuora API, ZSession")
    assert answer.headers["Zuora-Request-Id"] == answer.body["requestId"]


def test_the_401_may_follow_the_version(sandbox_with, caller_of):
    """With ``unauthorized_on_200`` an older version gets it under HTTP 200."""
    caller = caller_of(sandbox_with(unauthorized_on_200=True))
    assert_protected(caller.send("GET", "/v1/journal-runs/JR-1", headers={"Zuora-Version": "341.0"}), 200)
    assert_protected(caller.send("GET", "/v1/journal-runs/JR-1", headers={"Zuora-Version": "2024-05-20"}), 401)


def test_a_token_ends_with_its_hour(caller, run_pending, clock):
    """One second before its end a token is good, at its end it is not."""
    clock.advance(3597)
    assert caller.get(run_pending).status == 200
    clock.advance(1)
    assert_protected(caller.get(run_pending))


def test_a_revoked_token_is_worthless(sandbox, caller, run_pending):
    """After ``revoke_tokens`` a caller has to sign in again, which works."""
    sandbox.revoke_tokens()
    assert_protected(caller.get(run_pending))
    caller.forget_token()
    assert caller.get(run_pending).status == 200


def test_the_scheme_is_read_in_any_case(caller, run_pending):
    """Bearer in lower case is the same scheme."""
    assert caller.get(run_pending, Authorization=f"bearer {caller.token}").status == 200


def test_the_legacy_key_pair_signs_in(sandbox, caller, run_pending):
    """The two headers do without a token."""
    headers = {"apiAccessKeyId": sandbox.access_key_id, "apiSecretAccessKey": sandbox.secret_access_key}
    assert caller.send("GET", f"/v1/journal-runs/{run_pending}", headers=headers).status == 200


def test_a_wrong_legacy_password_is_refused(sandbox, caller):
    """The user alone is not enough."""
    headers = {"apiAccessKeyId": sandbox.access_key_id, "apiSecretAccessKey": "wrong"}
    assert_protected(caller.send("GET", "/v1/journal-runs/JR-1", headers=headers))


def test_a_deactivated_user_has_no_legacy_access(sandbox, caller):
    """Deactivating closes both ways in."""
    other = sandbox.add_client(is_active=False)
    headers = {"apiAccessKeyId": other.access_key_id, "apiSecretAccessKey": other.secret_access_key}
    assert_protected(caller.send("GET", "/v1/journal-runs/JR-1", headers=headers))


@pytest.mark.parametrize(
    ("missing", "act"),
    [
        (P.CREATE, lambda caller, number: caller.create()),
        (P.API_WRITE, lambda caller, number: caller.create()),
        (P.CANCEL, lambda caller, number: caller.cancel(number)),
        (P.API_WRITE, lambda caller, number: caller.cancel(number)),
        (P.DELETE, lambda caller, number: caller.delete(number)),
        (P.API_WRITE, lambda caller, number: caller.delete(number)),
    ],
)
def test_each_change_needs_its_permissions(sandbox, caller_of, run_completed, missing, act):
    """Without one of them the answer is category 10, which is 403, and names it."""
    limited = caller_of(sandbox, sandbox.add_client(set(Permission) - {missing}))
    answer = act(limited, run_completed)
    assert (answer.status, answer.codes) == (403, [50000010])
    assert missing.value in answer.messages[0]
    assert sandbox.run(run_completed).status.value == "Completed"


def test_reading_needs_no_permission(sandbox, caller_of, run_pending):
    """Any user may look at a run."""
    assert caller_of(sandbox, sandbox.add_client([])).get(run_pending).status == 200


def test_a_client_with_every_permission_may_do_everything(sandbox, caller_of, clock):
    """A second client is as good as the first."""
    caller = caller_of(sandbox, sandbox.add_client())
    number = caller.create().body["journalRunNumber"]
    assert caller.cancel(number).status == 200
    clock.advance(1)
    assert caller.delete(number).status == 200


def test_an_unknown_permission_is_refused():
    """A permission is one of the vendor's."""
    sandbox = Sandbox()
    try:
        with pytest.raises(ValueError, match="Make Coffee"):
            sandbox.add_client(["Make Coffee"])
    finally:
        sandbox.close()
