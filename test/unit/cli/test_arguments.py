"""The table of usage mistakes: exit code 2, one message that says what to do, and nothing secret in it."""

from __future__ import annotations

import pytest

from openapi_client.cli.arguments import COMMANDS
from openapi_client.cli.codes import Exit
from openapi_client.configuration import SECRETS

GET = ("get", "JR-00000001")
CREATE = ("create", "--journal-entry-date", "2026-03-31", "--transaction-types", "Invoice Item")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "usage: zuora-journal-runs"),
        (("gte", "JR-00000001"), "invalid choice: 'gte'"),
        (("get",), "the following arguments are required: JR-NUMBER"),
        ((*GET, "more"), "too many arguments"),
        ((*GET, "--verbos"), "unknown option --verbos; did you mean '--verbose'?"),
        ((*GET, "--idempotency-kye", "secret"), "unknown option --idempotency-kye; did you mean '--idempotency-key'?"),
        ((*GET, "--until", "Completed"), "unknown option --until"),
        ((*GET, "--retries", "many"), "argument --retries: invalid int value: 'many'"),
        ((*GET, "--profile"), "argument --profile: expected one argument"),
        (("completion", "tcsh"), "invalid choice: 'tcsh'"),
        (
            ("create", "--accounting-period-name", "FY"),
            "Missing: --journal-entry-date, --transaction-types; give them as",
        ),
        (("create", "--transaction-types"), "argument --transaction-types: expected at least one argument"),
        ((*CREATE, "--journal-entry-date", "31.3.2026"), "--journal-entry-date"),
        ((*CREATE[:-1], "Invoice"), "--transaction-types[0].type"),
        ((*CREATE, "--organization-labels", "EU"), "should be FIELD=VALUE, with one of the fields organization_id,"),
        ((*CREATE, "--organization-labels", "nmae=EU"), "Got an unexpected key 'nmae' in --organization-labels[0]"),
        ((*CREATE, "--organization-labels", "{]"), "argument --organization-labels: should be a JSON object"),
        ((*CREATE, "--from", "/nowhere.json"), "--from /nowhere.json: No such file or directory"),
    ],
    ids=" ".join,
)
def test_a_mistake_is_explained(at_sandbox, arguments, said):
    """The message names the option or the argument, and nothing is printed where results go."""
    done = at_sandbox(*arguments)
    assert (done.code, done.out) == (Exit.USAGE, "")
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", sorted(SECRETS))
@pytest.mark.parametrize("form", ["{0}=hunter2", "{0} hunter2"])
def test_secrets_are_no_arguments(at_sandbox, name, form):
    """They are refused with what to do instead, before and after the command, and not repeated."""
    option = f"--{name.replace('_', '-')}"
    given = form.format(option).split()
    for arguments in ((*GET, *given), (*given, *GET)):
        done = at_sandbox(*arguments)
        assert done.code == Exit.USAGE
        assert f"{option}: other users of this machine can see arguments; set ZUORA_" in done.err
        assert "hunter2" not in done.out + done.err


def test_a_misspelt_secret_is_not_repeated(at_sandbox):
    """What follows an unknown option may be anything."""
    done = at_sandbox(*GET, "--clinet-secret=hunter2", "hunter3")
    assert done.code == Exit.USAGE
    assert "unknown option --clinet-secret\n" in done.err
    assert "hunter" not in done.err


def test_shared_options_stand_anywhere(at_sandbox):
    """Before the command and after it."""
    for arguments in (("--json", "--dry-run", *GET), ("--json", *GET, "--dry-run"), (*GET, "--dry-run", "--json")):
        if arguments[1] == "--dry-run":
            continue  # only commands that call the API have it
        assert at_sandbox(*arguments).json["method"] == "GET"


def test_help_names_the_exit_codes(run):
    """Each of them, and every command, in the help."""
    done = run("--help")
    assert done.code == Exit.DONE
    assert all(f"  {int(code):<4} {code.meaning}\n" in done.out for code in Exit)
    assert all(f"    {name} " in done.out or f"    {name}\n" in done.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run, name):
    """The help of a command says what it is for."""
    done = run(name, "--help")
    assert (done.code, done.err) == (Exit.DONE, "")
    assert done.out.startswith("usage: ")


def test_the_version(run):
    """As that of the package."""
    import openapi_client

    assert run("--version").out == f"zuora-journal-runs {openapi_client.__version__}\n"
