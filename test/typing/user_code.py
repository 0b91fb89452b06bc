"""Code of a user. Never run: type checkers alone look at it, and find nothing (``mistakes.py`` has what they find)."""

from __future__ import annotations

import datetime

from typing_extensions import assert_type

import openapi_client
from openapi_client import (
    ApiClient,
    ApiResponse,
    CommonResponseType,
    Configuration,
    GETJournalRunType,
    JournalRunsApi,
    JournalRunTransactionType,
    POSTJournalRunResponseType,
    POSTJournalRunTransactionType,
    POSTJournalRunType,
    RateLimit,
    RetryPolicy,
)
from openapi_client.exceptions import Reason
from openapi_client.rest import ApiException as OldApiException


def configure() -> Configuration:
    """Every way of authentication, and policies."""
    Configuration("https://rest.zuora.com", {}, {}, "user", "password")
    Configuration(client_id="id", client_secret="secret", timeout=(5, 60), retries=RetryPolicy(attempts=6))
    Configuration(access_token=lambda: "token", retries=0, zuora_version="2025-08-12")
    return Configuration.from_env()


def build() -> POSTJournalRunType:
    """By keyword, with plain values and with enums."""
    request = POSTJournalRunType(
        accounting_period_name="Mar 2026",
        journal_entry_date=datetime.date(2026, 3, 31),
        transaction_types=[POSTJournalRunTransactionType(type=JournalRunTransactionType.INVOICE_ITEM)],
    )
    assert_type(request.journal_entry_date, datetime.date)
    assert_type(request.target_start_date, "datetime.date | None")
    request.target_start_date = datetime.date(2026, 3, 1)
    return POSTJournalRunType(
        journal_entry_date="2026-03-31",
        target_start_date="2026-03-01",
        target_end_date="2026-03-31",
        transaction_types=[{"type": "Invoice Item"}],
    )


def call(api: JournalRunsApi) -> None:
    """The four operations, under both names."""
    created = api.create_journal_run(build(), idempotency_key="2026-03-close", zuora_track_id="close")
    assert_type(created, POSTJournalRunResponseType)
    number = created.journal_run_number
    assert number is not None
    assert_type(api.get_journal_run(number, _request_timeout=10), GETJournalRunType)
    assert_type(api.g_et_journal_run(number), GETJournalRunType)
    assert_type(api.p_ost_journal_run({"journalEntryDate": "2026-03-31"}), POSTJournalRunResponseType)
    assert_type(api.cancel_journal_run(number), CommonResponseType)
    assert_type(api.delete_journal_run(number, async_req=True).get(10), CommonResponseType)
    assert_type(api.wait_for_journal_run(number, until="Cancelled", timeout=60), GETJournalRunType)
    answer = api.get_journal_run_with_http_info(number)
    assert_type(answer, ApiResponse[GETJournalRunType])
    assert_type(answer.data, GETJournalRunType)
    assert_type(answer.rate_limit, RateLimit)
    data, status, headers = answer
    print(data, status + 1, headers["Zuora-Request-Id"], answer.elapsed)


def main() -> None:
    """Errors by cause."""
    with ApiClient(configure()) as client:
        try:
            call(JournalRunsApi(client))
        except openapi_client.OperationFailedException as error:
            assert_type(error.reasons, tuple[Reason, ...])
            assert_type(error.outcome_unknown, bool)
        except OldApiException as error:
            print(error.status, error.reason, error.body, error.is_retryable)
