"""The page at ``/`` on which people see what the sandbox does, and steer it.

It is rendered here, kept up to date by ``static/inspector.js``, and its buttons use the control endpoints.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request

from openapi_client.sandbox.faults.active import ActiveFault
from openapi_client.sandbox.faults.answers import NO_ANSWER
from openapi_client.sandbox.faults.fault import ANY, API_PATHS, KINDS, METHODS, Fault
from openapi_client.sandbox.journal_runs.ledger import Run, Session, find_run, history_of
from openapi_client.sandbox.journal_runs.lifecycle import ACTIVE
from openapi_client.sandbox.journal_runs.timeline import Segment, segments
from openapi_client.sandbox.protocol.recording import Exchange
from openapi_client.sandbox.web.same_origin import CONTROL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openapi_client.sandbox.tenant.tenant import Tenant

# The latest runs and exchanges are shown; all of them behind a link.
SHOWN = 50
SHOWN_CHARACTERS = 5_000
_STEPS = ((1, "1 s"), (10, "10 s"), (60, "1 min"), (3600, "1 h"))
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def create_inspector(tenant: Tenant) -> Blueprint:
    """Return the page and its style and script, which are no part of the recorded exchanges."""
    page = Blueprint(
        "inspector",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path=f"{CONTROL}static",
    )
    page.add_app_template_filter(_machine_time, "machine_time")
    page.add_app_template_filter(_clock_time, "clock_time")
    page.add_app_template_filter(_day_time, "day_time")
    page.add_app_template_filter(_cut, "cut")
    page.add_app_template_filter(_fault_summary, "fault_summary")
    page.add_app_template_filter(_fault_facts, "fault_facts")

    @page.route("/")
    def inspector() -> str:
        return render_template("inspector/page.html", **_state(tenant, is_all=request.args.get("show") == "all"))

    @page.after_request
    def guarded(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    return page


def _state(tenant: Tenant, *, is_all: bool) -> dict[str, Any]:
    with tenant.ledger.reading() as session:
        run_count = session.db.execute("SELECT COUNT(*) FROM run").fetchone()[0]
        runs = _runs(session, run_count if is_all else SHOWN)
    exchanges = _exchanges(tenant)
    return {
        "api_paths": API_PATHS,
        "clock": tenant.clock,
        "control": CONTROL,
        "exchange_count": len(exchanges),
        "exchanges": exchanges if is_all else exchanges[:SHOWN],
        "faults": tenant.faults.active,
        "kinds": KINDS,
        "methods": METHODS,
        "now": tenant.clock.now(),
        "run_count": run_count,
        "runs": runs,
        "steps": _STEPS,
    }


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


@dataclass(frozen=True)
class _ShownExchange:
    """An exchange with its number; everything else is read from the exchange."""

    number: int
    exchange: Exchange

    def __getattr__(self, name: str) -> Any:
        return getattr(self.exchange, name)

    @property
    def track_id(self) -> str:
        return self.exchange.request_headers.get("zuora-track-id", "")

    @property
    def is_success(self) -> bool:
        return 200 <= self.exchange.status < 300 and not _is_refusal(self.exchange.response_body)

    @property
    def outcome(self) -> str:
        """The status, and in words when it hides a failure."""
        if self.exchange.status == NO_ANSWER:
            return "no answer"
        status = str(self.exchange.status)
        return f"{status}, success: false" if _is_refusal(self.exchange.response_body) else status


def _is_refusal(body: str) -> bool:
    try:
        answer: Mapping[str, object] | object = json.loads(body)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("success") is False


def _exchanges(tenant: Tenant) -> list[_ShownExchange]:
    """Return what is recorded, latest first."""
    return [_ShownExchange(number, each) for number, each in reversed(tenant.recorder.numbered())]


def _moment(value: datetime | float) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromtimestamp(value, timezone.utc)


def _machine_time(value: datetime | float) -> str:
    return _moment(value).isoformat(timespec="milliseconds")


def _clock_time(value: datetime | float) -> str:
    return _moment(value).strftime("%Y-%m-%d %H:%M:%S UTC")


def _day_time(value: datetime | float) -> str:
    return _moment(value).strftime("%m-%d %H:%M:%S")


def _cut(text: str) -> str:
    """Return a text as far as it is shown."""
    if len(text) <= SHOWN_CHARACTERS:
        return text
    return f"{text[:SHOWN_CHARACTERS]}… ({len(text) - SHOWN_CHARACTERS} more characters)"


def _fault_summary(fault: Fault) -> str:
    """Return what a client sees of a fault."""
    summary = KINDS[fault.kind].summary.replace("`", "")
    return summary[0].upper() + summary[1:]


def _fault_facts(active: ActiveFault) -> str:
    """Return which requests a fault strikes, how often it did, and its other fields."""
    fault, hits = active.fault, active.hits
    method = "any method" if fault.method == ANY else fault.method
    often = f"{hits}" if fault.times is None else f"{hits} of {fault.times}"
    facts = [f"{method} {fault.path}", f"strikes so far: {often}"]
    shown = {"kind", "method", "path", "times"}
    defaults = Fault(fault.kind).as_dict()
    facts += [
        f"{name.replace('_', ' ')} {value}"
        for name, value in fault.as_dict().items()
        if name not in shown and value != defaults.get(name)
    ]
    return ", ".join(facts)
