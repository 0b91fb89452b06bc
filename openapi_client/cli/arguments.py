"""The commands and their options.

``argparse`` rather than click, typer or cyclopts: the four runtime dependencies stay four, so the commands are there
with every installation; the options come from the description of the API, which a declarative library would have stated
once more in signatures; and the quickstart and the sandbox have their options in it already. What it lacks, completion,
comes from argcomplete, see :mod:`openapi_client.cli.completion`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn

from openapi_client import JournalRunStatus, __version__
from openapi_client._base.nearest import hint
from openapi_client.cli.codes import Exit
from openapi_client.cli.commands import PROGRAM
from openapi_client.cli.completion import SHELLS
from openapi_client.cli.description import option_of
from openapi_client.cli.fields import complete_from
from openapi_client.cli.operations import add_parameters
from openapi_client.cli.settings import profile_names
from openapi_client.configuration import SECRETS

#: Command -> what it does, and the method of the API whose parameters are its options.
COMMANDS = {
    "create": ("Create a journal run.", "create_journal_run"),
    "get": ("Show a journal run.", "get_journal_run"),
    "wait": ("Wait until a journal run has a status, or is gone.", "get_journal_run"),
    "cancel": ("Cancel a journal run.", "cancel_journal_run"),
    "delete": ("Delete a cancelled journal run.", "delete_journal_run"),
    "environments": ("List Zuora's data centres.", None),
    "doctor": ("Check host, TLS, clock, credentials and entity, and say how to mend what is wrong.", None),
    "completion": ("Print a script that lets a shell complete commands, options and values.", None),
    "sandbox": ("Serve a local Zuora tenant, to try things and to test against.", None),
    "quickstart": ("Show the life of a journal run, in a tenant of its own on this machine.", None),
}
#: Commands with a program of their own, which takes the arguments after them as they are.
PROGRAMS = ("sandbox", "quickstart")
_SHARED = {
    "profile": None,
    "profiles": None,
    "json": False,
    "verbose": False,
    "dry_run": False,
    "request_timeout": None,
    "retries": None,
}


class Parser(argparse.ArgumentParser):
    """A parser whose messages repeat no value, which may be a secret, and that takes no shortened options."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and refuse what nobody knows by its name alone."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            options = [text.partition("=")[0] for text in unknown if text.startswith("-")]
            named = (
                f"unknown option {options[0]}{hint(options[0], _options_of(self))}" if options else "too many arguments"
            )
            self.error(named)
        return found

    def _print_message(self, message: str, file: Any = None) -> None:
        # A reader that has left is no failure; Python 3.12 and later see to it themselves.
        with suppress(OSError):
            super()._print_message(message, file)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, without the whole usage."""
        self.exit(Exit.USAGE, f"{self.prog}: {message}\nTry: {self.prog} --help\n")


class _Refused(argparse.Action):
    """An option for a secret, which is there to be refused with a reason."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        del namespace, values
        variable = f"ZUORA_{self.dest.upper()}"
        parser.error(
            f"{option_string}: other users of this machine can see arguments; set {variable}, or use a profile"
        )


def parser() -> Parser:
    """The parser of the command line."""
    made = Parser(prog=PROGRAM, description="Journal runs of Zuora from the command line.", epilog=_exit_codes())
    made.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    _add_shared(made)
    commands = made.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name, (summary, method) in COMMANDS.items():
        is_program = name in PROGRAMS
        command = commands.add_parser(name, help=summary, description=summary, add_help=not is_program)
        if method is not None:
            add_parameters(command, method)
            command.add_argument("--dry-run", action="store_true", help="print the first request, and send nothing")
        _ADDERS.get(name, lambda _: None)(command)
        if not is_program:
            _add_shared(command)
    return made


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a command line.

    :raises SystemExit: help was asked for, or something is wrong with it.
    """
    made = parser()
    options: argparse.Namespace = made.parse_args(arguments, argparse.Namespace(**_SHARED))
    if options.command is None:
        made.print_help(sys.stderr)
        made.exit(Exit.USAGE)
    return options


def _exit_codes() -> str:
    return "exit codes:\n" + "\n".join(f"  {int(code):<4} {code.meaning}" for code in Exit)


def _options_of(made: argparse.ArgumentParser) -> Iterable[str]:
    """The options of a parser and of its commands."""
    for action in made._actions:
        if action.help is not argparse.SUPPRESS:
            yield from action.option_strings
        for command in (action.choices or {}).values() if isinstance(action, argparse._SubParsersAction) else ():
            yield from _options_of(command)


def _add_shared(made: Parser) -> None:
    """Add what can stand before and after a command; so the defaults are not here, but in ``_SHARED``."""
    tenant = made.add_argument_group("tenant and output")
    add = partial(tenant.add_argument, default=argparse.SUPPRESS)
    profile = add("--profile", metavar="NAME", help="take the tenant from this profile")
    profile.completer = lambda **_: profile_names()  # type: ignore[attr-defined]  # where argcomplete looks
    add("--profiles", metavar="FILE", help="file with the profiles")
    add("--json", action="store_true", help="print JSON, as the API has it")
    add("--verbose", action="store_true", help="log requests and answers, without secrets")
    add("--request-timeout", type=float, metavar="SECONDS", help="seconds for a call with its retries")
    add("--retries", type=int, metavar="N", help="how often a failed call is repeated at most")
    for name in sorted(SECRETS):
        add(option_of(name), dest=name, nargs="?", action=_Refused, help=argparse.SUPPRESS)


def _add_create(command: Parser) -> None:
    command.add_argument(
        "--from", dest="file", metavar="FILE", help="read the request from this JSON file, - for standard input"
    )
    busy = "what to do while another run is in progress: raise its refusal (default), or wait for its end"
    command.add_argument("--when-busy", choices=("raise", "wait"), default="raise", help=busy)
    _add_wait(command, "until it is Completed")


def _add_wait(command: Parser, until: str) -> None:
    command.add_argument("--wait", action="store_true", help=f"wait {until}")
    _add_timeout(command)


def _add_timeout(command: Parser) -> None:
    command.add_argument(
        "--timeout", type=float, default=3600.0, metavar="SECONDS", help="longest wait (default: 3600)"
    )


def _add_until(command: Parser) -> None:
    statuses = [str(status) for status in JournalRunStatus]
    text = f"wait for this status, or for any of several (default: Completed); one of: {', '.join(statuses)}"
    complete_from(command.add_argument("--until", action="append", metavar="STATUS", help=text), statuses)
    command.add_argument("--deleted", action="store_true", help="wait until the run is gone")
    _add_timeout(command)


def _add_report(command: Parser) -> None:
    command.add_argument("--report", action="store_true", help="print a report without secrets, to paste into a ticket")


def _add_shell(command: Parser) -> None:
    command.add_argument("shell", choices=SHELLS)


_ADDERS = {
    "create": _add_create,
    "wait": _add_until,
    "cancel": lambda command: _add_wait(command, "until it is Cancelled"),
    "delete": lambda command: _add_wait(command, "until it is gone"),
    "doctor": _add_report,
    "completion": _add_shell,
}
