"""The inspector page is for everyone: names, contrast, widths, keyboard, and where things stand, in a real browser."""

from __future__ import annotations

import pytest
from browser.page import RATE_LIMIT, UNAVAILABLE, add_fault
from selenium.webdriver.common.keys import Keys

from openapi_client.sandbox import Status
from openapi_client.sandbox.journal_runs.lifecycle import ACTIVE

pytestmark = pytest.mark.browser

LONG = "x" * 60
CHECKS = ("nameless", "disordered", "overflowing", "faint", "pale")
WIDTHS = (360, 1280, 1920)


@pytest.fixture
def busy_page(page, sandbox, create, api):
    """The page with a run in each state that has buttons, with faults and requests, and everything open."""
    completed = create(zuora_track_id=LONG)
    sandbox.clock.advance(3)
    api.cancel_journal_run(completed)
    sandbox.clock.advance(1)
    create()
    sandbox.clock.advance(4)
    sandbox.hold(create(zuora_track_id="close 2026-06"))
    sandbox.clock.advance(70)
    add_fault(page, UNAVAILABLE, "GET", "2")
    add_fault(page, RATE_LIMIT, "POST")
    page.shows("#faults", "2 rate-limit")
    page.shows("#runs", "JR-00000003")
    page.shows("#clock", "12:01:18")
    page.unfold()
    return page


@pytest.fixture
def every_status(page, sandbox, create):
    """The page with a run in each status there is, all open."""
    run = {"accountingPeriodName": "Jun 2026", "journalEntryDate": "2026-06-30"}
    create()
    sandbox.clock.advance(1)
    for status in Status:
        if status not in ACTIVE:
            sandbox.add_run({**run, "transactionTypes": [{"type": "Invoice Item"}], "status": status.value})
    page.until(lambda: len(page.find_all(".run")) == len(Status) - 1)
    page.unfold()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_everyone_can_read_it(busy_page, axe, scheme, width):
    """Names, structure, contrast and width are right in both schemes, on screens and on a telephone, open or not."""
    busy_page.prefer(scheme)
    busy_page.resize(width, 800)
    for is_open in (True, False):
        busy_page.run("document.querySelectorAll('details').forEach((each) => { each.open = arguments[0]; });", is_open)
        assert {check: found for check in CHECKS if (found := busy_page.check(check))} == {}
        assert busy_page.violations(axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_status_stands_out(every_status, axe, scheme):
    """Segments by 3 to 1 against the card, and the text of badges by 4.5 to 1."""
    every_status.prefer(scheme)
    assert (every_status.check("pale"), every_status.check("faint"), every_status.violations(axe)) == ([], [], [])
    assert len(every_status.find_all(".badge")) == len(Status) - 1


def test_an_empty_page_is_for_everyone(page, axe):
    """What there is to paste can be read and reached."""
    assert {check: found for check in CHECKS if (found := page.check(check))} == {}
    assert page.violations(axe) == []


def test_a_failure_is_for_everyone(page, axe):
    """A complaint at its field, and a message."""
    page.unfold("#any-fault")
    page.fill("Path", "nothing")
    page.click("Add fault")
    page.shows("#fault-path-wrong", "path should")
    page.click("503: on the next request")
    page.shows("#toast", "unavailable")
    assert {check: found for check in CHECKS if (found := page.check(check))} == {}
    assert page.violations(axe) == []
    page.console()  # the browser tells of the status 400, too


def test_dark_is_dark(page):
    """The page follows what its reader prefers."""
    colour = "return getComputedStyle(document.body).backgroundColor;"
    page.prefer("dark")
    assert page.run(colour) == "rgb(18, 21, 27)"
    page.prefer("light")
    assert page.run(colour) == "rgb(244, 245, 248)"


def test_the_tab_key_reaches_everything_in_order(busy_page):
    """Links, buttons, fields and details are reached, and one sees where one is."""
    busy_page.button("Pause updates").send_keys(Keys.ENTER)
    expected = busy_page.check("reachable")
    busy_page.run("document.querySelector('.skip').focus();")
    reached = []
    for _ in expected:
        reached += busy_page.check("focused")
        assert busy_page.check("unmarked") == []
        busy_page.press(Keys.TAB)
    assert reached == expected


def test_the_skip_link_leads_to_the_content(page):
    """The first thing the keyboard reaches passes over the header."""
    page.press(Keys.TAB, Keys.ENTER)
    page.until(lambda: page.focused().get_attribute("id") == "content")


# --- what stands where ----------------------------------------------------------------------------------------------


def top_of(page, css):
    return page.run("return document.querySelector(arguments[0]).getBoundingClientRect().top;", css)


def test_a_line_is_a_line(page, create, sandbox):
    """A run and a request take one line each, of less than half of what they took once."""
    number = create()
    sandbox.clock.advance(70)
    page.until(lambda: page.find(f"#run-{number}"))
    heights = "return [...document.querySelectorAll(arguments[0])].map((each) => each.getBoundingClientRect().height);"
    assert max(page.run(heights, ".exchange")) <= 28
    assert max(page.run(heights, ".run")) <= 40


def test_what_steers_stays_in_view(page, create):
    """However far one reads."""
    create()
    page.shows("#requests", "/v1/journal-runs")
    page.unfold("#requests details")
    page.resize(1280, 700)
    page.run("window.scrollTo(0, document.body.scrollHeight);")
    assert page.run("return scrollY;") > 100
    assert 0 <= top_of(page, "#clock") < 100
    assert top_of(page, "header") == 0


def test_runs_come_first_on_a_telephone(page):
    """What one looks for is at the top."""
    page.resize(360, 800)
    assert top_of(page, "#runs") < top_of(page, "#clock") < top_of(page, "#faults") < top_of(page, "#requests")


def test_header_and_content_have_one_width(page):
    """Also on a wide screen."""
    page.resize(1920, 1080)
    edges = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); return [box.left, box.right];"
    assert page.run(edges, "header .width") == page.run(edges, "main")


def test_a_message_floats_and_takes_no_room(page):
    """Nothing moves when it comes, and it goes by itself."""
    before = top_of(page, "#runs")
    page.click("+ 1 s")
    page.shows("#toast", "The clock is 1 s ahead")
    assert top_of(page, "#runs") == before
    page.until(lambda: page.text("#toast") == "")


def test_without_its_script_the_page_can_be_read(page, create):
    """Lines open, and what would not work is not there."""
    number = create()
    page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.browser.refresh()
        page.find(f"#run-{number} summary").click()
        assert "Pending, 0 s" in page.text(f"#run-{number}")
        assert "Without its script this page can be read" in page.text("body")
        assert [each.text for each in page.find_all("button") if each.is_displayed()] == []
    finally:
        page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
