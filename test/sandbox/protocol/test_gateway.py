"""What every call goes through: ids, versions, order of the checks."""

from __future__ import annotations

import re
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox.protocol.errors import Refusal
from openapi_client.sandbox.protocol.gateway import echo_track_id
from openapi_client.sandbox.protocol.payload import LARGEST_BODY_BYTES

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
UNKNOWN = "JR-00000041"


@pytest.mark.parametrize(
    ("version", "status"),
    [
        (None, 200),
        ("186.0", 200),
        ("341.0", 200),
        ("never-heard-of", 200),
        ("2024-05-20", 404),
        ("2025-08-12", 404),
    ],
)
def test_the_version_decides_the_status_of_a_failure(caller, version, status):
    """Below 2024-05-20 a failure is HTTP 200 with ``success: false``, from then on 404."""
    answer = caller.get(UNKNOWN, Zuora_Version=version or "")
    assert answer.status == status
    assert answer.body["success"] is False
    assert answer.codes == [50000040]
    assert answer.messages == [f"Cannot find entity by key: '{UNKNOWN}'."]
    assert re.fullmatch("[0-9A-F]{16}", answer.body["processId"])


def test_the_version_header_is_read_in_any_case(caller):
    """Header names do not depend on case."""
    headers = {"authorization": f"Bearer {caller.token}", "zuora-VERSION": "2025-08-12"}
    assert caller.send("GET", f"/v1/journal-runs/{UNKNOWN}", headers=headers).status == 404


def test_the_tenant_setting_counts_without_a_header(sandbox_with, caller_of):
    """An upgraded tenant uses real statuses by itself, unless the request says otherwise."""
    caller = caller_of(sandbox_with(tenant_version="2024-05-20"))
    assert caller.get(UNKNOWN, Zuora_Version="").status == 404
    assert caller.get(UNKNOWN, Zuora_Version="341.0").status == 200


def test_every_answer_has_a_request_id(caller, run_pending):
    """A UUID, new for each request, and the one of the body when a body names one."""
    answers = [
        caller.sign_in(),
        caller.sign_in(client_secret="wrong"),
        caller.get(run_pending),
        caller.get(UNKNOWN),
        caller.create({}),
        caller.get(run_pending, Authorization="Bearer wrong"),
        caller.call("GET", "/nowhere"),
        caller.call("GET", "/v1/nowhere"),
        caller.call("TRACE", "/v1/journal-runs"),
        caller.call("HEAD", "/v1/journal-runs"),
    ]
    ids = [answer.headers["Zuora-Request-Id"] for answer in answers]
    assert [str(uuid.UUID(each)) for each in ids] == ids
    assert len(set(ids)) == len(ids)
    for answer in answers:
        assert (
            not answer.data
            or answer.body.get("requestId", answer.headers["Zuora-Request-Id"]) == (answer.headers["Zuora-Request-Id"])
        )


def test_a_track_id_is_echoed(caller, run_pending):
    """On success and on failure alike."""
    assert caller.get(run_pending, Zuora_Track_Id="close-2026").headers["Zuora-Track-Id"] == "close-2026"
    assert caller.get(UNKNOWN, Zuora_Track_Id="close-2026").headers["Zuora-Track-Id"] == "close-2026"


def test_no_track_id_is_invented(caller, run_pending):
    """The header is only there when it was sent."""
    assert "Zuora-Track-Id" not in caller.get(run_pending).headers


@pytest.mark.parametrize("track_id", ["a" * 65, "a:b", "a;b", 'a"b', "a'b", "ä"])
def test_a_bad_track_id_is_refused(caller, run_pending, track_id):
    """At most 64 US-ASCII characters, four of them forbidden; a bad one is not echoed."""
    answer = caller.get(run_pending, Zuora_Track_Id=track_id)
    assert (answer.status, answer.codes) == (400, [50000020])
    assert "Zuora-Track-Id" not in answer.headers


@UNHURRIED
@given(st.text(max_size=80))
def test_only_a_valid_track_id_is_echoed(track_id):
    """What is echoed is what was sent, and harmless as a header."""
    headers = {}
    try:
        echo_track_id(track_id, headers)
    except Refusal:
        assert headers == {}
    else:
        assert headers == {"Zuora-Track-Id": track_id}
        assert track_id.isascii()
        assert track_id.isprintable()


def test_signing_in_comes_before_everything_else(caller):
    """A stranger does not learn which runs there are."""
    answer = caller.cancel(UNKNOWN, b"rubbish", Authorization="Bearer wrong")
    assert answer.status == 401


def test_answers_are_json(caller, run_pending):
    """The media type names its character set."""
    for answer in (caller.get(run_pending), caller.get(UNKNOWN), caller.call("GET", "/nowhere")):
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
        assert int(answer.headers["Content-Length"]) == len(answer.data)


@pytest.mark.parametrize("path", ["/v1/journal-runs", "/oauth/token", "/v1/nothing", "/elsewhere"])
def test_a_body_that_is_too_large_is_refused_first(sandbox, caller, path):
    """Before anybody is asked who it is; nothing of it is kept."""
    answer = caller.send("POST", path, b"x" * (LARGEST_BODY_BYTES + 1), {"Content-Type": "application/json"})
    assert (answer.status, answer.body) == (413, {"message": "Request size limit exceeded"})
    assert len(answer.headers["Zuora-Request-Id"]) == 36
    assert sandbox.requests[-1].request_body == "(1000001 bytes, too many to be read)"


def test_a_body_of_the_largest_size_is_asked_who_it_is(caller):
    """The limit itself is allowed."""
    assert caller.send("POST", "/v1/journal-runs", b"x" * LARGEST_BODY_BYTES).status == 401


@pytest.mark.parametrize("item", [{"type": "x"}, {"type": 1}, {"type": [1]}, {}, {"type": None}, 5])
def test_an_answer_is_not_much_larger_than_its_request(caller, order, item):
    """Tens of thousands of equal mistakes are told once, and of others only some."""
    order["transactionTypes"] = [item] * 60_000
    answer = caller.create(order)
    assert answer.status == 400
    assert len(answer.data) < 10_000
