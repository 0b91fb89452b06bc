"""What each kind of fault does on the wire."""

from __future__ import annotations

import json
import socket
import threading

import pytest
import urllib3

from openapi_client.sandbox import Fault
from openapi_client.sandbox.faults.fault import KINDS

TIMEOUT_SECONDS = 20
RUN = "/v1/journal-runs/JR-00000001"
RUNS = "/v1/journal-runs"


def signed_in(caller):
    assert caller.token
    return caller


@pytest.mark.parametrize("kind", ["reset-before-commit", "reset-after-commit"])
@pytest.mark.parametrize("method", ["POST", "HEAD"])
def test_a_reset_is_a_reset(sandbox, caller, kind, method):
    """The client's socket gets a TCP reset, not an orderly end."""
    sandbox.faults.add(Fault(kind))
    with socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2])), TIMEOUT_SECONDS) as client:
        client.sendall(f"{method} {RUNS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".encode())
        with pytest.raises(ConnectionResetError):
            client.recv(1)


@pytest.mark.parametrize(("kind", "created"), [("reset-before-commit", 0), ("reset-after-commit", 1)])
def test_a_reset_comes_before_or_after_the_work(sandbox, caller, kind, created):
    """Before: there is no run. After: there is one of which the client knows nothing."""
    sandbox.faults.add(Fault(kind, "POST", RUNS, times=1))
    with pytest.raises(urllib3.exceptions.ProtocolError):
        caller.create()
    assert len(sandbox.runs()) == created
    assert caller.create().status == (200 if created == 0 else 400)


def test_a_lost_answer_can_be_had_by_its_key(sandbox, caller):
    """After a reset, the same idempotency key gives the answer that was lost, and no second run."""
    sandbox.faults.add(Fault("reset-after-commit", "POST", times=1))
    with pytest.raises(urllib3.exceptions.ProtocolError):
        caller.create(Idempotency_Key="march")
    assert caller.create(Idempotency_Key="march").body["journalRunNumber"] == "JR-00000001"
    assert len(sandbox.runs()) == 1


@pytest.mark.parametrize(("commits", "created"), [(False, 0), (True, 1)])
def test_no_answer_comes(sandbox, caller, commits, created, eventually):
    """The connection stays open without a byte, and the worker is free once the client has left."""
    sandbox.faults.add(Fault("timeout", "POST", times=1, commits=commits))
    signed_in(caller)
    with socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2])), TIMEOUT_SECONDS) as client:
        body = json.dumps({"journalEntryDate": "2026-06-30", "accountingPeriodName": "Jun 2026",
                           "transactionTypes": [{"type": "Invoice Item"}]})  # fmt: skip
        head = f"POST {RUNS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {caller.token}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        client.sendall((head + body).encode())
        eventually(lambda: sandbox.requests[-1].fault == "timeout")
        client.setblocking(False)
        with pytest.raises(BlockingIOError):
            client.recv(1)
    assert len(sandbox.runs()) == created


def test_a_server_ends_in_spite_of_requests_without_an_answer(sandbox, caller, eventually):
    """Nobody has to wait for a client's patience."""
    sandbox.faults.add(Fault("timeout"))
    signed_in(caller)
    ended = []

    def ask():
        try:
            caller.get("JR-00000001")
        except urllib3.exceptions.HTTPError as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    eventually(lambda: sandbox.requests[-1].fault == "timeout")
    sandbox.stop()
    thread.join(TIMEOUT_SECONDS)
    assert isinstance(ended[0], urllib3.exceptions.ProtocolError)


def test_a_truncated_body_lacks_its_end(sandbox, caller, run_pending):
    """The length is that of the whole answer, of which half arrives."""
    sandbox.faults.add(Fault("truncated-body"))
    with pytest.raises(urllib3.exceptions.ProtocolError, match="IncompleteRead"):
        caller.get(run_pending)


def test_a_slow_drip_is_whole(sandbox, caller, run_pending):
    """Byte after byte, the usual answer arrives."""
    sandbox.faults.add(Fault("slow-drip", interval=0.0001, times=1))
    assert caller.get(run_pending).data == caller.get(run_pending).data


def test_latency_is_the_usual_answer(sandbox, caller, run_pending):
    """Only later."""
    sandbox.faults.add(Fault("latency", delay=0.01, times=1))
    assert caller.get(run_pending).body == caller.get(run_pending).body


def test_invalid_json_has_a_fitting_length(sandbox, caller, run_pending):
    """The answer arrives whole, with status 200, and cannot be read."""
    sandbox.faults.add(Fault("invalid-json"))
    answer = caller.get(run_pending)
    assert (answer.status, int(answer.headers["Content-Length"])) == (200, len(answer.data))
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        json.loads(answer.data)


def test_a_wrong_shape_is_an_array(sandbox, caller, run_pending):
    """JSON, but not the object that the API promises."""
    sandbox.faults.add(Fault("wrong-shape"))
    assert [each["number"] for each in caller.get(run_pending).body] == [run_pending]


@pytest.mark.parametrize(
    ("fault", "status", "start", "headers"),
    [
        (Fault("rate-limit"), 429, b'{"reasons":[{"code":70,', {"RateLimit-Remaining": "0", "Retry-After": None}),
        (Fault("rate-limit", retry_after=7), 429, b'{"reasons":[{"code":70,', {"Retry-After": "7"}),
        (Fault("concurrency-limit"), 429, b'{"success":false,', {"Retry-After": "120"}),
        (Fault("concurrency-limit", retry_after=1), 429, b'{"success":false,', {"Retry-After": "1"}),
        (Fault("internal-error"), 500, b'{"reasons":[{"code":"SystemError",', {}),
        (Fault("bad-gateway"), 502, b"<html>", {"Content-Type": "text/html"}),
        (Fault("unavailable"), 503, b"<html>", {"Retry-After": None}),
        (Fault("unavailable", retry_after=0), 503, b"<html>", {"Retry-After": "0"}),
        (Fault("gateway-timeout"), 504, b"<html>", {"Retry-After": None}),
        (Fault("gateway-timeout", retry_after=3), 504, b"<html>", {"Retry-After": "3"}),
        (Fault("refusal", category=50, message="locked"), 409, b'{"success":false,', {}),
        (Fault("refusal"), 500, b'{"success":false,', {}),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else None,
)
def test_an_answer_instead(sandbox, caller, fault, status, start, headers):
    """Status, form and headers of each kind that answers in place of the API; nothing is done."""
    sandbox.faults.add(fault)
    answer = caller.create()
    assert answer.status == status
    assert answer.data.startswith(start)
    assert {name: answer.headers.get(name) for name in headers} == headers
    assert sandbox.runs() == []


@pytest.mark.parametrize("kind", ["internal-error", "bad-gateway", "unavailable", "gateway-timeout"])
def test_an_answer_of_the_gateway_may_hide_a_run(sandbox, caller, kind):
    """With ``commits``, the request was carried out behind the error."""
    sandbox.faults.add(Fault(kind, "POST", commits=True))
    assert caller.create().status >= 500
    assert len(sandbox.runs()) == 1


def test_a_refusal_follows_the_version_of_the_request(sandbox, caller):
    """Under an old minor version it comes as HTTP 200 with ``success: false``."""
    sandbox.faults.add(Fault("refusal", category=61, message="later"))
    answer = caller.get("JR-1", Zuora_Version="341.0")
    assert (answer.status, answer.body["success"], answer.codes, answer.messages) == (200, False, [50000061], ["later"])


def test_an_expired_token_stays_expired(sandbox, caller, run_pending):
    """It strikes once; the token is refused until there is a new one."""
    sandbox.faults.add(Fault("expired-token", times=1))
    assert [caller.get(run_pending).status for _ in range(2)] == [401, 401]
    caller.forget_token()
    assert caller.get(run_pending).status == 200


def test_the_token_endpoint_has_its_own_form_of_a_limit(sandbox, caller):
    """And is spared, unless the path of a fault says so."""
    sandbox.faults.add(Fault("unavailable"))
    assert caller.sign_in().status == 200
    sandbox.faults.add(Fault("rate-limit", path="/oauth/*"))
    answer = caller.sign_in()
    assert (answer.status, answer.body) == (429, {"message": "API rate limit exceeded"})


LIMITS = {"ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"}
SLOTS = {"concurrency-limit-type", "concurrency-limit-limit", "concurrency-limit-remaining"}
APPLICATION_KINDS = ["rate-limit", "concurrency-limit", "internal-error", "expired-token", "refusal", "wrong-shape"]


@pytest.mark.parametrize("kind", APPLICATION_KINDS)
def test_an_answer_of_the_application_has_its_headers(sandbox, caller, kind):
    """Track id, rate limit and concurrency limit, as without a fault."""
    sandbox.faults.add(Fault(kind, times=1))
    headers = caller.get("JR-1", Zuora_Track_Id="close-2026").headers
    assert (headers["Zuora-Track-Id"], len(headers["Zuora-Request-Id"])) == ("close-2026", 36)
    assert (LIMITS | SLOTS) - set(map(str.lower, headers)) == set()
    assert caller.get("JR-1").headers["RateLimit-Remaining"] == "49998"


@pytest.mark.parametrize("kind", ["rate-limit", "internal-error", "refusal", "latency"])
def test_an_answer_of_the_token_endpoint_has_its_headers(sandbox, caller, kind):
    """Its own limit, and none of the API's."""
    sandbox.faults.add(Fault(kind, path="/oauth/*"))
    headers = caller.sign_in().headers
    assert headers["X-RateLimit-Limit-minute"] == "100"
    assert headers["X-RateLimit-Remaining-minute"] == ("0" if kind == "rate-limit" else "99")
    assert (LIMITS | SLOTS) & set(map(str.lower, headers)) == set()


@pytest.mark.parametrize("kind", ["internal-error", "rate-limit"])
def test_an_answer_under_a_fault_follows_the_options(sandbox_with, caller_of, kind):
    """Compressed and with codes as text, as any other."""
    sandbox = sandbox_with(faults=[Fault(kind)], gzip="always", string_codes=True)
    answer = caller_of(sandbox).get("JR-1")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.codes[0] in ("SystemError", "70")


def test_a_spoilt_answer_is_not_compressed(sandbox_with, caller_of):
    """What is no JSON can be seen to be none."""
    sandbox = sandbox_with(faults=[Fault("wrong-shape")], gzip="always")
    assert isinstance(caller_of(sandbox).get("JR-1").body, list)


def test_a_path_that_does_not_exist_can_fail_as_well(sandbox, caller):
    """A fault is about what is asked for, not about what is there."""
    sandbox.faults.add(Fault("unavailable", path="/v1/bill-runs", times=1))
    assert [caller.call("GET", "/v1/bill-runs").status for _ in range(2)] == [503, 404]


def test_a_struck_request_is_recorded(sandbox, caller, run_pending):
    """With the kind of fault; no answer is status 0."""
    for kind in ("reset-before-commit", "bad-gateway"):
        sandbox.faults.add(Fault(kind, times=1))
    with pytest.raises(urllib3.exceptions.ProtocolError):
        caller.get(run_pending)
    caller.get(run_pending)
    caller.get(run_pending)
    assert [(each.fault, each.status) for each in sandbox.requests[-3:]] == [
        ("reset-before-commit", 0),
        ("bad-gateway", 502),
        ("", 200),
    ]


def test_every_kind_is_tried_here():
    """A new kind needs a test of what it does."""
    with open(__file__, encoding="utf-8") as file:
        text = file.read()
    assert [kind for kind in KINDS if f'Fault("{kind}"' not in text and f'"{kind}"' not in text] == []
