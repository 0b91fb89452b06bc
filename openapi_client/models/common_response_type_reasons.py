"""One reason of a refused call."""

from __future__ import annotations

from openapi_client._schema.kinds import TEXT
from openapi_client._schema.model import Model, field


class CommonResponseTypeReasons(Model):
    """Why a call was refused.

    :class:`openapi_client.exceptions.Reason`, as exceptions carry it, takes the code apart.
    """

    code: str | None = field("code", TEXT, default=None)
    """Eight digits: six for the resource, two for the category. Servers send numbers and text; here it is text."""
    message: str | None = field("message", TEXT, default=None)
    """The server's explanation."""
