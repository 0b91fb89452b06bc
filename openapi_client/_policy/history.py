"""What happened to a call: its failed attempts in order, and what follows from them alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from openapi_client._base import redact
from openapi_client._base.reasons import Reason, are_own
from openapi_client.exceptions import ApiException, TransportException

_READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
#: RFC 9110 section 9.2.2: sending these twice is not the same as sending them once.
_NOT_IDEMPOTENT = frozenset({"POST", "PATCH"})
#: Categories of failures that can strike after the work was done (Zuora docs, "Error codes").
_AFTER_THE_WORK = frozenset({60, 61, 99})
#: Categories that judge the request itself. Only these decide what became of earlier attempts: authentication, locks,
#: limits and errors of the service say nothing about them.
_JUDGEMENTS = frozenset({20, 21, 22, 23, 27, 30, 40, 45, 90})


class Failure(NamedTuple):
    """Why one attempt of a call gave no usable answer.

    A :class:`~openapi_client.Transport` gives one with ``reason`` and ``sent``; what an answer of the server says is
    filled in by the client.

    :ivar reason: what went wrong, in words.
    :ivar sent: whether the request, or a part of it, may have left this machine.
    :ivar error: the class of the exception that tells the caller.
    :ivar phase: the step whose time limit passed, or ``None``.
    :ivar is_stale: whether the server had closed the idle connection that was used again.
    :ivar status: HTTP status, or ``None`` when no answer arrived.
    :ivar headers: the headers of the answer.
    :ivar body: the body of the answer as text.
    :ivar reasons: the decoded reasons of a refusal.
    :ivar retry_after: seconds the server asked to wait, or ``None``.
    :ivar is_replay: whether the answer is one that was stored under the key; ``None`` when it is not known.
    :ivar attempted: ``False`` where the call had no token to begin the attempt with.
    :ivar cause: the exception behind it.
    :ivar is_lasting: whether it stays as it is, however often the call is repeated.
    :ivar advice: what helps, in words, or ``None``.
    """

    reason: str
    sent: bool = True
    error: type[ApiException] = TransportException
    phase: str | None = None
    is_stale: bool = False
    status: int | None = None
    headers: Mapping[str, str] | None = None
    body: Any = None
    reasons: tuple[Reason, ...] = ()
    retry_after: float | None = None
    is_replay: bool | None = None
    attempted: bool = True
    cause: BaseException | None = None
    is_lasting: bool = False
    advice: str | None = None

    def __repr__(self) -> str:
        """Without headers and body, which hold secrets and data."""
        return f"<Failure status={self.status} sent={self.sent} {redact.one_line(self.reason, 200)!r}>"

    @property
    def categories(self) -> frozenset[int | None]:
        """The categories of the reasons; ``None`` among them for a code that is not a number."""
        return frozenset(reason.category for reason in self.reasons)

    @property
    def is_judgement(self) -> bool:
        """Whether the application itself, in its own form, refuses the request as such.

        A gateway's 404 or a proxy's 413 is none.
        """
        if self.status is None or self.status >= 500:
            return False
        return are_own(self.reasons) and self.categories <= _JUDGEMENTS

    def is_unclear(self, *, keyed: bool) -> bool:
        """Whether the request may have taken effect although the attempt failed.

        :param keyed: whether it carried an idempotency key, whose 409 means 'in progress'.
        """
        if not self.sent or not self.attempted:
            return False
        status, categories = self.status, self.categories
        if status is None or status >= 500 or status < 200:
            return True
        if categories and None not in categories:
            return bool(categories & _AFTER_THE_WORK)
        return status < 300 or status == 408 or (status == 409 and keyed)

    @property
    def is_refused_token(self) -> bool:
        """Whether the token was refused, whatever the HTTP status says."""
        return self.status == 401 or 11 in self.categories


class History(NamedTuple):
    """The failed attempts of one call, oldest first. A frozen value: :meth:`after` makes the next one.

    :ivar verb: HTTP verb of the call.
    :ivar key: its idempotency key, or ``None``.
    :ivar failures: the attempts that failed.
    :ivar has_new_token: whether one of them was repeated at once with a new token.
    :ivar has_new_connection: whether one of them was repeated at once on a new connection.
    :ivar is_harmless: whether sending the request twice does no harm, whatever its verb.
    :ivar is_disproved: whether a look at the server has shown that no attempt took effect.
    :ivar given_up: why nothing follows a failure that may pass, in words.
    """

    verb: str
    key: str | None = None
    failures: tuple[Failure, ...] = ()
    has_new_token: bool = False
    has_new_connection: bool = False
    is_harmless: bool = False
    is_disproved: bool = False
    given_up: str | None = None

    def after(self, failure: Failure) -> History:
        """The history once another attempt has failed."""
        return self._replace(failures=(*self.failures, failure))

    @property
    def last(self) -> Failure:
        """The latest failure."""
        return self.failures[-1]

    @property
    def attempts(self) -> int:
        """How many attempts have failed."""
        return sum(failure.attempted for failure in self.failures)

    @property
    def counted(self) -> int:
        """How many of them count for the policy: the two kinds of immediate repetition do not."""
        return len(self.failures) - self.has_new_token - self.has_new_connection

    @property
    def is_repeatable(self) -> bool:
        """Whether sending the request twice has the effect of sending it once."""
        return self.verb not in _NOT_IDEMPOTENT or self.is_keyed or self.is_harmless

    @property
    def is_keyed(self) -> bool:
        """Whether an idempotency key makes repetitions one (Zuora docs, "Idempotent requests": POST and PATCH)."""
        return self.key is not None and self.verb in _NOT_IDEMPOTENT

    @property
    def outcome_unknown(self) -> bool:
        """Whether the call may have taken effect. ``False`` is proven by the history.

        Under one key a judgement is stored for all attempts, so it settles the earlier ones, too. Without a key it may
        only mean that an earlier attempt has worked.
        """
        if self.verb in _READING or self.is_disproved:
            return False
        unknown = False
        for failure in self.failures:
            is_settled = self.is_keyed and failure.is_judgement
            unknown = failure.is_unclear(keyed=self.is_keyed) or (unknown and not is_settled)
        return unknown

    @property
    def follows_unclear(self) -> bool:
        """Whether the outcome was unknown before the last attempt."""
        return self._replace(failures=self.failures[:-1]).outcome_unknown
