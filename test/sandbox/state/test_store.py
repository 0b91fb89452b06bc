"""The database: transactions, a file that outlives its sandbox, and several processes on one file."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3

from openapi_client.sandbox import Sandbox, SandboxClock, Status
from openapi_client.sandbox.state.store import Store, next_number

TIMEOUT_SECONDS = 30


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sandbox.db"


@pytest.fixture(params=["memory", "file"])
def store(request, path):
    store = Store(None if request.param == "memory" else path)
    yield store
    store.close()


class Served:
    """A sandbox in a process of its own; its address and credentials as attributes."""

    def __init__(self, path, line_of, *arguments):
        command = [sys.executable, "-W", "error", "-m", "openapi_client.sandbox", "--json", "--db", str(path)]
        self.process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True)
        facts = json.loads(line_of(self.process))
        self.url, self.client_id, self.client_secret = facts["url"], facts["client_id"], facts["client_secret"]
        # These last, however fast the clock goes.
        self.keys = {
            "Authorization": "",
            "apiAccessKeyId": facts["access_key_id"],
            "apiSecretAccessKey": facts["secret_access_key"],
        }

    def kill(self):
        self.process.kill()
        self.close()

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(TIMEOUT_SECONDS)
        self.process.stdout.close()


@pytest.fixture
def serve(path, cleanup, line_of):
    """Serve the file from a new process."""

    def start(*arguments):
        served = Served(path, line_of, *arguments)
        cleanup.callback(served.close)
        return served

    return start


def write(store, *statements):
    with store.writing() as db:
        for statement in statements:
            db.execute(statement)


def test_a_block_that_fails_changes_nothing(store):
    """Everything since its beginning is rolled back, and the store works on."""
    with pytest.raises(sqlite3.OperationalError):
        write(store, "INSERT INTO counter VALUES ('JR', 7)", "nonsense")
    with store.writing() as db:
        assert next_number(db, "JR") == "JR-00000001"


def test_a_failure_is_shown_also_when_sqlite_has_rolled_back(store):
    """The reason is not hidden behind a second rollback."""
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        write(store, "ROLLBACK", "nonsense")


def test_numbers_have_eight_digits_and_their_own_sequences(store):
    """Each prefix counts for itself."""
    with store.writing() as db:
        numbers = [next_number(db, prefix) for prefix in ("JR", "JR", "JE")]
    assert numbers == ["JR-00000001", "JR-00000002", "JE-00000001"]


def test_erasing_empties_every_table(store):
    """Also the counters."""
    with store.writing() as db:
        next_number(db, "JR")
        store.erase(db)
        assert next_number(db, "JR") == "JR-00000001"


def test_numbers_from_many_threads_are_all_different(store):
    """Writers take turns."""

    def take(_):
        with store.writing() as db:
            return next_number(db, "JR")

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(take, range(64), timeout=TIMEOUT_SECONDS))
    assert sorted(numbers) == [f"JR-{number:08d}" for number in range(1, 65)]


def test_readers_of_a_file_do_not_wait_for_a_writer(path):
    """They see the state before."""
    store, seen = Store(path), []
    with store.writing() as db:
        next_number(db, "JR")

        def read():
            with store.reading() as other:
                seen.append(other.execute("SELECT COUNT(*) FROM counter").fetchone()[0])

        thread = threading.Thread(target=read)
        thread.start()
        thread.join(TIMEOUT_SECONDS)
    store.close()
    assert seen == [0]


def test_a_closed_store_stays_closed(store):
    """It does not come back as an empty one."""
    store.close()
    with pytest.raises(RuntimeError, match="closed"), store.reading():
        pass


def test_a_file_that_is_no_database_is_refused(path):
    """The reason is SQLite's, and the file is left as it was."""
    path.write_text("This is a letter, not a database. " * 40)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        Store(path)
    assert path.read_text().startswith("This is a letter")


def test_a_foreign_database_is_refused(path):
    """A file with other tables is not taken over, and is closed again."""
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE client (name TEXT)")
    foreign.close()
    with pytest.raises(sqlite3.OperationalError, match="is_seeded"):
        Sandbox(db=path)


def test_a_failure_inside_is_a_system_error(path, sandbox_with, caller_of, caplog):
    """Without its table a request ends in the vendor's short form of status 500, and the reason is logged."""
    caller = caller_of(sandbox_with(db=path))
    assert caller.token
    vandal = sqlite3.connect(path)
    vandal.execute("DROP TABLE run")
    vandal.close()
    answer = caller.get("JR-1", Zuora_Version="341.0")
    assert answer.status == 500
    assert answer.body == {"reasons": [{"code": "SystemError", "message": "internal server error"}]}
    assert len(answer.headers["Zuora-Request-Id"]) == 36
    assert "the sandbox failed on GET /v1/journal-runs/JR-1" in caplog.text


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """No folder is made by chance."""
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        Sandbox(db=tmp_path / "missing" / "sandbox.db")


def test_a_file_keeps_everything(path, sandbox_with, caller_of):
    """A new sandbox on the file has the runs, credentials, tokens, periods and kept answers of the old one."""
    first = sandbox_with(db=path)
    caller = caller_of(first)
    made = caller.create(Idempotency_Key="k")
    token, known = caller.token, (first.client_id, first.client_secret, first.access_key_id)
    first.close()
    second = sandbox_with(db=path)
    assert (second.client_id, second.client_secret, second.access_key_id) == known
    again = caller_of(second)
    assert again.create(Idempotency_Key="k", Authorization=f"Bearer {token}").data == made.data
    assert [run.number for run in second.runs()] == [made.body["journalRunNumber"]]


def test_a_run_goes_on_while_no_sandbox_is_there(path, sandbox_with, caller_of, clock):
    """Time passes for a file, too."""
    first = sandbox_with(db=path)
    number = caller_of(first).create().body["journalRunNumber"]
    first.close()
    clock.advance(10)
    assert sandbox_with(db=path).run(number).status is Status.COMPLETED


def test_a_clean_end_leaves_one_file(path, sandbox_with, caller_of):
    """The logs of the database are folded in."""
    sandbox = sandbox_with(db=path)
    caller_of(sandbox).create()
    sandbox.close()
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208 - names are all


def test_two_sandboxes_share_a_file(path, sandbox_with, caller_of):
    """One tenant, two servers: a token, a run and a kept key of one are good at the other."""
    callers = [caller_of(sandbox_with(db=path)) for _ in range(2)]
    made = callers[0].create(Idempotency_Key="k")
    number, sent = made.body["journalRunNumber"], {"Authorization": f"Bearer {callers[0].token}"}
    assert callers[1].get(number, **sent).body["status"] == "Pending"
    assert callers[1].create(Idempotency_Key="k", **sent).data == made.data
    assert callers[1].create().codes == [50000030]


def test_processes_may_open_a_new_file_at_once(path):
    """Whoever comes first seeds it, and all have the same client."""
    script = (
        "import sys; from openapi_client.sandbox import Sandbox; sys.stdin.readline();"
        "s = Sandbox(db=sys.argv[1]); print(s.client_id); s.close()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-W", "error", "-c", script, str(path)]
    processes = [subprocess.Popen(command, **pipes) for _ in range(6)]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=TIMEOUT_SECONDS)[0] for process in processes]
    assert len(set(printed)) == 1
    assert len(printed[0].strip()) == 36


def test_processes_share_a_file(serve, caller_of):
    """Two servers of one tenant, each in its process: one active run between them."""
    callers = [caller_of(serve()) for _ in range(2)]
    assert [each.token is not None for each in callers] == [True, True]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: callers[n % 2].create(), range(8), timeout=TIMEOUT_SECONDS))
    assert sorted(each.status for each in answers) == [200] + [400] * 7


CLIENTS = 32


@pytest.fixture
def at_work(caller_of, cleanup):
    """Keep 32 threads creating and cancelling runs at several servers; a server that is gone ends its threads."""

    def work(server, caller, confirmed, ending):
        # A cancelled run blocks nothing, so creates can follow each other without a wait.
        while not ending.is_set():
            try:
                answer = caller.create(**server.keys)
                if answer.body["success"]:
                    confirmed.append(answer.body["journalRunNumber"])
                    caller.cancel(confirmed[-1], **server.keys)
            except urllib3.exceptions.HTTPError:
                return

    def start(*servers):
        confirmed, ending = [], threading.Event()
        callers = [(server, caller_of(server)) for server in servers]
        workers = [
            threading.Thread(target=work, args=(*callers[each % len(callers)], confirmed, ending))
            for each in range(CLIENTS)
        ]
        for worker in workers:
            worker.start()

        def end():
            ending.set()
            for worker in workers:
                worker.join(TIMEOUT_SECONDS)

        cleanup.callback(end)
        return confirmed, end

    return start


def checked_runs(path):
    """The numbers of the runs in a file, each of which is whole."""
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (counted,) = db.execute("SELECT value FROM counter WHERE name = 'JR'").fetchone()
    numbers = [row[0] for row in db.execute("SELECT number FROM run ORDER BY number")]
    assert numbers == [f"JR-{number:08d}" for number in range(1, counted + 1)]
    wrong = db.execute(
        "SELECT number FROM run WHERE status IS NOT "
        "(SELECT status FROM history WHERE run = run.number ORDER BY rowid DESC LIMIT 1)"
    )
    stray = db.execute("SELECT run FROM history WHERE run NOT IN (SELECT number FROM run)")
    assert (wrong.fetchall(), stray.fetchall()) == ([], [])
    db.close()
    return set(numbers)


def test_what_was_acknowledged_survives_a_kill(path, serve, at_work, eventually):
    """A server killed in the middle of its work has kept every run it had confirmed, and none by halves."""
    served = serve()
    confirmed, end = at_work(served)
    eventually(lambda: len(confirmed) > 20)
    served.kill()
    end()
    known = set(confirmed)
    assert known <= checked_runs(path)
    sandbox = Sandbox(db=path, clock=SandboxClock(frozen=True))
    kept = {run.number for run in sandbox.runs()}
    sandbox.close()
    assert known <= kept


def test_many_clients_of_several_processes_lose_nothing(path, serve, at_work, eventually):
    """Three servers on one file, one of them killed under load: the others work on, and every run is there once."""
    servers = [serve() for _ in range(3)]
    confirmed, end = at_work(*servers)
    eventually(lambda: len(confirmed) > 10)
    servers[0].kill()
    then = len(confirmed)
    eventually(lambda: len(confirmed) > then + 10)
    end()
    for server in servers[1:]:
        server.close()
    assert len(confirmed) == len(set(confirmed))
    assert set(confirmed) <= checked_runs(path)


@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.full)])
def test_kill_after_kill_loses_nothing_however_fast_time_goes(path, serve, at_work, eventually, kills):
    """At ten thousand times the speed, on one file: what was confirmed is there, and each start goes on creating."""
    known = set()
    for _ in range(kills):
        served = serve("--speed", "10000x")
        confirmed, end = at_work(served)
        eventually(lambda made=confirmed: len(made) > 20)
        served.kill()
        end()
        assert known.isdisjoint(confirmed)
        known.update(confirmed)
        assert known <= checked_runs(path)
