"""Options made from the parameters of an operation, and the call that they describe."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from openapi_client.api import JournalRunsApi
from openapi_client.cli.description import about_parameter, option_of
from openapi_client.cli.fields import add_fields

if TYPE_CHECKING:
    from openapi_client._call.operation import Operation


def operation_of(method: str) -> Operation:
    """The operation that a method of the API calls."""
    found: Operation = getattr(JournalRunsApi, method).declared[0]
    return found


def add_parameters(parser: ArgumentParser, method: str) -> None:
    """Add what an operation takes: path parameters as arguments, the others and the body's fields as options."""
    for parameter in operation_of(method).parameters:
        if parameter.place == "body":
            add_fields(parser, body_of(method))
            continue
        text = about_parameter(parameter.wire)
        if parameter.place == "path":
            parser.add_argument(parameter.name, metavar=parameter.wire.upper(), help=text)
        else:
            parser.add_argument(option_of(parameter.name), default=SUPPRESS, metavar="TEXT", help=text)


def body_of(method: str) -> Any:
    """The model of what an operation sends."""
    kinds: Any = [each.kind for each in operation_of(method).parameters if each.place == "body"]
    return kinds[0].model


def arguments_of(method: str, options: Namespace) -> dict[str, Any]:
    """The arguments of a method, apart from the body, that were given."""
    names = [each.name for each in operation_of(method).parameters if each.place != "body"]
    return {name: value for name, value in vars(options).items() if name in names}
