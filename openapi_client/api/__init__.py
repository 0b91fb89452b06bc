# Rendered by `python -m codegen` from codegen/description.yaml: edit that, and render again.
"""The API classes."""

from __future__ import annotations

from openapi_client.api.journal_runs_api import JournalRunsApi

__all__ = [
    "JournalRunsApi",
]
