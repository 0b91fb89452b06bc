"""Options made from the fields of a model: a new field of the description is an option by itself."""

from __future__ import annotations

import json
import re
from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openapi_client._schema import kinds
from openapi_client._schema.model import parse_json
from openapi_client.cli.description import about_field, option_of
from openapi_client.exceptions import ApiValueError

if TYPE_CHECKING:
    from typing import TextIO

_METAVARS = {kinds.DAY: "YYYY-MM-DD", kinds.INTEGER: "N", kinds.NUMBER: "N"}


def add_fields(parser: ArgumentParser, model: Any) -> None:
    """Add an option for every field of a request.

    What an option may hold is checked by the model, once all of them and the file are put together.
    """
    for name, item in model._fields.items():
        _add(parser, option_of(name), item.kind, about_field(model, name) + (" Required." if item.required else ""))


def _add(parser: ArgumentParser, option: str, kind: kinds.Kind, help_text: str) -> None:
    if kind is kinds.FLAG:
        parser.add_argument(option, action=BooleanOptionalAction, default=SUPPRESS, help=help_text)
        return
    is_list = isinstance(kind, kinds.ListOf)
    item = kind.item if isinstance(kind, kinds.ListOf) else kind
    values = _values_of(item)
    several: dict[str, Any] = {"nargs": "+", "action": "extend"} if is_list else {}
    added = parser.add_argument(
        option,
        default=SUPPRESS,
        type=partial(_value, item),
        metavar=_metavar(item),
        help=help_text + _among(values) + _shape(item),
        **several,
    )
    complete_from(added, values)


def complete_from(action: Action, values: list[str]) -> None:
    """Let a shell complete an option from these values; ``choices`` would list all of them in every message."""
    if values:
        action.completer = lambda **_: values  # type: ignore[attr-defined]  # where argcomplete looks


def _metavar(kind: kinds.Kind) -> str:
    if isinstance(kind, kinds.Nested):
        only = _only_field(kind.model)
        return only.upper() if only else "FIELD=VALUE"
    return _METAVARS.get(kind, "TEXT")


def _among(values: list[str]) -> str:
    return f" One of: {', '.join(values)}." if values else ""


def _shape(kind: kinds.Kind) -> str:
    if not isinstance(kind, kinds.Nested) or _only_field(kind.model):
        return ""
    return f" FIELD is one of {', '.join(_fields(kind.model))}; a JSON object may hold several."


def _fields(model: Any) -> dict[str, Any]:
    found: dict[str, Any] = model._fields
    return found


def _only_field(model: Any) -> str | None:
    """The name of the field, where a model has just one: its value stands for the whole."""
    names = [*_fields(model)]
    return names[0] if len(names) == 1 else None


def _values_of(kind: kinds.Kind) -> list[str]:
    """The values that an option can take, where they can be listed."""
    if isinstance(kind, kinds.Nested):
        only = _only_field(kind.model)
        return _values_of(_fields(kind.model)[only].kind) if only else []
    return [*map(str, kind.members)] if isinstance(kind, kinds.Choice) else []


def _value(kind: kinds.Kind, text: str) -> Any:
    """What the model is given for the text of an option.

    :raises ArgumentTypeError: no number, or no object, where one is needed.
    """
    if kind is kinds.INTEGER or kind is kinds.NUMBER:
        try:
            return int(text) if kind is kinds.INTEGER else float(text)
        except ValueError:
            raise ArgumentTypeError(f"should be {kind.wanted}, not {text!r}") from None
    return _object(kind.model, text) if isinstance(kind, kinds.Nested) else text


def _object(model: Any, text: str) -> dict[str, Any]:
    if text.startswith("{"):
        try:
            return dict(parse_json(text))
        except ValueError as error:
            raise ArgumentTypeError(f"should be a JSON object: {error}") from None
    only = _only_field(model)
    name, found, value = (only, "=", text) if only else text.partition("=")
    if not found:
        raise ArgumentTypeError(f"should be FIELD=VALUE, with one of the fields {', '.join(_fields(model))}")
    return {name: value}


def request_from(model: Any, options: Namespace, file: str | None, standard_input: TextIO) -> Any:
    """The request that file and options together describe; an option wins over the file.

    :param file: a JSON file, ``-`` for standard input, or ``None``.
    :raises ApiValueError: no file, no JSON object in it, or a value that breaks a rule.
    :raises ApiTypeError: a key that is no field, or a value of the wrong type.
    """
    given = {name: value for name, value in vars(options).items() if name in _fields(model)}
    read = {} if file is None else _read(file, standard_input)
    kept = {key: value for key, value in read.items() if model._names.get(key) not in given}
    found = {**{model._names.get(key, key): None for key in kept}, **given}
    missing = [option_of(name) for name, item in _fields(model).items() if item.required and name not in found]
    if missing:
        raise ApiValueError(f"Missing: {', '.join(missing)}; give them as options, or in the file of --from")
    return model._from_user({**kept, **given}, "request")


def _read(file: str, standard_input: TextIO) -> dict[str, Any]:
    shown = "standard input" if file == "-" else file
    try:
        data = parse_json(standard_input.read() if file == "-" else Path(file).read_text("utf-8-sig"))
    except OSError as error:
        raise ApiValueError(f"--from {file}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise ApiValueError(f"--from: {shown} holds no JSON: {error}") from None
    if not isinstance(data, dict):
        raise ApiValueError(
            f"--from: {shown} should hold a JSON object, such as {json.dumps({'journalEntryDate': '...'})}"
        )
    return data


def by_option(message: str, model: Any) -> str:
    """A message of the model in which its fields are named as their options are."""
    names = "|".join(_fields(model))
    return re.sub(rf"`(?:request\.)?({names})\b([^`]*)`", lambda match: option_of(match[1]) + match[2], message)
