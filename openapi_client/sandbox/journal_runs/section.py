"""The part of the inspector page that shows the runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

from openapi_client.sandbox.journal_runs.ledger import Run, find_run, history_of
from openapi_client.sandbox.journal_runs.lifecycle import ACTIVE
from openapi_client.sandbox.journal_runs.periods import Period, load_periods, name_of, span_text
from openapi_client.sandbox.journal_runs.timeline import Bar, bar_of
from openapi_client.sandbox.state.sessions import Session
from openapi_client.sandbox.tenant.domain import Section


def show(session: Session, skipped: int, most: int) -> Mapping[str, object]:
    """Return what the template shows: the runs of a page, the latest first, and how many there are."""
    count = session.db.execute("SELECT COUNT(*) FROM run").fetchone()[0]
    return {"run_count": count, "runs": _runs(session, skipped, most), "example": _example(session)}


SECTION = Section("Runs", "runs", Path(__file__).parent, "journal_runs/runs.html", show, "runs.css")


@dataclass(frozen=True)
class _ShownRun:
    """A run and its bar; everything else is read from the run."""

    run: Run
    bar: Bar
    period: str

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


def _example(session: Session) -> Period | None:
    """Return the period of today, or else any that a run can be created for."""
    today = datetime.fromtimestamp(session.now, timezone.utc).date()
    usable = [each for each in load_periods(session.db).values() if not each.is_open_ended]
    return next((each for each in usable if each.covers(today, today)), usable[0] if usable else None)


def _runs(session: Session, skipped: int, most: int) -> list[_ShownRun]:
    rows = session.db.execute(
        "SELECT number FROM run ORDER BY number DESC LIMIT ? OFFSET ?", (most, skipped)
    ).fetchall()
    periods = [*load_periods(session.db).values()]
    found = (find_run(session, row["number"]) for row in rows)
    return [_shown(session, run, periods) for run in found if run is not None]


def _shown(session: Session, run: Run, periods: Iterable[Period]) -> _ShownRun:
    order = run.order
    start, end = order.target_start_date, order.target_end_date
    period = name_of(periods, start, end) or span_text(date.fromisoformat(start), date.fromisoformat(end))
    return _ShownRun(run, bar_of(history_of(session, run.number), session.now), period)
