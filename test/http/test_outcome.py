"""What is said about a call whose attempts met a server, a gateway and an issuer of tokens, over real sockets."""

from __future__ import annotations

import itertools
import signal
import threading
from typing import Any

import pytest
from support.clients import client_for
from support.clock import QuickClock
from support.faults import KEY, NEW, NUMBER, REQUEST, RUN, cancel, create, create_without_key, delete, get, refusal
from support.wire import Request, Step, WireServer, answer, hang_up, reset

import openapi_client as oc

TOKEN = answer(200, {"access_token": "a-token", "expires_in": 3600})
_secrets = itertools.count()


def outcome_of(act: Any, *steps: Step, tokens: tuple[Step, ...] = (), **settings: Any) -> Any:
    """The result or the exception of a call that meets ``steps``, and ``tokens`` where it asks for one."""
    left = {"tokens": [*tokens, TOKEN], "calls": [*steps]}

    def server_side(request: Request) -> bool:
        queue = left["tokens" if request.target == "/oauth/token" else "calls"]
        return (queue.pop(0) if len(queue) > 1 else queue[0])(request)

    if tokens:
        settings = {"client_id": "an-id", "client_secret": f"secret-{next(_secrets)}", **settings}
    with WireServer([server_side]) as server, client_for(server, **settings) as client:
        try:
            return act(oc.JournalRunsApi(client))
        except oc.ApiException as error:
            return error


REFUSED_TOKEN = answer(401, {"message": "Authentication error"})
FAILED_RENEWALS = {
    "deactivated": answer(403, {"message": "deactivated"}),
    "limited": answer(429, {}, {"Retry-After": "600"}),
    "down": answer(503, b"<html>"),
    "reset": reset,
    "without a token": answer(200, {}),
    "HTML": answer(200, b"<html>"),
}


@pytest.mark.parametrize("renewal", FAILED_RENEWALS.values(), ids=FAILED_RENEWALS)
def test_a_renewal_that_fails_after_an_unclear_create(renewal: Step) -> None:
    """The create may have been done, whatever becomes of the token that was to ask about it."""
    error = outcome_of(create, reset, REFUSED_TOKEN, tokens=(TOKEN, *[renewal] * 5))
    assert (error.outcome_unknown, error.idempotency_key) == (True, KEY)
    assert (error.method, error.path, error.attempts) == ("POST", "/v1/journal-runs", 2)


@pytest.mark.parametrize("act", [get, create, create_without_key, cancel, delete])
@pytest.mark.parametrize("renewal", FAILED_RENEWALS.values(), ids=FAILED_RENEWALS)
def test_a_renewal_that_fails_after_nothing_unclear(renewal: Step, act: Any) -> None:
    """A call that was refused for its token was not done, whatever becomes of the request for another one."""
    error = outcome_of(act, REFUSED_TOKEN, tokens=(TOKEN, *[renewal] * 5))
    assert (error.outcome_unknown, error.attempts) == (False, 1)
    error = outcome_of(act, REFUSED_TOKEN, tokens=(renewal,) * 5)
    assert (error.outcome_unknown, error.attempts) == (False, 0)


NOT_THE_APPLICATION = {
    "Kong's 404": answer(404, {"message": "no Route matched with those values"}),
    **{f"HTML {status}": answer(status, b"<html>") for status in (400, 404, 405, 413, 451)},
    "a maintenance page": answer(302, b"", {"Location": "https://status.example/"}),
}  # fmt: skip


@pytest.mark.parametrize("act", [create, cancel, delete])
@pytest.mark.parametrize("gateway", NOT_THE_APPLICATION.values(), ids=NOT_THE_APPLICATION)
def test_a_gateway_settles_nothing(gateway: Step, act: Any) -> None:
    """After an unclear attempt the outcome stays unknown; without one nothing has reached the application."""
    assert outcome_of(act, answer(502), gateway).outcome_unknown
    assert outcome_of(act, gateway).outcome_unknown is False


UNCLEAR = {
    "no category": answer(200, {"success": False}),
    "SystemError": answer(200, {"success": False, "reasons": [{"code": "SystemError", "message": "internal"}]}),
    "408": answer(408, {"message": "timeout"}),
    "in progress for ever": answer(409, {"message": "in progress"}),
}


@pytest.mark.parametrize("step", UNCLEAR.values(), ids=UNCLEAR)
def test_failures_that_leave_it_open(step: Step) -> None:
    """A create that fails without a word on why may have been done, and can be asked for again."""
    error = outcome_of(create, step)
    assert (error.outcome_unknown, error.is_retryable, error.idempotency_key) == (True, True, KEY)


def test_a_cancel_that_may_have_been_partial() -> None:
    """A run that reads ``Completed`` may be so again after the cancel."""
    error = outcome_of(cancel, reset, refusal(50000030), answer(200, RUN))
    assert (error.outcome_unknown, error.follows_unclear_attempt) == (True, True)


def test_a_keyless_create_with_an_error_of_authentication() -> None:
    """Without a key nothing is repeated that may have been done."""
    error = outcome_of(create_without_key, refusal(90000011, status=500), answer(200, NEW), tokens=(TOKEN,))
    assert (error.outcome_unknown, error.attempts) == (True, 1)


def test_a_token_function_that_fails_after_an_unclear_create() -> None:
    """Its error is the cause, and not what is raised."""
    given = iter(["one"])
    error = outcome_of(create, hang_up, access_token=lambda: next(given))
    assert (error.outcome_unknown, error.idempotency_key, error.attempts) == (True, KEY, 1)
    assert isinstance(error.__cause__, StopIteration)


@pytest.mark.parametrize("raises", [True, False])
def test_failures_as_results(raises: bool) -> None:
    """What is retried and settled does not depend on how a refusal is told."""
    cancelling = answer(200, {**RUN, "status": "CancelInprogress"})
    settings = {"raise_on_failure": raises}
    assert outcome_of(create, refusal(50000061), answer(200, NEW), **settings) == NUMBER
    assert outcome_of(cancel, reset, refusal(50000030), cancelling, **settings) is True
    assert outcome_of(delete, reset, refusal(50000030), refusal(50000040), **settings) is True
    assert outcome_of(create, reset, refusal(50000061), **settings) is None or raises


def other_call(server: WireServer) -> None:
    with oc.ApiClient(oc.Configuration(host=server.url, clock=QuickClock())) as client:
        assert oc.JournalRunsApi(client).get_journal_run(NUMBER, _retries=0).number == NUMBER


@pytest.mark.parametrize("shares", [True, False])
@pytest.mark.parametrize("key", [KEY, None])
def test_a_signal_handler_that_makes_a_call(key: str | None, shares: bool) -> None:
    """What left for an interrupted create is its own matter, whatever a handler sends meanwhile."""
    handled = threading.Event()

    def interrupt(request: Request) -> bool:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)
        assert handled.wait(10)
        return False

    def handle(*_: Any) -> None:
        if shares:
            assert api.get_journal_run(NUMBER).number == NUMBER
        else:
            other_call(other)
        handled.set()

    before = signal.signal(signal.SIGALRM, handle)
    try:
        with WireServer([interrupt, answer(200, {**RUN, **NEW})]) as server, WireServer([answer(200, RUN)]) as other:
            with client_for(server, retries=0) as client:
                api = oc.JournalRunsApi(client)
                with pytest.raises(oc.TransportException) as caught:
                    api.create_journal_run(REQUEST, idempotency_key=key)  # type: ignore[arg-type]  # a plain dict
        assert (caught.value.sent, caught.value.outcome_unknown, caught.value.idempotency_key) == (True, True, key)
        assert [request.method for request in server.requests] == ["POST", "GET"][: 1 + shares]
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_signal_handler_before_the_request_left() -> None:
    """A handler that sends a request while another one connects does not make that one sent."""

    def handle(*_: Any) -> None:
        other_call(other)
        handled.set()

    def refuse(sock: Any) -> bool:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)
        return handled.wait(10) and False

    handled = threading.Event()
    before = signal.signal(signal.SIGALRM, handle)
    try:
        with WireServer([answer(200, RUN)]) as other, WireServer([answer(200, NEW)], greet=refuse) as server:
            host = server.url.replace("http://", "https://")  # so that nothing is sent before the handshake
            with oc.ApiClient(oc.Configuration(host=host, retries=0)) as client:
                with pytest.raises(oc.TransportException) as caught:
                    create(oc.JournalRunsApi(client))
        assert (caught.value.sent, caught.value.outcome_unknown) == (False, False)
    finally:
        signal.signal(signal.SIGALRM, before)
