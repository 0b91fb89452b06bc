"""What a model class is made of when it is declared: each test declares its own, and nothing is left from before."""

from __future__ import annotations

import copy
import datetime
import inspect
import linecache
import traceback
import warnings
from types import SimpleNamespace
from typing import Any

import pytest

import openapi_client as oc
from openapi_client._schema import kinds
from openapi_client._schema.model import Model, field


class Colour(kinds.StrEnum):
    """An enum."""

    RED = "Red"
    BLUE = "Blue"


class Fixture:
    """A model class and a nested one, declared anew."""

    def __init__(self) -> None:
        class Toy(Model):
            label = field("toyLabel", kinds.TEXT, default=None)
            colour = field("toyColour", kinds.Choice(Colour), default=None)
            size = field("size", kinds.INTEGER, default=None)

        class Pet(Model):
            name = field("petName", kinds.TEXT)
            extra = field("extra", kinds.TEXT, default=None, added=True)
            colour = field("colour", kinds.Choice(Colour), default=None)
            born = field("born", kinds.DAY, default=None)
            toy = field("toy", Toy, default=None)
            toys = field("toys", kinds.ListOf(Toy), default=None)

        self.Toy: Any = Toy
        self.Pet: Any = Pet


@pytest.fixture
def made() -> Fixture:
    return Fixture()


OFF = SimpleNamespace(client_side_validation=False)


def test_tables(made: Fixture) -> None:
    """A class has the tables that generated code has, and its constructor shows its parameters and their types."""
    assert made.Pet.attribute_map == {
        "name": "petName",
        "extra": "extra",
        "colour": "colour",
        "born": "born",
        "toy": "toy",
        "toys": "toys",
    }
    assert made.Pet.openapi_types["toys"] == "list[Toy]"
    assert (made.Pet.openapi_types["toy"], made.Pet.openapi_types["name"]) == ("Toy", "str")
    parameters = inspect.signature(made.Pet).parameters
    assert list(parameters) == ["name", "colour", "born", "toy", "toys", "local_vars_configuration", "extra"]
    assert all(parameter.default is None for parameter in parameters.values())
    assert parameters["born"].annotation == made.Pet.openapi_types["born"]
    assert parameters["local_vars_configuration"].annotation is inspect.Parameter.empty


def test_field_without_a_value(made: Fixture) -> None:
    """A field of the class is its declaration; of an instance that has no value for it, ``None``."""
    assert (made.Pet.name.key, made.Pet.name.required) == ("petName", True)
    assert (made.Pet.extra.added, made.Pet.born.added, made.Pet.born.required) == (True, False, False)
    assert made.Pet(name="Rex").born is None


def test_construction(made: Fixture) -> None:
    """Values are checked and made what they should be, by position or by name."""
    pet = made.Pet("Rex", "Red", "2026-03-31", {"label": "ball"}, [{"toyColour": "Blue"}], None, "more")
    assert pet.colour is Colour.RED
    assert pet.born == datetime.date(2026, 3, 31)
    assert (pet.toy.label, pet.toys[0].colour, pet.extra) == ("ball", Colour.BLUE, "more")
    assert made.Pet(name="Rex", colour=Colour.BLUE).colour is Colour.BLUE


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        ({}, oc.ApiValueError, "`name`, must not be `None`"),
        ({"name": None}, oc.ApiValueError, "`name`, must not be `None`"),
        ({"name": 5}, oc.ApiTypeError, "`name`"),
        ({"name": "Rex", "colour": "Green"}, oc.ApiValueError, r"`colour` \(Green\), must be one of"),
        ({"name": "Rex", "colour": 5}, oc.ApiTypeError, "`colour`"),
        ({"name": "Rex", "born": "soon"}, oc.ApiValueError, "`born`"),
        ({"name": "Rex", "toys": [{"size": "big"}]}, oc.ApiTypeError, "size"),
    ],
)
def test_construction_refuses(made: Fixture, values: dict[str, Any], kind: type[Exception], message: str) -> None:
    """A missing or wrong value is refused by name."""
    with pytest.raises(kind, match=message):
        made.Pet(**values)


def test_construction_with_an_unknown_name(made: Fixture) -> None:
    """A misspelt argument is refused, and the nearest field named."""
    with pytest.raises(oc.ApiTypeError, match="Toy got an unexpected keyword argument 'lable'; did you mean 'label'"):
        made.Toy(lable="ball")


def test_construction_without_several(made: Fixture) -> None:
    """All required fields that are missing are named at once."""

    class Twin(made.Pet):  # type: ignore[misc,name-defined]  # a class of the fixture
        other = field("other", kinds.TEXT)

    with pytest.raises(oc.ApiValueError, match="Invalid values for `name`, `other`, must not be `None`"):
        Twin()
    with pytest.raises(oc.ApiValueError, match="Invalid value for `other`, must not be `None`"):
        Twin("Rex")


def test_construction_without_validation(made: Fixture) -> None:
    """Without validation a model takes what it is given, then and later."""
    pet = made.Pet(colour="Green", local_vars_configuration=OFF)
    assert (pet.name, pet.colour) == (None, "Green")
    pet.name = 5
    assert pet.name == 5
    assert pet.local_vars_configuration.client_side_validation is False
    assert made.Pet.local_vars_configuration.client_side_validation is True
    on = made.Pet(name="Rex", local_vars_configuration=SimpleNamespace(client_side_validation=True))
    with pytest.raises(oc.ApiValueError):
        on.name = None


def test_constructor_names(made: Fixture) -> None:
    """A traceback names the constructor and shows its line."""
    assert made.Pet.__init__.__qualname__ == "Pet.__init__"
    assert made.Pet.__init__.__module__ == made.Pet.__module__ == __name__
    with pytest.raises(oc.ApiTypeError) as caught:
        made.Pet(name=5)
    shown = "".join(traceback.format_exception(caught.value))
    assert "else coerce0(name, 'name')" in shown
    assert linecache.getline(made.Pet.__init__.__code__.co_filename, 1).endswith(":\n")


def test_assignment(made: Fixture) -> None:
    """Assignments are checked as construction is; ``None`` empties an optional field."""
    pet = made.Pet(name="Rex", colour="Red")
    pet.colour = "Blue"
    assert pet.colour is Colour.BLUE
    pet.colour = None
    assert pet.colour is None
    with pytest.raises(oc.ApiValueError, match="`name`, must not be `None`"):
        pet.name = None
    with pytest.raises(oc.ApiTypeError, match="`name`"):
        pet.name = 5


def test_other_attributes(made: Fixture) -> None:
    """A misspelt attribute warns and names the fields; private ones, properties and the discriminator do not."""
    toy = made.Toy()
    with pytest.warns(
        UserWarning, match="Toy has no field 'lable', so it will not be sent; its fields are: .*"
    ) as caught:
        toy.lable = "ball"
    assert str(caught[0].message).endswith("its fields are: label, colour, size")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        toy._private, toy.discriminator = 1, None
        toy.additional_properties = {"a": 1}
        toy.local_vars_configuration = OFF
    assert (toy.lable, toy._private, toy.additional_properties) == ("ball", 1, {"a": 1})
    assert toy._encode() == {"a": 1}
    assert toy.local_vars_configuration.client_side_validation is False


WIRE = {
    "petName": "Rex",
    "colour": "Red",
    "born": "2026-03-31",
    "toy": {"toyLabel": "ball", "unknown": 1},
    "toys": [{"toyColour": "Green", "size": 3}, None, {}],
    "more": [1],
}


def test_decoding(made: Fixture) -> None:
    """An answer becomes a model: nested ones, unknown enum values and unknown fields included."""
    pet = made.Pet.from_dict(WIRE)
    assert (pet.name, pet.colour, pet.born) == ("Rex", Colour.RED, datetime.date(2026, 3, 31))
    assert (pet.toy.label, pet.toy.additional_properties) == ("ball", {"unknown": 1})
    assert (pet.toys[0].colour, pet.toys[0].size, pet.toys[1]) == ("Green", 3, None)
    assert pet.toys[2] == made.Toy()
    assert pet.additional_properties == {"more": [1]}
    assert made.Pet.from_dict({"petName": None}).name is None


def test_decoding_leaves_what_it_was_given(made: Fixture) -> None:
    """The dict that is decoded stays as it was."""
    data = {"petName": "Rex", "toys": [{"size": 3}]}
    made.Pet.from_dict(data)
    assert data == {"petName": "Rex", "toys": [{"size": 3}]}


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ([], "Pet should be an object"),
        ({"petName": {}}, "Pet.petName"),
        ({"colour": 5}, "Pet.colour"),
        ({"born": "soon"}, "Pet.born"),
        ({"toy": []}, "Toy"),
        ({"toys": {}}, "Pet.toys"),
        ({"toys": [[]]}, "Toy should be an object"),
        ({"toys": [{"toyColour": 5}]}, "Toy.toyColour"),
        ({"toys": [{"toyColour": []}]}, "Toy.toyColour"),
        ({"toys": [{"toyLabel": []}]}, "Toy.toyLabel"),
        ({"toys": [{"size": "3"}]}, "Toy.size"),
    ],
)
def test_decoding_refuses(made: Fixture, data: Any, where: str) -> None:
    """A wrong shape is refused, and told where it is."""
    with pytest.raises(oc.DecodeException, match=where.replace(" should be ", ".*")):
        made.Pet._decode(copy.deepcopy(data))  # it decodes in place


def test_lists_of_objects(made: Fixture) -> None:
    """A list is decoded in place, by code made for the class; of a parent's code nothing is left in a subclass."""

    class Doll(made.Toy):  # type: ignore[misc,name-defined]  # a class of the fixture
        dress = field("dress", kinds.TEXT, default=None)

    data: list[Any] = [
        {"toyLabel": "a", "toyColour": "Red"},
        None,
        {"x": 1, "size": 2},
        {"toyLabel": None, "toyColour": "Green", "size": None},
    ]
    toys = made.Toy._decode_all(data)
    assert toys is data
    assert (toys[0].label, toys[0].colour, toys[0].additional_properties) == ("a", Colour.RED, {})
    assert toys[1] is None
    assert (toys[2].additional_properties, toys[2].size, toys[2].colour) == ({"x": 1}, 2, None)
    assert (toys[3].colour, toys[3].label) == ("Green", None)
    assert toys[3].__dict__ == {"colour": "Green"} | {k: v for k, v in toys[3].__dict__.items() if k != "colour"}
    assert [doll.dress for doll in Doll._decode_all([{"dress": "blue", "toyLabel": "b"}])] == ["blue"]
    assert made.Toy._decode_all([]) == []
    # The second time, too, and after the class has decoded one object by itself.
    assert made.Toy._decode_all([{"size": 5}])[0].size == 5


def test_lists_of_large_objects() -> None:
    """Models with many fields are decoded one by one, to the same result."""
    fields = {f"field_{index}": field(f"f{index}", kinds.TEXT, default=None) for index in range(40)}
    Large: Any = type("Large", (Model,), fields)  # noqa: N806 - a class
    found = Large._decode_all([{"f0": "a", "x": 1}, None, {"f39": "b"}])
    assert (found[0].field_0, found[0].additional_properties, found[1], found[2].field_39) == ("a", {"x": 1}, None, "b")
    with pytest.raises(oc.DecodeException):
        Large._decode_all([[]])


def test_encoding(made: Fixture) -> None:
    """A model goes out under wire names, without what is ``None``, and with what this version does not know."""
    pet = made.Pet.from_dict(WIRE)
    assert pet._encode() == {**WIRE, "toys": [{"toyColour": "Green", "size": 3}, None, {}]}
    assert pet._encode() == WIRE
    pet.additional_properties["when"] = datetime.date(2026, 3, 31)
    pet.additional_properties["toy2"] = made.Toy(label="x")
    assert pet._encode()["when"] == "2026-03-31"
    assert pet._encode()["toy2"] == {"toyLabel": "x"}
    assert made.Toy()._encode() == {}
    assert made.Toy(colour="Red").to_json() == '{"toyColour": "Red"}'


def test_dicts_of_users(made: Fixture) -> None:
    """A dict may use either spelling; a key that is no field is refused, and the nearest named."""
    toy = made.Pet(name="Rex", toy={"label": "a", "toyColour": "Red"}).toy
    assert (toy.label, toy.colour) == ("a", Colour.RED)
    with pytest.raises(oc.ApiTypeError, match="unexpected key 'lable' in `toy`; did you mean 'label'"):
        made.Pet(name="Rex", toy={"lable": "a"})
    with pytest.raises(oc.ApiTypeError, match="both spellings of the key 'label' in `toy`"):
        made.Pet(name="Rex", toy={"label": "a", "toyLabel": "b"})
    with pytest.raises(oc.ApiTypeError, match=r"`toy.additional_properties`: int; it must be a dict"):
        made.Pet(name="Rex", toy={"additional_properties": 5})
    with pytest.raises(oc.ApiTypeError, match=r"`toy\.size`"):
        made.Pet(name="Rex", toy={"size": "big"})
    given = {"new": 1}
    toy = made.Pet(name="Rex", toy={"size": None, "additional_properties": given}).toy
    assert (toy.additional_properties, toy.size) == ({"new": 1}, None)
    assert toy.additional_properties is not given
    with pytest.raises(oc.ApiValueError, match=r"`pet\.name`, must not be `None`"):
        made.Pet._from_user({}, "pet")
    with pytest.raises(oc.ApiValueError, match=r"`pet\.name`, must not be `None`"):
        made.Pet._from_user({"name": None}, "pet")


@pytest.mark.parametrize("text", ['{"size": NaN}', b'{"size": NaN}', '{"size": Infinity}', "{", b"{", ""])
def test_text_that_is_no_json(made: Fixture, text: Any) -> None:
    """What is not JSON is refused with the reason, ``NaN`` among it."""
    with pytest.raises(oc.DecodeException, match=r"Toy cannot be read from this text: .") as caught:
        made.Toy.from_json(text)
    if "N" in str(text) or "I" in str(text):
        assert "is not JSON (RFC 8259 section 6)" in str(caught.value)
    else:
        assert "None" not in str(caught.value)


def test_text(made: Fixture) -> None:
    """JSON text or bytes become a model, and its text is laid out for reading."""
    assert made.Toy.from_json('{"size": 3}') == made.Toy.from_json(b'{"size": 3}') == made.Toy(size=3)
    assert made.Toy(size=3, colour="Red").to_dict() == {"label": None, "colour": "Red", "size": 3}
    assert repr(made.Toy(size=3)) == "{'colour': None, 'label': None, 'size': 3}"


def test_equality(made: Fixture) -> None:
    """Models are equal when class, fields and unknown fields are."""
    assert made.Toy(size=3) == made.Toy(size=3)
    assert made.Toy(size=3) != made.Toy(size=4)
    assert made.Toy() != Fixture().Toy()
    assert made.Toy() != {}
    other = made.Toy()
    assert other.additional_properties == {}
    assert other == made.Toy()
    other.additional_properties["a"] = 1
    assert other != made.Toy()


def test_a_constructor_of_its_own() -> None:
    """A class that has a constructor keeps it."""

    class Own(Model):
        name = field("name", kinds.TEXT, default=None)

        def __init__(self) -> None:
            self.name = "own"

    assert Own().name == "own"


def test_a_constructor_that_calls_its_parent() -> None:
    """A user's constructor may call the parent's, which does not take its place."""

    class Parent(Model):
        values = field("values", kinds.TEXT, default=None)
        type = field("type", kinds.TEXT, default=None)

    class Child(Parent):
        def __init__(self, values: str) -> None:
            super().__init__(values=values.upper())

    assert (Child("a").values, Child("b").values, Parent("c", "d").type) == ("A", "B", "d")
    assert Child.from_dict({"values": "x"}).values == "x"
