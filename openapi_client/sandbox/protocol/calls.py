"""One request on its way through the gateway, and the table rows that say who answers it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.protocol.scope import Scope
from openapi_client.sandbox.state.sessions import Session


@dataclass
class Call:
    """One request; ``answer_headers`` fills up on the way.

    :param method: HTTP verb
    :param path: path as sent, without query
    :param query: what follows the question mark, as sent; "" for nothing
    :param parts: the parameters of the path, decoded; none for a fixed path
    :param headers: request headers, looked up in any case
    :param data: the body as received
    :param options: the tenant's settings
    """

    method: str
    path: str
    query: str
    parts: Mapping[str, str]
    headers: Mapping[str, str]
    data: bytes
    options: Options
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    answer_headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.answer_headers["Zuora-Request-Id"] = self.request_id

    @property
    def origin(self) -> str:
        """Where it was sent to, such as ``http://127.0.0.1:4711``; "" when its sender did not say."""
        host = self.headers.get("Host", "")
        return f"http://{host}" if host else ""

    @property
    def target(self) -> str:
        """Path with query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True)
class Operation:
    """One of the API's operations.

    :param permissions: all of them are needed
    :param perform: does the work inside a transaction
    """

    permissions: frozenset[str]
    perform: Callable[[Session, Call, Scope], Reply]


Operations = Mapping[str, Operation]


@dataclass(frozen=True)
class Route:
    """A path of the API and what it offers.

    :param path: such as ``/v1/journal-runs/<number>/cancel``, with any number of parameters
    :param operations: one for each verb; other verbs are refused
    """

    path: str
    operations: Operations
