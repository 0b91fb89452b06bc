"""Models as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from openapi_client._call.response import ApiResponse
from openapi_client._schema.kinds import Choice, Kind, ListOf, Nested, Time
from openapi_client._schema.model import Model
from openapi_client.exceptions import ApiTypeError, ApiValueError, MissingExtraException

if TYPE_CHECKING:
    import pandas

#: The types of columns by the name of a kind; those of pandas that know missing values.
_DTYPES: Mapping[str, str] = {"bool": "boolean", "int": "Int64", "float": "Float64", "str": "string"}


def to_frame(
    models: Model | ApiResponse[Any] | Iterable[Model | ApiResponse[Any]],
    of: type[Model] | None = None,
    *,
    explode: str | None = None,
) -> pandas.DataFrame:
    """Models as a pandas DataFrame: a row for each, a column for each field, by its Python name.

    - Days and timestamps are ``datetime64``, flags ``boolean``, numbers ``Int64`` or ``Float64``, text ``string``, and
      enums such as a status ``category``; what is not known is missing. Timestamps with a time zone are in UTC.
    - A column that has values which its type cannot hold has the objects as they are.
    - Lists and other models stay objects.

    :param models: a model, an :class:`ApiResponse` with one, or any number of them, all of one class.
    :param of: their class; with it, no models give a frame without rows that has all columns.
    :param explode: a field that holds a list of models: a row for each item, whose own fields are columns such as
        ``transaction_types.type``. A model without items keeps one row.
    :raises ApiTypeError: something else than models of one class, or ``of`` is none.
    :raises ApiValueError: ``explode`` is no such field.
    :raises MissingExtraException: pandas is not installed.
    """
    pd = _pandas()
    rows = [*_flat(models)]
    cls = of or next((type(row) for row in rows if isinstance(row, Model)), Model)
    if not (isinstance(cls, type) and issubclass(cls, Model)):
        raise ApiTypeError(f"Invalid type for `of`: {of!r}; it must be the class of a model")
    strange = [type(row).__name__ for row in rows if not isinstance(row, cls)]
    if strange:
        raise ApiTypeError(f"Invalid type for `models`: {strange[0]}; all of them must be {cls.__name__}")
    items: dict[str, Any] = {}
    if explode is not None:
        item = _item_of(cls, explode)
        pairs = [(row, each) for row in rows for each in _items(getattr(row, explode)) or [None]]
        rows = [row for row, _ in pairs]
        found = _columns(pd, item, [each for _, each in pairs])
        items = {f"{explode}.{name}": column for name, column in found.items()}
    columns = {name: column for name, column in _columns(pd, cls, rows).items() if name != explode}
    frame: pandas.DataFrame = pd.DataFrame({**columns, **items})
    return frame


def _pandas() -> Any:
    try:
        return import_module("pandas")
    except ImportError:
        install = "pip install 'zuora-journal-runs[notebook]', or in a checkout: pip install '.[notebook]'"
        raise MissingExtraException(f"to_frame needs pandas: {install}", "notebook") from None


def _flat(things: Any) -> Iterator[Any]:
    """What there is in answers and lists, one by one."""
    if isinstance(things, ApiResponse):
        yield from _flat(things.data)
    elif isinstance(things, Iterable) and not isinstance(things, (str, bytes, Mapping)):
        for each in things:
            yield from _flat(each)
    else:
        yield things


def _item_of(cls: type[Model], name: str) -> type[Model]:
    """The class of the items of a field."""
    lists = {
        each: item.kind.item.model
        for each, item in cls._fields.items()
        if isinstance(item.kind, ListOf) and isinstance(item.kind.item, Nested)
    }
    if name not in [*lists]:
        raise ApiValueError(f"Invalid value for `explode` ({name!r}), must be one of {[*lists]}")
    return lists[name]


def _items(value: Any) -> list[Any]:
    return [value] if isinstance(value, Model) else [*(value or ())]


def _columns(pd: Any, cls: type[Model], models: list[Any]) -> dict[str, Any]:
    """Each field as a column."""
    found = {}
    for name, item in cls._fields.items():
        values = [getattr(model, name, None) for model in models]
        try:
            found[name] = _typed(pd, item.kind, values)
        except (TypeError, ValueError, OverflowError):
            found[name] = pd.Series(values, dtype=object)
    return found


def _typed(pd: Any, kind: Kind, values: list[Any]) -> Any:
    """A column with the type of its kind.

    :raises TypeError: it cannot hold a value. :raises ValueError: so as well. :raises OverflowError: so as well.
    """
    if isinstance(kind, Choice):
        texts = [value if value is None else str(value) for value in values]
        known = dict.fromkeys([*kind.members, *(text for text in texts if text is not None)])
        return pd.Series(pd.Categorical(texts, [*known]))
    dtype: Any = _DTYPES.get(kind.name, object)
    if isinstance(kind, Time):
        zones = {getattr(value, "tzinfo", None) is not None for value in values if value is not None}
        if len(zones) > 1:
            raise ValueError("some have a time zone, some have none")
        dtype = f"datetime64[{'s' if kind.name == 'date' else 'us'}{', UTC' if True in zones else ''}]"
    return pd.Series(values, dtype=dtype)
