# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""The request that creates a journal run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, overload

from openapi_client._runs.rules import CreateRules
from openapi_client._schema.kinds import DAY, TEXT, ListOf, OneOrMore
from openapi_client._schema.model import Field, Model, field
from openapi_client.models.organization_label import OrganizationLabel
from openapi_client.models.post_journal_run_transaction_type import POSTJournalRunTransactionType

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from openapi_client.models.organization_label import OrganizationLabelDict
    from openapi_client.models.post_journal_run_transaction_type import POSTJournalRunTransactionTypeDict


class POSTJournalRunType(CreateRules, Model):
    """What to collect into a journal run: for an accounting period, or for a range of days in one.

    Dates can be given as ``date``, ``datetime`` or ISO 8601 text; they are kept as ``date``.
    """

    accounting_period_name: str | None = field("accountingPeriodName", TEXT, default=None)
    """Accounting period whose first and last day become the target dates; not the open-ended one."""
    journal_entry_date: Field[datetime.date, datetime.date | str] = field("journalEntryDate", DAY, kw_only=True)
    """Date that the journal entries will carry."""
    target_end_date: Field[datetime.date | None, datetime.date | str | None] = field("targetEndDate", DAY, default=None)
    """Last day to cover. With a period: leave it out, or repeat the period's last day."""
    target_start_date: Field[datetime.date | None, datetime.date | str | None] = field(
        "targetStartDate", DAY, default=None
    )
    """First day to cover; goes with ``target_end_date``. With a period: leave it out, or repeat its first day."""
    transaction_types: Field[
        list[POSTJournalRunTransactionType], Sequence[POSTJournalRunTransactionType | POSTJournalRunTransactionTypeDict]
    ] = field("transactionTypes", ListOf(POSTJournalRunTransactionType), kw_only=True)
    """Transaction types to collect, at least one."""
    organization_labels: Field[
        OrganizationLabel | list[OrganizationLabel] | None,
        OrganizationLabel | OrganizationLabelDict | Sequence[OrganizationLabel | OrganizationLabelDict] | None,
    ] = field("organizationLabels", OneOrMore(OrganizationLabel), default=None, added=True)
    """The organization of the run, required with Multi-Org. Sent as it is given: one object, or a list."""

    if TYPE_CHECKING:

        @overload
        def __init__(
            self,
            accounting_period_name: str | None = None,
            *,
            journal_entry_date: datetime.date | str,
            target_end_date: datetime.date | str | None = None,
            target_start_date: datetime.date | str | None = None,
            transaction_types: Sequence[POSTJournalRunTransactionType | POSTJournalRunTransactionTypeDict],
            local_vars_configuration: Any = None,
            organization_labels: OrganizationLabel
            | OrganizationLabelDict
            | Sequence[OrganizationLabel | OrganizationLabelDict]
            | None = None,
        ) -> None: ...

        @overload
        def __init__(
            self,
            accounting_period_name: str | None,
            journal_entry_date: datetime.date | str,
            target_end_date: datetime.date | str | None,
            target_start_date: datetime.date | str | None,
            transaction_types: Sequence[POSTJournalRunTransactionType | POSTJournalRunTransactionTypeDict],
            local_vars_configuration: Any = None,
            organization_labels: OrganizationLabel
            | OrganizationLabelDict
            | Sequence[OrganizationLabel | OrganizationLabelDict]
            | None = None,
        ) -> None: ...

        def __init__(self, *args: Any, **kwargs: Any) -> None: ...


class POSTJournalRunTypeDict(TypedDict, total=False):
    """A :class:`POSTJournalRunType` as a dict: each key by its Python or by its wire name."""

    accounting_period_name: str | None
    accountingPeriodName: str | None
    journal_entry_date: datetime.date | str
    journalEntryDate: datetime.date | str
    target_end_date: datetime.date | str | None
    targetEndDate: datetime.date | str | None
    target_start_date: datetime.date | str | None
    targetStartDate: datetime.date | str | None
    transaction_types: Sequence[POSTJournalRunTransactionType | POSTJournalRunTransactionTypeDict]
    transactionTypes: Sequence[POSTJournalRunTransactionType | POSTJournalRunTransactionTypeDict]
    organization_labels: (
        OrganizationLabel | OrganizationLabelDict | Sequence[OrganizationLabel | OrganizationLabelDict] | None
    )
    organizationLabels: (
        OrganizationLabel | OrganizationLabelDict | Sequence[OrganizationLabel | OrganizationLabelDict] | None
    )
    additional_properties: dict[str, Any]
