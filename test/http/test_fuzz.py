"""A seeded fuzz of what a server may send: nothing but our exceptions leaves the package."""

# ruff: noqa: RUF005, SIM905 - lists of words are read as words

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st
from support.clock import FrozenClock
from support.faults import NUMBER, REQUEST

import openapi_client as oc
from openapi_client._policy import limits
from openapi_client._transport.exchange import InMemoryTransport, Reply

WORDS = st.sampled_from(
    """0 -1 +5 1e999 nan \xb2 Mon 31 Feb 0000 99999 24:61:61 GMT +9999 -0000 UTC attachment filename filename*
    filename*0* utf-7''%FF punycode''a- idna''%FF hex''%FF undefined''x utf-16''%FF = ; " ' % .. / \\ , w=
    =?utf-8?b?//8=?=""".split()
    + ["1" * 400, "Wed, 21 Oct 2015 07:28:00", "x\x00y''b", " ", "\x00"]
)
LISTED = st.lists(WORDS, max_size=8)
VALUES = st.one_of(st.text(max_size=40), LISTED.map("".join), LISTED.map(" ".join))
DATES = st.builds(
    "{} {} {} {:02}:{:02}:{:02} {}".format,
    st.sampled_from(["Mon, 01", "31", "0", "99"]),
    st.sampled_from(["Jan", "Feb", "Dec", "Foo"]),
    st.sampled_from([0, 1, 69, 1900, 9999, 10**6, 10**20]),
    *(st.integers(0, 99) for _ in range(3)),
    st.sampled_from(["GMT", "", "+9999", "-2359", "+99999999999"]),
)
EXTENDED = st.builds(
    "attachment; filename{}={}''{}".format,
    st.sampled_from(["*", "*0*", "*1", "*0"]),
    st.sampled_from(["idna", "punycode", "undefined", "hex", "utf-7", "utf-16", "", "none", "x\x00"]),
    st.sampled_from(["%FF", "a-", "%00", "a" * 300, "..", "%2e%2e%2f", "CON", "\udc00"]),
)
NAMES = st.sampled_from(
    """Retry-After RateLimit-Limit RateLimit-Remaining RateLimit-Reset Content-Type Content-Disposition Set-Cookie
    Concurrency-Limit-Limit Concurrency-Limit-Remaining Zuora-Request-Id Zuora-Track-Id""".split()
)
CHARSETS = st.sampled_from("utf-8 utf-7 utf-16 punycode idna unicode_escape hex cp1252 x\x00 \xe9".split(" "))
MOMENTS = st.builds(
    "{:04}-{:02}-{:02}T{:02}:{}{}".format,
    *(st.integers(0, most) for most in (10000, 13, 32, 24)),
    st.sampled_from(["00", "00:00", "59:60", "0:0:0"]),
    st.sampled_from(["", "Z", "+23:59", "-2359", "+99:99"]),
) | st.sampled_from(["9999-12-31T24:00", "0001-01-01T00:00:00+23:59"])
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just(10**400), MOMENTS, st.just("a")
)
KEYS = st.sampled_from(
    """success reasons code message error Errors Code Message requestId number status journalRunNumber
    error_description transactionTypes journalEntryDate executedOn type access_token expires_in""".split()
)
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5))
BODIES = st.one_of(
    st.binary(max_size=60),
    TREES.map(lambda tree: json.dumps(tree).encode("utf-8", "replace")),
    st.dictionaries(KEYS, LEAVES | TREES, max_size=6).map(lambda tree: json.dumps(tree).encode()),
)
HEADERS = st.dictionaries(NAMES, VALUES, max_size=5)
STATUSES = st.sampled_from([200, 200, 200, 204, 206, 301, 400, 401, 404, 409, 418, 429, 500, 503, 599])
KINDS = st.sampled_from(
    "str int float bool date datetime object bytes file list[int] GETJournalRunType CommonResponseType".split()
    + ["dict(str, date)", "list[POSTJournalRunResponseType]"]
)
SLOW = settings(max_examples=400, deadline=None, suppress_health_check=[*HealthCheck])


def client_of(status: int, body: bytes, headers: dict[str, str], **given: Any) -> oc.ApiClient:
    transport = InMemoryTransport(lambda request: Reply(status, body, headers, "Reason \x1b"))
    given = {"access_token": "the-token", "clock": FrozenClock(), "debug": False, **given}
    return oc.ApiClient(oc.Configuration(**given), transport=transport)


def ours_only(act: Any) -> None:
    """Call, and look at what is raised as a log or a person would."""
    try:
        answer = act()
    except oc.ApiException as error:
        assert len(str(error)) < 6000
        assert str(error).isprintable()
        assert error.request_id is None or isinstance(error.request_id, str)
        assert error.is_retryable in (True, False)
    else:
        if isinstance(answer, oc.ApiResponse):
            assert answer.rate_limit is not None
            assert repr(answer)


@seed(20261124)
@SLOW
@given(STATUSES, BODIES, HEADERS, st.booleans())
def test_operations(status: int, body: bytes, headers: dict[str, str], raises: bool) -> None:
    """Operations of the API."""
    api = oc.JournalRunsApi(client_of(status, body, headers, raise_on_failure=raises, max_concurrency=2))
    ours_only(lambda: api.get_journal_run_with_http_info(NUMBER))
    ours_only(lambda: api.create_journal_run_with_http_info(REQUEST))
    ours_only(lambda: api.delete_journal_run_with_http_info(NUMBER))


@seed(20261124)
@SLOW
@given(STATUSES, BODIES, HEADERS, KINDS, CHARSETS | VALUES)
def test_generated_calls(
    tmp_path_factory: pytest.TempPathFactory, status: int, body: bytes, headers: dict[str, str], kind: str, charset: str
) -> None:
    """Calls as generated code makes them, with any type and charset."""
    given = {**headers, "Content-Type": f"text/plain; charset={charset}"}
    folder: Path = tmp_path_factory.getbasetemp()
    with client_of(status, body, given, temp_folder_path=str(folder), retries=0) as client:
        ours_only(lambda: client.call_api("/x", "GET", response_type=kind))


@seed(20261124)
@SLOW
@given(STATUSES, BODIES, HEADERS)
@example(200, b'{"access_token": "a", "expires_in": 1%s}' % (b"0" * 400), {})
def test_token_endpoint(status: int, body: bytes, headers: dict[str, str]) -> None:
    """The token endpoint."""
    with client_of(status, body, headers, access_token=None, client_id="id", client_secret="cl1ent-s3cret") as client:
        ours_only(lambda: oc.JournalRunsApi(client).get_journal_run(NUMBER))


@seed(20261124)
@settings(max_examples=1500, deadline=None)
@given(VALUES | DATES)
@example("Mon, 01 Jan 0001 00:00:00 +2359")
@example("31 Dec 9999 23:59:59 -2359")
@example("01 Jan 2026 00:00:00 +99999999999")
def test_dates(value: str) -> None:
    """``Retry-After`` and the other headers of waits give a number of seconds, or nothing."""
    for status in (429, 503):
        asked = limits.wait_asked({"Retry-After": value, "RateLimit-Reset": value}, status, 1_700_000_000.0)
        assert asked is None or asked >= 0
    limits.pace(limits.parse(dict.fromkeys(("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"), value)))


@seed(20261124)
@settings(max_examples=800, deadline=None)
@given(VALUES | LISTED.map("".join).map("attachment; {}".format) | EXTENDED)
@example("attachment; filename*=utf-8''%00")
@example("attachment; filename*=punycode''a-")
@example("attachment; filename*0*=x; filename*2=y")
@example("attachment; filename*99999999999999999999=x")
def test_dispositions(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    """A download is saved in its folder, whatever name it is said to have."""
    folder = tmp_path_factory.getbasetemp() / "downloads"
    folder.mkdir(exist_ok=True)
    with client_of(200, b"content", {"Content-Disposition": value}, temp_folder_path=str(folder)) as client:
        path = Path(client.call_api("/x", "GET", response_type="file", _return_http_data_only=True))
    assert path.read_bytes() == b"content"
    assert folder in path.parents
    path.unlink()
