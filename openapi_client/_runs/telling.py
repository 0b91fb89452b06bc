"""Who hears of a wait: the log, and a callback, or a bar in a terminal or a notebook."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union

from openapi_client._base import lazy
from openapi_client._base.log import logger
from openapi_client._base.redact import one_line
from openapi_client.exceptions import ApiTypeError

Run = TypeVar("Run")


@dataclass(frozen=True)
class WaitEvent(Generic[Run]):
    """What a look at a run has shown.

    Attributes of the run can be asked of the event, too: callbacks of earlier versions were given the run.

    :ivar run: the run.
    :ivar status: its status.
    :ivar elapsed: seconds since the wait began.
    :ivar delay: seconds until the next look; ``None`` when none follows.
    """

    run: Run
    status: str
    elapsed: float
    delay: float | None

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name == "run" or name.startswith("_"):  # of an event that is being unpickled
                raise AttributeError(name)
            return getattr(self.run, name)


Tell = Callable[[WaitEvent[Any]], Any]
#: What is given as ``progress`` of a wait.
Progress = Union[bool, Tell, None]
#: Opens what is told of the wait for the run with a number.
Open = Callable[[str], AbstractContextManager[Union[Tell, None]]]


def opener(progress: Progress) -> Open:
    """Where the events of a wait go; found before anything is sent.

    :raises ApiTypeError: neither ``True`` nor a function.
    :raises MissingExtraException: the bar needs an extra.
    """
    if progress is True:
        bar: Open = lazy.shown("progress", "opener")()
        return bar
    if progress is not None and progress is not False and not callable(progress):
        raise ApiTypeError(f"Invalid type for `progress`: {progress!r}; pass True for a bar, or a function")
    return lambda _: nullcontext(progress or None)


class Teller:
    """Tells of the looks at one run.

    - The callback hears of each look. One that raises is logged, and does not disturb the wait.
    - Each change of status is logged at INFO, with ``journal_run_number``, ``journal_run_status``,
      ``journal_run_previous_status``, ``journal_run_elapsed`` and ``journal_run_delay`` (seconds) as ``extra``.

    :param tell: the callback.
    :ivar history: the events that brought another status, oldest first.
    """

    def __init__(self, number: str, tell: Tell | None) -> None:
        self._number = number
        self._tell = tell
        self.history: tuple[WaitEvent[Any], ...] = ()

    def __call__(self, event: WaitEvent[Any]) -> None:
        """Tell of a look."""
        previous = self.history[-1].status if self.history else None
        if event.status != previous:
            self.history = (*self.history, event)
            extra = {f"journal_run_{name}": getattr(event, name) for name in ("status", "elapsed", "delay")}
            extra.update(journal_run_number=self._number, journal_run_previous_status=previous)
            shown = one_line(str(event.status), 100)
            logger().info("%s is %s after %.0f seconds of waiting", self._number, shown, event.elapsed, extra=extra)
        if self._tell is not None:
            safely(partial(self._tell, event), "The progress callback of a wait failed")


def safely(call: Callable[[], Any], message: str) -> None:
    """Call what is not ours; an exception is logged."""
    try:
        call()
    except Exception:
        logger().exception(message)
