"""What the description of the API says of fields and parameters, for the help of their options."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from openapi_client.sandbox.web.description import description_text

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CODE = re.compile(r"`([^`]*)`")


@cache
def _components() -> Any:
    return json.loads(description_text())["components"]


def about_parameter(wire: str) -> str:
    """What a parameter is, by its name in the request."""
    return _plain(_components()["parameters"][wire]["description"], {})


def about_field(model: Any, name: str) -> str:
    """What a field of a model is; fields that it mentions are named as their options are."""
    options = {item.key: option_of(field) for field, item in model._fields.items()}
    described = _components()["schemas"][model.__name__]["properties"][model._fields[name].key]
    return _plain(described["description"], options)


def option_of(name: str) -> str:
    """The option for a field or parameter, by its Python name."""
    return "--" + name.replace("_", "-")


def _plain(text: str, options: dict[str, str]) -> str:
    """Markdown as the help can show it."""
    text = _CODE.sub(lambda match: options.get(match[1], match[1]), _LINK.sub(r"\1", text))
    return text.replace("%", "%%")  # argparse formats help texts
