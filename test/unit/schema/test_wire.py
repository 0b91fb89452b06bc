"""Parameters, bodies, files, and decoding by type name."""

from __future__ import annotations

import datetime
import json
from collections import namedtuple
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import openapi_client as oc
from openapi_client import DecodeException
from openapi_client._schema import wire as _wire
from openapi_client._schema.kinds import TEXT, ListOf, Nested
from openapi_client._schema.wire import TypeName

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
Answer = namedtuple("Answer", "data")
Empty = namedtuple("Empty", "data status")


@pytest.fixture(scope="module")
def client() -> oc.ApiClient:
    return oc.ApiClient()


# Parameters


@pytest.mark.parametrize(
    ("params", "formats", "expected"),
    [
        ({"a": 1}, None, [("a", 1)]),
        ([("a", 1), ("a", 2)], {}, [("a", 1), ("a", 2)]),
        ({"a": [1, 2]}, {"a": "multi"}, [("a", 1), ("a", 2)]),
        ({"a": [1, 2]}, {"a": "csv"}, [("a", "1,2")]),
        ({"a": [1, 2]}, {"a": "ssv"}, [("a", "1 2")]),
        ({"a": [1, 2]}, {"a": "tsv"}, [("a", "1\t2")]),
        ({"a": [1, 2]}, {"a": "pipes"}, [("a", "1|2")]),
        ({"a": [1, 2]}, {"a": "anything"}, [("a", "1,2")]),
        ({"a": []}, {"a": "csv"}, [("a", "")]),
        ({"a": []}, {"a": "multi"}, []),
        ({"a": (True, None)}, {"a": "csv"}, [("a", "True,None")]),
        ({"a": [1]}, {"b": "csv"}, [("a", [1])]),
        ({}, {"a": "csv"}, []),
    ],
)
def test_pairs(client: oc.ApiClient, params: Any, formats: Any, expected: list[tuple[str, Any]]) -> None:
    """Collections become repeated pairs or one delimited text, as generated code has it."""
    assert _wire.pairs(params, formats) == expected
    assert client.parameters_to_tuples(params, formats) == expected


def test_file_fields(client: oc.ApiClient, tmp_path: Path) -> None:
    """A path, or each of a list of paths, becomes a part with its name, content and media type."""
    text, image = tmp_path / "a b.txt", tmp_path / "b.png"
    text.write_bytes(b"text")
    image.write_bytes(b"\x89PNG")
    odd = tmp_path / "odd"
    odd.write_bytes(b"")
    files = {"one": str(text), "two": [str(image), odd], "none": None, "empty": []}
    expected = [
        ("one", ("a b.txt", b"text", "text/plain")),
        ("two", ("b.png", b"\x89PNG", "image/png")),
        ("two", ("odd", b"", "application/octet-stream")),
    ]
    assert client.files_parameters(files) == expected
    assert client.files_parameters() == client.files_parameters({}) == []


@pytest.mark.parametrize(
    ("accepts", "expected"),
    [
        ([], None),
        (None, None),
        (["APPLICATION/JSON", "APPLICATION/XML"], "application/json"),
        (["application/xml", "application/json"], "application/json"),
        (["text/plain", "application/xml"], "text/plain, application/xml"),
        (["application/json; charset=utf-8", "application/json"], "application/json"),
    ],
)
def test_accept(client: oc.ApiClient, accepts: list[str] | None, expected: str | None) -> None:
    """``select_header_accept`` takes JSON if it is there, else all."""
    assert client.select_header_accept(accepts) == expected


@pytest.mark.parametrize(
    ("content_types", "expected"),
    [
        ([], "application/json"),
        (None, "application/json"),
        (["APPLICATION/JSON"], "application/json"),
        (["application/xml", "*/*"], "application/json"),
        (["text/plain", "application/xml"], "text/plain"),
        (["application/json; charset=utf-8"], "application/json; charset=utf-8"),
    ],
)
def test_content_type(client: oc.ApiClient, content_types: list[str] | None, expected: str) -> None:
    """``select_header_content_type`` takes JSON if it is there, else the first."""
    assert client.select_header_content_type(content_types) == expected


def test_sanitize_for_serialization(client: oc.ApiClient) -> None:
    """Models, dates, lists and dicts become what JSON can hold; generated models of others do, too."""

    class Tag:
        openapi_types = {"id": "int", "full_name": "str", "at": "date"}  # noqa: RUF012 - as generated
        attribute_map = {"id": "id", "full_name": "fullName", "at": "at"}  # noqa: RUF012 - as generated
        id, full_name, at = 1, None, datetime.date(2026, 3, 31)

    model = oc.GETJournalRunType(number="JR-1", status="Completed", executed_on="2014-11-15 22:05:12")
    assert client.sanitize_for_serialization([model, Tag(), None, {"a": (Tag(),)}]) == [
        {"number": "JR-1", "status": "Completed", "executedOn": "2014-11-15 22:05:12"},
        {"id": 1, "at": "2026-03-31"},
        None,
        {"a": ({"id": 1, "at": "2026-03-31"},)},
    ]


# Bodies


@pytest.mark.parametrize(
    ("data", "content_type", "text"),
    [
        ("already", None, "already"),
        ("é".encode(), None, "é"),
        ("é".encode(), "application/json", "é"),
        ("é".encode("latin-1"), "text/plain; charset=iso-8859-1", "é"),
        ("é".encode("utf-16"), 'text/plain; charset="UTF-16"', "é"),
        ("é".encode("cp1252"), "text/plain;Charset = windows-1252", "é"),
        (b"\xef\xbb\xbf{}", "application/json", "{}"),
        (b"", None, ""),
    ],
)
def test_text_of(data: Any, content_type: str | None, text: str) -> None:
    """A body is read in the charset of its content type, whatever its name looks like; a byte order mark is dropped."""
    assert _wire.text_of(data, content_type) == text


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"\xff", None),
        (b"\xff", "application/json; charset=utf-8"),
        (b"a", "text/plain; charset=nonsense"),
        (b"a", "text/plain; charset=rot13"),
        (b"a", "text/plain; charset=hex"),
        (b"a", "text/plain; charset=undefined"),
        (b"\x80", "text/plain; charset=ascii"),
        (b"a", "text/plain; charset=utf-16"),
    ],
)
def test_text_of_garbage(data: bytes, content_type: str | None) -> None:
    """An unknown charset, or bytes that are not in it, are a ``DecodeException``."""
    with pytest.raises(DecodeException, match=r"charset|is not"):
        _wire.text_of(data, content_type)


@settings(deadline=None)
@given(st.binary(max_size=40), st.text(max_size=20))
def test_any_charset(data: bytes, charset: str) -> None:
    """Whatever charset a server names, the answer is text or a ``DecodeException``."""
    try:
        assert isinstance(_wire.text_of(data, f"text/plain; charset={charset}"), str)
    except DecodeException:
        pass  # which is the other allowed end


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", '{"a": Infinity}', "-Infinity", "'a'", "[" * 100_000, "1" * 5000 + "x"]
)
def test_json_of_garbage(text: str) -> None:
    """What is no JSON is a ``DecodeException``, ``NaN`` and endless nesting included."""
    with pytest.raises(DecodeException, match="JSON"):
        _wire.json_of(text)


# Decoding by type


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        ("test", "str", "test"),
        (5, "str", "5"),
        (1, "int", 1),
        ("2", "int", 2),
        (2.0, "int", 2),
        (2**70, "long", 2**70),
        (1, "float", 1.0),
        ("1.5", "float", 1.5),
        (True, "bool", True),
        ({"a": 1}, "object", {"a": 1}),
        ([1], "object", [1]),
        ("1997-07-16", "date", datetime.date(1997, 7, 16)),
        ("1997-07-16T19:20:30.45+01:00", "date", datetime.date(1997, 7, 16)),
        ("1997-07-16T19:20:30", "datetime", datetime.datetime(1997, 7, 16, 19, 20, 30)),
        ([["foo"]], "list[list[str]]", [["foo"]]),
        ({"foo": {"bar": 1}}, "dict(str, dict(str, int))", {"foo": {"bar": 1}}),
        ({"foo": [1]}, "dict(str, list[int])", {"foo": [1]}),
        ([{"a": 1}], "list[dict(str, int)]", [{"a": 1}]),
        ({"a": 1}, "dict[str, int]", {"a": 1}),
        ([None, 1], "list[int]", [None, 1]),
        (None, "int", None),
        (None, "list[str]", None),
        ({"number": "JR-1"}, "GETJournalRunType", oc.GETJournalRunType(number="JR-1")),
        ([{"code": "1"}], "list[CommonResponseTypeReasons]", [oc.CommonResponseTypeReasons("1")]),
        ({"x": {"code": "1"}}, "dict(str, CommonResponseTypeReasons)", {"x": oc.CommonResponseTypeReasons("1")}),
        ({"number": "JR-1"}, oc.GETJournalRunType, oc.GETJournalRunType(number="JR-1")),
        ("1997-07-16", datetime.date, datetime.date(1997, 7, 16)),
        ("5", int, 5),
        ("x", str, "x"),
        (True, bool, True),
        (1, float, 1.0),
        ({"a": 1}, object, {"a": 1}),
    ],
)
def test_deserialize(client: oc.ApiClient, data: Any, kind: Any, expected: Any) -> None:
    """Every type name of generated code decodes; a class works like its name."""
    decoded = client.deserialize(Answer(json.dumps(data)), kind)
    assert decoded == expected
    assert type(decoded) is type(expected)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("a1", "int"),
        (2.5, "int"),
        (True, "int"),
        ([], "int"),
        (10**400, "float"),
        ("1e", "float"),
        (True, "float"),
        ("false", "bool"),
        (0, "bool"),
        ("2014", "date"),
        (20140101, "date"),
        ("Nov 15", "datetime"),
        ([], "datetime"),
        ({}, "list[str]"),
        ("ab", "list[str]"),
        ([], "dict(str, int)"),
        ({"hi": "a23"}, "dict(str, int)"),
        ([["a"]], "list[list[int]]"),
        ([], "GETJournalRunType"),
        ("text", "GETJournalRunType"),
        ([5], "list[GETJournalRunType]"),
    ],
)
def test_deserialize_wrong_shapes(client: oc.ApiClient, data: Any, kind: str) -> None:
    """A wrong shape is a ``DecodeException``: never truncated, guessed, or passed through as it came."""
    with pytest.raises(DecodeException):
        client.deserialize(Answer(json.dumps(data)), kind)


@pytest.mark.parametrize("name", ["date", "datetime"])
def test_message_for_dates(client: oc.ApiClient, name: str) -> None:
    """A bad date has the generated status and reason."""
    with pytest.raises(oc.ApiException) as caught:
        client.deserialize(Answer('"soon"'), name)
    assert (caught.value.status, caught.value.reason) == (0, f"Failed to parse `soon` as {name} object")


def test_unknown_model(client: oc.ApiClient) -> None:
    """A type that does not exist is an ``AttributeError``, as in generated code."""
    with pytest.raises(AttributeError, match="no model named 'NoModel'"):
        client.deserialize(Answer("{}"), "NoModel")


@pytest.mark.parametrize(
    ("kind", "expected"), [("str", "plain text"), ("object", "plain text"), (str, "plain text"), (object, "plain text")]
)
def test_text_that_is_no_json(client: oc.ApiClient, kind: Any, expected: str) -> None:
    """Text that is no JSON is a value where text is wanted."""
    assert client.deserialize(Answer("plain text"), kind) == expected
    assert client.deserialize(Answer(b"plain text"), kind) == expected


@pytest.mark.parametrize("kind", ["int", "GETJournalRunType", "list[str]", "dict(str, str)", "date", "bool"])
@pytest.mark.parametrize("body", ["<html>502 Bad Gateway</html>", "", "{"])
def test_no_json(client: oc.ApiClient, kind: str, body: str) -> None:
    """A page of a proxy is never taken for a value."""
    with pytest.raises(DecodeException, match="not JSON"):
        client.deserialize(Answer(body), kind)


def test_null_for_a_model(client: oc.ApiClient) -> None:
    """``null`` is no model."""
    with pytest.raises(DecodeException, match="should be a GETJournalRunType, but the server sent null"):
        client.deserialize(Answer("null"), "GETJournalRunType")


@pytest.mark.parametrize(
    ("kind", "expected"), [("GETJournalRunType", oc.GETJournalRunType()), ("str", None), ("list[int]", None)]
)
def test_no_content(client: oc.ApiClient, kind: str, expected: Any) -> None:
    """Status 204 has no body: an empty model of ours, else nothing."""
    answer = namedtuple("NoContent", "data status")(b"", 204)
    assert client.deserialize(answer, kind) == expected


@pytest.mark.parametrize(
    "kind",
    ["int", "float", "str", "bool", "date", "datetime", "list[int]", "dict(str, date)", "object", "GETJournalRunType",
     "list[POSTJournalRunType]"],
)  # fmt: skip
@settings(deadline=None)
@given(data=ANY_JSON)
def test_any_json(kind: str, data: Any) -> None:
    """Whatever JSON arrives for whatever type, it is a value or a ``DecodeException``."""
    try:
        _wire.Decoder(lambda name: getattr(oc.models, name), oc.Configuration()).decode(data, kind)
    except DecodeException:
        pass  # which is the other allowed end


class Colour(Enum):
    RED = "red"


class Animal:
    """A generated model with a discriminator."""

    openapi_types = {"class_name": "str", "born": "date"}  # noqa: RUF012 - as generated
    attribute_map = {"class_name": "className", "born": "born"}  # noqa: RUF012 - as generated
    discriminator_value_class_map = {"Dog": "Dog"}  # noqa: RUF012 - as generated

    def __init__(self, class_name: Any = None, born: Any = None, local_vars_configuration: Any = None) -> None:
        self.class_name, self.born, self.local_vars_configuration = class_name, born, local_vars_configuration

    def get_real_child_model(self, data: dict[str, Any]) -> str | None:
        return self.discriminator_value_class_map.get(data["className"])


class Dog(Animal):
    openapi_types = {**Animal.openapi_types, "breed": "str"}  # noqa: RUF012 - as generated
    attribute_map = {**Animal.attribute_map, "breed": "breed"}  # noqa: RUF012 - as generated
    discriminator_value_class_map: dict[str, str] = {}  # noqa: RUF012 - as generated

    def __init__(
        self, class_name: Any = None, born: Any = None, breed: Any = None, local_vars_configuration: Any = None
    ):
        super().__init__(class_name, born, local_vars_configuration)
        self.breed = breed


FOREIGN = {"Animal": Animal, "Dog": Dog, "Colour": Colour}


@pytest.mark.parametrize(("class_name", "kind"), [("Dog", Dog), ("Cat", Animal)])
def test_discriminator(class_name: str, kind: type) -> None:
    """The value decides the class of a generated model, and its fields are decoded by their types."""
    decoder = _wire.Decoder(FOREIGN.__getitem__, oc.Configuration())
    animal = decoder.decode({"className": class_name, "born": "2026-03-31", "breed": "x", "more": 1}, "Animal")
    assert type(animal) is kind
    assert animal.born == datetime.date(2026, 3, 31)
    assert animal.local_vars_configuration is None


def test_validation_off_for_answers() -> None:
    """With ``client_side_validation`` off generated models of an answer are not validated either."""
    off = oc.Configuration(client_side_validation=False)
    assert (
        _wire.Decoder(FOREIGN.__getitem__, off).decode({"className": "Cat"}, "Animal").local_vars_configuration is off
    )


@pytest.mark.parametrize("data", [[], "text", 5, True])
def test_no_half_empty_foreign_model(data: Any) -> None:
    """Something else than an object is never taken for a generated model without values."""
    with pytest.raises(DecodeException, match="should be a Dog"):
        _wire.Decoder(FOREIGN.__getitem__, oc.Configuration()).decode(data, "Dog")


def test_enum_class() -> None:
    """A model that is an ``Enum`` class works, too."""
    assert _wire.Decoder(FOREIGN.__getitem__, oc.Configuration()).decode(["red"], "list[Colour]") == [Colour.RED]


# Files


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename=report.csv", "report.csv"),
        ('attachment; filename="my report.csv"', "my report.csv"),
        ("attachment; filename='quoted.csv'", "'quoted.csv'"),
        ("attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf", "résumé.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\temp\\\\evil.exe"', "evil.exe"),
        ('attachment; filename="a\x00b\x1b.txt"', "ab.txt"),
        ('attachment; filename="' + "€" * 300 + '"', "€" * 66),
    ],
)
def test_file_name(tmp_path: Path, disposition: str, name: str) -> None:
    """A file takes its name from ``Content-Disposition``, and never leaves its folder."""
    path = Path(_wire.save_file(b"data", disposition, str(tmp_path)))
    assert path == tmp_path / name
    assert path.read_bytes() == b"data"


@pytest.mark.parametrize(
    "disposition",
    [None, "", "attachment", "inline; filename=", 'attachment; filename=".."', 'attachment; filename="."',
     'attachment; filename="a/"', 'attachment; filename="../.."', 'attachment; filename=" "', "; ; =;"],
)  # fmt: skip
def test_no_file_name(tmp_path: Path, disposition: str | None) -> None:
    """Without a usable name the file gets a fresh one in the folder."""
    path = Path(_wire.save_file(b"data", disposition, str(tmp_path)))
    assert path.parent == tmp_path
    assert path.read_bytes() == b"data"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_disposition(tmp_path_factory: pytest.TempPathFactory, disposition: str) -> None:
    """Whatever the header holds, the file is written, below the folder."""
    folder = tmp_path_factory.mktemp("files")
    path = Path(_wire.save_file(b"data", f'attachment; filename="{disposition}"', str(folder))).resolve()
    assert folder.resolve() in path.parents
    assert path.read_bytes() == b"data"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there already stays; the next one of that name gets a folder of its own."""
    paths = [Path(_wire.save_file(data, "attachment; filename=a.txt", str(tmp_path))) for data in (b"1", b"2", b"3")]
    assert [path.read_bytes() for path in paths] == [b"1", b"2", b"3"]
    assert {path.name for path in paths} == {"a.txt"}
    assert all(tmp_path in path.parents for path in paths)


def test_link_is_not_followed(tmp_path: Path) -> None:
    """A link of that name, that leads out of the folder, is not written through."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").symlink_to(tmp_path / "outside")
    path = Path(_wire.save_file(b"data", "attachment; filename=a.txt", str(tmp_path / "folder")))
    assert not (tmp_path / "outside").exists()
    assert path.read_bytes() == b"data"


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        (Nested(oc.OrganizationLabel), {"organizationId": "1"}, oc.OrganizationLabel("1")),
        (ListOf(oc.OrganizationLabel), [{}, None], [oc.OrganizationLabel(), None]),
        (TEXT, 5, "5"),
        (TEXT, None, None),
    ],
)
def test_named_kinds(client: oc.ApiClient, kind: Any, data: Any, expected: Any) -> None:
    """A name that brings its kind is the name that generated code gives, and is not looked up."""
    name = TypeName(kind)
    assert name == kind.name
    assert client.deserialize(Answer(json.dumps(data)), name) == expected


def test_named_kinds_without_content(client: oc.ApiClient) -> None:
    """An answer without a body is an empty model, or nothing."""
    model, many = TypeName(Nested(oc.OrganizationLabel)), TypeName(ListOf(oc.OrganizationLabel))
    assert client.deserialize(Empty("", 204), model) == oc.OrganizationLabel()
    assert client.deserialize(Empty("", 204), many) is None
    with pytest.raises(oc.DecodeException, match="should be a OrganizationLabel, but the server sent null"):
        client.deserialize(Answer("null"), model)
