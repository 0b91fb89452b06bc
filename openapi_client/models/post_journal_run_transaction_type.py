"""A transaction type in a request."""

from __future__ import annotations

from openapi_client._schema.kinds import Choice
from openapi_client._schema.model import Model, field
from openapi_client.models.journal_run_transaction_type import JournalRunTransactionType


class POSTJournalRunTransactionType(Model):
    """A transaction type to collect."""

    type: JournalRunTransactionType | str = field("type", Choice(JournalRunTransactionType))
    """One of :class:`~openapi_client.JournalRunTransactionType`; plain text works as well."""
