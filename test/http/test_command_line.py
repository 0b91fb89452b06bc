"""The command line in processes of its own: pipes, signals, closed outputs, terminals and shells."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from support.package import ROOT

from openapi_client.sandbox import Fault, Sandbox, SandboxClock, Timing

PATIENCE = 60
NUMBER = "JR-00000001"
CREATE = ["create", "--accounting-period-name", "FY", "--journal-entry-date", "2026-03-31"]
CREATE += ["--transaction-types", "Invoice Item"]
PROGRAM = [sys.executable, "-W", "error", "-m", "openapi_client"]


@pytest.fixture(scope="module")
def shared_sandbox():
    with Sandbox(clock=SandboxClock(frozen=True), timing=Timing(0, 0, 0, 0)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared_sandbox):
    """A tenant in which runs are completed at once."""
    shared_sandbox.reset()
    shared_sandbox.add_period("FY", date(2026, 1, 1), date(2026, 12, 31))
    return shared_sandbox


@pytest.fixture
def busy_sandbox():
    """A tenant in which a run never gets anywhere."""
    with Sandbox(clock=SandboxClock(frozen=True)) as sandbox:
        sandbox.add_period("FY", date(2026, 1, 1), date(2026, 12, 31))
        yield sandbox


def environment(sandbox, **more):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ZUORA_", "PYTHON")) and not name.lower().endswith("_proxy")
    }
    tenant = {"ZUORA_HOST": sandbox.url, "ZUORA_CLIENT_ID": sandbox.client_id}
    return {**kept, "PYTHONPATH": str(ROOT), **tenant, "ZUORA_CLIENT_SECRET": sandbox.client_secret, **more}


def run(sandbox, *arguments, **options):
    more = options.pop("variables", {})
    pipes = {} if "stdout" in options else {"capture_output": True}
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=environment(sandbox, **more),
        text=True,
        timeout=PATIENCE,
        check=False,
        **pipes,
        **options,
    )


def shell(sandbox, script, **variables):
    """Run a script of bash in which ``zuora`` is the command."""
    program = " ".join(f"'{word}'" for word in PROGRAM)
    return subprocess.run(
        ["bash", "-c", f"zuora() {{ {program} \"$@\"; }}\n{script}"],
        env=environment(sandbox, **variables), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def interrupted(sandbox, *arguments, when):
    """Start a command, send Ctrl-C as soon as ``when()`` is true, and say what came of it."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen([*PROGRAM, *arguments], env=environment(sandbox), **pipes)
    try:
        deadline = time.monotonic() + PATIENCE
        while not when() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return process.returncode, out, err


def looks(sandbox):
    return [each for each in sandbox.requests if each.method == "GET" and each.path.endswith(NUMBER)]


def test_create_from_standard_input(sandbox):
    """One line of shell from a request to the run."""
    body = {
        "accountingPeriodName": "FY",
        "journalEntryDate": "2026-03-31",
        "transactionTypes": [{"type": "Invoice Item"}],
    }
    done = run(sandbox, "create", "--from", "-", "--wait", "--json", input=json.dumps(body))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == "Completed"


def test_ctrl_c_during_a_wait_names_the_run(busy_sandbox):
    """130, no trace, and the command that goes on waiting."""
    code, out, err = interrupted(busy_sandbox, *CREATE, "--wait", when=lambda: looks(busy_sandbox))
    assert (code, out) == (130, "")
    assert err == f"Interrupted.\n{NUMBER} goes on in Zuora; wait for it with: zuora-journal-runs wait {NUMBER}\n"


def test_ctrl_c_before_the_answer_names_the_key(sandbox):
    """The run may be there all the same."""
    sandbox.faults.add(Fault("timeout", method="POST", path="/v1/journal-runs", commits=True))
    code, out, err = interrupted(sandbox, *CREATE, "--idempotency-key", "mine", when=sandbox.runs)
    assert (code, out) == (130, "")
    assert "with --idempotency-key mine can tell" in err
    sandbox.faults.clear()
    assert NUMBER in run(sandbox, *CREATE, "--idempotency-key", "mine").stdout
    assert len(sandbox.runs()) == 1


def test_a_reader_that_leaves(sandbox):
    """The exit code tells about the job, and nothing complains."""
    done = shell(sandbox, "set -o pipefail; zuora --help | head -c 1; zuora environments | true; zuora get 2>&1 | true")
    assert (done.returncode, done.stdout, done.stderr) == (2, "u", "")


def test_a_closed_output(sandbox):
    """Nothing is printed to where something else was opened, and nothing complains."""
    done = shell(
        sandbox, f"zuora environments >&-; echo $?; zuora get {NUMBER} 2>&-; echo $?; zuora get x >&- 2>&-; echo $?"
    )
    assert (done.stdout, done.stderr) == ("0\n1\n1\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk(sandbox):
    """A result that is lost is no success, and the run is named."""
    done = shell(sandbox, f"zuora {' '.join(map(repr, CREATE))} > /dev/full")
    assert done.returncode == 1
    assert f"The result cannot be written: No space left on device\n{NUMBER} goes on in Zuora" in done.stderr


def test_characters_that_the_terminal_lacks(sandbox):
    """Are shown escaped; no command ends because of them."""
    sandbox.add_period("März", date(2025, 1, 1), date(2025, 12, 31))
    named = [word.replace("FY", "März") for word in CREATE]
    done = run(sandbox, *named, "--dry-run", variables={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert r"M\u00e4rz" in done.stdout


def test_verbose_logs_without_secrets(sandbox):
    """Requests and answers go to standard error."""
    done = run(sandbox, "get", NUMBER, "--verbose")
    assert f"GET /v1/journal-runs/{NUMBER}: attempt 1" in done.stderr
    assert "POST /oauth/token: 200" in done.stderr
    assert not [secret for secret in (sandbox.client_secret, sandbox.client_id, "Bearer") if secret in done.stderr]


def in_terminal(sandbox, *arguments, columns=60, **variables):
    """Run a command that believes in a terminal, and give all that appears there."""
    leader, follower = pty.openpty()
    variables = {"TERM": "xterm", "COLUMNS": str(columns), "LINES": "40", **variables}
    process = subprocess.Popen(
        [*PROGRAM, *arguments], env=environment(sandbox, **variables), stdout=follower, stderr=follower
    )
    os.close(follower)
    shown = b""
    try:
        while select.select([leader], [], [], PATIENCE)[0]:
            try:
                part = os.read(leader, 65536)
            except OSError:  # how Linux says that the other side was closed
                break
            if not part:
                break
            shown += part
    finally:
        os.close(leader)
        process.wait(PATIENCE)
    return process.returncode, shown.decode().replace("\r\n", "\n")


def test_a_terminal_sees_the_progress_and_fitting_lines(sandbox):
    """Status by status, and no line wider than the terminal."""
    code, shown = in_terminal(sandbox, *CREATE, *(f"{kind} Refund" for kind in ("Electronic", "External")), "--wait")
    lines = shown.splitlines()
    assert code == 0
    assert lines[0] == f"{NUMBER} is created"
    assert f"{NUMBER} is Completed after 0 seconds of waiting" in lines
    assert max(map(len, lines)) <= 60
    assert "transaction types          Invoice Item, Electronic Refund," in lines


def test_colours(sandbox):
    """In a terminal that takes them, unless ``NO_COLOR`` says otherwise; never in a pipe."""
    assert "\x1b[32mok\x1b[0m" in in_terminal(sandbox, "doctor")[1]
    assert "\x1b" not in in_terminal(sandbox, "doctor", NO_COLOR="1")[1]
    assert "\x1b" not in in_terminal(sandbox, "doctor", TERM="dumb")[1]
    assert "\x1b" not in run(sandbox, "doctor").stdout


def test_nothing_steers_the_terminal(sandbox):
    """Control characters of an answer are shown escaped."""
    sandbox.faults.add(Fault("refusal", category=30, message="\x1b]0;mine\x07gone"))
    done = run(sandbox, "get", NUMBER)
    assert "\x1b" not in done.stderr
    assert r"\x1b]0;mine\x07gone" in done.stderr


@pytest.mark.parametrize("name", ["sandbox", "quickstart"])
def test_programs_take_their_own_arguments(sandbox, name):
    """As ``python -m openapi_client.sandbox`` and ``.quickstart`` do."""
    done = run(sandbox, name, "--help")
    assert done.returncode == 0
    assert f"python -m openapi_client.{name}" in done.stdout
    assert run(sandbox, name, "--no-such-option").returncode == 2


COMPLETE = """
eval "$(zuora completion bash)"
zuora-journal-runs() {{ zuora "$@"; }}
COMP_LINE={line!r} COMP_POINT={point} COMP_TYPE=9 COMP_CWORD={last} COMP_WORDS=({line})
_python_argcomplete zuora-journal-runs
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("del", ["delete"]),
        ("get --prof", ["--profile", "--profiles"]),
        ("create --journal-", ["--journal-entry-date"]),
        ("create --transaction-types Tax", [r"Taxation\ Item"]),
        ("wait --until Cancelle", ["Cancelled"]),
        ("completion f", ["fish"]),
        ("get --client-s", [""]),
    ],
)
def test_bash_completes(sandbox, typed, offered):
    """Commands, options and values, those with spaces quoted; options that are only refused are not offered."""
    line = f"zuora-journal-runs {typed}"
    script = COMPLETE.format(line=line, point=len(line), last=len(line.split()) - 1)
    done = shell(sandbox, script)
    assert [word.rstrip() for word in done.stdout.splitlines()] == offered, done.stderr


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_scripts_for_shells(sandbox, name):
    """Each names the command, and is what the shell can read, where it is installed."""
    done = run(sandbox, "completion", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert "zuora-journal-runs" in done.stdout
    if shutil.which(name):
        assert subprocess.run([name, "-n"], input=done.stdout, text=True, timeout=PATIENCE, check=False).returncode == 0


def test_the_missing_extra_is_named(sandbox):
    """Without argcomplete the message says what to install."""
    script = "import sys; sys.modules['argcomplete'] = None; from openapi_client.cli.main import main; "
    done = subprocess.run(
        [sys.executable, "-c", script + "sys.exit(main(['completion', 'bash']))"],
        env=environment(sandbox), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'zuora-journal-runs[completion]'" in done.stderr
