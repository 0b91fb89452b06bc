"""The OAuth token endpoint, which answers failures in its framework's own form.

Sources: Zuora docs, "Create an OAuth token"; the failures are observed on live tenants.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from http import HTTPStatus
from urllib.parse import parse_qs

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import TOKEN_LIFETIME_SECONDS, is_same_secret, issue_token
from openapi_client.sandbox.protocol.calls import Call
from openapi_client.sandbox.protocol.errors import GatewayRefusal, Refusal
from openapi_client.sandbox.protocol.gateway import echo_track_id
from openapi_client.sandbox.protocol.limits import TokenWindow
from openapi_client.sandbox.protocol.paths import TOKEN
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.protocol.scope import entity_named
from openapi_client.sandbox.state.sessions import Sessions

_FORM = "application/x-www-form-urlencoded"


class TokenEndpoint:
    """Exchanges client credentials for bearer tokens.

    :param options: the tenant's settings
    :param sessions: its data
    :param window: counts the requests of each address
    """

    def __init__(self, options: Options, sessions: Sessions, window: TokenWindow) -> None:
        self._options = options
        self._sessions = sessions
        self._window = window

    def admit(self, call: Call, address: str) -> None:
        """Let a request in, whatever becomes of it: it counts.

        :param address: where it comes from; each address has its own limit per minute
        :raises GatewayRefusal: when that is used up
        """
        with suppress(Refusal):
            echo_track_id(call.headers.get("Zuora-Track-Id"), call.answer_headers)
        self._window.count(self._sessions.now(), address, call.answer_headers)

    def answer(self, call: Call) -> Reply:
        """Answer a token request."""
        try:
            reply = self._issued(call)
        except GatewayRefusal as refusal:
            reply = refusal.reply(call.request_id, uses_real_status=True)
        except Refusal as refusal:
            reply = self._refusal(400, str(refusal)).reply("", uses_real_status=True)
        return reply.beneath(call.answer_headers)

    def _issued(self, call: Call) -> Reply:
        echo_track_id(call.headers.get("Zuora-Track-Id"), call.answer_headers)
        form = self._form(call)
        entities = self._entities(call.headers)
        client_id = form.get("client_id", "")
        with self._sessions.noting() as session:
            row = session.db.execute("SELECT * FROM client WHERE client_id = ?", (client_id,)).fetchone()
            if row is None:
                raise self._refusal(400, "Invalid client id")
            if not is_same_secret(form.get("client_secret", ""), row["client_secret"]):
                raise self._refusal(401, "Bad client credentials")
            if not row["is_active"]:
                raise self._refusal(403, "User is deactivated")
            token = issue_token(session, client_id, entities)
        return Reply(200, _token_body(token, client_id, entities))

    def _form(self, call: Call) -> dict[str, str]:
        if call.method != "POST":
            raise self._refusal(405, f"Request method '{call.method}' not supported")
        content_type = call.headers.get("Content-Type", "")
        if content_type.partition(";")[0].strip().lower() != _FORM:
            raise self._refusal(415, f"Content type '{content_type}' not supported")
        fields = parse_qs(call.data.decode("utf-8", "replace"), keep_blank_values=True)
        form = {name: values[-1] for name, values in fields.items()}
        if form.get("grant_type") != "client_credentials":
            raise self._refusal(400, "grant_type should be client_credentials")
        return form

    def _entities(self, headers: Mapping[str, str]) -> Sequence[str]:
        entities = self._options.entities
        named = entity_named(headers, self._options)
        if not entities or named is None:
            return entities
        if named not in entities:
            raise self._refusal(400, f"Entity '{named}' does not exist or cannot be reached.")
        return (named,)

    def _refusal(self, status: int, message: str) -> GatewayRefusal:
        now = datetime.fromtimestamp(self._sessions.now(), timezone.utc)
        return GatewayRefusal(
            status,
            {
                "timestamp": now.strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
                "status": status,
                "error": HTTPStatus(status).phrase,
                "message": message,
                "path": TOKEN,
            },
            {"Allow": "POST"} if status == 405 else None,
        )


def _token_body(token: str, client_id: str, entities: Sequence[str]) -> dict[str, object]:
    user = uuid.UUID(client_id)
    # A tenant without Multi-entity is one entity, too.
    listed = entities or (str(uuid.uuid5(user, "entity")),)
    scope = [f"user.{user.hex}", *(f"entity.{each}" for each in listed)]
    return {
        "access_token": token,
        "expires_in": TOKEN_LIFETIME_SECONDS,
        "jti": uuid.uuid4().hex,
        "scope": " ".join([*scope, "service.echo.read", "tenant.1"]),
        "token_type": "bearer",
    }
