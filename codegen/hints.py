"""Types as Python code: the kind that checks and decodes, what reading gives, what may be assigned."""

from __future__ import annotations

from collections.abc import Collection

from codegen import naming
from codegen.reading import Type

_KINDS = {
    "text": "TEXT",
    "flag": "FLAG",
    "integer": "INTEGER",
    "number": "NUMBER",
    "day": "DAY",
    "moment": "MOMENT",
    "anything": "ANYTHING",
}
_READ = {
    "text": "str",
    "flag": "bool",
    "integer": "int",
    "number": "float",
    "day": "datetime.date",
    "moment": "datetime.datetime",
    "anything": "Any",
}
_WRITTEN = {**_READ, "day": "datetime.date | str", "moment": "datetime.datetime | str"}
_PAGE = {**_READ, "day": "date", "moment": "datetime", "anything": "object", "choice": "str"}


def kind(value: Type) -> str:
    """The kind of value, as the runtime knows it."""
    if value.item:
        inner = naming.model(value.item.name) if value.item.form == "nested" else kind(value.item)
        return f"{'OneOrMore' if value.form == 'one_or_more' else 'ListOf'}({inner})"
    if value.form == "choice":
        return f"Choice({naming.model(value.name)})"
    return f"Nested({naming.model(value.name)})" if value.form == "nested" else _KINDS[value.form]


def read(value: Type) -> str:
    """What an attribute or an answer is."""
    if value.item:
        many = f"list[{read(value.item)}]"
        return f"{read(value.item)} | {many}" if value.form == "one_or_more" else many
    if value.form == "choice":
        return f"{naming.model(value.name)} | str"
    return naming.model(value.name) if value.form == "nested" else _READ[value.form]


def written(value: Type, sent: Collection[str]) -> str:
    """What may be assigned or passed.

    :param sent: the models that have a ``TypedDict``.
    """
    if value.item:
        many = f"Sequence[{written(value.item, sent)}]"
        return f"{written(value.item, sent)} | {many}" if value.form == "one_or_more" else many
    name = naming.model(value.name)
    if value.form == "choice":
        return f"{name} | {name}Value"
    if value.form == "nested":
        return f"{name} | {name}Dict" if value.name in sent else f"{name} | dict[str, Any]"
    return _WRITTEN[value.form]


def page(value: Type) -> str:
    """The type as a page names it, as generated pages do."""
    if value.item:
        return f"list[{page(value.item)}]"
    return naming.model(value.name) if value.form == "nested" else _PAGE[value.form]


def optional(annotation: str) -> str:
    """The annotation of a value that can be left out."""
    return annotation if annotation == "Any" else f"{annotation} | None"
