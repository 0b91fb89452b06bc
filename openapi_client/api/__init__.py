"""The API classes."""

from __future__ import annotations

from openapi_client.api.journal_runs_api import JournalRunsApi

__all__ = ["JournalRunsApi"]
