"""What a command would send, without sending it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from openapi_client import ApiClient, Configuration, InMemoryTransport, JournalRunsApi, Request
from openapi_client.cli.console import Console
from openapi_client.cli.settings import without_credentials


class _Stopped(Exception):
    """Carries a request that goes no further."""

    def __init__(self, request: Request) -> None:
        super().__init__("not sent")
        self.request = request


def show_request(configuration: Configuration, command: Callable[[JournalRunsApi], Any], console: Console) -> None:
    """Show the first request of a command, without credentials."""

    def stop(request: Request) -> Any:
        raise _Stopped(request)

    with ApiClient(without_credentials(configuration), transport=InMemoryTransport(stop)) as client:
        try:
            command(JournalRunsApi(client))
        except _Stopped as stopped:
            _show(stopped.request, console)


def _show(request: Request, console: Console) -> None:
    body = json.loads(request.body) if request.body else None
    if console.as_json:
        shown = {"method": request.method, "url": request.url, "headers": dict(request.headers), "body": body}
        console.text(json.dumps(shown))
        return
    head = [f"{request.method} {request.url}", *(f"{name}: {value}" for name, value in request.headers.items())]
    console.text("\n".join([*head, *(["", json.dumps(body, indent=2)] if body is not None else [])]))
