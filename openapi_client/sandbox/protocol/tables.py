"""The tables behind the protocol: who may call, and which answers are kept."""

from __future__ import annotations

from openapi_client.sandbox.state.schema import Schema

TABLES = Schema(
    "protocol",
    {
        "client": (
            "client_id TEXT PRIMARY KEY, client_secret TEXT NOT NULL, access_key_id TEXT UNIQUE, "
            "secret_access_key TEXT NOT NULL, permissions TEXT NOT NULL, is_active INTEGER NOT NULL, "
            "is_seeded INTEGER NOT NULL"
        ),
        "token": "token TEXT PRIMARY KEY, client_id TEXT NOT NULL, entities TEXT NOT NULL, expires REAL NOT NULL",
        "session": "session TEXT PRIMARY KEY, client_id TEXT NOT NULL, entities TEXT NOT NULL, used REAL NOT NULL",
        "idempotency": (
            "key TEXT PRIMARY KEY, target TEXT NOT NULL, status INTEGER NOT NULL, "
            "headers TEXT NOT NULL, body TEXT NOT NULL, expires REAL NOT NULL"
        ),
    },
)
