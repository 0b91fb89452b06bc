"""The page at ``/`` on which people see what the sandbox does, and steer it.

It is rendered here, kept up to date by ``static/inspector.js``, and its buttons use the control endpoints.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from markupsafe import Markup

from openapi_client.sandbox.faults.active import ActiveFault
from openapi_client.sandbox.faults.fault import ANY, API_PATHS, KINDS, Fault
from openapi_client.sandbox.protocol.paths import CONTROL, METHODS
from openapi_client.sandbox.protocol.recording import Exchange
from openapi_client.sandbox.protocol.replies import NO_ANSWER
from openapi_client.sandbox.tenant.domain import Section
from openapi_client.sandbox.tenant.tenant import Tenant

# The latest things and exchanges are shown; all of them behind a link.
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
    """Return the page and its styles and script, which are no part of the recorded exchanges."""
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
    for domain in tenant.domains:
        if domain.section:
            page.register_blueprint(_files_of(domain.name, domain.section))

    @page.route("/")
    def inspector() -> Response:
        page = render_template("inspector/page.html", **_state(tenant, is_all=request.args.get("show") == "all"))
        # What is shown may hold half a surrogate pair, which has no bytes.
        return Response(page.encode("utf-8", "replace"), mimetype="text/html")

    @page.after_request
    def guarded(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    return page


def _files_of(name: str, section: Section) -> Blueprint:
    """Return the templates and styles of a domain."""
    return Blueprint(
        name,
        __name__,
        template_folder=str(section.folder / "templates"),
        static_folder=str(section.folder / "static"),
        static_url_path=f"{CONTROL}{name}/static",
    )


@dataclass(frozen=True)
class _ShownSection:
    """A domain's part of the page."""

    title: str
    anchor: str
    style: str
    html: Markup


def _sections(tenant: Tenant, most: int | None) -> list[_ShownSection]:
    shown = [(each.name, each.section) for each in tenant.domains if each.section]
    with tenant.sessions.reading() as session:
        contexts = [section.context(session, most) for _, section in shown]
    return [
        _ShownSection(
            section.title,
            section.anchor,
            url_for(f"inspector.{name}.static", filename=section.style) if section.style else "",
            # Each template escapes what it is given.
            Markup(render_template(section.template, control=CONTROL, **context)),  # noqa: S704 - as said
        )
        for (name, section), context in zip(shown, contexts, strict=True)
    ]


def _state(tenant: Tenant, *, is_all: bool) -> dict[str, Any]:
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
        "sections": _sections(tenant, None if is_all else SHOWN),
        "steps": _STEPS,
    }


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
