"""``python -m openapi_client.sandbox``."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from openapi_client.sandbox import Sandbox

TIMEOUT_SECONDS = 30
BLOCK = "import sys; sys.modules.update(dict.fromkeys(['flask', 'waitress', 'werkzeug']));"

# A thread that reads a line, and then gets the signal itself.
SIGNALLED_ASIDE = """
import signal, sys, threading
from openapi_client.sandbox.__main__ import main

def aside():
    sys.stdin.readline()
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

threading.Thread(target=aside, daemon=True).start()
sys.exit(main(["--json"]))
"""


def command(*arguments):
    return [sys.executable, "-W", "error", "-m", "openapi_client.sandbox", *arguments]


def refused(*arguments):
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)


@pytest.fixture
def served(cleanup):
    """Start the command; it is ended after the test, if the test has not done so."""

    def start(*arguments):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command(*arguments), **pipes)
        cleanup.callback(end, process)
        return process

    return start


def end(process, number=signal.SIGTERM):
    if process.poll() is None:
        process.send_signal(number)
    return process.communicate(timeout=TIMEOUT_SECONDS)


@pytest.fixture
def facts_of(line_of):
    """Read what a process started with --json says about itself."""
    return lambda process: SimpleNamespace(**json.loads(line_of(process)))


def test_json_is_one_line_with_everything_needed(served, caller_of, facts_of):
    """Address, credentials and process id; and with them, a run can be made."""
    process = served("--json")
    facts = facts_of(process)
    assert set(vars(facts)) == {"url", "client_id", "client_secret", "access_key_id", "secret_access_key", "pid"}
    assert facts.pid == process.pid
    assert facts.url.startswith("http://127.0.0.1:")
    caller = caller_of(facts)
    today = caller.create({"journalEntryDate": "2026-01-01"})
    assert today.codes == [50000022, 50000022]


def test_export_is_lines_for_a_shell(served, line_of, facts_of, tmp_path):
    """What a shell makes of them is what ``Configuration.from_env()`` reads."""
    path = str(tmp_path / "sandbox.db")
    process = served("--json", "--db", path)
    facts = facts_of(process)
    end(process)
    script = "".join(line_of(process) for process in [served("--export", "--db", path)] for _ in range(3))
    script += 'printf "%s\\n" "$ZUORA_HOST" "$ZUORA_CLIENT_ID" "$ZUORA_CLIENT_SECRET"'
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=True)
    url, *credentials = said.stdout.splitlines()
    assert url.startswith("http://127.0.0.1:")
    assert credentials == [facts.client_id, facts.client_secret]


def test_there_is_one_form_to_print():
    """Not two at once."""
    assert "not allowed with argument" in refused("--json", "--export").stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(served, caller_of, number, facts_of):
    """Exit code 0, nothing on standard error, and the port is free."""
    process = served("--json")
    facts = facts_of(process)
    caller_of(facts).sign_in()
    _, complaints = end(process, number)
    assert (process.returncode, complaints) == (0, "")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(facts.url.rpartition(":")[2])), timeout=TIMEOUT_SECONDS)


@pytest.mark.parametrize("tries", [4, pytest.param(200, marks=pytest.mark.full)])
def test_two_signals_at_once_end_it_like_one(served, facts_of, tries):
    """Back to back, as soon as it serves: it ends each time, with exit code 0 and nothing on standard error."""
    for _ in range(tries):
        process = served("--json")
        facts_of(process)
        process.send_signal(signal.SIGTERM)
        _, complaints = end(process, signal.SIGINT)
        assert (process.returncode, complaints) == (0, "")


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="signals are not sent to threads here")
def test_a_signal_may_reach_another_thread(cleanup, line_of):
    """The system chooses the thread that is interrupted; the main thread, which waits, learns of it all the same."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-W", "error", "-c", SIGNALLED_ASIDE], **pipes)
    cleanup.callback(end, process, signal.SIGKILL)
    line_of(process)
    _, complaints = process.communicate("now\n", timeout=TIMEOUT_SECONDS)
    assert (process.returncode, complaints) == (0, "")


def test_a_signal_while_it_starts_ends_it(served):
    """It is not lost, however early it comes after the handlers are there."""
    process = served("--json")
    caught = f"/proc/{process.pid}/status"
    if not Path(caught).exists():
        pytest.skip("this system does not tell which signals a process handles")
    while not is_handled(Path(caught).read_text(), signal.SIGTERM):
        assert process.poll() is None
    _, complaints = end(process)
    assert (process.returncode, complaints) == (0, "")


def is_handled(status, number):
    """Whether a process, by its file in /proc, has a handler for a signal."""
    mask = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(mask, 16) >> (number - 1) & 1)


def test_the_greeting_is_for_people(served, line_of):
    """Without --json each fact has its line."""
    process = served()
    lines = [line_of(process) for _ in range(6)]
    assert lines[0] == "Journal-runs sandbox is serving; Ctrl-C ends it.\n"
    assert [line.split()[0] for line in lines[1:]] == [
        "url",
        "client_id",
        "client_secret",
        "access_key_id",
        "secret_access_key",
    ]


def test_a_file_is_kept(served, tmp_path, facts_of):
    """With --db the next start has the same client."""
    path = str(tmp_path / "sandbox.db")
    ids = []
    for _ in range(2):
        process = served("--json", "--db", path)
        ids.append(facts_of(process).client_id)
        end(process)
    assert ids[0] == ids[1]


def test_the_port_can_be_chosen(served, facts_of):
    """With --port the address is known beforehand."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert facts_of(served("--json", "--port", str(port))).url == f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(("more", "warns"), [((), True), (("--control-token", "open-sesame"), False)])
def test_an_open_sandbox_says_so(served, facts_of, more, warns):
    """On standard error, unless there is a control token; and the address can be opened."""
    process = served("--json", "--host", "0.0.0.0", *more)
    facts = facts_of(process)
    assert facts.url.startswith("http://127.0.0.1:")
    _, complaints = end(process)
    assert complaints.startswith("Warning: whoever reaches this machine over the network") is warns
    assert (process.returncode, complaints.count("\n")) == (0, int(warns))


def test_strict_refuses_a_cancel_without_a_body(served, caller_of, facts_of):
    """The option reaches the tenant."""
    caller = caller_of(facts_of(served("--json", "--strict")))
    assert caller.cancel("JR-1").status == 415


def test_its_time_can_run_faster(served, caller_of, eventually, facts_of):
    """At a million times the speed, a token is soon too old."""
    caller = caller_of(facts_of(served("--json", "--speed", "1000000x")))
    assert caller.token
    eventually(lambda: caller.get("JR-1").status == 401)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--speed", "fast"], "argument --speed: should be a factor"),
        (["--speed", "0"], "argument --speed: should be a factor"),
        (["--speed", "nan"], "argument --speed: should be a factor"),
        (["--speed", "1e300"], "argument --speed: should be a factor"),
        (["--port", "65536"], "argument --port: should be a number from 0 to 65535"),
        (["--port", "-1"], "argument --port"),
        (["--fault", "flood"], "argument --fault: kind should be one of: latency, "),
        (["--fault", "latency times=0"], "argument --fault: times should be a whole number from 1 to 1e+12"),
        (["--port", "http"], "argument --port: should be a number from 0 to 65535"),
    ],
)
def test_a_wrong_argument_is_explained(arguments, complaint):
    """The message says what should be given, without a trace."""
    done = refused(*arguments)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_faults_are_in_force_from_the_start(served, caller_of, facts_of):
    """In the order given."""
    one, two = "unavailable GET times=1 retry_after=7", "rate-limit GET times=1"
    caller = caller_of(facts_of(served("--json", "--fault", one, "--fault", two)))
    assert [caller.get("JR-1").status for _ in range(3)] == [503, 429, 404]


def test_a_seed_is_planted(served, caller_of, tmp_path, facts_of):
    """What the file describes is there."""
    seed = tmp_path / "seed.json"
    period = {"name": "FY26", "start": "2026-01-01", "end": "2026-12-31"}
    types = [{"type": "Invoice Item"}]
    run = {
        "journalEntryDate": "2026-01-31",
        "accountingPeriodName": "FY26",
        "transactionTypes": types,
        "status": "Error",
    }
    seed.write_text(json.dumps({"periods": [period], "runs": [run]}))
    caller = caller_of(facts_of(served("--json", "--seed", str(seed))))
    assert caller.status_of("JR-00000001") == "Error"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"runs": 1}', "runs should be a list"),
        ("runs", "the seed should be JSON: Expecting value: line 1 column 1 (char 0)"),
    ],
)
def test_a_wrong_seed_is_explained(tmp_path, text, complaint):
    """One line, and exit code 1."""
    seed = tmp_path / "seed.json"
    seed.write_text(text)
    done = refused("--seed", str(seed))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"The sandbox cannot start: {complaint}\n")


def test_a_missing_seed_is_explained(tmp_path):
    """One line, and exit code 1."""
    done = refused("--seed", str(tmp_path / "none.json"))
    assert done.returncode == 1
    assert done.stderr.startswith("The sandbox cannot start: [Errno 2] No such file or directory")


def test_a_signal_ends_requests_without_an_answer(served, caller_of, facts_of, eventually):
    """A fault does not keep the command from ending."""
    process = served("--json", "--fault", "timeout")
    facts = facts_of(process)
    caller = caller_of(facts)
    assert caller.token
    with socket.create_connection(("127.0.0.1", int(facts.url.rpartition(":")[2])), TIMEOUT_SECONDS) as client:
        client.sendall(b"GET /v1/journal-runs/JR-1 HTTP/1.1\r\nHost: x\r\n\r\n")
        eventually(lambda: '"timeout"' in caller.send("GET", "/_sandbox/requests?after=1").data.decode())
        _, complaints = end(process)
    assert (process.returncode, complaints) == (0, "")


def test_a_taken_port_is_explained(sandbox):
    """One line, and exit code 1."""
    done = refused("--port", sandbox.url.rpartition(":")[2])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The sandbox cannot start: ")
    assert done.stderr.count("\n") == 1


def test_an_unusable_file_is_explained(tmp_path):
    """One line, and exit code 1."""
    done = refused("--db", str(tmp_path / "missing" / "sandbox.db"))
    assert (done.returncode, done.stderr) == (1, "The sandbox cannot start: unable to open database file\n")


def test_a_newer_file_is_explained(tmp_path):
    """One line that says what to do, and exit code 1."""
    path = tmp_path / "sandbox.db"
    Sandbox(db=path).close()
    db = sqlite3.connect(path)
    db.execute("UPDATE schema_version SET version = 9 WHERE owner = 'journal_runs'")
    db.commit()
    db.close()
    done = refused("--db", str(path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"The sandbox cannot start: {path}: a newer release has written this file: ")
    assert "pip install --upgrade 'zuora-journal-runs[sandbox]'" in done.stderr


def test_the_missing_extra_is_named():
    """Without Flask the message says what to install."""
    script = f"{BLOCK} from openapi_client.sandbox.__main__ import main; sys.exit(main([]))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
    )
    assert done.returncode == 1
    hint = "pip install 'zuora-journal-runs[sandbox]', or in a checkout: pip install '.[sandbox]'"
    assert done.stderr == f"openapi_client.sandbox needs flask: {hint}\n"
    assert "Traceback" not in done.stderr


def test_help_lists_the_options():
    """Every option is explained."""
    done = refused("--help")
    assert done.returncode == 0
    assert all(
        option in done.stdout
        for option in (
            "--port",
            "--host",
            "--control-token",
            "--db",
            "--speed",
            "--strict",
            "--json",
            "--seed",
            "--fault",
        )
    )


def test_a_killed_process_leaves_a_usable_file(served, tmp_path, facts_of):
    """The next sandbox opens it as if nothing had happened."""
    path = tmp_path / "sandbox.db"
    process = served("--json", "--db", str(path))
    known = facts_of(process).client_id
    os.kill(process.pid, signal.SIGKILL)
    process.wait(TIMEOUT_SECONDS)
    sandbox = Sandbox(db=path)
    assert sandbox.client_id == known
    sandbox.close()
