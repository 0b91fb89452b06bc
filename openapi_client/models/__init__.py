# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""All models and enums."""

from __future__ import annotations

from openapi_client.models.common_response_type import CommonResponseType
from openapi_client.models.common_response_type_reasons import CommonResponseTypeReasons
from openapi_client.models.get_journal_run_transaction_type import GETJournalRunTransactionType
from openapi_client.models.get_journal_run_type import GETJournalRunType
from openapi_client.models.journal_run_status import JournalRunStatus
from openapi_client.models.journal_run_transaction_type import JournalRunTransactionType
from openapi_client.models.organization_label import OrganizationLabel, OrganizationLabelDict
from openapi_client.models.post_journal_run_response_type import POSTJournalRunResponseType
from openapi_client.models.post_journal_run_transaction_type import (
    POSTJournalRunTransactionType,
    POSTJournalRunTransactionTypeDict,
)
from openapi_client.models.post_journal_run_type import POSTJournalRunType, POSTJournalRunTypeDict

__all__ = [
    "CommonResponseType",
    "CommonResponseTypeReasons",
    "GETJournalRunTransactionType",
    "GETJournalRunType",
    "JournalRunStatus",
    "JournalRunTransactionType",
    "OrganizationLabel",
    "OrganizationLabelDict",
    "POSTJournalRunResponseType",
    "POSTJournalRunTransactionType",
    "POSTJournalRunTransactionTypeDict",
    "POSTJournalRunType",
    "POSTJournalRunTypeDict",
]
