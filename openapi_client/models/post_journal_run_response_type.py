# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""The answer to a create."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_client._schema.kinds import FLAG, TEXT, ListOf
from openapi_client._schema.model import Field, Model, field
from openapi_client.models.common_response_type_reasons import CommonResponseTypeReasons

if TYPE_CHECKING:
    from collections.abc import Sequence


class POSTJournalRunResponseType(Model):
    """The number of the new run. The run itself goes on in the background."""

    journal_run_number: str = field("journalRunNumber", TEXT, default=None)
    """Number of the new run, such as ``JR-00000042``."""
    success: bool = field("success", FLAG, default=None)
    """Whether the call was accepted."""
    process_id: str | None = field("processId", TEXT, default=None, added=True)
    """ID of the server process that failed; only when ``success`` is false."""
    reasons: Field[
        list[CommonResponseTypeReasons] | None, Sequence[CommonResponseTypeReasons | dict[str, Any]] | None
    ] = field("reasons", ListOf(CommonResponseTypeReasons), default=None, added=True)
    """Why the call was refused; only when ``success`` is false."""
    request_id: str | None = field("requestId", TEXT, default=None, added=True)
    """Zuora's ID of the call, to quote to their support."""

    if TYPE_CHECKING:

        def __init__(
            self,
            journal_run_number: str | None = None,
            success: bool | None = None,
            local_vars_configuration: Any = None,
            process_id: str | None = None,
            reasons: Sequence[CommonResponseTypeReasons | dict[str, Any]] | None = None,
            request_id: str | None = None,
        ) -> None: ...
