"""What the user behind an OAuth client may do with journal runs.

Source: Zuora docs, permissions of the Finance role.
"""

from __future__ import annotations

from enum import Enum

from openapi_client.sandbox.protocol.auth import API_WRITE


class Permission(str, Enum):
    """A permission of the user behind an OAuth client."""

    CREATE = "Create Journal Run"
    CANCEL = "Cancel Journal Run"
    DELETE = "Delete Cancelled Journal Run"
    API_WRITE = API_WRITE
