# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""A journal run as the server describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openapi_client._schema.kinds import DAY, FLAG, INTEGER, MOMENT, TEXT, Choice, ListOf
from openapi_client._schema.model import Field, Model, field
from openapi_client.models.common_response_type_reasons import CommonResponseTypeReasons
from openapi_client.models.get_journal_run_transaction_type import GETJournalRunTransactionType
from openapi_client.models.journal_run_status import JournalRunStatus
from openapi_client.models.organization_label import OrganizationLabel

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from openapi_client.models.journal_run_status import JournalRunStatusValue
    from openapi_client.models.organization_label import OrganizationLabelDict


class GETJournalRunType(Model):
    """A journal run. The server leaves out what does not apply; such fields are ``None``."""

    aggregate_currency: bool | None = field("aggregateCurrency", FLAG, default=None)
    """Whether the run merges currencies, as the tenant's aggregation setting says."""
    executed_on: Field[datetime.datetime | None, datetime.datetime | str | None] = field(
        "executedOn", MOMENT, default=None
    )
    """When the run was executed; without a time zone, since the server names none."""
    journal_entry_date: Field[datetime.date, datetime.date | str] = field("journalEntryDate", DAY, default=None)
    """Date that the journal entries carry."""
    number: str = field("number", TEXT, default=None)
    """Number of the run, such as ``JR-00000042``."""
    segmentation_rule_name: str | None = field("segmentationRuleName", TEXT, default=None)
    """GL segmentation rule that was applied."""
    status: Field[JournalRunStatus | str, JournalRunStatus | JournalRunStatusValue] = field(
        "status", Choice(JournalRunStatus), default=None
    )
    """State of the run; plain text for a state this version does not know."""
    success: bool = field("success", FLAG, default=None)
    """Whether the call was accepted."""
    target_end_date: Field[datetime.date, datetime.date | str] = field("targetEndDate", DAY, default=None)
    """Last day covered."""
    target_start_date: Field[datetime.date, datetime.date | str] = field("targetStartDate", DAY, default=None)
    """First day covered."""
    total_journal_entry_count: int | None = field("totalJournalEntryCount", INTEGER, default=None)
    """Number of journal entries in the run."""
    transaction_types: Field[
        list[GETJournalRunTransactionType], Sequence[GETJournalRunTransactionType | dict[str, Any]]
    ] = field("transactionTypes", ListOf(GETJournalRunTransactionType), default=None)
    """Transaction types of the run."""
    organization_labels: Field[
        list[OrganizationLabel] | None, Sequence[OrganizationLabel | OrganizationLabelDict] | None
    ] = field("organizationLabels", ListOf(OrganizationLabel), default=None, added=True)
    """Organizations of the run (Multi-Org only)."""
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
            aggregate_currency: bool | None = None,
            executed_on: datetime.datetime | str | None = None,
            journal_entry_date: datetime.date | str | None = None,
            number: str | None = None,
            segmentation_rule_name: str | None = None,
            status: JournalRunStatus | JournalRunStatusValue | None = None,
            success: bool | None = None,
            target_end_date: datetime.date | str | None = None,
            target_start_date: datetime.date | str | None = None,
            total_journal_entry_count: int | None = None,
            transaction_types: Sequence[GETJournalRunTransactionType | dict[str, Any]] | None = None,
            local_vars_configuration: Any = None,
            organization_labels: Sequence[OrganizationLabel | OrganizationLabelDict] | None = None,
            process_id: str | None = None,
            reasons: Sequence[CommonResponseTypeReasons | dict[str, Any]] | None = None,
            request_id: str | None = None,
        ) -> None: ...
