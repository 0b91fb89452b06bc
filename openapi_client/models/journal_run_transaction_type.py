# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""The transaction types a journal run can collect."""

from __future__ import annotations

from typing import Literal, TypeAlias

from openapi_client._schema.kinds import StrEnum


class JournalRunTransactionType(StrEnum):
    """Kind of transaction (Zuora API reference, "Create a journal run").

    Which of them a tenant accepts depends on its features: Invoice Settlement, Invoice Item Settlement, Multi-Org.
    """

    INVOICE_ITEM = "Invoice Item"
    TAXATION_ITEM = "Taxation Item"
    INVOICE_ITEM_ADJUSTMENT_INVOICE = "Invoice Item Adjustment (Invoice)"
    INVOICE_ITEM_ADJUSTMENT_TAX = "Invoice Item Adjustment (Tax)"
    INVOICE_ADJUSTMENT = "Invoice Adjustment"
    ELECTRONIC_PAYMENT = "Electronic Payment"
    EXTERNAL_PAYMENT = "External Payment"
    ELECTRONIC_REFUND = "Electronic Refund"
    EXTERNAL_REFUND = "External Refund"
    ELECTRONIC_CREDIT_BALANCE_PAYMENT = "Electronic Credit Balance Payment"
    EXTERNAL_CREDIT_BALANCE_PAYMENT = "External Credit Balance Payment"
    ELECTRONIC_CREDIT_BALANCE_REFUND = "Electronic Credit Balance Refund"
    EXTERNAL_CREDIT_BALANCE_REFUND = "External Credit Balance Refund"
    CREDIT_BALANCE_ADJUSTMENT_APPLIED_FROM_CREDIT_BALANCE = "Credit Balance Adjustment (Applied from Credit Balance)"
    CREDIT_BALANCE_ADJUSTMENT_TRANSFERRED_TO_CREDIT_BALANCE = (
        "Credit Balance Adjustment (Transferred to Credit Balance)"
    )
    REVENUE_EVENT_ITEM = "Revenue Event Item"
    DEBIT_MEMO_ITEM_CHARGE = "Debit Memo Item (Charge)"
    DEBIT_MEMO_ITEM_TAX = "Debit Memo Item (Tax)"
    CREDIT_MEMO_ITEM_CHARGE = "Credit Memo Item (Charge)"
    CREDIT_MEMO_ITEM_TAX = "Credit Memo Item (Tax)"
    CREDIT_MEMO_APPLICATION_ITEM = "Credit Memo Application Item"
    ELECTRONIC_PAYMENT_APPLICATION = "Electronic Payment Application"
    EXTERNAL_PAYMENT_APPLICATION = "External Payment Application"
    ELECTRONIC_REFUND_APPLICATION = "Electronic Refund Application"
    EXTERNAL_REFUND_APPLICATION = "External Refund Application"
    ELECTRONIC_PAYMENT_APPLICATION_ITEM = "Electronic Payment Application Item"
    EXTERNAL_PAYMENT_APPLICATION_ITEM = "External Payment Application Item"
    ELECTRONIC_REFUND_APPLICATION_ITEM = "Electronic Refund Application Item"
    EXTERNAL_REFUND_APPLICATION_ITEM = "External Refund Application Item"


#: The same as plain text, for type checkers.
JournalRunTransactionTypeValue: TypeAlias = Literal[
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
