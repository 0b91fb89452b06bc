"""The rules of a create request, one table row for each way to break one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox import Period
from openapi_client.sandbox.journal_runs.ledger import RunOrder
from openapi_client.sandbox.journal_runs.periods import seeded_periods
from openapi_client.sandbox.journal_runs.rules import Draft, order_of, violations
from openapi_client.sandbox.journal_runs.transaction_types import ALL_TYPES, MULTI_ORG_UNSUPPORTED, UNAVAILABLE

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

PERIODS = {
    each.name: each
    for each in [
        *seeded_periods(date(2026, 6, 15)),
        Period("Old", date(2014, 12, 1), date(2014, 12, 31)),
        Period("Closed", date(2020, 1, 1), date(2020, 1, 31), "Closed"),
    ]
}
BY_PERIOD = {
    "journalEntryDate": "2026-06-30",
    "accountingPeriodName": "Jun 2026",
    "transactionTypes": [{"type": "Invoice Item"}],
}
BY_DATES = {
    "journalEntryDate": "2026-06-30",
    "targetStartDate": "2026-06-01",
    "targetEndDate": "2026-06-30",
    "transactionTypes": [{"type": "Invoice Item"}],
}
ORGANIZATIONS = {"org-1": "North", "org-2": "South"}
REVENUE_MESSAGE = "Revenue Event Item can only be selected when Target Date(s) is an Accounting Period."


def broken(body, *, organizations=None, settlement="any"):
    draft = Draft(body, PERIODS, organizations or {}, settlement)
    return [(reason.category, reason.message) for reason in violations(draft)]


def categories(body, **tenant):
    return [category for category, _ in broken(body, **tenant)]


def without(body, *names):
    return {name: value for name, value in body.items() if name not in names}


@pytest.mark.parametrize(
    "body",
    [
        BY_PERIOD,
        BY_DATES,
        {**BY_PERIOD, "targetStartDate": "2026-06-01", "targetEndDate": "2026-06-30"},
        {**BY_PERIOD, "targetStartDate": "", "targetEndDate": None},
        {**BY_PERIOD, "accountingPeriodName": "Closed"},
        {**BY_DATES, "targetStartDate": "2026-06-15", "targetEndDate": "2026-06-15"},
        {**BY_PERIOD, "surprise": {"deep": [1, 2.5, None]}},
        {**BY_PERIOD, "transactionTypes": [{"type": "Revenue Event Item"}]},
        {**BY_PERIOD, "transactionTypes": [{"type": each} for each in ALL_TYPES]},
    ],
)
def test_a_valid_body_breaks_no_rule(body):
    """A period, or a span inside one, with known types is all it takes."""
    assert broken(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (without(BY_PERIOD, "journalEntryDate"), (22, "journalEntryDate may not be null")),
        ({**BY_PERIOD, "journalEntryDate": None}, (22, "journalEntryDate may not be null")),
        ({**BY_PERIOD, "journalEntryDate": ""}, (22, "journalEntryDate may not be null")),
        ({**BY_PERIOD, "journalEntryDate": "30/06/2026"}, (20, "'journalEntryDate' should be a date in the format")),
        ({**BY_PERIOD, "journalEntryDate": "2026-02-30"}, (20, "'journalEntryDate' should be a date in the format")),
        ({**BY_PERIOD, "journalEntryDate": "2026-6-3"}, (20, "'journalEntryDate' should be a date in the format")),
        ({**BY_PERIOD, "journalEntryDate": "20260630"}, (20, "'journalEntryDate' should be a date in the format")),
        ({**BY_PERIOD, "journalEntryDate": 20260630}, (20, "'journalEntryDate' should be a date in the format")),
        ({**BY_PERIOD, "journalEntryDate": "٢٠٢٦-٠٦-٣٠"}, (20, "'journalEntryDate' should be a date in the format")),
        (without(BY_PERIOD, "transactionTypes"), (22, "transactionTypes may not be null")),
        ({**BY_PERIOD, "transactionTypes": []}, (22, "transactionTypes may not be null")),
        ({**BY_PERIOD, "transactionTypes": "Invoice Item"}, (20, "'transactionTypes' should be a list of objects")),
        ({**BY_PERIOD, "transactionTypes": ["Invoice Item"]}, (20, "'transactionTypes' should be a list of objects")),
        ({**BY_PERIOD, "transactionTypes": [{}]}, (22, "transactionTypes[0].type may not be null")),
        ({**BY_PERIOD, "transactionTypes": [{"type": None}]}, (22, "transactionTypes[0].type may not be null")),
        ({**BY_PERIOD, "transactionTypes": [{"type": "Gift"}]}, (20, "'type' value should be one of: Invoice Item, ")),
        ({**BY_PERIOD, "transactionTypes": [{"type": ["Invoice Item"]}]}, (20, "'type' value should be one of: ")),
        (
            without(BY_PERIOD, "accountingPeriodName"),
            (22, "accountingPeriodName, or targetStartDate and targetEndDate, may not be null"),
        ),
        (without(BY_DATES, "targetStartDate"), (22, "targetStartDate may not be null")),
        (without(BY_DATES, "targetEndDate"), (22, "targetEndDate may not be null")),
        ({**BY_PERIOD, "accountingPeriodName": "Jun 1999"}, (40, "Cannot find entity by key: 'Jun 1999'.")),
        ({**BY_PERIOD, "accountingPeriodName": 7}, (20, "'accountingPeriodName' should be text")),
        ({**BY_PERIOD, "accountingPeriodName": "Open-Ended"}, (30, "A journal run cannot be created for the open-")),
        ({**BY_PERIOD, "targetStartDate": "2026-06-02"}, (30, "targetStartDate must be empty or the same as in")),
        ({**BY_PERIOD, "targetEndDate": "2026-07-01"}, (30, "targetEndDate must be empty or the same as in period")),
        ({**BY_DATES, "transactionTypes": [{"type": "Revenue Event Item"}]}, (30, REVENUE_MESSAGE)),
        ({**BY_DATES, "targetStartDate": "2026-07-01"}, (30, "targetStartDate must not be later than targetEndDate.")),
        ({**BY_DATES, "targetEndDate": "2026-07-01"}, (30, "The target dates must be within one accounting period.")),
        (
            {**BY_DATES, "targetStartDate": "2028-06-01", "targetEndDate": "2028-06-30"},
            (30, "targetEndDate must not be in the open-ended accounting period."),
        ),
        ({**BY_PERIOD, "accountingPeriodName": "Old"}, (30, "Target dates before 2015-01-01 are not supported.")),
        (
            {**BY_DATES, "targetStartDate": "2014-12-05", "targetEndDate": "2014-12-06"},
            (30, "Target dates before 2015-01-01 are not supported."),
        ),
    ],
)
def test_each_broken_rule_has_its_reason(body, expected):
    """Breaking one rule gives one reason, with the category and the message of that rule."""
    reasons = broken(body)
    assert len(reasons) == 1
    category, message = expected
    assert reasons[0][0] == category
    assert reasons[0][1].startswith(message)


def test_every_broken_rule_is_told_at_once():
    """Several mistakes give several reasons."""
    assert categories({"transactionTypes": [{"type": "Gift"}, {}]}) == [22, 20, 22, 22]


def test_the_types_are_the_vendor_enumeration():
    """There are 29 transaction types, the same since 2021."""
    assert len(ALL_TYPES) == len(set(ALL_TYPES)) == 29


@pytest.mark.parametrize(
    ("settlement", "kind", "is_available"),
    [
        ("off", "External Payment", True),
        ("off", "Debit Memo Item (Tax)", False),
        ("off", "External Payment Application", False),
        ("invoice", "Debit Memo Item (Tax)", True),
        ("invoice", "External Payment", False),
        ("invoice", "External Payment Application", True),
        ("invoice", "External Payment Application Item", False),
        ("item", "External Payment Application", False),
        ("item", "External Payment Application Item", True),
        ("item", "Invoice Item", True),
    ],
)
def test_settlement_features_decide_which_types_exist(settlement, kind, is_available):
    """Invoice Settlement brings memos and applications and takes plain payments away."""
    body = {**BY_PERIOD, "transactionTypes": [{"type": kind}]}
    expected = [] if is_available else [(30, f"Transaction type '{kind}' is not available.")]
    assert broken(body, settlement=settlement) == expected


def test_no_tenant_lacks_everything():
    """Invoice and taxation items exist with every setting."""
    assert all({"Invoice Item", "Taxation Item"}.isdisjoint(missing) for missing in UNAVAILABLE.values())


@pytest.mark.parametrize("kind", sorted(MULTI_ORG_UNSUPPORTED))
def test_multi_org_takes_no_adjustments_and_credit_balances(kind):
    """Nine types are unsupported with Multi-Org, and each is named."""
    body = {**BY_PERIOD, "transactionTypes": [{"type": kind}], "organizationLabels": [{"organizationId": "org-1"}]}
    assert broken(body, organizations=ORGANIZATIONS) == [
        (30, f"Transaction type '{kind}' is not supported with Multi-Org.")
    ]


@pytest.mark.parametrize(
    "labels",
    [
        [{"organizationId": "org-2"}],
        [{"organizationName": "South"}],
        {"organizationId": "org-2"},
        [{"organizationId": "org-2", "organizationName": "whatever"}],
    ],
)
def test_an_organization_is_named_by_id_or_name(labels):
    """One label, in a list or bare, by id or by name, and the id wins."""
    body = {**BY_PERIOD, "organizationLabels": labels}
    assert broken(body, organizations=ORGANIZATIONS) == []
    assert order_of(Draft(body, PERIODS, ORGANIZATIONS)).organization == "org-2"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (None, (22, "organizationLabels may not be null")),
        ([], (22, "organizationLabels may not be null")),
        ([{}], (22, "organizationLabels[0].organizationId may not be null")),
        ({}, (22, "organizationLabels[0].organizationId may not be null")),
        (["org-1"], (20, "'organizationLabels' should hold objects")),
        ("North", (20, "'organizationLabels' should hold objects")),
        ([{"organizationId": "org-9"}], (40, "Cannot find entity by key: 'org-9'.")),
        ([{"organizationName": "West"}], (40, "Cannot find entity by key: 'West'.")),
        ([{"organizationId": "org-1"}, {"organizationId": "org-2"}], (30, "A journal run can only have one organiz")),
    ],
)
def test_multi_org_needs_one_known_organization(labels, expected):
    """With Multi-Org, a run belongs to exactly one reachable organization."""
    reasons = broken({**BY_PERIOD, "organizationLabels": labels}, organizations=ORGANIZATIONS)
    assert len(reasons) == 1
    assert (reasons[0][0], reasons[0][1].startswith(expected[1])) == (expected[0], True)


def test_labels_are_ignored_without_multi_org():
    """A tenant without organizations does not look at the field."""
    assert broken({**BY_PERIOD, "organizationLabels": ["anything"]}) == []


def test_an_order_by_period_takes_the_dates_of_the_period():
    """The dates kept for a run are those of its period, and types keep their order."""
    body = {**BY_PERIOD, "transactionTypes": [{"type": "Taxation Item"}, {"type": "Invoice Item"}]}
    assert order_of(Draft(body, PERIODS, {})) == RunOrder(
        "2026-06-30", "2026-06-01", "2026-06-30", ("Taxation Item", "Invoice Item"), None
    )


def test_an_order_by_dates_keeps_the_dates():
    """A span inside a period is kept as given."""
    body = {**BY_DATES, "targetStartDate": "2026-06-10", "targetEndDate": "2026-06-11"}
    order = order_of(Draft(body, PERIODS, {}))
    assert (order.target_start_date, order.target_end_date) == ("2026-06-10", "2026-06-11")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_LIKELY = st.sampled_from(["2026-06-30", "2026-06-01", "Jun 2026", "", "Open-Ended", [{"type": "Invoice Item"}]])
_FIELDS = st.sampled_from([*BY_PERIOD, *BY_DATES, "organizationLabels"])


@UNHURRIED
@given(body=st.dictionaries(_FIELDS, _JSON | _LIKELY), has_organizations=st.booleans())
def test_no_json_breaks_the_rules_themselves(body, has_organizations):
    """Any JSON object is either refused with reasons, or can be ordered."""
    draft = Draft(body, PERIODS, ORGANIZATIONS if has_organizations else {})
    if not violations(draft):
        order = order_of(draft)
        assert date.fromisoformat(order.target_start_date) <= date.fromisoformat(order.target_end_date)
        assert order.transaction_types


@UNHURRIED
@given(value=st.text(max_size=12))
def test_only_a_date_is_a_date(value):
    """A date field reads exactly what prints back the same."""
    day = Draft({"targetStartDate": value}, {}, {}).day("targetStartDate")
    assert day is None or day.isoformat() == value


@UNHURRIED
@given(day=st.dates(date(1000, 1, 1)))
def test_every_date_is_read(day):
    """Every day in the vendor's form is understood."""
    assert Draft({"targetStartDate": day.isoformat()}, {}, {}).day("targetStartDate") == day
