# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""One reason of a refused call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_client._schema.kinds import TEXT
from openapi_client._schema.model import Model, field

if TYPE_CHECKING:
    pass


class CommonResponseTypeReasons(Model):
    """Why a call was refused.

    :class:`openapi_client.exceptions.Reason`, as exceptions carry it, takes the code apart.
    """

    code: str = field("code", TEXT, default=None)
    """Eight digits: six for the resource, two for the category. Servers send numbers and text; here it is text."""
    message: str = field("message", TEXT, default=None)
    """The server's explanation."""

    if TYPE_CHECKING:

        def __init__(
            self,
            code: str | None = None,
            message: str | None = None,
            local_vars_configuration: Any = None,
        ) -> None: ...
