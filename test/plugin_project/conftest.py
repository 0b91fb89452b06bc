"""The settings of a team that closes its months in a fixed year."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest


@pytest.fixture(scope="session")
def zuora_sandbox_options():
    from openapi_client.sandbox import SandboxClock

    april = datetime(2026, 4, 3, 9, 0, tzinfo=timezone.utc)
    return {"clock": SandboxClock(april), "seed": 7}
