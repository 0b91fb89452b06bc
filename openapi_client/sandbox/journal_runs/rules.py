"""The rules a create request has to obey, one small function each.

Sources: Zuora API reference and Zuora docs, "Create a journal run"; for the revenue rule, Zuora docs on troubleshooting
the GL interface. Where they are silent, the rule is settled as its docstring says. Messages other than that of the
revenue rule are modelled on the vendor's messages for orders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from openapi_client.sandbox.journal_runs.ledger import RunOrder
from openapi_client.sandbox.journal_runs.periods import Period
from openapi_client.sandbox.journal_runs.transaction_types import ALL_TYPES, MULTI_ORG_UNSUPPORTED, UNAVAILABLE
from openapi_client.sandbox.options import Settlement
from openapi_client.sandbox.protocol.errors import FORMAT, NOT_FOUND, REQUIRED_FIELD, RULE, Reason

EARLIEST_TARGET_DATE = date(2015, 1, 1)
REVENUE_TYPE = "Revenue Event Item"
# An answer should not be much larger than its request.
_MOST_REASONS = 50
_UNKNOWN_TYPE = Reason(FORMAT, f"'type' value should be one of: {', '.join(ALL_TYPES)}")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_FIELDS = ("journalEntryDate", "targetStartDate", "targetEndDate")


@dataclass(frozen=True)
class Draft:
    """A create request, with what the tenant knows about it.

    :param body: the JSON object sent; unknown fields are ignored
    :param periods: accounting periods by name
    :param organizations: id -> name of the reachable organizations; empty without Multi-Org
    :param settlement: which transaction types the tenant has
    """

    body: Mapping[str, object]
    periods: Mapping[str, Period]
    organizations: Mapping[str, str]
    settlement: Settlement = "any"

    def has(self, name: str) -> bool:
        """Whether a field was given; null and empty text count as left out."""
        return self.body.get(name) not in (None, "")

    def day(self, name: str) -> date | None:
        """Return a date field, ``None`` when it is absent or no ``yyyy-MM-dd`` date."""
        value = self.body.get(name)
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None

    @property
    def items(self) -> list[object]:
        """The items of ``transactionTypes``, whatever they are."""
        value = self.body.get("transactionTypes")
        return value if isinstance(value, list) else []

    @property
    def types(self) -> list[str]:
        """The transaction types that are known ones."""
        named = [item.get("type") for item in self.items if isinstance(item, dict)]
        return [each for each in named if isinstance(each, str) and each in ALL_TYPES]

    @property
    def period(self) -> Period | None:
        """The accounting period named, if there is such a one."""
        name = self.body.get("accountingPeriodName")
        return self.periods.get(name) if isinstance(name, str) else None

    @property
    def span(self) -> tuple[date, date] | None:
        """The target dates given, when both are and no period is."""
        start, end = self.day("targetStartDate"), self.day("targetEndDate")
        if self.has("accountingPeriodName") or start is None or end is None:
            return None
        return start, end

    @property
    def labels(self) -> list[object]:
        """The organization labels; the specification says object, its text says array."""
        value = self.body.get("organizationLabels")
        if value is None:
            return []
        return value if isinstance(value, list) else [value]


Rule = Callable[[Draft], Iterator[Reason]]


def _missing(name: str) -> Reason:
    return Reason(REQUIRED_FIELD, f"{name} may not be null")


def dates_are_dates(draft: Draft) -> Iterator[Reason]:
    """Dates are ``yyyy-MM-dd``."""
    for name in _DATE_FIELDS:
        if draft.has(name) and draft.day(name) is None:
            yield Reason(FORMAT, f"'{name}' should be a date in the format yyyy-MM-dd")


def entry_date_is_given(draft: Draft) -> Iterator[Reason]:
    """``journalEntryDate`` is required."""
    if not draft.has("journalEntryDate"):
        yield _missing("journalEntryDate")


def types_are_given(draft: Draft) -> Iterator[Reason]:
    """``transactionTypes`` is a list of at least one object."""
    value = draft.body.get("transactionTypes")
    if value in (None, "", []):
        yield _missing("transactionTypes")
    elif not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        yield Reason(FORMAT, "'transactionTypes' should be a list of objects")


def types_are_known(draft: Draft) -> Iterator[Reason]:
    """Each item names a known transaction type."""
    for position, item in enumerate(draft.items):
        if not isinstance(item, dict):
            continue
        value = item.get("type")
        if value in (None, ""):
            yield _missing(f"transactionTypes[{position}].type")
        elif not isinstance(value, str) or value not in ALL_TYPES:
            yield _UNKNOWN_TYPE


def types_are_available(draft: Draft) -> Iterator[Reason]:
    """The tenant's settlement features decide which types exist."""
    for each in dict.fromkeys(draft.types):
        if each in UNAVAILABLE[draft.settlement]:
            yield Reason(RULE, f"Transaction type '{each}' is not available.")


def types_suit_organizations(draft: Draft) -> Iterator[Reason]:
    """Multi-Org supports no adjustment and no credit balance types."""
    if not draft.organizations:
        return
    for each in dict.fromkeys(draft.types):
        if each in MULTI_ORG_UNSUPPORTED:
            yield Reason(RULE, f"Transaction type '{each}' is not supported with Multi-Org.")


def target_is_given(draft: Draft) -> Iterator[Reason]:
    """A period, or both target dates; a start without an end is treated as incomplete."""
    if draft.has("accountingPeriodName"):
        return
    has_start, has_end = draft.has("targetStartDate"), draft.has("targetEndDate")
    if not has_start and not has_end:
        message = "accountingPeriodName, or targetStartDate and targetEndDate, may not be null"
        yield Reason(REQUIRED_FIELD, message)
    elif not has_start:
        yield _missing("targetStartDate")
    elif not has_end:
        yield _missing("targetEndDate")


def period_is_usable(draft: Draft) -> Iterator[Reason]:
    """The period exists and has an end; open or closed does not matter."""
    if not draft.has("accountingPeriodName"):
        return
    name = draft.body["accountingPeriodName"]
    if not isinstance(name, str):
        yield Reason(FORMAT, "'accountingPeriodName' should be text")
    elif draft.period is None:
        yield Reason(NOT_FOUND, f"Cannot find entity by key: '{name}'.")
    elif draft.period.is_open_ended:
        yield Reason(RULE, "A journal run cannot be created for the open-ended accounting period.")


def dates_match_period(draft: Draft) -> Iterator[Reason]:
    """Next to a period, each target date is left out or repeats the period's."""
    period = draft.period
    if period is None or period.is_open_ended:
        return
    for name, expected in (("targetStartDate", period.start), ("targetEndDate", period.end)):
        day = draft.day(name)
        if day is not None and day != expected:
            yield Reason(RULE, f"{name} must be empty or the same as in period {period.name}.")


def revenue_needs_period(draft: Draft) -> Iterator[Reason]:
    """Revenue events can only be collected for a whole period (the vendor's own message)."""
    if REVENUE_TYPE in draft.types and not draft.has("accountingPeriodName"):
        message = f"{REVENUE_TYPE} can only be selected when Target Date(s) is an Accounting Period."
        yield Reason(RULE, message)


def span_lies_in_one_period(draft: Draft) -> Iterator[Reason]:
    """Target dates are in order and inside one period that is not the open-ended one."""
    if draft.span is None:
        return
    start, end = draft.span
    if start > end:
        yield Reason(RULE, "targetStartDate must not be later than targetEndDate.")
    elif any(period.covers(start, end) for period in draft.periods.values()):
        return
    elif any(each.is_open_ended and end >= each.start for each in draft.periods.values()):
        yield Reason(RULE, "targetEndDate must not be in the open-ended accounting period.")
    else:
        yield Reason(RULE, "The target dates must be within one accounting period.")


def start_is_not_too_early(draft: Draft) -> Iterator[Reason]:
    """Nothing before 2015 can be collected, by dates or by period."""
    starts = [draft.span[0]] if draft.span else [draft.period.start] if draft.period else []
    if starts and starts[0] < EARLIEST_TARGET_DATE:
        yield Reason(RULE, f"Target dates before {EARLIEST_TARGET_DATE} are not supported.")


def organization_is_given(draft: Draft) -> Iterator[Reason]:
    """With Multi-Org a run belongs to exactly one reachable organization."""
    if not draft.organizations:
        return
    labels = draft.labels
    if not labels:
        yield _missing("organizationLabels")
    elif len(labels) > 1:
        yield Reason(RULE, "A journal run can only have one organization.")
    elif not isinstance(labels[0], dict):
        yield Reason(FORMAT, "'organizationLabels' should hold objects")
    elif not labels[0].get("organizationId") and not labels[0].get("organizationName"):
        yield _missing("organizationLabels[0].organizationId")
    elif organization_of(draft) is None:
        key = labels[0].get("organizationId") or labels[0].get("organizationName")
        yield Reason(NOT_FOUND, f"Cannot find entity by key: '{key}'.")


RULES: tuple[Rule, ...] = (
    dates_are_dates,
    entry_date_is_given,
    types_are_given,
    types_are_known,
    types_are_available,
    types_suit_organizations,
    target_is_given,
    period_is_usable,
    dates_match_period,
    revenue_needs_period,
    span_lies_in_one_period,
    start_is_not_too_early,
    organization_is_given,
)


def violations(draft: Draft) -> list[Reason]:
    """Return what breaks the rules, each reason once and no more than some; none for a valid request."""
    distinct = dict.fromkeys(reason for rule in RULES for reason in rule(draft))
    return list(distinct)[:_MOST_REASONS]


def organization_of(draft: Draft) -> str | None:
    """Return the id of the organization a draft names, by id or by name."""
    label = draft.labels[0] if draft.labels else None
    if not isinstance(label, dict):
        return None
    for key, name in draft.organizations.items():
        if label.get("organizationId") == key:
            return key
        if not label.get("organizationId") and label.get("organizationName") == name:
            return key
    return None


def order_of(draft: Draft) -> RunOrder:
    """Return what a draft without violations asks for."""
    period = draft.period
    start = period.start if period else draft.day("targetStartDate")
    end = period.end if period else draft.day("targetEndDate")
    return RunOrder(
        journal_entry_date=str(draft.body["journalEntryDate"]),
        target_start_date=str(start),
        target_end_date=str(end),
        transaction_types=tuple(draft.types),
        organization=organization_of(draft) if draft.organizations else None,
    )
