"""Run by an environment with the client that OpenAPI Generator 4.3.1 emits: the same story, as its users would.

Arguments: base URL, client id, client secret, accounting period. Prints what each step found.
"""

from __future__ import annotations

import sys
import time

import urllib3

import openapi_client
from openapi_client.rest import ApiException


def wait(api: openapi_client.JournalRunsApi, number: str, wanted: str) -> str:
    """Look until a run has a status, for 20 seconds at most."""
    for _ in range(100):
        status = api.g_et_journal_run(number).status
        if status == wanted:
            return status
        time.sleep(0.2)
    raise AssertionError(f"{number} is {status}, not {wanted}")


def main() -> None:
    """Run the story."""
    url, client_id, client_secret, period = sys.argv[1:]
    assert not hasattr(openapi_client, "RetryPolicy"), "this is not the generated client"
    form = {"client_id": client_id, "client_secret": client_secret, "grant_type": "client_credentials"}
    answer = urllib3.PoolManager().request("POST", f"{url}/oauth/token", fields=form, encode_multipart=False)
    token = answer.data.decode().partition('"access_token":"')[2].partition('"')[0]
    token = token or answer.data.decode().partition('"access_token": "')[2].partition('"')[0]
    configuration = openapi_client.Configuration(host=url)
    with openapi_client.ApiClient(configuration, "Authorization", f"Bearer {token}") as client:
        client.set_default_header("Zuora-Version", "2025-08-12")
        api = openapi_client.JournalRunsApi(client)
        created = api.p_ost_journal_run(
            openapi_client.POSTJournalRunType(
                accounting_period_name=period,
                journal_entry_date="2026-03-31",
                transaction_types=[openapi_client.POSTJournalRunTransactionType(type="Invoice Item")],
            )
        )
        print("created", created.journal_run_number, created.success)
        print("status", wait(api, created.journal_run_number, "Completed"))
        print("cancelled", api.p_ut_journal_run(created.journal_run_number).success)
        print("status", wait(api, created.journal_run_number, "Cancelled"))
        print("deleted", api.d_elete_journal_run(created.journal_run_number).success)
        try:
            for _ in range(100):
                api.g_et_journal_run(created.journal_run_number)
                time.sleep(0.2)
        except ApiException as error:
            print("gone", "50000040" in str(error))


if __name__ == "__main__":
    main()
