"""The declarative base of all models: a class is a list of fields, the rest is made from it once."""

from __future__ import annotations

import json
import linecache
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar, overload

from openapi_client._base.compat import dataclass_transform
from openapi_client._base.nearest import hint
from openapi_client._schema import kinds as _kinds
from openapi_client.exceptions import ApiTypeError, ApiValueError, DecodeException

if TYPE_CHECKING:
    import inspect

    from typing_extensions import Self


T = TypeVar("T")
_Read = TypeVar("_Read")
_Written = TypeVar("_Written")
_REQUIRED: Any = object()
# Models that an earlier layout of this package pickled name the class of their validation by where it was then.
sys.modules.setdefault(f"{__package__.rpartition('.')[0]}._model", sys.modules[__name__])
#: Models with at most so many fields get a decoder of lists of their own.
_FEW = 3


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
        self.name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

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

    def missing(self, where: str = "") -> ApiValueError:
        """The error for a required field that is ``None``."""
        return ApiValueError(f"Invalid value for `{where}{self.name}`, must not be `None`")


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


def _not_json(name: str) -> None:
    raise ValueError(f"{name} is not JSON (RFC 8259 section 6)")


#: What a JSON text says; ``NaN`` and ``Infinity`` are refused.
parse_json = json.JSONDecoder(parse_constant=_not_json).decode


def _parameters(cls: type[Model]) -> list[str]:
    """The constructor's parameters in their positional order."""
    added = [name for name, item in cls._fields.items() if item.added]
    return [*(name for name in cls._fields if name not in added), "local_vars_configuration", *added]


class _Signature:
    """Computes a model's constructor signature when somebody asks, since ``inspect`` is slow to import."""

    def __get__(self, instance: Any, owner: type[Model]) -> inspect.Signature:
        import inspect

        kinds = {name: item.kind.name for name, item in owner._fields.items()}
        either = inspect.Parameter.POSITIONAL_OR_KEYWORD
        return inspect.Signature(
            [
                inspect.Parameter(name, either, default=None, annotation=kinds.get(name, inspect.Parameter.empty))
                for name in _parameters(owner)
            ]
        )


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
    #: Name on the wire -> Python name, kind, and where it stands for messages.
    _by_key: ClassVar[dict[str, tuple[str, _kinds.Kind, str]]] = {}
    #: Either spelling of a field -> its Python name; the wire's wins.
    _names: ClassVar[dict[str, str]] = {}
    __signature__: ClassVar[Any] = _Signature()
    __hash__: ClassVar[None]  # type: ignore[assignment]  # unhashable on purpose, as every mutable value is

    def __init_subclass__(cls) -> None:
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        cls._fields = {**cls._fields, **own}
        # A subclass must not inherit codecs that were compiled for its parent.
        for name in ("_decode_all", "_encode"):
            setattr(cls, name, Model.__dict__[name])
        cls.openapi_types = {name: item.kind.name for name, item in cls._fields.items()}
        cls.attribute_map = {name: item.key for name, item in cls._fields.items()}
        cls._by_key = {item.key: (name, item.kind, f"{cls.__name__}.{item.key}") for name, item in cls._fields.items()}
        cls._names = {**{name: name for name in cls._fields}, **{key: name for name, key in cls.attribute_map.items()}}
        if "__init__" not in vars(cls):
            cls.__init__ = _compile_init(cls)  # type: ignore[method-assign]  # what dataclass does, too

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
                raise item.missing()
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
        if data.__class__ is not dict:
            raise _kinds.wrong_shape(cls.__name__, "an object", data)
        model = object.__new__(cls)
        values, extras = model.__dict__, None
        for key, value in data.items():
            try:
                name, kind, where = cls._by_key[key]
            except KeyError:
                extras = {} if extras is None else extras
                extras[key] = value
                continue
            if value is not None:
                is_text = kind is _kinds.TEXT and value.__class__ is str
                values[name] = value if is_text else kind.decode(value, where)
        if extras is not None:
            values["additional_properties"] = extras
        return model

    @classmethod
    def _decode_all(cls, values: list[Any]) -> list[Any]:
        """Decode the parsed JSON objects of a list, in place. The first call makes a method for the class."""
        if len(cls._fields) > _FEW:
            return [value if value is None else cls._decode(value) for value in values]
        decode = _compile_decode_all(cls)
        cls._decode_all = staticmethod(decode)  # type: ignore[method-assign,assignment]  # once per class
        found: list[Any] = decode(values)
        return found

    def _encode(self) -> dict[str, Any]:
        """The JSON object for the wire; ``None`` is left out. Compiled for the class on first call."""
        encode = _compile_encode(type(self))
        type(self)._encode = encode  # type: ignore[method-assign,assignment]  # once per class
        return encode(self)

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
        for name, item in cls._fields.items():
            if item.required and name not in values:
                raise item.missing(f"{where}.")
        return model

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


def _compile(cls: type[Model], name: str, lines: list[str], names: dict[str, Any]) -> Any:
    """Code as a person would write it for one class.

    Loops over the fields instead cost more, by ``test/bench/client.py``: a quarter for decoding a run, a sixth for
    building a request, a twentieth for encoding one.
    """
    source = "\n".join(lines) + "\n"
    file = f"<{name} of {cls.__module__}.{cls.__qualname__}>"
    exec(compile(source, file, "exec"), names)  # noqa: S102 - built from field names of our own classes only
    # So that a traceback shows the line.
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    return names[name]


def _compile_init(cls: type[Model]) -> Any:
    """``__init__`` as a person would write it for these fields."""
    names: dict[str, Any] = {"Validation": Validation}
    arguments = "".join(f", {name}=None" for name in _parameters(cls))
    lines = [
        f"def __init__(self{arguments}):",
        " d = self.__dict__",
        " if local_vars_configuration is not None and not local_vars_configuration.client_side_validation:",
        "  d['local_vars_configuration'] = Validation(False)",
        *(f"  if {name} is not None: d[{name!r}] = {name}" for name in cls._fields),
        "  return",
    ]
    for index, (name, item) in enumerate(cls._fields.items()):
        names[f"coerce{index}"] = item.kind.coerce
        names[f"field{index}"] = item
        value = f"coerce{index}({name}, {name!r})"
        if isinstance(item.kind, _kinds.Choice):
            names[f"known{index}"] = item.kind.members
            value = f"(known{index}.get({name}) if {name}.__class__ is str else None) or {value}"
        lines.append(f" if {name} is not None: d[{name!r}] = {value}")
        if item.required:
            lines.append(f" else: raise field{index}.missing()")
    init = _compile(cls, "__init__", lines, names)
    init.__qualname__ = f"{cls.__name__}.__init__"
    init.__module__ = cls.__module__
    return init


def _compile_decode_all(cls: type[Model]) -> Callable[[list[Any]], Any]:
    """A decoder of lists, unrolled for the class: measured, since answers hold thousands of small objects.

    Each model takes the place of its parsed dict at once: making objects and freeing as many keeps the garbage
    collector from counting them, which is a third of the time.
    """
    names: dict[str, Any] = {
        "cls": cls,
        "new": object.__new__,
        "known": cls._by_key,
        "wrong": _kinds.wrong_shape,
    }
    lines = [
        "def decode_all(values):",
        " place = 0",
        " for data in values:",
        "  if data.__class__ is dict:",
        "   model = new(cls); d = model.__dict__; n = 0",
    ]
    for index, (name, item) in enumerate(cls._fields.items()):
        names[f"decode{index}"] = item.kind.decode
        value = f"decode{index}(v, {f'{cls.__name__}.{item.key}'!r})"
        lines += [
            f"   try: v = data[{item.key!r}]",
            "   except KeyError: v = None",
            "   if v is not None:",
            "    n += 1",
        ]
        if isinstance(item.kind, _kinds.Choice):
            names[f"members{index}"] = item.kind.members
            # Not there, or nothing that could be: an unknown value, or a wrong one.
            lines += [f"    try: d[{name!r}] = members{index}[v]"]
            lines += [f"    except (KeyError, TypeError): d[{name!r}] = {value}"]
        elif item.kind is _kinds.TEXT:
            lines += [f"    d[{name!r}] = v if v.__class__ is str else {value}"]
        else:
            lines += [f"    d[{name!r}] = {value}"]
    lines += [
        "   if n != len(data):",
        "    extras = {k: v for k, v in data.items() if k not in known}",
        "    if extras: d['additional_properties'] = extras",
        "   values[place] = model",
        f"  elif data is not None: raise wrong({cls.__name__!r}, 'an object', data)",
        "  place += 1",
        " return values",
    ]
    decode: Callable[[list[Any]], Any] = _compile(cls, "decode_all", lines, names)
    return decode


def _compile_encode(cls: type[Model]) -> Callable[[Model], dict[str, Any]]:
    """An encoder unrolled for the class."""
    names: dict[str, Any] = {"loose": _kinds.json_value}
    lines = ["def encode(self):", " get = self.__dict__.get; out = {}"]
    for index, (name, item) in enumerate(cls._fields.items()):
        names[f"wire{index}"] = item.kind.wire
        plain = item.kind is _kinds.TEXT or isinstance(item.kind, (_kinds.Choice, _kinds.Flag, _kinds.Integer))
        value = "v" if plain else f"wire{index}(v)"
        lines += [f" v = get({name!r})", f" if v is not None: out[{item.key!r}] = {value}"]
    lines += [" v = get('additional_properties')", " if v: out.update(loose(v))", " return out"]
    encode: Callable[[Model], dict[str, Any]] = _compile(cls, "encode", lines, names)
    return encode
