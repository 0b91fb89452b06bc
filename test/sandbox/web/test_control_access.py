"""The control token: who may use the control endpoints, the page and the recordings when there is one."""

from __future__ import annotations

import base64

import pytest

TOKEN = "open-sesame:2026"
PATHS = ["/", "/_sandbox/state", "/_sandbox/requests", "/_sandbox/static/inspector.css", "/_sandbox/none"]


def basic(text):
    return {"Authorization": f"Basic {base64.b64encode(text.encode()).decode()}"}


BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def sandbox(sandbox_with):
    """A sandbox that asks for a control token."""
    return sandbox_with(control_token=TOKEN)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"bearer {TOKEN[:-1]}"},
        {"Authorization": f"Digest {TOKEN}"},
        {"Authorization": "Basic !"},
        {"Authorization": "Basic /////w=="},
        basic(TOKEN),
        basic(f"{TOKEN}:"),
    ],
)
def test_without_the_token_nothing_is_shown(caller, path, headers):
    """401 with a challenge at which a browser asks its user."""
    answer = caller.send("GET", path, headers=headers)
    assert (answer.status, list(answer.body)) == (401, ["message"])
    assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")


def test_a_token_of_the_api_is_none(caller):
    """Who may call the API may not steer the sandbox."""
    assert caller.call("GET", "/_sandbox/state").status == 401


@pytest.mark.parametrize(
    "headers", [BEARER, {"Authorization": f"bearer  {TOKEN}"}, basic(f"any:{TOKEN}"), basic(f":{TOKEN}")]
)
def test_with_the_token_everything_is_as_ever(caller, sandbox, headers):
    """As a bearer token, or as a browser gives it: as the password, with any user name."""
    assert [caller.send("GET", path, headers=headers).status for path in PATHS] == [200, 200, 200, 200, 404]
    assert caller.send("POST", "/_sandbox/reset", headers=headers).status == 200


def test_nothing_is_changed_without_it(caller, sandbox, run_pending):
    """A reset is refused."""
    assert caller.send("POST", "/_sandbox/reset").status == 401
    assert len(sandbox.runs()) == 1


def test_the_api_asks_for_its_own_credentials_only(caller):
    """The token is for what steers the sandbox."""
    assert caller.create().status == 200
    assert caller.send("GET", "/openapi.json").status == 200


def test_a_browser_that_knows_it_is_guarded_still(caller):
    """It sends the token for any page, so that another page's request is refused."""
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "a_b:c"}):
        assert caller.send("POST", "/_sandbox/reset", headers={**BEARER, **headers}).status == 403


def test_a_public_name_is_good_with_the_token(caller):
    """A page that was made to lead here does not know it, so the machine may be called by its name."""
    assert caller.send("GET", "/", headers={**BEARER, "Host": "buildbox.corp.example:8080"}).status == 200
    assert caller.send("GET", "/", headers={"Host": "buildbox.corp.example:8080"}).status in (401, 403)


def test_the_token_is_not_shown(sandbox):
    """Neither by the options, nor in what was recorded."""
    assert TOKEN not in repr(sandbox.options)


@pytest.mark.parametrize("token", ["", "short", "with a space", "t\xf6kent\xf6ken", "line\nbreak"])
def test_a_token_that_cannot_be_sent_or_is_short_is_refused(sandbox_with, token):
    """At the start, with what is allowed."""
    with pytest.raises(ValueError, match="control_token should be eight or more visible ASCII characters"):
        sandbox_with(control_token=token)


@pytest.mark.parametrize(("host", "url"), [("0.0.0.0", "http://127.0.0.1:"), ("::", "http://[::1]:")])
def test_all_addresses_are_shown_as_one_that_can_be_opened(sandbox_with, caller_of, host, url):
    """And it says whether other machines may steer it."""
    try:
        sandbox = sandbox_with(host=host)
    except OSError:
        pytest.skip(f"{host} is not to be had here")
    assert sandbox.url.startswith(url)
    assert sandbox.is_open_to_network
    assert caller_of(sandbox).create().status == 200
    assert not sandbox_with(host=host, control_token=TOKEN).is_open_to_network


def test_loopback_is_not_open(sandbox_with):
    """By address or by name."""
    assert [sandbox_with(host=each).is_open_to_network for each in ("127.0.0.1", "localhost")] == [False, False]
