# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""The API classes. Each is loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_client._base import lazy

if TYPE_CHECKING:
    from openapi_client.api.journal_runs_api import JournalRunsApi
else:
    __getattr__, __dir__ = lazy.access(
        __name__,
        {
            "JournalRunsApi": "journal_runs_api",
        },
    )

__all__ = [
    "JournalRunsApi",
]
