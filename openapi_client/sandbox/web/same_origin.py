"""Keeps foreign web pages from steering a sandbox through the browser of the person who runs it.

A browser says where a request comes from (``Origin``, ``Sec-Fetch-Site``); programs say neither, and may do everything.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import Request

from openapi_client.sandbox.protocol.paths import CONTROL

_PAGE = "/"
_READING_METHODS = frozenset({"GET", "HEAD"})
_OWN_SITES = frozenset({"same-origin", "none"})


def is_foreign(request: Request) -> bool:
    """Whether a request would show or change the sandbox and comes from another web page than its own.

    - Whatever a page may read of another origin is left to the browser.
    - A page counts as the sandbox's own when its origin is the address the request was sent to.
    - That address is an IP address, a name without a dot or one below ``localhost``: a public name that leads
      to this machine is not believed.
    """
    if not (request.path.startswith(CONTROL) or request.path == _PAGE):
        return False
    if not _is_local_name(urlsplit(f"//{request.host}").hostname or ""):
        return True
    if request.method in _READING_METHODS:
        return False
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is None and site is None:
        return False
    if site is not None and site not in _OWN_SITES:
        return True
    return origin is not None and origin != f"{request.scheme}://{request.host}"


def _is_local_name(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(".localhost")
    return True
