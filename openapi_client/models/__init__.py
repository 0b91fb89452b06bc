# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""All models and enums. Each is loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_client._base import lazy

if TYPE_CHECKING:
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
else:
    __getattr__, __dir__ = lazy.access(
        __name__,
        {
            "CommonResponseType": "common_response_type",
            "CommonResponseTypeReasons": "common_response_type_reasons",
            "GETJournalRunTransactionType": "get_journal_run_transaction_type",
            "GETJournalRunType": "get_journal_run_type",
            "JournalRunStatus": "journal_run_status",
            "JournalRunTransactionType": "journal_run_transaction_type",
            "OrganizationLabel": "organization_label",
            "OrganizationLabelDict": "organization_label",
            "POSTJournalRunResponseType": "post_journal_run_response_type",
            "POSTJournalRunTransactionType": "post_journal_run_transaction_type",
            "POSTJournalRunTransactionTypeDict": "post_journal_run_transaction_type",
            "POSTJournalRunType": "post_journal_run_type",
            "POSTJournalRunTypeDict": "post_journal_run_type",
        },
    )

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
