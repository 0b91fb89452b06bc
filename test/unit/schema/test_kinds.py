"""The kinds of field: what users may assign, what the server may send, what goes out."""

from __future__ import annotations

import datetime
import json
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openapi_client import (
    ApiTypeError,
    ApiValueError,
    DecodeException,
    JournalRunStatus,
    JournalRunTransactionType,
    OrganizationLabel,
    POSTJournalRunTransactionType,
)
from openapi_client._schema.kinds import (
    DAY,
    FLAG,
    INTEGER,
    MOMENT,
    TEXT,
    Choice,
    Kind,
    ListOf,
    Nested,
    OneOrMore,
    StrEnum,
    json_value,
)

STATUS = Choice(JournalRunStatus)
LABEL = Nested(OrganizationLabel)
LABELS = ListOf(OrganizationLabel)
ONE_OR_MORE = OneOrMore(OrganizationLabel)
NAMES = ListOf(TEXT)
KINDS: dict[str, Kind] = {
    "text": TEXT,
    "flag": FLAG,
    "integer": INTEGER,
    "day": DAY,
    "moment": MOMENT,
    "choice": STATUS,
    "nested": LABEL,
    "list of models": LABELS,
    "one or more": ONE_OR_MORE,
    "list of text": NAMES,
}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
D = datetime.date(2026, 3, 31)
M = datetime.datetime(2026, 3, 31, 22, 5, 12)


@pytest.mark.parametrize(
    ("kind", "sent", "value"),
    [
        (TEXT, "a", "a"),
        (TEXT, "", ""),
        (TEXT, 50000040, "50000040"),
        (TEXT, -1, "-1"),
        (FLAG, True, True),
        (FLAG, False, False),
        (INTEGER, 0, 0),
        (INTEGER, 2**63, 2**63),
        (INTEGER, 5.0, 5),
        (DAY, "2026-03-31", D),
        (DAY, "2026-03-31 22:05:12", D),
        (MOMENT, "2026-03-31 22:05:12", M),
        (MOMENT, "2026-03-31T22:05:12", M),
        (MOMENT, "2026-03-31", datetime.datetime(2026, 3, 31)),
        (STATUS, "Completed", JournalRunStatus.COMPLETED),
        (STATUS, "Archived", "Archived"),
        (NAMES, [], []),
        (NAMES, ["a", None, 1], ["a", None, "1"]),
        (ONE_OR_MORE, {"organizationId": "1"}, OrganizationLabel("1")),
        (ONE_OR_MORE, [{"organizationId": "1"}], [OrganizationLabel("1")]),
        (LABELS, [None], [None]),
    ],
)
def test_decode(kind: Kind, sent: Any, value: Any) -> None:
    """What the server may send becomes its Python value, of exactly that type."""
    decoded = kind.decode(sent, "Model.field")
    assert decoded == value
    assert type(decoded) is type(value)


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (TEXT, True),
        (TEXT, 1.5),
        (TEXT, ["a"]),
        (TEXT, {}),
        (FLAG, "false"),
        (FLAG, "true"),
        (FLAG, 0),
        (FLAG, 1),
        (FLAG, 1.0),
        (FLAG, []),
        (INTEGER, "5"),
        (INTEGER, True),
        (INTEGER, 5.5),
        (INTEGER, float("inf")),
        (INTEGER, float("nan")),
        (DAY, 20260331),
        (DAY, "2026"),
        (DAY, "yesterday"),
        (DAY, ""),
        (DAY, True),
        (DAY, ["2026-03-31"]),
        (MOMENT, 1774994712),
        (MOMENT, "22:05:12"),
        (STATUS, 5),
        (STATUS, ["Completed"]),
        (STATUS, {"Completed": 1}),
        (LABEL, "1"),
        (LABEL, []),
        (LABELS, {}),
        (LABELS, "ab"),
        (LABELS, ["ab"]),
        (LABELS, [[]]),
        (ONE_OR_MORE, "1"),
        (ONE_OR_MORE, 1),
        (ONE_OR_MORE, [[{}]]),
        (NAMES, "ab"),
        (NAMES, [True]),
    ],
)
def test_wrong_shapes(kind: Kind, sent: Any) -> None:
    """A wrong shape is a ``DecodeException`` that tells what was sent, and never a value that was made up."""
    with pytest.raises(DecodeException, match=r"should be .*, but the server sent") as caught:
        kind.decode(sent, "Model.field")
    assert len(str(caught.value.reason)) < 250


@pytest.mark.parametrize("name", KINDS)
@settings(deadline=None)
@given(sent=ANY_JSON)
def test_any_json(name: str, sent: Any) -> None:
    """Whatever JSON arrives is decoded, or is a ``DecodeException``; what was decoded can be sent and shown."""
    try:
        value = KINDS[name].decode(sent, "Model.field")
    except DecodeException:
        return
    json.dumps(KINDS[name].wire(value))
    KINDS[name].plain(value)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (TEXT, "a", "a"),
        (TEXT, JournalRunStatus.ERROR, JournalRunStatus.ERROR),
        (FLAG, False, False),
        (INTEGER, 5, 5),
        (DAY, D, D),
        (DAY, M, D),
        (DAY, " 2026-03-31 ", D),
        (DAY, "20260331", D),
        (MOMENT, M, M),
        (MOMENT, D, datetime.datetime(2026, 3, 31)),
        (MOMENT, " 2026-03-31 22:05:12", M),
        (STATUS, "Error", JournalRunStatus.ERROR),
        (STATUS, JournalRunStatus.ERROR, JournalRunStatus.ERROR),
        (LABEL, {"organizationId": "1"}, OrganizationLabel("1")),
        (LABEL, {"organization_id": "1"}, OrganizationLabel("1")),
        (LABELS, ({"organization_id": "1"},), [OrganizationLabel("1")]),
        (ONE_OR_MORE, {"organization_id": "1"}, OrganizationLabel("1")),
        (ONE_OR_MORE, [{"organization_id": "1"}], [OrganizationLabel("1")]),
        (NAMES, ("a", "b"), ["a", "b"]),
    ],
)
def test_coerce(kind: Kind, given: Any, kept: Any) -> None:
    """What a user may assign is kept, in one form."""
    value = kind.coerce(given, "field")
    assert value == kept
    assert type(value) is type(kept)


@pytest.mark.parametrize(
    ("kind", "given", "error", "message"),
    [
        (TEXT, 5, ApiTypeError, r"Invalid type for `field`: int \(5\); it must be text"),
        (TEXT, b"a", ApiTypeError, "it must be text"),
        (FLAG, 1, ApiTypeError, "it must be true or false"),
        (FLAG, "true", ApiTypeError, "it must be true or false"),
        (INTEGER, True, ApiTypeError, "a whole number"),
        (INTEGER, 5.0, ApiTypeError, "a whole number"),
        (INTEGER, "5", ApiTypeError, "a whole number"),
        (DAY, 20260331, ApiTypeError, "it must be a date"),
        (DAY, "31.03.2026", ApiValueError, r"Invalid value for `field` \('31.03.2026'\), must be a date"),
        (DAY, "2026-02-30", ApiValueError, "must be a date"),
        (DAY, "2026-03", ApiValueError, "must be a date"),
        (DAY, "", ApiValueError, "must be a date"),
        (DAY, datetime.time(22, 5), ApiTypeError, "it must be a date"),
        (MOMENT, "22:05", ApiValueError, "must be a timestamp"),
        (MOMENT, 5.5, ApiTypeError, "it must be a timestamp"),
        (STATUS, "completed", ApiValueError, r"Invalid value for `field` \(completed\), must be one of \['Pending'"),
        (STATUS, 5, ApiTypeError, "Invalid type for `field`"),
        (LABEL, "1", ApiTypeError, r"a OrganizationLabel \(or a dict with its fields\)"),
        (LABEL, {"organization_id": 1}, ApiTypeError, "`field.organization_id`"),
        (LABELS, {}, ApiTypeError, "a list of OrganizationLabel"),
        (LABELS, "ab", ApiTypeError, "a list of OrganizationLabel"),
        (LABELS, {"a", "b"}, ApiTypeError, "a list of OrganizationLabel"),
        (LABELS, [OrganizationLabel("1"), None], ApiTypeError, r"`field\[1\]`"),
        (ONE_OR_MORE, 5, ApiTypeError, "Invalid type for `field`"),
        (NAMES, ["a", 5], ApiTypeError, r"`field\[1\]`"),
    ],
)
def test_refused(kind: Kind, given: Any, error: type[Exception], message: str) -> None:
    """Anything else is refused with the field, the value and the rule."""
    with pytest.raises(error, match=message):
        kind.coerce(given, "field")


def test_list_is_kept() -> None:
    """The caller's own list stays the model's list when nothing had to be converted, as in generated code."""
    mine = [OrganizationLabel("1")]
    assert LABELS.coerce(mine, "field") is mine
    assert LABELS.coerce([{"organization_id": "1"}], "field") == mine


@pytest.mark.parametrize(
    ("kind", "value", "wire"),
    [
        (DAY, D, "2026-03-31"),
        (DAY, M, "2026-03-31"),
        (DAY, "31.03.2026", "31.03.2026"),
        (MOMENT, M, "2026-03-31 22:05:12"),
        (MOMENT, D, "2026-03-31"),
        (MOMENT, M.replace(tzinfo=datetime.timezone.utc), "2026-03-31 22:05:12+00:00"),
        (LABEL, OrganizationLabel("1"), {"organizationId": "1"}),
        (LABEL, {"day": D}, {"day": "2026-03-31"}),
        (LABELS, [OrganizationLabel("1"), {"day": D}, None], [{"organizationId": "1"}, {"day": "2026-03-31"}, None]),
        (LABELS, "junk", "junk"),
        (ONE_OR_MORE, OrganizationLabel("1"), {"organizationId": "1"}),
        (ONE_OR_MORE, [OrganizationLabel("1")], [{"organizationId": "1"}]),
    ],
)
def test_wire(kind: Kind, value: Any, wire: Any) -> None:
    """A date field always goes out as a day, models with wire names; without validation the rest goes out as it is."""
    assert kind.wire(value) == wire


class Colour(Enum):
    RED = 1


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (None, None),
        (JournalRunStatus.ERROR, "Error"),
        (Colour.RED, 1),
        ((1, D), (1, "2026-03-31")),
        ([M], ["2026-03-31T22:05:12"]),
        (datetime.time(22, 5), "22:05:00"),
        ({"a": {"b": [OrganizationLabel("1")]}}, {"a": {"b": [{"organizationId": "1"}]}}),
    ],
)
def test_json_value(value: Any, wire: Any) -> None:
    """Any value that generated code can send is turned into what JSON can hold."""
    assert json_value(value) == wire
    assert type(json_value(value)) is type(wire)


@pytest.mark.parametrize("value", [object(), {1, 2}, OrganizationLabel, 1j, [{"a": object()}]])
def test_no_json_value(value: Any) -> None:
    """What JSON cannot hold is refused with its class."""
    with pytest.raises(ApiTypeError, match="Cannot send a "):
        json_value(value)


# Enums


@pytest.mark.parametrize("member", [*JournalRunStatus, *JournalRunTransactionType])
def test_members_are_their_text(member: StrEnum) -> None:
    """A member is equal to, hashed, formatted, joined and written as the text it stands for."""
    text = str(member.value)
    assert member == text
    assert {text: 1}[member] == {member: 1}[text] == 1
    assert f"{member}" == f"{member!s}" == str(member) == text
    assert f"{member:>60}" == f"{text:>60}"
    assert json.dumps({member: member}) == json.dumps({text: text})
    assert type(member)(text) is member


def test_spelling_of_statuses() -> None:
    """The API's own spelling: a small p in progress, two l in cancelled."""
    assert [str(status) for status in JournalRunStatus] == [
        "Pending",
        "Processing",
        "Completed",
        "Error",
        "CancelInprogress",
        "Cancelled",
        "DeleteInprogress",
    ]


def test_number_of_types() -> None:
    """There are 29 transaction types, each accepted by the model of a request."""
    assert len(JournalRunTransactionType) == 29
    for member in JournalRunTransactionType:
        assert POSTJournalRunTransactionType(str(member)).type is member
