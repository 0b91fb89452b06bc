"""The client that the newest OpenAPI Generator makes of the description of 2021, as ``journal_client`` (pydantic)."""

from __future__ import annotations

from typing import Any

import journal_client
import samples

IMPORT = "import journal_client; journal_client.ApiClient; journal_client.JournalRunsApi"
decode = journal_client.GETJournalRunType.from_json


def typed(count: int) -> Any:
    """The body of a create."""
    types = [journal_client.POSTJournalRunTransactionType(type=kind) for kind in samples.TYPES[:count]]
    return journal_client.POSTJournalRunType(
        accounting_period_name=samples.PERIOD, journal_entry_date=samples.DAY, transaction_types=types
    )


class Client:
    """The two calls."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        """Make a client."""
        configuration = journal_client.Configuration(host=url, ssl_ca_cert=ca)
        self.client = journal_client.ApiClient(configuration, "Authorization", "Bearer token")
        self.api = journal_client.JournalRunsApi(self.client)
        self.request = typed(3)

    def get(self) -> Any:
        """Retrieve."""
        return self.api.g_et_journal_run(samples.NUMBER)

    def post(self) -> Any:
        """Create."""
        return self.api.p_ost_journal_run(self.request)

    def close(self) -> None:
        """Close what can be closed."""
        self.client.rest_client.pool_manager.clear()


def build() -> str:
    """Make the body of a create with all transaction types."""
    return typed(29).to_json()


def got(run: Any) -> tuple[str, str, int]:
    """Number, status and count of types of what ``get`` and ``decode`` return."""
    return run.number, run.status, len(run.transaction_types)


def created(answer: Any) -> str:
    """The number in what ``post`` returns."""
    return answer.journal_run_number
