"""Rate windows, requests in flight, and the 429 answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox import Fault, RateProfile
from openapi_client.sandbox.protocol.errors import GatewayRefusal, Refusal
from openapi_client.sandbox.protocol.limits import InFlight, RateWindows, TokenWindow

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TIMEOUT_SECONDS = 30


def headers_after(profile, *moments):
    windows, headers = RateWindows(profile), {}
    for moment in moments:
        windows.count(moment, headers)
    return headers


def test_the_headers_name_every_window():
    """First the quota of the tightest window, then each window with its length."""
    headers = headers_after(RateProfile(50_000, 2_250_000, 27_000_000), 0)
    assert headers["RateLimit-Limit"] == "50000, 50000;w=60, 2250000;w=3600, 27000000;w=86400"
    assert headers["RateLimit-Remaining"] == "49999"
    assert headers["RateLimit-Reset"] == "60"


def test_the_window_closest_to_its_end_comes_first():
    """When the hour is nearly used up, it is the hour that is shown."""
    headers = headers_after(RateProfile(1000, 3, 1000), 0, 60, 130)
    assert headers["RateLimit-Limit"].startswith("3, ")
    assert headers["RateLimit-Remaining"] == "0"
    assert headers["RateLimit-Reset"] == str(3600 - 130)


def test_a_request_over_the_quota_is_refused():
    """The body is the short form; it names the window and the seconds to wait."""
    windows = RateWindows(RateProfile(1, 100, 100))
    windows.count(15, {})
    with pytest.raises(GatewayRefusal) as caught:
        windows.count(20, {})
    assert caught.value.status == 429
    message = "API Rate limit exceeded for the minute, retry after 40 seconds"
    assert caught.value.body == {"reasons": [{"code": 70, "message": message}]}


def test_a_new_window_starts_empty():
    """The minute after, the quota is whole."""
    assert headers_after(RateProfile(2, 100, 100), 0, 59, 60)["RateLimit-Remaining"] == "1"


def test_a_late_reading_of_the_old_window_does_not_empty_the_new_one():
    """Requests whose time was read just before the turn, but which are counted after it, count."""
    headers = headers_after(RateProfile(10, 100, 100), 60, 60, 59.999, 60)
    assert headers["RateLimit-Remaining"] == "6"


@UNHURRIED
@given(st.lists(st.floats(0, 1000), max_size=60).map(sorted), st.integers(0, 5))
def test_no_window_lets_more_than_its_quota_through(moments, quota):
    """However requests arrive, each minute passes at most its quota."""
    windows, passed = RateWindows(RateProfile(quota, 10**6, 10**6)), {}
    for moment in moments:
        try:
            windows.count(moment, {})
        except GatewayRefusal:
            continue
        minute = moment // 60
        passed[minute] = passed.get(minute, 0) + 1
    assert all(count <= quota for count in passed.values())


def test_every_call_counts_and_says_so(sandbox, caller):
    """Success or failure, signed in or not, known or not, spoilt by a fault or not."""
    sandbox.faults.add(Fault("refusal", path="/v1/refused"))
    sandbox.faults.add(Fault("internal-error", path="/v1/broken"))
    answers = [
        caller.create(),
        caller.get("JR-9"),
        caller.get("JR-9", Authorization="Bearer wrong"),
        caller.get("JR-9", Zuora_Track_Id="a:b"),
        caller.call("GET", "/v1/nowhere"),
        caller.call("TRACE", "/v1/journal-runs"),
        caller.call("GET", "/v1/refused"),
        caller.call("GET", "/v1/broken"),
    ]
    assert [each.status for each in answers] == [200, 404, 401, 400, 404, 405, 500, 500]
    assert [int(each.headers["RateLimit-Remaining"]) for each in answers] == [*range(49_999, 49_991, -1)]
    for answer in answers:
        assert all(f"RateLimit-{name}" in answer.headers for name in ("Limit", "Reset"))
        assert answer.headers["Concurrency-Limit-Type"] == "Default"
        assert answer.headers["Concurrency-Limit-Limit"] == "40"
        assert answer.headers["Concurrency-Limit-Remaining"] == "39"


def test_what_is_no_call_of_the_api_does_not_count(caller):
    """Tokens have a limit of their own, and other paths none."""
    assert caller.sign_in().status == 200
    assert caller.call("GET", "/nowhere").status == 404
    assert caller.get("JR-1").headers["RateLimit-Remaining"] == "49999"


def test_a_call_over_a_limit_uses_up_no_fault(sandbox_with, caller_of):
    """It is refused at the door, whoever sent it."""
    sandbox = sandbox_with(concurrency_limit=0, faults=[Fault("unavailable", times=1)])
    caller = caller_of(sandbox)
    assert caller.get("JR-1").codes == [50000070]
    assert caller.get("JR-1", Authorization="Bearer wrong").codes == [50000070]
    assert [each.hits for each in sandbox.faults.active] == [0]


@pytest.mark.parametrize(
    "fault",
    [Fault("latency", delay=600, times=2), Fault("slow-drip", interval=600, times=2), Fault("timeout", times=2)],
)
def test_a_slot_is_held_from_the_arrival_to_the_last_byte(sandbox_with, caller_of, asking, eventually, fault):
    """However long the delay before the work, and however slow the answer; until the client leaves."""
    sandbox = sandbox_with(concurrency_limit=2, faults=[fault])
    caller = caller_of(sandbox)
    with asking(sandbox, caller.token), asking(sandbox, caller.token):
        eventually(lambda: not sandbox.faults.active)
        refused = caller.get("JR-1")
        assert (refused.status, refused.codes, refused.headers["Retry-After"]) == (429, [50000070], "120")
    eventually(lambda: caller.get("JR-1").headers["Concurrency-Limit-Remaining"] == "1")


def test_a_slot_is_free_once_the_last_byte_is_there(sandbox_with, caller_of):
    """Who has the whole answer can use the only slot at once, on another connection."""
    sandbox = sandbox_with(concurrency_limit=1)
    callers = [caller_of(sandbox), caller_of(sandbox)]
    assert all(caller.token for caller in callers)
    for fault in (Fault("slow-drip", interval=0), Fault("latency"), Fault("wrong-shape")):
        number = sandbox.faults.add(fault)
        assert {caller.call("GET", "/v1/journal-runs/JR-1").status for _ in range(20) for caller in callers} == {404}
        sandbox.faults.remove(number)


@pytest.mark.parametrize("version", ["2025-08-12", "341.0"])
def test_over_the_rate_the_api_answers_429(sandbox_with, caller_of, clock, version):
    """Under every version, with nothing remaining and no Retry-After, until the minute is over."""
    caller = caller_of(sandbox_with(rate_profile=RateProfile(1, 100, 100)))
    caller.version = version
    caller.get("JR-1")
    answer = caller.create()
    assert (answer.status, answer.codes) == (429, [70])
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert "Retry-After" not in answer.headers
    assert len(answer.headers["Zuora-Request-Id"]) == 36
    clock.advance(60)
    assert caller.create().status == 200


def test_slots_are_counted_per_entity():
    """One entity's load is not another's."""
    in_flight, headers = InFlight(1), {}
    with in_flight.slot("a", {}), in_flight.slot("b", headers):
        assert headers["Concurrency-Limit-Remaining"] == "0"


def test_a_slot_is_free_again_after_a_failure():
    """A request that fails gives its slot back."""
    in_flight = InFlight(1)
    with pytest.raises(KeyError), in_flight.slot("a", {}):
        raise KeyError
    with in_flight.slot("a", {}):
        pass


def test_without_a_free_slot_a_request_is_refused():
    """The refusal says when to come back."""
    in_flight, headers = InFlight(1), {}
    with in_flight.slot("a", {}), pytest.raises(Refusal) as caught, in_flight.slot("a", headers):
        pass
    assert (caught.value.status, caught.value.headers) == (429, {"Retry-After": "120"})
    assert headers["Concurrency-Limit-Remaining"] == "0"


@pytest.mark.parametrize("version", ["2025-08-12", "341.0"])
def test_over_the_concurrency_limit_the_api_answers_429(sandbox_with, caller_of, locked, eventually, tmp_path, version):
    """Under every version: 50000070 with Retry-After 120, while the others work on."""
    path = tmp_path / "sandbox.db"
    caller = caller_of(sandbox_with(db=path, concurrency_limit=1))
    caller.version = version
    assert caller.token
    refused = []

    def create_once_let_in():
        while (answer := caller.create()).status == 429:
            pass
        return answer

    def is_refused():
        answer = caller.get("JR-1")
        refused.extend([answer] if answer.status == 429 else [])
        return refused

    with ThreadPoolExecutor(1) as threads, locked(path):
        working = threads.submit(create_once_let_in)
        eventually(is_refused)
    assert refused[0].codes == [50000070]
    assert refused[0].headers["Retry-After"] == "120"
    assert refused[0].headers["Concurrency-Limit-Remaining"] == "0"
    assert working.result(TIMEOUT_SECONDS).status == 200
    assert caller.get("JR-00000001").status == 200


def test_token_windows_are_per_address():
    """One address does not use up another's minute."""
    window = TokenWindow(1)
    window.count(0, "a", {})
    window.count(0, "b", {})
    with pytest.raises(GatewayRefusal):
        window.count(1, "a", {})


def test_a_late_token_request_does_not_empty_the_new_minute():
    """As for the rate windows."""
    window, headers = TokenWindow(10), {}
    for moment in (60, 59.999, 60):
        window.count(moment, "a", headers)
    assert headers["X-RateLimit-Remaining-minute"] == "7"


def test_an_answer_over_the_rate_limit_has_the_headers_of_slots(sandbox_with, caller_of):
    """They are on every answer of the API; a request that is not let in takes no slot."""
    caller = caller_of(sandbox_with(rate_profile=RateProfile(0, 10, 10)))
    answer = caller.get("JR-1", Zuora_Track_Id="close")
    assert answer.status == 429
    names = ("Concurrency-Limit-Type", "Concurrency-Limit-Limit", "Concurrency-Limit-Remaining", "Zuora-Track-Id")
    assert [answer.headers[name] for name in names] == ["Default", "40", "40", "close"]
