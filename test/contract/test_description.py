"""The sandbox against its own description, by parties that are not us. ``tox -e contract``."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
from openapi_spec_validator import validate

import openapi_client
from openapi_client.sandbox import Sandbox

pytestmark = pytest.mark.contract
DESCRIPTION = Path(openapi_client.__file__).parent / "sandbox" / "openapi.json"
SCHEMATHESIS = Path(sysconfig.get_path("scripts"), "schemathesis")
#: Rules between fields, and between a call and the status of a run, refuse values that a schema allows.
ALL_BUT_ACCEPTANCE = ["--exclude-checks", "positive_data_acceptance"]
#: Below minor version 2024-05-20 refusals have HTTP 200, so statuses tell nothing, and links lead nowhere.
SHAPES = ["--phases", "examples,coverage,fuzzing"]
SHAPES += ["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"]
SHAPES[-1] += ",response_headers_conformance,response_schema_conformance"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(rate_profile="unlimited", token_limit=1_000_000) as running:
        yield running


def test_description_is_valid() -> None:
    """The description is valid OpenAPI."""
    validate(json.loads(DESCRIPTION.read_text("utf-8")))


def test_description_is_served(sandbox: Sandbox) -> None:
    """The sandbox gives its description to everybody, and does not count that as a call."""
    answer = urllib3.request("GET", f"{sandbox.url}/openapi.json", timeout=10)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json() == json.loads(DESCRIPTION.read_text("utf-8"))
    assert sandbox.requests == []


@pytest.mark.parametrize(("version", "options"), [("2025-08-12", ALL_BUT_ACCEPTANCE), ("186.0", SHAPES)])
def test_schemathesis(sandbox: Sandbox, tmp_path: Path, version: str, options: list[str]) -> None:
    """Generated calls, good and bad, alone and in the sequences of the links, are answered as described."""
    command = [SCHEMATHESIS, "run", str(DESCRIPTION), "--url", sandbox.url, "--seed", "1", "--max-examples", "50"]
    command += ["--no-color", *options, "--generation-database", ":memory:"]
    for name, value in (
        ("apiAccessKeyId", sandbox.access_key_id),
        ("apiSecretAccessKey", sandbox.secret_access_key),
        ("Zuora-Version", version),
    ):
        command += ["-H", f"{name}: {value}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for phase in ("Coverage", "Fuzzing") if options is SHAPES else ("Coverage", "Fuzzing", "Stateful"):
        assert f"✅ {phase}" in done.stdout, done.stdout
