"""The kinds of value a model field can hold: how each is checked, decoded and shown."""

from __future__ import annotations

import datetime
import reprlib
from collections.abc import Callable, Mapping
from enum import Enum
from operator import is_
from typing import Any

from openapi_client._base.dates import day_of, parse_date, parse_datetime
from openapi_client._base.nearest import hint
from openapi_client.exceptions import ApiTypeError, ApiValueError, DecodeException

#: More values than these are not listed in a message.
_MANY = 8
#: Shows any value in little time, however large and deep it is.
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80


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
    if isinstance(value, Enum):
        return json_value(value.value)
    if value is None or isinstance(value, (str, int, float, bytes)):
        return value
    if hasattr(value, "_encode") and not isinstance(value, type):
        return value._encode()
    if isinstance(value, (list, tuple)):
        items = [*map(json_value, value)]
        return tuple(items) if type(value) is tuple else items
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: json_value(item) for key, item in value.items()}
    names = getattr(value, "openapi_types", None)
    if names is None:
        raise ApiTypeError(
            f"Cannot send a {type(value).__name__}: pass a model, dict, list, text, number, bool or date"
        )
    given = ((name, getattr(value, name)) for name in names)
    return {value.attribute_map[name]: json_value(item) for name, item in given if item is not None}


class Kind:
    """The base of all kinds; by itself, whatever JSON can hold.

    :ivar name: the kind, as generated code names it.
    :ivar wanted: what a user has to give, in words.
    :ivar sent: what the server has to send, in words.
    :ivar exact: a class whose every value is one of this kind, as it stands.
    :ivar fast: gives nearly every value there is, by key or by call, and raises for the others.
    :ivar is_plain: whether JSON carries the values as they are.
    """

    exact: type | None = None
    fast: Mapping[Any, Any] | Callable[[Any], Any] | None = None
    is_plain = False

    def __init__(self, name: str, wanted: str, sent: str | None = None) -> None:
        self.name = name
        self.wanted = wanted
        self.sent: str = wanted if sent is None else sent

    def decode(self, value: Any, where: str) -> Any:
        """The Python value of a JSON value; nothing is ever made up."""
        try:
            found = self._read(value)
        except (ValueError, OverflowError):
            found = None
        if found is None:
            raise wrong_shape(where, self.sent, value)
        return found

    def coerce(self, value: Any, name: str) -> Any:
        """The value to keep for what a user assigned to ``name``."""
        try:
            found = self._take(value)
        except (ValueError, OverflowError):
            raise ApiValueError(f"Invalid value for `{name}` ({value!r}), must be {self.wanted}") from None
        if found is None and value is not None:
            raise self.mistyped(name, value)
        return found

    def mistyped(self, name: str, value: Any) -> ApiTypeError:
        """The error for an assigned value of the wrong type."""
        return ApiTypeError(f"Invalid type for `{name}`: {type(value).__name__} ({value!r}); it must be {self.wanted}")

    def _read(self, value: Any) -> Any:
        """The Python value of a JSON value; ``None`` or a ``ValueError`` if it is none of this kind."""
        return value

    def _take(self, value: Any) -> Any:
        """The value to keep for what a user gave; ``None`` for a wrong type, a ``ValueError`` for a wrong value."""
        return value

    def plain(self, value: Any) -> Any:
        """The value as ``to_dict`` shows it."""
        return value

    def wire(self, value: Any) -> Any:
        """The value as JSON carries it."""
        return value if self.is_plain else json_value(value)

    def text(self, value: Any) -> Any:
        """The value as a path, a query or a header carries it; a list stays one of texts."""
        return self.wire(value)


class Plain(Kind):
    """What JSON holds as it is: text, a flag or a number; a flag never is a number.

    :param given: classes of what a user may give.
    :param read: how a value of another JSON class is read, if it can be without inventing anything.
    """

    is_plain = True

    def __init__(self, name: str, wanted: str, *given: type, read: Mapping[type, Callable[[Any], Any]] = {}) -> None:
        super().__init__(name, wanted)
        self.exact = given[0]
        self._given = given
        self._readers = read

    def _read(self, value: Any) -> Any:
        if value.__class__ is self.exact:
            return value
        reader = self._readers.get(value.__class__)
        return None if reader is None else reader(value)

    def _take(self, value: Any) -> Any:
        is_right = isinstance(value, self._given) and (self.exact is bool or value.__class__ is not bool)
        return value if is_right else None

    def text(self, value: Any) -> Any:
        return str(value).lower() if isinstance(value, bool) else value


class Time(Kind):
    """A calendar day or a timestamp.

    :param parse: reads ISO 8601 text.
    :param of: the value for what a user gives, be it text, ``date`` or ``datetime``.
    :param wire: how that goes out.
    """

    def __init__(
        self, name: str, example: str, parse: Callable[[str], Any], of: Callable[[Any], Any], wire: Callable[[Any], Any]
    ) -> None:
        what = "a date (datetime.date, datetime.datetime" if name == "date" else "a timestamp (datetime.datetime"
        super().__init__(name, f"{what} or ISO 8601 text such as '{example}')", f"an ISO 8601 {name}")
        self.exact = datetime.date if name == "date" else datetime.datetime
        self.fast, self._parse, self._of, self._wire = parse, parse, of, wire

    def _read(self, value: Any) -> Any:
        return self._parse(value) if type(value) is str else None

    def _take(self, value: Any) -> Any:
        return self._of(value) if isinstance(value, (str, datetime.date)) else None

    def wire(self, value: Any) -> Any:
        return self._wire(value) if isinstance(value, datetime.datetime) else json_value(value)


def _moment_of(value: Any) -> datetime.datetime:
    if isinstance(value, str):
        return parse_datetime(value.strip())
    return value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())


class Choice(Kind):
    """One of the values of a :class:`StrEnum`; the server may know more of them than we do."""

    is_plain = True

    def __init__(self, values: type[StrEnum]) -> None:
        super().__init__("str", "text")
        self.exact = values
        self.title = values.__name__
        self.fast = self.members = {member.value: member for member in values}

    def _read(self, value: Any) -> Any:
        return self.members.get(value, value) if type(value) is str else None

    def coerce(self, value: Any, name: str) -> Any:
        if not isinstance(value, str):
            raise self.mistyped(name, value)
        if value not in self.members:
            known = [str(member) for member in self.members]
            told = known if len(known) <= _MANY else f"the {len(known)} values of {self.title}"
            raise ApiValueError(f"Invalid value for `{name}` ({value}), must be one of {told}{hint(value, known, 3)}")
        return self.members[value]

    def plain(self, value: Any) -> Any:
        return str(value) if isinstance(value, StrEnum) else value


class Nested(Kind):
    """Another model."""

    def __init__(self, model: type[Any]) -> None:
        super().__init__(model.__name__, f"a {model.__name__} (or a dict with its fields)")
        self.exact = self.model = model

    def decode(self, value: Any, where: str) -> Any:  # noqa: ARG002 - the model names its own fields
        return self.model._decode(value)

    def coerce(self, value: Any, name: str) -> Any:
        if isinstance(value, Mapping):
            return self.model._from_user(value, name)
        if isinstance(value, self.model):
            return value
        raise self.mistyped(name, value)

    def plain(self, value: Any) -> Any:
        return value.to_dict() if hasattr(value, "to_dict") else value

    def wire(self, value: Any) -> Any:
        return value._encode() if isinstance(value, self.model) else json_value(value)


class ListOf(Kind):
    """A list of another kind."""

    def __init__(self, item: Kind | type[Any]) -> None:
        self.item = item if isinstance(item, Kind) else Nested(item)
        super().__init__(f"list[{self.item.name}]", f"a list of {self.item.name}")

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
        if type(value) is list and {*map(type, value)} == {self.item.exact}:
            return value
        coerce = self.item.coerce
        checked = [coerce(item, f"{name}[{index}]") for index, item in enumerate(value)]
        # The caller's own list stays the model's list, as in generated code, when nothing had to be converted.
        return value if type(value) is list and all(map(is_, checked, value)) else checked

    def plain(self, value: Any) -> Any:
        return _each(self.item.plain, value)

    def wire(self, value: Any) -> Any:
        return _each(self.item.wire, value)

    def text(self, value: Any) -> Any:
        return _each(self.item.text, value)


def _each(act: Callable[[Any], Any], value: Any) -> Any:
    return [*map(act, value)] if isinstance(value, (list, tuple)) else act(value)


class OneOrMore(ListOf):
    """A list that may also travel as its single item; a list stays a list, an object stays an object."""

    def __init__(self, item: type[Any]) -> None:
        super().__init__(item)
        self.wanted += ", or one of them"

    def decode(self, value: Any, where: str) -> Any:
        return self.item.decode(value, where) if type(value) is dict else super().decode(value, where)

    def coerce(self, value: Any, name: str) -> Any:
        one = not isinstance(value, (list, tuple))
        return self.item.coerce(value, name) if one else super().coerce(value, name)


TEXT = Plain("str", "text", str, read={int: str})  # an integer has one spelling; Zuora's codes come both ways
ANYTHING = Kind("object", "a value")
FLAG = Plain("bool", "true or false", bool)
INTEGER = Plain("int", "a whole number", int, read={float: lambda value: int(value) if value.is_integer() else None})
NUMBER = Plain("float", "a number", float, int, read={int: int})
#: Goes out as ``YYYY-MM-DD``, whatever it was built from.
DAY = Time("date", "2026-03-31", parse_date, day_of, lambda value: value.date().isoformat())
#: Goes out with a space between day and time, as Zuora writes it.
MOMENT = Time("datetime", "2026-03-31 22:05:12", parse_datetime, _moment_of, lambda value: value.isoformat(" "))
#: Goes out as RFC 3339 writes it, with a ``T``.
INSTANT = Time("datetime", "2026-03-31T22:05:12Z", parse_datetime, _moment_of, json_value)
