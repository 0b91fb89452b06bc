"""Bare ``urllib3`` and ``json``: no models, no checks, no credentials of its own, and no time limits."""

from __future__ import annotations

import json
from typing import Any

import samples
import urllib3
from samples import created, got

__all__ = ["IMPORT", "Client", "build", "created", "decode", "got"]

IMPORT = "import urllib3, json"


class Client:
    """The two calls."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        """Prepare a pool."""
        self.url = f"{url}/v1/journal-runs"
        self.pool = urllib3.PoolManager(retries=False, ca_certs=ca, maxsize=64)

    def get(self) -> Any:
        """Retrieve."""
        return json.loads(self.pool.request("GET", f"{self.url}/{samples.NUMBER}", headers=samples.HEADERS).data)

    def post(self) -> Any:
        """Create."""
        headers = {**samples.HEADERS, "Content-Type": "application/json"}
        body = json.dumps(samples.request(3))
        return json.loads(self.pool.request("POST", self.url, headers=headers, body=body).data)

    def get_anew(self) -> Any:
        """Retrieve, over a connection that serves no other call."""
        headers = {**samples.HEADERS, "Connection": "close"}
        return json.loads(self.pool.request("GET", f"{self.url}/{samples.NUMBER}", headers=headers).data)

    def close(self) -> None:
        """Close the connections."""
        self.pool.clear()


def build() -> str:
    """Make the body of a create with all transaction types."""
    return json.dumps(samples.request(29))


def decode(text: str) -> Any:
    """Read a run."""
    return json.loads(text)
