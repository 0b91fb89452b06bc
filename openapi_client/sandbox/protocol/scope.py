"""Which data a request works on: its entity and its organizations, chosen by headers.

Sources: Zuora API reference, parameters ``Zuora-Entity-Ids`` and ``Zuora-Org-Ids``. The code of the refusals is
observed for entities (90000020) and inferred to be the same for organizations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import Caller
from openapi_client.sandbox.protocol.errors import AUTHENTICATION_RESOURCE, FORMAT, Reason, Refusal

_ENTITY_HEADERS = ("Zuora-Entity-Ids", "entityId")


@dataclass(frozen=True)
class Scope:
    """The data set of one request: an entity ("" without Multi-entity) and organizations."""

    entity: str
    organizations: Mapping[str, str]

    def covers(self, entity: str, organization: str | None = None) -> bool:
        """Whether what belongs to an entity, and maybe to an organization, is in this data set."""
        return entity == self.entity and (
            not organization or not self.organizations or organization in self.organizations
        )


def scope_of(caller: Caller, headers: Mapping[str, str], options: Options) -> Scope:
    """Return the data set that the headers choose.

    :raises Refusal: for a missing or foreign entity, or a foreign organization
    """
    return Scope(_entity(caller, headers, options), _organizations(headers, options))


def entity_named(headers: Mapping[str, str], options: Options) -> str | None:
    """Return the id of the entity that a request names; one that does not exist is spelled as given."""
    for header in _ENTITY_HEADERS:
        if headers.get(header):
            return headers[header].strip()
    name = headers.get("entityName", "").strip()
    ids = (each for each, known in options.entity_names.items() if known == name)
    return next(ids, name) if name else None


def _entity(caller: Caller, headers: Mapping[str, str], options: Options) -> str:
    if not options.entities:
        return ""
    named = entity_named(headers, options)
    if named is None and len(caller.entities) == 1:
        return caller.entities[0]
    if named is None:
        raise _bad_scope("Zuora-Entity-Ids is required: the token covers several entities.")
    if named not in caller.entities:
        raise _bad_scope(f"Entity '{named}' does not exist or cannot be reached.")
    return named


def _organizations(headers: Mapping[str, str], options: Options) -> Mapping[str, str]:
    named = [each.strip() for each in headers.get("Zuora-Org-Ids", "").split(",") if each.strip()]
    if not options.organizations or not named:
        return options.organizations
    foreign = [each for each in named if each not in options.organizations]
    if foreign:
        raise _bad_scope(f"Organization '{foreign[0]}' does not exist or cannot be reached.")
    return {each: options.organizations[each] for each in named}


def _bad_scope(message: str) -> Refusal:
    return Refusal(Reason(FORMAT, message, AUTHENTICATION_RESOURCE))
