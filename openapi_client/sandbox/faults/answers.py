"""Which answer a request gets that suffers a fault; how it fails to arrive is up to ``web.delivery``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

from openapi_client.sandbox.faults.fault import Fault
from openapi_client.sandbox.protocol.auth import unauthorized
from openapi_client.sandbox.protocol.calls import Call
from openapi_client.sandbox.protocol.errors import LIMIT, TEMPORARY, GatewayRefusal, Reason, Refusal, system_error
from openapi_client.sandbox.protocol.limits import too_many_at_once
from openapi_client.sandbox.protocol.paths import TOKEN
from openapi_client.sandbox.protocol.replies import NO_ANSWER, Answer, Reply

_DEFAULT_RATE_RESET_SECONDS = 600
_HTML_STATUS = {"bad-gateway": 502, "unavailable": 503, "gateway-timeout": 504}
#: Kinds without an answer.
SILENT = frozenset({"timeout", "reset-before-commit", "reset-after-commit"})
_SPOILERS: Mapping[str, Callable[[bytes], bytes]] = {
    "invalid-json": lambda data: data[: len(data) * 2 // 3],
    "wrong-shape": lambda data: b"[" + data + b"]",
}


def answer_under(
    fault: Fault,
    call: Call,
    usual: Reply | None,
    refused: Callable[[Call, Refusal | GatewayRefusal], Reply],
) -> Answer:
    """Return the answer to a request that suffers a fault.

    :param usual: what would be answered without it; ``None`` when nothing was done
    :param refused: puts a refusal into the form that the caller's version expects
    """
    if fault.kind in SILENT:
        return Answer(NO_ANSWER)
    if fault.kind in _HTML_STATUS:
        return _page(_HTML_STATUS[fault.kind], _extra_headers(fault, call.path))
    if fault.kind == "internal-error":
        reply = system_error()
    elif usual is None:
        reply = refused(call, _refusal(fault, call.path))
    else:
        reply = usual
    reply = Reply(
        reply.status, reply.body, {**call.answer_headers, **reply.headers, **_extra_headers(fault, call.path)}
    )
    spoil = _SPOILERS.get(fault.kind)
    answer = reply.encoded(call.headers.get("Accept-Encoding", ""), call.options, is_compressible=spoil is None)
    return replace(answer, data=spoil(answer.data)) if spoil else answer


def _refusal(fault: Fault, path: str) -> Refusal | GatewayRefusal:
    if fault.kind == "rate-limit" and path == TOKEN:
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


def _extra_headers(fault: Fault, path: str) -> dict[str, str]:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.kind == "rate-limit" and path == TOKEN:
        return {**headers, "X-RateLimit-Remaining-minute": "0"}
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
