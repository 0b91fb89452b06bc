"""The answer to a create."""

from __future__ import annotations

from openapi_client._schema.kinds import FLAG, TEXT, ListOf
from openapi_client._schema.model import Model, field
from openapi_client.models.common_response_type_reasons import CommonResponseTypeReasons


class POSTJournalRunResponseType(Model):
    """The number of the new run. The run itself goes on in the background."""

    journal_run_number: str | None = field("journalRunNumber", TEXT, default=None)
    """Number of the new run, such as ``JR-00000042``."""
    success: bool | None = field("success", FLAG, default=None)
    """Whether the call was accepted."""
    process_id: str | None = field("processId", TEXT, default=None, added=True)
    """ID of the server process that failed; only when ``success`` is false."""
    reasons: list[CommonResponseTypeReasons] | None = field(
        "reasons", ListOf(CommonResponseTypeReasons), default=None, added=True
    )
    """Why the call was refused; only when ``success`` is false."""
    request_id: str | None = field("requestId", TEXT, default=None, added=True)
    """Zuora's ID of the call, to quote to their support."""
