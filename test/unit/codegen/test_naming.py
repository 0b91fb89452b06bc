"""The names that OpenAPI Generator 4.3.1 gives; each pair was made by the generator itself or stands in its clients."""

from __future__ import annotations

import pytest

from codegen import naming


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("GET_JournalRun", "g_et_journal_run"),
        ("POST_JournalRun", "p_ost_journal_run"),
        ("DELETE_JournalRun", "d_elete_journal_run"),
        ("PUT_JournalRun", "p_ut_journal_run"),
        ("listPets", "list_pets"),
        ("getHTTPStatus", "get_http_status"),
        ("createToken", "create_token"),
        ("find_pets-by:status", "find_pets_by_status"),
        ("GETAccountingPeriod", "g_et_accounting_period"),
        ("getPetByID", "get_pet_by_id"),
        ("import", "call_import"),
    ],
)
def test_operations(identifier: str, name: str) -> None:
    """The method of an ``operationId``."""
    assert naming.operation(identifier) == name


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        ("jr-number", "jr_number"),
        ("Zuora-Track-Id", "zuora_track_id"),
        ("processId", "process_id"),
        ("photoUrls", "photo_urls"),
        ("ID", "id"),
        ("orderID", "order_id"),
        ("class", "_class"),
        ("2nd", "_2nd"),
        ("page[size]", "page_size"),
    ],
)
def test_variables(wire: str, name: str) -> None:
    """The argument or attribute of a parameter or property."""
    assert naming.variable(wire) == name


@pytest.mark.parametrize(
    ("schema", "name", "file"),
    [
        ("GETJournalRunType", "GETJournalRunType", "get_journal_run_type"),
        ("CommonResponseTypeReasons", "CommonResponseTypeReasons", "common_response_type_reasons"),
        ("POSTJournalRunType", "POSTJournalRunType", "post_journal_run_type"),
        ("api_response", "ApiResponse", "api_response"),
        ("order-line", "OrderLine", "order_line"),
        ("HTTPError", "HTTPError", "http_error"),
    ],
)
def test_models(schema: str, name: str, file: str) -> None:
    """The class of a schema, and the module that it stands in."""
    assert (naming.model(schema), naming.file(naming.model(schema))) == (name, file)


@pytest.mark.parametrize(
    ("tag", "name", "file"),
    [
        ("Journal Runs", "JournalRunsApi", "journal_runs_api"),
        ("pet", "PetApi", "pet_api"),
        ("Summary Journal Entries", "SummaryJournalEntriesApi", "summary_journal_entries_api"),
    ],
)
def test_apis(tag: str, name: str, file: str) -> None:
    """The class of a tag, and its module."""
    assert (naming.api(tag), naming.file(naming.api(tag))) == (name, file)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Pending", "PENDING"),
        ("Invoice Item Adjustment (Tax)", "INVOICE_ITEM_ADJUSTMENT_TAX"),
        ("PendingClose", "PENDING_CLOSE"),
        ("in-transit", "IN_TRANSIT"),
        ("4th", "_4TH"),
    ],
)
def test_members(value: str, name: str) -> None:
    """The member of an enum."""
    assert naming.member(value) == name
