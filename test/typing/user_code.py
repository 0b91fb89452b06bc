"""Code of a user. Never run: type checkers alone look at it.

Each ``type: ignore`` stands on a line that has to be an error: checkers tell when one of them is not needed.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from typing_extensions import assert_type

import openapi_client
from openapi_client import (
    ApiClient,
    ApiResponse,
    CommonResponseType,
    Configuration,
    GETJournalRunType,
    JournalRunPoller,
    JournalRunsApi,
    JournalRunStatus,
    JournalRunTransactionType,
    POSTJournalRunResponseType,
    POSTJournalRunTransactionType,
    POSTJournalRunType,
    POSTJournalRunTypeDict,
    RateLimit,
    RetryPolicy,
    WaitEvent,
)
from openapi_client.exceptions import Reason
from openapi_client.rest import ApiException as OldApiException

if TYPE_CHECKING:
    from urllib3 import HTTPResponse

    from openapi_client._call.background import AsyncResult


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
    request.target_end_date = "2026-03-30"
    request.journal_entry_date = "2026-03-30"
    assert_type(request.journal_entry_date, datetime.date)
    request.transaction_types = [{"type": "Invoice Item"}, POSTJournalRunTransactionType("Taxation Item")]
    assert_type(request.transaction_types, list[POSTJournalRunTransactionType])
    request.transaction_types.append(POSTJournalRunTransactionType(JournalRunTransactionType.INVOICE_ITEM))
    request.organization_labels = {"organization_id": "1"}
    request.additional_properties = {"future": 1}
    request.journal_entry_date = 20260330  # type: ignore[assignment]
    request.target_enddate = "2026-03-30"  # type: ignore[attr-defined]
    request.transaction_types = [{"type": "Invoice Items"}]  # type: ignore[list-item]
    POSTJournalRunTransactionType(type="Invoice Items")  # type: ignore[arg-type]
    print(request.problems(), request.target_enddate)  # type: ignore[attr-defined]
    POSTJournalRunType("Mar 2026", "2026-03-31", None, None, [])
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
    assert_type(number, str)
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
    assert_type(answer.data.status, JournalRunStatus | str)
    assert_type(answer.data.number, str)
    data, status, headers = answer
    print(data, status + 1, headers["Zuora-Request-Id"], answer.elapsed)


def ways_to_be_answered(api: JournalRunsApi, number: str, some: bool) -> None:
    """What comes back follows from the options, under both names."""
    assert_type(api.get_journal_run(number, async_req=False), GETJournalRunType)
    assert_type(api.g_et_journal_run(number, async_req=True), AsyncResult[GETJournalRunType])
    assert_type(api.get_journal_run(number, _preload_content=False), HTTPResponse)
    assert_type(api.g_et_journal_run(number, async_req=True, _preload_content=False), AsyncResult[HTTPResponse])
    full = api.g_et_journal_run_with_http_info(number)
    assert_type(full, ApiResponse[GETJournalRunType])
    assert_type(api.get_journal_run_with_http_info(number, _return_http_data_only=True), GETJournalRunType)
    later = api.get_journal_run_with_http_info(number, async_req=True)
    assert_type(later.get(5).data, GETJournalRunType)
    assert_type(api.get_journal_run_with_http_info(number, _preload_content=False), HTTPResponse)
    assert_type(
        api.get_journal_run(number, async_req=some),
        GETJournalRunType | HTTPResponse | AsyncResult[GETJournalRunType] | AsyncResult[HTTPResponse],
    )
    api.p_ut_journal_run(number, async_req=some, _preload_content=some)
    api.delete_journal_run_with_http_info(number, async_req=some, _return_http_data_only=some)


def requests_as_dicts(api: JournalRunsApi) -> None:
    """Either spelling of a key, both in one dict; a wrong key or value is an error."""
    request: POSTJournalRunTypeDict = {
        "accounting_period_name": "Mar 2026",
        "journalEntryDate": datetime.date(2026, 3, 31),
        "transaction_types": [{"type": JournalRunTransactionType.INVOICE_ITEM}, {"type": "Taxation Item"}],
        "organizationLabels": [{"organizationId": "1"}],
        "additional_properties": {"future": True},
    }
    api.create_journal_run(request, idempotency_key=None)
    request["target_strat_date"] = "2026-03-01"  # type: ignore[typeddict-unknown-key]
    api.create_journal_run({"target_strat_date": "2026-03-01"})  # type: ignore[call-overload]
    api.create_journal_run({"transactionTypes": [{"type": "Invoice Items"}]})  # type: ignore[call-overload]
    api.create_journal_run({"transactionTypes": [{"typ": "Invoice Item"}]})  # type: ignore[call-overload]


def waits(api: JournalRunsApi) -> None:
    """Statuses are checked, and options that make no sense for a wait are refused."""
    api.wait_for_journal_run("JR-1", until=JournalRunStatus.CANCELLED, progress=lambda event: print(event.status))
    api.wait_for_journal_run_deleted("JR-1", progress=True)
    api.wait_for_journal_run("JR-1", progress="bar")  # type: ignore[arg-type]
    api.wait_for_journal_run("JR-1", until=["Completed", JournalRunStatus.ERROR])
    api.wait_for_journal_run("JR-1", until="Complete")  # type: ignore[arg-type]
    api.wait_for_journal_run("JR-1", until=["Completed", "Canceled"])  # type: ignore[list-item]
    api.wait_for_journal_run("JR-1", timeout="5")  # type: ignore[arg-type]
    api.wait_for_journal_run("JR-1", async_req=True)  # type: ignore[call-arg]
    api.wait_for_journal_run_deleted("JR-1", _preload_content=False)  # type: ignore[call-arg]
    api.get_journal_run("JR-1", timeout=5)  # type: ignore[call-overload]
    api.get_journal_run("JR-1", _retries="many")  # type: ignore[call-overload]
    api.get_journal_run("JR-1", _request_timeout="5")  # type: ignore[call-overload]


def tell(event: WaitEvent[GETJournalRunType]) -> None:
    """What a wait tells."""
    assert_type(event.run, GETJournalRunType)
    assert_type(event.elapsed, float)
    assert_type(event.delay, float | None)


def acts_and_pollers(api: JournalRunsApi, request: POSTJournalRunType) -> None:
    """Calls that wait for the end of what they begin, and pollers."""
    assert_type(api.create_and_wait(request, when_busy="wait", progress=tell), GETJournalRunType)
    assert_type(api.create_and_wait(request, until=["Completed", "Error"], idempotency_key=None), GETJournalRunType)
    assert_type(api.cancel_and_wait("JR-1", timeout=60, progress=True), GETJournalRunType)
    assert_type(api.create_journal_run_when_free(request), POSTJournalRunResponseType)
    api.delete_and_wait("JR-1", progress=tell)
    api.create_and_wait(request, when_busy="later")  # type: ignore[arg-type]
    api.cancel_and_wait("JR-1", until="Error")  # type: ignore[call-arg]
    poller = api.begin_create_journal_run(request)
    assert_type(poller, JournalRunPoller[GETJournalRunType])
    assert_type(api.poll_journal_run("JR-1", progress=tell).result(5), GETJournalRunType)
    assert_type(poller.run, GETJournalRunType | None)
    assert_type(poller.history, tuple[WaitEvent[GETJournalRunType], ...])
    poller.add_done_callback(lambda poller: print(poller.number, poller.status(), poller.done()))


def main() -> None:
    """Errors by cause."""
    with ApiClient(configure()) as client:
        try:
            call(JournalRunsApi(client))
        except openapi_client.JournalRunInProgressException as error:
            assert_type(error.journal_run_number, str | None)
            assert_type(error.is_replay, bool | None)
        except openapi_client.JournalRunPartlyCancelledException as error:
            assert_type(error.run.status, str)
        except openapi_client.OperationFailedException as error:
            assert_type(error.reasons, tuple[Reason, ...])
            assert_type(error.outcome_unknown, bool)
        except OldApiException as error:
            print(error.status, error.reason, error.body, error.is_retryable)
