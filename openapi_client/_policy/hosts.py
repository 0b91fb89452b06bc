"""Zuora's data centres, and what a base URL has to look like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from openapi_client._base import redact as _redact
from openapi_client.exceptions import ApiTypeError, ApiValueError

DEFAULT = "https://rest.zuora.com"
#: Zuora API reference, "Access to the API"; the names are those of Zuora's own SDK.
SETTINGS: tuple[dict[str, Any], ...] = tuple(
    {"url": f"https://{host}.zuora.com", "description": description, "name": name, "variables": {}}
    for name, host, description in (
        ("PROD", "rest", "US Production Cloud 2"),
        ("PROD_NA", "rest.na", "US Production Cloud 1"),
        ("PROD_EU", "rest.eu", "EU Production"),
        ("PROD_AP", "rest.ap", "APAC Production"),
        ("CSBX", "rest.test", "US Developer & Central Sandbox"),
        ("CSBX_EU", "rest.test.eu", "EU Developer & Central Sandbox"),
        ("CSBX_AP", "rest.test.ap", "APAC Developer & Central Sandbox"),
        ("SBX", "rest.apisandbox", "US API Sandbox Cloud 2"),
        ("SBX_NA", "rest.sandbox.na", "US API Sandbox Cloud 1"),
        ("SBX_EU", "rest.sandbox.eu", "EU API Sandbox"),
    )
)


def base_url(value: Any) -> str:
    """A base URL without a trailing slash; ``https://`` is added where no scheme stands.

    :raises ApiTypeError: not text.
    :raises ApiValueError: no host, another scheme, or a query or fragment.
    """
    if not isinstance(value, str):
        raise ApiTypeError(f"Invalid type for `host`: it must be a str, not {type(value).__name__}")
    url = value.strip()
    url = (url if "://" in url else "https://" + url).rstrip("/")
    shown = _redact.url(url)
    if "@" in url.partition("?")[0]:
        raise ApiValueError(f"Invalid value for `host` ({shown!r}): it must hold no credentials")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what validates it
    except ValueError as error:
        raise ApiValueError(f"Invalid value for `host` ({shown!r}): {error}") from None
    is_whole = parts.scheme in ("http", "https") and parts.hostname and not parts.netloc.endswith(":")
    if not is_whole or parts.query or parts.fragment:
        raise ApiValueError(f"Invalid value for `host` ({shown!r}): pass a URL such as {DEFAULT}")
    if any(char <= " " for char in url):
        raise ApiValueError(f"Invalid value for `host` ({shown!r}): it must hold no white space")
    return url


def proxy_url(value: Any) -> Any:
    """A proxy URL, or ``None``. Nothing of it is shown when it is refused, since it may hold a password.

    :raises ApiTypeError: not text.
    :raises ApiValueError: no scheme or host, another scheme, or parts that a proxy URL does not have.
    """
    if not value:
        return value
    value = _redact.secret(value)  # a traceback with variables shows it as such
    if not isinstance(value, str):
        raise ApiTypeError(f"Invalid type for `proxy`: it must be a str, not {type(value).__name__}")
    if not _is_proxy_url(value):
        missing = "" if "://" in value else "the scheme is missing; "
        raise ApiValueError(
            f"Invalid value for `proxy`: {missing}pass a URL such as http://proxy.example:8080, and percent-encode "
            "what is special in user name and password"
        )
    return value


def _is_proxy_url(value: str) -> bool:
    # A function of its own, so that a traceback with variables does not show the parts.
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_bare = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.netloc.endswith(":"))
    return is_whole and is_bare and value.isprintable() and " " not in value


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454 section 4)."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def one_spelling(url: str) -> str:
    """A base URL as every spelling of it comes out: host in lower case, no default port (RFC 3986 section 6.2)."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    return f"{parts.scheme}://{host}{parts.path}"


def by_name(name: str) -> dict[str, Any]:
    """The data centre with that name or description, in any case.

    :raises ApiValueError: there is none; the message lists the names.
    """
    wanted = name.strip().lower()
    for setting in SETTINGS:
        if wanted in (setting["name"].lower(), setting["description"].lower()):
            return setting
    names = ", ".join(setting["name"] for setting in SETTINGS)
    raise ApiValueError(f"Unknown Zuora data centre {name!r}; the names are {names}")


def url_of(settings: list[dict[str, Any]], index: int | str, variables: Mapping[str, str]) -> str:
    """The URL of one of ``settings`` with its placeholders filled in."""
    if isinstance(index, str):
        return str(by_name(index)["url"])
    try:
        server = settings[index]
    except IndexError:
        raise ApiValueError(
            f"Invalid index {index} when selecting the host settings. Must be less than {len(settings)}"
        ) from None
    url = str(server["url"])
    for name, variable in server.get("variables", {}).items():
        value = variables.get(name, variable["default_value"])
        allowed = variable.get("enum_values")
        if allowed and value not in allowed:
            raise ApiValueError(f"The variable `{name}` in the host URL has invalid value {value}. Must be {allowed}.")
        url = url.replace("{" + name + "}", value)
    return url
