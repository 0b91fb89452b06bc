"""A report for a ticket: versions, settings and findings, without anything secret."""

from __future__ import annotations

import os
import platform
import ssl
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from openapi_client import __version__
from openapi_client._base import redact
from openapi_client._call.credentials import secrets_of
from openapi_client.cli.table import printable

if TYPE_CHECKING:
    from openapi_client.configuration import Configuration

#: What runs with the package, and what may stand beside it.
_DISTRIBUTIONS = ("urllib3", "certifi", "python-dateutil", "six", "flask", "waitress", "argcomplete")


class Finding(NamedTuple):
    """What one check has found.

    :ivar state: ``ok``, ``problem`` or ``unknown``.
    :ivar fix: what to do, where there is a problem.
    :ivar code: what the doctor ends in, if this is the first problem.
    """

    check: str
    state: str
    finding: str
    fix: str = ""
    code: int = 0


def versions() -> str:
    """The versions that matter, in one line."""
    return f"zuora-journal-runs {__version__}, Python {platform.python_version()}, urllib3 {_version('urllib3')}"


def written(findings: Sequence[Finding], configuration: Configuration | None, source: str) -> str:
    """The report, in Markdown."""
    lines = [
        "## zuora-journal-runs doctor",
        "",
        f"- {versions()}",
        f"- {platform.platform()}, {sys.implementation.name}, {ssl.OPENSSL_VERSION}",
        f"- settings from {source}",
        f"- {configuration!r}",
        "",
        "### Findings",
        "",
        *(f"- {each.state}: {each.check}: {each.finding}" for each in findings),
        "",
        "### Installed",
        "",
        *(f"- {name} {_version(name)}" for name in _DISTRIBUTIONS),
    ]
    secrets = [] if configuration is None else secrets_of(configuration, {})
    return "\n".join(_without_home(redact.known(printable(line), secrets)) for line in lines)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "is not installed"


def _without_home(line: str) -> str:
    """A line without the name of the user in paths."""
    home = str(Path.home())
    return line.replace(home + os.sep, "~" + os.sep) if len(home) > 1 else line
