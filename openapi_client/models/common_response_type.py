# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""The answer that cancel and delete give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_client._schema.kinds import FLAG, TEXT, ListOf
from openapi_client._schema.model import Field, Model, field
from openapi_client.models.common_response_type_reasons import CommonResponseTypeReasons

if TYPE_CHECKING:
    from collections.abc import Sequence


class CommonResponseType(Model):
    """Whether the call was accepted, and if not, why."""

    process_id: str | None = field("processId", TEXT, default=None)
    """ID of the server process that failed; only when ``success`` is false."""
    reasons: Field[
        list[CommonResponseTypeReasons] | None, Sequence[CommonResponseTypeReasons | dict[str, Any]] | None
    ] = field("reasons", ListOf(CommonResponseTypeReasons), default=None)
    """Why the call was refused; only when ``success`` is false."""
    success: bool = field("success", FLAG, default=None)
    """Whether the call was accepted."""
    request_id: str | None = field("requestId", TEXT, default=None, added=True)
    """Zuora's ID of the call, to quote to their support."""

    if TYPE_CHECKING:

        def __init__(
            self,
            process_id: str | None = None,
            reasons: Sequence[CommonResponseTypeReasons | dict[str, Any]] | None = None,
            success: bool | None = None,
            local_vars_configuration: Any = None,
            request_id: str | None = None,
        ) -> None: ...
