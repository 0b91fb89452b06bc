"""Which minor version is in effect, and whether it uses real HTTP statuses.

Sources: Zuora API reference (the list of minor versions); Zuora docs, "API upgrades".
"""

from __future__ import annotations

DEFAULT_VERSION = "186.0"

_OLD_NUMBERS = (186, 187, 188, 189, 196, 206, 207, 211, 214, 215, 216, 223, 224, 230, 239, 256, 257, 309, 314, 315)
_OLD_VERSIONS = frozenset(f"{number}.0" for number in (*_OLD_NUMBERS, 329, 330, 336, 337, 338, 341))
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
