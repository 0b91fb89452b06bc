"""A second domain: a folder of its own, passed to a sandbox that serves journal runs as well, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from urllib.parse import quote

import pytest
from support.memos.domain import FIRST_TABLES, MANAGE, MEMOS, insert

from openapi_client.sandbox import Domain, Permission, Sandbox
from openapi_client.sandbox.journal_runs.domain import JOURNAL_RUNS
from openapi_client.sandbox.state.schema import NewerFile

BOTH = (JOURNAL_RUNS, MEMOS)
WELCOME = "ME-00000001"


@pytest.fixture
def sandbox(sandbox_with):
    """A running sandbox with journal runs and memos."""
    return sandbox_with(domains=BOTH)


@pytest.fixture
def control(caller):
    """Ask a control endpoint."""
    return lambda method, path, body=None: caller.send(
        method, f"/_sandbox/{path}", None if body is None else json.dumps(body)
    )


def write(caller, box="in", text="buy milk", **headers):
    return caller.call("POST", f"/v1/boxes/{quote(box, safe='')}/memos", {"text": text}, **headers)


# --- routes ---------------------------------------------------------------------------------------------------------


def test_a_path_may_have_two_parameters(caller):
    """Both are decoded, and both are looked at."""
    number = write(caller, "in/out ä").body["number"]
    shown = caller.call("GET", f"/v1/boxes/in%2Fout%20%C3%A4/memos/{number}").body
    assert (shown["box"], shown["number"], shown["text"], shown["success"]) == ("in/out ä", number, "buy milk", True)
    assert caller.call("GET", f"/v1/boxes/in/memos/{number}").codes == [50000040]


def test_its_calls_pass_the_same_gateway(caller, sandbox):
    """Signing in, versions, wrong verbs, idempotency keys, limits and the record come without a line of its own."""
    path = f"/v1/boxes/in/memos/{WELCOME}"
    assert caller.send("GET", path).status == 401
    assert caller.call("PUT", path).codes == [50000045]
    assert caller.call("POST", "/v1/boxes/in/memos", {}, Zuora_Version="341.0").status == 200
    twice = [write(caller, Idempotency_Key="k").body["number"] for _ in range(2)]
    assert twice[0] == twice[1]
    headers = caller.call("GET", path).headers
    assert all(name in headers for name in ("RateLimit-Remaining", "Concurrency-Limit-Remaining", "Zuora-Request-Id"))
    assert sandbox.requests[-1].path == path


def test_journal_runs_are_there_as_well(caller, sandbox, clock):
    """Neither disturbs the other, and each has numbers of its own."""
    number = caller.create().body["journalRunNumber"]
    write(caller)
    clock.advance(3)
    assert caller.status_of(number) == "Completed"
    assert [run.number for run in sandbox.runs()] == ["JR-00000001"]


def test_a_sandbox_without_it_does_not_know_it(sandbox_with, caller_of):
    """The default is what it was: journal runs."""
    caller = caller_of(sandbox_with())
    assert caller.call("GET", "/v1/boxes/in/memos").messages == ["The endpoint /v1/boxes/in/memos does not exist."]
    assert caller.create().status == 200


def test_it_may_be_alone(sandbox_with, caller_of):
    """Nothing general needs journal runs."""
    caller = caller_of(sandbox_with(domains=(MEMOS,)))
    assert write(caller).status == 200
    assert caller.create().status == 404
    assert caller.send("GET", "/").status == 200


# --- permissions ----------------------------------------------------------------------------------------------------


def test_its_permission_is_needed(sandbox, caller_of):
    """And named when it is missing; a client with everything has it."""
    limited = caller_of(sandbox, sandbox.add_client([*Permission]))
    answer = write(limited)
    assert (answer.status, answer.messages) == (403, [f"The user lacks the permission: {MANAGE}."])
    assert write(caller_of(sandbox, sandbox.add_client([Permission.API_WRITE, MANAGE]))).status == 200
    assert write(caller_of(sandbox, sandbox.add_client())).status == 200


# --- paging ---------------------------------------------------------------------------------------------------------


def test_a_list_is_paged(caller, sandbox):
    """Each page leads to the next by an absolute address, which can be asked as it is; the last leads nowhere."""
    for text in "abcd":
        write(caller, text=text)
    seen, path = [], "/v1/boxes/in/memos?x=1"
    while path:
        body = caller.call("GET", path).body
        seen.append([memo["text"] for memo in body["memos"]])
        assert body.get("nextPage", sandbox.url).startswith(sandbox.url)
        path = body.get("nextPage", "").removeprefix(sandbox.url)
    assert seen == [["welcome", "a"], ["b", "c"], ["d"]]
    assert len(caller.call("GET", "/v1/boxes/in/memos?pageSize=100").body["memos"]) == 3


# --- time -----------------------------------------------------------------------------------------------------------


def test_its_things_go_on_by_themselves(caller, clock, control):
    """In the order of time, each at its own moment, and in the middle of journal runs."""
    run = caller.create().body["journalRunNumber"]
    first = write(caller).body["number"]
    clock.advance(60)
    assert caller.call("GET", f"/v1/boxes/in/memos/{first}").body["read"] is True
    caller.forget_token()
    clock.advance(3600)
    state = control("GET", "state").body
    assert [memo["text"] for memo in state["memos"]] == [
        f"{number} was thrown away at 2026-06-15T13:00:00.000+00:00" for number in (WELCOME, first)
    ]
    assert (state["runs"][0]["number"], state["runs"][0]["status"]) == (run, "Completed")


def test_time_passes_for_it_in_a_file_as_well(tmp_path, sandbox_with, clock):
    """What became due while no sandbox was there is done by the next one, once."""
    path = tmp_path / "sandbox.db"
    sandbox_with(db=path, domains=BOTH).close()
    clock.advance(4000)
    for _ in range(2):
        sandbox = sandbox_with(db=path, domains=BOTH)
        with sandbox.session() as session:
            assert [tuple(row) for row in session.db.execute("SELECT number, box FROM memo")] == [
                ("ME-00000002", "bin")
            ]
        sandbox.close()


# --- control --------------------------------------------------------------------------------------------------------


def test_it_is_steered(control, caller, clock):
    """By a verb of its own, on a path with two parameters; the answer shows the thing."""
    path = f"boxes/in/memos/{WELCOME}"
    assert control("POST", f"{path}/pin").body["pinned"] is True
    clock.advance(10_000)
    assert control("GET", "boxes").body == {"boxes": {"in": 1}}
    assert control("POST", f"{path}/unpin").body == {}
    assert control("GET", "boxes?least=1").body == {"boxes": {"bin": 1}}
    assert control("POST", "boxes/empty", {"box": "bin"}).body == {"gone": 1}


@pytest.mark.parametrize(
    ("path", "status", "complaint"),
    [
        (f"boxes/in/memos/{WELCOME}/burn", 404, "the last part of the path should be one of: pin, unpin"),
        (f"boxes/out/memos/{WELCOME}/pin", 404, f"no memo {WELCOME}"),
        (f"boxes/in/memos/{WELCOME}/unpin", 409, f"{WELCOME} is loose already"),
        ("boxes/empty", 400, "the body.box should be a text"),
    ],
)
def test_what_cannot_be_done_is_explained(control, path, status, complaint):
    """As for runs."""
    answer = control("POST", path, {"box": 1})
    assert (answer.status, answer.body) == (status, {"message": complaint})


def test_the_state_has_all_of_it(control):
    """Runs, memos, clock and faults."""
    state = control("GET", "state").body
    assert set(state) == {"clock", "runs", "memos", "faults", "seed"}
    assert [memo["text"] for memo in state["memos"]] == ["welcome"]


# --- the page -------------------------------------------------------------------------------------------------------


def test_the_page_has_its_section(caller):
    """With a link, its own style under the same policy, and texts that are only text."""
    write(caller, text="<b>")
    page = caller.send("GET", "/")
    text = page.data.decode()
    assert text.index('<section id="runs"') < text.index('<section id="memos"') < text.index('<section id="requests"')
    assert '<li><a href="#memos">Memos</a></li>' in text
    assert "ME-00000002 in in: &lt;b&gt;" in text
    assert f'action="/_sandbox/boxes/in/memos/{WELCOME}/pin"' in text
    assert '<link rel="stylesheet" href="/_sandbox/memos/static/memos.css">' in text
    style = caller.send("GET", "/_sandbox/memos/static/memos.css")
    assert (style.status, b"italic" in style.data) == (200, True)
    assert style.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]


# --- what it begins with --------------------------------------------------------------------------------------------


def test_a_seed_has_its_field(sandbox_with, caller_of):
    """Beside those of journal runs; a reset goes back to both."""
    initial = {"memos": [{"box": "in", "text": "hello"}], "clients": [{"permissions": [MANAGE]}], "runs": []}
    sandbox = sandbox_with(domains=BOTH, initial=initial)
    caller = caller_of(sandbox)
    write(caller)
    sandbox.reset()
    caller.forget_token()
    assert [memo["text"] for memo in caller.call("GET", "/v1/boxes/in/memos").body["memos"]] == ["welcome", "hello"]


@pytest.mark.parametrize(
    ("initial", "complaint"),
    [
        ({"memo": []}, "the seed has an unknown field 'memo'; known are: clients, memos, periods, runs"),
        ({"memos": [{"box": "in"}]}, r"memos\[0\] should have a box and a text"),
        ({"clients": [{"permissions": ["Fly"]}]}, f"should be a list of: Create Journal Run, .*{MANAGE}"),
    ],
)
def test_a_wrong_seed_is_explained(initial, complaint):
    """By the domain, with its place."""
    with pytest.raises(ValueError, match=complaint):
        Sandbox(domains=BOTH, initial=initial)


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def first_file(tmp_path, sandbox_with):
    """A file with two memos in tables of version 1, and a journal run."""
    path = tmp_path / "sandbox.db"
    sandbox = sandbox_with(db=path, domains=(JOURNAL_RUNS, Domain(FIRST_TABLES)))
    sandbox.add_run({"journalEntryDate": "2026-06-30", "accountingPeriodName": "Jun 2026",
                     "transactionTypes": [{"type": "Invoice Item"}]})  # fmt: skip
    with sandbox.session() as session:
        for number, words in (("ME-00000001", "old"), ("ME-00000002", "!urgent")):
            session.db.execute("INSERT INTO memo VALUES (?, 'in', ?, ?)", (number, words, session.now))
    sandbox.close()
    return path


def test_an_older_file_is_migrated(first_file, sandbox_with, caller_of):
    """Its memos are there in the new form, its run as it was, and its first client may write memos now."""
    sandbox = sandbox_with(db=first_file, domains=BOTH)
    caller = caller_of(sandbox)
    memos = caller.call("GET", "/v1/boxes/in/memos").body["memos"]
    assert [(memo["text"], memo["read"], memo["pinned"]) for memo in memos] == [
        ("old", False, False),
        ("!urgent", False, True),
    ]
    assert [run.number for run in sandbox.runs()] == ["JR-00000001"]
    sandbox.reset()
    caller.forget_token()
    assert write(caller).status == 200


def test_a_newer_file_is_refused(first_file, sandbox_with, clock):
    """The message says which version it has and what to do; the file stays as it was."""
    sandbox_with(db=first_file, domains=BOTH).close()
    before = first_file.read_bytes()
    with pytest.raises(NewerFile) as caught:
        Sandbox(db=first_file, clock=clock, domains=(JOURNAL_RUNS, Domain(FIRST_TABLES)))
    message = str(caught.value)
    assert message.startswith(f"{first_file}: a newer release has written this file")
    assert "its memos tables have version 2, and this release knows them up to 1" in message
    assert "pip install --upgrade 'zuora-journal-runs[sandbox]'" in message
    assert first_file.read_bytes() == before


def test_a_file_may_meet_a_domain_for_the_first_time(tmp_path, sandbox_with, caller_of):
    """Tables, what it begins with, and the permission of the first client are added; a second opening adds nothing."""
    path = tmp_path / "sandbox.db"
    sandbox_with(db=path).close()
    for number in ("ME-00000002", "ME-00000003"):
        sandbox = sandbox_with(db=path, domains=BOTH)
        assert write(caller_of(sandbox)).body["number"] == number
        sandbox.close()


def test_journal_runs_may_come_later(tmp_path, sandbox_with, caller_of):
    """Their calendar is there as well."""
    path = tmp_path / "sandbox.db"
    sandbox_with(db=path, domains=(MEMOS,)).close()
    assert caller_of(sandbox_with(db=path, domains=BOTH)).create().status == 200


def test_its_functions_have_a_transaction(sandbox):
    """Which the sandbox gives, and rolls back when they fail."""

    def fail(session):
        insert(session, "in", "lost")
        raise RuntimeError

    with pytest.raises(RuntimeError), sandbox.session() as session:
        fail(session)
    with sandbox.session() as session:
        insert(session, "in", "kept")
    with sandbox.session() as session:
        assert [row["text"] for row in session.db.execute("SELECT text FROM memo")] == ["welcome", "kept"]


def test_a_file_keeps_what_a_sandbox_does_not_know(first_file, sandbox_with):
    """Without the domain its tables are left alone, and are there when it comes back."""
    sandbox_with(db=first_file).close()
    db = sqlite3.connect(first_file)
    assert db.execute("SELECT COUNT(*) FROM memo").fetchone() == (2,)
    db.close()
