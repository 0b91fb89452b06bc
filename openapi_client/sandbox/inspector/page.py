"""The page at ``/`` on which people see what the sandbox does, and steer it.

It is rendered here, kept up to date by ``static/inspector.js``, and its buttons use the control endpoints.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from flask import Blueprint, Request, Response, render_template, request, url_for
from markupsafe import Markup

from openapi_client.sandbox.faults.fault import API_PATHS, KINDS
from openapi_client.sandbox.inspector.exchanges import SHOWN, shown_exchanges
from openapi_client.sandbox.inspector.wording import FILTERS
from openapi_client.sandbox.protocol.errors import STATUS_BY_CATEGORY
from openapi_client.sandbox.protocol.paths import CONTROL, METHODS
from openapi_client.sandbox.tenant.domain import Section
from openapi_client.sandbox.tenant.tenant import Tenant

_STEPS = ((1, "1 s"), (10, "10 s"), (60, "1 min"), (3600, "1 h"), (86400, "1 d"))
_SPEEDS = (1, 10, 60, 1000)
#: Faults at one press: text, what is told, and the fault.
_PRESETS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    ("429", "The next request meets the rate limit", {"kind": "rate-limit", "retry_after": 1, "times": 1}),
    ("503", "The next request finds the server unavailable", {"kind": "unavailable", "times": 1}),
    (
        "Reset after commit",
        "The next change is carried out, and its answer lost",
        {"kind": "reset-after-commit", "method": "POST", "times": 1},
    ),
)
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
    for name, act in FILTERS.items():
        page.add_app_template_filter(act, name)
    for domain in tenant.domains:
        if domain.section:
            page.register_blueprint(_files_of(domain.name, domain.section))

    @page.route("/")
    def inspector() -> Response:
        page = render_template("inspector/page.html", **_state(tenant, request))
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


def _sections(tenant: Tenant, page_of: Callable[[str], int], exports: str) -> list[_ShownSection]:
    shown = [(each.name, each.section) for each in tenant.domains if each.section]
    with tenant.sessions.reading() as session:
        contexts = [section.context(session, (page_of(section.anchor) - 1) * SHOWN, SHOWN) for _, section in shown]
    return [
        _ShownSection(
            section.title,
            section.anchor,
            url_for(f"inspector.{name}.static", filename=section.style) if section.style else "",
            # Each template escapes what it is given.
            Markup(  # noqa: S704 - as said
                render_template(
                    section.template,
                    control=CONTROL,
                    exports=exports,
                    page=page_of(section.anchor),
                    size=SHOWN,
                    **context,
                )
            ),
        )
        for (name, section), context in zip(shown, contexts, strict=True)
    ]


def _state(tenant: Tenant, asked: Request) -> dict[str, Any]:
    def page_of(name: str) -> int:
        text = asked.args.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and 1 <= len(text) <= 9 and int(text) else 1

    count, exchanges = shown_exchanges(tenant.recorder, page_of("requests"))
    return {
        "api_paths": API_PATHS,
        "categories": sorted(STATUS_BY_CATEGORY),
        "clock": tenant.clock,
        "control": CONTROL,
        "exchange_count": count,
        "exchanges": exchanges,
        "faults": tenant.faults.active,
        "kinds": KINDS,
        "methods": METHODS,
        "now": tenant.clock.now(),
        "page": page_of("requests"),
        "presets": _PRESETS,
        "sections": _sections(tenant, page_of, _exports(tenant, asked)),
        "size": SHOWN,
        "speeds": _SPEEDS,
        "steps": _STEPS,
    }


def _exports(tenant: Tenant, asked: Request) -> str:
    """Return the lines that point a client here; with the secret only for who reads the page on this machine."""
    secret = tenant.credentials.client_secret if _is_loopback(asked.remote_addr or "") else "printed at the start"
    values = {
        "ZUORA_HOST": asked.host_url.rstrip("/"),
        "ZUORA_CLIENT_ID": tenant.credentials.client_id,
        "ZUORA_CLIENT_SECRET": secret,
    }
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in values.items())


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
