"""Bare ``urllib3`` and ``json`` with the time limits of ours: what waiting with a limit costs by itself."""

from __future__ import annotations

from typing import Any

import floor
import urllib3
from floor import IMPORT, build, created, decode, got

__all__ = ["IMPORT", "Client", "build", "created", "decode", "got"]


class Client(floor.Client):
    """The two calls, limited."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        """Prepare a pool."""
        super().__init__(url, ca)
        limits: Any = urllib3.Timeout(connect=5, read=125)
        self.pool = urllib3.PoolManager(retries=False, ca_certs=ca, maxsize=64, timeout=limits)
