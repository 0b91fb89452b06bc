"""Keys that are derived from a job: what makes another one, and what does not."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from support.faults import REQUEST

import openapi_client as oc

SCOPE = "2026-03-close"


def key(request: Any = REQUEST, scope: str = SCOPE, *, settings: dict[str, Any] | None = None, **options: Any) -> str:
    """A key for a client with these settings."""
    return oc.idempotency_key_for(request, scope, oc.Configuration(**(settings or {})), **options)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "jr-6dbbe13c94a42bf6d448d6fb8d3c362b6db3c70fedfd3c2ba7d92a0cc18c7662"),
        ({"zuora_entity_ids": "e1"}, "jr-b5d7d4df793b192b7034d9f06716b8868dc114c2926b6aa10325ab2b96a2ead2"),
        (
            {"host": "https://rest.eu.zuora.com/"},
            "jr-b996e06b550f8ee1183069118f94958983d263b1656859540ebc781a91f2547d",
        ),
        (
            {"host": "http://127.0.0.1:8080/base"},
            "jr-8e5faab475843bcc44e658d33702df71d22fd9c8b19d9374924bec1146d7beae",
        ),
    ],
)
def test_keys_of_earlier_versions(settings: dict[str, Any], expected: str) -> None:
    """A job that is started again after an update finds its run."""
    assert key(settings=settings) == expected


@pytest.mark.parametrize(
    "host",
    [
        "rest.zuora.com",
        "https://REST.Zuora.com",
        "HTTPS://rest.zuora.com/",
        "https://rest.zuora.com:443",
        " https://rest.zuora.com:443// ",
    ],
)
def test_one_host_in_other_words(host: str) -> None:
    """How the host is written does not matter."""
    assert key(settings={"host": host}) == key()


def test_one_local_host_in_other_words() -> None:
    """The usual port of plain HTTP does not matter, either; another port, scheme or path does."""
    first = key(settings={"host": "http://localhost"})
    assert key(settings={"host": "http://LOCALHOST:80/"}) == first
    others = ("https://localhost", "https://localhost:80", "http://localhost:443", "http://localhost/Base")
    assert len({first, *(key(settings={"host": host}) for host in others)}) == 5
    assert key(settings={"host": "http://localhost/base"}) != key(settings={"host": "http://localhost/Base"})


def test_entity_and_organization_of_the_call() -> None:
    """What the call is given for itself counts as what the configuration has for all calls."""
    entity = key(zuora_entity_ids="e1")
    organization = key(zuora_org_ids="o1")
    assert entity == key(settings={"zuora_entity_ids": "e1"})
    assert entity == key(settings={"zuora_entity_ids": "other"}, zuora_entity_ids="e1")
    assert organization == key(settings={"zuora_org_ids": "o1"})
    assert organization == key(settings={"zuora_org_ids": "other"}, zuora_org_ids="o1")
    others = [key(zuora_entity_ids="o1"), key(zuora_entity_ids="e1", zuora_org_ids="o1"), key(zuora_org_ids="e1")]
    assert len({key(), entity, organization, *others}) == 6


def test_spellings_of_the_request() -> None:
    """Names, order and the form of a date do not matter; what is asked for does."""
    model = oc.POSTJournalRunType(
        transaction_types=[{"type": "Invoice Item"}], journal_entry_date=datetime.date(2026, 3, 31)
    )
    assert key(model) == key(dict(reversed(REQUEST.items()))) == key(model.to_dict()) == key()
    assert key({**REQUEST, "journalEntryDate": "2026-04-30"}) != key()


def test_default_configuration() -> None:
    """Without a configuration it is the stored default."""
    assert oc.idempotency_key_for(REQUEST, SCOPE) == key()  # type: ignore[arg-type]  # a plain dict
