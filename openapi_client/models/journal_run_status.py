"""The states of a journal run."""

from __future__ import annotations

from openapi_client._schema.kinds import StrEnum


class JournalRunStatus(StrEnum):
    """State of a journal run, spelled as the API spells it (Zuora API reference, "Retrieve a journal run").

    A state that the server adds later arrives as plain ``str``.
    """

    PENDING = "Pending"
    PROCESSING = "Processing"
    COMPLETED = "Completed"
    ERROR = "Error"
    CANCEL_IN_PROGRESS = "CancelInprogress"
    CANCELLED = "Cancelled"
    DELETE_IN_PROGRESS = "DeleteInprogress"
