"""What help, notebooks and editors show of a method: every parameter, with its type, default and sentence."""

from __future__ import annotations

import inspect
import pydoc
from typing import Any

import jedi
import pytest

import openapi_client as oc

OPERATIONS = [
    "create_journal_run", "get_journal_run", "cancel_journal_run", "delete_journal_run",
    "p_ost_journal_run", "g_et_journal_run", "p_ut_journal_run", "d_elete_journal_run",
]  # fmt: skip
METHODS = [name + suffix for name in OPERATIONS for suffix in ("", "_with_http_info")]
WAITS = {
    "wait_for_journal_run": ["until", "timeout", "progress"],
    "wait_for_journal_run_deleted": ["timeout", "progress"],
    "create_and_wait": ["until", "timeout", "progress", "when_busy"],
    "create_journal_run_when_free": ["timeout", "progress"],
    "cancel_and_wait": ["timeout", "progress"],
    "delete_and_wait": ["timeout", "progress"],
    "begin_create_journal_run": ["until", "timeout", "progress"],
    "poll_journal_run": ["until", "timeout", "progress"],
}
SCOPE = {
    "zuora_track_id": "str | None", "zuora_entity_ids": "str | None", "zuora_org_ids": "str | None",
    "zuora_version": "str | None", "_headers": "Mapping[str, Any] | None",
    "_request_timeout": "float | tuple[float, float] | None", "_retries": "int | RetryPolicy | None",
}  # fmt: skip
ANSWERING = {
    "async_req": ("bool | None", None),
    "_preload_content": ("bool", True),
    "_return_http_data_only": ("bool | None", None),
}


@pytest.mark.parametrize("name", METHODS)
def test_signatures(name: str) -> None:
    """At run time each parameter has its name, type, default and sentence, under both names."""
    method = getattr(oc.JournalRunsApi, name)
    (_, subject, *others) = inspect.signature(method).parameters.values()
    is_create = "create" in name or "p_ost" in name
    assert subject.name == ("request" if is_create else "jr_number")
    assert subject.annotation == ("POSTJournalRunType | POSTJournalRunTypeDict" if is_create else "str")
    assert (subject.kind, subject.default) == (subject.POSITIONAL_OR_KEYWORD, subject.empty)
    assert all(each.kind is each.KEYWORD_ONLY for each in others)
    found = {each.name: (each.annotation, each.default) for each in others}
    expected: dict[str, Any] = {**{key: (kind, None) for key, kind in SCOPE.items()}, **ANSWERING}
    if is_create:
        assert found["idempotency_key"][0] == "str | None"
        assert repr(found.pop("idempotency_key")[1]) == "a random UUID4"
    assert found == expected
    text = inspect.getdoc(method) or ""
    for each in (subject, *others):
        assert f":param {each.name}: " in text
    for part in (":returns: ", ":raises ApiException: ", "Source: Zuora API reference"):
        assert part in text


@pytest.mark.parametrize("name", WAITS)
def test_signatures_of_waits(name: str) -> None:
    """A wait has its own options and those of its calls, and none that asks for another kind of answer."""
    (_, subject, *others) = inspect.signature(getattr(oc.JournalRunsApi, name)).parameters.values()
    is_create = "create" in name
    assert subject.name == ("request" if is_create else "jr_number")
    found = [each.name for each in others]
    assert sorted(found) == sorted([*WAITS[name], *SCOPE, *(["idempotency_key"] if is_create else [])])
    assert found[: len(WAITS[name])] == WAITS[name]
    text = inspect.getdoc(getattr(oc.JournalRunsApi, name)) or ""
    assert all(f":param {each.name}: " in text for each in (subject, *others))


@pytest.mark.parametrize("name", [*METHODS, *WAITS])
def test_help(name: str) -> None:
    """``help`` names the method as it was asked for, with its parameters."""
    # Newer versions of Python put each parameter on a line of its own.
    text = " ".join(pydoc.plain(pydoc.render_doc(getattr(oc.JournalRunsApi, name))).split()).replace("( ", "(")
    assert f" {name}(self, " in text
    assert "zuora_track_id: 'str | None' = None" in text
    assert "kwargs" not in text


@pytest.mark.parametrize("name", [*METHODS, *WAITS])
@pytest.mark.parametrize("is_notebook", [False, True])
def test_editors(name: str, is_notebook: bool) -> None:
    """jedi, in an editor and in a notebook, shows the parameters and completes their names."""
    code = f"import openapi_client\napi = openapi_client.JournalRunsApi()\napi.{name}("
    script: Any
    if is_notebook:
        script = jedi.Interpreter(code.splitlines()[-1], [{"api": oc.JournalRunsApi()}])
        completing = jedi.Interpreter(f"api.{name}('x', zuora_v", [{"api": oc.JournalRunsApi()}])
    else:
        script, completing = jedi.Script(code), jedi.Script(f"{code}'x', zuora_v")
    signatures = script.get_signatures()
    assert signatures
    for signature in signatures:
        shown = {each.name: each.to_string() for each in signature.params}
        assert {*SCOPE} <= {*shown}
        assert shown["zuora_version"].replace("'", "") == "zuora_version: str | None=None"
    assert "zuora_version=" in [each.name for each in completing.complete()]


def test_constructors() -> None:
    """A model shows its fields with their kinds."""
    signature = str(inspect.signature(oc.POSTJournalRunType))
    assert signature.startswith("(accounting_period_name: 'str' = None, journal_entry_date: 'date' = None, ")
    assert "transaction_types: 'list[POSTJournalRunTransactionType]' = None" in signature


def test_a_missing_argument_is_told_under_the_called_name() -> None:
    """Python's own error names the method that was called."""
    api = oc.JournalRunsApi()
    for name in METHODS:
        with pytest.raises(TypeError, match=rf"JournalRunsApi\.{name}\(\) missing 1 required positional argument"):
            getattr(api, name)()
