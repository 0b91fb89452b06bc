# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""An organization, named by ID or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from openapi_client._schema.kinds import TEXT
from openapi_client._schema.model import Model, field

if TYPE_CHECKING:
    pass


class OrganizationLabel(Model):
    """An organization of a tenant with Multi-Org; give the ID or the name."""

    organization_id: str | None = field("organizationId", TEXT, default=None)
    """Organization ID."""
    organization_name: str | None = field("organizationName", TEXT, default=None)
    """Organization name."""

    if TYPE_CHECKING:

        def __init__(
            self,
            organization_id: str | None = None,
            organization_name: str | None = None,
            local_vars_configuration: Any = None,
        ) -> None: ...


class OrganizationLabelDict(TypedDict, total=False):
    """A :class:`OrganizationLabel` as a dict: each key by its Python or by its wire name."""

    organization_id: str | None
    organizationId: str | None
    organization_name: str | None
    organizationName: str | None
    additional_properties: dict[str, Any]
