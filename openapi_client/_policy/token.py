"""A bearer token, and where tokens can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from openapi_client._base import redact

if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object


class Token(NamedTuple):
    """A bearer token.

    :ivar value: the token itself.
    :ivar expires: when it ends, in seconds since the epoch.
    :ivar renew_from: from when on it should be renewed, in seconds since the epoch.
    """

    value: str
    expires: float
    renew_from: float

    def __repr__(self) -> str:
        return f"Token({redact.HIDDEN}, expires={self.expires})"


class TokenCache(Protocol):
    """Where tokens are kept. Processes that share one share their tokens; it must be safe to use from many threads.

    A cache may have a method ``lock(key)`` as well, which gives a context manager: while one process is inside it for a
    key, no other one is. With it, processes that start together fetch one token.
    """

    def get(self, key: str) -> Token | None:
        """The token last put under ``key``, or ``None``."""

    def put(self, key: str, token: Token) -> None:
        """Keep ``token`` until it expires."""
