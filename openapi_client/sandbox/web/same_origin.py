"""Keeps foreign web pages from steering a sandbox through the browser of the person who runs it.

A browser says where a request comes from (``Origin``, ``Sec-Fetch-Site``); programs say neither, and may do everything.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from flask import Request

_READING_METHODS = frozenset({"GET", "HEAD"})
_OWN_SITES = frozenset({"same-origin", "none"})
# A host and maybe a port (RFC 9110 section 7.2); a name of letters, digits, hyphens and, as in container networks,
# underscores. What a browser would never send is no host.
_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9_.-]{1,254}))(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


def is_foreign(request: Request, own_name: str, *, is_any_name_good: bool) -> bool:
    """Whether a request comes from another web page than the sandbox's own, or may do so.

    - Whatever a page may read of another origin is left to the browser.
    - A page counts as the sandbox's own when its origin is the address the request was sent to.
    - That address is an IP address, a name without a dot, one below ``localhost``, or the one it was told to listen on:
      another public name may have been made to lead to this machine (DNS rebinding), and is not believed.

    :param own_name: the name it was told to listen on
    :param is_any_name_good: whether public names are believed, since whoever asks has shown the control token
    """
    # Not Werkzeug's reading of it, which takes a host that it does not like for an empty one.
    host = request.environ.get("HTTP_HOST", "")
    for each in (host, *_host_of_target(request)):
        name = host_name(each)
        if name is None or not (is_any_name_good or name == own_name.lower() or _is_local(name)):
            return True
    if request.method in _READING_METHODS:
        return False
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in _OWN_SITES:
        return True
    return origin is not None and origin != f"{request.scheme}://{host}"


def host_name(host: str) -> str | None:
    """Return the name or address in a ``Host`` header, in lower case; ``None`` for what is none.

    An IPv6 address comes without its brackets. A dot at the end counts only behind ``localhost`` and names below it.
    """
    found = _HOST.fullmatch(host.lower())
    if not found or int(found["port"] or 0) > 65535:
        return None
    if found["address"]:
        return found["address"] if _is_address(found["address"], ipaddress.IPv6Address) else None
    name = found["name"]
    without_dot = name.removesuffix(".")
    if without_dot == "localhost" or without_dot.endswith(".localhost"):
        name = without_dot
    return name if all(_LABEL.fullmatch(label) for label in name.split(".")) else None


def _host_of_target(request: Request) -> list[str]:
    # A whole URL as the target takes the place of the header (RFC 9112 section 3.2.2).
    target: str = request.environ.get("REQUEST_URI", "")
    return [] if target.startswith("/") else [urlsplit(target).netloc]


def _is_local(name: str) -> bool:
    if ":" in name or "." not in name or name.endswith(".localhost"):
        return True
    return _is_address(name, ipaddress.IPv4Address)


def _is_address(text: str, kind: type[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True
