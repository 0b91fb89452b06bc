"""Which minor version is in effect, and whether it uses real HTTP statuses (FACTS 1 and 12)."""

from __future__ import annotations

DEFAULT_VERSION = "186.0"

_OLD_VERSIONS = frozenset(
    "186.0 187.0 188.0 189.0 196.0 206.0 207.0 211.0 214.0 215.0 216.0 223.0 224.0 230.0 239.0 "
    "256.0 257.0 309.0 314.0 315.0 329.0 330.0 336.0 337.0 338.0 341.0".split()
)
_REAL_STATUS_VERSIONS = frozenset({"2024-05-20", "2025-08-12"})


def effective_version(requested: str | None, tenant_version: str) -> str:
    """Return the minor version a request runs under.

    :param requested: the ``Zuora-Version`` header; it overrides the tenant's setting
    :param tenant_version: the tenant's setting
    :returns: a listed version; an unlisted one counts as 186.0
    """
    version = (requested or tenant_version).strip()
    is_listed = version in _OLD_VERSIONS or version in _REAL_STATUS_VERSIONS
    return version if is_listed else DEFAULT_VERSION


def uses_real_status(version: str) -> bool:
    """Whether failures carry a matching HTTP status instead of 200 under this version."""
    return version in _REAL_STATUS_VERSIONS
