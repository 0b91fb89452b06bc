"""Paths and verbs: which route a request takes, and that no other one can be reached."""

from __future__ import annotations

import socket
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# A loaded machine is slow, which is no mistake of the code under test; the fixture is not used up.
UNHURRIED = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TIMEOUT_SECONDS = 20


def raw(sandbox, text):
    """Send bytes as they are and return the whole answer."""
    host, port = sandbox.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS) as connection:
        connection.sendall(text.encode())
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


@pytest.mark.parametrize(
    ("segment", "key"),
    [
        ("JR%2F1", "JR/1"),
        ("JR-00000001%2Fcancel", "JR-00000001/cancel"),
        ("JR-00000001%2f..%2fx", "JR-00000001/../x"),
        ("a%20b", "a b"),
        ("a+b", "a+b"),
        ("%C3%A4%E2%82%AC", "ä€"),
        ("%F0%9F%92%B6", "💶"),
        ("100%25", "100%"),
        ("%252F", "%2F"),
        ("%2E%2E", ".."),
        ("a%3Fb", "a?b"),
        ("a%23b", "a#b"),
        ("a;b=c", "a;b=c"),
        ("%00", "\0"),
        ("%22%3Cb%3E", '"<b>'),
        ("%FF", "\ufffd"),
        ("x" * 2000, "x" * 2000),
    ],
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_encoded_segment_is_one_number(caller, run_completed, method, segment, key):
    """Whatever a number looks like, it is looked up, and not found under that very name."""
    answer = caller.call(method, f"/v1/journal-runs/{segment}")
    assert (answer.status, answer.codes) == (404, [50000040])
    assert answer.messages == [f"Cannot find entity by key: '{key}'."]


def test_an_encoded_slash_does_not_reach_the_cancel_route(caller, run_completed, sandbox):
    """``JR-1%2Fcancel`` is a strange number, not a request to cancel ``JR-1``."""
    answer = caller.call("PUT", f"/v1/journal-runs/{run_completed}%2Fcancel")
    assert (answer.status, answer.codes) == (405, [50000045])
    assert sandbox.run(run_completed).status.value == "Completed"


def test_a_cancel_of_an_encoded_number_is_not_found(caller):
    """The cancel route decodes its number in the same way."""
    assert caller.cancel("JR%2F1").messages == ["Cannot find entity by key: 'JR/1'."]


def test_needless_encoding_changes_nothing(caller, run_pending):
    """``%4A%52`` is ``JR``, and ``%2D`` is a hyphen, also in the fixed part of a path."""
    assert caller.get(run_pending.replace("JR", "%4A%52")).body["number"] == run_pending
    assert caller.call("GET", f"/v1/journal%2Druns/{run_pending}").body["number"] == run_pending


@UNHURRIED
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(lambda text: text not in {".", ".."}))
def test_any_text_is_one_number(caller, text):
    """Encoded as a segment, every text ends in the 40 answer with its own name."""
    answer = caller.get(quote(text, safe=""))
    assert answer.messages == [f"Cannot find entity by key: '{text}'."]


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/", "/v1/journal-runs/", "/v1/journal-runs/a/b", "/v1/a%2Fb"])
def test_an_unknown_endpoint_of_the_api_is_told(caller, path):
    """Below ``/v1`` the observed answer is 404 with code 50000040, naming the path."""
    answer = caller.call("GET", path)
    assert (answer.status, answer.codes) == (404, [50000040])
    assert answer.messages == [f"The endpoint {path} does not exist."]


@pytest.mark.parametrize("path", ["/v1", "/v2/journal-runs", "/oauth/token/", "/%76%31"])
def test_an_unknown_path_is_the_gateway_s_answer(caller, path):
    """Elsewhere the gateway answers, without an envelope."""
    answer = caller.call("GET", path)
    assert (answer.status, answer.body) == (404, {"message": "no Route matched with those values"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/journal-runs"),
        ("DELETE", "/v1/journal-runs"),
        ("PATCH", "/v1/journal-runs"),
        ("OPTIONS", "/v1/journal-runs"),
        ("PUT", "/v1/journal-runs/JR-1"),
        ("POST", "/v1/journal-runs/JR-1"),
        ("OPTIONS", "/v1/journal-runs/JR-1"),
        ("GET", "/v1/journal-runs/JR-1/cancel"),
        ("POST", "/v1/journal-runs/JR-1/cancel"),
        ("DELETE", "/v1/journal-runs/JR-1/cancel"),
    ],
)
@pytest.mark.parametrize(("version", "status"), [("2025-08-12", 405), ("341.0", 200)])
def test_a_wrong_verb_is_category_45(caller, method, path, version, status):
    """The message names the verb, and the status follows the version."""
    answer = caller.call(method, path, Zuora_Version=version)
    assert (answer.status, answer.codes) == (status, [50000045])
    assert answer.messages == [f"method '{method}' not supported"]


def test_an_unheard_of_verb_is_405(caller):
    """A verb no route lists is refused without signing in."""
    answer = caller.send("TRACE", "/v1/journal-runs")
    assert (answer.status, answer.messages) == (405, ["method 'TRACE' not supported"])


def test_a_head_request_has_no_body(caller, run_pending):
    """HEAD is not supported, and its refusal carries headers only."""
    answer = caller.call("HEAD", f"/v1/journal-runs/{run_pending}")
    assert (answer.status, answer.data) == (405, b"")
    assert caller.get(run_pending).status == 200


def test_an_absolute_address_is_understood(sandbox, caller, run_pending):
    """A proxy sends the whole address as the target."""
    target = f"{sandbox.url}/v1/journal-runs/{run_pending}?a=1"
    head = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {caller.token}\r\n\r\n"
    assert '"status":"Pending"' in raw(sandbox, head)


@pytest.mark.parametrize("target", ["/v1/journal-runs/%", "/v1/journal-runs/%zz", "/v1/journal-runs/JR-1#x", "*", "x"])
def test_odd_targets_are_answered(sandbox, target):
    """Nothing a client can write in the first line makes the server fail."""
    answer = raw(sandbox, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.split()[1] in {"400", "401", "404"}


def test_rubbish_is_refused(sandbox, caller, run_pending):
    """Bytes that are not HTTP are 400, and the server lives on."""
    assert raw(sandbox, "\x00\x01 rubbish\r\n\r\n").split()[1] == "400"
    assert caller.get(run_pending).status == 200
