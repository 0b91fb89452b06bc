"""The kinds of value a model field can hold: how each is checked, decoded and shown."""

from __future__ import annotations

import datetime
import reprlib
from collections.abc import Callable, Mapping
from enum import Enum
from operator import is_
from typing import Any, Protocol

from openapi_client._base.dates import day_of, parse_date, parse_datetime
from openapi_client.exceptions import ApiTypeError, ApiValueError, DecodeException

#: Shows any value in little time, however large and deep it is.
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80


class Nestable(Protocol):
    """What a kind needs of a model; in fact a ``Model``."""

    @classmethod
    def _decode(cls, data: Any) -> Any: ...

    @classmethod
    def _decode_all(cls, values: list[Any]) -> Any: ...

    @classmethod
    def _from_user(cls, data: Any, where: str) -> Any: ...

    def _encode(self) -> Any: ...


class StrEnum(str, Enum):
    """Named text values that behave as the plain text they stand for, as a dict key and in ``format`` too."""

    __hash__ = str.__hash__

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(str(self.value), spec)


def wrong_shape(where: str, wanted: str, value: Any) -> DecodeException:
    """The error for an answer in which ``where`` does not hold what the contract says."""
    shown = _SHORT.repr(value)
    shown = shown if len(shown) <= 80 else shown[:77] + "..."
    return DecodeException(reason=f"{where} should be {wanted}, but the server sent {type(value).__name__} {shown}")


def json_value(value: Any) -> Any:
    """``value`` as JSON can hold it: models become objects with wire names, dates ISO 8601 text.

    :raises ApiTypeError: an object of another class.
    """
    if value is None or isinstance(value, (str, int, float, bytes)):
        return value.value if isinstance(value, Enum) else value
    if hasattr(value, "_encode") and not isinstance(value, type):
        return value._encode()
    if isinstance(value, (list, tuple)):
        items = [*map(json_value, value)]
        return tuple(items) if type(value) is tuple else items
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: json_value(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return json_value(value.value)
    names = getattr(value, "openapi_types", None)
    if names is None:
        raise ApiTypeError(
            f"Cannot send a {type(value).__name__}: pass a model, dict, list, text, number, bool or date"
        )
    given = ((name, getattr(value, name)) for name in names)
    return {value.attribute_map[name]: json_value(item) for name, item in given if item is not None}


class Kind:
    """Text, and the base of the other kinds.

    ``decode`` takes what JSON gives and never makes a value up; ``coerce`` takes what a user gives.
    """

    name = "str"
    wanted = "text"

    def decode(self, value: Any, where: str) -> Any:
        """The Python value of a JSON value."""
        if type(value) is str:
            return value
        # An integer has one spelling as text, so nothing is invented; Zuora's codes come both ways.
        if type(value) is int:
            return str(value)
        raise wrong_shape(where, self.wanted, value)

    def coerce(self, value: Any, name: str) -> Any:
        """The value to keep for what a user assigned to ``name``."""
        if isinstance(value, str):
            return value
        raise self.mistyped(name, value)

    def mistyped(self, name: str, value: Any) -> ApiTypeError:
        """The error for an assigned value of the wrong type."""
        return ApiTypeError(f"Invalid type for `{name}`: {type(value).__name__} ({value!r}); it must be {self.wanted}")

    def plain(self, value: Any) -> Any:
        """The value as ``to_dict`` shows it."""
        return value

    def wire(self, value: Any) -> Any:
        """The value as JSON carries it."""
        return value

    def text(self, value: Any) -> Any:
        """The value as a path, a query or a header carries it; a list stays one of texts."""
        return self.wire(value)


class Anything(Kind):
    """Whatever JSON can hold."""

    name = "object"

    def decode(self, value: Any, where: str) -> Any:  # noqa: ARG002 - nothing is wrong with it
        return value

    def coerce(self, value: Any, name: str) -> Any:  # noqa: ARG002 - nothing is wrong with it
        return value

    def wire(self, value: Any) -> Any:
        return json_value(value)


class Flag(Kind):
    """``true`` or ``false``; never a text or number that looks like one."""

    name = "bool"
    wanted = "true or false"

    def decode(self, value: Any, where: str) -> Any:
        if value is True or value is False:
            return value
        raise wrong_shape(where, self.wanted, value)

    def coerce(self, value: Any, name: str) -> Any:
        if value is True or value is False:
            return value
        raise self.mistyped(name, value)

    def text(self, value: Any) -> Any:
        return str(value).lower() if isinstance(value, bool) else value


class Integer(Kind):
    """A whole number."""

    name = "int"
    wanted = "a whole number"

    def decode(self, value: Any, where: str) -> Any:
        if type(value) is int:
            return value
        if type(value) is float and value.is_integer():
            return int(value)
        raise wrong_shape(where, self.wanted, value)

    def coerce(self, value: Any, name: str) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise self.mistyped(name, value)


class Number(Kind):
    """A number, whole or not."""

    name = "float"
    wanted = "a number"

    def decode(self, value: Any, where: str) -> Any:
        if type(value) is float or type(value) is int:
            return value
        raise wrong_shape(where, self.wanted, value)

    def coerce(self, value: Any, name: str) -> Any:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return value
        raise self.mistyped(name, value)


class Day(Kind):
    """A calendar day; goes out as ``YYYY-MM-DD`` whatever it was built from."""

    name = "date"
    wanted = "a date (datetime.date, datetime.datetime or ISO 8601 text such as '2026-03-31')"
    parse: Callable[[str], Any] = staticmethod(parse_date)

    def decode(self, value: Any, where: str) -> Any:
        if type(value) is str:
            try:
                return self.parse(value)
            except (ValueError, OverflowError):
                pass
        raise wrong_shape(where, f"an ISO 8601 {self.name}", value)

    def coerce(self, value: Any, name: str) -> Any:
        if not isinstance(value, (str, datetime.date)):
            raise self.mistyped(name, value)
        try:
            return self.from_user(value)
        except (ValueError, OverflowError):
            raise ApiValueError(f"Invalid value for `{name}` ({value!r}), must be {self.wanted}") from None

    def from_user(self, value: Any) -> Any:
        """The day or moment a user means."""
        return day_of(value)

    def wire(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime):
            value = value.date()
        return json_value(value)


class Moment(Day):
    """A timestamp that goes out with a space between day and time, as Zuora writes it."""

    name = "datetime"
    wanted = "a timestamp (datetime.datetime or ISO 8601 text such as '2026-03-31 22:05:12')"
    parse = staticmethod(parse_datetime)

    def from_user(self, value: Any) -> Any:
        if isinstance(value, str):
            return parse_datetime(value.strip())
        return value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())

    def wire(self, value: Any) -> Any:
        return value.isoformat(" ") if isinstance(value, datetime.datetime) else json_value(value)


class Instant(Moment):
    """A timestamp that goes out as RFC 3339 writes it, with a ``T``."""

    wanted = "a timestamp (datetime.datetime or ISO 8601 text such as '2026-03-31T22:05:12Z')"

    def wire(self, value: Any) -> Any:
        return json_value(value)


class Choice(Kind):
    """One of the values of a :class:`StrEnum`; the server may know more of them than we do."""

    def __init__(self, values: type[StrEnum]) -> None:
        self.members: dict[Any, Any] = {member.value: member for member in values}

    def decode(self, value: Any, where: str) -> Any:
        if type(value) is str:
            return self.members.get(value, value)
        raise wrong_shape(where, self.wanted, value)

    def coerce(self, value: Any, name: str) -> Any:
        if not isinstance(value, str):
            raise self.mistyped(name, value)
        try:
            return self.members[value]
        except KeyError:
            raise ApiValueError(
                f"Invalid value for `{name}` ({value}), must be one of {[str(member) for member in self.members]}"
            ) from None

    def plain(self, value: Any) -> Any:
        return str(value) if isinstance(value, StrEnum) else value


class Nested(Kind):
    """Another model."""

    def __init__(self, model: type[Nestable]) -> None:
        self.model = model
        self.name = model.__name__
        self.wanted = f"a {model.__name__} (or a dict with its fields)"

    def decode(self, value: Any, where: str) -> Any:  # noqa: ARG002 - the model names its own fields
        return self.model._decode(value)

    def coerce(self, value: Any, name: str) -> Any:
        if isinstance(value, self.model):
            return value
        if isinstance(value, Mapping):
            return self.model._from_user(value, name)
        raise self.mistyped(name, value)

    def plain(self, value: Any) -> Any:
        return value.to_dict() if hasattr(value, "to_dict") else value

    def wire(self, value: Any) -> Any:
        return value._encode() if isinstance(value, self.model) else json_value(value)


class ListOf(Kind):
    """A list of another kind."""

    def __init__(self, item: Kind | type[Nestable]) -> None:
        self.item = item if isinstance(item, Kind) else Nested(item)
        self.name = f"list[{self.item.name}]"
        self.wanted = f"a list of {self.item.name}"

    def decode(self, value: Any, where: str) -> Any:
        if type(value) is not list:
            raise wrong_shape(where, "a list", value)
        if isinstance(self.item, Nested):
            return self.item.model._decode_all(value)
        decode = self.item.decode
        return [None if item is None else decode(item, where) for item in value]

    def coerce(self, value: Any, name: str) -> Any:
        if not isinstance(value, (list, tuple)):
            raise self.mistyped(name, value)
        coerce = self.item.coerce
        checked = [coerce(item, f"{name}[{index}]") for index, item in enumerate(value)]
        # The caller's own list stays the model's list, as in generated code, when nothing had to be converted.
        return value if type(value) is list and all(map(is_, checked, value)) else checked

    def plain(self, value: Any) -> Any:
        return [self.item.plain(item) for item in value] if isinstance(value, (list, tuple)) else value

    def wire(self, value: Any) -> Any:
        wire = self.item.wire
        return [wire(item) for item in value] if isinstance(value, (list, tuple)) else json_value(value)

    def text(self, value: Any) -> Any:
        text = self.item.text
        return [text(item) for item in value] if isinstance(value, (list, tuple)) else json_value(value)


class OneOrMore(ListOf):
    """A list that may also travel as its single item; a list stays a list, an object stays an object."""

    def __init__(self, item: type[Nestable]) -> None:
        super().__init__(item)
        self.wanted += ", or one of them"

    def decode(self, value: Any, where: str) -> Any:
        return self.item.decode(value, where) if type(value) is dict else super().decode(value, where)

    def coerce(self, value: Any, name: str) -> Any:
        one = not isinstance(value, (list, tuple))
        return self.item.coerce(value, name) if one else super().coerce(value, name)

    def plain(self, value: Any) -> Any:
        return super().plain(value) if isinstance(value, (list, tuple)) else self.item.plain(value)

    def wire(self, value: Any) -> Any:
        return super().wire(value) if isinstance(value, (list, tuple)) else self.item.wire(value)


TEXT = Kind()
ANYTHING = Anything()
FLAG = Flag()
INTEGER = Integer()
NUMBER = Number()
DAY = Day()
MOMENT = Moment()
INSTANT = Instant()
