"""The part of the inspector page that shows the runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openapi_client.sandbox.journal_runs.ledger import Run, find_run, history_of
from openapi_client.sandbox.journal_runs.lifecycle import ACTIVE
from openapi_client.sandbox.journal_runs.timeline import Segment, segments
from openapi_client.sandbox.state.sessions import Session
from openapi_client.sandbox.tenant.domain import Section


def show(session: Session, most: int | None) -> Mapping[str, object]:
    """Return what the template shows: the latest runs, and how many there are."""
    count = session.db.execute("SELECT COUNT(*) FROM run").fetchone()[0]
    return {"run_count": count, "runs": _runs(session, count if most is None else most)}


SECTION = Section("Runs", "runs", Path(__file__).parent, "journal_runs/runs.html", show, "runs.css")


@dataclass(frozen=True)
class _ShownRun:
    """A run and its bar; everything else is read from the run."""

    run: Run
    segments: Sequence[Segment]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.run, name)

    @property
    def is_active(self) -> bool:
        return self.run.status in ACTIVE

    @property
    def transferable(self) -> str:
        """Number of the first entry that is neither cancelled nor transferred; "" when there is none."""
        wanted = (
            each.number
            for each in self.run.entries
            if each.status == "Created" and each.transferred_to_accounting == "No"
        )
        return next(wanted, "")


def _runs(session: Session, most: int) -> list[_ShownRun]:
    rows = session.db.execute("SELECT number FROM run ORDER BY number DESC LIMIT ?", (most,)).fetchall()
    found = (find_run(session, row["number"]) for row in rows)
    return [_ShownRun(run, segments(history_of(session, run.number), session.now)) for run in found if run is not None]
