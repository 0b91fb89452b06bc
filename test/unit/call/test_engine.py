"""The life of a call on the in-memory transport: what is sent again, what is said about it, and when it ends."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import pytest
import urllib3
from support.clock import FrozenClock
from support.faults import KEY, NEW, NUMBER, REQUEST, RUN, create, create_without_key, get
from support.memory import (
    NOT_SENT,
    RESET,
    STALE,
    Issuer,
    Memory,
    api_over,
    api_with_oauth,
    path_of,
    refusal,
    reply,
    slept,
)

import openapi_client as oc
from openapi_client._call.operation import CONFIGURED
from openapi_client._call.tokens import MemoryTokenCache
from openapi_client._policy.history import Failure

GIVEN = {"Retry-After": "120"}


@pytest.mark.parametrize("failure", [RESET, NOT_SENT, reply(429), reply(500), reply(503), refusal(50000061)])
def test_a_failure_that_passes(failure: Any) -> None:
    """A failure that may pass is followed by another attempt with the same request."""
    transport = Memory(failure, reply(200, NEW))
    assert create(api_over(transport)) == NUMBER
    first, second = transport.requests
    assert first == second
    assert first.headers["Idempotency-Key"] == KEY
    assert json.loads(first.body or "") == REQUEST


def test_attempts_are_counted() -> None:
    """The default policy makes four attempts, with growing pauses between them."""
    transport = Memory(*[RESET] * 4)
    api = api_over(transport)
    with pytest.raises(oc.TransportException, match="reset") as caught:
        create(api)
    assert (caught.value.attempts, caught.value.method, caught.value.path) == (4, "POST", "/v1/journal-runs")
    assert (caught.value.outcome_unknown, caught.value.idempotency_key) == (True, KEY)
    assert slept(api) == [1.0, 2.0, 4.0]


def test_answer_of_a_later_attempt() -> None:
    """The answer knows how many requests it took and how long."""
    api = api_over(Memory(RESET, reply(503), reply(200, RUN, {"Zuora-Request-Id": "rid"})))
    answer = api.get_journal_run_with_http_info(NUMBER)
    assert (answer.data.number, answer.status_code, answer.attempts, answer.elapsed) == (NUMBER, 200, 3, 3.0)
    assert answer.request_id == "rid"


def test_a_dead_connection_is_replaced_at_once() -> None:
    """A reused connection that turns out dead costs neither a pause nor an attempt of the policy."""
    api = api_over(Memory(STALE, reply(200, RUN)), retries=0)
    assert get(api) == NUMBER
    assert slept(api) == []


def test_a_keyless_create_is_not_sent_over_a_new_connection() -> None:
    """A create without a key that may have left is never sent again, not even for a dead connection."""
    transport = Memory(STALE)
    with pytest.raises(oc.TransportException) as caught:
        create_without_key(api_over(transport))
    assert (caught.value.outcome_unknown, caught.value.attempts, caught.value.is_stale) == (True, 1, True)
    assert len(transport.requests) == 1


def test_a_keyless_create_is_not_sent_with_a_new_token() -> None:
    """Nor is it for a refused token that comes with an error of the service: that may have struck after the work."""
    issuer = Issuer(Memory(refusal(50000011, status=500))._next)
    with pytest.raises(oc.ServiceException) as caught:
        create_without_key(api_with_oauth(issuer))
    assert (caught.value.outcome_unknown, caught.value.attempts, len(issuer.forms)) == (True, 1, 1)


@pytest.mark.parametrize("act", [get, create])
def test_a_dead_connection_is_replaced_once(act: Any) -> None:
    """The second dead connection of a call is a failure as any other."""
    transport = Memory(STALE, STALE)
    with pytest.raises(oc.TransportException) as caught:
        act(api_over(transport, retries=0))
    assert (caught.value.attempts, len(transport.requests)) == (2, 2)


def test_later_dead_connections_count() -> None:
    """Beyond the first one, dead connections use up the attempts of the policy."""
    transport = Memory(*[STALE] * 3, reply(200, RUN))
    api = api_over(transport, retries=2)
    assert get(api) == NUMBER
    assert slept(api) == [1.0, 2.0]


def test_a_conflict_without_a_key_is_a_conflict() -> None:
    """Without a key a 409 that looks like a success was another caller's, and is an error."""
    transport = Memory(reply(409, NEW))
    with pytest.raises(oc.ConflictException) as caught:
        create_without_key(api_over(transport))
    assert (caught.value.status, caught.value.outcome_unknown, len(transport.requests)) == (409, False, 1)


def test_replay() -> None:
    """Under a key a 409 with the stored success is that success, with its status."""
    answer = api_over(Memory(RESET, reply(409, NEW))).create_journal_run_with_http_info(REQUEST, idempotency_key=KEY)
    assert (answer.data.journal_run_number, answer.status_code, answer.attempts) == (NUMBER, 200, 2)


@pytest.mark.parametrize("body", [{"success": False}, {"success": "true"}, [True], b"true", b"<html>", b"", b"\xff"])
def test_conflicts_that_are_no_replay(body: Any) -> None:
    """Any other 409 under a key is an error, or an earlier request in progress."""
    with pytest.raises(oc.ConflictException):
        create(api_over(Memory(reply(409, body)), retries=0))


def unread(api: oc.JournalRunsApi, act: str, *args: Any, **options: Any) -> Any:
    """The body of an answer that the client has not read, and its status: it has to be one of urllib3's."""
    response = getattr(api, act)(*args, _preload_content=False, **options)
    assert isinstance(response, urllib3.HTTPResponse)
    assert {"Content-Length", "Content-Encoding", "Transfer-Encoding"}.isdisjoint(response.headers)
    return response.status, response.headers.get("Zuora-Request-Id"), json.loads(response.read())


ENCODED = {"Zuora-Request-Id": "rid", "Content-Encoding": "gzip", "Content-Length": "9", "Transfer-Encoding": "chunked"}


@pytest.mark.parametrize("act", ["create_journal_run", "create_journal_run_with_http_info"])
@pytest.mark.parametrize("raises", [True, False])
def test_a_replay_that_nobody_reads(act: str, raises: bool) -> None:
    """Where the body is not to be read, a replay as 409 is a success all the same, with the body still to be read."""
    api = api_over(Memory(RESET, reply(409, NEW, ENCODED)), raise_on_failure=raises)
    assert unread(api, act, REQUEST, idempotency_key=KEY) == (200, "rid", NEW)
    with pytest.raises(oc.ConflictException):
        unread(api_over(Memory(reply(409)), retries=0), act, REQUEST, idempotency_key=KEY)


def test_a_settled_cancel_that_nobody_reads() -> None:
    """A repeated cancel that turns out to have worked gives a response of urllib3, too."""
    steps = (RESET, refusal(50000030, status=400), reply(200, {**RUN, "status": "Cancelled"}))
    assert unread(api_over(Memory(*steps)), "cancel_journal_run", NUMBER) == (200, None, {"success": True})


def test_an_answer_of_another_transport_that_nobody_reads() -> None:
    """A transport that has no response of urllib3 brings the body, which is put into one."""
    assert unread(api_over(Memory(reply(200, RUN, ENCODED))), "get_journal_run", NUMBER) == (200, "rid", RUN)


@pytest.mark.parametrize("act", ["cancel_journal_run", "delete_journal_run"])
def test_a_key_changes_nothing_about_a_conflict(act: str) -> None:
    """Zuora takes keys with POST and PATCH only, so no 409 of a cancel or delete is a replay or in progress."""
    transport = Memory(reply(409, {"success": True}))
    with pytest.raises(oc.ConflictException) as caught:
        getattr(api_over(transport), act)(NUMBER, _headers={"Idempotency-Key": KEY})
    assert (caught.value.outcome_unknown, caught.value.is_retryable, caught.value.attempts) == (False, False, 1)


@pytest.mark.parametrize("status", [200, 404])
def test_other_statuses_are_no_replay(status: int) -> None:
    """Only a 409 is looked at for a stored success."""
    api = api_over(Memory(reply(status, NEW)), retries=0)
    if status == 200:
        assert create(api) == NUMBER
    else:
        with pytest.raises(oc.NotFoundException):
            create(api)


@pytest.mark.parametrize("host", ["https://elsewhere.example", "http://rest.zuora.com", "https://rest.zuora.com:444"])
def test_credentials_stay_at_home(host: str) -> None:
    """A call to another origin than the configured one goes without its credentials."""
    transport = Memory(reply(200, RUN))
    client = api_over(transport, api_key={"X-Key": "a-key"}).api_client
    client.call_api("/v1/x", "GET", response_type="object", auth_settings=CONFIGURED, _host=host)
    (request,) = transport.requests
    assert request.url == f"{host}/v1/x"
    assert {"Authorization", "X-Key"}.isdisjoint(request.headers)
    assert "the-token" not in str(dict(request.headers))


def test_no_token_is_fetched_for_another_origin() -> None:
    """Where the credentials do not go, no token is asked for, either."""
    issuer = Issuer(lambda request: reply(401))
    client = api_with_oauth(issuer).api_client
    with pytest.raises(oc.UnauthorizedException):
        client.call_api("/v1/x", "GET", auth_settings=CONFIGURED, _host="https://elsewhere.example")
    assert issuer.forms == []


@pytest.mark.parametrize("host", ["https://rest.zuora.com", "https://REST.zuora.com:443/sub", "rest.zuora.com/"])
def test_credentials_at_home_by_another_name(host: str) -> None:
    """The same origin in other words is home."""
    transport = Memory(reply(200, RUN))
    api_over(transport).api_client.call_api("/v1/x", "GET", None, auth_settings=CONFIGURED, _host=host)
    assert transport.requests[0].headers["Authorization"] == "Bearer the-token"


class OwnError(Exception):
    """An exception of a hook."""


@pytest.mark.parametrize("kind", [OwnError, KeyError, StopIteration, OSError, AssertionError, oc.ApiException])
@pytest.mark.parametrize("hook", ["on_request", "on_response", "on_retry"])
def test_a_hook_that_raises(hook: str, kind: type[Exception], caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a hook raises is logged, and the call goes on."""

    def broken(event: oc.AttemptEvent) -> None:
        raise kind("a hook failed")

    api = api_over(Memory(RESET, reply(200, NEW)), **{hook: broken})
    assert create(api) == NUMBER
    assert "A hook of the configuration failed" in caplog.messages


def test_a_hook_that_raises_for_a_failing_call() -> None:
    """A hook does not take the place of the error, either."""

    def broken(event: oc.AttemptEvent) -> None:
        raise OwnError

    api = api_over(Memory(refusal(50000030)), on_response=broken)
    with pytest.raises(oc.OperationFailedException) as caught:
        create(api)
    assert caught.value.__cause__ is None


def test_a_hook_that_is_interrupted() -> None:
    """Ctrl-C in a hook ends the call."""

    def interrupted(event: oc.AttemptEvent) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        get(api_over(Memory(), on_request=interrupted))


def test_longest_wait_is_still_waited() -> None:
    """A wait as long as the policy accepts is waited; a longer one raises at once, and tells how long."""
    api = api_over(Memory(reply(429, b"", GIVEN), reply(200, RUN)))
    assert get(api) == NUMBER
    assert slept(api) == [120.0]
    api = api_over(Memory(reply(429, b"", {"Retry-After": "121"})))
    with pytest.raises(oc.RateLimitException) as caught:
        get(api)
    assert (caught.value.retry_after, slept(api)) == (121.0, [])


@pytest.mark.parametrize(("respected", "requests"), [(True, 2), (False, 1)])
def test_retry_after_of_an_old_policy(respected: bool, requests: int) -> None:
    """A ``urllib3.Retry`` decides whether a 503 with ``Retry-After`` is followed by another attempt."""
    transport = Memory(reply(503, b"", {"Retry-After": "3"}), reply(200, RUN))
    api = api_over(transport, retries=urllib3.Retry(3, respect_retry_after_header=respected))
    if respected:
        assert get(api) == NUMBER
    else:
        with pytest.raises(oc.ServiceException):
            get(api)
    assert len(transport.requests) == requests


@pytest.mark.parametrize(
    ("steps", "unknown", "attempts"),
    [
        ((reply(503), refusal(50000030)), False, 2),
        ((refusal(50000061), RESET, reply(400, {"message": "bad"})), True, 3),
        ((NOT_SENT, RESET, refusal(50000030)), False, 3),
        ((reply(429), reply(401)), False, 2),
        ((RESET, reply(401)), True, 2),
        ((RESET, NOT_SENT, NOT_SENT, NOT_SENT), True, 4),
        ((NOT_SENT, NOT_SENT, NOT_SENT, RESET), True, 4),
    ],
)
def test_unclear_attempts_and_what_follows(steps: tuple[Any, ...], unknown: bool, attempts: int) -> None:
    """Failures are noted in the order of the attempts: a judgement settles what came before it, and nothing else."""
    with pytest.raises(oc.ApiException) as caught:
        create(api_over(Memory(*steps)))
    assert (caught.value.outcome_unknown, caught.value.attempts) == (unknown, attempts)


def test_a_failed_renewal_is_noted_last() -> None:
    """After an unclear attempt and a refused token, the failed fetch is what is told, and the outcome stays unknown."""
    issuer = Issuer(Memory(RESET, reply(401))._next)
    issuer.steps = [None, reply(403, {"message": "deactivated"})]
    with pytest.raises(oc.UnauthorizedException, match="oauth/token") as caught:
        create(api_with_oauth(issuer))
    assert (caught.value.outcome_unknown, caught.value.attempts, caught.value.status) == (True, 2, 403)
    assert (caught.value.sent, caught.value.follows_unclear_attempt) == (False, True)


def test_credentials_that_fail_between_attempts() -> None:
    """Once an attempt may have worked, the caller hears of the call, not of a token function that fails."""
    given = iter(["good"])
    api = api_over(Memory(RESET), access_token=lambda: next(given))
    with pytest.raises(oc.ApiException, match="credentials for another attempt") as caught:
        create(api)
    assert (caught.value.outcome_unknown, caught.value.attempts, caught.value.idempotency_key) == (True, 1, KEY)
    assert isinstance(caught.value.__cause__, StopIteration)


@pytest.mark.parametrize(("steps", "unknown"), [((RESET, reply(401)), True), ((reply(401),), False)])
def test_credentials_that_fail_after_a_refused_token(steps: tuple[Any, ...], unknown: bool) -> None:
    """So they do when the function is asked for another token in place of a refused one."""
    given = iter(["good"] * len(steps))
    api = api_over(Memory(*steps), access_token=lambda: next(given))
    with pytest.raises(oc.ApiException, match="credentials for another attempt") as caught:
        create(api)
    attempts, key = len(steps), KEY
    assert (caught.value.outcome_unknown, caught.value.attempts, caught.value.idempotency_key) == (
        unknown,
        attempts,
        key,
    )
    assert isinstance(caught.value.__cause__, StopIteration)


def test_credentials_that_fail_at_first() -> None:
    """Before anything was sent the error of a token function is the caller's own."""

    def broken() -> str:
        raise OwnError

    with pytest.raises(OwnError):
        get(api_over(Memory(), access_token=broken))


def test_a_callable_token_is_asked_again_once() -> None:
    """A refused token is replaced by a new one of the function; the same one again is not sent again."""
    transport = Memory(reply(401), reply(200, RUN))
    given = iter(["old", "new", "new"])
    assert get(api_over(transport, access_token=lambda: next(given), retries=0)) == NUMBER
    assert [request.headers["Authorization"] for request in transport.requests] == ["Bearer old", "Bearer new"]
    transport = Memory(reply(401))
    with pytest.raises(oc.UnauthorizedException):
        get(api_over(transport, access_token=lambda: "same"))


def test_a_fixed_token_is_not_renewed() -> None:
    """A token that was given as text is refused for good."""
    with pytest.raises(oc.UnauthorizedException) as caught:
        get(api_over(Memory(reply(401))))
    assert caught.value.attempts == 1


def test_the_second_refused_token_is_final() -> None:
    """A call renews its token once."""
    issuer = Issuer(lambda request: reply(401))
    with pytest.raises(oc.UnauthorizedException) as caught:
        get(api_with_oauth(issuer))
    assert (caught.value.attempts, len(issuer.forms)) == (2, 2)


@pytest.mark.parametrize("wanted", [True, False])
def test_refusal_as_exception_or_model(wanted: bool) -> None:
    """``raise_on_failure`` decides what a refusal with HTTP 200 is, and can be changed at any time."""
    api = api_over(Memory(refusal(50000030), refusal(50000030)), raise_on_failure=not wanted)
    api.api_client.configuration.raise_on_failure = wanted
    if wanted:
        with pytest.raises(oc.OperationFailedException, match="no: 50000030") as caught:
            create(api)
        assert caught.value.reasons[0].code == "50000030"
        assert '"success": false' in str(caught.value)
    else:
        assert api.create_journal_run(REQUEST).success is False
        answer = api.create_journal_run_with_http_info(REQUEST)
        assert (answer.data.success, answer.status_code, answer.attempts) == (False, 200, 1)


@pytest.mark.parametrize("status", [200, 299])
def test_a_refusal_keeps_its_status(status: int) -> None:
    """Without ``raise_on_failure`` every status of success is a result."""
    api = api_over(Memory(refusal(50000030, status=status)), raise_on_failure=False)
    answer = api.create_journal_run_with_http_info(REQUEST)
    assert (answer.data.success, answer.status_code) == (False, status)


def test_a_refused_token_names_the_host() -> None:
    """The advice says who was asked."""
    with pytest.raises(oc.UnauthorizedException) as caught:
        get(api_over(Memory(reply(401))))
    assert "not accepted by https://rest.zuora.com" in (caught.value.advice or "")


def test_a_token_of_another_attempt_has_what_is_left_of_the_call() -> None:
    """A token that is fetched before a repetition is fetched within the time limit of the call."""
    cache = MemoryTokenCache()
    issuer = Issuer(lambda request: reply(503))
    api = api_with_oauth(issuer, token_cache=cache, on_retry=lambda event: cache.clear(), retries=1)
    with pytest.raises(oc.ServiceException):
        api.get_journal_run(NUMBER, _request_timeout=60)
    assert len(issuer.forms) == 2


def test_a_model_without_a_request_id() -> None:
    """The id of an answer goes only where a model has a field for it."""
    api = api_over(Memory(reply(200, {"organizationName": "North"}, {"Zuora-Request-Id": "rid"})))
    label = api.api_client.call_api("/labels", "GET", response_type="OrganizationLabel", _return_http_data_only=True)
    assert label.to_dict() == {"organization_id": None, "organization_name": "North"}
    assert "request_id" not in vars(label)


def test_nothing_is_given_up_where_no_wait_was_asked_for() -> None:
    """A policy that allows no long waits gives up for its number of attempts, and says nothing of a wait."""
    policy = oc.RetryPolicy(attempts=1, longest_wait=0.5)
    with pytest.raises(oc.ServiceException) as caught:
        get(api_over(Memory(reply(503)), retries=policy))
    assert caught.value.given_up is None


def test_other_failures_raise_anyway() -> None:
    """Without ``raise_on_failure`` an error status is an exception all the same."""
    with pytest.raises(oc.NotFoundException):
        get(api_over(Memory(refusal(50000040, status=404)), raise_on_failure=False))


def test_a_refusal_that_passes_is_retried_without_exceptions() -> None:
    """A temporary refusal is tried again, whether the last one raises or not."""
    api = api_over(Memory(refusal(50000061), refusal(50000061)), raise_on_failure=False, retries=1)
    answer = api.get_journal_run_with_http_info(NUMBER)
    assert (answer.data.success, answer.attempts) == (False, 2)


def test_the_deadline_ends_the_attempts() -> None:
    """A pause that does not fit into the total is not begun; each attempt gets what is left of it."""
    transport = Memory(*[RESET] * 4)
    api = api_over(transport)
    with pytest.raises(oc.TransportException) as caught:
        api.get_journal_run(NUMBER, _request_timeout=3.5)
    assert (caught.value.attempts, slept(api)) == (3, [1.0, 2.0])
    assert [limits.total for limits in transport.limits] == [3.5, 2.5, 0.5]


def test_a_pause_up_to_the_deadline_is_too_long() -> None:
    """There must be something left of the total after a pause."""
    api = api_over(Memory(RESET))
    with pytest.raises(oc.TransportException):
        api.get_journal_run(NUMBER, _request_timeout=1.0)
    assert slept(api) == []


def test_no_time_left_for_the_request() -> None:
    """When the total has passed before a request is sent, nothing is sent."""
    clock = FrozenClock()

    def slow() -> str:
        clock.sleep(5.0)
        return "token"

    api = api_over(Memory(), access_token=slow, clock=clock)
    with pytest.raises(oc.RequestTimeoutException, match="the 5 seconds for the whole call have passed") as caught:
        api.create_journal_run(REQUEST, _request_timeout=5.0)
    assert (caught.value.sent, caught.value.outcome_unknown, caught.value.phase) == (False, False, "retry")


def test_limits_of_an_attempt() -> None:
    """Without a total each attempt has the limits of the configuration."""
    transport = Memory(RESET, reply(200, RUN))
    get(api_over(transport, timeout=(2, 7)))
    assert [(limits.total, limits.connect, limits.read) for limits in transport.limits] == [(None, 2.0, 7.0)] * 2


def test_async_calls() -> None:
    """``async_req`` runs the same call on another thread; result and error come through ``get``."""
    transport = Memory(RESET, reply(200, RUN), reply(404))
    with api_over(transport).api_client as client:
        api = oc.JournalRunsApi(client)
        assert api.get_journal_run(NUMBER, async_req=True).get(10).number == NUMBER
        with pytest.raises(oc.NotFoundException):
            api.get_journal_run(NUMBER, async_req=True).get(10)
    assert transport.closed == 1


def test_slots_hold_calls_back() -> None:
    """With one slot, requests are in flight one after the other."""
    lock, flying, most = Lock(), 0, 0

    def answer(request: Any) -> Any:
        nonlocal flying, most
        with lock:
            flying += 1
            most = max(most, flying)
        Event().wait(0.005)
        with lock:
            flying -= 1
        return reply(200, RUN)

    api = api_over(Memory(*[answer] * 12), max_concurrency=1)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: get(api), range(12), timeout=20)) == [NUMBER] * 12
    assert most == 1


def test_a_slot_is_given_back_after_a_failure() -> None:
    """Whatever becomes of a request, its slot is free again."""

    def broken(request: Any) -> Any:
        raise OwnError

    api = api_over(Memory(broken, RESET, reply(404), reply(200, RUN)), max_concurrency=1, retries=0, timeout=5)
    for kind in (OwnError, oc.TransportException, oc.NotFoundException):
        with pytest.raises(kind):
            get(api)
    assert get(api) == NUMBER


def test_no_slot_in_time() -> None:
    """A call that finds no slot before its deadline was not sent."""
    entered, leave = Event(), Event()

    def answer(request: Any) -> Any:
        entered.set()
        assert leave.wait(10)
        return reply(200, NEW)

    transport = Memory(answer)
    api = api_over(transport, max_concurrency=1, retries=0)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(create, api)
        assert entered.wait(10)
        with pytest.raises(oc.RequestTimeoutException, match="max_concurrency") as caught:
            api.create_journal_run(REQUEST, _request_timeout=0.01)
        leave.set()
        assert first.result(10) == NUMBER
    assert (caught.value.sent, caught.value.outcome_unknown, caught.value.phase) == (False, False, "slot")
    assert len(transport.requests) == 1


def test_slots_learn_the_budget() -> None:
    """With slots on, the answers tell how far apart the next requests are."""
    spent = {"RateLimit-Limit": "100", "RateLimit-Remaining": "4", "RateLimit-Reset": "10"}
    api = api_over(Memory(*[reply(200, RUN, spent)] * 3), max_concurrency=2)
    for _ in range(3):
        get(api)
    assert slept(api) == [2.0]


def test_slots_that_change() -> None:
    """``max_concurrency`` set later takes effect at the next call, and ``None`` takes the limit away."""
    spent = {"RateLimit-Limit": "100", "RateLimit-Remaining": "4", "RateLimit-Reset": "10"}
    api = api_over(Memory(*[reply(200, RUN, spent)] * 8))
    settings = api.api_client.configuration
    get(api)
    get(api)
    assert slept(api) == []
    settings.max_concurrency = 2
    for _ in range(3):
        get(api)
    assert slept(api) == [2.0]
    settings.max_concurrency = None
    get(api)
    assert slept(api) == [2.0]
    settings.max_concurrency = 3
    get(api)
    get(api)
    assert slept(api) == [2.0] * 3


def test_settings_that_change() -> None:
    """``retries``, ``timeout``, ``host``, ``access_token`` and validation are read at each call."""
    transport = Memory(RESET, *[reply(200, RUN)] * 3, RESET)
    api = api_over(transport)
    settings = api.api_client.configuration
    assert get(api) == NUMBER
    settings.timeout, settings.access_token, settings.host = 9, "other", "https://rest.test.zuora.com"
    get(api)
    assert transport.limits[-1].total == 9.0
    assert transport.requests[-1].headers["Authorization"] == "Bearer other"
    assert transport.requests[-1].url.startswith("https://rest.test.zuora.com/v1/")
    with pytest.raises(oc.ApiValueError, match="zuora_track_id"):
        api.get_journal_run(NUMBER, zuora_track_id="a:b")
    settings.client_side_validation = False
    api.get_journal_run(NUMBER, zuora_track_id="a:b")
    settings.retries = 0
    with pytest.raises(oc.TransportException):
        get(api)


def test_validation_of_one_client() -> None:
    """``client_side_validation`` set on the client beats the configuration, as generated code has it."""
    api = api_over(Memory(reply(200, RUN)))
    api.api_client.client_side_validation = False
    api.get_journal_run(NUMBER, zuora_track_id="a:b")
    api.api_client.client_side_validation = None
    with pytest.raises(oc.ApiValueError, match="zuora_track_id"):
        api.get_journal_run(NUMBER, zuora_track_id="a:b")


def test_unread_answer() -> None:
    """With ``_preload_content=False`` the call gives what the transport has for an unread answer."""
    unread = object()
    api = api_over(Memory(reply(200)._replace(raw=unread)))
    assert api.get_journal_run(NUMBER, _preload_content=False) is unread


def test_an_answer_that_cannot_be_decoded() -> None:
    """An answer that is no JSON is not repeated, and what it meant for a create is unknown."""
    with pytest.raises(oc.DecodeException) as caught:
        create(api_over(Memory(reply(200, b"<html>"))))
    assert (caught.value.outcome_unknown, caught.value.status, caught.value.body) == (True, 200, "<html>")


def test_a_failure_of_the_transport_is_told_whole() -> None:
    """What a transport says of a failure reaches the caller."""
    cause = OSError("broken pipe")
    failure = Failure("too slow", sent=False, error=oc.RequestTimeoutException, phase="connect", cause=cause)
    with pytest.raises(oc.RequestTimeoutException, match="too slow") as caught:
        create(api_over(Memory(failure), retries=0))
    assert (caught.value.sent, caught.value.phase, caught.value.outcome_unknown) == (False, "connect", False)
    assert caught.value.__cause__ is cause


def test_a_key_is_for_creates() -> None:
    """A header that looks like a key does not make a cancel keyed: its 409 is no earlier request in progress."""
    api = api_over(Memory(RESET, reply(409)))
    with pytest.raises(oc.ConflictException) as caught:
        api.cancel_journal_run(NUMBER, _headers={"Idempotency-Key": KEY})
    assert caught.value.outcome_unknown
    assert caught.value.idempotency_key is None


def test_request_of_a_token() -> None:
    """A token is asked for at the configured host, without anything of the call itself."""
    asked = []

    def note(request: Any) -> Any:
        asked.append(request)
        return reply(200, {"access_token": "fresh"})

    issuer = Issuer(Memory(reply(200, NEW))._next)
    issuer.steps = [note]
    api = api_with_oauth(issuer, timeout=(3, 4))
    create(api)
    (request,) = asked
    assert (request.method, request.url) == ("POST", "https://rest.zuora.com/oauth/token")
    assert dict(request.headers) == {
        "User-Agent": api.api_client.user_agent,
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
    }
    assert request.body == "client_id=the-id&client_secret=the-secret&grant_type=client_credentials"
    assert path_of(request) == "/oauth/token"


def test_a_token_request_is_repeated_by_the_policy_of_its_call() -> None:
    """A token request that breaks off is repeated whatever the verb of its call, as often as the call may be."""
    issuer = Issuer(lambda request: reply(200, NEW))
    issuer.steps = [RESET, reply(503)]
    api = api_with_oauth(issuer, retries=0)
    assert api.create_journal_run(REQUEST, idempotency_key=None, _retries=2).journal_run_number == NUMBER
    assert slept(api) == [1.0, 2.0]
    issuer = Issuer(lambda request: reply(200, NEW))
    issuer.steps = [RESET]
    with pytest.raises(oc.TransportException):
        api_with_oauth(issuer, retries=3).create_journal_run(REQUEST, _retries=0)


def test_a_refused_token_request_settles_nothing() -> None:
    """What the token endpoint does not find is no run that was deleted."""
    issuer = Issuer(lambda request: reply(200, {"success": True}))
    issuer.steps = [RESET, refusal(50000040, status=404)]
    with pytest.raises(oc.UnauthorizedException) as caught:
        api_with_oauth(issuer).delete_journal_run(NUMBER)
    assert not caught.value.outcome_unknown


def test_a_token_request_has_no_key_to_replay() -> None:
    """A 409 of the token endpoint is no replay of a create."""
    issuer = Issuer(lambda request: reply(200, NEW))
    issuer.steps = [reply(409, {"success": True, "access_token": "no"})]
    with pytest.raises(oc.UnauthorizedException):
        create(api_with_oauth(issuer))


def test_a_token_request_through_an_override() -> None:
    """An overridden ``request`` sends the form of a token request as fields."""
    sent: list[Any] = []

    class Own(oc.ApiClient):
        def request(self, method: str, url: str, **named: Any) -> Any:
            sent.append((method, url, named))
            return super().request(method, url, **named)

    issuer = Issuer(lambda request: reply(200, RUN))
    settings = {"client_id": "i", "client_secret": "s", "clock": FrozenClock()}
    client = Own(oc.Configuration(**settings), transport=oc.InMemoryTransport(issuer))
    del client.default_headers["User-Agent"]
    get(oc.JournalRunsApi(client))
    method, url, named = sent[0]
    assert (method, url, named["body"]) == ("POST", "https://rest.zuora.com/oauth/token", None)
    assert dict(named["post_params"]) == {"client_id": "i", "client_secret": "s", "grant_type": "client_credentials"}
    assert named["headers"]["User-Agent"] == ""
    assert issuer.forms == ["client_id=i&client_secret=s&grant_type=client_credentials"]


@pytest.mark.parametrize(
    ("answer", "pauses"),
    [
        (reply(503, b"", {"Retry-After": "Tue, 14 Nov 2023 22:13:27 GMT"}), [7.0]),
        (reply(429, b"", {"RateLimit-Reset": "9"}), [9.0]),
        (reply(503, b"", {"RateLimit-Reset": "9"}), [1.0]),
    ],
)
def test_waits_that_servers_ask_for(answer: Any, pauses: list[float]) -> None:
    """A date is counted from now; the reset of the window is for a 429."""
    api = api_over(Memory(answer, reply(200, RUN)))
    assert get(api) == NUMBER
    assert slept(api) == pauses


def test_bodies_of_errors() -> None:
    """A body that is no UTF-8 is told with its odd bytes escaped."""
    with pytest.raises(oc.NotFoundException) as caught:
        get(api_over(Memory(reply(404, b"caf\xe9"))))
    assert caught.value.body == "caf\\xe9"


@pytest.mark.parametrize(("status", "is_good"), [(199, False), (200, True), (299, True), (300, False)])
def test_statuses_of_success(status: int, is_good: bool) -> None:
    """2xx is a success, and nothing else is."""
    api = api_over(Memory(reply(status, RUN)), retries=0)
    if is_good:
        assert get(api) == NUMBER
    else:
        with pytest.raises(oc.ApiException) as caught:
            get(api)
        assert caught.value.status == status


def test_headers_of_settled_and_refused_answers() -> None:
    """The headers of the last answer are on a result that was made of it."""
    known = {"Zuora-Request-Id": "rid"}
    refused = refusal(50000030)._replace(headers=known)
    api = api_over(Memory(RESET, refused, reply(200, {**RUN, "status": "Cancelled"})))
    assert api.cancel_journal_run_with_http_info(NUMBER).request_id == "rid"
    api = api_over(Memory(refused), raise_on_failure=False)
    answer = api.cancel_journal_run_with_http_info(NUMBER)
    assert (answer.request_id, answer.data.success) == ("rid", False)


@pytest.mark.parametrize(
    ("seconds", "policy", "limit", "told"),
    [
        (120.0, oc.RetryPolicy(attempts=1), None, None),
        (121.0, oc.RetryPolicy(attempts=1), None, "the server asks to wait 121 seconds, longer than the policy allows"),
        (50.0, oc.RetryPolicy(longest_wait=49.5), None, "the server asks to wait 50 seconds, longer than the policy"),
        (50.0, oc.RetryPolicy(), 50.0, "would have to wait 50 seconds, longer than the call may still take"),
    ],
)
def test_why_a_wait_is_given_up(seconds: float, policy: Any, limit: float | None, told: str | None) -> None:
    """A wait that is too long is told in words; a call that has no attempts left says nothing of the kind."""
    api = api_over(Memory(reply(429, b"", {"Retry-After": str(int(seconds))})), retries=policy)
    with pytest.raises(oc.RateLimitException) as caught:
        api.get_journal_run(NUMBER, _request_timeout=limit)
    assert caught.value.retry_after == seconds
    if told is None:
        assert "longer than" not in str(caught.value)
    else:
        assert told in str(caught.value)


@pytest.mark.parametrize(
    ("body", "is_replay"),
    [
        (NEW, True),
        ({"journalRunNumber": NUMBER}, True),
        ({"journalRunNumber": NUMBER, "success": False}, False),
        ({"journalRunNumber": NUMBER, "success": None}, False),
        ({"journalRunNumber": ""}, False),
        ({"message": "in progress"}, False),
        ([{"journalRunNumber": NUMBER}], False),
    ],
)
def test_what_is_a_replay(body: Any, is_replay: bool) -> None:
    """A 409 is the stored success when it says so, or brings what only a success brings."""
    api = api_over(Memory(reply(409, body)), retries=0)
    if is_replay:
        assert create(api) == NUMBER
    else:
        with pytest.raises(oc.ConflictException):
            create(api)


def test_a_foreign_answer_is_no_replay_without_a_word() -> None:
    """A type that is known by its name only says nothing of what a success brings."""
    client = api_over(Memory(reply(409, {"a": 1}), reply(409, {"success": True, "a": 1})), retries=0).api_client
    headers = {"Idempotency-Key": KEY}
    with pytest.raises(oc.ConflictException):
        client.call_api("/v1/x", "POST", None, [], headers, body={}, response_type="object")
    assert client.call_api("/v1/x", "POST", None, [], headers, body={}, response_type="object").data["a"] == 1


def test_reasons_of_answers() -> None:
    """The reason is the phrase of the status, what cannot be decoded, or what the answer says."""
    told = []
    for answer in (reply(404), reply(404)._replace(reason=None), reply(200, b"<html>"), refusal(50000030)):
        with pytest.raises(oc.ApiException) as caught:
            get(api_over(Memory(answer), retries=0))
        told.append(caught.value.reason)
    assert told[:2] == ["Reason", ""]
    assert "JSON" in str(told[2])
    assert told[3] == 'the answer says "success": false'


def test_what_credentials_say_between_attempts() -> None:
    """What a token function raises is told by its kind and words, and nothing was sent."""
    given = iter(["good"])

    def token() -> str:
        for value in given:
            return value
        raise OwnError("out of tokens")

    with pytest.raises(oc.ApiException, match="could not be had: OwnError: out of tokens") as caught:
        create(api_over(Memory(RESET), access_token=token))
    assert type(caught.value) is oc.ApiException
    assert caught.value.sent is False
