"""Time limits, places and answers of a call, over real HTTP."""

from __future__ import annotations

import json
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import urllib3
from support.clients import client_for
from support.clock import QuickClock
from support.faults import NUMBER, REQUEST, RUN, TOKEN, create, get
from support.wire import Request, WireServer, answer, drip, hang_up, reset, stall

import openapi_client as oc

OK = answer(200, RUN)


def test_info() -> None:
    """The answer unpacks as the old triple, and knows more."""
    headers = {
        "Zuora-Request-Id": "rid",
        "Zuora-Track-Id": "tid",
        "RateLimit-Limit": "100, 100;w=60, 1000;w=3600",
        "RateLimit-Remaining": "99",
        "RateLimit-Reset": "12",
        "Concurrency-Limit-Type": "Default",
        "Concurrency-Limit-Limit": "40",
        "Concurrency-Limit-Remaining": "39",
    }
    with WireServer([hang_up, answer(200, RUN, headers)]) as server, client_for(server) as client:
        answered = oc.JournalRunsApi(client).get_journal_run_with_http_info(NUMBER)
    data, status, received = answered
    assert (data.number, status, received["zuora-request-id"]) == (NUMBER, 200, "rid")
    assert isinstance(answered, tuple)
    assert (answered.request_id, answered.track_id, answered.attempts) == ("rid", "tid", 2)
    assert answered.elapsed >= 0.5
    assert answered.rate_limit == oc.RateLimit(100, 99, 12.0, ((100, 60), (1000, 3600)), "Default", 40, 39)


def test_replay_is_a_success() -> None:
    """A stored create that comes back as HTTP 409 has the status of the success it is."""
    with WireServer([answer(409, {"success": True, "journalRunNumber": NUMBER})]) as server:
        with client_for(server) as client:
            data, status, _ = oc.JournalRunsApi(client).create_journal_run_with_http_info(REQUEST)
    assert (data.journal_run_number, status) == (NUMBER, 200)


def test_data_only() -> None:
    """``_return_http_data_only`` makes the info variant give the data alone."""
    with WireServer([OK]) as server, client_for(server) as client:
        api = oc.JournalRunsApi(client)
        assert api.g_et_journal_run_with_http_info(NUMBER, _return_http_data_only=True).number == NUMBER
        assert api.g_et_journal_run(NUMBER, _return_http_data_only=False).number == NUMBER


def test_unread_answer() -> None:
    """``_preload_content=False`` gives the urllib3 response with its body unread."""
    with WireServer([OK]) as server, client_for(server) as client:
        for method in ("get_journal_run", "get_journal_run_with_http_info"):
            response = getattr(oc.JournalRunsApi(client), method)(NUMBER, _preload_content=False)
            assert isinstance(response, urllib3.HTTPResponse)
            assert json.loads(response.read()) == RUN
            response.release_conn()
            response.close()


def test_unread_error() -> None:
    """An error is an exception with its body, read or not."""
    with WireServer([answer(404, {"message": "gone"})]) as server, client_for(server) as client:
        with pytest.raises(oc.NotFoundException) as caught:
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _preload_content=False)
    assert "gone" in caught.value.body


def test_failure_as_a_result() -> None:
    """``raise_on_failure=False`` gives the refusal as a model, as generated code does."""
    body = {"success": False, "processId": "74", "reasons": [{"code": 50000040, "message": "no such run"}]}
    with WireServer([answer(200, body)]) as server, client_for(server, raise_on_failure=False) as client:
        run = oc.JournalRunsApi(client).get_journal_run(NUMBER)
    assert run.success is False
    assert [(reason.code, reason.message) for reason in run.reasons or []] == [("50000040", "no such run")]


def test_error_message() -> None:
    """The message names verb, path, status, reasons and request id, and the reasons are taken apart."""
    body = {"success": False, "reasons": [{"code": "53100320", "message": "a"}, {"code": 50000040, "message": "b"}]}
    with WireServer([answer(200, body, {"Zuora-Request-Id": "rid"})]) as server, client_for(server) as client:
        with pytest.raises(oc.OperationFailedException) as caught:
            get(oc.JournalRunsApi(client))
    error = caught.value
    for part in ("GET", f"/v1/journal-runs/{NUMBER}: 200 ", "53100320", "50000040 (not found): b", "rid"):
        assert part in str(error)
    assert [(reason.resource, reason.category, reason.is_retryable) for reason in error.reasons] == [
        ("531003", 20, False),
        ("500000", 40, False),
    ]
    assert (error.method, error.path, error.status) == ("GET", f"/v1/journal-runs/{NUMBER}", 200)


@pytest.mark.parametrize("limit", [0.3, (5, 0.3), (1, 0.3)])
def test_limits_per_call(limit: Any) -> None:
    """A number is the total, a pair holds for each attempt; floats count."""
    with WireServer([stall]) as server, client_for(server, retries=0) as client:
        with pytest.raises(oc.RequestTimeoutException, match=r"0\.\d+ seconds") as caught:
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=limit)
    assert caught.value.phase == "read"
    assert isinstance(caught.value, TimeoutError)
    assert isinstance(caught.value, urllib3.exceptions.HTTPError)


def test_limit_of_the_configuration() -> None:
    """A timeout of the configuration holds for every call, and the one of a call replaces it."""
    with WireServer([stall, OK]) as server, client_for(server, retries=0, timeout=0.2) as client:
        with pytest.raises(oc.RequestTimeoutException):
            get(oc.JournalRunsApi(client))
        assert oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=10).number == NUMBER


def test_total_covers_all_attempts() -> None:
    """Attempts and waits together stay within the total."""
    with WireServer([stall]) as server, client_for(server, retries=9) as client:
        with pytest.raises(oc.RequestTimeoutException):
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=0.4)
        assert len(server.requests) == 1


def test_total_covers_waits() -> None:
    """A wait that would end after the total is not begun; the failure is raised at once."""
    clock = QuickClock()
    with WireServer([answer(500)]) as server, client_for(server, clock=clock, retries=9) as client:
        with pytest.raises(oc.ServiceException):
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=3)
    assert clock.slept == [0.5, 1.0]


@pytest.mark.parametrize(
    ("limit", "asked", "words"),
    [
        (None, "3600", "the server asks to wait 3600 seconds, longer than the policy allows"),
        (30, "60", "the next attempt would have to wait 60 seconds, longer than the call may still take"),
        (None, None, ""),
    ],
)
def test_a_wait_that_is_too_long_is_said_in_words(limit: Any, asked: str | None, words: str) -> None:
    """Whoever is not served again at once learns why, and how long it would have been."""
    headers = {"Retry-After": asked} if asked else {}
    with WireServer([answer(429, b"", headers)]) as server, client_for(server) as client:
        with pytest.raises(oc.RateLimitException) as caught:
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=limit)
    assert words in str(caught.value)
    assert (caught.value.given_up or "") == words
    assert len(server.requests) == (1 if words else 4)


def test_unread_answer_that_drips() -> None:
    """The limit holds for a body that the caller reads, too."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
    with WireServer([drip(head + b"[" * 5000, 0.005)]) as server, client_for(server) as client:
        response = oc.JournalRunsApi(client).get_journal_run(NUMBER, _preload_content=False, _request_timeout=0.5)
        with pytest.raises(urllib3.exceptions.HTTPError):
            response.read()
        response.close()


def test_no_connection() -> None:
    """Where nobody listens, nothing was sent, so a create without key may be repeated."""
    with WireServer([OK]) as server:
        url = server.url
    clock = QuickClock()
    with oc.ApiClient(oc.Configuration(host=url, clock=clock)) as client:
        with pytest.raises(oc.TransportException) as caught:
            oc.JournalRunsApi(client).create_journal_run(
                {"journalEntryDate": "2026-01-01", "transactionTypes": []}, idempotency_key=None
            )
    assert caught.value.attempts == 4
    assert not caught.value.outcome_unknown
    assert not caught.value.sent


def test_unknown_host() -> None:
    """A name that does not resolve is a transport error that names it."""
    with oc.ApiClient(oc.Configuration(host="http://zuora.invalid", retries=0)) as client:
        with pytest.raises(oc.TransportException, match=r"zuora\.invalid"):
            get(oc.JournalRunsApi(client))


def test_retries_per_call() -> None:
    """``_retries`` replaces the policy of the configuration for one call."""
    with WireServer([reset]) as server, client_for(server) as client:
        with pytest.raises(oc.TransportException):
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _retries=1)
        assert len(server.requests) == 2


def test_old_retry_objects() -> None:
    """A ``urllib3.Retry`` of old code becomes a policy, and a POST without key is safe from it."""
    retry = urllib3.Retry(total=2, status_forcelist=[418], backoff_factor=0.1)
    with WireServer([answer(418)]) as server, client_for(server, retries=retry) as client:
        with pytest.raises(oc.ApiException):
            get(oc.JournalRunsApi(client))
        assert len(server.requests) == 3


def test_concurrency_limit() -> None:
    """With ``max_concurrency=3`` three requests are in flight at most."""
    flying, most = 0, 0
    lock = threading.Lock()

    def count(request: Request) -> bool:
        nonlocal flying, most
        with lock:
            flying += 1
            most = max(most, flying)
        request.server.is_closed.wait(0.01)
        with lock:
            flying -= 1
        return OK(request)

    with WireServer([count]) as server, client_for(server, max_concurrency=3) as client, ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda _: get(oc.JournalRunsApi(client)), range(60), timeout=60)) == {NUMBER}
    assert most <= 3


def test_waiting_for_a_place_has_a_limit() -> None:
    """The total covers the wait for a place; nothing was sent."""
    with WireServer([stall]) as server, client_for(server, max_concurrency=1, retries=0) as client:
        api = oc.JournalRunsApi(client)
        first = api.get_journal_run(NUMBER, async_req=True, _request_timeout=2)
        while not server.requests:
            server.is_closed.wait(0.01)
        with pytest.raises(oc.RequestTimeoutException, match="slot") as caught:
            create_with_limit(api, 0.2)
        assert caught.value.phase == "slot"
        assert not caught.value.outcome_unknown
        with pytest.raises(oc.RequestTimeoutException):
            first.get(10)


def create_with_limit(api: oc.JournalRunsApi, seconds: float) -> Any:
    request = {"journalEntryDate": "2026-01-01", "transactionTypes": []}
    return api.create_journal_run(request, idempotency_key=None, _request_timeout=seconds)


def test_slows_down_when_the_budget_is_nearly_spent() -> None:
    """With client-side limits on, the rest of the budget is spread over the rest of the window."""
    clock = QuickClock()
    headers = {"RateLimit-Limit": "1000, 1000;w=60", "RateLimit-Remaining": "9", "RateLimit-Reset": "20"}
    with WireServer([answer(200, RUN, headers)]) as server:
        with client_for(server, clock=clock, max_concurrency=40) as client:
            for _ in range(4):
                get(oc.JournalRunsApi(client))
    assert sum(clock.slept) == pytest.approx(4.0, abs=0.5)


def test_does_not_slow_down_unasked() -> None:
    """Without client-side limits the server alone decides."""
    clock = QuickClock()
    headers = {"RateLimit-Limit": "1000", "RateLimit-Remaining": "0", "RateLimit-Reset": "20"}
    with WireServer([answer(200, RUN, headers)]) as server, client_for(server, clock=clock) as client:
        get(oc.JournalRunsApi(client))
        get(oc.JournalRunsApi(client))
    assert clock.slept == []


def test_headers_on_the_wire() -> None:
    """What a create sends, and nothing else."""
    with WireServer([answer(200, {"journalRunNumber": NUMBER})]) as server:
        with client_for(server, access_token=TOKEN, zuora_version="2025-08-12") as client:
            create(oc.JournalRunsApi(client))
    (request,) = server.requests
    del request.headers["host"], request.headers["content-length"]
    assert request.headers == {
        "accept": "application/json",
        "accept-encoding": "gzip",
        "authorization": f"Bearer {TOKEN}",
        "content-type": "application/json; charset=utf-8",
        "idempotency-key": "the-key",
        "user-agent": client.user_agent,
        "zuora-version": "2025-08-12",
    }


def test_user_agent() -> None:
    """It begins as that of generated clients, and goes on with what support asks for first."""
    python = ".".join(map(str, sys.version_info[:3]))
    with oc.ApiClient(oc.Configuration()) as client:
        assert client.user_agent == (
            f"OpenAPI-Generator/1.0.0/python zuora-journal-runs/{oc.__version__} "
            f"Python/{python} urllib3/{urllib3.__version__}"
        )


def test_the_request_id_of_a_success() -> None:
    """A model has the id of its answer's header where the body has none."""
    headers = {"Zuora-Request-Id": "of the header"}
    steps = [answer(200, {**RUN, **body}, headers) for body in ({}, {"requestId": "of the body"})]
    with WireServer(steps) as server, client_for(server) as client:
        api = oc.JournalRunsApi(client)
        assert [api.get_journal_run(NUMBER).request_id for _ in steps] == ["of the header", "of the body"]


def test_hooks() -> None:
    """Every attempt is told to the hooks, without anything secret; a hook that fails disturbs nothing."""
    events: list[tuple[str, oc.AttemptEvent]] = []

    def hook(name: str) -> Any:
        return lambda event: events.append((name, event))

    def broken(event: oc.AttemptEvent) -> None:
        events.append(("retry", event))
        raise RuntimeError("a hook failed")

    settings = {"on_request": hook("request"), "on_response": hook("response"), "on_retry": broken}
    with WireServer([answer(503, b"", {"Zuora-Request-Id": "rid"}), OK]) as server:
        with client_for(server, access_token=TOKEN, **settings) as client:
            assert get(oc.JournalRunsApi(client)) == NUMBER
    assert [(name, event.attempt, event.status, event.error) for name, event in events] == [
        ("request", 1, None, None),
        ("response", 1, 503, "ServiceException"),
        ("retry", 1, 503, "ServiceException"),
        ("request", 2, None, None),
        ("response", 2, 200, None),
    ]
    assert events[2][1].delay == 0.5
    assert events[1][1].request_id == "rid"
    assert TOKEN not in repr(events)


def test_log(caplog: pytest.LogCaptureFixture) -> None:
    """A retry is a warning with fields; requests and answers appear at DEBUG, with secrets hidden by name."""
    caplog.set_level("DEBUG", "openapi_client")
    body = {"number": NUMBER, "note": {"access_token": "hush-1", "password": "hush-2"}}
    with WireServer([answer(503), answer(200, body, {"Set-Cookie": "ZSession=hush-3"})]) as server:
        with client_for(server, access_token="hush-4") as client:
            client.call_api(
                "/x", "POST", header_params={"Idempotency-Key": "k"}, body={"client_secret": "hush-5", "amount": 7},
                response_type="object", auth_settings=["bearerAuth"],
            )  # fmt: skip
    assert "hush" not in caplog.text
    assert "amount" in caplog.text
    (warning,) = [record for record in caplog.records if record.levelname == "WARNING"]
    assert (warning.http_status, warning.http_attempt, warning.http_path, warning.http_delay) == (503, 1, "/x", 0.5)  # type: ignore[attr-defined]  # extra fields


def test_debug_prints_no_token(capfd: pytest.CaptureFixture[str]) -> None:
    """``debug=True`` shows requests and answers, and no token: neither by us nor by http.client or urllib3."""
    with WireServer([OK]) as server:
        configuration = oc.Configuration(host=server.url, access_token=TOKEN)
        configuration.debug = True
        try:
            with oc.ApiClient(configuration) as client:
                get(oc.JournalRunsApi(client))
        finally:
            configuration.debug = False
    out, err = capfd.readouterr()
    assert TOKEN not in out + err


def test_time_to_connect_covers_all_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host with several dead addresses does not get the whole time for each."""
    tried: list[tuple[str, float]] = []

    def dead(address: tuple[str, int], timeout: float, *_: Any, **__: Any) -> Any:
        tried.append((address[0], timeout))
        threading.Event().wait(0.05)
        raise TimeoutError("timed out")

    addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(urllib3.util.connection, "create_connection", dead)
    with oc.ApiClient(oc.Configuration(host="http://zuora.invalid", retries=0)) as client:
        with pytest.raises(oc.RequestTimeoutException, match=r"zuora\.invalid") as caught:
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=2)
    assert caught.value.phase == "connect"
    assert [address for address, _ in tried] == addresses
    first, second, third = (limit for _, limit in tried)
    assert 2 >= first > second > third


def test_second_address_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first address of a host is dead, the next one is used."""
    with WireServer([OK]) as server:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("127.0.0.9", "127.0.0.1")]
        resolve = socket.getaddrinfo

        def two(host: str, *args: Any, **kwargs: Any) -> Any:
            return found if host == "zuora.invalid" else resolve(host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", two)
        with oc.ApiClient(oc.Configuration(host=f"http://zuora.invalid:{server.port}", retries=0)) as client:
            assert get(oc.JournalRunsApi(client)) == NUMBER
    assert server.requests[0].headers["host"] == f"zuora.invalid:{server.port}"


@pytest.mark.parametrize("host", ["ftp://h", "http://a b", "http://h\r\nX: y", "http://user:hush@h", "", 5])
def test_bad_host_of_a_call(host: Any) -> None:
    """``_host`` is checked as ``Configuration.host`` is, and shows no password."""
    with oc.ApiClient(oc.Configuration()) as client, pytest.raises((oc.ApiValueError, oc.ApiTypeError)) as caught:
        client.call_api("/x", "GET", _host=host)
    assert "hush" not in str(caught.value)
