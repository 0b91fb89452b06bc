"""Database files of earlier releases: they open, and nothing in them is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from openapi_client.sandbox import SandboxClock, Status

DATA = Path(__file__).parents[1] / "data"
RELEASES = sorted(DATA.glob("sandbox_*.sql"))
TOKEN = "200d8ede1d23b9915c50f7ab8efbf39c"


@pytest.fixture(params=RELEASES, ids=[path.stem for path in RELEASES])
def old_file(request, tmp_path):
    """A file as a release wrote it; how it was made stands at the top of its SQL."""
    path = tmp_path / "sandbox.db"
    db = sqlite3.connect(path)
    db.executescript(request.param.read_text("utf-8"))
    db.close()
    return path


@pytest.fixture
def reopened(old_file, clock, sandbox_with):
    """A sandbox on the file, ten seconds after it was written."""
    clock.advance(18)
    return sandbox_with(db=old_file)


def test_its_runs_stand_where_they_stood(reopened):
    """With their entries and their history; the held one is still held."""
    runs = reopened.runs()
    assert [(run.number, run.status, run.is_held) for run in runs] == [
        ("JR-00000001", Status.COMPLETED, False),
        ("JR-00000002", Status.CANCELLED, False),
        ("JR-00000003", Status.PROCESSING, True),
    ]
    assert [each.transferred_to_accounting for each in runs[0].entries] == ["Yes", "No"]
    assert [each.status.value for each in reopened.history("JR-00000002")] == [
        "Pending",
        "Processing",
        "Completed",
        "CancelInprogress",
        "Cancelled",
    ]


def test_its_clients_and_tokens_are_good(reopened, caller_of):
    """A token of that time opens the API, and the first client is the same one."""
    assert reopened.client_id == "0c12f06c-871a-4edf-8cb6-0496cc0bca14"
    assert caller_of(reopened).get("JR-00000001", Authorization=f"Bearer {TOKEN}").body["totalJournalEntryCount"] == 2
    assert caller_of(reopened).sign_in().status == 200


def test_the_permissions_of_its_clients_are_kept(reopened, caller_of):
    """A client that could not create a run still cannot."""
    limited = type("Limited", (), {"client_id": "60e2942d-b74d-40b2-8453-7661c04c3dbc",
                                   "client_secret": "YpIsySwkIEKt6RyTS5OBK9A2nXponaNctcbrgoM="})  # fmt: skip
    assert caller_of(reopened, limited).create().codes == [50000010]


def test_its_kept_answers_are_given_again(reopened, caller_of):
    """The key of the first create makes no second run."""
    assert caller_of(reopened).create(Idempotency_Key="june").body["journalRunNumber"] == "JR-00000001"
    assert len(reopened.runs()) == 3


def test_it_goes_on_from_there(reopened, caller_of, clock):
    """The held run is released and completes, numbers go on, and the next run can be made."""
    reopened.release("JR-00000003")
    assert reopened.run("JR-00000003").status is Status.COMPLETED
    assert [each.number for each in reopened.run("JR-00000003").entries] == ["JE-00000005", "JE-00000006"]
    assert caller_of(reopened).create().body["journalRunNumber"] == "JR-00000004"


def test_its_runs_collect_as_new_ones_do(reopened, caller_of, clock):
    """Once the held run has taken what there is, the next one finds nothing."""
    reopened.release("JR-00000003")
    number = caller_of(reopened).create().body["journalRunNumber"]
    clock.advance(3)
    assert reopened.run(number).entries == ()


def test_its_calendar_is_its_own(old_file, clock, sandbox_with):
    """It is not filled a second time, whenever it is opened."""
    clock.advance(3 * 366 * 86400)
    sandbox = sandbox_with(db=old_file)
    with sandbox.session() as session:
        assert session.db.execute("SELECT COUNT(*) FROM period").fetchone()[0] == 37


def test_it_can_be_opened_again(old_file, clock, sandbox_with):
    """What the first opening changed is no obstacle to the second."""
    for _ in range(2):
        sandbox = sandbox_with(db=old_file)
        assert len(sandbox.runs()) == 3
        sandbox.close()


def test_its_time_is_kept_from_now_on(old_file, sandbox_with):
    """It holds no clock: that of the first sandbox on it counts, and is there at the next start."""
    first = sandbox_with(db=old_file)
    first.clock.advance(86400)
    shown = first.clock.now()
    first.close()
    assert sandbox_with(db=old_file, clock=SandboxClock()).clock.now() == shown
