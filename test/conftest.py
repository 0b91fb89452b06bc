"""What holds for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Machines are noisy, and no test may depend on the time it takes.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.fixture(autouse=True)
def _no_tokens_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ports are used again, and then a server gets the token of an earlier one with the same credentials.
    from openapi_client._call import tokens

    monkeypatch.setattr(tokens, "_shared", tokens.PerProcess(tokens._Shared))
