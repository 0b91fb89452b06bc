"""What helps against a failure."""

from __future__ import annotations

import pytest

from openapi_client._base.reasons import Reason
from openapi_client._policy.advice import advised, for_token
from openapi_client._policy.history import Failure

HOST = "https://rest.test.zuora.com"
SIGNED = {"Authorization": "Bearer x"}


@pytest.mark.parametrize(
    ("failure", "headers", "expected"),
    [
        (Failure("", status=401), {}, "carried no credentials: set access_token, or client_id and client_secret"),
        (Failure("", status=200, reasons=(Reason("90000011", ""),)), {"Accept": "x"}, "carried no credentials"),
        (Failure("", status=401), SIGNED, f"not accepted by {HOST}: each data centre has its own"),
        (Failure("", status=401), {"apiAccessKeyId": "x"}, f"not accepted by {HOST}"),
        (Failure("", status=403), SIGNED, "lacks a permission of Zuora Finance"),
        (Failure("", status=200, reasons=(Reason("50000010", ""),)), SIGNED, "lacks a permission"),
        (Failure("", status=403, advice="other"), SIGNED, "other"),
    ],
)
def test_advice(failure: Failure, headers: dict[str, str], expected: str) -> None:
    """A refusal of credentials or permissions says what to look at."""
    assert expected in (advised(failure, HOST, headers).advice or "")


@pytest.mark.parametrize("status", [None, 200, 400, 404, 409, 429, 500])
def test_none(status: int | None) -> None:
    """Where nothing is known, nothing is said."""
    failure = Failure("", status=status)
    assert advised(failure, HOST, {}) is failure


@pytest.mark.parametrize(("status", "is_refusal"), [(400, True), (401, True), (403, True), (429, False), (500, False)])
def test_tokens(status: int, is_refusal: bool) -> None:
    """A refused token request names the host that was asked, and that data centres have separate credentials."""
    advice = for_token(Failure("", status=status), HOST)
    assert (advice is not None) is is_refusal
    if advice:
        assert f"check client_id and client_secret; {HOST} was asked, and each data centre has its own" in advice
