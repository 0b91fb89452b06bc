"""Refusals: what went wrong in the vendor's terms, and the status and body that say so.

Sources: Zuora docs, "API upgrades" (status by category, from 2024-05-20) and "Error codes" (envelope, codes);
messages are stated by the vendor or observed on live tenants where the functions below say so.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openapi_client.sandbox.protocol.replies import Reply

PERMISSION = 10
AUTHENTICATION = 11
FORMAT = 20
REQUIRED_FIELD = 22
REQUIRED_PARAMETER = 23
RULE = 30
NOT_FOUND = 40
UNSUPPORTED = 45
TEMPORARY = 61
LIMIT = 70
MALFORMED = 90

GENERAL_RESOURCE = 500000
AUTHENTICATION_RESOURCE = 900000

STATUS_BY_CATEGORY: Mapping[int, int] = {
    PERMISSION: 403,
    AUTHENTICATION: 401,
    FORMAT: 400,
    21: 400,
    REQUIRED_FIELD: 400,
    REQUIRED_PARAMETER: 400,
    27: 400,
    RULE: 400,
    NOT_FOUND: 404,
    UNSUPPORTED: 405,
    50: 409,
    60: 500,
    TEMPORARY: 500,
    LIMIT: 429,
    MALFORMED: 400,
    99: 500,
}


@dataclass(frozen=True)
class Reason:
    """One reason of a refusal: category, message, and the six-digit resource of its code."""

    category: int
    message: str
    resource: int = GENERAL_RESOURCE

    @property
    def code(self) -> int:
        """The eight-digit code; a number, as in every live body seen."""
        return self.resource * 100 + self.category


class Refusal(Exception):
    """A request that is answered with ``success: false``.

    :param reasons: one or more reasons; the first one decides the status
    :param status: real HTTP status, when the category alone does not tell
    :param is_plain: whether the real status is used under every ``Zuora-Version``
    :param headers: further answer headers
    """

    def __init__(
        self,
        *reasons: Reason,
        status: int | None = None,
        is_plain: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__("; ".join(reason.message for reason in reasons))
        self.reasons: Sequence[Reason] = reasons
        self.status: int = status or STATUS_BY_CATEGORY[reasons[0].category]
        self.is_plain = is_plain
        self.headers: dict[str, str] = dict(headers or {})

    def reply(self, request_id: str, *, uses_real_status: bool) -> Reply:
        """Return the answer; older minor versions get it under HTTP 200."""
        status = self.status if uses_real_status or self.is_plain else 200
        body = {
            "success": False,
            "processId": secrets.token_hex(8).upper(),
            "reasons": [{"code": each.code, "message": each.message} for each in self.reasons],
            "requestId": request_id,
        }
        return Reply(status, body, self.headers)


class GatewayRefusal(Exception):
    """An answer of the gateway in front of the API: no envelope, always the real status.

    :param status: HTTP status
    :param body: the whole JSON body
    :param headers: further answer headers
    """

    def __init__(self, status: int, body: Mapping[str, object], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers: dict[str, str] = dict(headers or {})

    def reply(self, request_id: str, *, uses_real_status: bool) -> Reply:  # noqa: ARG002 - the signature of Refusal.reply
        """Return the answer as it is, whatever the version says."""
        return Reply(self.status, self.body, self.headers)


def not_found(key: str) -> Refusal:
    """Return the refusal for an unknown key (message stated for journal runs)."""
    return Refusal(Reason(NOT_FOUND, f"Cannot find entity by key: '{key}'."))


def no_endpoint(path: str) -> Refusal:
    """Return the observed answer to an unknown path of the API, the same under every version (inferred)."""
    return Refusal(Reason(NOT_FOUND, f"The endpoint {path} does not exist."), is_plain=True)


def no_route() -> Reply:
    """Return the gateway's observed answer to a path outside the API."""
    return Reply(404, {"message": "no Route matched with those values"})


def system_error() -> Reply:
    """Return the short form that the vendor specification prints for status 500."""
    return Reply(500, {"reasons": [{"code": "SystemError", "message": "internal server error"}]})
