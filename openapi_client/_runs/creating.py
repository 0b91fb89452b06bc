"""Creating a run while another one may be in progress: exactly once, also when the program is started again.

Zuora stores a refusal under the idempotency key and repeats it for 24 hours, so a create that was refused because of
another run can only succeed under another key (Zuora docs, "Idempotent requests"). Which keys follow is fixed by the
first one: a program that is started again passes through the same keys to the same run. And a key is left only when
its refusal is *known* to be stored, from a replay of it: a server that does not store refusals makes the run under the
first key, and never under two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openapi_client._call.operation import Default, Operation
from openapi_client._policy.timeouts import seconds
from openapi_client._runs.keys import key_after, random_key
from openapi_client._runs.looking import Given, is_missing
from openapi_client._runs.statuses import ENDED
from openapi_client._runs.telling import Open, Progress, opener
from openapi_client._runs.waiting import Pauses, Wait, looking_at, note_interrupt
from openapi_client.exceptions import ApiException, JournalRunInProgressException, RequestTimeoutException

_DENIED = 10  # category of Zuora's error codes


def create_when_free(
    client: Any, method: str, create: Operation, look: Operation, given: Given, *, timeout: float, progress: Progress
) -> Any:
    """Create a run as soon as no other is in progress.

    :param create: the operation that creates.
    :param look: the operation that retrieves a run.
    :param given: the arguments of the create.
    :returns: the answer to the create.
    """
    return Creation(client, method, create, look, given, timeout, opener(progress)).when_free()


class Creation:
    """Creates one run.

    :param timeout: seconds until it has to be created.
    :param open_: opens what is told of the wait for another run.
    :ivar began: the moment of the clock from which on the time counts.
    """

    def __init__(
        self, client: Any, method: str, create: Operation, look: Operation, given: Given, timeout: float, open_: Open
    ) -> None:
        self._client, self._method, self._create, self._look_with = client, method, create, look
        self._given = _with_its_key(given)
        self._clock = client.configuration.clock
        self._timeout = seconds(timeout, "timeout")
        self.began = self._clock.now()
        self._open = open_
        self._pauses = Pauses(self._clock.fraction)

    @property
    def left(self) -> float:
        """Seconds that are left of the time."""
        return float(self.began + self._timeout - self._clock.now())

    def now(self) -> Any:
        """The answer to the create.

        :raises JournalRunInProgressException: another run is in progress. :raises ApiException: it cannot be created.
        """
        key = self._given["idempotency_key"]
        try:
            return self._create.call(self._client, self._method, self._given, raises=True)
        except KeyboardInterrupt as interrupt:
            told = "the create was interrupted, and may have made a run; "
            told += f"ask again with idempotency_key={key!r}" if key is not None else "it had no idempotency key"
            note_interrupt(interrupt, told)
            raise

    def when_free(self) -> Any:
        """The answer to the create, once no other run is in progress.

        :raises RequestTimeoutException: the time is over, and no run was created. :raises ApiException: it cannot be
            created, for another reason than another run.
        """
        previous: JournalRunInProgressException | None = None
        while True:
            try:
                return self.now()
            except JournalRunInProgressException as refusal:
                # A refusal of the moment has ids of its own in its body.
                is_stored = refusal.is_replay and previous is not None and refusal.body == previous.body
                if is_stored and refusal.idempotency_key is not None:
                    self._given["idempotency_key"] = key_after(refusal.idempotency_key)
                    previous = None
                    continue
                try:
                    self._let_end(refusal, pauses=previous is not None)
                except KeyboardInterrupt as interrupt:
                    note_interrupt(interrupt, "no run was created")
                    raise
                previous = refusal

    def _let_end(self, refusal: JournalRunInProgressException, *, pauses: bool) -> None:
        """Wait until the run that a refusal names is no longer in progress, as far as one can look at it."""
        number = refusal.journal_run_number
        if pauses or number is None:
            self._pause(refusal)
        if number is None:
            return
        if self.left <= 0:
            raise self._timed_out(refusal)
        looking = looking_at(self._look_with, number, self._given)
        wait = Wait(self._client, self._method, self._look_with, looking, self.left, self._open)
        try:
            wait.until(ENDED)
        except RequestTimeoutException as error:
            raise self._timed_out(refusal) from error
        except ApiException as error:
            # Gone, or of an entity or organization that these credentials cannot see.
            is_hidden = error.status == 403 or any(reason.category == _DENIED for reason in error.reasons)
            if not is_missing(error) and not is_hidden:
                raise
            self._pause(refusal)

    def _pause(self, refusal: JournalRunInProgressException) -> None:
        if self.left <= 0:
            raise self._timed_out(refusal)
        self._clock.sleep(min(self._pauses.next(), self.left))

    def _timed_out(self, refusal: JournalRunInProgressException) -> RequestTimeoutException:
        other = refusal.journal_run_number or "another journal run"
        reason = f"{other} was in progress for the {self._timeout:g} seconds of waiting, so no run was created"
        error = RequestTimeoutException(
            0, reason, phase="wait", sent=False, idempotency_key=refusal.idempotency_key, reasons=refusal.reasons
        )
        error.__cause__ = refusal
        return error


def _with_its_key(given: Given) -> dict[str, Any]:
    """The arguments with the idempotency key in its own, where it can be replaced; a header of that name would win."""
    key, headers = given.get("idempotency_key"), given.get("_headers")
    if isinstance(headers, Mapping):
        named = [name for name in headers if str(name).lower() == "idempotency-key"]
        key = headers[named[0]] if named else key
        headers = {name: value for name, value in headers.items() if name not in named}
    return {**given, "_headers": headers, "idempotency_key": random_key() if isinstance(key, Default) else key}
