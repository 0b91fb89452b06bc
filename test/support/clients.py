"""Clients of a test's own server."""

from __future__ import annotations

from typing import Any

import openapi_client as oc
from support.clock import QuickClock
from support.wire import WireServer


def client_for(server: WireServer, **settings: Any) -> oc.ApiClient:
    """A client of ``server`` whose waits take no time, unless ``settings`` say otherwise."""
    return oc.ApiClient(oc.Configuration(host=server.url, **{"clock": QuickClock(), **settings}))


def client_in_real_time(server: WireServer, **settings: Any) -> oc.ApiClient:
    """A client of ``server`` with the system's clock, as it can be sent to another process."""
    return oc.ApiClient(oc.Configuration(host=server.url, **settings))
