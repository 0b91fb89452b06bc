"""Refusals and what they look like on the wire."""

from __future__ import annotations

import re

import pytest

from openapi_client.sandbox.protocol.errors import AUTHENTICATION_RESOURCE, Reason, Refusal, not_found


@pytest.mark.parametrize(
    ("category", "status"),
    [
        (10, 403),
        (11, 401),
        (20, 400),
        (21, 400),
        (22, 400),
        (23, 400),
        (27, 400),
        (30, 400),
        (40, 404),
        (45, 405),
        (50, 409),
        (60, 500),
        (61, 500),
        (70, 429),
        (90, 400),
        (99, 500),
    ],
)
def test_each_category_has_its_status(category, status):
    """The table is the vendor's for versions from 2024-05-20 on."""
    reply = Refusal(Reason(category, "m")).reply("id", uses_real_status=True)
    assert reply.status == status


def test_older_versions_get_200():
    """Below 2024-05-20 a failure travels under HTTP 200."""
    assert not_found("JR-1").reply("id", uses_real_status=False).status == 200


def test_a_plain_refusal_keeps_its_status():
    """What the gateway refuses itself is not hidden under 200."""
    refusal = Refusal(Reason(61, "m"), status=409, is_plain=True)
    assert refusal.reply("id", uses_real_status=False).status == 409


def test_the_body_is_the_vendor_envelope():
    """The envelope has four members, a process id of 16 hex digits and numeric codes."""
    body = not_found("JR-00000041").reply("the-id", uses_real_status=True).body
    assert list(body) == ["success", "processId", "reasons", "requestId"]
    assert body["success"] is False
    assert re.fullmatch("[0-9A-F]{16}", body["processId"])
    assert body["requestId"] == "the-id"
    assert body["reasons"] == [{"code": 50000040, "message": "Cannot find entity by key: 'JR-00000041'."}]


def test_the_first_reason_decides_the_status():
    """Several reasons have one status."""
    refusal = Refusal(Reason(40, "a"), Reason(20, "b"))
    assert refusal.reply("id", uses_real_status=True).status == 404


def test_a_code_is_resource_and_category():
    """Eight digits: six for the resource, two for the category."""
    assert Reason(11, "m", AUTHENTICATION_RESOURCE).code == 90000011


def test_a_refusal_says_all_its_messages():
    """As an exception it is readable."""
    assert str(Refusal(Reason(20, "one"), Reason(22, "two"))) == "one; two"
