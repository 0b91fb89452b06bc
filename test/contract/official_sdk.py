"""Run by the environment of Zuora's own SDK: create, get, cancel and delete against a sandbox, as its users would.

Arguments: base URL, client id, client secret, accounting period. Prints what each step found.
"""

from __future__ import annotations

import enum
import sys
import time

from zuora_sdk.models.create_journal_run_request import CreateJournalRunRequest
from zuora_sdk.zuora_client import ZuoraClient


def wait(client: ZuoraClient, number: str, wanted: str) -> str:
    """Look until a run has a status, for 20 seconds at most."""
    for _ in range(100):
        status = client.journal_runs_api().get_journal_run(number).status
        status = getattr(status, "value", status)
        if status == wanted:
            return status
        time.sleep(0.2)
    raise AssertionError(f"{number} is {status}, not {wanted}")


def main() -> None:
    """Run the story."""
    url, client_id, client_secret, period = sys.argv[1:]
    environment = enum.Enum("Environment", {"SANDBOX": url})
    client = ZuoraClient(client_id, client_secret, environment.SANDBOX)
    client.initialize()
    api = client.journal_runs_api()
    request = CreateJournalRunRequest.from_dict(
        {
            "accountingPeriodName": period,
            "journalEntryDate": "2026-03-31",
            "transactionTypes": [{"type": "Invoice Item"}, {"type": "Taxation Item"}],
        }
    )
    created = api.create_journal_run(request)
    print("created", created.journal_run_number, created.success)
    print("status", wait(client, created.journal_run_number, "Completed"))
    print("cancelled", api.cancel_journal_run(created.journal_run_number).success)
    print("status", wait(client, created.journal_run_number, "Cancelled"))
    print("deleted", api.delete_journal_run(created.journal_run_number).success)
    try:
        for _ in range(100):
            api.get_journal_run(created.journal_run_number)
            time.sleep(0.2)
    except Exception as error:
        print("gone", "50000040" in str(error))


if __name__ == "__main__":
    main()
