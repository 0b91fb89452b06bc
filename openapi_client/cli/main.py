"""From the arguments to the exit code."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openapi_client.cli.console import Console


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    :param arguments: without the name of the program; ``None`` takes those of the process.
    :returns: the exit code, see :class:`openapi_client.cli.codes.Exit`.
    """
    given = [*(sys.argv[1:] if arguments is None else arguments)]
    try:
        code = _run(given)
    except KeyboardInterrupt:
        code = 130  # before there was anything to say
    except SystemExit as end:  # argparse, after a message or help
        code = end.code if isinstance(end.code, int) else 0
    return _flushed(code)


def _run(arguments: list[str]) -> int:
    # Imported late, so that Ctrl-C during the imports ends quietly, too.
    from openapi_client.cli import completion
    from openapi_client.cli.arguments import PROGRAMS, parsed, parser
    from openapi_client.cli.console import Console

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show ends nothing
    if completion.is_asked():
        completion.answer(parser())
    if arguments[:1] and arguments[0] in PROGRAMS:
        return _program(arguments[0], arguments[1:])
    options = parsed(arguments)
    return _guarded(options, Console(as_json=options.json))


def _program(name: str, arguments: list[str]) -> int:
    if name == "sandbox":
        from openapi_client.sandbox.__main__ import main as program
    else:
        from openapi_client.quickstart import main as program
    return program(arguments)


def _guarded(options: Namespace, console: Console) -> int:
    """Run a command; whatever it ends in becomes a message and an exit code."""
    from openapi_client.cli.codes import Exit
    from openapi_client.exceptions import OpenApiException

    try:
        return _dispatch(options, console)
    except (OpenApiException, ImportError) as error:
        return console.fail(error)
    except OSError as error:
        console.end(Exit.REFUSED, f"The result cannot be written: {error.strerror}")
        return Exit.REFUSED
    except KeyboardInterrupt:
        console.end(Exit.INTERRUPTED, "Interrupted.")
        return Exit.INTERRUPTED


def _dispatch(options: Namespace, console: Console) -> int:
    from openapi_client.cli import commands, completion, doctor

    if options.command == "environments":
        commands.environments(console)
    elif options.command == "completion":
        console.text(completion.script(commands.PROGRAM, options.shell))
    elif options.command == "doctor":
        return doctor.examine(options, console)
    else:
        _call(getattr(commands, options.command), options, console)
    return 0


def _call(command: Any, options: Namespace, console: Console) -> None:
    from openapi_client import ApiClient, JournalRunsApi
    from openapi_client.cli.dry_run import show_request
    from openapi_client.cli.settings import configured

    configuration = configured(options, needs_credentials=not options.dry_run)
    try:
        if options.dry_run:
            show_request(configuration, lambda api: command(api, options, console), console)
        else:
            with ApiClient(configuration) as client:
                command(JournalRunsApi(client), options, console)
    finally:
        configuration.debug = False


def _flushed(code: int) -> int:
    from openapi_client._base.process import discard

    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except OSError:
                discard(stream)
    return code
