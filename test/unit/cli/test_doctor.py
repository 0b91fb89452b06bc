"""What the doctor finds, what it advises, and that its report holds nothing secret."""

from __future__ import annotations

import ssl
from email.utils import formatdate

import pytest
import trustme
from support.wire import WireServer, answer

from openapi_client import Configuration
from openapi_client.cli.codes import Exit
from openapi_client.cli.doctor import _tls
from openapi_client.sandbox import Sandbox

NOT_FOUND = {"success": False, "reasons": [{"code": 50000040, "message": "Cannot find entity by key"}]}
ENTITIES = "entity.11111111-1111-1111-1111-111111111111 entity.22222222-2222-2222-2222-222222222222"


@pytest.fixture
def zuora(run, monkeypatch):
    """A server whose answers are scripted, and a command that uses it."""

    def examine(*arguments, date=None, scope="", look=NOT_FOUND, token_status=200, **variables):
        dated = {"Date": formatdate() if date is None else date}
        token = {"access_token": "hunter3", "expires_in": 3598, "scope": scope}

        def respond(request):
            if request.target == "/oauth/token":
                return answer(token_status, token if token_status == 200 else {"message": "hunter2 is wrong"})(request)
            return answer(200 if request.target.startswith("/v1") else 404, look, dated)(request)

        with WireServer([respond]) as server:
            given = {"ZUORA_HOST": server.url, "ZUORA_CLIENT_ID": "hunter1", "ZUORA_CLIENT_SECRET": "hunter2"}
            for name, value in {**given, **variables}.items():
                monkeypatch.setenv(name, value)
            return run("doctor", *arguments)

    return examine


def states(done):
    return {found["check"]: found["state"] for found in done.json}


def test_all_is_well(at_sandbox):
    """Every check is made, in order, and none of them needs a fix."""
    done = at_sandbox("doctor", "--json")
    assert done.code == Exit.DONE
    assert states(done) == dict.fromkeys(
        ("version", "settings", "host", "TLS", "clock", "credentials", "entity", "journal runs"), "ok"
    )
    assert not [found for found in done.json if found["fix"]]


def test_nothing_is_created(at_sandbox, sandbox):
    """The doctor only looks."""
    at_sandbox("doctor")
    assert {each.method for each in sandbox.requests if each.path.startswith("/v1")} == {"GET"}


@pytest.mark.parametrize(
    ("variables", "check", "said", "fix", "code"),
    [
        ({"ZUORA_CLIENT_SECRET": ""}, "settings", "No credentials", "set ZUORA_ENVIRONMENT", 2),
        ({"ZUORA_HOST": "ftp://x"}, "settings", "Invalid value for `host`", "set ZUORA_ENVIRONMENT", 2),
        ({"ZUORA_HOST": "http://127.0.0.1:1"}, "host", "refused", "check ZUORA_ENVIRONMENT or ZUORA_HOST", 3),
        ({"ZUORA_CLIENT_SECRET": "hunter9"}, "credentials", "401", "each data centre has its own", 1),
    ],
)
def test_what_the_environment_may_lack(at_sandbox, monkeypatch, variables, check, said, fix, code):
    """The first problem decides on the exit code, and comes with a fix."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    done = at_sandbox("doctor", "--json")
    found = done.json[-1]
    assert (done.code, found["check"], found["state"]) == (code, check, "problem")
    assert said in found["finding"]
    assert fix in found["fix"]
    assert "hunter9" not in done.out


@pytest.mark.parametrize(
    ("date", "state", "said"),
    [
        (formatdate(0), "problem", "ahead of the server's"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "problem", "behind the server's"),
        ("yesterday", "unknown", "no date to compare with"),
    ],
)
def test_the_clock(zuora, date, state, said):
    """Judged by the date of an answer."""
    found = next(each for each in zuora("--json", date=date).json if each["check"] == "clock")
    assert found["state"] == state
    assert said in found["finding"]
    assert ("NTP" in found["fix"]) is (state == "problem")


@pytest.mark.parametrize(
    ("chosen", "state"),
    [("", "problem"), ("33333333-3333-3333-3333-333333333333", "problem"), ("11111111111111111111111111111111", "ok")],
)
def test_the_entity(zuora, chosen, state):
    """A token for several entities needs one to be named, and one that it is valid for."""
    done = zuora("--json", scope=ENTITIES, ZUORA_ENTITY_IDS=chosen)
    found = next(each for each in done.json if each["check"] == "entity")
    assert found["state"] == state
    assert ("set ZUORA_ENTITY_IDS" in found["fix"]) is (state == "problem")


def test_a_multi_entity_sandbox(run, profiles):
    """As the sandbox has it."""
    with Sandbox(entities=["11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"]) as tenant:
        profiles(f"[x]\nhost = {tenant.url}\nclient_id = {tenant.client_id}\nclient_secret = {tenant.client_secret}")
        assert states(run("doctor", "--profile", "x", "--json"))["entity"] == "problem"


def test_a_missing_permission(zuora):
    """Named, with what to give."""
    refused = {"success": False, "reasons": [{"code": 50000010, "message": "No access"}]}
    found = zuora("--json", look=refused).json[-1]
    assert (found["check"], found["state"]) == ("journal runs", "problem")
    assert "permissions for journal runs" in found["fix"]


def test_a_given_token(zuora):
    """Is tried as it is; its entities cannot be known."""
    done = zuora("--json", ZUORA_ACCESS_TOKEN="hunter5")
    assert states(done)["entity"] == "unknown"
    assert done.code == Exit.DONE


def test_plain_http_to_elsewhere():
    """Is a problem, as are certificates that nobody looks at."""
    assert _tls(Configuration(host="http://zuora.example")).fix == "give a host that begins with https://"
    assert _tls(Configuration(host="https://zuora.example", verify_ssl=False)).state == "problem"
    assert _tls(Configuration(host="https://zuora.example")).state == "ok"


def test_credentials_are_not_sent_in_the_open(run, profiles):
    """A certificate that nobody looks at ends the checks before a token is asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with WireServer([answer(404)], context=context) as server:
        profiles(f"[x]\nhost = {server.url}\nclient_id = hunter1\nclient_secret = hunter2\nverify_ssl = no\n")
        found = run("doctor", "--json", "--profile", "x").json[-1]
    assert (found["check"], found["state"]) == ("TLS", "problem")
    assert [request.target for request in server.requests] == ["/"]


def test_people_see_a_table(zuora):
    """State, check and finding in columns, the fix below."""
    lines = zuora(scope=ENTITIES).out.splitlines()
    assert lines[0].startswith("ok       version")
    assert "-> set ZUORA_ENTITY_IDS to the one to work in" in [line.strip() for line in lines]


def test_the_report_holds_nothing_secret(zuora, monkeypatch, tmp_path):
    """Neither credentials, nor what a server repeats of them, nor the user's name in paths."""
    monkeypatch.setenv("HOME", str(tmp_path))
    done = zuora("--report", token_status=401, XDG_CONFIG_HOME=str(tmp_path / "x"))
    assert done.code == Exit.REFUSED
    assert "hunter" not in done.out + done.err
    assert str(tmp_path) not in done.out
    assert done.out.startswith("## zuora-journal-runs doctor\n")
    assert "- problem: credentials: " in done.out
    assert "- urllib3 " in done.out


def test_a_certificate_that_is_not_trusted(run, profiles, tmp_path):
    """The finding is about TLS, and names the setting; with it, the certificate is trusted."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    profile = "[x]\nhost = {}\naccess_token = hunter2\n"
    with WireServer([answer(200, NOT_FOUND, {"Date": formatdate()})], context=context) as server:
        profiles(profile.format(server.url))
        found = run("doctor", "--json", "--profile", "x").json[-1]
        assert (found["check"], found["state"], found["code"]) == ("TLS", "problem", Exit.NOT_REACHED)
        assert "certificate" in found["finding"]
        assert "ssl_ca_cert" in found["fix"]
        profiles(f"{profile.format(server.url)}ssl_ca_cert = {tmp_path}/ca.pem\ntrust_env = no\n")
        assert states(run("doctor", "--json", "--profile", "x"))["TLS"] == "ok"
