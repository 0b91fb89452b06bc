"""The web application: paths to the gateway and the token endpoint, replies to bytes."""

from __future__ import annotations

import gzip
import logging
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from openapi_client.sandbox.faults.answers import answer_under
from openapi_client.sandbox.inspector.page import create_inspector
from openapi_client.sandbox.protocol.auth import revoke_token
from openapi_client.sandbox.protocol.calls import Call, Route
from openapi_client.sandbox.protocol.connections import CONNECTIONS
from openapi_client.sandbox.protocol.errors import GatewayRefusal, Refusal, no_endpoint, no_route, system_error
from openapi_client.sandbox.protocol.gateway import Visitor, method_not_supported
from openapi_client.sandbox.protocol.paths import API, CONTROL, METHODS, TOKEN
from openapi_client.sandbox.protocol.payload import LARGEST_BODY_BYTES, plain_body, too_large
from openapi_client.sandbox.protocol.recording import Exchange
from openapi_client.sandbox.protocol.replies import Answer, Reply
from openapi_client.sandbox.tenant.tenant import Tenant
from openapi_client.sandbox.web.connections import CONNECTION
from openapi_client.sandbox.web.control import control_failure, create_control
from openapi_client.sandbox.web.control_access import refusal as refusal_of_control
from openapi_client.sandbox.web.delivery import FaultyResponse
from openapi_client.sandbox.web.description import PATH as DESCRIPTION_PATH
from openapi_client.sandbox.web.description import description_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    # Lets the delay of a fault pass; called between the arrival and the work.
    _Pause = Callable[[], object]

_LOGGER = logging.getLogger(__name__)


def create_app(tenant: Tenant, host: str = "127.0.0.1") -> Flask:
    """Return the WSGI application of a tenant.

    :param host: the address or name it was told to listen on
    """
    app = Flask("openapi_client.sandbox", static_folder=None)
    app.url_map.merge_slashes = False
    app.wsgi_app = _EncodedPaths(app.wsgi_app)  # type: ignore[method-assign] # the way that Flask documents
    for route in (CONNECTIONS, *(each for domain in tenant.domains for each in domain.routes)):
        _add_route(app, tenant, route)

    @app.route(TOKEN, methods=METHODS, provide_automatic_options=False)
    def token() -> Response:
        call = _call(tenant)
        try:
            tenant.token_endpoint.admit(call, request.remote_addr or "")
        except GatewayRefusal as refusal:
            return _finished(tenant, tenant.gateway.refused(call, refusal).beneath(call.answer_headers))
        return _answered(tenant, call, _after_pause(lambda: tenant.token_endpoint.answer(call)))

    app.register_blueprint(create_inspector(tenant))
    app.register_blueprint(create_control(tenant))

    @app.route(DESCRIPTION_PATH)
    def description() -> Response:
        return Response(description_text(), mimetype="application/json")

    @app.before_request
    def guard() -> Response | None:
        return refusal_of_control(request, tenant.options.control_token, host)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        if request.path.startswith(CONTROL):
            return control_failure(error)
        call = _call(tenant)
        if request.routing_exception is None:
            return _finished(tenant, _failure(error, call))
        refuse = _after_pause(lambda: _failure(error, call))
        if call.path.startswith(API):
            return _admitted(tenant, call, lambda _, pause: refuse(pause))
        return _answered(tenant, call, refuse)

    return app


def _add_route(app: Flask, tenant: Tenant, route: Route) -> None:
    def view(**parts: str) -> Response:
        call = _call(tenant, {name: unquote(part) for name, part in parts.items()})
        return _admitted(tenant, call, partial(tenant.gateway.answer, call, route.operations))

    app.add_url_rule(route.path, route.path, view, methods=METHODS, provide_automatic_options=False)


def _call(tenant: Tenant, parts: Mapping[str, str] | None = None) -> Call:
    return Call(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("latin-1"),
        parts=parts or {},
        # Offers what is used of a mapping, in any case of the names.
        headers=cast("Mapping[str, str]", request.headers),
        data=b"" if _is_too_large() else request.get_data(),
        options=tenant.options,
    )


def _is_too_large() -> bool:
    return (request.content_length or 0) > LARGEST_BODY_BYTES


def _admitted(tenant: Tenant, call: Call, perform: Callable[[Visitor | Refusal, _Pause], Reply]) -> Response:
    with ExitStack() as stay:
        try:
            visitor = tenant.gateway.admit(call, stay)
        except (Refusal, GatewayRefusal) as refusal:
            return _finished(tenant, tenant.gateway.refused(call, refusal).beneath(call.answer_headers))
        return _answered(tenant, call, partial(perform, visitor), stay)


def _answered(
    tenant: Tenant, call: Call, perform: Callable[[_Pause], Reply], stay: ExitStack | None = None
) -> Response:
    """Return the answer, be it spoilt by a fault.

    :param stay: what ends with the last byte of the answer; a whole one is handed over at once
    """
    if _is_too_large():
        return _finished(tenant, tenant.gateway.refused(call, too_large()).beneath(call.answer_headers))
    fault = tenant.faults.strike(call.method, call.path)
    if fault is None:
        return _finished(tenant, perform(lambda: None))
    pause = partial(request.environ[CONNECTION].wait, fault.delay)
    usual = None
    if fault.is_committing:
        usual = perform(pause)
    else:
        pause()
    if fault.kind == "expired-token":
        with tenant.sessions.noting() as session:
            revoke_token(session.db, call.headers)
    answer = answer_under(fault, call, usual, tenant.gateway.refused)
    _record(tenant, answer, fault.kind)
    return FaultyResponse(fault, answer, stay.pop_all() if stay else ExitStack())


def _after_pause(act: Callable[[], Reply]) -> Callable[[_Pause], Reply]:
    def perform(pause: _Pause) -> Reply:
        pause()
        return act()

    return perform


def _failure(error: Exception, call: Call) -> Reply:
    if not isinstance(error, HTTPException):
        _LOGGER.error("the sandbox failed on %s %s", call.method, call.target, exc_info=error)
        reply = system_error()
    elif error.code == 405:
        allowed = getattr(error, "valid_methods", None) or ()
        reply = method_not_supported(call.method, allowed).reply(call.request_id, uses_real_status=True)
    elif error.code == 404 and request.path.startswith(API):
        reply = no_endpoint(request.path).reply(call.request_id, uses_real_status=True)
    elif error.code == 404:
        reply = no_route()
    else:
        reply = Reply(error.code or 500, {"message": error.description or ""})
    return reply.beneath(call.answer_headers)


def _finished(tenant: Tenant, reply: Reply) -> Response:
    answer = reply.encoded(request.headers.get("Accept-Encoding", ""), tenant.options)
    _record(tenant, answer)
    return Response(answer.data, answer.status, answer.headers)


def _record(tenant: Tenant, answer: Answer, fault: str = "") -> None:
    plain = gzip.decompress(answer.data) if "Content-Encoding" in answer.headers else answer.data
    tenant.recorder.note(
        Exchange(
            at=tenant.clock.last_known(),
            method=request.method,
            path=request.full_path.rstrip("?"),
            request_headers=dict(request.headers),
            request_body=_sent_text(),
            status=answer.status,
            response_headers=answer.headers,
            # A fault may have cut it anywhere.
            response_body=plain.decode("utf-8", "replace"),
            fault=fault,
        )
    )


def _sent_text() -> str:
    if _is_too_large():
        return f"({request.content_length} bytes, too many to be read)"
    data = request.get_data()
    try:
        return plain_body(dict(request.headers), data).decode("utf-8", "replace")
    except (Refusal, GatewayRefusal):
        return data.decode("utf-8", "replace")


class _EncodedPaths:
    """Lets Flask route by the path as it was sent, so that an encoded slash stays inside its segment.

    Each segment comes in one spelling: encoded where it has to be, and nowhere else.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        sent: str = environ["REQUEST_URI"]
        path = sent.partition("?")[0] if sent.startswith("/") else urlsplit(sent).path
        environ["PATH_INFO"] = "/".join(quote(unquote_to_bytes(part), safe="") for part in path.split("/"))
        return self._application(environ, start_response)
