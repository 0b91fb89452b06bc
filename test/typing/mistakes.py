"""What an editor catches and what it does not: a line that ends in ``# error`` is wrong, every other one is right.

Never run: the type checkers have to agree with the marks, line by line.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import urllib3
from typing_extensions import assert_type

from openapi_client import (
    ApiException,
    AttemptEvent,
    Configuration,
    GETJournalRunType,
    JournalRunsApi,
    POSTJournalRunType,
    RetryPolicy,
)
from openapi_client.sandbox import Fault, Sandbox


def settings(configuration: Configuration) -> None:
    Configuration(timeout="5")  # error
    Configuration(timeout=5)
    Configuration(timeout=(5, 60))
    Configuration(timeout=urllib3.Timeout(5))
    Configuration(retries="many")  # error
    Configuration(retries=3)
    Configuration(retries=False)
    Configuration(retries=RetryPolicy(attempts=6))
    Configuration(retries=urllib3.Retry(3))
    Configuration(hots="https://rest.zuora.com")  # error
    Configuration(access_token=lambda: "token", debug=True, logger_file="client.log")
    Configuration("https://rest.zuora.com", None, None, "user", "password")
    Configuration.from_env(time_out=3)  # error
    Configuration.from_env(timeout="3")  # error
    Configuration.from_env({"ZUORA_ACCESS_TOKEN": "token"}, timeout=3, host="https://rest.zuora.com")
    configuration.time_out = 3  # error
    configuration.timeout = "3"  # error
    configuration.timeout = 3
    configuration.proxy_headers = {"Proxy-Authorization": "Basic"}


def hooks(configuration: Configuration) -> None:
    def count(event: AttemptEvent) -> None:
        print(event.method, event.status)

    configuration.on_retry = count
    configuration.on_response = [].append
    configuration.on_request = "count"  # error


def requests(api: JournalRunsApi, request: POSTJournalRunType) -> None:
    request.journal_entry_date = datetime.date(2026, 3, 30)
    request.journal_entry_date = "2026-03-30"
    request.journal_entry_date = 20260330  # error
    request.journal_entry_dat = "2026-03-30"  # error
    POSTJournalRunType(transaction_types=[])  # error
    POSTJournalRunType(journal_entry_date="2026-03-31", transaction_types=[{"type": "Invoice Item"}])
    POSTJournalRunType(journal_entry_date="2026-03-31", transaction_types=[{"type": "Invoice Items"}])  # error
    api.create_journal_run({"journal_entry_date": "2026-03-31", "transaction_types": [{"type": "Invoice Item"}]})
    api.create_journal_run({"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]})
    api.create_journal_run({"journal_entry_date": "2026-03-31", "transaction_types": [{"type": "Invoices"}]})  # error
    api.create_journal_run({"target_strat_date": "2026-03-31", "transaction_types": []})  # error


def calls(api: JournalRunsApi, number: str, some_bool: bool) -> None:
    api.get_journal_run(number, async_req=some_bool)
    api.cancel_journal_run_with_http_info(number, async_req=some_bool)
    api.get_journal_run(number, zuora_entity_id="x")  # error
    api.get_journal_run(number, idempotency_key="x")  # error
    api.get_journal_run(number, timeout=5)  # error
    api.get_journal_run(42)  # error
    api.wait_for_journal_run(number, until="Cancelled", timeout=60)
    api.wait_for_journal_run(number, until={"Completed", "Error"}, timeout=60)
    api.wait_for_journal_run(number, until="Complete")  # error
    api.wait_for_journal_run(number, async_req=True)  # error
    data, status, headers = api.get_journal_run_with_http_info(number)
    assert_type(data, GETJournalRunType)
    print(data.statsu)  # error
    assert_type(status, int)
    assert_type(headers, Mapping[str, str])


def failures(error: ApiException) -> None:
    assert_type(error.body, "str | None")
    assert_type(error.headers, "Mapping[str, str] | None")
    assert_type(error.status, "int | None")
    print(error.stauts)  # error


def sandboxes() -> None:
    Sandbox(tenant_version="2024-05-20")
    Sandbox(tenant_verion="2024-05-20")  # error
    Sandbox(faults=[Fault("rate-limit")])
    Fault("rate-limt")  # error
    Fault("rate-limit", times=2)
    Fault("rate-limit", tims=2)  # error
