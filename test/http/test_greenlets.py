"""Under gevent and eventlet: many calls at once, limits, one token, names, and what is said about an outcome."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support import greenlets
from support.wire import Request, WireServer, answer, hang_up, stall


class Zuora:
    """Answers by the number of the run that is asked for.

    :ivar tokens: how many were asked for.
    """

    def __init__(self) -> None:
        self.tokens = 0
        self._together = threading.Barrier(greenlets.MANY)

    def __call__(self, request: Request) -> bool:
        if request.target == "/oauth/token":
            self.tokens += 1
            return answer(200, {"access_token": "a-token", "expires_in": 3600})(request)
        if request.method == "POST":
            return hang_up(request)
        number = request.target.rpartition("/")[2]
        if number == "JR-stall":
            return stall(request)
        if number.startswith("JR-together"):
            self._together.wait(greenlets.PATIENCE)
        return answer(200, {"number": number, "status": "Completed", "success": True})(request)


@pytest.mark.parametrize("library", ["gevent", "eventlet"])
def test_under(library: str) -> None:
    """Every case of the program holds under the library."""
    zuora = Zuora()
    with WireServer([zuora]) as server:
        done = subprocess.run(
            [sys.executable, str(Path(greenlets.__file__)), library, server.url],
            capture_output=True, text=True, timeout=120, check=False, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    assert done.stdout.split() == [case.__name__ for case in greenlets.CASES], done.stderr
    assert zuora.tokens == 1
