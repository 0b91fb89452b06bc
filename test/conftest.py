"""What holds for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

from openapi_client._call import tokens

# Machines are noisy, and no test may depend on the time it takes.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.fixture(autouse=True)
def _no_tokens_of_other_tests() -> None:
    """Clients of one process share their tokens, and the port of a server may be that of another test before."""
    shared = tokens._shared.get()
    shared.states.clear()
    shared.cache.clear()
