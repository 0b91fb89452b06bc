"""What all contenders send and receive."""

from __future__ import annotations

import json
from typing import Any

HEADERS = {"Authorization": "Bearer token", "Accept": "application/json", "Accept-Encoding": "gzip"}
TYPES = [
    "Invoice Item",
    "Taxation Item",
    "Invoice Item Adjustment (Invoice)",
    "Invoice Item Adjustment (Tax)",
    "Invoice Adjustment",
    "Electronic Payment",
    "External Payment",
    "Electronic Refund",
    "External Refund",
    "Electronic Credit Balance Payment",
    "External Credit Balance Payment",
    "Electronic Credit Balance Refund",
    "External Credit Balance Refund",
    "Credit Balance Adjustment (Applied from Credit Balance)",
    "Credit Balance Adjustment (Transferred to Credit Balance)",
    "Revenue Event Item",
    "Debit Memo Item (Charge)",
    "Debit Memo Item (Tax)",
    "Credit Memo Item (Charge)",
    "Credit Memo Item (Tax)",
    "Credit Memo Application Item",
    "Electronic Payment Application",
    "External Payment Application",
    "Electronic Refund Application",
    "External Refund Application",
    "Electronic Payment Application Item",
    "External Payment Application Item",
    "Electronic Refund Application Item",
    "External Refund Application Item",
]
NUMBER = "JR-00000001"
PERIOD = "Mar 2026"
DAY = "2026-03-31"


def run(types: int) -> str:
    """The JSON of a completed run with so many transaction types."""
    kinds = [{"type": TYPES[index % len(TYPES)]} for index in range(types)]
    return json.dumps(
        {
            "success": True,
            "number": NUMBER,
            "status": "Completed",
            "executedOn": "2026-03-31 22:05:12",
            "journalEntryDate": DAY,
            "targetStartDate": "2026-03-01",
            "targetEndDate": DAY,
            "totalJournalEntryCount": 29,
            "aggregateCurrency": False,
            "segmentationRuleName": "Rule",
            "transactionTypes": kinds,
        }
    )


def request(types: int) -> dict[str, object]:
    """The body of a create as plain data."""
    return {
        "accountingPeriodName": PERIOD,
        "journalEntryDate": DAY,
        "transactionTypes": [{"type": kind} for kind in TYPES[:types]],
    }


CREATED = json.dumps({"success": True, "journalRunNumber": NUMBER})
TOKEN = json.dumps({"access_token": "token", "token_type": "bearer", "expires_in": 3598, "scope": "", "jti": "0"})


def got(run: Any) -> tuple[str, str, int]:
    """Number, status and count of types of a run that is plain data."""
    return run["number"], run["status"], len(run["transactionTypes"])


def created(answer: Any) -> str:
    """The number in the answer to a create that is plain data."""
    return answer["journalRunNumber"]
