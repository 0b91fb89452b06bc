"""What a fault does to a request: which answer it gets, and how the answer fails to arrive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response

from openapi_client.sandbox.faults.fault import Fault
from openapi_client.sandbox.protocol.auth import unauthorized
from openapi_client.sandbox.protocol.calls import Call
from openapi_client.sandbox.protocol.errors import LIMIT, TEMPORARY, GatewayRefusal, Reason, Refusal, system_error
from openapi_client.sandbox.protocol.limits import too_many_at_once
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.protocol.tokens import PATH as TOKEN_PATH
from openapi_client.sandbox.tenant.tenant import Tenant
from openapi_client.sandbox.web.connections import CONNECTION, Connection

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: The status under which an exchange without an answer is recorded.
NO_ANSWER = 0
_DEFAULT_INTERVAL_SECONDS = 0.05
_DEFAULT_RATE_RESET_SECONDS = 600
_HTML_STATUS = {"bad-gateway": 502, "unavailable": 503, "gateway-timeout": 504}
_SILENT = frozenset({"timeout", "reset-before-commit", "reset-after-commit"})
_SPOILERS: Mapping[str, Callable[[bytes], bytes]] = {
    "invalid-json": lambda data: data[: len(data) * 2 // 3],
    "wrong-shape": lambda data: b"[" + data + b"]",
}


@dataclass(frozen=True)
class Answer:
    """An answer as bytes."""

    status: int
    data: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_under(
    fault: Fault,
    call: Call,
    path: str,
    perform: Callable[[Call], Reply],
    refused: Callable[[Call, Refusal | GatewayRefusal], Reply],
) -> Answer:
    """Return the answer to a request that suffers a fault, after doing what it asks for, if the fault lets it.

    :param path: path of the request
    :param perform: does what the request asks for
    :param refused: puts a refusal into the form that the caller's version expects
    """
    usual = perform(call) if fault.is_committing else None
    if fault.kind in _SILENT:
        return Answer(NO_ANSWER)
    if fault.kind in _HTML_STATUS:
        return _page(_HTML_STATUS[fault.kind], _extra_headers(fault))
    if fault.kind == "internal-error":
        reply = system_error()
    elif usual is None:
        reply = refused(call, _refusal(fault, path))
    else:
        reply = usual
    reply = Reply(reply.status, reply.body, {**call.answer_headers, **reply.headers, **_extra_headers(fault)})
    spoil = _SPOILERS.get(fault.kind)
    data, headers = reply.encoded("" if spoil else call.headers.get("Accept-Encoding", ""))
    return Answer(reply.status, spoil(data) if spoil else data, headers)


def revoke_token(tenant: Tenant, call: Call) -> None:
    """Make the bearer token of a call worthless."""
    token = call.headers.get("Authorization", "").partition(" ")[2].strip()
    with tenant.store.writing() as db:
        db.execute("DELETE FROM token WHERE token = ?", (token,))


class FaultyResponse(Response):
    """An answer that may fail to arrive."""

    def __init__(self, fault: Fault, answer: Answer) -> None:
        super().__init__(answer.data, answer.status or HTTPStatus.OK, dict(answer.headers))
        self._fault = fault

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Deliver the answer, or fail to."""
        connection: Connection = environ[CONNECTION]
        fault = self._fault
        if fault.kind == "timeout":
            connection.wait(None)
            raise connection.end()
        if fault.kind in _SILENT:
            raise connection.reset()
        # The promised length is that of the whole answer.
        delivered = super().__call__(environ, start_response)
        if fault.kind == "truncated-body":
            return _halved(connection, b"".join(delivered))
        if fault.kind == "slow-drip":
            interval = _DEFAULT_INTERVAL_SECONDS if fault.interval is None else fault.interval
            return _dripping(connection, b"".join(delivered), interval)
        return delivered


def _halved(connection: Connection, data: bytes) -> Iterator[bytes]:
    yield data[: len(data) // 2]
    raise connection.end()


def _dripping(connection: Connection, data: bytes, interval: float) -> Iterator[bytes]:
    for position in range(len(data)):
        if not connection.wait(interval):
            raise connection.end()
        yield data[position : position + 1]


def _refusal(fault: Fault, path: str) -> Refusal | GatewayRefusal:
    if fault.kind == "rate-limit" and path == TOKEN_PATH:
        return GatewayRefusal(429, {"message": "API rate limit exceeded"})
    if fault.kind == "rate-limit":
        message = f"API Rate limit exceeded for the minute, retry after {_rate_reset(fault)} seconds"
        return GatewayRefusal(429, {"reasons": [{"code": LIMIT, "message": message}]})
    if fault.kind == "concurrency-limit":
        return too_many_at_once()
    if fault.kind == "expired-token":
        return unauthorized()
    category = fault.category or TEMPORARY
    return Refusal(Reason(category, fault.message or f"A fault of category {category} is in force."))


def _extra_headers(fault: Fault) -> dict[str, str]:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.kind == "rate-limit":
        return {**headers, "RateLimit-Remaining": "0", "RateLimit-Reset": str(_rate_reset(fault))}
    if fault.kind == "concurrency-limit":
        return {**headers, "Concurrency-Limit-Type": "Default", "Concurrency-Limit-Remaining": "0"}
    return headers


def _rate_reset(fault: Fault) -> int:
    return _DEFAULT_RATE_RESET_SECONDS if fault.retry_after is None else fault.retry_after


def _page(status: int, headers: Mapping[str, str]) -> Answer:
    title = f"{status} {HTTPStatus(status).phrase}"
    page = f"<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n"
    return Answer(status, page.encode(), {"Content-Type": "text/html", **headers})
