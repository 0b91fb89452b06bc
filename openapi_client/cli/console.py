"""Where a command writes: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from openapi_client._base import redact
from openapi_client._base.process import discard
from openapi_client.cli.codes import Exit, code_of
from openapi_client.cli.table import lines_of, printable
from openapi_client.cli.terminal import is_terminal
from openapi_client.exceptions import (
    ApiException,
    JournalRunFailedException,
    JournalRunInProgressException,
    TransportException,
)


class Console:
    """The two outputs of one command.

    - A reader that has left (``| head``) changes nothing: the exit code tells about the job, not about the pipe.
    - Control characters of what a server sent are escaped, so that nothing steers the terminal.

    :param as_json: results and errors as JSON, for machines.
    :ivar left: what Ctrl-C, a time limit or a full disk leaves behind, in words.
    :ivar facts: what is known about the run, for the JSON of an error.
    """

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self.left = ""
        self.facts: dict[str, Any] = {}

    def show(self, value: Any, rows: Iterable[Sequence[str]]) -> None:
        """A result: a JSON value for machines, a table for people.

        :raises OSError: it cannot be written.
        """
        self.text(json.dumps(value) if self.as_json else "\n".join(lines_of(rows)))

    def text(self, content: str) -> None:
        """A result that is the same text for everybody.

        :raises OSError: it cannot be written.
        """
        try:
            print(content, flush=True)
        except BrokenPipeError:
            discard(sys.stdout)

    def progress(self, content: str) -> None:
        """A line on what is going on, where somebody looks on."""
        if is_terminal(sys.stderr):
            self.note(content)

    def note(self, content: str) -> None:
        """A line that is no result."""
        _complain(printable(content))

    def fail(self, error: Exception) -> Exit:
        """Say what went wrong.

        :returns: the exit code for it.
        """
        if isinstance(error, JournalRunInProgressException):
            self.left = "With --when-busy wait, a create waits for the other run to end."
        elif not _leaves_something(error):
            self.left = ""
        code = code_of(error)
        self.end(code, str(error), **_told(error))
        return code

    def end(self, code: Exit, message: str, **facts: Any) -> None:
        """Say why a command ends early, and what it leaves behind."""
        if self.as_json:
            _complain(json.dumps({"exit": int(code), "message": message, **facts, **self.facts}))
            return
        for line in filter(None, (message, self.left)):
            self.note(line)


def _leaves_something(error: Exception) -> bool:
    """Whether there may be a run after a failure: not after a definite refusal, nor at the end of a run."""
    is_unclear = isinstance(error, TransportException) or getattr(error, "outcome_unknown", False)
    return is_unclear and not isinstance(error, JournalRunFailedException)


def _told(error: Exception) -> dict[str, Any]:
    told: dict[str, Any] = {"error": type(error).__name__}
    if isinstance(error, ApiException):
        reasons = [{"code": reason.code, "message": redact.text(reason.message)} for reason in error.reasons]
        told.update(status=error.status or None, reasons=reasons, requestId=error.request_id)
    return told


def _complain(line: str) -> None:
    # Without standard error, print() would take standard output.
    if sys.stderr is not None:
        try:
            print(line, file=sys.stderr, flush=True)
        except OSError:
            pass  # nobody listens
