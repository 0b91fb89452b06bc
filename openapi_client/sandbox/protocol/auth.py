"""OAuth clients, tokens and the legacy key pair: who is calling, and what they may do.

Sources: Zuora API reference (authentication) and Zuora docs (permissions of the Finance role); the 401 body is
observed on live tenants.
"""

from __future__ import annotations

import base64
import secrets
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from openapi_client.sandbox.protocol.errors import (
    AUTHENTICATION,
    AUTHENTICATION_RESOURCE,
    Reason,
    Refusal,
)

TOKEN_LIFETIME_SECONDS = 3598
_SCHEMES = "Basic realm=Zuora API, ZSession realm=Zuora API, Bearer realm=Zuora API"
_SEPARATOR = ","


class Permission(str, Enum):
    """A permission of the user behind an OAuth client."""

    CREATE = "Create Journal Run"
    CANCEL = "Cancel Journal Run"
    DELETE = "Delete Cancelled Journal Run"
    API_WRITE = "API Write Access"


@dataclass(frozen=True)
class Credentials:
    """Both ways in of one user: an OAuth client and a legacy key pair."""

    client_id: str
    client_secret: str = field(repr=False)
    access_key_id: str
    secret_access_key: str = field(repr=False)
    permissions: frozenset[Permission] = frozenset(Permission)


@dataclass(frozen=True)
class Caller:
    """Who sent a request, and the entities their token covers."""

    client_id: str
    permissions: frozenset[Permission]
    entities: tuple[str, ...]


def new_credentials(permissions: Iterable[Permission] = tuple(Permission)) -> Credentials:
    """Return fresh credentials of the documented lengths (id 36, secret at most 42)."""
    return Credentials(
        client_id=str(uuid.uuid4()),
        # Always ends in "=", and often holds "+" and "/": a caller has to form-encode it.
        client_secret=base64.b64encode(secrets.token_bytes(29)).decode(),
        access_key_id=f"user-{secrets.token_hex(4)}@sandbox.invalid",
        secret_access_key=secrets.token_urlsafe(24),
        permissions=frozenset(Permission(each) for each in permissions),
    )


def save_client(
    db: sqlite3.Connection, client: Credentials, *, is_active: bool = True, is_seeded: bool = False
) -> None:
    """Store a client."""
    db.execute(
        "INSERT INTO client (client_id, client_secret, access_key_id, secret_access_key, "
        "permissions, is_active, is_seeded) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            client.client_id,
            client.client_secret,
            client.access_key_id,
            client.secret_access_key,
            _SEPARATOR.join(sorted(each.value for each in client.permissions)),
            is_active,
            is_seeded,
        ),
    )


def find_seeded_client(db: sqlite3.Connection) -> Credentials | None:
    """Return the client that a database was created with."""
    row = db.execute("SELECT * FROM client WHERE is_seeded").fetchone()
    if row is None:
        return None
    return Credentials(
        row["client_id"],
        row["client_secret"],
        row["access_key_id"],
        row["secret_access_key"],
        _permissions(row),
    )


def issue_token(db: sqlite3.Connection, client_id: str, entities: tuple[str, ...], now: float) -> str:
    """Store and return a new bearer token."""
    token = secrets.token_hex(16)
    db.execute("DELETE FROM token WHERE expires <= ?", (now,))
    db.execute(
        "INSERT INTO token (token, client_id, entities, expires) VALUES (?, ?, ?, ?)",
        (token, client_id, _SEPARATOR.join(entities), now + TOKEN_LIFETIME_SECONDS),
    )
    return token


def authenticate(db: sqlite3.Connection, headers: Mapping[str, str], entities: tuple[str, ...], now: float) -> Caller:
    """Return who is calling.

    :param headers: request headers; a bearer token wins over the legacy pair
    :param entities: every entity of the tenant, which a legacy user reaches
    :param now: seconds of the sandbox clock
    :raises Refusal: for missing, wrong or expired credentials
    """
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        row = db.execute(
            "SELECT client.*, token.entities FROM token JOIN client USING (client_id) WHERE token = ? AND expires > ?",
            (token.strip(), now),
        ).fetchone()
        if row is not None:
            return Caller(row["client_id"], _permissions(row), _split(row["entities"]))
    elif not scheme and "apiAccessKeyId" in headers:
        row = db.execute(
            "SELECT * FROM client WHERE access_key_id = ? AND is_active",
            (headers["apiAccessKeyId"],),
        ).fetchone()
        given = headers.get("apiSecretAccessKey", "")
        if row is not None and is_same_secret(given, row["secret_access_key"]):
            return Caller(row["client_id"], _permissions(row), entities)
    raise unauthorized()


def unauthorized() -> Refusal:
    """Return the observed answer to a call that is not signed in."""
    return Refusal(
        Reason(
            AUTHENTICATION,
            "this resource is protected, please sign in first",
            AUTHENTICATION_RESOURCE,
        ),
        headers={"WWW-Authenticate": _SCHEMES},
        is_plain=True,
    )


def is_same_secret(given: str, stored: str) -> bool:
    """Compare two secrets without telling by the time taken where they differ."""
    return secrets.compare_digest(given.encode(), stored.encode())


def _permissions(row: sqlite3.Row) -> frozenset[Permission]:
    return frozenset(Permission(each) for each in _split(row["permissions"]))


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(_SEPARATOR)) if text else ()
