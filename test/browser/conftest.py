"""A headless Chromium, a sandbox whose clock stands still, and the inspector page of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from browser.page import PATIENCE_SECONDS, Page
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from support import npm
from support.clock import QuickClock

import openapi_client
from openapi_client.sandbox import Sandbox, SandboxClock

NOON = datetime(2026, 6, 15, 12, 0, tzinfo=timezone.utc)
AXE_VERSION = "4.14.1"
INSTALL = "Chromium is missing: `apt-get install chromium chromium-driver`, or leave this marker out"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="DIRECTORY", help="where the pictures go; thrown away when left out")


@pytest.fixture
def screenshots(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where the pictures go."""
    given = request.config.getoption("--screenshots")
    return Path(given) if given else tmp_path


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    home = npm.installed("axe-core", AXE_VERSION, "test/browser/requirements.txt")
    return (home / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    """A browser without a window."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.fail(INSTALL)
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in ("headless=new", "disable-dev-shm-usage", "force-device-scale-factor=1", "hide-scrollbars"):
        options.add_argument(f"--{argument}")
    if os.getuid() == 0:
        # Chromium's own sandbox refuses to be run by root.
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options, Service(driver))
    chrome.set_page_load_timeout(PATIENCE_SECONDS)
    chrome.set_script_timeout(PATIENCE_SECONDS)
    yield chrome
    chrome.quit()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox whose clock stands still at noon on 2026-06-15."""
    with Sandbox(clock=SandboxClock(NOON, frozen=True)) as sandbox:
        yield sandbox


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[openapi_client.JournalRunsApi]:
    """Our client for the sandbox, which waits for nothing."""
    with openapi_client.ApiClient(sandbox.configuration(clock=QuickClock())) as client:
        yield openapi_client.JournalRunsApi(client)


@pytest.fixture
def create(api: openapi_client.JournalRunsApi) -> Callable[..., str]:
    """Create a run through the client and return its number."""

    def create(period: str = "Jun 2026", day: str = "2026-06-30", **headers: Any) -> str:
        order = {
            "accounting_period_name": period,
            "journal_entry_date": day,
            "transaction_types": [{"type": "Invoice Item"}, {"type": "External Payment"}],
        }
        return str(api.create_journal_run(order, **headers).journal_run_number)

    return create


@pytest.fixture
def page(chromium: webdriver.Chrome, sandbox: Sandbox) -> Iterator[Page]:
    """The inspector of the sandbox, 1280 pixels wide and light; nothing may complain in the browser's console."""
    page = Page(chromium)
    page.resize(1280, 900)
    page.prefer("light")
    page.open(sandbox.url)
    yield page
    complaints = page.console()
    chromium.get("about:blank")
    assert complaints == []
