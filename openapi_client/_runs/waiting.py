"""Waiting for a journal run: which statuses can still lead where, how long to pause, when to give up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from openapi_client._call.operation import Operation
from openapi_client._policy.timeouts import limits_of, seconds
from openapi_client._runs.looking import is_missing, run_now
from openapi_client.exceptions import (
    ApiException,
    ApiTypeError,
    ApiValueError,
    JournalRunFailedException,
    RequestTimeoutException,
)

if TYPE_CHECKING:
    from openapi_client._base.clock import Clock
    from openapi_client._call.response import ApiResponse

    Read = Callable[[float], ApiResponse[Any]]

#: Seconds before the second look, its growth, and its bound; Zuora's own clients look every 20 seconds.
_FIRST_DELAY, _GROWTH, _LONGEST_DELAY = 1.0, 1.5, 20.0
#: Seconds that the last look has, so that a run which ended during the last pause is seen to have.
_LAST_LOOK = 1.0
#: A run that was cancelled from ``Completed`` and still is after so many seconds has not been cancelled (see below).
_SETTLED = 60.0
_COMPLETED, _CANCELLING, _CANCELLED = "Completed", "CancelInprogress", "Cancelled"
#: Every status, and what it can become without another call (Zuora docs, "Journal runs"). A cancel that some entry
#: withstands ends in ``Completed`` again, but nobody who waits for ``Completed`` means that one.
_LEADS_TO: dict[str, set[str]] = {
    "Pending": {"Processing", _COMPLETED, "Error"},
    "Processing": {_COMPLETED, "Error"},
    _COMPLETED: set(),
    "Error": set(),
    _CANCELLING: {_CANCELLED},
    _CANCELLED: set(),
    "DeleteInprogress": set(),
}
#: A cancel may be accepted some time before the status shows it.
_CANCELLABLE = frozenset({"Pending", "Error", _COMPLETED})


class Sighting(NamedTuple):
    """What is known when a run has been looked at.

    :ivar status: its status now.
    :ivar unchanged: for how many seconds it has been seen in it.
    :ivar was_cancelling: whether it has been seen in ``CancelInprogress``.
    """

    status: Any
    unchanged: float = 0.0
    was_cancelling: bool = False


def wanted_statuses(until: Any) -> frozenset[Any]:
    """The statuses to wait for.

    :raises ApiTypeError: no status or collection of them. :raises ApiValueError: an unknown status, or none at all.
    """
    given = [until] if isinstance(until, str) else until
    if not isinstance(given, Collection) or not all(isinstance(status, str) for status in given):
        raise ApiTypeError(f"Invalid type for `until`: {until!r}; pass a status or a collection of statuses")
    unknown = [status for status in given if status not in _LEADS_TO]
    if unknown or not given:
        raise ApiValueError(f"Invalid value for `until` ({until!r}): the statuses are {', '.join(_LEADS_TO)}")
    return frozenset(given)


def is_dead_end(seen: Sighting, wanted: Collection[Any]) -> bool:
    """Whether a run in this status can no longer reach a wanted one without another call."""
    if seen.status not in _LEADS_TO:
        return False  # a status that this version does not know may lead anywhere
    if _LEADS_TO[seen.status] & set(wanted):
        return False
    waits_for_cancel = _CANCELLED in wanted and seen.status in _CANCELLABLE
    return not waits_for_cancel or seen.was_cancelling or seen.unchanged >= _SETTLED


def wait_for_status(
    client: Any,
    method: str,
    look: Operation,
    looking: Mapping[str, Any],
    *,
    until: Any,
    timeout: float,
    progress: Callable[[Any], Any] | None,
) -> Any:
    """Wait until a run has one of the wanted statuses.

    :param look: the operation that retrieves the run.
    :param looking: its arguments.
    :returns: the run.
    """
    wanted = wanted_statuses(until)
    return _poller(client, method, look, looking, timeout, progress).wait(wanted)


def wait_until_gone(client: Any, method: str, look: Operation, looking: Mapping[str, Any], *, timeout: float) -> None:
    """Wait until a run no longer exists; the parameters are those of :func:`wait_for_status`."""
    _poller(client, method, look, looking, timeout, None).wait_until_gone()


def _poller(
    client: Any,
    method: str,
    look: Operation,
    looking: Mapping[str, Any],
    timeout: float,
    progress: Callable[[Any], Any] | None,
) -> Poller:
    def read(left: float) -> Any:
        given = looking.get("_request_timeout")
        limits = limits_of(client.configuration.timeout if given is None else given, "_request_timeout")
        total = left if limits.total is None else min(limits.total, left)
        return run_now(look, client, method, {**looking, "_request_timeout": limits._replace(total=total, given=total)})

    number = looking[look.required[0]]
    return Poller(number, read, client.configuration.clock, timeout, progress)


class Poller:
    """Looks at one run until it is where it should be.

    :param read: retrieves the run within so many seconds.
    :param timeout: seconds for the whole wait.
    :param progress: called with the run after each look.
    """

    def __init__(
        self, number: str, read: Read, clock: Clock, timeout: float, progress: Callable[[Any], Any] | None
    ) -> None:
        self._number = number
        self._read = read
        self._clock = clock
        self._timeout = seconds(timeout, "timeout")
        self._deadline = clock.now() + self._timeout
        self._progress = progress
        self._delay = _FIRST_DELAY
        self._run: Any = None
        self._error: ApiException | None = None

    def wait(self, wanted: Collection[Any]) -> Any:
        """Wait for one of the ``wanted`` statuses.

        :raises JournalRunFailedException: none of them can be reached any more.
        :raises RequestTimeoutException: the time is over. :raises ApiException: the run cannot be read.
        """
        seen = Sighting(None)
        since = self._clock.now()
        while True:
            answer = self._look()
            if answer is not None:
                run = answer.data
                since = since if run.status == seen.status else self._clock.now()
                was_cancelling = seen.was_cancelling or run.status == _CANCELLING
                seen = Sighting(run.status, self._clock.now() - since, was_cancelling)
                if run.status in wanted:
                    return run
                if is_dead_end(seen, wanted):
                    raise self._failed(answer, wanted)
            self._pause(answer)

    def wait_until_gone(self) -> None:
        """Wait until the run no longer exists.

        :raises RequestTimeoutException: the time is over. :raises ApiException: the run cannot be read.
        """
        try:
            while True:
                self._pause(self._look())
        except ApiException as error:
            if not is_missing(error):
                raise

    def _look(self) -> ApiResponse[Any] | None:
        """The run, or ``None`` when it could not be read this time but may be the next."""
        self._error = None
        try:
            answer = self._read(max(self._deadline - self._clock.now(), _LAST_LOOK))
        except ApiException as error:
            # A gateway that does not know the path for a moment says nothing about the run.
            may_pass = error.is_retryable or error.status == 404
            if is_missing(error) or not may_pass:
                raise
            self._error = error
            return None
        self._run = answer.data
        if self._progress is not None:
            self._progress(answer.data)
        return answer

    def _pause(self, answer: ApiResponse[Any] | None) -> None:
        left = self._deadline - self._clock.now()
        if left <= 0:
            raise self._timed_out() from self._error
        delay = self._delay * (0.75 + 0.5 * self._clock.fraction())
        self._delay = min(self._delay * _GROWTH, _LONGEST_DELAY)
        asked = self._error.retry_after if self._error is not None else None
        if answer is not None and answer.rate_limit.remaining == 0:
            asked = answer.rate_limit.reset
        self._clock.sleep(min(max(delay, asked or 0.0), left))

    def _timed_out(self) -> RequestTimeoutException:
        status = "unknown" if self._run is None else self._run.status
        reason = f"the status of {self._number} is {status} after {self._timeout:g} seconds of waiting"
        return RequestTimeoutException(0, reason, phase="wait", run=self._run, sent=False)

    def _failed(self, answer: ApiResponse[Any], wanted: Collection[Any]) -> JournalRunFailedException:
        names = " or ".join(sorted(map(str, wanted)))
        reason = f"the status of {self._number} is {answer.data.status}, so it will not become {names}"
        return JournalRunFailedException(
            answer.status_code, reason, run=answer.data, headers=answer.headers, attempts=answer.attempts
        )
