"""OAuth clients, tokens and the legacy key pair: who is calling, and what they may do.

Sources: Zuora API reference (authentication) and Zuora docs (permissions of the Finance role); the 401 body is
observed on live tenants.
"""

from __future__ import annotations

import base64
import secrets
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openapi_client.sandbox.protocol.errors import (
    AUTHENTICATION,
    AUTHENTICATION_RESOURCE,
    Reason,
    Refusal,
)
from openapi_client.sandbox.state.sessions import Session

TOKEN_LIFETIME_SECONDS = 3598
SESSION_LIFETIME_SECONDS = 3600
# A session slides; one that was used within a minute is not written again.
_SESSION_STEP_SECONDS = 60
SESSION_COOKIE = "ZSession"
#: The permission that every change through the API needs, whatever it changes.
API_WRITE = "API Write Access"
_SCHEMES = "Basic realm=Zuora API, ZSession realm=Zuora API, Bearer realm=Zuora API"
_SEPARATOR = ","


@dataclass(frozen=True)
class Credentials:
    """Both ways in of one user: an OAuth client and a legacy key pair."""

    client_id: str
    client_secret: str = field(repr=False)
    access_key_id: str
    secret_access_key: str = field(repr=False)
    permissions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Caller:
    """Who sent a request, and the entities their token or session covers."""

    client_id: str
    permissions: frozenset[str]
    entities: tuple[str, ...]
    #: The session they came with, if it is time to extend it.
    idle_session: str | None = None


def new_credentials(permissions: Iterable[str] = ()) -> Credentials:
    """Return fresh credentials of the documented lengths (id 36, secret at most 42).

    :param permissions: what their owner may do, in the vendor's words
    """
    return Credentials(
        client_id=str(uuid.uuid4()),
        # Always ends in "=", and often holds "+" and "/": a caller has to form-encode it.
        client_secret=base64.b64encode(secrets.token_bytes(29)).decode(),
        access_key_id=f"user-{secrets.token_hex(4)}@sandbox.invalid",
        secret_access_key=secrets.token_urlsafe(24),
        permissions=frozenset(permissions),
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
            _SEPARATOR.join(sorted(client.permissions)),
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


def grant(db: sqlite3.Connection, client_id: str, permissions: Iterable[str]) -> None:
    """Let a stored client's owner do what is given, and nothing else."""
    db.execute(
        "UPDATE client SET permissions = ? WHERE client_id = ?",
        (_SEPARATOR.join(sorted(permissions)), client_id),
    )


def issue_token(session: Session, client_id: str, entities: Sequence[str]) -> str:
    """Store and return a new bearer token."""
    token = secrets.token_hex(16)
    session.db.execute("DELETE FROM token WHERE expires <= ?", (session.now,))
    session.db.execute(
        "INSERT INTO token (token, client_id, entities, expires) VALUES (?, ?, ?, ?)",
        (token, client_id, _SEPARATOR.join(entities), session.now + TOKEN_LIFETIME_SECONDS),
    )
    return token


def open_session(session: Session, caller: Caller) -> str:
    """Store and return a new session of a legacy user; it ends when it is not used for an hour."""
    value = secrets.token_hex(16)
    session.db.execute("DELETE FROM session WHERE used <= ?", (session.now - SESSION_LIFETIME_SECONDS,))
    session.db.execute(
        "INSERT INTO session (session, client_id, entities, used) VALUES (?, ?, ?, ?)",
        (value, caller.client_id, _SEPARATOR.join(caller.entities), session.now),
    )
    return value


def extend_session(session: Session, value: str) -> None:
    """Let a session last on from now."""
    session.db.execute("UPDATE session SET used = MAX(used, ?) WHERE session = ?", (session.now, value))


def revoke_token(db: sqlite3.Connection, headers: Mapping[str, str]) -> None:
    """Make the bearer token or the session of a request worthless."""
    token = headers.get("Authorization", "").partition(" ")[2].strip()
    db.execute("DELETE FROM token WHERE token = ?", (token,))
    db.execute("DELETE FROM session WHERE session IN (?, ?)", (token, _session_in_cookie(headers)))


def revoke_tokens(db: sqlite3.Connection) -> int:
    """Make every token and session worthless, and return how many there were."""
    return db.execute("DELETE FROM token").rowcount + db.execute("DELETE FROM session").rowcount


def is_token(db: sqlite3.Connection, text: str) -> bool:
    """Whether a text is a token or a session that was issued and is not revoked."""
    query = "SELECT 1 FROM token WHERE token = ? UNION ALL SELECT 1 FROM session WHERE session = ?"
    return db.execute(query, (text, text)).fetchone() is not None


def secrets_of_clients(db: sqlite3.Connection) -> list[str]:
    """Return the secrets of every client, for those who have to hide them."""
    return [each for row in db.execute("SELECT client_secret, secret_access_key FROM client") for each in row]


def authenticate(session: Session, headers: Mapping[str, str], entities: Sequence[str]) -> Caller:
    """Return who is calling.

    :param headers: request headers; an ``Authorization`` of any kind, a blank one too, wins over the legacy pair, and
        that over the cookie of a session
    :param entities: every entity of the tenant, which a legacy user reaches
    :raises Refusal: for missing, wrong or expired credentials
    """
    scheme, _, value = headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _bearer(session, value.strip())
    if scheme.lower() == SESSION_COOKIE.lower():
        return _session_caller(session, value.strip())
    if "Authorization" not in headers:
        if "apiAccessKeyId" in headers:
            return legacy_caller(session, headers, entities)
        return _session_caller(session, _session_in_cookie(headers))
    raise unauthorized()


def legacy_caller(session: Session, headers: Mapping[str, str], entities: Sequence[str]) -> Caller:
    """Return whose key pair a request has.

    :raises Refusal: for a missing or wrong one
    """
    row = session.db.execute(
        "SELECT * FROM client WHERE access_key_id = ? AND is_active", (headers.get("apiAccessKeyId"),)
    ).fetchone()
    if row is None or not is_same_secret(headers.get("apiSecretAccessKey", ""), row["secret_access_key"]):
        raise unauthorized()
    return Caller(row["client_id"], _permissions(row), tuple(entities))


def _bearer(session: Session, token: str) -> Caller:
    row = session.db.execute(
        "SELECT client.*, token.entities FROM token JOIN client USING (client_id) WHERE token = ? AND expires > ?",
        (token, session.now),
    ).fetchone()
    if row is None:
        raise unauthorized()
    return Caller(row["client_id"], _permissions(row), _split(row["entities"]))


def _session_caller(session: Session, value: str) -> Caller:
    row = session.db.execute(
        "SELECT client.*, session.entities, used FROM session JOIN client USING (client_id) "
        "WHERE session = ? AND used > ? AND is_active",
        (value, session.now - SESSION_LIFETIME_SECONDS),
    ).fetchone()
    if row is None:
        raise unauthorized()
    is_idle = session.now - row["used"] > _SESSION_STEP_SECONDS
    return Caller(row["client_id"], _permissions(row), _split(row["entities"]), value if is_idle else None)


def _session_in_cookie(headers: Mapping[str, str]) -> str:
    pairs = (each.strip().partition("=") for each in headers.get("Cookie", "").split(";"))
    return next((value for name, _, value in pairs if name == SESSION_COOKIE), "")


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


def _permissions(row: sqlite3.Row) -> frozenset[str]:
    return frozenset(_split(row["permissions"]))


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(_SEPARATOR)) if text else ()
