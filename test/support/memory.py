"""Clients without a socket: a server in memory that follows a script."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import openapi_client as oc
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Limits
from openapi_client._transport.exchange import InMemoryTransport, Reply, Request
from support.clock import FrozenClock

TOKEN_PATH = "/oauth/token"
RESET = Failure("the connection was reset")
NOT_SENT = Failure("nobody listens", sent=False)
STALE = Failure("the server had closed the connection", is_stale=True)


def reply(status: int = 200, body: Any = b"", headers: dict[str, str] | None = None) -> Reply:
    """An answer, its body as JSON unless it is bytes."""
    return Reply(status, body if isinstance(body, bytes) else json.dumps(body).encode(), headers or {}, "Reason")


def refusal(*codes: int, status: int = 200) -> Reply:
    """A refusal by the application."""
    return reply(status, {"success": False, "reasons": [{"code": code, "message": f"no: {code}"} for code in codes]})


def path_of(request: Request) -> str:
    """The path of a request."""
    return urlsplit(request.url).path


class Memory(InMemoryTransport):
    """A script in memory: each request meets the next step, and none may come after the last one.

    :param steps: replies, failures, or functions that make one of a request.
    :ivar limits: the limits of each request.
    :ivar closed: how often it was closed.
    """

    def __init__(self, *steps: Any) -> None:
        super().__init__(self._next)
        self._left = deque(steps)
        self._lock = threading.Lock()
        self.limits: list[Limits] = []
        self.closed = 0

    def send(self, request: Request, limits: Limits) -> Any:
        self.limits.append(limits)
        return super().send(request, limits)

    def close(self) -> None:
        self.closed += 1

    def _next(self, request: Request) -> Any:
        with self._lock:
            assert self._left, f"one request too many: {request.method} {request.url}"
            step = self._left.popleft()
        return step(request) if callable(step) else step


class Issuer:
    """A token endpoint beside the rest of a server.

    :param rest: answers the requests that are not for a token.
    :ivar forms: the bodies of the token requests.
    :ivar steps: what the next token requests meet instead of a new token.
    """

    def __init__(self, rest: Callable[[Request], Any], lifetime: float = 3600.0) -> None:
        self._rest = rest
        self._lifetime = lifetime
        self.forms: list[Any] = []
        self.steps: list[Any] = []

    def __call__(self, request: Request) -> Any:
        if path_of(request) != TOKEN_PATH:
            return self._rest(request)
        self.forms.append(request.body)
        number = len(self.forms)
        step = self.steps.pop(0) if self.steps else None
        if step is not None:
            return step(request) if callable(step) else step
        return reply(200, {"access_token": f"token-{number}", "expires_in": self._lifetime})


def api_over(transport: Any, **settings: Any) -> oc.JournalRunsApi:
    """The API over a transport, on a clock that stands still but for what is slept."""
    configuration = oc.Configuration(**{"access_token": "the-token", "clock": FrozenClock(), **settings})
    return oc.JournalRunsApi(oc.ApiClient(configuration, transport=transport))


def api_with_oauth(handler: Any, **settings: Any) -> oc.JournalRunsApi:
    """The API with OAuth credentials over a function that answers every request."""
    given = {"access_token": None, "client_id": "the-id", "client_secret": "the-secret", **settings}
    return api_over(InMemoryTransport(handler), **given)


def slept(api: oc.JournalRunsApi) -> list[float]:
    """The waits of the client that took time."""
    return [seconds for seconds in api.api_client.configuration.clock.slept if seconds]
