"""The four operations: what they send, what they refuse, and the whole story against the sandbox."""

from __future__ import annotations

import datetime
import inspect
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clock import QuickClock
from support.wire import WireServer, answer

import openapi_client as oc
from openapi_client.sandbox import Sandbox, SandboxClock

NUMBER = "JR-00000001"
DONE = answer(200, {"success": True, "journalRunNumber": NUMBER, "number": NUMBER})
NUMBERED = ["get", "cancel", "delete", "g_et", "p_ut", "d_elete"]


@pytest.fixture
def server() -> Iterator[WireServer]:
    with WireServer([DONE]) as running:
        yield running


@pytest.fixture
def api(server: WireServer) -> Iterator[oc.JournalRunsApi]:
    with oc.ApiClient(oc.Configuration(host=server.url)) as client:
        yield oc.JournalRunsApi(client)


@pytest.fixture
def unchecked(server: WireServer) -> Iterator[oc.JournalRunsApi]:
    with oc.ApiClient(oc.Configuration(host=server.url, client_side_validation=False)) as client:
        yield oc.JournalRunsApi(client)


@pytest.fixture
def request_body() -> oc.POSTJournalRunType:
    return oc.POSTJournalRunType(
        accounting_period_name="Mar 2026",
        journal_entry_date=datetime.date(2026, 3, 31),
        transaction_types=[{"type": "Invoice Item"}],
    )


@pytest.mark.parametrize(
    ("name", "method", "path"),
    [
        ("get_journal_run", "GET", f"/v1/journal-runs/{NUMBER}"),
        ("get_journal_run_with_http_info", "GET", f"/v1/journal-runs/{NUMBER}"),
        ("g_et_journal_run", "GET", f"/v1/journal-runs/{NUMBER}"),
        ("g_et_journal_run_with_http_info", "GET", f"/v1/journal-runs/{NUMBER}"),
        ("cancel_journal_run", "PUT", f"/v1/journal-runs/{NUMBER}/cancel"),
        ("cancel_journal_run_with_http_info", "PUT", f"/v1/journal-runs/{NUMBER}/cancel"),
        ("p_ut_journal_run", "PUT", f"/v1/journal-runs/{NUMBER}/cancel"),
        ("p_ut_journal_run_with_http_info", "PUT", f"/v1/journal-runs/{NUMBER}/cancel"),
        ("delete_journal_run", "DELETE", f"/v1/journal-runs/{NUMBER}"),
        ("delete_journal_run_with_http_info", "DELETE", f"/v1/journal-runs/{NUMBER}"),
        ("d_elete_journal_run", "DELETE", f"/v1/journal-runs/{NUMBER}"),
        ("d_elete_journal_run_with_http_info", "DELETE", f"/v1/journal-runs/{NUMBER}"),
    ],
)
def test_verb_and_path(api: oc.JournalRunsApi, server: WireServer, name: str, method: str, path: str) -> None:
    """Each operation under both names, with and without status and headers."""
    getattr(api, name)(NUMBER)
    getattr(api, name)(jr_number=NUMBER)
    assert [(request.method, request.target) for request in server.requests] == [(method, path)] * 2


def test_cancel_sends_an_empty_object(api: oc.JournalRunsApi, server: WireServer) -> None:
    """Zuora answers other cancels without a JSON body with 415."""
    api.cancel_journal_run(NUMBER)
    assert server.requests[0].json == {}
    assert server.requests[0].headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "name",
    [
        "create_journal_run",
        "p_ost_journal_run",
        "create_journal_run_with_http_info",
        "p_ost_journal_run_with_http_info",
    ],
)
def test_create(api: oc.JournalRunsApi, server: WireServer, request_body: oc.POSTJournalRunType, name: str) -> None:
    """A model and a dict with wire or Python names send the same."""
    getattr(api, name)(request_body)
    getattr(api, name)(request=request_body.to_dict())
    getattr(api, name)(
        {"accountingPeriodName": "Mar 2026", "journalEntryDate": datetime.datetime(2026, 3, 31, 23, 59),
         "transactionTypes": [{"type": "Invoice Item"}]}
    )  # fmt: skip
    assert {(request.method, request.target) for request in server.requests} == {("POST", "/v1/journal-runs")}
    for request in server.requests:
        assert request.json == {
            "accountingPeriodName": "Mar 2026",
            "journalEntryDate": "2026-03-31",
            "transactionTypes": [{"type": "Invoice Item"}],
        }


def test_headers(api: oc.JournalRunsApi, server: WireServer) -> None:
    """Every parameter has its header; ``None`` is left out; ``_headers`` wins over all."""
    api.api_client.set_default_header("X-Team", "default")
    api.api_client.set_default_header("zuora-track-id", "default")
    api.get_journal_run(
        NUMBER, zuora_track_id="track", zuora_entity_ids="e1", zuora_org_ids="o1,o2", zuora_version="2025-08-12",
        _headers={"x-team": "call", "Zuora-Org-Ids": "o3"},
    )  # fmt: skip
    api.get_journal_run(NUMBER, zuora_track_id=None, zuora_entity_ids=None)
    first, second = (request.headers for request in server.requests)
    assert first["zuora-track-id"] == "track"
    assert first["zuora-entity-ids"] == "e1"
    assert first["zuora-org-ids"] == "o3"
    assert first["zuora-version"] == "2025-08-12"
    assert first["x-team"] == "call"
    assert second["zuora-track-id"] == "default"
    assert "zuora-entity-ids" not in second


def test_defaults_of_the_configuration(server: WireServer) -> None:
    """Entity, organizations and version can be set once, and be overridden in a call."""
    settings = {"zuora_entity_ids": "e1", "zuora_org_ids": "o1", "zuora_version": "2025-08-12"}
    with oc.ApiClient(oc.Configuration(host=server.url, **settings)) as client:
        oc.JournalRunsApi(client).get_journal_run(NUMBER, zuora_org_ids="o2")
    headers = server.requests[0].headers
    assert (headers["zuora-entity-ids"], headers["zuora-org-ids"], headers["zuora-version"]) == (
        "e1",
        "o2",
        "2025-08-12",
    )


@pytest.mark.parametrize("verb", NUMBERED)
@pytest.mark.parametrize("number", ["", " ", ".", "..", "a\r\nb", "a\x00b", "\x7f", "\ud800"])
def test_bad_numbers(api: oc.JournalRunsApi, server: WireServer, verb: str, number: str) -> None:
    """A number that would address another path is refused, and nothing is sent."""
    with pytest.raises(oc.ApiValueError, match="jr_number"):
        getattr(api, f"{verb}_journal_run")(number)
    assert server.requests == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1).filter(str.strip))
def test_any_other_number(number: str) -> None:
    """Every other text travels as one percent-encoded segment."""
    from urllib.parse import unquote

    from openapi_client._policy import checks as _checks

    if number in (".", ".."):
        return
    segment = _checks.path_segment("jr-number", number, "")
    assert unquote(segment) == number
    assert not set("/?#%\\ ") & set(segment.replace("%", "")) or "%" in segment
    assert "/" not in segment
    assert "?" not in segment
    assert "#" not in segment


def test_odd_number_on_the_wire(api: oc.JournalRunsApi, server: WireServer) -> None:
    """A slash in a number does not make another path."""
    api.get_journal_run("JR/../x?y#ä")
    assert server.requests[0].target == "/v1/journal-runs/JR%2F..%2Fx%3Fy%23%C3%A4"


@pytest.mark.parametrize("verb", NUMBERED)
def test_missing_number(api: oc.JournalRunsApi, verb: str) -> None:
    """The generated message, with the name that was called."""
    name = f"{verb}_journal_run"
    with pytest.raises(oc.ApiValueError) as caught:
        getattr(api, name)(None)
    assert str(caught.value) == f"Missing the required parameter `jr_number` when calling `{name}`"
    with pytest.raises(TypeError, match="jr_number"):
        getattr(api, name)()


@pytest.mark.parametrize("value", [1, b"JR-1", ["JR-1"], True])
def test_number_of_another_type(api: oc.JournalRunsApi, server: WireServer, value: Any) -> None:
    """A number is text."""
    with pytest.raises(oc.ApiTypeError, match=r"jr_number.*str"):
        api.get_journal_run(value)
    assert server.requests == []


@pytest.mark.parametrize("value", ["x" * 65, "a:b", "a;b", 'a"b', "a'b", "ä", "a\nb"])
def test_bad_track_id(api: oc.JournalRunsApi, server: WireServer, value: str) -> None:
    """The rules of the track id."""
    with pytest.raises(oc.ApiValueError, match=r"zuora_track_id|Zuora-Track-Id"):
        api.get_journal_run(NUMBER, zuora_track_id=value)
    assert server.requests == []


@pytest.mark.parametrize("option", ["zuora_track_id", "zuora_entity_ids", "zuora_org_ids", "zuora_version"])
@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "snow \u2603", "a\r\n b"])
def test_header_injection(api: oc.JournalRunsApi, server: WireServer, option: str, value: str) -> None:
    """No control character, folded line or letter outside Latin-1 gets into a header."""
    with pytest.raises(oc.ApiValueError):
        api.get_journal_run(NUMBER, **{option: value})  # type: ignore[arg-type]  # by name
    assert server.requests == []


@pytest.mark.parametrize("headers", [{"X-A": "a\nb"}, {"X A": "b"}, {"": "b"}, {"X-A\r\n": "b"}, {"X": "\u2603"}])
def test_header_injection_by_headers(unchecked: oc.JournalRunsApi, server: WireServer, headers: dict[str, str]) -> None:
    """Header safety holds for names too, and without validation."""
    with pytest.raises(oc.ApiValueError):
        unchecked.get_journal_run(NUMBER, _headers=headers)
    assert server.requests == []


@pytest.mark.parametrize("option", ["zuora_track_id", "zuora_entity_ids", "zuora_org_ids", "zuora_version"])
@pytest.mark.parametrize("value", [5, ["a"], b"a", {"a": 1}])
def test_header_of_another_type(api: oc.JournalRunsApi, option: str, value: Any) -> None:
    """Header parameters are text."""
    with pytest.raises(oc.ApiTypeError, match=option):
        api.get_journal_run(NUMBER, **{option: value})


@pytest.mark.parametrize("name", ["get_journal_run", "g_et_journal_run_with_http_info", "p_ut_journal_run"])
def test_unknown_argument(api: oc.JournalRunsApi, name: str) -> None:
    """A typing error is named."""
    with pytest.raises(oc.ApiTypeError, match=r"unexpected keyword argument 'zuora_trackid' to method \w+"):
        getattr(api, name)(NUMBER, zuora_trackid="x")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("zuora_trackid", "; did you mean 'zuora_track_id'?"),
        ("request_timeout", "; did you mean '_request_timeout'?"),
        ("timeout", "; did you mean '_request_timeout'?"),
        ("colour", ""),
    ],
)
@pytest.mark.parametrize("method", ["get_journal_run", "d_elete_journal_run"])
def test_nearest_argument(api: oc.JournalRunsApi, method: str, name: str, near: str) -> None:
    """The nearest known name is proposed, if one is near; ``timeout`` is that of the call."""
    with pytest.raises(oc.ApiTypeError) as caught:
        getattr(api, method)(NUMBER, **{name: 5})
    assert str(caught.value) == f"Got an unexpected keyword argument '{name}' to method {method}{near}"


def test_too_many_arguments(api: oc.JournalRunsApi, server: WireServer) -> None:
    """Python's own errors name the method that was called, for options that are no positions and for doubled ones."""
    with pytest.raises(TypeError, match=r"g_et_journal_run\(\) takes 2 positional arguments but 3 were given"):
        api.g_et_journal_run(NUMBER, "track")  # type: ignore[call-overload]  # bad on purpose
    with pytest.raises(TypeError, match=r"get_journal_run\(\) got multiple values for argument 'jr_number'"):
        api.get_journal_run(NUMBER, jr_number=NUMBER)  # type: ignore[call-overload]  # bad on purpose
    assert server.requests == []


def test_keys_are_for_creates(api: oc.JournalRunsApi) -> None:
    """Only a create takes an idempotency key."""
    with pytest.raises(oc.ApiTypeError, match="idempotency_key"):
        api.cancel_journal_run(NUMBER, idempotency_key="x")  # type: ignore[call-overload]  # bad on purpose


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("", oc.ApiValueError),
        (" ", oc.ApiValueError),
        ("x" * 256, oc.ApiValueError),
        (5, oc.ApiTypeError),
        ("a\nb", oc.ApiValueError),
    ],
)
def test_bad_key(
    api: oc.JournalRunsApi, server: WireServer, request_body: Any, key: Any, kind: type[Exception]
) -> None:
    """A key has 1 to 255 characters that a header can carry."""
    with pytest.raises(kind):
        api.create_journal_run(request_body, idempotency_key=key)
    assert server.requests == []


def test_own_key_and_none(api: oc.JournalRunsApi, server: WireServer, request_body: Any) -> None:
    """The caller's key is sent as it is, ``None`` sends none, and ``_headers`` may bring one."""
    api.create_journal_run(request_body, idempotency_key="mine")
    api.create_journal_run(request_body, idempotency_key=None)
    api.create_journal_run(request_body, _headers={"idempotency-key": "header"})
    assert [request.headers.get("idempotency-key") for request in server.requests] == ["mine", None, "header"]


def test_random_keys(api: oc.JournalRunsApi, server: WireServer, request_body: Any) -> None:
    """Left out, the key is a new UUID4 for each call; the default can be passed on as it is."""
    default = inspect.signature(api.create_journal_run).parameters["idempotency_key"].default
    api.create_journal_run(request_body)
    api.create_journal_run(request_body)
    api.p_ost_journal_run(request_body, idempotency_key=default)
    keys = [request.headers["idempotency-key"] for request in server.requests]
    assert [uuid.UUID(key).version for key in keys] == [4, 4, 4]
    assert len({*keys}) == 3


def test_key_of_further_headers(api: oc.JournalRunsApi, server: WireServer, request_body: Any) -> None:
    """Where ``_headers`` speaks of the key, none is made, also where it says that there is none."""
    api.create_journal_run(request_body, _headers={"IDEMPOTENCY-KEY": None})
    assert "idempotency-key" not in server.requests[0].headers


@pytest.mark.parametrize("value", [[], "text", 5, object()])
def test_request_of_another_type(api: oc.JournalRunsApi, server: WireServer, value: Any) -> None:
    """A request is a model or a dict."""
    with pytest.raises(oc.ApiTypeError, match="request"):
        api.create_journal_run(value)
    assert server.requests == []


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"journalEntryDate": "2026-03-31"},
        {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Nonsense"}]},
        {"journalEntryDate": "soon", "transactionTypes": []},
        {"journalEntryDate": "2026-03-31", "transactionTypes": "Invoice Item"},
        {"journalEntryDate": "2026-03-31", "transactionTypes": [{}]},
        {"journalEntryDate": 20260331, "transactionTypes": []},
    ],
)
def test_bad_request(api: oc.JournalRunsApi, server: WireServer, value: Any) -> None:
    """A dict is checked as the model is."""
    with pytest.raises((oc.ApiValueError, oc.ApiTypeError)):
        api.create_journal_run(value)
    assert server.requests == []


def test_unchecked(unchecked: oc.JournalRunsApi, server: WireServer) -> None:
    """Without validation what is given is sent; the server may know better."""
    unchecked.create_journal_run({"journalEntryDate": "soon", "new": 1})
    unchecked.get_journal_run(5, zuora_track_id="a:b")  # type: ignore[arg-type]  # bad on purpose
    assert server.requests[0].json == {"journalEntryDate": "soon", "new": 1}
    assert server.requests[1].target == "/v1/journal-runs/5"
    assert server.requests[1].headers["zuora-track-id"] == "a:b"


def test_meant_fields_travel(api: oc.JournalRunsApi, server: WireServer) -> None:
    """A field that this version does not know is sent by whoever says that it is meant."""
    api.create_journal_run(
        {"journalEntryDate": "2026-03-31",
         "transactionTypes": [{"type": "Invoice Item", "additional_properties": {"b": 2}}],
         "additional_properties": {"futureField": {"a": 1}}}
    )  # fmt: skip
    assert server.requests[0].json["futureField"] == {"a": 1}
    assert server.requests[0].json["transactionTypes"] == [{"type": "Invoice Item", "b": 2}]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target_strat_date": "2026-03-01"},
         "unexpected key 'target_strat_date' in `request`; did you mean 'target_start_date'"),
        ({"targetStratDate": "2026-03-01"},
         "unexpected key 'targetStratDate' in `request`; did you mean 'targetStartDate'"),
        ({"futureField": 1}, "unexpected key 'futureField' in `request`$"),
        ({5: 1}, "unexpected key '5' in `request`"),
        ({"journal_entry_date": "2026-03-31"}, "both spellings of the key 'journal_entry_date' in `request`"),
        ({"transactionTypes": [{"type": "Invoice Item"}, {"typ": "Invoice Item"}]},
         r"unexpected key 'typ' in `request.transaction_types\[1\]`; did you mean 'type'"),
        ({"organizationLabels": {"organisationId": "1"}},
         "unexpected key 'organisationId' in `request.organization_labels`; did you mean 'organizationId'"),
        ({"additional_properties": [1]}, "`request.additional_properties`: list; it must be a dict"),
    ],
)  # fmt: skip
def test_misspelt_keys(api: oc.JournalRunsApi, server: WireServer, changes: dict[Any, Any], message: str) -> None:
    """A misspelt key is refused like a misspelt argument, with its place and the nearest known name."""
    with pytest.raises(oc.ApiTypeError, match=message):
        api.create_journal_run({"journalEntryDate": "2026-03-31", "transactionTypes": [], **changes})
    assert server.requests == []


@pytest.mark.parametrize("headers", [5, "x", ["a"]])
def test_headers_of_another_type(api: oc.JournalRunsApi, headers: Any) -> None:
    """``_headers`` is a dict."""
    with pytest.raises(oc.ApiTypeError, match="_headers"):
        api.get_journal_run(NUMBER, _headers=headers)


@pytest.mark.parametrize("value", [0, -1, "5", float("nan"), (1,)])
def test_bad_request_timeout(api: oc.JournalRunsApi, server: WireServer, value: Any) -> None:
    """A limit that is none is refused before anything is sent."""
    with pytest.raises((oc.ApiTypeError, oc.ApiValueError), match="_request_timeout"):
        api.get_journal_run(NUMBER, _request_timeout=value)
    assert server.requests == []


def test_help() -> None:
    """Both names have documentation and the signature of the other."""
    for generated, readable in (("g_et", "get"), ("p_ost", "create"), ("p_ut", "cancel"), ("d_elete", "delete")):
        for suffix in ("", "_with_http_info"):
            old = getattr(oc.JournalRunsApi, f"{generated}_journal_run{suffix}")
            new = getattr(oc.JournalRunsApi, f"{readable}_journal_run{suffix}")
            assert inspect.signature(old) == inspect.signature(new)
            assert old.__name__ == f"{generated}_journal_run{suffix}"
            assert inspect.getdoc(old)
            assert inspect.getdoc(new)


def test_default_client() -> None:
    """Without a client the API makes one with the stored default configuration."""
    oc.Configuration.set_default(oc.Configuration(host="https://rest.eu.zuora.com"))
    try:
        assert oc.JournalRunsApi().api_client.configuration.host == "https://rest.eu.zuora.com"
    finally:
        oc.Configuration.set_default(None)


def test_key_for_a_job(request_body: oc.POSTJournalRunType) -> None:
    """The same job gets the same key; another host, entity, body or scope another one."""
    home = oc.Configuration(host="https://rest.zuora.com")
    key = oc.idempotency_key_for(request_body, "2026-03-close", home)
    assert key == oc.idempotency_key_for(request_body.to_dict(), "2026-03-close", oc.Configuration())
    assert len(key) <= 255
    others = {
        oc.idempotency_key_for(request_body, "2026-04-close", home),
        oc.idempotency_key_for(request_body, "2026-03-close", oc.Configuration(host="https://rest.eu.zuora.com")),
        oc.idempotency_key_for(request_body, "2026-03-close", oc.Configuration(zuora_entity_ids="e1")),
        oc.idempotency_key_for({**request_body.to_dict(), "accounting_period_name": "Apr 2026"}, "2026-03-close", home),
    }
    assert len(others | {key}) == 5


@pytest.mark.parametrize(("scope", "kind"), [("", oc.ApiValueError), (" ", oc.ApiValueError), (5, oc.ApiTypeError)])
def test_key_without_a_scope(request_body: Any, scope: Any, kind: type[Exception]) -> None:
    """A job has a name."""
    with pytest.raises(kind, match="scope"):
        oc.idempotency_key_for(request_body, scope)


@pytest.mark.parametrize("version", ["186.0", "2025-08-12"])
def test_whole_story(version: str) -> None:
    """Create, wait, retrieve, cancel, delete, gone: against the sandbox, whatever its error statuses."""
    with Sandbox(clock=SandboxClock(speed=100)) as sandbox:
        configuration = sandbox.configuration(clock=QuickClock(), zuora_version=version)
        with oc.ApiClient(configuration) as client:
            api = oc.JournalRunsApi(client)
            created = api.create_journal_run(
                {"accountingPeriodName": sandbox.clock.now().strftime("%b %Y"), "journalEntryDate": "2026-03-31",
                 "transactionTypes": [{"type": "Invoice Item"}, {"type": "Taxation Item"}]}
            )  # fmt: skip
            number = created.journal_run_number
            assert number is not None
            sandbox.clock.advance(10)
            run = api.wait_for_journal_run(number)
            assert (run.status, run.total_journal_entry_count) == (oc.JournalRunStatus.COMPLETED, 2)
            assert isinstance(run.executed_on, datetime.datetime)
            assert api.cancel_journal_run(number).success
            sandbox.clock.advance(10)
            assert api.wait_for_journal_run(number, until="Cancelled").status == "Cancelled"
            assert api.delete_journal_run(number).success
            sandbox.clock.advance(10)
            api.wait_for_journal_run_deleted(number)
            with pytest.raises((oc.NotFoundException, oc.OperationFailedException)) as caught:
                api.get_journal_run(number)
            assert caught.value.reasons[0].code == "50000040"
