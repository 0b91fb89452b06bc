"""A transaction type in a run."""

from __future__ import annotations

from openapi_client._schema.kinds import Choice
from openapi_client._schema.model import Model, field
from openapi_client.models.journal_run_transaction_type import JournalRunTransactionType


class GETJournalRunTransactionType(Model):
    """A transaction type that a run collected."""

    type: JournalRunTransactionType | str | None = field("type", Choice(JournalRunTransactionType), default=None)
    """One of :class:`~openapi_client.JournalRunTransactionType`; plain text works as well."""
