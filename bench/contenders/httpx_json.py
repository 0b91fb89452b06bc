"""``httpx`` with a client, and no models."""

from __future__ import annotations

import ssl
from typing import Any

import httpx
import samples
from samples import created, got

__all__ = ["IMPORT", "Client", "created", "got"]
IMPORT = "import httpx"


class Client:
    """The two calls."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        """Prepare a client."""
        self.url = f"{url}/v1/journal-runs"
        verify = ssl.create_default_context(cafile=ca) if ca else True
        timeout = httpx.Timeout(125, connect=5)
        self.client = httpx.Client(headers=samples.HEADERS, timeout=timeout, verify=verify)

    def get(self) -> Any:
        """Retrieve."""
        return self.client.get(f"{self.url}/{samples.NUMBER}").json()

    def post(self) -> Any:
        """Create."""
        return self.client.post(self.url, json=samples.request(3)).json()

    def close(self) -> None:
        """Close the connections."""
        self.client.close()
