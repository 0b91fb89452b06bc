"""The life of a call, top to bottom: deadline, retries, token, slot, send, decode, check."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from openapi_client._base.process import PerProcess
from openapi_client._call import credentials as _auth
from openapi_client._call import events as _events
from openapi_client._call.response import ApiResponse
from openapi_client._policy import limits as _limits
from openapi_client._policy import retry as _retry
from openapi_client._policy import timeouts as _timeouts
from openapi_client._schema import wire as _wire
from openapi_client._schema.model import Model
from openapi_client.exceptions import (
    ApiException,
    ConflictException,
    DecodeException,
    OperationFailedException,
    RequestTimeoutException,
)

if TYPE_CHECKING:
    from openapi_client.api_client import ApiClient
    from openapi_client.configuration import Configuration

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FORM = "application/x-www-form-urlencoded"


class Call:
    """One call on its way: what is sent, within which limits, and what happened so far."""

    body: Any = None
    query: Any = None
    post_params: Any = None
    kind: Any = None
    preload = True
    is_private = False
    takes_credentials = False
    token: str | None = None
    policy = _retry.RetryPolicy()
    timeout: Any = None
    limits: _timeouts.Timeouts | None = None
    deadline: float | None = None
    started = 0.0
    attempts = 0
    failures = 0
    is_unclear = False
    has_new_token = False
    has_new_connection = False

    def __init__(self, method: str, path: str, url: str, headers: dict[str, tuple[str, str]]) -> None:
        """Begin with headers by their lower-case names."""
        self.method = method
        self.path = path
        self.url = url
        self.headers = dict(headers.values())
        self.names = headers
        self.key = headers["idempotency-key"][1] if "idempotency-key" in headers else None
        # RFC 9110 section 9.2.2, and Zuora docs, "Idempotent requests".
        self.is_repeatable = method not in ("POST", "PATCH") or self.key is not None


class Engine:
    """Runs the calls of one client. Its only state is what calls share: tokens and slots."""

    def __init__(self, configuration: Configuration) -> None:
        self._settings = configuration
        self._credentials = _auth.Credentials(configuration)
        self._events = _events.Events(configuration)
        self._gate = PerProcess(partial(_gate, configuration.max_concurrency))

    def run(self, client: ApiClient, call: Call) -> Any:
        """Make a call.

        :returns: an :class:`~openapi_client.ApiResponse`, or the urllib3 response for ``preload=False``.
        :raises ApiException: the last attempt's error.
        """
        self._set_deadline(call)
        while True:
            headers = self._authorized(client, call)
            try:
                return self._attempt(client, call, headers)
            except ApiException as error:
                self._complete(error, call)
                delay = self._delay_before_next(client, call, error)
                if delay is None:
                    raise
                self._events.retry(call, error, delay)
            self._settings.clock.sleep(delay)

    def _set_deadline(self, call: Call) -> None:
        call.started = self._settings.clock.now()
        if call.timeout is not None:
            call.limits = _timeouts.timeouts_of(call.timeout, "_request_timeout")
            if call.limits.total is not None:
                call.deadline = call.started + call.limits.total

    def _authorized(self, client: ApiClient, call: Call) -> dict[str, str]:
        """A copy of the headers with the credentials of the configuration."""
        headers = dict(call.headers)
        if call.takes_credentials:
            try:
                call.token = self._credentials.add_to(headers, partial(self._fetch_token, client), call.deadline)
            except ApiException as error:
                # The call itself was not sent this time, so only earlier attempts can have had an effect.
                error.idempotency_key = call.key
                error.outcome_unknown = call.is_unclear and call.method not in _READING
                raise
        return headers

    def _attempt(self, client: ApiClient, call: Call, headers: dict[str, str]) -> Any:
        call.attempts += 1
        began = self._settings.clock.now()
        self._events.request(call)
        try:
            gate = self._gate.get()
            if gate is None:
                response = self._send(client, call, headers)
            else:
                with self._slot(gate, call):
                    response = self._send(client, call, headers)
                gate.note(response.headers)
            client.last_response = response
            answer = self._decoded(client, call, response) if call.preload else response
        except ApiException as error:
            self._events.response(call, began, error)
            raise
        self._events.response(call, began, response)
        self._credentials.accepted()
        return answer

    @contextmanager
    def _slot(self, gate: _limits.Gate, call: Call) -> Iterator[None]:
        """One of the ``max_concurrency`` places for requests in flight, when the budget allows the next request."""
        clock, deadline = self._settings.clock, call.deadline
        left = None if deadline is None else max(0.0, deadline - clock.now())
        if not gate.slots.acquire(timeout=left):
            raise _timed_out("slot", f"no free slot of max_concurrency within {left:.3g} seconds")
        try:
            wait = gate.wait_needed(clock.now())
            if deadline is not None and clock.now() + wait >= deadline:
                raise _timed_out("slot", f"the rate limit leaves no request for the next {wait:.3g} seconds")
            clock.sleep(wait)
            yield
        finally:
            gate.slots.release()

    def _send(self, client: ApiClient, call: Call, headers: dict[str, str]) -> Any:
        try:
            return client.request(
                call.method,
                call.url,
                query_params=call.query,
                headers=headers,
                post_params=call.post_params,
                body=call.body,
                _preload_content=call.preload,
                _request_timeout=self._limits_left(call),
            )
        except ConflictException as error:
            if call.key is not None and call.preload and _Replay.is_in(error):
                return _Replay(error)
            raise

    def _limits_left(self, call: Call) -> Any:
        if call.deadline is None or call.limits is None:
            return call.timeout
        left = call.deadline - self._settings.clock.now()
        if left <= 0:
            raise _timed_out("retry", f"the {call.limits.total:g} seconds for the whole call have passed")
        return call.limits._replace(total=left)

    def _decoded(self, client: ApiClient, call: Call, response: Any) -> ApiResponse[Any]:
        data = None
        try:
            if call.kind not in ("file", "bytes", bytes):
                response.data = _wire.text_of(response.data, response.getheader("Content-Type"))
            if call.kind:
                data = client.deserialize(response, call.kind)
        except DecodeException as error:
            error._keep_answer(response)
            raise
        if self._settings.raise_on_failure and isinstance(data, Model) and data.__dict__.get("success") is False:
            failed = OperationFailedException(http_resp=response)
            failed.reason = 'the answer says "success": false'
            raise failed
        elapsed = self._settings.clock.now() - call.started
        return ApiResponse(data, response.status, response.getheaders(), call.attempts, elapsed)

    def _complete(self, error: ApiException, call: Call) -> None:
        """Tell the error which call it ended, and what that means for the caller."""
        if error.method is None:
            error.method, error.path, error.attempts = call.method, call.path, call.attempts
            error.retry_after = _limits.wait_asked(error.headers, error.status, self._settings.clock.wall())
        error.idempotency_key = call.key
        failure = _failure(call, error)
        error.follows_unclear_attempt = call.is_unclear
        call.is_unclear = call.is_unclear or _retry.is_unclear(failure)
        error.outcome_unknown = call.method not in _READING and call.is_unclear and not _retry.settles(failure)

    def _delay_before_next(self, client: ApiClient, call: Call, error: ApiException) -> float | None:
        """Seconds until the next attempt, or ``None`` when this was the last."""
        if call.token is not None and not call.has_new_token and _auth.is_refusal(error):
            call.has_new_token = True
            if self._credentials.renew(call.token, partial(self._fetch_token, client), call.deadline):
                return 0.0
        if getattr(error, "is_stale", False) and call.is_repeatable and not call.has_new_connection:
            call.has_new_connection = True
            return 0.0
        call.failures += 1
        failure = _failure(call, error)
        delay = call.policy.delay(failure, self._settings.clock.fraction())
        if not call.policy.wants(failure) or delay > call.policy.longest_wait:
            return None
        if call.deadline is not None and self._settings.clock.now() + delay >= call.deadline:
            return None
        return delay

    def _fetch_token(self, client: ApiClient, deadline: float | None) -> Any:
        """The answer of the token endpoint (Zuora API reference, "Create an OAuth token")."""
        settings = self._settings
        headers = {"User-Agent": client.user_agent, "Content-Type": _FORM, "Accept": "application/json"}
        call = Call(
            "POST", _auth.PATH, settings.base_url + _auth.PATH, {key.lower(): (key, headers[key]) for key in headers}
        )
        call.post_params = _auth.form(settings)
        call.kind = "object"
        call.is_repeatable = call.is_private = True
        call.policy = _retry.policy_of(settings.retries)
        call.limits, call.deadline = _timeouts.timeouts_of(settings.timeout, "timeout"), deadline
        try:
            return self.run(client, call).data
        except ApiException as error:
            raise _auth.refusal(error, settings.client_secret) from None


class _Replay:
    """The stored answer to a create, which one of Zuora's two replay styles gives as HTTP 409.

    Zuora docs: "Idempotent requests" says the first status is repeated, "Error handling" says 409.
    """

    def __init__(self, error: ApiException) -> None:
        # What the first attempt was answered with, whichever style repeats it.
        self.status = 200
        self.reason = error.reason
        self.data = error.body
        self.headers = error.headers

    @staticmethod
    def is_in(error: ApiException) -> bool:
        """Whether a 409 is the success of an earlier request with the same key."""
        try:
            return _wire.json_of(error.body).get("success") is True
        except (AttributeError, TypeError, DecodeException):
            return False

    def getheader(self, name: str, default: str | None = None) -> Any:
        return self.headers.get(name, default)

    def getheaders(self) -> Any:
        return self.headers


def _gate(size: int | None) -> _limits.Gate | None:
    return None if size is None else _limits.Gate(size)


def _timed_out(phase: str, reason: str) -> RequestTimeoutException:
    error = RequestTimeoutException(status=0, reason=reason)
    error.phase, error.sent = phase, False
    return error


def _failure(call: Call, error: ApiException) -> _retry.Failure:
    return _retry.Failure(
        attempt=call.failures,
        sent=getattr(error, "sent", True),
        status=error.status or None,
        reasons=error.reasons,
        retry_after=error.retry_after,
        repeatable=call.is_repeatable,
        keyed=call.key is not None,
    )
