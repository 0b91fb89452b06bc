"""Completion by argcomplete, which asks this very parser: new options and values need no new script.

shtab makes scripts that need no Python while one types, but splits values with spaces, as transaction types are.
"""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction

from openapi_client.cli.terminal import environment

SHELLS = ("bash", "zsh", "fish")
_HINT = (
    "completion needs argcomplete: pip install 'zuora-journal-runs[completion]', "
    "or in a checkout: pip install '.[completion]'"
)


def is_asked() -> bool:
    """Whether a shell wants completions and not the program."""
    return "_ARGCOMPLETE" in environment()


def answer(parser: ArgumentParser) -> None:
    """Tell the shell what it can complete, and end the process."""
    from argcomplete import autocomplete
    from argcomplete.completers import FilesCompleter, SuppressCompleter

    files = FilesCompleter()
    for action in parser._actions:
        for command in (action.choices or {}).values() if isinstance(action, _SubParsersAction) else ():
            for each in command._actions:
                if each.metavar == "FILE":
                    each.completer = files
    autocomplete(parser, default_completer=SuppressCompleter())


def script(program: str, shell: str) -> str:
    """What a shell has to run once.

    :raises ImportError: argcomplete is not installed; the message says how it is.
    """
    try:
        from argcomplete.shell_integration import shellcode
    except ModuleNotFoundError:
        raise ImportError(_HINT) from None
    return str(shellcode([program], shell=shell))
