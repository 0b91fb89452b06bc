"""The life of an API call, top to bottom, in one step-named method each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import NamedTuple

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import Caller, authenticate, extend_session
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


class Visitor(NamedTuple):
    """Who has sent a call, which data they see, and the idempotency key that counts."""

    caller: Caller
    scope: Scope
    key: str | None


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

    def admit(self, call: Call, stay: ExitStack) -> Visitor | Refusal:
        """Let a call in, whatever becomes of it, and return who has sent it, or why they will be refused.

        :param stay: until it ends, the call holds a slot
        :raises GatewayRefusal: when the rate limit is used up
        :raises Refusal: when every slot is taken
        """
        with self._sessions.glancing() as session:
            visitor = self._identified(session, call)
        if not isinstance(visitor, Refusal) and visitor.caller.idle_session:
            with self._sessions.noting() as noted:
                extend_session(noted, visitor.caller.idle_session)
        entity = "" if isinstance(visitor, Refusal) else visitor.scope.entity
        self._limits.in_flight.show(entity, call.answer_headers)
        self._limits.rates.count(session.now, call.answer_headers)
        stay.enter_context(self._limits.in_flight.slot(entity, call.answer_headers))
        return visitor

    def answer(
        self, call: Call, operations: Operations, visitor: Visitor | Refusal, pause: Callable[[], object]
    ) -> Reply:
        """Answer a call to a known path.

        :param operations: what the path offers, by verb
        :param visitor: what :meth:`admit` has returned
        :param pause: called between the arrival and the work
        """
        try:
            reply = self._once(call, operations, visitor, pause)
        except (Refusal, GatewayRefusal) as refusal:
            reply = self.refused(call, refusal)
        return reply.beneath(call.answer_headers)

    def _identified(self, session: Session, call: Call) -> Visitor | Refusal:
        try:
            echo_track_id(call.headers.get("Zuora-Track-Id"), call.answer_headers)
            caller = authenticate(session, call.headers, self._options.entities)
            scope = scope_of(caller, call.headers, self._options)
            return Visitor(caller, scope, key_of(call.method, call.headers.get("Idempotency-Key")))
        except Refusal as refusal:
            return refusal

    def _once(
        self, call: Call, operations: Operations, visitor: Visitor | Refusal, pause: Callable[[], object]
    ) -> Reply:
        if isinstance(visitor, Refusal):
            pause()
            raise visitor
        key = visitor.key
        if key is None:
            pause()
            with self._transaction(call) as session:
                return self._performed(session, call, operations, visitor)
        with self._turn(key, pause), self._transaction(call) as session:
            target = f"{visitor.scope.entity} {call.method} {call.target}"
            reply = find_reply(session, key, target, self._options.replay)
            return reply or self._kept(session, key, target, call, operations, visitor)

    @contextmanager
    def _turn(self, key: str, pause: Callable[[], object]) -> Iterator[None]:
        with ExitStack() as held:
            try:
                held.enter_context(self._in_progress.claim(key))
            finally:
                # Who is refused has to wait as well.
                pause()
            yield

    def _kept(
        self,
        session: Session,
        key: str,
        target: str,
        call: Call,
        operations: Operations,
        visitor: Visitor,
    ) -> Reply:
        try:
            reply = self._performed(session, call, operations, visitor)
        except (Refusal, GatewayRefusal) as refusal:
            reply = self.refused(call, refusal)
        reply = reply.beneath({"Zuora-Request-Id": call.request_id})
        keep_reply(session, key, target, reply)
        return reply

    def _performed(self, session: Session, call: Call, operations: Operations, visitor: Visitor) -> Reply:
        operation = operations.get(call.method)
        if operation is None:
            raise method_not_supported(call.method, operations)
        missing = operation.permissions - visitor.caller.permissions
        if missing:
            names = ", ".join(sorted(missing))
            raise Refusal(Reason(PERMISSION, f"The user lacks the permission: {names}."))
        return operation.perform(session, call, visitor.scope)

    def refused(self, call: Call, refusal: Refusal | GatewayRefusal) -> Reply:
        """Return a refusal in the form that the minor version of the call asks for."""
        version = effective_version(call.headers.get("Zuora-Version"), self._options.tenant_version)
        if isinstance(refusal, Refusal) and refusal.status == 401:
            refusal.is_plain = not self._options.unauthorized_on_200
        is_real = uses_real_status(version) and not self._options.failures_on_200
        return refusal.reply(call.request_id, uses_real_status=is_real)

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
