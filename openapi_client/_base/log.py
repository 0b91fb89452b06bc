"""The package's logger."""

from __future__ import annotations

import logging
from functools import lru_cache


@lru_cache(maxsize=1)
def logger() -> logging.Logger:
    """The package's logger. Made by the first call, so that importing the package touches no logger."""
    found = logging.getLogger("openapi_client")
    found.addHandler(logging.NullHandler())
    return found
