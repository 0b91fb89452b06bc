# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""A transaction type in a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_client._schema.kinds import Choice
from openapi_client._schema.model import Field, Model, field
from openapi_client.models.journal_run_transaction_type import JournalRunTransactionType

if TYPE_CHECKING:
    from openapi_client.models.journal_run_transaction_type import JournalRunTransactionTypeValue


class GETJournalRunTransactionType(Model):
    """A transaction type that a run collected."""

    type: Field[JournalRunTransactionType | str, JournalRunTransactionType | JournalRunTransactionTypeValue] = field(
        "type", Choice(JournalRunTransactionType), default=None
    )
    """The kind of transaction; plain text for one this version does not know."""

    if TYPE_CHECKING:

        def __init__(
            self,
            type: JournalRunTransactionType | JournalRunTransactionTypeValue | None = None,
            local_vars_configuration: Any = None,
        ) -> None: ...
