"""Idempotency keys: the first answer is kept for a day and given again.

Sources: Zuora docs, "Idempotent requests" and "Error handling", which differ in the status of a replay. A claim of
work in progress is the process's own; another process on the same file waits for the database instead.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from openapi_client.sandbox.options import ReplayStyle
from openapi_client.sandbox.protocol.errors import FORMAT, RULE, TEMPORARY, Reason, Refusal
from openapi_client.sandbox.protocol.replies import Reply
from openapi_client.sandbox.state.sessions import Session

KEPT_SECONDS = 24 * 3600
LONGEST_KEY = 255
METHODS = frozenset({"POST", "PATCH"})


class InProgress:
    """The keys whose first request this process is still working on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: set[str] = set()

    @contextmanager
    def claim(self, key: str) -> Iterator[None]:
        """Own a key while the block runs.

        :raises Refusal: 409 when another request owns it; not category 50, which is for locks
        """
        with self._lock:
            is_taken = key in self._keys
            self._keys.add(key)
        if is_taken:
            raise Refusal(
                Reason(TEMPORARY, "A request with this Idempotency-Key is still in progress."),
                status=409,
                is_plain=True,
            )
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(key)


def key_of(method: str, value: str | None) -> str | None:
    """Return the key that counts for a request; other methods than POST and PATCH have none.

    :raises Refusal: for a key that is too long
    """
    if method not in METHODS or not value:
        return None
    if len(value) > LONGEST_KEY:
        message = f"Idempotency-Key must not be longer than {LONGEST_KEY} characters."
        raise Refusal(Reason(FORMAT, message))
    return value


def find_reply(session: Session, key: str, target: str, style: ReplayStyle) -> Reply | None:
    """Return the kept answer to a key.

    :param target: tenant data set, method and URL of the request
    :param style: whether a replay keeps its first status, or becomes 409
    :raises Refusal: 422 when the key was used with another target
    """
    row = session.db.execute("SELECT * FROM idempotency WHERE key = ? AND expires > ?", (key, session.now)).fetchone()
    if row is None:
        return None
    if row["target"] != target:
        raise Refusal(
            Reason(RULE, "This Idempotency-Key was used before with another URL or method."),
            status=422,
            is_plain=True,
        )
    status = 409 if style == "conflict" else row["status"]
    return Reply(status, json.loads(row["body"]), json.loads(row["headers"]))


def keep_reply(session: Session, key: str, target: str, reply: Reply) -> None:
    """Keep an answer, success or failure, in the transaction that made it true."""
    session.db.execute("DELETE FROM idempotency WHERE expires <= ?", (session.now,))
    session.db.execute(
        "INSERT INTO idempotency (key, target, status, headers, body, expires) VALUES (?, ?, ?, ?, ?, ?)",
        (
            key,
            target,
            reply.status,
            json.dumps(dict(reply.headers)),
            json.dumps(reply.body),
            session.now + KEPT_SECONDS,
        ),
    )
