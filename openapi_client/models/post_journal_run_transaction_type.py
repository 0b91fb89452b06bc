# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""A transaction type in a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from openapi_client._schema.kinds import Choice
from openapi_client._schema.model import Field, Model, field
from openapi_client.models.journal_run_transaction_type import JournalRunTransactionType

if TYPE_CHECKING:
    from openapi_client.models.journal_run_transaction_type import JournalRunTransactionTypeValue


class POSTJournalRunTransactionType(Model):
    """A transaction type to collect."""

    type: Field[JournalRunTransactionType | str, JournalRunTransactionType | JournalRunTransactionTypeValue] = field(
        "type", Choice(JournalRunTransactionType)
    )
    """The kind of transaction."""

    if TYPE_CHECKING:

        def __init__(
            self,
            type: JournalRunTransactionType | JournalRunTransactionTypeValue,
            local_vars_configuration: Any = None,
        ) -> None: ...


class POSTJournalRunTransactionTypeDict(TypedDict, total=False):
    """A :class:`POSTJournalRunTransactionType` as a dict: each key by its Python or by its wire name."""

    type: JournalRunTransactionType | JournalRunTransactionTypeValue
    additional_properties: dict[str, Any]
