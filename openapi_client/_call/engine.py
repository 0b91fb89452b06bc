"""The life of a call, top to bottom: token, slot, send, decode, check; then the answer, or a pause and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, Union
from urllib.parse import urlencode

from openapi_client._base import reasons
from openapi_client._base.process import PerProcess
from openapi_client._base.signal import Signal
from openapi_client._call import credentials, tokens
from openapi_client._call.credentials import Credentials, Pass
from openapi_client._call.events import Events
from openapi_client._call.replays import Replays
from openapi_client._call.request import Call
from openapi_client._call.response import ApiResponse
from openapi_client._call.slots import Slots
from openapi_client._policy import advice, timeouts
from openapi_client._policy.history import Failure, History
from openapi_client._policy.limits import wait_asked
from openapi_client._policy.raising import exception_for
from openapi_client._policy.timeouts import Deadline, Limits
from openapi_client._schema import wire
from openapi_client._schema.model import Model
from openapi_client._schema.wire import TypeName
from openapi_client._transport.exchange import Headers, Outcome, Reply, Request
from openapi_client._transport.raw import unread
from openapi_client.configuration import Configuration
from openapi_client.exceptions import (
    ApiException,
    DecodeException,
    OperationFailedException,
    RequestTimeoutException,
    for_status,
)

T = TypeVar("T")
_FORM = "application/x-www-form-urlencoded"
#: The history of a call that reads, before anything has failed: the one value serves them all.
_READ = History("GET")


class Engine:
    """Makes the calls of one client. Its only state is what calls share: tokens and slots.

    What happened to a call is a :class:`~openapi_client._policy.history.History`, and nothing else: the policies read
    it, and the exception is made of it.
    """

    def __init__(self, configuration: Configuration, *, shares_tokens: bool) -> None:
        self._settings = configuration
        self._credentials = Credentials(configuration, self._ask, is_shared=shares_tokens)
        self._events = Events(configuration)
        self._replays = Replays()
        self._slots = PerProcess(Slots)

    def run(self, call: Call) -> Any:
        """Make a call.

        :returns: the data of the answer, an :class:`~openapi_client.ApiResponse` with ``info``, or the urllib3
            response where the body is not to be read.
        :raises ApiException: it has failed for good.
        """
        clock = self._settings.clock
        began = clock.now() if call.info else 0.0
        outcome = self._pursue(call, timeouts.deadline_of(call.limits, clock))
        if isinstance(outcome, History):
            outcome = self._ended(call, outcome)
        if call.info and isinstance(outcome, ApiResponse):
            outcome.elapsed = clock.now() - began
        return outcome

    def _pursue(self, call: Call, deadline: Deadline) -> Any:
        """The answer, or the history of a call that has failed for good."""
        verb = call.request.method
        history = _READ if verb == "GET" else History(verb, call.key, is_harmless=call.is_harmless)
        while True:
            signed = self._signed(call, history, deadline)
            outcome = signed if isinstance(signed, Failure) else self._attempt(call, signed, history, deadline)
            if not isinstance(outcome, Failure):
                return outcome
            history, pause = self._after(call, signed, history.after(outcome), deadline)
            if pause is None:
                return self._settled(call, history, deadline)
            self._events.retry(call, history, pause)
            self._settings.clock.sleep(pause)

    def _signed(self, call: Call, history: History, deadline: Deadline) -> Union[Pass, Failure]:
        """The headers of the next attempt, with the credentials of the moment."""
        if not call.signs:
            return Pass(call.request.headers)
        if not history.failures:
            return self._credentials.add_to(call, deadline)
        return _or_failure(self._credentials.add_to, call, deadline)

    def _attempt(self, call: Call, signed: Any, history: History, deadline: Deadline) -> Any:
        """One attempt: the answer, or why there is none."""
        number = history.attempts + 1 if history.failures else 1
        began = self._events.request(call, number, signed.headers)
        reply = self._sent(call, signed, deadline)
        outcome = reply if isinstance(reply, Failure) else self._judged(call, reply, number)
        if isinstance(outcome, Failure):
            outcome = advice.advised(outcome, self._settings.base_url, signed.headers)
            outcome = credentials.hidden(outcome, self._settings, signed.headers)
        if began is not None:
            self._events.response(call, number, began, reply, outcome, signed.headers)
        return outcome

    def _sent(self, call: Call, signed: Pass, deadline: Deadline) -> Outcome:
        """The reply to one request, which waits for a slot if there are limits."""
        size = self._settings.max_concurrency
        if size is None:
            return _within(deadline, call, signed)
        slots, ticket = self._slots.get(), Signal()
        try:
            reply = slots.take(ticket, size, deadline) or _within(deadline, call, signed)
        finally:
            # One step, which Ctrl-C cannot divide; a call of a function could be interrupted where it begins.
            slots.tickets.pop(ticket, None)
            slots.wake()
        if isinstance(reply, Reply):
            slots.note(reply.headers, self._settings.clock)
        return reply

    def _judged(self, call: Call, reply: Reply, number: int) -> Any:
        """What a reply means: the answer, or a failure."""
        is_replay = self._replays.judge(call, reply)
        if not 200 <= reply.status <= 299:
            if not _is_replay(call, reply):
                return self._refused(call, reply, for_status(reply.status), reply.reason or "", is_replay)
            # The stored answer of the first attempt, in one of Zuora's two replay styles (Zuora docs, "Idempotent
            # requests" repeats the first status, "Error handling" gives 409): it has the status of the success it is.
            reply, is_replay = reply._replace(status=200, reason=None, raw=None), True
        if not call.request.preload:
            return unread(reply)
        try:
            data = call.decode(reply, call.answer)
        except DecodeException as error:
            return self._refused(call, reply, DecodeException, error.reason or "", is_replay)
        if isinstance(data, Model):
            if data.__dict__.get("success") is False:
                reason = 'the answer says "success": false'
                return self._refused(call, reply, OperationFailedException, reason, is_replay)
            if call.answer.__class__ is TypeName and call.answer.brings:
                lacking = call.answer.lacks(data._encode())
                if lacking is not None:
                    reason = f"the answer has no `{lacking}`, so it is no success"
                    return self._refused(call, reply, DecodeException, reason, is_replay)
            if getattr(data, "request_id", "") is None:
                data.__dict__["request_id"] = reply.headers.get("Zuora-Request-Id")
        return ApiResponse(data, reply.status, reply.headers, number, is_replay=is_replay) if call.info else data

    def _refused(
        self, call: Call, reply: Reply, error: type[ApiException], reason: str, is_replay: bool | None
    ) -> Failure:
        body = reasons.lossy(reply.body)
        failure = Failure(
            reason,
            error=error,
            status=reply.status,
            headers=reply.headers,
            body=body,
            reasons=reasons.from_body(body),
            retry_after=wait_asked(reply.headers, reply.status, self._settings.clock.wall()),
            is_replay=is_replay,
        )
        judge = getattr(call.answer, "judge", None)
        return failure if judge is None else failure._replace(error=judge(failure, self._settings))

    def _after(self, call: Call, signed: Any, history: History, deadline: Deadline) -> tuple[History, float | None]:
        """The history with what is done about the last failure, and the pause before the next attempt, if there is one.

        A refused token and a dead connection are repeated at once, each once: neither is what the policy counts.
        """
        failure = history.last
        is_refused = failure.is_refused_token and failure.attempted and not history.has_new_token
        if is_refused and signed.is_renewable and (history.is_repeatable or not history.outcome_unknown):
            history = history._replace(has_new_token=True)
            renewed = _or_failure(self._credentials.renew, signed, call, deadline)
            if renewed is True:
                return history, 0.0
            if isinstance(renewed, Failure):
                return history.after(renewed), None
        if failure.is_stale and history.is_repeatable and not history.has_new_connection:
            return history._replace(has_new_connection=True), 0.0
        pause = call.policy.pause_after(history, self._settings.clock.fraction())
        if pause is not None and not deadline.allows(pause):
            left = f"the next attempt would have to wait {pause:.3g} seconds, longer than the call may still take"
            return history._replace(given_up=left), None
        if pause is None and (failure.retry_after or 0.0) > call.policy.longest_wait:
            long = f"the server asks to wait {failure.retry_after:g} seconds, longer than the policy allows"
            return history._replace(given_up=long), None
        return history, pause

    def _settled(self, call: Call, history: History, deadline: Deadline) -> Any:
        """The success of a repeated call that was refused because an earlier attempt had worked, or the history."""
        if call.settle is None or not history.follows_unclear or not history.last.is_judgement:
            return history
        is_done = call.settle(history.last, deadline)
        if is_done is None:
            return history
        if not is_done:
            return history._replace(is_disproved=True)
        reply = Reply(200, b'{"success": true}', history.last.headers or {})
        outcome = self._judged(call, reply, history.attempts)
        return history if isinstance(outcome, Failure) else outcome

    def _ended(self, call: Call, history: History) -> Any:
        """The model of a refusal where the caller wants it as a result.

        :raises ApiException: in all other cases.
        """
        failure = history.last
        status, headers = failure.status or 0, failure.headers or {}
        is_result = 200 <= status <= 299 and issubclass(failure.error, OperationFailedException)
        if not is_result or self._settings.raise_on_failure or getattr(call.answer, "raises", False):
            raise exception_for(history, call.path)
        data = call.decode(Reply(status, str(failure.body).encode("utf-8"), headers), call.answer)
        return ApiResponse(data, status, headers, history.attempts) if call.info else data

    def _ask(self, call: Call, deadline: Deadline) -> Any:
        """The parsed answer of the token endpoint (Zuora API reference, "Create an OAuth token"), or why there is none.

        :param call: the call that needs the token.
        """
        settings = self._settings
        agent = call.request.headers.get("User-Agent", "")
        headers = Headers({"User-Agent": agent, "Content-Type": _FORM, "Accept": "application/json"})
        form = credentials.form(settings)
        url = settings.base_url + tokens.PATH
        asking = Call(
            Request("POST", url, headers, urlencode(form), parts=(None, form, None, _FORM)),
            tokens.PATH,
            "object",
            call.send,
            call.decode,
            call.policy,
            call.limits._replace(total=None),
            info=False,
            is_private=True,
            is_harmless=True,
        )
        outcome = self._pursue(asking, deadline)
        return tokens.failure_of_call(outcome, settings.base_url) if isinstance(outcome, History) else outcome


def _or_failure(ask: Callable[..., T], *arguments: Any) -> Union[T, Failure]:
    """What the credentials give for another attempt.

    Earlier ones may have taken effect, so the caller has to hear of the call, not of the credentials.
    """
    try:
        return ask(*arguments)
    except Exception as error:
        reason = f"the credentials for another attempt could not be had: {type(error).__name__}: {error}"
        return Failure(reason, sent=False, attempted=False, error=ApiException, cause=error)


def _within(deadline: Deadline, call: Call, signed: Pass) -> Outcome:
    """The reply to one request, in the time that is left of the call."""
    sent, limits, left = call.request, call.limits, deadline.left()
    if left is not None:
        if left <= 0:
            reason = f"the {deadline.total:g} seconds for the whole call have passed"
            return Failure(reason, sent=False, error=RequestTimeoutException, phase="retry")
        limits = Limits(left, limits.connect, limits.read, limits.given)
    return call.send(Request(sent.method, sent.url, signed.headers, sent.body, sent.preload, sent.parts), limits)


def _is_replay(call: Call, reply: Reply) -> bool:
    """Whether a 409 is the success of an earlier request with the same key."""
    if reply.status != 409 or not History(call.request.method, call.key).is_keyed:
        return False
    try:
        found = wire.json_of(reasons.lossy(reply.body))
    except DecodeException:
        return False
    is_whole = isinstance(call.answer, TypeName) and bool(call.answer.brings) and call.answer.lacks(found) is None
    return isinstance(found, dict) and found.get("success", is_whole) is True
