"""The life of an API call, top to bottom, in one step-named method each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import Caller, authenticate
from openapi_client.sandbox.protocol.calls import Call, Operations
from openapi_client.sandbox.protocol.errors import (
    FORMAT,
    PERMISSION,
    UNSUPPORTED,
    GatewayRefusal,
    Reason,
    Refusal,
)
from openapi_client.sandbox.protocol.idempotency import InProgress, find_reply, keep_reply, key_of
from openapi_client.sandbox.protocol.limits import Limits
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.protocol.scope import Scope, scope_of
from openapi_client.sandbox.protocol.versions import effective_version, uses_real_status
from openapi_client.sandbox.state.sessions import Session, Sessions

# US-ASCII, at most 64 characters, none of : ; " ' (parameter Zuora-Track-Id).
_TRACK_ID = re.compile(r"[\x20-\x7e]{1,64}")
_TRACK_ID_FORBIDDEN = frozenset(":;\"'")
_READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Gateway:
    """Answers the calls of one tenant; safe to use from several threads.

    :param options: the tenant's settings
    :param sessions: its data
    :param limits: its counters
    """

    def __init__(self, options: Options, sessions: Sessions, limits: Limits) -> None:
        self._options = options
        self._sessions = sessions
        self._limits = limits
        self._in_progress = InProgress()

    def answer(self, call: Call, operations: Operations) -> Reply:
        """Answer a call to a known path.

        :param operations: what the path offers, by verb
        """
        try:
            reply = self._identified(call, operations)
        except (Refusal, GatewayRefusal) as refusal:
            reply = self.refused(call, refusal)
        return reply.beneath(call.answer_headers)

    def _identified(self, call: Call, operations: Operations) -> Reply:
        echo_track_id(call.headers.get("Zuora-Track-Id"), call.answer_headers)
        with self._sessions.glancing() as session:
            caller = authenticate(session, call.headers, self._options.entities)
        self._limits.rates.count(session.now, call.answer_headers)
        scope = scope_of(caller, call.headers, self._options)
        with self._limits.in_flight.slot(scope.entity, call.answer_headers):
            return self._once(call, operations, caller, scope)

    def _once(self, call: Call, operations: Operations, caller: Caller, scope: Scope) -> Reply:
        key = key_of(call.method, call.headers.get("Idempotency-Key"))
        with self._claim(key), self._transaction(call) as session:
            if key is None:
                return self._performed(session, call, operations, caller, scope)
            target = f"{scope.entity} {call.method} {call.target}"
            reply = find_reply(session, key, target, self._options.replay)
            if reply is None:
                reply = self._kept(session, key, target, call, operations, caller, scope)
            return reply

    def _kept(
        self,
        session: Session,
        key: str,
        target: str,
        call: Call,
        operations: Operations,
        caller: Caller,
        scope: Scope,
    ) -> Reply:
        try:
            reply = self._performed(session, call, operations, caller, scope)
        except (Refusal, GatewayRefusal) as refusal:
            reply = self.refused(call, refusal)
        reply = reply.beneath({"Zuora-Request-Id": call.request_id})
        keep_reply(session, key, target, reply)
        return reply

    def _performed(self, session: Session, call: Call, operations: Operations, caller: Caller, scope: Scope) -> Reply:
        operation = operations.get(call.method)
        if operation is None:
            raise method_not_supported(call.method, operations)
        missing = operation.permissions - caller.permissions
        if missing:
            names = ", ".join(sorted(missing))
            raise Refusal(Reason(PERMISSION, f"The user lacks the permission: {names}."))
        return operation.perform(session, call, scope)

    def refused(self, call: Call, refusal: Refusal | GatewayRefusal) -> Reply:
        """Return a refusal in the form that the minor version of the call asks for."""
        version = effective_version(call.headers.get("Zuora-Version"), self._options.tenant_version)
        if isinstance(refusal, Refusal) and refusal.status == 401:
            refusal.is_plain = not self._options.unauthorized_on_200
        return refusal.reply(call.request_id, uses_real_status=uses_real_status(version))

    def _claim(self, key: str | None) -> AbstractContextManager[None]:
        return nullcontext() if key is None else self._in_progress.claim(key)

    def _transaction(self, call: Call) -> AbstractContextManager[Session]:
        is_reading = call.method in _READING_METHODS
        return self._sessions.reading() if is_reading else self._sessions.writing()


def echo_track_id(track_id: str | None, headers: dict[str, str]) -> None:
    """Put the caller's trace label among the answer headers; without one, nothing.

    :raises Refusal: for a label that breaks the rules
    """
    if track_id is None:
        return
    if not _TRACK_ID.fullmatch(track_id) or _TRACK_ID_FORBIDDEN & set(track_id):
        message = "Zuora-Track-Id should be at most 64 US-ASCII characters without : ; double or single quotes"
        raise Refusal(Reason(FORMAT, message))
    headers["Zuora-Track-Id"] = track_id


def method_not_supported(method: str, allowed: Iterable[str]) -> Refusal:
    """Return the observed answer to a verb that a path does not take, with the header of RFC 9110 section 15.5.6."""
    reason = Reason(UNSUPPORTED, f"method '{method}' not supported")
    return Refusal(reason, headers={"Allow": ", ".join(sorted(allowed))})
