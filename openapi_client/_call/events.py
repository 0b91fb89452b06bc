"""One record per attempt, for the log and for the hooks of the configuration."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from openapi_client._base import redact as _redact
from openapi_client._base.log import logger
from openapi_client.exceptions import ApiException

if TYPE_CHECKING:
    from openapi_client._call.engine import Call
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

    def request(self, call: Call) -> None:
        """An attempt begins."""
        hook = self._configuration.on_request
        if hook is not None or logger().isEnabledFor(logging.DEBUG):
            event = AttemptEvent(call.method, call.path, call.attempts)
            body = None if call.is_private else _body_of(call)
            self._tell(hook, event, logging.DEBUG, f"attempt {event.attempt}", body)

    def response(self, call: Call, began: float, answer: Any) -> None:
        """An attempt that ``began`` then has ended, with an answer or an exception."""
        hook = self._configuration.on_response
        if hook is not None or logger().isEnabledFor(logging.DEBUG):
            event = _ended(call, answer, elapsed=self._configuration.clock.now() - began)
            is_shown = call.preload and not call.is_private
            body = getattr(answer, "body", None) or getattr(answer, "data", None) if is_shown else None
            self._tell(hook, event, logging.DEBUG, _outcome(event), body)

    def retry(self, call: Call, error: ApiException, delay: float) -> None:
        """The next attempt follows after ``delay`` seconds."""
        event = _ended(call, error, delay=delay)
        level = logging.WARNING if delay else logging.INFO
        message = f"{_outcome(event)} in attempt {event.attempt}, the next one follows in {delay:.2f} seconds"
        self._tell(self._configuration.on_retry, event, level, message)

    def _tell(
        self,
        hook: Callable[[AttemptEvent], Any] | None,
        event: AttemptEvent,
        level: int,
        message: str,
        body: Any = None,
    ) -> None:
        log = logger()
        if log.isEnabledFor(level):
            extra = {f"http_{name}": value for name, value in event._asdict().items()}
            shown = "\n" + _shown(body) if body else ""
            log.log(level, "%s %s: %s%s", event.method, event.path, message, shown, extra=extra)
        if hook is not None:
            try:
                hook(event)
            except Exception:
                log.exception("A hook of the configuration failed")


def _ended(call: Call, answer: Any, elapsed: float | None = None, delay: float | None = None) -> AttemptEvent:
    headers = getattr(answer, "headers", None) or {}
    error = type(answer).__name__ if isinstance(answer, ApiException) else None
    request_id = headers.get("Zuora-Request-Id")
    return AttemptEvent(call.method, call.path, call.attempts, answer.status or None, error, elapsed, delay, request_id)


def _outcome(event: AttemptEvent) -> str:
    return " ".join(str(part) for part in (event.status, event.error) if part is not None)


def _body_of(call: Call) -> Any:
    if call.body is None and call.post_params:
        return _redact.mapping((name, value) for name, value, *_ in call.post_params)
    return call.body


def _shown(body: Any) -> str:
    text = body.decode("utf-8", "backslashreplace") if isinstance(body, bytes) else str(body)
    return _redact.text(text if len(text) <= _SHOWN_BODY else f"{text[:_SHOWN_BODY]}... ({len(text)} characters)")
