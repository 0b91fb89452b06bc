"""The declarative base of all models: a class is a list of fields, the rest is made from it once."""

from __future__ import annotations

import json
import linecache
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar, overload

from openapi_client._base import lazy
from openapi_client._base.nearest import hint
from openapi_client._schema import kinds as _kinds
from openapi_client.exceptions import ApiTypeError, ApiValueError, DecodeException

if TYPE_CHECKING:
    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**_):
        """PEP 681, of which only type checkers need more than this; Python 3.10 lacks it."""
        return lambda cls: cls


_Read = TypeVar("_Read")
_Written = TypeVar("_Written")
_REQUIRED: Any = object()
#: What compiled methods need of each kind.
_PARTS = ("coerce", "decode", "exact", "fast", "wire")
#: Models with at most so many fields are decoded without a ``__dict__``.
_FEW = 3
# Models that an earlier layout of this package pickled name the class of their validation by where it was then.
sys.modules.setdefault(f"{__package__.rpartition('.')[0]}._model", sys.modules[__name__])


class Validation(NamedTuple):
    """The one setting a model looks at; a ``Configuration`` has it too."""

    client_side_validation: bool = True


class Field(Generic[_Read, _Written]):
    """A field of a model: what it is called on the wire, its kind, and whether it must be given.

    Type checkers take the first parameter for what reading gives, the second for what may be assigned: a date can be
    assigned as text, and is read as ``datetime.date``.
    """

    def __init__(self, key: str, kind: _kinds.Kind, required: bool, added: bool) -> None:
        self.key = key
        self.kind = kind
        self.required = required
        self.added = added

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: type) -> Self: ...

        @overload
        def __get__(self, instance: object, owner: type) -> _Read: ...

        def __get__(self, instance: Any, owner: type) -> Any: ...

        def __set__(self, instance: Any, value: _Written) -> None: ...

    else:

        def __get__(self, instance, owner):
            # Reached only while the instance has no value of its own, because this is no data descriptor.
            return self if instance is None else None


def field(
    key: str,
    kind: _kinds.Kind | type[Model],
    *,
    default: Any = _REQUIRED,
    kw_only: bool = False,  # noqa: ARG001 - PEP 681 gives it its meaning
    added: bool = False,
) -> Any:
    """Declare a field.

    :param key: its name in JSON.
    :param kind: a kind of :mod:`openapi_client._schema.kinds`, or a model class.
    :param default: ``None`` makes the field optional; without it the field is required.
    :param kw_only: for type checkers only; positional construction works for every field.
    :param added: the generated 4.3.1 client does not have it, so positionally it comes after all that it has.
    """
    return Field(key, kind if isinstance(kind, _kinds.Kind) else _kinds.Nested(kind), default is _REQUIRED, added)


def _missing(names: Iterable[str], where: str = "") -> ApiValueError:
    """The error for required fields that are ``None``, all at once."""
    found = [f"`{where}{name}`" for name in names]
    return ApiValueError(f"Invalid value{'s' * (len(found) > 1)} for {', '.join(found)}, must not be `None`")


def _not_json(name: str) -> None:
    raise ValueError(f"{name} is not JSON (RFC 8259 section 6)")


#: What a JSON text says; ``NaN`` and ``Infinity`` are refused.
parse_json = json.JSONDecoder(parse_constant=_not_json).decode


class _Compiled:
    """A method that is written for a class, as a person would write it, when it is first needed.

    Loops over the fields instead cost more, by ``python -m bench``: a third for decoding a list, a sixth for
    building a request, as much again for encoding it.
    """

    def __init__(self, cls: type[Model], write: Callable[[type[Model]], list[str]]) -> None:
        self._cls = cls
        self._write = write

    def __get__(self, instance: Any, owner: type[Model]) -> Any:
        cls, lines = self._cls, self._write(self._cls)
        names: dict[str, Any] = {"cls": cls, "new": object.__new__, "put": object.__setattr__, "type_of": type}
        names.update(known=frozenset(cls.attribute_map.values()), wrong=_kinds.wrong_shape, loose=_kinds.json_value)
        names.update(Validation=Validation, missing=_missing, unexpected=cls._unexpected, __name__=cls.__module__)
        for index, item in enumerate(cls._fields.values()):
            names.update({f"{part}{index}": getattr(item.kind, part) for part in _PARTS})
        name = lines[0][4 : lines[0].index("(")]
        source, file = "\n".join(lines) + "\n", f"<{name} of {cls.__module__}.{cls.__qualname__}>"
        exec(compile(source, file, "exec"), names)  # noqa: S102 - built from field names of our own classes only
        # So that a traceback shows the line.
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        method = names[name]
        method.__module__, method.__qualname__ = cls.__module__, f"{cls.__name__}.{name}"
        setattr(cls, name, method)
        return method.__get__(instance, owner)


def _write_init(cls: type[Model]) -> list[str]:
    """``__init__`` for these fields."""
    added = [name for name, item in cls._fields.items() if item.added]
    order = [*(name for name in cls._fields if name not in added), "local_vars_configuration", *added]
    types = {name: f": {kind}" for name, kind in cls.openapi_types.items()}
    required = ", ".join(f"({name!r}, {name})" for name, item in cls._fields.items() if item.required)
    lines = [
        f"def __init__(self{''.join(f', {name}{types.get(name, str())}=None' for name in order)}, **_unknown):",
        " if _unknown: raise unexpected(_unknown)",
        " _values = self.__dict__",
        " if local_vars_configuration is not None and not local_vars_configuration.client_side_validation:",
        "  _values['local_vars_configuration'] = Validation(False)",
        *(f"  if {name} is not None: _values[{name!r}] = {name}" for name in cls._fields),
        "  return",
    ]
    for index, (name, item) in enumerate(cls._fields.items()):
        value = f"{name} if type_of({name}) is exact{index} else coerce{index}({name}, {name!r})"
        lines.append(f" if {name} is not None: _values[{name!r}] = {value}")
        if item.required:
            lines.append(f" else: raise missing([name for name, value in ({required},) if value is None])")
    return lines


def _write_decode_all(cls: type[Model]) -> list[str]:
    """A decoder of parsed lists.

    Each model takes the place of its parsed dict at once: making objects and freeing as many keeps the garbage
    collector from counting them. Asking a model for its ``__dict__`` makes one, which pays for many fields only.
    """
    is_small = len(cls._fields) <= _FEW
    lines = [
        "def _decode_all(data):",
        " for place, item in enumerate(data):",
        "  if type(item) is dict:",
        "   data[place] = model = new(cls)",
        "   count = 0" if is_small else "   count = 0; get = item.get; values = model.__dict__",
    ]
    for index, (name, each) in enumerate(cls._fields.items()):
        store = f"put(model, {name!r}, %s)" if is_small else f"values[{name!r}] = %s"
        decoded = store % f"decode{index}(value, {f'{cls.__name__}.{each.key}'!r})"
        if is_small:
            lines += [f"   try: value = item[{each.key!r}]", "   except KeyError: value = None"]
        else:
            lines.append(f"   value = get({each.key!r})")
        lines += ["   if value is not None:", "    count += 1"]
        if each.kind.fast is None:
            lines += [f"    if type(value) is exact{index}: {store % 'value'}", f"    else: {decoded}"]
        else:
            found = f"fast{index}(value)" if callable(each.kind.fast) else f"fast{index}[value]"
            lines += [f"    try: {store % found}", f"    except Exception: {decoded}"]
    return [
        *lines,
        "   if count != len(item):",
        "    extras = {key: value for key, value in item.items() if key not in known}",
        "    if extras: model.additional_properties = extras",
        f"  elif item is not None: raise wrong({cls.__name__!r}, 'an object', item)",
        " return data",
    ]


def _write_encode(cls: type[Model]) -> list[str]:
    """The JSON object for the wire; ``None`` is left out."""
    lines = ["def _encode(self):", " get = self.__dict__.get; out = {}"]
    for index, (name, each) in enumerate(cls._fields.items()):
        value = "value" if each.kind.is_plain else f"wire{index}(value)"
        lines += [f" value = get({name!r})", f" if value is not None: out[{each.key!r}] = {value}"]
    return [*lines, " value = get('additional_properties')", " if value: out.update(loose(value))", " return out"]


class _Signature:
    """What ``inspect.signature`` says of a model: its constructor's, without what only refuses misspelt names."""

    def __get__(self, instance: Any, owner: type[Model]) -> Any:
        import inspect

        _, *shown = inspect.signature(owner.__init__).parameters.values()
        return inspect.Signature([each for each in shown if each.name != "_unknown"])


@dataclass_transform(field_specifiers=(field,))
class Model:
    """Base of the models.

    - Construction and assignment check required fields, types, enums and nested models, unless
      ``local_vars_configuration`` has ``client_side_validation`` off. They raise
      :class:`~openapi_client.ApiValueError` or :class:`~openapi_client.ApiTypeError`.
    - Decoding keeps unknown enum values as text and unknown fields in ``additional_properties``; a wrong shape
      raises :class:`~openapi_client.exceptions.DecodeException`.
    - Two models are equal when they are of one class and all fields are. They can change, so they have no hash.
    """

    openapi_types: ClassVar[dict[str, str]] = {}
    attribute_map: ClassVar[dict[str, str]] = {}
    discriminator: ClassVar[None] = None
    local_vars_configuration: ClassVar[Validation] = Validation()
    _fields: ClassVar[dict[str, Field[Any, Any]]] = {}
    __signature__: ClassVar[Any] = _Signature()
    #: Either spelling of a field -> its Python name; the wire's wins.
    _names: ClassVar[dict[str, str]] = {}
    __hash__: ClassVar[None]  # type: ignore[assignment]  # unhashable on purpose, as every mutable value is

    def __init_subclass__(cls) -> None:
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        cls._fields = {**cls._fields, **own}
        cls.openapi_types = {name: item.kind.name for name, item in cls._fields.items()}
        cls.attribute_map = {name: item.key for name, item in cls._fields.items()}
        cls._names = {**{name: name for name in cls._fields}, **{key: name for name, key in cls.attribute_map.items()}}
        # A subclass must not inherit what was compiled for its parent.
        for name, write in (("__init__", _write_init), ("_decode_all", _write_decode_all), ("_encode", _write_encode)):
            if name not in vars(cls):
                setattr(cls, name, _Compiled(cls, write))

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Fields that this version does not know, by wire name.

        What the server sent is kept here and sent back as it came; what is put here is sent, too.
        """
        extras: dict[str, Any] = self.__dict__.setdefault("additional_properties", {})
        return extras

    @additional_properties.setter
    def additional_properties(self, value: dict[str, Any]) -> None:
        self.__dict__["additional_properties"] = value

    if TYPE_CHECKING:

        def __init__(self, *args: Any, **kwargs: Any) -> None: ...

        @classmethod
        def _decode_all(cls, values: list[Any]) -> list[Any]:
            """Decode the parsed JSON objects of a list, in place."""

        def _encode(self) -> dict[str, Any]:
            """The JSON object for the wire; ``None`` is left out."""

    else:
        # Type checkers do not see it, since it would make them accept any name.
        def __setattr__(self, name, value):
            item = self._fields.get(name)
            if item is None:
                self._set_other(name, value)
            elif not self.local_vars_configuration.client_side_validation:
                self.__dict__[name] = value
            elif value is not None:
                self.__dict__[name] = item.kind.coerce(value, name)
            elif item.required:
                raise _missing([name])
            else:
                self.__dict__[name] = None

    def _set_other(self, name: str, value: Any) -> None:
        if name == "local_vars_configuration":
            value = Validation(value.client_side_validation)
        elif isinstance(getattr(type(self), name, None), property):
            object.__setattr__(self, name, value)
            return
        elif not name.startswith("_") and name != "discriminator":
            known = ", ".join(self._fields)
            warnings.warn(
                f"{type(self).__name__} has no field {name!r}, so it will not be sent; its fields are: {known}",
                stacklevel=3,
            )
        self.__dict__[name] = value

    @classmethod
    def _decode(cls, data: Any) -> Self:
        """Decode parsed JSON, whose lists may become those of the model."""
        if data is None:
            raise _kinds.wrong_shape(cls.__name__, "an object", data)
        model: Self = cls._decode_all([data])[0]
        return model

    @classmethod
    def _from_user(cls, data: Mapping[str, Any], where: str) -> Self:
        """Build from a dict with wire or Python names, checked as the constructor checks.

        :param where: what the dict is, for messages.
        :raises ApiTypeError: a key is no field; one that is meant goes into ``additional_properties``.
        """
        model = cls.__new__(cls)
        values = model.__dict__
        for key, value in data.items():
            name = cls._names.get(key)
            if name is None:
                values["additional_properties"] = cls._extras(key, value, where)
            elif name in values:
                raise ApiTypeError(f"Got both spellings of the key '{name}' in `{where}`")
            elif value is not None:
                values[name] = cls._fields[name].kind.coerce(value, f"{where}.{name}")
        lacking = [name for name, item in cls._fields.items() if item.required and name not in values]
        if lacking:
            raise _missing(lacking, f"{where}.")
        return model

    @classmethod
    def _unexpected(cls, unknown: Iterable[str]) -> ApiTypeError:
        """The error for arguments that are no fields."""
        name = next(iter(unknown))
        return ApiTypeError(f"{cls.__name__} got an unexpected keyword argument '{name}'{hint(name, cls._fields)}")

    @classmethod
    def _extras(cls, key: str, value: Any, where: str) -> dict[str, Any]:
        if key != "additional_properties":
            raise ApiTypeError(f"Got an unexpected key '{key}' in `{where}`{hint(key, cls._names)}")
        if not isinstance(value, Mapping):
            raise ApiTypeError(f"Invalid type for `{where}.{key}`: {type(value).__name__}; it must be a dict")
        return dict(value)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Decode a dict with wire names, as the server sends it.

        :raises DecodeException: a value has the wrong shape.
        """
        return cls._decode(_copied(data))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Decode JSON text with wire names.

        :raises DecodeException: not JSON, or a value has the wrong shape.
        """
        try:
            data = parse_json(text) if isinstance(text, str) else json.loads(text, parse_constant=_not_json)
        except (ValueError, RecursionError) as error:
            raise DecodeException(reason=f"{cls.__name__} cannot be read from this text: {error}") from None
        return cls._decode(data)

    def to_dict(self) -> dict[str, Any]:
        """The fields by Python name, nested models as dicts, enum members as plain text."""
        values = self.__dict__
        return {
            name: None if values.get(name) is None else item.kind.plain(values[name])
            for name, item in self._fields.items()
        }

    def to_json(self) -> str:
        """The JSON text for the wire, unknown fields included."""
        return json.dumps(self._encode())

    def to_str(self) -> str:
        """``to_dict()`` laid out for reading."""
        import pprint

        return pprint.pformat(self.to_dict())

    def __repr__(self) -> str:
        return self.to_str()

    _repr_html_ = lazy.html

    def _content(self) -> tuple[Any, ...]:
        values = self.__dict__
        return (*map(values.get, self._fields), values.get("additional_properties") or None)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Model) and self._content() == other._content()

    def __ne__(self, other: object) -> bool:
        return not self == other


def _copied(data: Any) -> Any:
    """The same objects and lists anew, since decoding puts models into the lists it is given."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data
