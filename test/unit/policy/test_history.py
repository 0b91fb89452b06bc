"""What follows from the failed attempts of a call: whether it may have taken effect, case by case."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openapi_client import ApiException, Reason, UnauthorizedException
from openapi_client._policy.history import Failure, History
from openapi_client._policy.raising import exception_for


def reasons(*categories: int) -> tuple[Reason, ...]:
    return tuple(Reason(f"500000{category:02d}", "message") for category in categories)


def answered(status: int, *categories: int) -> Failure:
    return Failure("refused", error=ApiException, status=status, reasons=reasons(*categories))


NOT_SENT = Failure("refused by the system", sent=False)
RESET = Failure("reset")
NO_TOKEN = Failure("no token", sent=False, attempted=False, error=UnauthorizedException, status=401)
GATEWAY = Failure("Not Found", error=ApiException, status=404, reasons=(Reason("", "no Route matched"),))
SYSTEM_ERROR = Failure("no", error=ApiException, status=200, reasons=(Reason("SystemError", "internal"),))


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (NOT_SENT, False),
        (NO_TOKEN, False),
        (RESET, True),
        (answered(101), True),
        (answered(199), True),
        (answered(299), True),
        (answered(200), True),
        (answered(300), False),
        (answered(302), False),
        (answered(400), False),
        (answered(404), False),
        (answered(408), True),
        (answered(409), True),
        (answered(413), False),
        (answered(429), False),
        (answered(500), True),
        (answered(504), True),
        (answered(200, 30), False),
        (answered(409, 50), False),
        (answered(409, 61), True),
        (answered(200, 60), True),
        (answered(200, 99), True),
        (answered(500, 30), True),
        (GATEWAY, False),
        (SYSTEM_ERROR, True),
    ],
)
def test_unclear_failures(failure: Failure, expected: bool) -> None:
    """After which failures the request may have taken effect."""
    assert failure.is_unclear(keyed=True) is expected


@pytest.mark.parametrize(
    ("failure", "expected"),
    [(answered(401), True), (answered(401, 11), True), (answered(200, 11), True), (answered(403, 10), False)],
)
def test_refused_token(failure: Failure, expected: bool) -> None:
    """A refused token is told by the status or by the category, as the version of the API has it."""
    assert failure.is_refused_token is expected


def test_conflict_without_a_key() -> None:
    """Without a key a 409 cannot mean 'in progress'."""
    assert not answered(409).is_unclear(keyed=False)


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (RESET, False),
        (answered(200), False),
        (answered(400), False),
        (answered(404), False),
        (GATEWAY, False),
        (SYSTEM_ERROR, False),
        (answered(200, 30), True),
        (answered(404, 40), True),
        (answered(400, 20, 21, 22, 23, 27, 30, 40, 45, 90), True),
        (answered(499, 30), True),
        (answered(409, 30), True),
        (answered(422, 30), True),
        (answered(500, 30), False),
        (answered(200, 30, 61), False),
        (answered(401, 11), False),
        (answered(403, 10), False),
        (answered(409, 50), False),
        (answered(429, 70), False),
        (Failure("no", error=ApiException, status=404, reasons=(Reason("40", "short"),)), False),
        (Failure("no", error=ApiException, status=400, reasons=(Reason("BAD_REQUEST", "words"),)), False),
    ],
)
def test_judgements(failure: Failure, expected: bool) -> None:
    """Only the application, in its own form, judges the request: an allow-list."""
    assert failure.is_judgement is expected


@pytest.mark.parametrize(
    ("failures", "create", "keyless", "cancel"),
    [
        ((NOT_SENT,), False, False, False),
        ((RESET,), True, True, True),
        ((NOT_SENT, RESET), True, True, True),
        ((RESET, NOT_SENT), True, True, True),
        ((RESET, answered(401, 11)), True, True, True),
        ((RESET, answered(401, 11), NO_TOKEN), True, True, True),
        ((answered(401, 11), NO_TOKEN), False, False, False),
        ((RESET, GATEWAY), True, True, True),
        ((RESET, answered(413)), True, True, True),
        ((RESET, answered(302)), True, True, True),
        ((RESET, answered(429, 70)), True, True, True),
        ((RESET, answered(200, 30)), False, True, True),
        ((RESET, answered(200, 30), RESET), True, True, True),
        ((answered(200, 30),), False, False, False),
        ((GATEWAY,), False, False, False),
    ],
)
def test_outcome(failures: tuple[Failure, ...], create: bool, keyless: bool, cancel: bool) -> None:
    """What the whole history says; only under a key does a refusal settle what came before it."""
    assert History("POST", "k", failures).outcome_unknown is create
    assert History("POST", None, failures).outcome_unknown is keyless
    assert History("PUT", None, failures).outcome_unknown is cancel
    assert History("DELETE", "a header that changes nothing", failures).outcome_unknown is cancel
    assert not History("GET", None, failures).outcome_unknown


def test_before_the_last_attempt() -> None:
    """What was unclear before an attempt is told apart from what it made unclear."""
    assert not History("PUT", None, (RESET,)).follows_unclear
    assert History("PUT", None, (RESET, answered(200, 30))).follows_unclear
    assert not History("PUT", None, (answered(429), answered(200, 30))).follows_unclear


def test_a_look_disproves() -> None:
    """Once a look at the server has shown that nothing was done, that is known."""
    assert not History("PUT", None, (RESET, answered(200, 30)), is_disproved=True).outcome_unknown


def test_attempts() -> None:
    """An attempt that had no token to begin with is none."""
    history = History("POST", "k", (RESET, answered(401, 11), NO_TOKEN))
    assert (history.attempts, history.counted) == (2, 3)
    assert history._replace(has_new_token=True).counted == 2


def test_a_value() -> None:
    """``after`` makes a new history and leaves the old one alone."""
    first = History("GET")
    second = first.after(RESET)
    assert (first.failures, second.failures, second.last) == ((), (RESET,), RESET)


def test_exception() -> None:
    """The exception is complete: it has what the last failure and the history say, and its cause."""
    cause = OSError("broken pipe")
    history = History("POST", "k", (RESET, RESET._replace(cause=cause)))
    error: Any = exception_for(history, "/v1/journal-runs")
    assert (error.method, error.path, error.attempts, error.idempotency_key) == ("POST", "/v1/journal-runs", 2, "k")
    assert (error.outcome_unknown, error.follows_unclear_attempt, error.sent) == (True, True, True)
    assert error.__cause__ is cause


FAILURES = st.sampled_from([NOT_SENT, RESET, NO_TOKEN, GATEWAY, SYSTEM_ERROR, answered(401, 11), answered(200, 30),
                            answered(503), answered(429, 70), answered(409), answered(404, 40)])  # fmt: skip


@given(st.lists(FAILURES, min_size=1, max_size=6), st.sampled_from(["POST", "PUT", "DELETE"]))
def test_known_means_no_unclear_attempt_is_open(failures: list[Failure], verb: str) -> None:
    """``False`` is said only when every unclear attempt was followed by a judgement under the same key."""
    history = History(verb, "k", tuple(failures))
    open_ones = [
        index
        for index, failure in enumerate(failures)
        if failure.is_unclear(keyed=history.is_keyed)
        and not (history.is_keyed and any(later.is_judgement for later in failures[index + 1 :]))
    ]
    assert history.outcome_unknown is bool(open_ones)


def test_a_failure_shown() -> None:
    """Its ``repr`` is one line with what matters, and a long reason is cut."""
    assert repr(Failure("it\nfailed", sent=False, status=404)) == r"<Failure status=404 sent=False 'it failed'>"
    longest = next(n for n in range(150, 250) if "x" * n not in repr(Failure("x" * n)))
    assert "x" * (longest - 1) in repr(Failure("x" * (longest - 1)))
    assert longest == 201
