"""Our package, everything off that can be: no credentials, no retries, no validation."""

from __future__ import annotations

import ours
from ours import IMPORT, build, created, decode, got

import openapi_client as oc

__all__ = ["IMPORT", "Client", "build", "created", "decode", "got"]


class Client(ours.Client):
    """The two calls."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        """Make a client."""
        super().__init__(url, ca)
        self.client.close()
        configuration = oc.Configuration(host=url, retries=0, client_side_validation=False, ssl_ca_cert=ca)
        self.client = oc.ApiClient(configuration)
        self.client.set_default_header("Authorization", "Bearer token")
        self.api = oc.JournalRunsApi(self.client)
