"""Options come from the fields of the description, and files and options make one request."""

from __future__ import annotations

import io
from argparse import ArgumentParser, Namespace

import pytest

from openapi_client import ApiValueError, POSTJournalRunType
from openapi_client._schema.kinds import FLAG, INTEGER, NUMBER, Choice, ListOf, StrEnum
from openapi_client._schema.model import Model, field
from openapi_client.cli import fields
from openapi_client.cli.description import about_field, option_of

FILE = (
    '{"accountingPeriodName": "FY", "journal_entry_date": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}'
)


class Colour(StrEnum):
    RED = "Red"


class Everything(Model):
    """A field of every kind that the request of today does not have."""

    is_big: bool | None = field("isBig", FLAG, default=None)
    how_many: int | None = field("howMany", INTEGER, default=None)
    how_much: float | None = field("howMuch", NUMBER, default=None)
    colour: str | None = field("colour", Choice(Colour), default=None)
    sizes: list[int] | None = field("sizes", ListOf(INTEGER), default=None)


@pytest.fixture
def everything(monkeypatch):
    monkeypatch.setattr(fields, "about_field", lambda model, name: f"about {name}")
    parser = ArgumentParser(exit_on_error=False)
    fields.add_fields(parser, Everything)
    return parser


def test_every_field_is_an_option(run):
    """With the sentence that the description has for it."""
    text = " ".join(run("create", "--help").out.split())
    for name in POSTJournalRunType.openapi_types:
        assert f"{option_of(name)} " in text
        assert about_field(POSTJournalRunType, name).split(",")[0] in text


def test_help_speaks_of_options(run):
    """A field that another one mentions is named as its option is."""
    assert "goes with --target-end-date" in " ".join(run("create", "--help").out.split())


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--is-big"], {"is_big": True}),
        (["--no-is-big"], {"is_big": False}),
        (["--how-many", "3"], {"how_many": 3}),
        (["--how-much", "3.5"], {"how_much": 3.5}),
        (["--colour", "Red"], {"colour": "Red"}),
        (["--sizes", "1", "2", "--sizes", "3"], {"sizes": [1, 2, 3]}),
        ([], {}),
    ],
)
def test_a_new_field_of_any_kind_becomes_an_option(everything, arguments, found):
    """Flags, numbers, choices and lists, without a line for any of them."""
    options = everything.parse_args(arguments)
    assert vars(options) == found
    request = fields.request_from(Everything, options, None, io.StringIO())
    assert {name: value for name, value in request.to_dict().items() if value is not None} == found


def test_no_number_is_refused(everything):
    """With what it should be."""
    with pytest.raises(Exception, match="should be a whole number, not 'x'"):
        everything.parse_args(["--how-many", "x"])


def test_a_file_and_options_make_one_request():
    """The option wins, however the file spells the field."""
    options = Namespace(accounting_period_name="Mar 2026", command="create")
    request = fields.request_from(POSTJournalRunType, options, "-", io.StringIO(FILE))
    assert request.accounting_period_name == "Mar 2026"
    assert str(request.journal_entry_date) == "2026-03-31"


def test_a_file_is_read(tmp_path):
    """As editors on Windows write it, too."""
    path = tmp_path / "run.json"
    path.write_text("\ufeff" + FILE, "utf-8")
    request = fields.request_from(POSTJournalRunType, Namespace(), str(path), io.StringIO())
    assert request.transaction_types[0].type == "Invoice Item"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "standard input holds no JSON"),
        ("{", "standard input holds no JSON"),
        ('{"a": NaN}', "NaN is not JSON"),
        ("[" * 100_000, "standard input holds no JSON"),
        ("[1]", "should hold a JSON object"),
        ("null", "should hold a JSON object"),
        (FILE.replace("accountingPeriodName", "accountingPeriod"), "unexpected key 'accountingPeriod'"),
        (FILE.replace('"FY"', '"FY", "accounting_period_name": "FY"'), "both spellings"),
    ],
)
def test_a_wrong_file_is_refused(text, said):
    """With what is wrong with it."""
    with pytest.raises(Exception, match=said) as caught:
        fields.request_from(POSTJournalRunType, Namespace(), "-", io.StringIO(text))
    assert isinstance(caught.value, (ApiValueError, TypeError))
