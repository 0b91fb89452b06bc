"""Profiles: who may read the file, what may be in it, and that tenants are never mixed."""

from __future__ import annotations

import pytest

from openapi_client import ApiValueError
from openapi_client.cli.codes import Exit
from openapi_client.cli.settings import configuration_from, profile_names

PROFILES = """
[default]
environment = CSBX
client_id = me
client_secret = a%b;c#d

[prod]
host = https://rest.zuora.com/
access_token = token-of-prod
zuora_entity_ids = 7
timeout = 12.5
retries = 1
verify_ssl = yes
trust_env = no
"""


def test_the_default_profile_is_taken(profiles):
    """Without an environment; a secret is taken as it stands."""
    profiles(PROFILES)
    found = configuration_from(None, None)
    assert (found.host, found.client_id, str(found.client_secret)) == ("https://rest.test.zuora.com", "me", "a%b;c#d")
    assert found.trust_env


def test_a_profile_by_name(profiles):
    """Its values have the types of the settings."""
    profiles(PROFILES)
    found = configuration_from("prod", None)
    assert (found.base_url, found.access_token, found.zuora_entity_ids) == (
        "https://rest.zuora.com",
        "token-of-prod",
        "7",
    )
    assert (found.timeout, found.retries, found.verify_ssl, found.trust_env) == (12.5, 1, True, False)
    assert found.client_id is None


def test_a_profile_is_not_mixed_with_the_environment(profiles, monkeypatch):
    """A secret of one tenant goes to no host of another."""
    profiles(PROFILES)
    monkeypatch.setenv("ZUORA_HOST", "https://elsewhere.example")
    monkeypatch.setenv("ZUORA_CLIENT_SECRET", "other")
    assert configuration_from("default", None).host == "https://rest.test.zuora.com"
    with pytest.raises(ApiValueError, match="ZUORA_CLIENT_ID"):
        configuration_from(None, None)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o602, 0o604, 0o666])
def test_a_file_that_others_can_open_is_refused(profiles, run, mode):
    """As ssh refuses a key, with the command that mends it, and before anything is sent."""
    path = profiles(PROFILES, mode)
    done = run("get", "JR-00000001", "--profile", "prod", "--dry-run")
    assert done.code == Exit.USAGE
    assert done.err == f"{path} holds credentials and is open to other users: chmod 600 {path}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("client_secret = hunter2", "line 1 is neither"),
        ("[x]\nhunter2", "line 2 is neither"),
        ("[x]\nclient_secret = hunter2\nclient_secret = hunter2", "line 3 is neither"),
        ("[x]\nclient_secrt = hunter2", "client_secrt of profile 'x' is no setting; did you mean 'client_secret'?"),
        ("[x]\npickle = hunter2", "pickle of profile 'x' is no setting"),
        (
            "[x]\nclient_secret = 'hunter2'",
            "client_secret of profile 'x' is taken as it stands, so write it without quotes",
        ),
        ("[x]\nverify_ssl = hunter2", "verify_ssl of profile 'x' should be yes or no"),
        ("[x]\nretries = hunter2", "retries of profile 'x' should be a whole number"),
        ("[x]\ntimeout = hunter2", "timeout of profile 'x' should be a number"),
        ("[x]\nproxy = hunter2:80", "Invalid value for `proxy`"),
        ("[x]\nclient_id = 1", "has no credentials: give client_id and client_secret"),
        ("[y]\n[z]", "has no profile 'x'; it has: y, z"),
        ("", "has no profile 'x'; it has: none"),
        ("[x]\nenvironment = MARS\naccess_token = hunter2", "Unknown Zuora data centre 'MARS'"),
    ],
)
def test_a_wrong_profile_is_explained(profiles, run, text, said):
    """By its place, and never by a value, which may be a secret."""
    profiles(text)
    done = run("get", "JR-00000001", "--profile", "x")
    assert (done.code, done.out) == (Exit.USAGE, "")
    assert said in done.err
    assert "hunter2" not in done.err


def test_another_file(profiles, tmp_path):
    """Its profile ``default``, unless another one is named."""
    other = tmp_path / "other.ini"
    other.write_text(PROFILES.replace("= me", "= you"))
    other.chmod(0o600)
    assert configuration_from(None, str(other)).client_id == "you"


def test_nothing_to_go_by(run):
    """The message says what to set."""
    done = run("get", "JR-00000001")
    assert done.code == Exit.USAGE
    assert "ZUORA_CLIENT_ID and ZUORA_CLIENT_SECRET, or ZUORA_ACCESS_TOKEN" in done.err


def test_names_for_completion(profiles):
    """In their order, and none where the file cannot be read."""
    path = profiles(PROFILES)
    assert profile_names() == ["default", "prod"]
    path.chmod(0o644)
    assert profile_names() == []
