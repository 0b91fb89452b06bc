"""The public names of the package, and what they load."""

from __future__ import annotations

import subprocess
import sys

import pytest

import openapi_client.sandbox as package

TIMEOUT_SECONDS = 30
BLOCK = "import sys; sys.modules.update(dict.fromkeys(['flask', 'waitress', 'werkzeug']));"


def run(script):
    command = [sys.executable, "-W", "error", "-c", script]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_is_there(name):
    """Each name of ``__all__`` can be had, and is listed."""
    assert getattr(package, name).__name__ == name
    assert name in dir(package)


def test_the_public_names_are_sorted_and_single():
    """A reader finds a name at once."""
    assert package.__all__ == sorted(set(package.__all__))


def test_an_unknown_name_is_an_attribute_error():
    """A typing mistake reads as always."""
    with pytest.raises(AttributeError, match="Sandbax"):
        _ = package.Sandbax


def test_names_without_a_server_need_no_web_framework():
    """Everything but the server itself works without the extra."""
    done = run(f"{BLOCK} import openapi_client.sandbox as s; [getattr(s, n) for n in s.__all__ if n != 'Sandbox']")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_missing_extra_is_named():
    """Without Flask the message says what to install."""
    done = run(f"{BLOCK} from openapi_client.sandbox import Sandbox")
    assert done.returncode == 1
    assert "pip install 'zuora-journal-runs[sandbox]', or in a checkout: pip install '.[sandbox]'" in done.stderr


def test_importing_the_package_loads_no_web_framework():
    """The price is paid by those who start a server."""
    done = run("import sys, openapi_client.sandbox; print(any(m in sys.modules for m in ('flask', 'waitress')))")
    assert done.stdout.strip() == "False"
