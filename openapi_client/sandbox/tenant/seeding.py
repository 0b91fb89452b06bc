"""What a sandbox starts with besides what every sandbox has: clients, and what its domains read from JSON.

Each message names the place, such as ``clients[0].client_id``, and what is allowed there.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import Credentials, new_credentials, save_client
from openapi_client.sandbox.state.documents import document_of, fields_of, items_of, text_of
from openapi_client.sandbox.state.sessions import Session
from openapi_client.sandbox.tenant.domain import CLIENTS, Domain, Plant, permissions_of

_CLIENT_FIELDS = ("client_id", "client_secret", "access_key_id", "secret_access_key", "permissions", "active")


@dataclass(frozen=True)
class Seed:
    """Clients (with whether they may sign in), and what stores the things of each domain."""

    clients: tuple[tuple[Credentials, bool], ...] = ()
    plants: tuple[Plant, ...] = ()

    def plant(self, session: Session, options: Options) -> None:
        """Store all of it.

        :raises ValueError: for something that breaks a rule of its domain
        """
        for client, is_active in self.clients:
            save_client(session.db, client, is_active=is_active)
        for plant in self.plants:
            plant(session, options)


def read_seed(path: str | os.PathLike[str], domains: Sequence[Domain]) -> Seed:
    """Return what a JSON file describes.

    :raises OSError: when it cannot be read
    :raises ValueError: when it is no JSON, or no seed
    """
    with open(path, "rb") as file:
        try:
            document = document_of(file.read())
        except ValueError as error:
            raise ValueError(f"the seed should be JSON: {error}") from None
    return seed_from(document, domains)


def seed_from(document: object, domains: Sequence[Domain]) -> Seed:
    """Return what a document describes.

    :param domains: those that may have fields in it
    :raises ValueError: for an unknown field or a wrong value
    """
    seedings = [each.seeding for each in domains if each.seeding]
    names = sorted([CLIENTS, *(name for each in seedings for name in each.fields)])
    fields = fields_of("the seed", document, names)
    permissions = permissions_of(domains)
    return Seed(
        tuple(_client(each, place, permissions) for place, each in items_of("", CLIENTS, fields)),
        tuple(each.read({name: fields[name] for name in each.fields if name in fields}) for each in seedings),
    )


def _client(value: object, place: str, allowed: Sequence[str]) -> tuple[Credentials, bool]:
    fields: Mapping[str, Any] = fields_of(place, value, _CLIENT_FIELDS)
    permissions = fields.get("permissions", list(allowed))
    if not isinstance(permissions, list) or not all(each in allowed for each in permissions):
        raise ValueError(f"{place}.permissions should be a list of: {', '.join(allowed)}")
    is_active = fields.get("active", True)
    if not isinstance(is_active, bool):
        raise ValueError(f"{place}.active should be true or false")
    fresh = new_credentials(permissions)
    client_id = text_of(place, fields, "client_id") or fresh.client_id
    try:
        uuid.UUID(client_id)
    except ValueError:
        raise ValueError(f"{place}.client_id should be a UUID") from None
    client = Credentials(
        client_id,
        text_of(place, fields, "client_secret") or fresh.client_secret,
        text_of(place, fields, "access_key_id") or fresh.access_key_id,
        text_of(place, fields, "secret_access_key") or fresh.secret_access_key,
        fresh.permissions,
    )
    return client, is_active
