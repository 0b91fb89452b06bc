"""A journal run as the server describes it."""

from __future__ import annotations

import datetime

from openapi_client._schema.kinds import DAY, FLAG, INTEGER, MOMENT, TEXT, Choice, ListOf
from openapi_client._schema.model import Model, field
from openapi_client.models.common_response_type_reasons import CommonResponseTypeReasons
from openapi_client.models.get_journal_run_transaction_type import GETJournalRunTransactionType
from openapi_client.models.journal_run_status import JournalRunStatus
from openapi_client.models.organization_label import OrganizationLabel


class GETJournalRunType(Model):
    """A journal run. Every field can be ``None``: the server leaves out what does not apply."""

    aggregate_currency: bool | None = field("aggregateCurrency", FLAG, default=None)
    """Whether the run merges currencies, as the tenant's aggregation setting says."""
    executed_on: datetime.datetime | None = field("executedOn", MOMENT, default=None)
    """When the run was executed; without a time zone, since the server names none."""
    journal_entry_date: datetime.date | None = field("journalEntryDate", DAY, default=None)
    """Date that the journal entries carry."""
    number: str | None = field("number", TEXT, default=None)
    """Number of the run, such as ``JR-00000042``."""
    segmentation_rule_name: str | None = field("segmentationRuleName", TEXT, default=None)
    """GL segmentation rule that was applied."""
    status: JournalRunStatus | str | None = field("status", Choice(JournalRunStatus), default=None)
    """State of the run; plain text for a state this version does not know."""
    success: bool | None = field("success", FLAG, default=None)
    """Whether the call was accepted."""
    target_end_date: datetime.date | None = field("targetEndDate", DAY, default=None)
    """Last day covered."""
    target_start_date: datetime.date | None = field("targetStartDate", DAY, default=None)
    """First day covered."""
    total_journal_entry_count: int | None = field("totalJournalEntryCount", INTEGER, default=None)
    """Number of journal entries in the run."""
    transaction_types: list[GETJournalRunTransactionType] | None = field(
        "transactionTypes", ListOf(GETJournalRunTransactionType), default=None
    )
    """Transaction types of the run."""
    organization_labels: list[OrganizationLabel] | None = field(
        "organizationLabels", ListOf(OrganizationLabel), default=None, added=True
    )
    """Organizations of the run (Multi-Org only)."""
    process_id: str | None = field("processId", TEXT, default=None, added=True)
    """ID of the server process that failed; only when ``success`` is false."""
    reasons: list[CommonResponseTypeReasons] | None = field(
        "reasons", ListOf(CommonResponseTypeReasons), default=None, added=True
    )
    """Why the call was refused; only when ``success`` is false."""
    request_id: str | None = field("requestId", TEXT, default=None, added=True)
    """Zuora's ID of the call, to quote to their support."""
