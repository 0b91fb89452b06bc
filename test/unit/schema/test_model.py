"""Models: construction, assignment, both ways through JSON, copies, and what they do not do."""

from __future__ import annotations

import copy
import datetime
import inspect
import json
import pickle
import pprint
import re
import traceback
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import openapi_client as oc
from openapi_client._schema import kinds as _kinds
from openapi_client._schema.kinds import TEXT
from openapi_client._schema.model import Field, Model, field

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MODELS: list[Any] = [
    oc.CommonResponseType,
    oc.CommonResponseTypeReasons,
    oc.GETJournalRunTransactionType,
    oc.GETJournalRunType,
    oc.OrganizationLabel,
    oc.POSTJournalRunResponseType,
    oc.POSTJournalRunTransactionType,
    oc.POSTJournalRunType,
]
OFF = oc.Configuration(client_side_validation=False)
DAY = datetime.date(2026, 3, 31)
RUN = {
    "aggregateCurrency": True,
    "executedOn": "2014-11-15 22:05:12",
    "journalEntryDate": "2026-03-31",
    "number": "JR-00000042",
    "segmentationRuleName": None,
    "status": "Completed",
    "success": True,
    "targetEndDate": "2026-03-31",
    "targetStartDate": "2026-03-01",
    "totalJournalEntryCount": 14,
    "transactionTypes": [{"type": "Invoice Item"}, {"type": "Payment Run"}],
    "organizationLabels": [{"organizationId": "1", "organizationName": "One"}],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def request_march() -> oc.POSTJournalRunType:
    return oc.POSTJournalRunType(
        accounting_period_name="Mar 2026",
        journal_entry_date=DAY,
        transaction_types=[oc.POSTJournalRunTransactionType("Invoice Item")],
    )


def strategy_of(kind: Any) -> st.SearchStrategy[Any]:
    """JSON that the server may send for a kind, with unknown enum values."""
    if isinstance(kind, _kinds.OneOrMore):
        return strategy_of(kind.item) | st.lists(strategy_of(kind.item), max_size=3)
    if isinstance(kind, _kinds.ListOf):
        return st.lists(strategy_of(kind.item), max_size=3)
    if isinstance(kind, _kinds.Nested):
        return objects(kind.model)
    if isinstance(kind, _kinds.Choice):
        return st.sampled_from([str(name) for name in kind.members]) | st.text(max_size=12)
    if kind is _kinds.MOMENT:
        return st.datetimes().map(lambda moment: moment.isoformat(" "))
    if kind is _kinds.DAY:
        return st.dates().map(datetime.date.isoformat)
    if kind is _kinds.FLAG:
        return st.booleans()
    if kind is _kinds.INTEGER:
        return st.integers()
    return st.text(max_size=12)


def objects(model: type[Model]) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects that the server may send for a model: any fields left out, unknown ones added."""
    known = {item.key: strategy_of(item.kind) for item in model._fields.values()}
    unknown = st.text(min_size=1, max_size=8).filter(lambda name: name not in known)
    return st.builds(
        lambda fields, more: {**more, **fields},
        st.fixed_dictionaries({}, optional=known),
        st.dictionaries(unknown, JSON, max_size=2),
    )


# Construction and assignment


def test_keywords_and_positions(request_march: oc.POSTJournalRunType) -> None:
    """A model is built by keyword or by position, in the generated order."""
    same = oc.POSTJournalRunType("Mar 2026", DAY, None, None, [{"type": "Invoice Item"}], None)
    assert same == request_march
    assert same.transaction_types == [oc.POSTJournalRunTransactionType(type="Invoice Item")]


def test_unknown_keyword() -> None:
    """A misspelt keyword is a ``TypeError``, as in generated code."""
    with pytest.raises(TypeError, match="unexpected keyword argument 'journal_date'"):
        oc.POSTJournalRunType(journal_date=DAY)  # type: ignore[call-overload]  # wrong on purpose


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"transaction_types": []}, "Invalid value for `journal_entry_date`, must not be `None`"),
        ({"journal_entry_date": DAY}, "Invalid value for `transaction_types`, must not be `None`"),
    ],
)
def test_required(fields: dict[str, Any], message: str) -> None:
    """A missing required field has the generated message, as a ``ValueError`` of ours."""
    with pytest.raises(oc.ApiValueError, match=message) as caught:
        oc.POSTJournalRunType(**fields)
    assert isinstance(caught.value, ValueError)


def test_required_is_checked_on_assignment(request_march: oc.POSTJournalRunType) -> None:
    """A required field cannot be emptied later; an optional one can."""
    with pytest.raises(oc.ApiValueError, match="must not be `None`"):
        request_march.journal_entry_date = None  # type: ignore[assignment]  # wrong on purpose
    request_march.accounting_period_name = None
    assert request_march.journal_entry_date == DAY
    assert "accountingPeriodName" not in json.loads(request_march.to_json())


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("journal_entry_date", "31/03/2026", oc.ApiValueError),
        ("journal_entry_date", 20260331, oc.ApiTypeError),
        ("accounting_period_name", 3, oc.ApiTypeError),
        ("transaction_types", "Invoice Item", oc.ApiTypeError),
        ("transaction_types", ["Invoice Item"], oc.ApiTypeError),
        ("transaction_types", [{"type": "Invoices"}], oc.ApiValueError),
        ("transaction_types", [{}], oc.ApiValueError),
        ("organization_labels", "One", oc.ApiTypeError),
    ],
)
def test_refused(request_march: oc.POSTJournalRunType, name: str, value: Any, error: type[Exception]) -> None:
    """Construction and assignment refuse the same values, and a refused assignment changes nothing."""
    before = request_march.to_dict()
    with pytest.raises(error):
        setattr(request_march, name, value)
    assert request_march.to_dict() == before
    given = {"journal_entry_date": DAY, "transaction_types": [], name: value}
    with pytest.raises(error):
        oc.POSTJournalRunType(**given)


def test_misspelt_enum_value() -> None:
    """A wrong value of an enum gets the nearest ones, not all."""
    expected = (
        r"Invalid value for `type` \(Invoices\), must be one of the 29 values of JournalRunTransactionType; did you "
    )
    with pytest.raises(oc.ApiValueError, match=expected + "mean 'Invoice Item' or 'Invoice Adjustment'"):
        oc.POSTJournalRunTransactionType("Invoices")


def test_dates_in_every_form(request_march: oc.POSTJournalRunType) -> None:
    """A date, a datetime and ISO text mean the same day, and go out as ``YYYY-MM-DD``."""
    for value in (DAY, datetime.datetime(2026, 3, 31, 23, 59), "2026-03-31", "20260331", "2026-03-31T10:00:00Z"):
        request_march.target_end_date = value  # type: ignore[assignment]  # wrong on purpose
        assert request_march.target_end_date == DAY
        assert type(request_march.target_end_date) is datetime.date
        assert json.loads(request_march.to_json())["targetEndDate"] == "2026-03-31"


def test_validation_off() -> None:
    """With validation off anything is kept, sent as given, and dates still travel as days."""
    model = oc.POSTJournalRunType("Mar 2026", "soon", None, None, None, OFF, 5)
    model.transaction_types = "everything"  # type: ignore[assignment]  # wrong on purpose
    model.target_end_date = datetime.datetime(2026, 3, 31, 22, 5)
    assert json.loads(model.to_json()) == {
        "accountingPeriodName": "Mar 2026",
        "journalEntryDate": "soon",
        "targetEndDate": "2026-03-31",
        "transactionTypes": "everything",
        "organizationLabels": 5,
    }
    assert model.to_dict()["transaction_types"] == "everything"
    assert oc.POSTJournalRunTransactionType(local_vars_configuration=OFF).type is None


def test_validation_switched_later(request_march: oc.POSTJournalRunType) -> None:
    """``local_vars_configuration`` can be set on a model, too."""
    request_march.local_vars_configuration = OFF  # type: ignore[misc,assignment]  # wrong on purpose
    request_march.accounting_period_name = 5  # type: ignore[assignment]  # wrong on purpose
    assert request_march.accounting_period_name == 5
    request_march.local_vars_configuration = oc.Configuration()  # type: ignore[misc,assignment]  # wrong on purpose
    with pytest.raises(oc.ApiTypeError):
        request_march.accounting_period_name = 6  # type: ignore[assignment]  # wrong on purpose


def test_unknown_attribute_warns(request_march: oc.POSTJournalRunType) -> None:
    """A misspelt attribute warns at the caller's line, names the fields, and is not sent."""
    with pytest.warns(UserWarning, match="no field 'target_enddate'.* its fields are: .*target_end_date") as caught:
        request_march.target_enddate = DAY  # type: ignore[attr-defined]  # wrong on purpose
    assert caught[0].filename == __file__
    assert "target_enddate" not in request_march.to_json()


@pytest.mark.parametrize("model", MODELS)
def test_fields(model: Any) -> None:
    """Class attributes describe the fields; an instance without a value has ``None``."""
    for name in model.openapi_types:
        assert isinstance(getattr(model, name), Field)
        assert getattr(model(local_vars_configuration=OFF), name) is None
    assert list(model.openapi_types) == list(model.attribute_map) == list(model._fields)


@pytest.mark.parametrize("model", MODELS)
def test_signature(model: Any) -> None:
    """``help`` shows the real parameters, with what we added after the generated ones."""
    names = list(inspect.signature(model).parameters)
    assert {*names} == {*model.openapi_types, "local_vars_configuration"}
    added = names[names.index("local_vars_configuration") + 1 :]
    assert added == [name for name, item in model._fields.items() if item.added]


@pytest.mark.parametrize("model", MODELS)
def test_fields_are_documented(model: Any) -> None:
    """Each model has a docstring, and each field one below it."""
    source = inspect.getsource(model)
    assert inspect.getdoc(model)
    assert source.count('"""') >= 2 * (1 + len(model.openapi_types))


def test_compiled_code_shows_in_tracebacks() -> None:
    """The constructor and the codecs are compiled, and a traceback shows their lines."""
    with pytest.raises(oc.ApiTypeError) as caught:
        oc.POSTJournalRunType(accounting_period_name=5)  # type: ignore[call-overload]  # wrong on purpose
    shown = "".join(traceback.format_exception(caught.value))
    assert "<__init__ of openapi_client.models.post_journal_run_type.POSTJournalRunType>" in shown
    assert "if accounting_period_name is not None: _values['accounting_period_name'] = " in shown


class Labels(Model):
    """A model with a property of its own."""

    first: str | None = field("first", TEXT, default=None)

    @property
    def upper(self) -> str:
        """The first label in capitals."""
        return (self.first or "").upper()

    @upper.setter
    def upper(self, value: str) -> None:
        self.first = value.lower()


def test_properties_of_a_subclass() -> None:
    """A property of a user's own class works as Python says."""
    labels = Labels("a")
    labels.upper = "B"
    assert (labels.first, labels.upper) == ("b", "B")
    assert labels.to_json() == '{"first": "b"}'


# JSON in


def test_decode_run() -> None:
    """A run as the server sends it: dates, nulls, unknown enum values, nested models."""
    run = oc.GETJournalRunType.from_dict(RUN)
    assert run.executed_on == datetime.datetime(2014, 11, 15, 22, 5, 12)
    assert run.journal_entry_date == DAY
    assert run.status is oc.JournalRunStatus.COMPLETED
    assert run.segmentation_rule_name is None
    assert run.transaction_types is not None
    assert [item.type for item in run.transaction_types] == ["Invoice Item", "Payment Run"]
    assert run.organization_labels == [oc.OrganizationLabel("1", "One")]
    assert (
        run
        == oc.GETJournalRunType.from_json(json.dumps(RUN))
        == oc.GETJournalRunType.from_json(json.dumps(RUN).encode())
    )


def test_decode_failure() -> None:
    """A failure has its reasons in every answer, with numeric codes as text."""
    body = {"success": False, "processId": "A", "reasons": [{"code": 50000040, "message": "m"}], "requestId": "r"}
    for model in (oc.CommonResponseType, oc.GETJournalRunType, oc.POSTJournalRunResponseType):
        answer = model.from_dict(body)
        assert answer.success is False
        assert answer.reasons == [oc.CommonResponseTypeReasons("50000040", "m")]
        assert (answer.process_id, answer.request_id) == ("A", "r")


def test_absent_success_is_not_invented() -> None:
    """An absent flag stays ``None``."""
    assert oc.CommonResponseType.from_dict({}).success is None


@pytest.mark.parametrize("model", MODELS)
@UNHURRIED
@given(data=st.data())
def test_round_trip(model: Any, data: st.DataObject) -> None:
    """What the server may send survives decoding and encoding, unknown fields and enum values included."""
    sent = data.draw(objects(model))
    decoded = model.from_dict(sent)
    assert json.loads(decoded.to_json()) == sent
    assert model.from_json(decoded.to_json()) == decoded
    assert pickle.loads(pickle.dumps(decoded)) == decoded
    assert copy.deepcopy(decoded) == decoded
    assert decoded.additional_properties == {k: v for k, v in sent.items() if k not in model.attribute_map.values()}
    pprint.pformat(decoded)


@pytest.mark.parametrize("model", MODELS)
@UNHURRIED
@given(sent=JSON)
def test_any_json(model: Any, sent: Any) -> None:
    """Whatever JSON arrives is a model, or a ``DecodeException``."""
    try:
        decoded = model.from_dict(sent)
    except oc.DecodeException:
        assert type(sent) is not dict or {*sent} & {*model.attribute_map.values()}
        return
    left_out = [name for name in sent if sent[name] is None and name in model.attribute_map.values()]
    assert json.loads(decoded.to_json()).keys() == sent.keys() - left_out


@pytest.mark.parametrize("model", MODELS)
@UNHURRIED
@given(data=st.data())
def test_any_values(model: Any, data: st.DataObject) -> None:
    """Whatever stands in the fields, decoding gives a model that can be sent and shown, or a ``DecodeException``."""
    keys = sorted(model.attribute_map.values())
    sent = data.draw(st.dictionaries(st.sampled_from(keys), JSON, min_size=1))
    try:
        decoded = model.from_dict(sent)
    except oc.DecodeException as error:
        assert "should be" in str(error.reason)
        return
    decoded.to_json()
    decoded.to_dict()
    repr(decoded)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ([], "GETJournalRunType should be an object"),
        ("text", "GETJournalRunType should be an object"),
        (None, "GETJournalRunType should be an object"),
        ({"success": "false"}, "GETJournalRunType.success should be true or false, but the server sent str 'false'"),
        ({"journalEntryDate": 20260331}, "GETJournalRunType.journalEntryDate should be an ISO 8601 date"),
        ({"executedOn": "Nov 15"}, "GETJournalRunType.executedOn should be an ISO 8601 datetime"),
        ({"transactionTypes": {"type": "a"}}, "GETJournalRunType.transactionTypes should be a list"),
        ({"transactionTypes": ["a"]}, "GETJournalRunTransactionType should be an object"),
        ({"totalJournalEntryCount": "14"}, "GETJournalRunType.totalJournalEntryCount should be a whole number"),
        ({"status": 5}, "GETJournalRunType.status should be text"),
    ],
)
def test_wrong_shapes(body: Any, where: str) -> None:
    """The error for a wrong shape names the field, what it should be and what was sent."""
    with pytest.raises(oc.DecodeException) as caught:
        oc.GETJournalRunType.from_dict(body)
    assert where in str(caught.value.reason)


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[]", '"a"', b"\xff", '{"a": NaN}', '{"a": Infinity}', "[" * 100_000]
)
def test_from_json_of_nonsense(text: Any) -> None:
    """Text that is no JSON object is a ``DecodeException``, ``NaN`` included, since it could not be sent back."""
    with pytest.raises(oc.DecodeException):
        oc.CommonResponseType.from_json(text)


def test_text_from_the_server_may_be_long() -> None:
    """Numbers of any size survive in an unknown field."""
    text = '{"success": true, "big": 123456789012345678901234567890, "exact": 0.1}'
    assert oc.CommonResponseType.from_json(text).to_json() == text


# JSON out


def test_none_is_left_out(request_march: oc.POSTJournalRunType) -> None:
    """``None`` means 'leave out' on the wire, and is shown by ``to_dict``."""
    assert json.loads(request_march.to_json()) == {
        "accountingPeriodName": "Mar 2026",
        "journalEntryDate": "2026-03-31",
        "transactionTypes": [{"type": "Invoice Item"}],
    }
    assert request_march.to_dict() == {
        "accounting_period_name": "Mar 2026",
        "journal_entry_date": DAY,
        "target_end_date": None,
        "target_start_date": None,
        "transaction_types": [{"type": "Invoice Item"}],
        "organization_labels": None,
    }


def test_to_dict_is_plain() -> None:
    """``to_dict`` has Python names, and enum members as plain text, so that any serializer takes it."""
    shown = oc.GETJournalRunType.from_dict(RUN).to_dict()
    assert type(shown["status"]) is str
    assert type(shown["transaction_types"][0]["type"]) is str
    assert shown["organization_labels"] == [{"organization_id": "1", "organization_name": "One"}]
    assert shown["executed_on"] == datetime.datetime(2014, 11, 15, 22, 5, 12)


def test_to_str_and_repr(request_march: oc.POSTJournalRunType) -> None:
    """``to_str`` and ``repr`` are the laid-out ``to_dict``."""
    assert (
        request_march.to_str() == repr(request_march) == str(request_march) == pprint.pformat(request_march.to_dict())
    )


def test_one_label_or_many(request_march: oc.POSTJournalRunType) -> None:
    """Organization labels go out as they were given: one object, or a list."""
    request_march.organization_labels = {"organization_id": "1"}  # type: ignore[assignment]  # wrong on purpose
    assert json.loads(request_march.to_json())["organizationLabels"] == {"organizationId": "1"}
    assert request_march.to_dict()["organization_labels"]["organization_id"] == "1"
    request_march.organization_labels = [oc.OrganizationLabel(organization_name="One")]
    assert json.loads(request_march.to_json())["organizationLabels"] == [{"organizationName": "One"}]


def test_unknown_fields_of_a_user() -> None:
    """Fields that this version does not know can be set, by their wire names, and hold what JSON can hold."""
    label = oc.OrganizationLabel("1")
    label.additional_properties["since"] = DAY
    label.additional_properties = {**label.additional_properties, "kind": oc.JournalRunStatus.ERROR, "of": label}
    with pytest.raises(RecursionError):
        label.to_json()
    label.additional_properties["of"] = oc.OrganizationLabel("2")
    assert json.loads(label.to_json()) == {
        "organizationId": "1",
        "since": "2026-03-31",
        "kind": "Error",
        "of": {"organizationId": "2"},
    }


def test_lists_can_be_changed(request_march: oc.POSTJournalRunType) -> None:
    """What is appended to a list of the model is sent."""
    request_march.transaction_types.append(oc.POSTJournalRunTransactionType("Taxation Item"))
    assert json.loads(request_march.to_json())["transactionTypes"] == [
        {"type": "Invoice Item"},
        {"type": "Taxation Item"},
    ]


# Values


def test_equality(request_march: oc.POSTJournalRunType) -> None:
    """Equal means: of one class, with equal fields, known and unknown."""
    other = copy.deepcopy(request_march)
    assert other == request_march
    assert (other != request_march) is False
    other.additional_properties["x"] = 1
    assert other != request_march
    assert oc.GETJournalRunTransactionType("Invoice Item") != oc.POSTJournalRunTransactionType("Invoice Item")
    assert oc.OrganizationLabel() != {}
    assert oc.OrganizationLabel() != oc.OrganizationLabel("")


def test_looking_at_unknown_fields_changes_nothing() -> None:
    """Reading ``additional_properties`` does not make two models differ."""
    one, other = oc.OrganizationLabel("1"), oc.OrganizationLabel("1")
    assert one.additional_properties == {}
    assert one == other
    assert one.to_json() == other.to_json()


def test_no_hash(request_march: oc.POSTJournalRunType) -> None:
    """A model can change, so it has no hash."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(request_march)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(model: Any, protocol: int) -> None:
    """Models pickle with every protocol, validation switch included."""
    one = model(local_vars_configuration=OFF)
    one.additional_properties["x"] = 1
    other = pickle.loads(pickle.dumps(one, protocol))
    assert other == one
    assert other.local_vars_configuration.client_side_validation is False


def test_copies(request_march: oc.POSTJournalRunType) -> None:
    """A shallow copy shares its lists, a deep copy shares nothing."""
    assert copy.copy(request_march).transaction_types is request_march.transaction_types
    deep = copy.deepcopy(request_march)
    deep.transaction_types[0].type = "Taxation Item"
    assert request_march.transaction_types[0].type == "Invoice Item"


def test_models_are_light() -> None:
    """An instance holds its values and nothing else: no configuration, no loggers."""
    assert vars(oc.OrganizationLabel("1")) == {"organization_id": "1"}
    assert vars(oc.GETJournalRunType.from_dict({"number": "JR-1", "status": None})) == {"number": "JR-1"}


# Inheritance


def test_subclass() -> None:
    """A subclass adds fields, and gets constructor and codecs of its own, also after its parent's were compiled."""
    oc.OrganizationLabel.from_dict({}).to_json()

    class Label(oc.OrganizationLabel):
        """With a region."""

        region: str | None = field("theRegion", TEXT, default=None)

    label = Label(organization_id="1", region="EU")
    assert json.loads(label.to_json()) == {"organizationId": "1", "theRegion": "EU"}
    assert Label.from_json(label.to_json()) == label
    assert Label.attribute_map["region"] == "theRegion"
    assert "region" not in oc.OrganizationLabel.attribute_map
    assert oc.OrganizationLabel.from_dict({"theRegion": "EU"}).additional_properties == {"theRegion": "EU"}


def test_subclass_with_a_constructor() -> None:
    """A subclass may bring its own constructor and methods."""

    class March(oc.POSTJournalRunType):
        def __init__(self) -> None:
            super().__init__("Mar 2026", DAY, None, None, [])

    assert json.loads(March().to_json())["accountingPeriodName"] == "Mar 2026"
    assert March.from_dict({}).accounting_period_name is None


# Rules between fields

TYPES = [{"type": "Invoice Item"}]
GOOD: dict[str, Any] = {"journal_entry_date": DAY, "transaction_types": TYPES, "accounting_period_name": "Mar 2026"}
DATES: dict[str, Any] = {
    "accounting_period_name": None,
    "target_start_date": datetime.date(2026, 3, 1),
    "target_end_date": DAY,
}


@pytest.mark.parametrize("changes", [{}, DATES, {**DATES, "accounting_period_name": "Mar 2026"},
                                     {"transaction_types": [{"type": "Revenue Event Item"}]}])  # fmt: skip
def test_no_problems(changes: dict[str, Any]) -> None:
    """A request that breaks no rule has no problems."""
    assert oc.POSTJournalRunType(**{**GOOD, **changes}).problems() == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"accounting_period_name": None}, "accounting_period_name, or target_start_date with target_end_date"),
        ({"accounting_period_name": " "}, "accounting_period_name is blank"),
        ({"accounting_period_name": "Open-Ended"}, "must not be the open-ended period"),
        ({**DATES, "target_start_date": None}, "target_start_date is required when target_end_date is given"),
        ({**DATES, "target_end_date": None}, "target_end_date is required when target_start_date is given"),
        ({**DATES, "target_end_date": datetime.date(2026, 2, 1)}, r"target_end_date \(2026-02-01\) is before"),
        ({**DATES, "target_start_date": datetime.date(2014, 12, 31)}, "before 2015-01-01, the earliest target date"),
        ({"transaction_types": []}, "transaction_types needs at least one"),
        ({**DATES, "transaction_types": [{"type": "Revenue Event Item"}]}, "Revenue Event Item can only be collected"),
        ({"transaction_types": TYPES * 2}, "names Invoice Item more than once"),
    ],
)
def test_problems(changes: dict[str, Any], problem: str) -> None:
    """Each broken rule is told in words, and nothing else."""
    found = oc.POSTJournalRunType(**{**GOOD, **changes}).problems()
    assert len(found) == 1
    assert re.search(problem, found[0])


def test_problems_of_unchecked_requests() -> None:
    """Without validation anything may stand in the fields, and the list still names what is missing."""
    empty = oc.POSTJournalRunType(local_vars_configuration=OFF)
    assert empty.problems()[:2] == [
        "journal_entry_date is required",
        "transaction_types needs at least one transaction type",
    ]
    for types in (["a", None], [{"type": 5}, {"type": []}], "everything", 5):
        odd = oc.POSTJournalRunType(5, "soon", "x", 7, types, OFF)
        assert odd.problems() == []
    twice = oc.POSTJournalRunType("Mar 2026", DAY, None, None, [{"type": "Invoice Item"}] * 2, OFF)
    assert twice.problems() == ["transaction_types names Invoice Item more than once"]


def test_all_missing_fields_at_once() -> None:
    """A model says everything that it lacks."""
    with pytest.raises(oc.ApiValueError) as caught:
        oc.POSTJournalRunType("Mar 2026")
    assert str(caught.value) == "Invalid values for `journal_entry_date`, `transaction_types`, must not be `None`"
    with pytest.raises(oc.ApiValueError) as caught:
        oc.POSTJournalRunType("Mar 2026", transaction_types=[])
    assert str(caught.value) == "Invalid value for `journal_entry_date`, must not be `None`"


def test_misspelt_argument() -> None:
    """A misspelt field is an error of this package, with the nearest one; the shown signature has the fields only."""
    with pytest.raises(oc.ApiTypeError) as caught:
        oc.POSTJournalRunType(acounting_period_name="Mar 2026")
    assert str(caught.value) == (
        "POSTJournalRunType got an unexpected keyword argument 'acounting_period_name'; "
        "did you mean 'accounting_period_name'?"
    )
    assert all(
        each.kind is each.POSITIONAL_OR_KEYWORD for each in inspect.signature(oc.OrganizationLabel).parameters.values()
    )
