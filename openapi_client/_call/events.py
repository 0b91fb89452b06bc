"""One record per attempt, for the log and for the hooks of the configuration."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from openapi_client._base import redact as _redact
from openapi_client._base.log import logger
from openapi_client._base.reasons import lossy
from openapi_client._call.credentials import secrets_of
from openapi_client._call.request import Call
from openapi_client._policy.history import Failure, History
from openapi_client.configuration import Configuration

_SHOWN_BODY = 10_000


class AttemptEvent(NamedTuple):
    """One attempt of a call, without anything secret in it.

    :ivar method: HTTP verb.
    :ivar path: path of the URL, without host and query.
    :ivar attempt: its number, from 1.
    :ivar status: HTTP status, or ``None`` before and without an answer.
    :ivar error: class name of the exception the attempt ended in, or ``None``.
    :ivar elapsed: seconds the attempt took, or ``None`` before its end.
    :ivar delay: seconds until the next attempt, for ``on_retry`` only.
    :ivar request_id: Zuora's id of the call, or ``None``.
    """

    method: str
    path: str
    attempt: int
    status: int | None = None
    error: str | None = None
    elapsed: float | None = None
    delay: float | None = None
    request_id: str | None = None


class Events:
    """Sends records to the log and to the hooks.

    - A request and its answer are logged at DEBUG with their redacted bodies, a retry at WARNING.
    - Every log record has the fields of :class:`AttemptEvent` as ``extra``, named ``http_...``.
    - A hook that raises is logged, and does not disturb the call.
    """

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def request(self, call: Call, number: int, headers: Mapping[str, str]) -> float | None:
        """An attempt begins.

        :param headers: those that are sent, whose secrets are not logged.
        :returns: the moment of the clock, or ``None`` when nobody wants to hear of its end.
        """
        settings = self._configuration
        is_logged = logger().isEnabledFor(logging.DEBUG)
        if settings.on_request is not None or is_logged:
            event = AttemptEvent(call.request.method, call.path, number)
            body = None if call.is_private else _redact.mapping(call.request.parts[1] or ()) or call.request.body
            self._tell(settings.on_request, event, logging.DEBUG, f"attempt {number}", body, headers)
        return settings.clock.now() if settings.on_response is not None or is_logged else None

    def response(
        self, call: Call, number: int, began: float, reply: Any, outcome: Any, headers: Mapping[str, str]
    ) -> None:
        """An attempt that ``began`` then and was sent with ``headers`` has ended, with a reply or a failure."""
        event = _ended(call, number, reply, outcome)._replace(elapsed=self._configuration.clock.now() - began)
        body = reply.body if call.request.preload and not call.is_private else None
        self._tell(self._configuration.on_response, event, logging.DEBUG, _outcome(event), body, headers)

    def retry(self, call: Call, history: History, pause: float) -> None:
        """The next attempt follows after a pause, in seconds."""
        event = _ended(call, history.attempts, history.last, history.last)._replace(delay=pause)
        level = logging.WARNING if pause else logging.INFO
        message = f"{_outcome(event)} in attempt {event.attempt}, the next one follows in {pause:.2f} seconds"
        self._tell(self._configuration.on_retry, event, level, message)

    def _tell(
        self,
        hook: Callable[[AttemptEvent], Any] | None,
        event: AttemptEvent,
        level: int,
        message: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        log = logger()
        if log.isEnabledFor(level):
            extra = {f"http_{name}": value for name, value in event._asdict().items()}
            shown = ""
            if body:
                text = _redact.known(str(lossy(body)), secrets_of(self._configuration, headers or {}))
                shown = "\n" + _redact.one_line(text, _SHOWN_BODY)
            log.log(level, "%s %s: %s%s", event.method, event.path, message, shown, extra=extra)
        if hook is not None:
            try:
                hook(event)
            except Exception:
                log.exception("A hook of the configuration failed")


def _ended(call: Call, number: int, reply: Any, outcome: Any) -> AttemptEvent:
    # A failure has the headers of its reply, without secrets.
    headers = (outcome if isinstance(outcome, Failure) else reply).headers or {}
    error = outcome.error.__name__ if isinstance(outcome, Failure) else None
    request_id = headers.get("Zuora-Request-Id")
    return AttemptEvent(call.request.method, call.path, number, reply.status, error, request_id=request_id)


def _outcome(event: AttemptEvent) -> str:
    return " ".join(str(part) for part in (event.status, event.error) if part is not None)
