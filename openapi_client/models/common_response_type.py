"""The answer that cancel and delete give."""

from __future__ import annotations

from openapi_client._schema.kinds import FLAG, TEXT, ListOf
from openapi_client._schema.model import Model, field
from openapi_client.models.common_response_type_reasons import CommonResponseTypeReasons


class CommonResponseType(Model):
    """Whether the call was accepted, and if not, why."""

    process_id: str | None = field("processId", TEXT, default=None)
    """ID of the server process that failed; only when ``success`` is false."""
    reasons: list[CommonResponseTypeReasons] | None = field("reasons", ListOf(CommonResponseTypeReasons), default=None)
    """Why the call was refused; only when ``success`` is false."""
    success: bool | None = field("success", FLAG, default=None)
    """Whether the call was accepted."""
    request_id: str | None = field("requestId", TEXT, default=None, added=True)
    """Zuora's ID of the call, to quote to their support."""
