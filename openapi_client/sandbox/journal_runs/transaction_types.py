"""The transaction types of a journal run, and when a tenant does not have them.

Sources: Zuora API reference (the enumeration) and Zuora docs (Invoice Settlement and Multi-Org).
"""

from __future__ import annotations

from collections.abc import Mapping

from openapi_client.sandbox.options import Settlement

_PAYMENTS = ("Electronic Payment", "External Payment", "Electronic Refund", "External Refund")
_APPLICATIONS = tuple(f"{each} Application" for each in _PAYMENTS)
_APPLICATION_ITEMS = tuple(f"{each} Application Item" for each in _PAYMENTS)
_ADJUSTMENTS = (
    "Invoice Item Adjustment (Invoice)",
    "Invoice Item Adjustment (Tax)",
    "Invoice Adjustment",
)
_CREDIT_BALANCE = (
    "Electronic Credit Balance Payment",
    "External Credit Balance Payment",
    "Electronic Credit Balance Refund",
    "External Credit Balance Refund",
    "Credit Balance Adjustment (Applied from Credit Balance)",
    "Credit Balance Adjustment (Transferred to Credit Balance)",
)
_MEMOS = (
    "Debit Memo Item (Charge)",
    "Debit Memo Item (Tax)",
    "Credit Memo Item (Charge)",
    "Credit Memo Item (Tax)",
    "Credit Memo Application Item",
)

ALL_TYPES = (
    "Invoice Item",
    "Taxation Item",
    *_ADJUSTMENTS,
    *_PAYMENTS,
    *_CREDIT_BALANCE,
    "Revenue Event Item",
    *_MEMOS,
    *_APPLICATIONS,
    *_APPLICATION_ITEMS,
)

MULTI_ORG_UNSUPPORTED = frozenset({*_ADJUSTMENTS, *_CREDIT_BALANCE})

UNAVAILABLE: Mapping[Settlement, frozenset[str]] = {
    "any": frozenset(),
    "off": frozenset({*_MEMOS, *_APPLICATIONS, *_APPLICATION_ITEMS}),
    "invoice": frozenset({*_PAYMENTS, *_APPLICATION_ITEMS}),
    "item": frozenset({*_PAYMENTS, *_APPLICATIONS}),
}
