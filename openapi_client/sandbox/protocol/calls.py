"""One request on its way through the gateway, and the table row of an operation."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from openapi_client.sandbox.journal_runs.ledger import Session
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import Permission
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.protocol.scope import Scope


@dataclass
class Call:
    """One request; ``answer_headers`` fills up on the way.

    :param method: HTTP verb
    :param target: path with query
    :param number: the journal run number of the path, "" when it has none
    :param headers: request headers, looked up in any case
    :param data: the body as received
    :param options: the tenant's settings
    """

    method: str
    target: str
    number: str
    headers: Mapping[str, str]
    data: bytes
    options: Options
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    answer_headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.answer_headers["Zuora-Request-Id"] = self.request_id


@dataclass(frozen=True)
class Operation:
    """One of the API's operations.

    :param permissions: all of them are needed
    :param perform: does the work inside a transaction
    """

    permissions: frozenset[Permission]
    perform: Callable[[Session, Call, Scope], Reply]


Operations = Mapping[str, Operation]
