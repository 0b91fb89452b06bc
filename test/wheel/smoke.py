"""Run in an environment that holds the built wheel and its four dependencies only."""

from __future__ import annotations

import http.server
import importlib.metadata
import json
import sys
import threading

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


def main() -> None:
    """Check what a wheel can lack: files, metadata, dependencies."""
    distribution = importlib.metadata.distribution("openapi-client")
    files = {str(path) for path in distribution.files or ()}
    assert "openapi_client/py.typed" in files, "py.typed is missing"
    for name in (
        "inspector/templates/inspector/page.html",
        "inspector/static/inspector.js",
        "journal_runs/templates/journal_runs/runs.html",
        "openapi.json",
    ):
        assert f"openapi_client/sandbox/{name}" in files, f"{name} is missing"
    assert not any(name.startswith(("test/", "docs/")) for name in files), "tests or docs are in the wheel"
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
    refusal = ""
    try:
        from openapi_client.sandbox import Sandbox
    except ImportError as error:
        refusal = str(error)
    else:
        raise AssertionError(f"{Sandbox} without its extra")
    assert "openapi-client[sandbox]" in refusal, refusal
    print("wheel", distribution.version, "works on Python", sys.version.split()[0])


if __name__ == "__main__":
    main()
