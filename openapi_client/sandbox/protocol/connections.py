"""``POST /v1/connections``: exchanges the legacy key pair for a session cookie.

Source: Zuora API reference, "Establish connection to REST API service". That the session is a cookie and slides is
stated; how long it lasts is a setting of the tenant, and made up here.
"""

from __future__ import annotations

from openapi_client.sandbox.protocol.auth import SESSION_COOKIE, legacy_caller, open_session
from openapi_client.sandbox.protocol.calls import Call, Operation, Route
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.protocol.scope import Scope
from openapi_client.sandbox.state.sessions import Session


def _connect(session: Session, call: Call, scope: Scope) -> Reply:
    entities = (scope.entity,) if scope.entity else ()
    caller = legacy_caller(session, call.headers, entities)
    value = open_session(session, caller)
    # Without Secure, which a cookie of the real API has: the sandbox is reached without TLS.
    return Reply(200, {"success": True}, {"Set-Cookie": f"{SESSION_COOKIE}={value}; Path=/; HttpOnly"})


CONNECTIONS = Route("/v1/connections", {"POST": Operation(frozenset(), _connect)})
