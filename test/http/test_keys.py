"""A key belongs to one create: who has which, what is no key, and what is sent under it."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import urllib3
from support.clients import client_for
from support.clock import QuickClock
from support.faults import KEY, NEW, NUMBER, REQUEST, RUN
from support.wire import Request, WireServer, answer, gzipped, reset

import openapi_client as oc

BLANKS = ["", "  ", "\u00a0"]


class Renewing:
    """Makes a run for each key and loses the answer; then refuses the token once; then gives the answer.

    :ivar runs: number by key.
    :ivar fetches: how many tokens were asked for; those after the first are refused, and not before ``is_open``.
    """

    def __init__(self, first: int = 200) -> None:
        self.runs: dict[str, str] = {}
        self.fetches = 0
        self.is_open = threading.Event()
        self.waiting = threading.Semaphore(0)
        self._first = first
        self._seen: list[str] = []
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> bool:
        if request.target == "/oauth/token":
            return self._token(request)
        with self._lock:
            key = request.headers["idempotency-key"]
            self._seen.append(key)
            count = self._seen.count(key)
            number = self.runs.setdefault(key, f"JR-{len(self.runs) + 1:08d}")
        if count == 1:
            return reset(request)
        if count == 2:
            self.waiting.release()
            return answer(401, {"message": "Authentication error"})(request)
        return answer(200, {"success": True, "journalRunNumber": number})(request)

    def _token(self, request: Request) -> bool:
        self.fetches += 1
        if self.fetches == 1 and self._first == 200:
            return answer(200, {"access_token": "a-token", "expires_in": 3600})(request)
        self.waiting.release()
        assert self.is_open.wait(10)
        return answer(403, {"message": "deactivated"})(request)


def create_once(api: oc.JournalRunsApi, request: Any, errors: list[oc.ApiException]) -> str | None:
    """The recipe of docs/errors.md, which notes the exceptions."""
    try:
        return api.create_journal_run(request).journal_run_number
    except oc.ApiException as error:
        errors.append(error)
        if not error.outcome_unknown or error.idempotency_key is None:
            return None
        return api.create_journal_run(request, idempotency_key=error.idempotency_key).journal_run_number


def two_creates(renewing: Renewing, arrivals: int) -> tuple[list[str | None], list[oc.ApiException]]:
    """What the recipe gives to two threads that fetch a token together once so many requests have arrived."""
    errors: list[oc.ApiException] = []
    settings = {"client_id": "an-id", "client_secret": f"of {arrivals}"}
    with WireServer([renewing]) as server, client_for(server, **settings) as client, ThreadPoolExecutor(2) as pool:
        api = oc.JournalRunsApi(client)
        calls = [pool.submit(create_once, api, REQUEST, errors) for _ in range(2)]
        for _ in range(arrivals):
            assert renewing.waiting.acquire(timeout=10)
        threading.Event().wait(0.2)  # so that the last one comes to the fetch as well
        renewing.is_open.set()
        return [call.result(20) for call in calls], errors


def test_creates_that_share_a_failed_fetch() -> None:
    """Each is told of its own key, in an exception of its own, and that nothing was done."""
    renewing = Renewing(first=403)
    numbers, errors = two_creates(renewing, arrivals=1)
    assert (numbers, renewing.runs, renewing.fetches) == ([None, None], {}, 1)
    assert len({id(error) for error in errors}) == 2
    assert len({error.idempotency_key for error in errors} - {None}) == 2
    for error in errors:
        assert (type(error), error.outcome_unknown, error.attempts) == (oc.UnauthorizedException, False, 0)
        assert (error.method, error.path) == ("POST", "/v1/journal-runs")


def test_creates_that_share_a_failed_renewal() -> None:
    """After lost answers the documented recipe gives each the run that it made, under its own key."""
    renewing = Renewing()
    numbers, errors = two_creates(renewing, arrivals=3)
    assert renewing.fetches == 2
    assert {error.idempotency_key for error in errors} == {*renewing.runs}
    assert [error.outcome_unknown for error in errors] == [True, True]
    assert sorted(map(str, numbers)) == sorted(renewing.runs.values()) == ["JR-00000001", "JR-00000002"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("place", ["argument", "_headers", "default headers"])
def test_a_blank_key(place: str, blank: str) -> None:
    """A key with nothing in it is none: it is not sent, and the request is not repeated."""
    options: dict[str, Any] = {"idempotency_key": blank} if place == "argument" else {"idempotency_key": None}
    if place == "_headers":
        options = {"_headers": {"idempotency-KEY": blank}}
    with WireServer([reset]) as server, client_for(server, client_side_validation=False) as client:
        if place == "default headers":
            client.set_default_header("Idempotency-Key", blank)
        with pytest.raises(oc.TransportException) as caught:
            oc.JournalRunsApi(client).create_journal_run(REQUEST, **options)  # type: ignore[arg-type]  # a plain dict
    (request,) = server.requests
    assert "idempotency-key" not in request.headers
    assert (caught.value.outcome_unknown, caught.value.idempotency_key, caught.value.attempts) == (True, None, 1)


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_key_is_refused(blank: str) -> None:
    """With validation on, a blank argument is a mistake."""
    with pytest.raises(oc.ApiValueError, match="idempotency_key"):
        oc.JournalRunsApi(oc.ApiClient(oc.Configuration())).create_journal_run(
            REQUEST,  # type: ignore[arg-type]  # a plain dict
            idempotency_key=blank,
        )


def test_a_blank_default_gives_way() -> None:
    """A default header that is blank does not take the key of the call away."""
    with WireServer([reset, answer(200, NEW)]) as server, client_for(server) as client:
        client.set_default_header("Idempotency-Key", " ")
        oc.JournalRunsApi(client).create_journal_run(REQUEST)  # type: ignore[arg-type]  # a plain dict
    keys = [request.headers["idempotency-key"] for request in server.requests]
    assert keys[0] == keys[1] != ""


@pytest.mark.parametrize("place", ["_headers", "default headers"])
@pytest.mark.parametrize("act", ["cancel_journal_run", "delete_journal_run"])
def test_a_key_on_other_calls(act: str, place: str) -> None:
    """A key on a PUT or DELETE changes nothing about 409: it is a conflict, at once, and nothing was done."""
    options = {"_headers": {"Idempotency-Key": KEY}} if place == "_headers" else {}
    for body in ({"success": True}, {"message": "in progress"}):
        with WireServer([answer(409, body)]) as server, client_for(server) as client:
            if place == "default headers":
                client.set_default_header("Idempotency-Key", KEY)
            with pytest.raises(oc.ConflictException) as caught:
                getattr(oc.JournalRunsApi(client), act)(NUMBER, **options)
        assert len(server.requests) == 1
        assert (caught.value.outcome_unknown, caught.value.is_retryable) == (False, False)
        assert caught.value.idempotency_key is None


class Replacing(oc.ApiClient):
    """A client of generated code that has replaced the way requests are sent."""

    def request(self, *args: Any, **named: Any) -> Any:
        return super().request(*args, **named)


@pytest.mark.parametrize("kind", [oc.ApiClient, Replacing])
@pytest.mark.parametrize("form", ["model", "dict"])
def test_an_asynchronous_create_sends_what_it_was_given(form: str, kind: type[oc.ApiClient]) -> None:
    """What becomes of request, headers and settings after the call was made does not matter."""
    entered, leave = threading.Event(), threading.Event()

    def busy(request: Request) -> bool:
        entered.set()
        assert leave.wait(10)
        return answer(200, RUN)(request)

    request: Any = {**REQUEST, "transactionTypes": [{"type": "Invoice Item"}]}
    if form == "model":
        request = oc.POSTJournalRunType(journal_entry_date="2026-03-31", transaction_types=[{"type": "Invoice Item"}])
    headers = {"X-Team": "billing"}
    with WireServer([busy, reset, answer(200, NEW)]) as server:
        with kind(oc.Configuration(host=server.url, retries=1), pool_threads=1) as client:
            api = oc.JournalRunsApi(client)
            first = api.get_journal_run(NUMBER, async_req=True)
            assert entered.wait(10)
            created = api.create_journal_run(request, idempotency_key=KEY, _headers=headers, async_req=True)
            if form == "model":
                request.transaction_types[0].type = "Revenue Event Item"
                request.journal_entry_date = "2027-01-01"
                request.additional_properties["x"] = 1
            else:
                request["transactionTypes"][0]["type"] = "Revenue Event Item"
                request["journalEntryDate"] = "2027-01-01"
            headers["X-Team"] = "other"
            client.set_default_header("X-Late", "1")
            client.configuration.host = "http://127.0.0.1:1"
            leave.set()
            assert first.get(10).number == NUMBER
            assert created.get(10).journal_run_number == NUMBER
    for sent in server.requests[1:]:
        assert sent.json == {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}
        assert (sent.headers["x-team"], sent.headers["idempotency-key"]) == ("billing", KEY)
        assert "x-late" not in sent.headers


@pytest.mark.parametrize("kind", [oc.ApiClient, Replacing])
def test_a_replay_whose_body_is_not_read(kind: type[oc.ApiClient]) -> None:
    """A replay as 409, compressed, is the success it was, as a response of urllib3 that gives its body."""
    with WireServer([reset, gzipped(NEW, status=409)]) as server:
        with kind(oc.Configuration(host=server.url, clock=QuickClock())) as client:
            api = oc.JournalRunsApi(client)
            response: Any = api.create_journal_run(REQUEST, _preload_content=False)  # type: ignore[arg-type]  # a plain dict
            assert isinstance(response, urllib3.HTTPResponse)
            assert (response.status, json.loads(response.read())) == (200, NEW)
