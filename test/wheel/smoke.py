"""Run in an environment that holds the built wheel and its four dependencies only."""

from __future__ import annotations

import http.server
import importlib.metadata
import json
import re
import subprocess
import sys
import threading
from pathlib import Path

import openapi_client


class Server(http.server.BaseHTTPRequestHandler):
    """Answers every GET with a run."""

    def do_GET(self) -> None:
        """Answer."""
        body = json.dumps({"number": self.path.rpartition("/")[2], "status": "Completed", "success": True}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def sources() -> set[str]:
    """The files of the package in the checkout: code, ``py.typed``, and what the sandbox serves."""
    checkout = Path(__file__).resolve().parents[2]
    found = (path for path in (checkout / "openapi_client").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(checkout).as_posix() for path in found}


def main() -> None:
    """Check what a wheel can lack: files, metadata, dependencies."""
    distribution = importlib.metadata.distribution("zuora-journal-runs")
    files = {path.as_posix() for path in distribution.files or () if path.suffix != ".pyc"}
    # The script of the command line is listed, too, by its way from the package.
    packaged = {name for name in files if ".dist-info/" not in name and not name.startswith("..")}
    missing = sources() - packaged
    assert not missing, f"not in the wheel: {sorted(missing)}"
    assert packaged == sources(), f"only in the wheel: {sorted(packaged - sources())}"
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in files), "the licence is missing"
    assert distribution.metadata["License-Expression"] == "Apache-2.0"
    description = str(distribution.metadata.get_payload())
    assert "Zuora journal runs" in description, description[:200]
    assert not re.search(r"\]\((?!https://)", description), "a link of the README is dead on a package index"
    assert distribution.version == openapi_client.__version__
    assert "site-packages" in (openapi_client.__file__ or ""), openapi_client.__file__
    for name in openapi_client.__all__:
        getattr(openapi_client, name)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        configuration = openapi_client.Configuration(host=f"http://127.0.0.1:{server.server_port}", access_token="t")
        with openapi_client.ApiClient(configuration) as client:
            run = openapi_client.JournalRunsApi(client).get_journal_run("JR-00000001", _request_timeout=10)
        server.shutdown()
    assert (run.number, run.status) == ("JR-00000001", "Completed"), run
    command = [str(Path(sys.executable).with_name("zuora-journal-runs")), "environments", "--json"]
    listed = json.loads(subprocess.run(command, capture_output=True, timeout=60, check=True).stdout)
    assert [each["url"] for each in listed if each["name"] == "PROD"] == ["https://rest.zuora.com"], listed
    refusal = ""
    try:
        from openapi_client.sandbox import Sandbox
    except ImportError as error:
        refusal = str(error)
    else:
        raise AssertionError(f"{Sandbox} without its extra")
    assert "pip install 'zuora-journal-runs[sandbox]'" in refusal, refusal
    print("wheel", distribution.version, "works on Python", sys.version.split()[0])


if __name__ == "__main__":
    main()
