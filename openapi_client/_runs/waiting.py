"""Waiting for a journal run: looks, pauses, and when to give up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from openapi_client._base.compat import add_note
from openapi_client._base.log import logger
from openapi_client._call.operation import Operation
from openapi_client._policy.advice import WAIT_ON
from openapi_client._policy.timeouts import limits_of, seconds
from openapi_client._runs.looking import Given, is_missing, run_now
from openapi_client._runs.statuses import Sighting, is_dead_end, is_partly_cancelled, wanted_statuses
from openapi_client._runs.telling import Open, Progress, Teller, WaitEvent, opener
from openapi_client.exceptions import (
    ApiException,
    JournalRunFailedException,
    JournalRunPartlyCancelledException,
    RequestTimeoutException,
)

if TYPE_CHECKING:
    from openapi_client._call.response import ApiResponse

#: Seconds before the second look, its growth, and its bound; Zuora's own clients look every 20 seconds.
_FIRST_DELAY, _GROWTH, _LONGEST_DELAY = 1.0, 1.5, 20.0
#: Seconds that the last look has, so that a run which ended during the last pause is seen to have.
_LAST_LOOK = 1.0


def wait_for_status(
    client: Any, method: str, look: Operation, given: Given, *, until: Any, timeout: float, progress: Progress
) -> Any:
    """Wait until a run has one of the wanted statuses.

    :param look: the operation that retrieves the run.
    :param given: its arguments.
    :returns: the run.
    """
    wanted = wanted_statuses(until)
    return Wait(client, method, look, given, timeout, opener(progress)).until(wanted)


def wait_until_gone(
    client: Any, method: str, look: Operation, given: Given, *, timeout: float, progress: Progress
) -> None:
    """Wait until a run no longer exists; the parameters are those of :func:`wait_for_status`."""
    Wait(client, method, look, given, timeout, opener(progress)).until_gone()


class Pauses:
    """The pauses between looks: growing, jittered and bounded, in seconds."""

    def __init__(self, fraction: Callable[[], float]) -> None:
        self._fraction = fraction
        self._delay = _FIRST_DELAY

    def next(self) -> float:
        """The next one."""
        delay = self._delay * (0.75 + 0.5 * self._fraction())
        self._delay = min(self._delay * _GROWTH, _LONGEST_DELAY)
        return delay


class Wait:
    """Looks at one run until it is where it should be.

    :param timeout: seconds for the whole wait.
    :param open_: opens what is told of the wait.
    :param began: the moment of the clock from which on the time counts; ``None`` for now.
    :param was_cancelled: whether a cancel of the run was accepted before.
    :ivar sleep: pauses for so many seconds.
    :ivar run: the run last seen.
    """

    def __init__(
        self,
        client: Any,
        method: str,
        look: Operation,
        given: Given,
        timeout: float,
        open_: Open,
        *,
        was_cancelled: bool = False,
        began: float | None = None,
    ) -> None:
        self._client, self._method, self._look_with, self._given = client, method, look, given
        self.number: str = given[look.required[0]]
        self._clock = client.configuration.clock
        self._timeout = seconds(timeout, "timeout")
        self._began = self._clock.now() if began is None else began
        self._open = open_
        self._was_cancelled = was_cancelled
        self._pauses = Pauses(self._clock.fraction)
        self._error: ApiException | None = None
        self.sleep: Callable[[float], Any] = self._clock.sleep
        self.run: Any = None
        self.teller: Teller = Teller(self.number, None)

    def until(self, wanted: Collection[Any]) -> Any:
        """Wait for one of the ``wanted`` statuses.

        :raises JournalRunFailedException: none of them can be reached any more.
        :raises RequestTimeoutException: the time is over. :raises ApiException: the run cannot be read.
        """
        seen, at = Sighting(None), self._elapsed

        def is_there(answer: ApiResponse[Any]) -> bool:
            nonlocal seen, at
            seen, at = seen.after(answer.data.status, self._elapsed - at), self._elapsed
            if seen.status not in wanted and is_dead_end(seen, wanted):
                self._tell(None)
                raise self._failed(answer, seen, wanted)
            return seen.status in wanted

        return self._until(is_there)

    def until_gone(self) -> None:
        """Wait until the run no longer exists.

        :raises RequestTimeoutException: the time is over. :raises ApiException: the run cannot be read.
        """
        try:
            self._until(lambda _: False)
        except ApiException as error:
            if not is_missing(error):
                raise

    def _until(self, is_there: Callable[[ApiResponse[Any]], bool]) -> Any:
        try:
            with self._open(self.number) as tell:
                self.teller = Teller(self.number, tell)
                while True:
                    answer = self._look()
                    if answer is not None and is_there(answer):
                        self._tell(None)
                        return answer.data
                    self._pause(answer)
        except KeyboardInterrupt as interrupt:
            note_interrupt(interrupt, f"the wait for {self.number} was interrupted; the run itself goes on")
            raise

    @property
    def _elapsed(self) -> float:
        return float(self._clock.now() - self._began)

    def _look(self) -> ApiResponse[Any] | None:
        """The run, or ``None`` when it could not be read this time but may be the next."""
        self._error = None
        left = max(self._timeout - self._elapsed, _LAST_LOOK)
        own = self._given.get("_request_timeout")
        limits = limits_of(self._client.configuration.timeout if own is None else own, "_request_timeout")
        total = left if limits.total is None else min(limits.total, left)
        limited = {**self._given, "_request_timeout": limits._replace(total=total, given=total)}
        try:
            answer = run_now(self._look_with, self._client, self._method, limited)
        except ApiException as error:
            # A gateway that does not know the path for a moment says nothing about the run.
            may_pass = error.is_retryable or error.status == 404
            if is_missing(error) or not may_pass:
                raise
            self._error = error
            return None
        self.run = answer.data
        return answer

    def _tell(self, delay: float | None) -> None:
        self.teller(WaitEvent(self.run, self.run.status, self._elapsed, delay))

    def _pause(self, answer: ApiResponse[Any] | None) -> None:
        left = self._timeout - self._elapsed
        delay = self._pauses.next()
        asked = self._error.retry_after if self._error is not None else None
        if answer is not None and answer.rate_limit.remaining == 0:
            asked = answer.rate_limit.reset
        delay = min(max(delay, asked or 0.0), left)
        if answer is not None:
            self._tell(delay if left > 0 else None)
        if left <= 0:
            raise self.timed_out(self._timeout) from self._error
        self.sleep(delay)

    def timed_out(self, waited: float) -> RequestTimeoutException:
        """The exception for a wait that has taken so many seconds, and the run is not there."""
        status = "unknown" if self.run is None else self.run.status
        reason = f"the status of {self.number} is {status} after {waited:g} seconds of waiting"
        return RequestTimeoutException(0, reason, phase="wait", run=self.run, sent=False, advice=WAIT_ON)

    def _failed(self, answer: ApiResponse[Any], seen: Sighting, wanted: Collection[Any]) -> JournalRunFailedException:
        error, names = JournalRunFailedException, " or ".join(sorted(map(str, wanted)))
        reason = f"the status of {self.number} is {seen.status}, so it will not become {names}"
        if is_partly_cancelled(seen, wanted, was_accepted=self._was_cancelled):
            error = JournalRunPartlyCancelledException
            reason += ": at least one of its journal entries could not be cancelled"
        return error(answer.status_code, reason, run=answer.data, headers=answer.headers, attempts=answer.attempts)


def looking_at(look: Operation, number: str, given: Given) -> dict[str, Any]:
    """The arguments of a look at the run with a number, from those of another operation."""
    return {**{name: value for name, value in given.items() if name in look.known}, look.required[0]: number}


def note_interrupt(interrupt: KeyboardInterrupt, text: str) -> None:
    """Say what Ctrl-C leaves behind, at the end of the traceback and in the log."""
    add_note(interrupt, text)
    logger().info(text)
