"""Who may use the control endpoints and the page: whoever reaches them, or whoever knows the control token."""

from __future__ import annotations

import base64
import binascii

from flask import Request, Response

from openapi_client.sandbox.protocol.auth import is_same_secret
from openapi_client.sandbox.protocol.paths import CONTROL
from openapi_client.sandbox.web.same_origin import is_foreign

_PAGE = "/"
# A browser asks its user for the password of ``Basic``, and sends it from then on, also for what the page loads.
_CHALLENGE = 'Basic realm="sandbox control", charset="UTF-8"'


def refusal(request: Request, token: str | None, own_name: str) -> Response | None:
    """Return the answer to a request that would show or change the sandbox and may not; ``None`` when it may.

    :param token: the control token; ``None`` lets everybody in but foreign web pages
    :param own_name: the name the sandbox was told to listen on
    """
    if not (request.path.startswith(CONTROL) or request.path == _PAGE):
        return None
    is_known = token is not None and is_same_secret(_given(request), token)
    if is_foreign(request, own_name, is_any_name_good=is_known):
        return _refused(403, "another web page may not steer the sandbox, nor may a request whose Host is not local")
    if token is None or is_known:
        return None
    answer = _refused(401, "the control token is needed: as a bearer token, or as the password of Basic")
    answer.headers["WWW-Authenticate"] = _CHALLENGE
    return answer


def _given(request: Request) -> str:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _refused(status: int, message: str) -> Response:
    return Response(f'{{"message":"{message}"}}', status, mimetype="application/json")
