"""A call, complete and frozen: what is sent, what the answer should be, and within which limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from openapi_client._policy.history import Failure
from openapi_client._policy.retry import RetryPolicy
from openapi_client._policy.timeouts import Deadline, Limits
from openapi_client._transport.exchange import Outcome, Reply, Request


class Call(NamedTuple):
    """One call. Every attempt of it sends the same request.

    :ivar request: what is sent, without the credentials of the configuration.
    :ivar path: path for messages, without host and query.
    :ivar answer: type of the answer, as generated code names it; ``None`` for no matter which.
    :ivar send: sends a request.
    :ivar decode: makes the value of an answer of the type.
    :ivar policy: when to try again.
    :ivar limits: seconds for the call and for each attempt.
    :ivar key: the idempotency key among the headers, or ``None``.
    :ivar signs: whether the credentials of the configuration go along.
    :ivar info: whether status and headers are wanted, too.
    :ivar is_private: whether the bodies are kept out of the log.
    :ivar is_harmless: whether sending the request twice does no harm, whatever its verb.
    :ivar settle: tells what became of a repeated call that was refused: ``True`` for done, ``False`` for surely not
        done, ``None`` for unknown.
    """

    request: Request
    path: str
    answer: Any
    send: Callable[[Request, Limits], Outcome]
    decode: Callable[[Reply, Any], Any]
    policy: RetryPolicy
    limits: Limits
    key: str | None = None
    signs: bool = False
    info: bool = True
    is_private: bool = False
    is_harmless: bool = False
    settle: Callable[[Failure, Deadline], bool | None] | None = None
