"""The rules between the fields of a create, as far as they can be checked without the server."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from openapi_client.models.journal_run_transaction_type import JournalRunTransactionType

if TYPE_CHECKING:
    from openapi_client.models.post_journal_run_type import POSTJournalRunType

#: Zuora Knowledge Center, "Create a journal run": the earliest target date.
EARLIEST = datetime.date(2015, 1, 1)
OPEN_ENDED = "Open-Ended"


def problems(request: POSTJournalRunType) -> list[str]:
    """Every broken rule, in words."""
    return [*_required(request), *_dates(request), *_types(request)]


def _required(request: POSTJournalRunType) -> Iterator[str]:
    if request.journal_entry_date is None:
        yield "journal_entry_date is required"
    if not request.transaction_types:
        yield "transaction_types needs at least one transaction type"


def _dates(request: POSTJournalRunType) -> Iterator[str]:
    period, start, end = request.accounting_period_name, request.target_start_date, request.target_end_date
    if period is None and start is None and end is None:
        yield "accounting_period_name, or target_start_date with target_end_date, is required"
    if isinstance(period, str) and not period.strip():
        yield "accounting_period_name is blank"
    if period == OPEN_ENDED:
        yield f"accounting_period_name must not be the open-ended period ({OPEN_ENDED})"
    if end is not None and start is None:
        yield "target_start_date is required when target_end_date is given"
    if start is not None and end is None and period is None:
        yield "target_end_date is required when target_start_date is given without accounting_period_name"
    if isinstance(start, datetime.date) and isinstance(end, datetime.date) and end < start:
        yield f"target_end_date ({end}) is before target_start_date ({start})"
    for name, day in (("target_start_date", start), ("target_end_date", end)):
        if isinstance(day, datetime.date) and day < EARLIEST:
            yield f"{name} ({day}) is before {EARLIEST}, the earliest target date"


def _types(request: POSTJournalRunType) -> Iterator[str]:
    given = request.transaction_types
    # Without validation a request may hold anything.
    items = given if isinstance(given, (list, tuple)) else ()
    types = [item.get("type") if isinstance(item, dict) else getattr(item, "type", None) for item in items]
    if JournalRunTransactionType.REVENUE_EVENT_ITEM in types and request.accounting_period_name is None:
        yield f"{JournalRunTransactionType.REVENUE_EVENT_ITEM} can only be collected for an accounting_period_name"
    for kind in dict.fromkeys(kind for kind in types if isinstance(kind, str) and types.count(kind) > 1):
        yield f"transaction_types names {kind} more than once"
