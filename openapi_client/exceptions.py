"""Every exception that leaves the package.

::

    OpenApiException
    ├── ApiTypeError (TypeError) · ApiValueError (ValueError) · ApiKeyError (KeyError) · ApiAttributeError
    ├── MissingExtraException (ImportError) an extra of the package is not installed
    └── ApiException
        ├── BadRequestException 400 · UnauthorizedException 401 · ForbiddenException 403 · NotFoundException 404
        ├── ConflictException 409 · UnprocessableEntityException 422 · RateLimitException 429
        ├── ServiceException 5xx
        ├── OperationFailedException      HTTP 2xx with "success": false
        │   ├── JournalRunFailedException a waited-for run ended, or cannot get there any more
        │   │   └── JournalRunPartlyCancelledException
        │   └── JournalRunInProgressException (also BadRequestException and ConflictException)
        ├── DecodeException               the answer is not what the contract says
        └── TransportException            no complete answer arrived (also urllib3's MaxRetryError and HTTPError)
            └── RequestTimeoutException   (also TimeoutError)

All of them pickle, and none shows a secret.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from urllib3.exceptions import MaxRetryError

from openapi_client._base import lazy as _lazy
from openapi_client._base import reasons as _reasons
from openapi_client._base import redact as _redact
from openapi_client._base.reasons import Reason

__all__ = [
    "ApiAttributeError",
    "ApiException",
    "ApiKeyError",
    "ApiTypeError",
    "ApiValueError",
    "BadRequestException",
    "ConflictException",
    "DecodeException",
    "ForbiddenException",
    "JournalRunFailedException",
    "JournalRunInProgressException",
    "JournalRunPartlyCancelledException",
    "MissingExtraException",
    "NotFoundException",
    "OpenApiException",
    "OperationFailedException",
    "RateLimitException",
    "Reason",
    "RequestTimeoutException",
    "ServiceException",
    "TransportException",
    "UnauthorizedException",
    "UnprocessableEntityException",
    "render_path",
]

# Exceptions that an earlier layout of this package pickled name the class of their reasons by where it was then.
sys.modules.setdefault(f"{__package__}._reasons", _reasons)

_SHOWN_BODY = 2000
_SHOWN_TEXT = 1000
_RUN_NUMBER = r"\bJR-\d{1,20}\b"
_RETRYABLE_STATUSES = frozenset({408, 429, 500, 502, 503, 504})


class SeenRun(Protocol):
    """A journal run, as far as exceptions speak of it; in fact a :class:`~openapi_client.GETJournalRunType`."""

    @property
    def number(self) -> str:
        """Number of the run."""

    @property
    def status(self) -> str:
        """State of the run."""


def render_path(path_to_item: Iterable[Any]) -> str:
    """``['a', 0]`` as ``['a'][0]``, the way a Python reader would reach the item."""
    return "".join(f"[{step}]" if isinstance(step, int) else f"['{step}']" for step in path_to_item)


class OpenApiException(Exception):
    """The base of everything this package raises."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, dict(self.__dict__))

    _repr_html_ = _lazy.html
    _render_traceback_ = _lazy.render_traceback


def _restore(cls: type[OpenApiException], args: tuple[Any, ...], state: dict[str, Any]) -> OpenApiException:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class _ArgumentError(OpenApiException):
    """Shared constructor of the four errors that speak of a value, not of an answer."""

    def __init__(self, msg: str, path_to_item: list[Any] | None = None) -> None:
        self.path_to_item = path_to_item
        super().__init__(f"{msg} at {render_path(path_to_item)}" if path_to_item else msg)


class ApiTypeError(_ArgumentError, TypeError):
    """A value of the wrong type."""

    def __init__(
        self,
        msg: str,
        path_to_item: list[Any] | None = None,
        valid_classes: tuple[type, ...] | None = None,
        key_type: bool | None = None,
    ) -> None:
        self.valid_classes = valid_classes
        self.key_type = key_type
        super().__init__(msg, path_to_item)


class ApiValueError(_ArgumentError, ValueError):
    """A value of the right type that breaks a rule."""


class ApiKeyError(_ArgumentError, KeyError):
    """A key that does not exist."""


class ApiAttributeError(_ArgumentError, AttributeError):
    """An attribute that does not exist."""


class MissingExtraException(OpenApiException, ImportError):
    """What was asked for needs an extra of this package that is not installed.

    :ivar extra: its name.
    """

    def __init__(self, msg: str, extra: str) -> None:
        self.extra = extra
        super().__init__(msg)


class ApiException(OpenApiException):
    """The server, or the way to it, did not give what was asked for.

    It is complete when it is raised: nothing changes it on its way to the caller.

    :ivar status: HTTP status; ``0`` or ``None`` when no answer arrived.
    :ivar reason: HTTP reason phrase, or what went wrong.
    :ivar body: the answer's body as text, or ``None``.
    :ivar headers: the answer's headers (cookies hidden), or ``None``.
    :ivar method: HTTP verb of the call.
    :ivar path: path of the call, without host and query.
    :ivar reasons: the decoded :class:`Reason` values of the body; of many, the first twenty, one of each further kind,
        and the last, which tells how many there were.
    :ivar attempts: how many requests were sent.
    :ivar retry_after: seconds the server asked to wait, or ``None``.
    :ivar given_up: why no other attempt followed although the failure may pass, in words, or ``None``.
    :ivar outcome_unknown: ``False`` when the server has not done what was asked; ``True`` when it may have.
    :ivar follows_unclear_attempt: ``True`` when an earlier attempt of the call may have taken effect.
    :ivar idempotency_key: the key of a create, to ask again safely with.
    :ivar is_replay: ``True`` when the answer is known to be one that was stored under the key, and so may be out of
        date; ``False`` when there was none to be stored; ``None`` when it is not known.
    :ivar advice: what helps, in words, or ``None``.
    """

    status: int | None
    reason: str | None
    body: str | None = None
    headers: Mapping[str, str] | None = None
    method: str | None = None
    path: str | None = None
    reasons: tuple[Reason, ...] = ()
    attempts: int = 0
    retry_after: float | None = None
    given_up: str | None = None
    outcome_unknown: bool = False
    follows_unclear_attempt: bool = False
    idempotency_key: str | None = None
    is_replay: bool | None = None
    advice: str | None = None
    sent: bool = True
    phase: str | None = None
    is_stale: bool = False
    is_lasting: bool = False

    def __init__(
        self, status: int | None = None, reason: str | None = None, http_resp: Any = None, **facts: Any
    ) -> None:
        """Tell what is known: by an answer, or by any of the attributes as keyword arguments."""
        unknown = [name for name in facts if name not in _FACTS]
        if unknown:
            raise TypeError(f"{type(self).__name__} got an unexpected keyword argument {unknown[0]!r}")
        if http_resp is not None:
            status, reason = http_resp.status, http_resp.reason
            facts = {**facts, "body": _reasons.lossy(http_resp.data), "headers": _headers_of(http_resp)}
        body, headers = facts.get("body"), facts.get("headers")
        if body is not None and not facts.get("reasons"):
            facts["reasons"] = _reasons.from_body(body)
        if headers is not None:
            facts["headers"] = _redact.headers(headers)
        self.status = status
        self.reason = reason
        self.__dict__.update({name: value for name, value in facts.items() if value is not None})
        Exception.__init__(self, status, reason)

    @property
    def request_id(self) -> str | None:
        """Zuora's id of the call; quote it to their support."""
        return self._header("Zuora-Request-Id") or _reasons.request_id_of(self.body)

    @property
    def track_id(self) -> str | None:
        """The caller's own ``Zuora-Track-Id``, as the server echoed it."""
        return self._header("Zuora-Track-Id")

    @property
    def is_retryable(self) -> bool:
        """Whether the same call can succeed when it is made again later."""
        if self.reasons and any(reason.category is not None for reason in self.reasons):
            return all(reason.is_retryable for reason in self.reasons)
        in_progress = self.status == 409 and self.idempotency_key is not None
        return self.status in _RETRYABLE_STATUSES or in_progress

    def _header(self, name: str) -> str | None:
        if self.headers is None:
            return None
        wanted = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == wanted), None)

    def __str__(self) -> str:
        """The cause in one line: verb, path, status, reason; then the details."""
        call = f"{self.method} {_shown(self.path)}: " if self.method else ""
        status = f"{self.status} " if self.status else "no answer: " if self.method else ""
        said = "; ".join(map(str, self.reasons)) or (self.body and f"body: {self.body}")
        cause = f"{status}{_shown(self.reason or '')}".strip()
        if said:
            cause += f": {_redact.one_line(said, _SHOWN_BODY)}"
        return call + "; ".join(filter(None, (cause, *map(_shown, self._details()))))

    def _details(self) -> Iterator[str]:
        if self.attempts > 1:
            yield f"after {self.attempts} attempts"
        if self.given_up or self.retry_after:
            yield self.given_up or f"the server asks to wait {self.retry_after:g} seconds"
        if self.outcome_unknown:
            yield "the call may have taken effect, its outcome is unknown"
        if self.is_replay:
            yield "the answer is a stored one, repeated for its key"
        if self.idempotency_key:
            yield f"Idempotency-Key: {self.idempotency_key}"
        if self.advice:
            yield self.advice
        if self.request_id:
            yield f"Zuora request id: {self.request_id}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


class BadRequestException(ApiException):
    """400: format, value, field or rule (categories 20 to 30 and 90)."""


class UnauthorizedException(ApiException):
    """401: credentials are missing, wrong or expired (category 11)."""


class ForbiddenException(ApiException):
    """403: a permission is missing (category 10)."""


class NotFoundException(ApiException):
    """404: no such run (category 40), or no such path."""


class ConflictException(ApiException):
    """409: locking contention, or an idempotency key that is still in progress."""


class UnprocessableEntityException(ApiException):
    """422: an idempotency key that was used for another request."""


class RateLimitException(ApiException):
    """429: rate or concurrency limit; ``retry_after`` holds the seconds to wait where known."""


class ServiceException(ApiException):
    """5xx: the service failed."""


class OperationFailedException(ApiException):
    """HTTP 2xx, but the body says ``"success": false``; ``reasons`` tells why."""

    @property
    def is_retryable(self) -> bool:
        """Whether the same call can succeed later; a refusal that names no category is as good as a 500."""
        return super().is_retryable or all(reason.category is None for reason in self.reasons)


class JournalRunFailedException(OperationFailedException):
    """A waited-for run ended in a status from which the wanted one cannot be reached.

    :ivar run: the :class:`~openapi_client.GETJournalRunType` last seen.
    """

    run: SeenRun = None  # type: ignore[assignment]  # a wait that raises it always gives the run


class JournalRunPartlyCancelledException(JournalRunFailedException):
    """A cancel has ended, and at least one journal entry of the run could not be cancelled: ``run`` is Completed again.

    Entries that were transferred to accounting stay as they are, the others are cancelled (Zuora API reference, "Cancel
    a journal run").
    """


class JournalRunInProgressException(OperationFailedException, BadRequestException, ConflictException):
    """A create was refused because another journal run is in progress; one is executed at a time.

    It is whatever such a refusal is by its status: handlers for any of them catch it. Zuora stores the refusal under
    the idempotency key, and repeats it for 24 hours: ``create_journal_run_when_free`` knows how to go on.
    """

    @property
    def journal_run_number(self) -> str | None:
        """Number of the other run, where the refusal names it."""
        found = (re.search(_RUN_NUMBER, reason.message) for reason in self.reasons)
        return next((match[0] for match in found if match), None)


class DecodeException(ApiException):
    """The answer is not what the contract says; ``body`` keeps it."""


class TransportException(ApiException, MaxRetryError):  # type: ignore[misc]  # its reason is text, as in all of ours
    """No complete answer arrived: connection, TLS, proxy or a broken body.

    It is what code for generated clients catches in these cases: a ``urllib3.exceptions.MaxRetryError``.

    :ivar sent: whether the request, or a part of it, may have left this machine.
    :ivar is_stale: whether the server had closed the idle connection that was used again.
    :ivar is_lasting: whether the cause stays: an untrusted certificate, or a server that does not speak TLS.
    """

    pool: Any = None  # of MaxRetryError; a call that failed has none

    @property
    def url(self) -> str | None:  # type: ignore[override]  # MaxRetryError sets an attribute
        """The path of the call, as ``MaxRetryError`` names it."""
        return self.path

    @property
    def is_retryable(self) -> bool:
        """Connections heal, so a later call can succeed; a certificate that is not trusted does not."""
        return not self.is_lasting


class RequestTimeoutException(TransportException, TimeoutError):  # type: ignore[misc]  # as above
    """A time limit passed; ``phase`` says in which step.

    :ivar phase: ``"connect"``, ``"read"``, ``"token"``, ``"slot"``, ``"retry"`` or ``"wait"``.
    :ivar run: the run last seen, when the limit was that of waiting for one.
    """

    run: SeenRun | None = None


#: What the constructor of an :class:`ApiException` takes by name.
_FACTS = frozenset(ApiException.__annotations__) - {"status", "reason"} | {"run"}

_BY_STATUS: dict[int, type[ApiException]] = {
    400: BadRequestException,
    401: UnauthorizedException,
    403: ForbiddenException,
    404: NotFoundException,
    409: ConflictException,
    422: UnprocessableEntityException,
    429: RateLimitException,
}


def for_status(status: int) -> type[ApiException]:
    """The exception class for an HTTP status outside 2xx."""
    if 500 <= status <= 599:
        return ServiceException
    return _BY_STATUS.get(status, ApiException)


def _shown(text: Any) -> str:
    return _redact.one_line(str(text), _SHOWN_TEXT)


def _headers_of(http_resp: Any) -> Mapping[str, str]:
    getheaders = getattr(http_resp, "getheaders", None)
    headers = getheaders() if getheaders is not None else http_resp.headers
    return headers if headers is not None else {}
