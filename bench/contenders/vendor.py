"""Zuora's own SDK, ``zuora-sdk``."""

from __future__ import annotations

import enum
from typing import Any

import certifi
import samples
import zuora_sdk
from zuora_sdk.models.create_journal_run_request import CreateJournalRunRequest
from zuora_sdk.models.get_journal_run_response import GetJournalRunResponse
from zuora_sdk.zuora_client import ZuoraClient

IMPORT = "from zuora_sdk.zuora_client import ZuoraClient"
decode = GetJournalRunResponse.from_json


class Client:
    """The two calls."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        """Make a client, which fetches a token."""
        settings = zuora_sdk.Configuration()
        settings.ssl_ca_cert = ca or certifi.where()
        environment = enum.Enum("Environment", {"BENCH": url}).BENCH
        self.client = ZuoraClient("6c2f4a0e-0000-4000-8000-000000000000", "secret" * 7, environment, settings)
        self.client._auth()  # ``initialize`` does this, and starts a thread that cannot be stopped
        self.api = self.client.journal_runs_api()
        self.request = CreateJournalRunRequest.from_dict(samples.request(3))

    def get(self) -> Any:
        """Retrieve."""
        return self.api.get_journal_run(samples.NUMBER)

    def post(self) -> Any:
        """Create."""
        return self.api.create_journal_run(self.request)

    def close(self) -> None:
        """Close what can be closed."""
        self.client.api_client.rest_client.pool_manager.clear()


def build() -> str:
    """Make the body of a create with all transaction types."""
    return CreateJournalRunRequest.from_dict(samples.request(29)).to_json()


def got(run: Any) -> tuple[str, str, int]:
    """Number, status and count of types of what ``get`` and ``decode`` return."""
    return run.number, getattr(run.status, "value", run.status), len(run.transaction_types)


def created(answer: Any) -> str:
    """The number in what ``post`` returns."""
    return answer.journal_run_number
