"""The rules between the fields of a create, as far as they can be checked without the server."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Protocol

#: Zuora Knowledge Center, "Create a journal run": the earliest target date.
EARLIEST = datetime.date(2015, 1, 1)
OPEN_ENDED = "Open-Ended"
_ONLY_FOR_PERIODS = "Revenue Event Item"


class Create(Protocol):
    """The fields of a create that the rules are about."""

    @property
    def accounting_period_name(self) -> str | None:
        """The period."""

    @property
    def journal_entry_date(self) -> datetime.date:
        """The date of the entries."""

    @property
    def target_start_date(self) -> datetime.date | None:
        """The first day."""

    @property
    def target_end_date(self) -> datetime.date | None:
        """The last day."""

    @property
    def transaction_types(self) -> Any:
        """What to collect."""


class CreateRules:
    """Mixed into the request of a create: what only a person can tell about it."""

    def problems(self: Create) -> list[str]:
        """Every rule between fields that the request breaks, in words; an empty list when there is none.

        The server enforces these rules (Zuora Knowledge Center, "Create a journal run"), and knows more: which
        periods exist, and which types the tenant has. Nothing calls this method before a create.
        """
        return [*_required(self), *_dates(self), *_types(self)]


def _required(request: Create) -> Iterator[str]:
    if request.journal_entry_date is None:
        yield "journal_entry_date is required"
    if not request.transaction_types:
        yield "transaction_types needs at least one transaction type"


def _dates(request: Create) -> Iterator[str]:
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


def _types(request: Create) -> Iterator[str]:
    given = request.transaction_types
    # Without validation a request may hold anything.
    items = given if isinstance(given, (list, tuple)) else ()
    types = [item.get("type") if isinstance(item, dict) else getattr(item, "type", None) for item in items]
    if _ONLY_FOR_PERIODS in types and request.accounting_period_name is None:
        yield f"{_ONLY_FOR_PERIODS} can only be collected for an accounting_period_name"
    for kind in dict.fromkeys(kind for kind in types if isinstance(kind, str) and types.count(kind) > 1):
        yield f"transaction_types names {kind} more than once"
