"""``requests`` with a session, and no models."""

from __future__ import annotations

from typing import Any

import requests
import samples
from samples import created, got

__all__ = ["IMPORT", "Client", "created", "got"]
IMPORT = "import requests"


class Client:
    """The two calls."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        """Prepare a session."""
        self.url = f"{url}/v1/journal-runs"
        self.session = requests.Session()
        self.session.headers.update(samples.HEADERS)
        self.session.mount(url, requests.adapters.HTTPAdapter(pool_maxsize=64))
        if ca:
            self.session.verify = ca

    def get(self) -> Any:
        """Retrieve."""
        return self.session.get(f"{self.url}/{samples.NUMBER}", timeout=(5, 125)).json()

    def post(self) -> Any:
        """Create."""
        return self.session.post(self.url, json=samples.request(3), timeout=(5, 125)).json()

    def close(self) -> None:
        """Close the connections."""
        self.session.close()
