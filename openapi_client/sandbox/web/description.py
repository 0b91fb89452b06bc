"""The OpenAPI description of what the sandbox serves, which it serves, too."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

PATH = "/openapi.json"


@lru_cache(maxsize=1)
def description_text() -> str:
    """Return the description as JSON text."""
    return files("openapi_client.sandbox").joinpath("openapi.json").read_text("utf-8")
