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
