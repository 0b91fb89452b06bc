"""Minor versions, and which of them use real HTTP statuses."""

from __future__ import annotations

import pytest

from openapi_client.sandbox.protocol.versions import effective_version, uses_real_status


@pytest.mark.parametrize(
    ("requested", "tenant", "effective"),
    [
        (None, "186.0", "186.0"),
        (None, "2024-05-20", "2024-05-20"),
        ("341.0", "2024-05-20", "341.0"),
        ("2025-08-12", "186.0", "2025-08-12"),
        (" 2025-08-12 ", "186.0", "2025-08-12"),
        ("2030-01-01", "2025-08-12", "186.0"),
        ("latest", "2025-08-12", "186.0"),
        ("", "2025-08-12", "2025-08-12"),
        (None, "unheard of", "186.0"),
    ],
)
def test_the_header_overrides_the_tenant(requested, tenant, effective):
    """The request's version counts, an unlisted one as 186.0."""
    assert effective_version(requested, tenant) == effective


@pytest.mark.parametrize(
    ("version", "is_real"), [("186.0", False), ("341.0", False), ("2024-05-20", True), ("2025-08-12", True)]
)
def test_real_statuses_came_with_2024_05_20(version, is_real):
    """The two dated versions use real statuses."""
    assert uses_real_status(version) is is_real


@pytest.mark.parametrize("version", ["341.0", "2024-05-20", "2025-08-12"])
def test_failures_may_come_on_200_in_every_version(sandbox_with, caller_of, version):
    """With the option; what the gateway itself refuses keeps its status."""
    caller = caller_of(sandbox_with(failures_on_200=True))
    answer = caller.get("JR-00000041", Zuora_Version=version)
    assert (answer.status, answer.body["success"], answer.codes) == (200, False, [50000040])
    assert caller.get("JR-00000041", Authorization="", Zuora_Version=version).status == 401


def test_codes_may_be_text(sandbox_with, caller_of):
    """With the option, also in an answer that was kept for a key."""
    caller = caller_of(sandbox_with(string_codes=True))
    assert caller.get("JR-00000041").codes == ["50000040"]
    assert [caller.create({"a": 1}, Idempotency_Key="k").codes[0] for _ in range(2)] == ["50000022"] * 2
