"""The control endpoints below ``/_sandbox/``."""

from __future__ import annotations

import json
from datetime import date

import pytest

from openapi_client.sandbox import Fault


@pytest.fixture
def control(caller):
    """Ask a control endpoint; no credentials are sent."""

    def ask(method, path, body=None, **headers):
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body)
        return caller.send(method, f"/_sandbox/{path}", data, {k.replace("_", "-"): v for k, v in headers.items()})

    return ask


def test_the_state_is_all_there_is(control, run_completed, sandbox):
    """Clock, runs with entries and history, faults with their seed."""
    state = control("GET", "state").body
    assert set(state) == {"clock", "runs", "faults", "seed"}
    (run,) = state["runs"]
    assert (run["number"], run["status"], run["is_held"]) == (run_completed, "Completed", False)
    assert [each["transaction_type"] for each in run["entries"]] == ["Invoice Item", "External Payment"]
    assert [(each["status"], each["at"][11:19]) for each in run["history"]] == [
        ("Pending", "12:00:00"),
        ("Processing", "12:00:01"),
        ("Completed", "12:00:03"),
    ]
    assert [(each.status.value) for each in sandbox.history(run_completed)] == ["Pending", "Processing", "Completed"]


def test_a_history_tells_of_every_way(control, caller, run_partly_cancelled, sandbox):
    """Also of one that leads back."""
    statuses = [each["status"] for each in control("GET", "state").body["runs"][0]["history"]]
    assert statuses == ["Pending", "Processing", "Completed", "CancelInprogress", "Completed"]


def test_a_deleted_run_leaves_no_history(sandbox, run_deleting, clock):
    """It is gone as a whole."""
    clock.advance(1)
    with pytest.raises(LookupError):
        sandbox.history(run_deleting)


def test_the_clock_is_advanced(control, clock):
    """By seconds."""
    before = clock.now()
    shown = control("POST", "clock", {"advance": 90}).body["clock"]
    assert (clock.now() - before).total_seconds() == 90
    assert shown == {"now": "2026-06-15T12:01:30.000+00:00", "frozen": True, "speed": 1.0}
    assert control("GET", "clock").body == {"clock": shown}


def test_the_clock_runs_and_stands_still(control, clock):
    """At a speed."""
    assert control("POST", "clock", {"frozen": False, "speed": 60}).body["clock"]["speed"] == 60
    assert (clock.is_frozen, clock.speed) == (False, 60)
    control("POST", "clock", {"frozen": True})
    assert clock.is_frozen


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({}, "the fields should be among: advance, frozen, speed"),
        ({"back": 1}, "the fields should be among: advance, frozen, speed"),
        ({"advance": -1}, "the clock only goes forward, by a number of seconds"),
        ({"advance": "1"}, "advance should be a number"),
        ({"advance": 1e300}, "the clock should not lead beyond the year 9000"),
        ({"speed": 0}, "speed should be above 0 and at most 1e+06"),
        ({"speed": True}, "speed should be a number"),
        ({"frozen": 1}, "frozen should be true or false"),
        ([], "the body should be a JSON object"),
        ({"speed": 1e300}, "speed should be above 0 and at most 1e+06"),
        ({"speed": 1e6 + 1}, "speed should be above 0 and at most 1e+06"),
        ({"speed": -1}, "speed should be above 0 and at most 1e+06"),
        ({"speed": 10**400}, "speed should be above 0 and at most 1e+06"),
        ({"speed": "fast"}, "speed should be a number"),
        ({"speed": None}, "speed should be a number"),
        ({"advance": False}, "advance should be a number"),
        ({"advance": 10**400}, "the clock should not lead beyond the year 9000"),
        ({"advance": 3e11}, "the clock should not lead beyond the year 9000"),
        (b'{"advance": 1e999}', "the clock only goes forward, by a number of seconds"),
        (b'{"speed": NaN}', "the body should be JSON: NaN is no number in JSON"),
        (b'{"advance": -Infinity}', "the body should be JSON: -Infinity is no number in JSON"),
        (b'{"a": ' + b"[" * 50_000, "the body should be JSON: it is nested too deeply"),
        (b'{"\\ud800": 1}', "the body should be JSON: it holds half a surrogate pair"),
    ],
)
def test_a_wrong_setting_of_the_clock_is_explained(control, clock, body, complaint):
    """And changes nothing."""
    before = clock.now()
    answer = control("POST", "clock", body)
    assert (answer.status, answer.body) == (400, {"message": complaint})
    assert (clock.now(), clock.is_frozen, clock.speed) == (before, True, 1.0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((name, value) for name in ("times", "retry_after") for value in (-1, 1.5, "1", True, 10**400)),
        *((name, value) for name in ("seconds", "delay", "probability") for value in (-1, "1", True, 1e300, 10**400)),
        ("delay", 3601),
        ("probability", 1.1),
        ("category", 1),
        ("path", 5),
    ],
)
def test_a_number_of_a_fault_has_limits(control, field, value):
    """Whatever JSON holds in its place; nothing is in force then."""
    answer = control("POST", "faults", {"kind": "unavailable", field: value})
    assert answer.status == 400
    assert answer.body["message"].startswith(field)
    assert control("GET", "faults").body["faults"] == []


@pytest.mark.parametrize("number", ["9" * 5000, "1e3", "-1", "x"])
def test_the_number_of_a_fault_may_be_anything(control, number):
    """There is no such fault."""
    assert control("DELETE", f"faults/{number}").status == 404


def test_a_large_control_request_is_refused(control):
    """As one to the API is."""
    assert control("POST", "faults", b" " * 1_000_001).status == 413


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", b'{"kind": "refusal", "message": "\\ud800"}'),
        ("faults", b'{"kind": "latency", "path": "/\\udfff"}'),
        ("periods", b'{"name": "\\ud800", "start": "2026-06-01"}'),
        ("periods", b'{"start": ' + b"[" * 50_000),
        ("runs/JR-00000001/transfer", b'{"entry": "\\ud800"}'),
    ],
)
def test_a_text_that_cannot_be_shown_is_refused(control, caller, run_pending, path, body):
    """And the page and the state are shown as before."""
    assert control("POST", path, body).status == 400
    assert (caller.send("GET", "/").status, control("GET", "state").status) == (200, 200)


def test_the_page_shows_whatever_a_fault_says(caller, sandbox, control):
    """Also a text that a program put in, with half a surrogate pair."""
    with pytest.raises(ValueError, match="message should be a text"):
        Fault("refusal", message="\ud800")
    sandbox.add_period("\N{GRINNING FACE}", date(2026, 1, 1))
    caller.create({"accountingPeriodName": "x"}, X_Text="caf\xe9")
    assert (caller.send("GET", "/").status, control("GET", "requests").status) == (200, 200)


def test_a_run_is_steered(control, run_pending, clock):
    """Held, released, and shown."""
    assert control("POST", f"runs/{run_pending}/hold").body["is_held"] is True
    clock.advance(10)
    assert control("POST", f"runs/{run_pending}/release", {}).body["status"] == "Completed"


def test_a_run_is_failed(control, run_processing):
    """It ends in Error."""
    assert control("POST", f"runs/{run_processing}/fail").body["status"] == "Error"


def test_an_entry_is_transferred(control, run_completed):
    """The one that is named, or the first."""
    for body in ({"entry": "JE-00000002"}, None):
        run = control("POST", f"runs/{run_completed}/transfer", body).body
    assert [each["transferred_to_accounting"] for each in run["entries"]] == ["Yes", "Yes"]


@pytest.mark.parametrize(
    ("path", "body", "status", "complaint"),
    [
        ("runs/JR-1/hold", None, 404, "no journal run JR-1"),
        ("runs/{run}/hold", None, 409, "{run} is Completed, neither Pending nor Processing"),
        ("runs/{run}/fail", None, 409, "{run} is Completed, neither Pending nor Processing"),
        ("runs/{run}/transfer", {"entry": "JE-9"}, 409, "{run} has no entry JE-9 that could be transferred"),
        ("runs/{run}/transfer", {"entry": 9}, 400, "entry should be the number of a journal entry"),
        ("runs/{run}/stop", None, 404, "the last part of the path should be one of: hold, release, fail, transfer"),
    ],
)
def test_what_a_run_cannot_do_is_explained(control, run_completed, path, body, status, complaint):
    """404 for what is not there, 409 for the wrong moment."""
    answer = control("POST", path.format(run=run_completed), body)
    assert (answer.status, answer.body) == (status, {"message": complaint.format(run=run_completed)})


def test_periods_are_listed_and_added(control, caller):
    """A run can be made for a new one."""
    period = {"name": "FY26 13", "start": "2026-06-01", "end": "2026-06-30", "state": "Open"}
    assert control("POST", "periods", period).body == period
    assert period in control("GET", "periods").body["periods"]
    order = {"journalEntryDate": "2026-06-30", "accountingPeriodName": "FY26 13",
             "transactionTypes": [{"type": "Invoice Item"}]}  # fmt: skip
    assert caller.create(order).status == 200


def test_a_wrong_period_is_explained(control):
    """The message names the field."""
    answer = control("POST", "periods", {"name": "X", "start": "June"})
    assert (answer.status, answer.body["message"]) == (400, "the period.start should be a date such as 2026-03-01")


def test_requests_are_paged_by_their_number(control, caller, run_pending):
    """Page after page, each exchange comes once, without credentials."""
    for _ in range(4):
        caller.get(run_pending)
    seen, after = [], 0
    while after is not None:
        page = control("GET", f"requests?after={after}&limit=2").body
        seen += page["requests"]
        after = page["next"]
    assert [each["id"] for each in seen] == [1, 2, 3, 4, 5, 6]
    assert [each["method"] for each in seen] == ["POST", "POST", "GET", "GET", "GET", "GET"]
    assert caller.token not in json.dumps(seen)
    assert {each["request_headers"].get("authorization", "***") for each in seen} == {"***"}


@pytest.mark.parametrize("query", ["after=x", "limit=0", "limit=101", "limit=-1", f"after={'9' * 5000}"])
def test_a_wrong_page_is_explained(control, query):
    """The message names the parameter."""
    answer = control("GET", f"requests?{query}")
    assert answer.status == 400
    assert answer.body["message"].startswith(query.partition("=")[0])


def test_control_requests_leave_no_trace(control, caller, sandbox, run_pending):
    """They are neither recorded nor counted, nor do they suffer faults."""
    control("POST", "faults", {"kind": "unavailable", "path": "*", "method": "*"})
    count, left = len(sandbox.requests), []
    for path in ("state", "requests", "faults", "nothing"):
        assert control("GET", path).status in (200, 404)
    assert len(sandbox.requests) == count
    control("DELETE", "faults")
    left = [int(caller.get(run_pending).headers["RateLimit-Remaining"]) for _ in range(2)]
    assert left == [49998, 49997]


def test_faults_are_added_shown_and_cleared(control, caller, run_pending):
    """Each has a number."""
    added = control("POST", "faults", {"kind": "unavailable", "method": "GET", "retry_after": 3, "times": 2}).body
    assert added["id"] == 1
    assert caller.get(run_pending).status == 503
    (shown,) = control("GET", "faults").body["faults"]
    assert (shown["id"], shown["hits"], shown["kind"], shown["times"]) == (1, 1, "unavailable", 2)
    assert control("DELETE", "faults/1").body["faults"] == []
    assert control("DELETE", "faults/1").status == 404
    control("POST", "faults", {"kind": "latency"})
    assert control("DELETE", "faults").body["faults"] == []


def test_a_wrong_fault_is_explained(control):
    """The message names the field."""
    answer = control("POST", "faults", {"kind": "latency", "times": 0})
    assert (answer.status, answer.body["message"]) == (400, "times should be a whole number from 1 to 1e+12")


def test_a_reset_empties_the_sandbox(control, sandbox, run_pending):
    """And shows the state thereafter."""
    assert control("POST", "reset").body["runs"] == []
    assert sandbox.requests == []


def test_a_reset_may_include_the_clock(control, clock):
    """Otherwise it goes on."""
    clock.advance(60)
    clock.set_speed(5)
    assert control("POST", "reset", {"clock": False}).body["clock"]["now"].startswith("2026-06-15T12:01:00")
    assert control("POST", "reset", {"clock": True}).body["clock"] == {
        "now": "2026-06-15T12:00:00.000+00:00",
        "frozen": True,
        "speed": 1.0,
    }


@pytest.mark.parametrize("body", [{"clock": 1}, {"runs": True}])
def test_a_reset_of_something_else_is_refused(control, body):
    """In words."""
    answer = control("POST", "reset", body)
    assert (answer.status, answer.body["message"]) == (400, "the only field is clock, true or false")


def test_tokens_are_revoked(control, caller, run_pending):
    """The next call is not signed in."""
    assert control("POST", "tokens/revoke").body == {"revoked": 1}
    assert caller.get(run_pending).status == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "reset", 405), ("POST", "state", 405), ("GET", "x", 404), ("DELETE", "faults/x", 404)],
)
def test_a_wrong_path_or_verb_is_json(control, method, path, status):
    """With a message, as every failure."""
    answer = control(method, path)
    assert (answer.status, list(answer.body)) == (status, ["message"])


# --- foreign web pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "evil.example"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Host": "evil.example:80", "Origin": "http://evil.example:80", "Sec_Fetch_Site": "same-origin"},
    ],
)
def test_a_foreign_page_steers_nothing(control, sandbox, run_pending, headers):
    """Whether it comes from another origin, or under a public name that leads here."""
    answer = control("POST", "reset", **headers)
    assert (answer.status, list(answer.body)) == (403, ["message"])
    assert len(sandbox.runs()) == 1


@pytest.mark.parametrize("path", ["/_sandbox/state", "/_sandbox/requests", "/_sandbox/static/inspector.js", "/"])
def test_a_public_name_that_leads_here_sees_nothing(caller, path):
    """A page whose name was bound to this machine after it was loaded may not read, either."""
    assert caller.send("GET", path, headers={"Host": "evil.example"}).status == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:4711", "[::1]:80", "sandbox:8080", "app.localhost"])
def test_a_local_name_is_good(caller, host):
    """An IP address, a name without a dot as in a container network, and what is below ``localhost``."""
    assert caller.send("GET", "/_sandbox/state", headers={"Host": host}).status == 200


def test_its_own_page_may_steer(control, sandbox):
    """The inspector sends the origin of the sandbox."""
    assert control("POST", "reset", Origin=sandbox.url, Sec_Fetch_Site="same-origin").status == 200
