"""Fixtures for the tests of those who use the client: a sandbox that is clean for each test.

Installed as a pytest plugin. Nothing but pytest is loaded before a fixture is used, and without the extra
``zuora-journal-runs[sandbox]`` a test that uses one fails with a message that says what to install.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from openapi_client.sandbox.server import Sandbox


@pytest.fixture(scope="session")
def zuora_sandbox_options() -> dict[str, Any]:
    """Arguments of the sandbox; override this fixture in ``conftest.py`` to set some."""
    return {}


@pytest.fixture(scope="session")
def zuora_sandbox_session(zuora_sandbox_options: dict[str, Any]) -> Iterator[Sandbox]:
    """A running sandbox that all tests share; under pytest-xdist, each worker has its own."""
    try:
        from openapi_client.sandbox import Sandbox
    except ImportError as error:
        pytest.fail(str(error), pytrace=False)
    with Sandbox(**{"skips_waits": True, **zuora_sandbox_options}) as sandbox:
        yield sandbox


@pytest.fixture
def zuora_sandbox(zuora_sandbox_session: Sandbox) -> Sandbox:
    """The shared sandbox, put back into its first state: runs, faults, records, tokens, clients, periods and clock.

    Clients made with its ``configuration()`` do not wait: they move its clock ahead.
    """
    zuora_sandbox_session.clock.restart()
    zuora_sandbox_session.reset()
    return zuora_sandbox_session
