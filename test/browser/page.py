"""The inspector as one who uses it sees it: what is on it, and what one can do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

PATIENCE_SECONDS = 20
UNAVAILABLE = "unavailable: 503 with an HTML page"
RATE_LIMIT = "rate-limit: 429, the rate limit is used up"
T = TypeVar("T")
# One look at the page for all of them: the browser's own reckoning of names takes a round trip for each.
_BUTTON = """return [...document.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') || each.textContent).startsWith(arguments[0]));"""
_FIELDS = """return [...document.querySelectorAll('label')]
    .filter((each) => each.textContent === arguments[0]).map((each) => each.control);"""
_CHECKS = Path(__file__).with_name("checks.js").read_text("utf-8")


class Page:
    """The page in one tab of a browser."""

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser

    # --- the window ---

    def open(self, url: str) -> None:
        self.browser.get(f"{url}/")

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def prefer(self, scheme: str) -> None:
        features = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", features)

    def save(self, path: Path) -> None:
        assert self.browser.save_screenshot(str(path))

    def console(self) -> list[str]:
        return [f"{entry['level']}: {entry['message']}" for entry in self.browser.get_log("browser")]

    # --- looking ---

    def run(self, script: str, *arguments: object) -> Any:
        return self.browser.execute_script(script, *arguments)

    def check(self, name: str) -> list[str]:
        """Return what is wrong with the page by one of the checks of ``checks.js``."""
        found: list[str] = self.run(f"{_CHECKS}\nreturn {name}();")
        return found

    def violations(self, axe: str) -> list[str]:
        """Return what axe-core finds."""
        self.run(axe)
        found: list[str] = self.browser.execute_async_script(
            "axe.run().then((found) => arguments[0](found.violations.map((each) =>"
            " `${each.id}: ${each.nodes.map((node) => node.target).join(', ')}`)));"
        )
        return found

    def find(self, css: str) -> WebElement:
        return self.browser.find_element("css selector", css)

    def find_all(self, css: str) -> list[WebElement]:
        return self.browser.find_elements("css selector", css)

    def text(self, css: str) -> str:
        return self.find(css).text

    def button(self, name: str) -> WebElement:
        """Wait for a button whose name begins like this, while the page may be changing, and return it."""
        return self.until(lambda: self.run(_BUTTON, name))

    def focused(self) -> WebElement:
        return self.browser.switch_to.active_element

    def until(self, condition: Callable[[], T | None]) -> T:
        """Wait until a condition holds, and return its value."""
        ignored = [StaleElementReferenceException, NoSuchElementException]
        try:
            return WebDriverWait(self.browser, PATIENCE_SECONDS, 0.05, ignored).until(lambda _: condition())
        except TimeoutException:
            raise AssertionError(f"this never became true; the page says: {self.text('body')}") from None

    def shows(self, css: str, text: str) -> None:
        """Wait until an element holds a text."""
        self.until(lambda: text in self.text(css))

    def hears(self, text: str) -> None:
        """Wait until a screen reader is told something."""
        self.until(lambda: text in self.run("return document.getElementById('news').textContent;"))

    # --- doing ---

    def unfold(self, css: str = "details") -> None:
        """Open details, all of them or some."""
        self.run("document.querySelectorAll(arguments[0]).forEach((each) => { each.open = true; });", css)

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def click(self, name: str) -> None:
        self.until(lambda: self.button(name).click() or True)

    def fill(self, label: str, value: str) -> None:
        """Choose or type a value into the field of a label."""
        fields: list[WebElement] = self.run(_FIELDS, label)
        assert len(fields) == 1, f"{len(fields)} fields {label}"
        if fields[0].tag_name == "select":
            Select(fields[0]).select_by_visible_text(value)
        else:
            fields[0].clear()
            fields[0].send_keys(value)


def add_fault(page: Page, kind: str, method: str, times: str = "") -> None:
    """Add a fault by the form."""
    page.unfold("#any-fault")
    page.fill("Kind", kind)
    page.fill("Method", method)
    page.fill("Times", times)
    page.click("Add fault")
