"""Our package, everything on: credentials, retries, checks, validation, and a log that somebody reads."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import samples

import openapi_client as oc

IMPORT = "import openapi_client; openapi_client.ApiClient; openapi_client.JournalRunsApi"
IMPORT_ALONE = "import openapi_client"
DAY = datetime.date.fromisoformat(samples.DAY)
KINDS = list(oc.JournalRunTransactionType)
decode = oc.GETJournalRunType.from_json


class Nowhere(logging.Handler):
    """Takes what is logged, as a handler of a service would."""

    def emit(self, record: logging.LogRecord) -> None:
        """Format, and forget."""
        record.getMessage()


logging.getLogger("openapi_client").addHandler(Nowhere())


class Client:
    """The two calls."""

    def __init__(self, url: str, ca: str | None = None) -> None:
        """Make a client."""
        configuration = oc.Configuration(
            host=url, access_token=lambda: "token", retries=5, max_concurrency=100, ssl_ca_cert=ca
        )
        self.client = oc.ApiClient(configuration)
        self.api = oc.JournalRunsApi(self.client)
        self.request = oc.POSTJournalRunType(
            samples.PERIOD, DAY, None, None, [oc.POSTJournalRunTransactionType(type=kind) for kind in KINDS[:3]]
        )

    def get(self) -> Any:
        """Retrieve."""
        return self.api.get_journal_run(samples.NUMBER)

    def post(self) -> Any:
        """Create."""
        return self.api.create_journal_run(self.request)

    def get_anew(self) -> Any:
        """Retrieve, over a connection that serves no other call."""
        return self.api.get_journal_run(samples.NUMBER, _headers={"Connection": "close"})

    def close(self) -> None:
        """Close the client."""
        self.client.close()


def build() -> str:
    """Make the body of a create with all transaction types."""
    types = [oc.POSTJournalRunTransactionType(type=kind) for kind in KINDS]
    return oc.POSTJournalRunType(samples.PERIOD, DAY, None, None, types).to_json()


def got(run: Any) -> tuple[str, str, int]:
    """Number, status and count of types of what ``get`` and ``decode`` return."""
    return run.number, run.status, len(run.transaction_types)


def created(answer: Any) -> str:
    """The number in what ``post`` returns."""
    return answer.journal_run_number
