"""The idempotency keys of creates."""

from __future__ import annotations

from hashlib import sha256

from openapi_client._call.operation import Default
from openapi_client.exceptions import ApiValueError

_LONGEST = 255
#: What a create sends when it is given no key, and not ``None`` either.
RANDOM_KEY = Default("a random UUID4")


def random_key() -> str:
    """A key for one call."""
    from uuid import uuid4  # loaded on first need

    return str(uuid4())


def key_after(key: str) -> str:
    """The key to use once the answer stored under ``key`` is known to be a refusal: always the same one."""
    return "jr-" + sha256(f"after {key}".encode()).hexdigest()


def key_rule(key: str, method: str) -> None:
    """The rules of ``Idempotency-Key`` (Zuora docs, "Idempotent requests").

    :raises ApiValueError: too long, or nothing in it.
    """
    if not key.strip() or len(key) > _LONGEST:
        raise ApiValueError(
            f"Invalid value for parameter `idempotency_key` when calling `{method}`: "
            f"use 1 to {_LONGEST} characters, not all of them blank, or None to send no key"
        )
