"""Exit codes: what each says, and which one a failure ends in."""

from __future__ import annotations

from enum import IntEnum

from openapi_client.exceptions import ApiException, RequestTimeoutException, TransportException


class Exit(IntEnum):
    """The exit codes of the command line."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    NOT_REACHED = 3
    TIMED_OUT = 4
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """The code in words."""
        return _MEANINGS[self]


_MEANINGS = {
    Exit.DONE: "done",
    Exit.REFUSED: "refused: Zuora answered otherwise than wanted, or the run cannot get there any more",
    Exit.USAGE: "usage: an argument, a file or a setting is wrong; nothing was sent",
    Exit.NOT_REACHED: "not reached: no connection, or no complete answer",
    Exit.TIMED_OUT: "timed out: a time limit passed; a run that was created goes on",
    Exit.INTERRUPTED: "interrupted: Ctrl-C; a run that was created goes on",
}


def code_of(error: Exception) -> Exit:
    """The exit code for what a command raised."""
    if isinstance(error, RequestTimeoutException) and error.phase != "connect":
        return Exit.TIMED_OUT
    if isinstance(error, TransportException):
        return Exit.NOT_REACHED
    return Exit.REFUSED if isinstance(error, ApiException) else Exit.USAGE
