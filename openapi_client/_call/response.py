"""What ``*_with_http_info`` returns: the old triple, and what else is known about the call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from openapi_client._base import lazy as _lazy
from openapi_client._base import redact as _redact
from openapi_client._policy import limits as _limits

if TYPE_CHECKING:
    from typing_extensions import Self

T = TypeVar("T")


class ApiResponse(tuple[T, int, Mapping[str, str]], Generic[T]):
    """An answer. Unpacks as ``(data, status, headers)``, and pickles; neither its ``repr`` nor a pickle has a cookie.

    :ivar attempts: how many requests were sent.
    :ivar is_replay: ``True`` when the answer is known to be one that was stored under the idempotency key of the call,
        ``False`` when there is no key, ``None`` when it is not known.
    :ivar elapsed: seconds from the beginning of the call to its end, waits included.
    """

    attempts: int
    elapsed: float
    is_replay: bool | None

    def __new__(
        cls,
        data: T,
        status: int,
        headers: Mapping[str, str],
        attempts: int = 1,
        elapsed: float = 0.0,
        is_replay: bool | None = None,
    ) -> Self:
        """Build from the triple."""
        self = super().__new__(cls, (data, status, headers))
        self.attempts = attempts
        self.elapsed = elapsed
        self.is_replay = is_replay
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        data, status, headers = self
        return data, status, _redact.headers(headers), self.attempts, self.elapsed, self.is_replay

    def __repr__(self) -> str:
        data, status, headers = self
        return f"({data!r}, {status!r}, {_redact.headers(headers)!r})"

    _repr_html_ = _lazy.html

    @property
    def data(self) -> T:
        """The decoded body."""
        data: T = self[0]
        return data

    @property
    def status_code(self) -> int:
        """HTTP status."""
        return self[1]

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, case-insensitive."""
        return self[2]

    @property
    def request_id(self) -> str | None:
        """Zuora's id of the call; quote it to their support."""
        return self.headers.get("Zuora-Request-Id") or getattr(self.data, "request_id", None)

    @property
    def track_id(self) -> str | None:
        """The caller's own ``Zuora-Track-Id``, as the server echoed it."""
        return self.headers.get("Zuora-Track-Id")

    @property
    def rate_limit(self) -> _limits.RateLimit:
        """The budget of the tenant after the call."""
        return _limits.parse(self.headers)
