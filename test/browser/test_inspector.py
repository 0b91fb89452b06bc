"""The inspector page in a real browser: it shows what happens, and its buttons do what they say.

``tox -e browser`` runs this; ``tox -e browser -- --screenshots docs`` renews ``docs/inspector.png``, too.
"""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

HOSTILE = "<script>document.title=1</script>"
LONG = "x" * 60
UNAVAILABLE = "unavailable: 503 with an HTML page"
CHECKS = ("nameless", "disordered", "overflowing", "faint")
# The picture in the docs is loaded by everyone who reads them.
LARGEST_PICTURE_BYTES = 150_000


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
    add_fault(page, "rate-limit: 429, the rate limit is used up", "POST")
    page.shows("#faults", "2 rate-limit")
    page.shows("#runs", "JR-00000003")
    page.shows("#clock", "12:01:18")
    page.run("document.querySelectorAll('details').forEach((each) => { each.open = true; });")
    return page


# --- what happens appears -------------------------------------------------------------------------------------------


def test_a_run_appears_and_progresses(page, create):
    """A run that a client creates is there a moment later, and follows the clock that a button moves."""
    number = create()
    page.shows(f"#run-{number} strong", "Pending")
    page.click("+ 1 s")
    page.shows(f"#run-{number} strong", "Processing")
    page.click("+ 10 s")
    page.shows(f"#run-{number} strong", "Completed")
    bar = [each.text for each in page.find_all(f"#run-{number} .moments li")]
    assert [each.rpartition(",")[0] for each in bar] == ["1 Pending, 1 s", "2 Processing, 2 s", "3 Completed"]


def test_changes_are_told(page, create):
    """A screen reader hears of a new status without losing its place."""
    number = create()
    page.shows("#news[aria-live=polite]", f"{number} is Pending")
    page.click("+ 1 s")
    page.shows("#news", f"{number} is Processing")


def test_a_request_shows_both_sides(page, create, sandbox):
    """An exchange opens into headers and bodies, and its credentials are nowhere."""
    create(zuora_track_id="close-2026-06")
    page.shows("#requests", "POST /v1/journal-runs")
    page.find("#requests summary").click()
    shown = page.text("#requests details")
    for part in ("200", "track id close-2026-06", "authorization", "***", '"accountingPeriodName"', '"journalRun'):
        assert part in shown
    assert sandbox.client_secret not in page.browser.page_source


def test_what_a_request_says_is_only_text(page, create):
    """A script in a track id stays a text."""
    create(zuora_track_id=HOSTILE)
    page.shows("#requests", HOSTILE)
    assert page.browser.title == "Journal-runs sandbox"
    assert len(page.find_all("script")) == 1


def test_a_sandbox_that_ends_is_told(page, sandbox):
    """The last known state stays, and says that it is the last known."""
    sandbox.stop()
    page.shows("#connection[role=alert]", "does not answer")
    assert page.text("h1") == "Journal-runs sandbox"
    page.console()  # the browser tells of the refused connection, too


# --- buttons --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "seconds"), [("+ 1 s", 1), ("+ 10 s", 10), ("+ 1 min", 60), ("+ 1 h", 3600)])
def test_the_clock_is_advanced(page, sandbox, name, seconds):
    """Each button moves the clock by what it says."""
    before = sandbox.clock.now()
    page.click(name)
    page.shows("#news", "ahead")
    assert (sandbox.clock.now() - before).total_seconds() == seconds


def test_the_clock_is_resumed_and_frozen(page, sandbox):
    """One button does both, and keeps the focus."""
    page.button("Resume").send_keys(Keys.ENTER)
    page.until(lambda: page.button("Freeze"))
    assert page.focused().accessible_name.startswith("Freeze")
    page.press(Keys.ENTER)
    page.until(lambda: page.button("Resume"))
    assert sandbox.clock.now() == sandbox.clock.now()


def test_a_run_is_held_and_released(page, sandbox, create):
    """A held run stays in Processing, however far the clock goes."""
    number = create()
    page.until(lambda: page.find(f"#run-{number}"))
    page.click("Hold")
    page.click("+ 1 h")
    page.shows(f"#run-{number} strong", "Processing (held)")
    page.click("Release")
    page.shows(f"#run-{number} strong", "Completed")


def test_a_run_fails(page, create):
    """A run is put into Error."""
    number = create()
    page.until(lambda: page.find(f"#run-{number}"))
    page.click("Fail")
    page.shows(f"#run-{number} strong", "Error")


def test_entries_are_transferred_one_by_one(page, sandbox, create):
    """The button is there as long as there is an entry left."""
    number = create()
    sandbox.clock.advance(3)
    page.until(lambda: page.button("Transfer an entry"))
    for entry in ("JE-00000001", "JE-00000002"):
        page.until(lambda entry=entry: entry in page.find(f"#transfer-{number}").get_attribute("data-done"))
        page.click("Transfer an entry")
    page.until(lambda: not page.find_all(f"#transfer-{number}"))
    assert [each.transferred_to_accounting for each in sandbox.run(number).entries] == ["Yes", "Yes"]


def test_a_refusal_is_told(page, sandbox, create):
    """A button that comes too late says why."""
    number = create()
    page.until(lambda: page.find(f"#run-{number}"))
    page.click("Pause updates")
    sandbox.fail(number)
    page.click("Hold")
    page.shows("#news", f"That did not work: {number} is Error")
    page.until(lambda: [each for each in page.console() if "Failed to load resource" in each])


# --- faults ---------------------------------------------------------------------------------------------------------


def add_fault(page, kind, method, times=""):
    page.fill("Kind", kind)
    page.fill("Method", method)
    page.fill("Times", times)
    page.click("Add fault")


def test_a_fault_makes_one_call_fail_and_its_retry_succeed(page, create, api):
    """A fault from the form strikes the client's next call; both attempts are in the list."""
    number = create()
    add_fault(page, UNAVAILABLE, "GET", "1")
    page.shows("#faults", "1 unavailable")
    assert "GET /v1/*, strikes so far: 0 of 1" in page.text("#faults article")
    assert api.get_journal_run(number).status == "Pending"
    page.shows("#requests", f"GET /v1/journal-runs/{number} 503")
    page.shows("#requests", f"GET /v1/journal-runs/{number} 200")
    assert [each.text for each in page.find_all("#requests .status")][:2] == ["200", "503"]
    page.shows("#faults", "None in force")


def test_faults_are_cleared_one_by_one_and_at_once(page, sandbox):
    """What is cleared is no longer in force, and the keyboard stays in the list of faults."""
    for _ in range(3):
        count = len(page.find_all("#faults article"))
        add_fault(page, UNAVAILABLE, "any")
        page.until(lambda count=count: len(page.find_all("#faults article")) == count + 1)
    page.button("Clear: fault 2").send_keys(Keys.ENTER)
    page.until(lambda: len(page.find_all("#faults article")) == 2)
    assert page.focused().get_attribute("id") == "faults"
    page.click("Clear all faults")
    page.shows("#faults", "None in force")


def test_a_fault_that_makes_no_sense_is_refused_in_words(page):
    """The page passes on what the sandbox says."""
    page.fill("Path", "nothing")
    page.click("Add fault")
    page.shows("#news", "That did not work: path should begin with /")
    page.console()  # the browser tells of the status 400, too


# --- updates keep out of the way ------------------------------------------------------------------------------------


def test_an_update_keeps_focus_text_place_and_open_details(page, create):
    """What one is doing goes on while the page changes."""
    create()
    page.resize(1280, 500)
    page.shows("#requests", "POST /v1/journal-runs")
    details = page.find("#requests details")
    details.find_element("css selector", "summary").click()
    page.fill("Times", "7")
    page.run("arguments[0].focus();", details.find_element("css selector", "summary"))
    page.run("arguments[0].scrollIntoView({block: 'center'});", details)
    place = page.run("return arguments[0].getBoundingClientRect().top;", details)
    page.run("document.querySelector('#requests h2').dataset.same = 'yes';")
    page.run("fetch('/v1/nothing');")
    page.shows("#requests", "/v1/nothing")
    assert details.get_attribute("open") is not None
    assert page.focused().text == details.find_element("css selector", "summary").text
    assert page.find("#requests input, #faults input[type=number]").get_attribute("value") == "7"
    assert abs(page.run("return arguments[0].getBoundingClientRect().top;", details) - place) < 2
    page.console()  # the browser tells of the status 404, too


def test_focus_moves_to_the_run_when_its_button_goes(page, create):
    """Nobody is thrown back to the top of the page."""
    number = create()
    page.until(lambda: page.find(f"#fail-{number}"))
    page.button("Fail").send_keys(Keys.ENTER)
    page.shows(f"#run-{number} strong", "Error")
    assert page.focused().get_attribute("id") == f"run-{number}"


@pytest.mark.parametrize("way", ["hidden", "paused"])
def test_a_page_that_is_hidden_or_paused_asks_for_nothing(page, create, way):
    """Once it is looked at again, it is up to date."""
    stop = {
        "hidden": "Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'));",
        "paused": "document.getElementById('pause').click();",
    }[way]
    count = "return performance.getEntriesByType('resource').filter((each) => each.initiatorType === 'fetch').length;"
    page.until(lambda: page.run(count) > 1)
    page.run(stop, True)
    page.browser.execute_async_script("setTimeout(arguments[0], 300);")  # an update under way may end
    asked = page.run(count)
    number = create()
    page.browser.execute_async_script("setTimeout(arguments[0], 1500);")
    assert page.run(count) == asked
    page.run(stop, False)
    page.until(lambda: page.find(f"#run-{number}"))


# --- for everyone ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_everyone_can_read_it(busy_page, scheme, width):
    """Names, structure, contrast and width are right in both schemes, on a screen and on a telephone."""
    busy_page.prefer(scheme)
    busy_page.resize(width, 800)
    assert {check: found for check in CHECKS if (found := busy_page.check(check))} == {}


def test_dark_is_dark(page):
    """The page follows what its reader prefers."""
    colour = "return getComputedStyle(document.body).backgroundColor;"
    page.prefer("dark")
    assert page.run(colour) == "rgb(18, 21, 27)"
    page.prefer("light")
    assert page.run(colour) == "rgb(245, 246, 248)"


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


def test_a_picture_for_the_docs(page, sandbox, create, api, screenshots):
    """The page with all its parts, small enough to be loaded by everyone who reads about it."""
    create(zuora_track_id="close 2026-05")
    sandbox.clock.advance(4)
    held = create(zuora_track_id="close 2026-06")
    sandbox.hold(held)
    sandbox.clock.advance(9)
    add_fault(page, "rate-limit: 429, the rate limit is used up", "POST", "3")
    page.shows("#faults", "1 rate-limit")
    add_fault(page, UNAVAILABLE, "GET", "1")
    page.shows("#faults", "2 unavailable")
    assert api.get_journal_run(held).status == "Processing"
    page.shows("#faults h2", "Faults (1)")
    page.shows("#requests", "fault unavailable")
    page.resize(1120, 960)
    page.run("document.activeElement.blur(); window.scrollTo(0, 0);")
    picture = screenshots / "inspector.png"
    page.save(picture)
    assert 10_000 < picture.stat().st_size < LARGEST_PICTURE_BYTES
