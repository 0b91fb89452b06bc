"""An organization, named by ID or by name."""

from __future__ import annotations

from openapi_client._schema.kinds import TEXT
from openapi_client._schema.model import Model, field


class OrganizationLabel(Model):
    """An organization of a tenant with Multi-Org; give the ID or the name."""

    organization_id: str | None = field("organizationId", TEXT, default=None)
    """Organization ID."""
    organization_name: str | None = field("organizationName", TEXT, default=None)
    """Organization name."""
