"""Refusals that say that another run is in progress: a table of texts."""

from __future__ import annotations

from typing import Any

import pytest

import openapi_client as oc
from openapi_client._base.reasons import Reason
from openapi_client._policy.busy import refusal_of_a_create
from openapi_client._policy.history import Failure

BUSY = oc.JournalRunInProgressException
PLAIN = oc.BadRequestException


def judged(*messages: str, code: str = "50000030", status: int = 400, **settings: Any) -> type[oc.ApiException]:
    found = tuple(Reason(code, message) for message in messages)
    failure = Failure("refused", error=PLAIN, status=status, reasons=found)
    return refusal_of_a_create(failure, oc.Configuration(**settings))


@pytest.mark.parametrize(
    "message",
    [
        "Journal run JR-00000005 is in progress; only one can run at a time.",
        "Another journal run is being processed.",
        "A new journal run cannot be created: journal run JR-00000005 is already pending",
        "The journal run 'JR-5' is still processing.",
        "Only one journal run can be executed at a time",
    ],
)
def test_texts_that_say_so(message: str) -> None:
    """In these words another run is meant."""
    assert judged(message) is BUSY
    assert judged(message, status=200) is BUSY
    assert judged(message, code="50000050", status=409) is BUSY


@pytest.mark.parametrize(
    "message",
    [
        "",
        "accountingPeriodName may not be null",
        "The journal run date must be in an open period",
        "A journal run can only have one organization.",
        "Cannot find entity by key: 'JR-00000005'.",
        "x" * 2000 + " another journal run",
    ],
)
def test_other_texts(message: str) -> None:
    """Nothing of the kind is meant here, or is in a text of no sane length."""
    assert judged(message) is PLAIN


def test_only_refusals_of_the_application() -> None:
    """A gateway's text, a failure of the service, and no reason at all say nothing about runs."""
    assert judged("Another journal run is in progress", code="") is PLAIN
    assert judged("Another journal run is in progress", status=500) is PLAIN
    assert judged() is PLAIN


def test_what_breaks_a_rule_as_well() -> None:
    """Such a create will never succeed by waiting."""
    assert judged("Another journal run is in progress", "journalEntryDate may not be null") is PLAIN


def test_further_texts() -> None:
    """Users add what their tenant says."""
    patterns = (*oc.Configuration.run_in_progress_patterns, r"summary .* queue")
    assert judged("The Summary is in the queue", run_in_progress_patterns=patterns) is BUSY
    assert judged("Another journal run", run_in_progress_patterns=[]) is PLAIN


@pytest.mark.parametrize(
    ("patterns", "error"),
    [(["("], oc.ApiValueError), ("text", oc.ApiTypeError), ([1], oc.ApiTypeError), (5, oc.ApiTypeError)],
)
def test_wrong_patterns(patterns: Any, error: type[Exception]) -> None:
    """They are checked when they are set."""
    with pytest.raises(error, match="run_in_progress_patterns"):
        oc.Configuration(run_in_progress_patterns=patterns)
