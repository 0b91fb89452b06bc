"""The request that creates a journal run."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from openapi_client._runs import rules as _run_rules
from openapi_client._schema.kinds import DAY, TEXT, ListOf, OneOrMore
from openapi_client._schema.model import Model, field
from openapi_client.models.organization_label import OrganizationLabel
from openapi_client.models.post_journal_run_transaction_type import POSTJournalRunTransactionType

if TYPE_CHECKING:
    from typing import Any, Union

    # What the constructor accepts is wider than what the attributes hold.
    _Day = Union[datetime.date, str]
    _Types = Sequence[Union[POSTJournalRunTransactionType, dict[str, Any]]]
    _Labels = Union[OrganizationLabel, dict[str, Any], Sequence[Union[OrganizationLabel, dict[str, Any]]]]


class POSTJournalRunType(Model):
    """What to collect into a journal run: for an accounting period, or for a range of days in one.

    Dates can be given as ``date``, ``datetime`` or ISO 8601 text; they are kept as ``date``.
    """

    accounting_period_name: str | None = field("accountingPeriodName", TEXT, default=None)
    """Accounting period whose first and last day become the target dates; not the open-ended one."""
    journal_entry_date: datetime.date = field("journalEntryDate", DAY, kw_only=True)
    """Date that the journal entries will carry."""
    target_end_date: datetime.date | None = field("targetEndDate", DAY, default=None)
    """Last day to cover. With a period: leave it out, or repeat the period's last day."""
    target_start_date: datetime.date | None = field("targetStartDate", DAY, default=None)
    """First day to cover; goes with ``target_end_date``. With a period: leave it out, or repeat its first day."""
    transaction_types: list[POSTJournalRunTransactionType] = field(
        "transactionTypes", ListOf(POSTJournalRunTransactionType), kw_only=True
    )
    """Transaction types to collect, at least one."""
    organization_labels: OrganizationLabel | list[OrganizationLabel] | None = field(
        "organizationLabels", OneOrMore(OrganizationLabel), default=None, added=True
    )
    """The organization of the run, required with Multi-Org. Sent as it is given: one object, or a list."""

    if TYPE_CHECKING:

        @overload
        def __init__(
            self,
            accounting_period_name: str | None = None,
            *,
            journal_entry_date: _Day,
            target_end_date: _Day | None = None,
            target_start_date: _Day | None = None,
            transaction_types: _Types,
            organization_labels: _Labels | None = None,
            local_vars_configuration: Any = None,
        ) -> None: ...

        @overload
        def __init__(
            self,
            accounting_period_name: str | None,
            journal_entry_date: _Day,
            target_end_date: _Day | None,
            target_start_date: _Day | None,
            transaction_types: _Types,
            organization_labels: _Labels | None = None,
            local_vars_configuration: Any = None,
        ) -> None: ...

        def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    def problems(self) -> list[str]:
        """Every rule between fields that the request breaks, in words; an empty list when there is none.

        The server enforces these rules (Zuora Knowledge Center, "Create a journal run"), and knows more: which
        periods exist, and which types the tenant has. Nothing calls this method before a create.
        """
        return _run_rules.problems(self)
