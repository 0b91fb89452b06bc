# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""The states of a journal run."""

from __future__ import annotations

from typing import Literal, TypeAlias

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


#: The same as plain text, for type checkers.
JournalRunStatusValue: TypeAlias = Literal[
    "Pending",
    "Processing",
    "Completed",
    "Error",
    "CancelInprogress",
    "Cancelled",
    "DeleteInprogress",
]
