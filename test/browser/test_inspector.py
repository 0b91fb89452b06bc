"""The inspector page in a real browser: it shows what happens, and its buttons do what they say.

``tox -e browser`` runs this; ``tox -e browser -- --screenshots docs`` renews the pictures in the docs, too.
"""

from __future__ import annotations

import dataclasses

import pytest
from browser.conftest import NOON
from browser.page import UNAVAILABLE, add_fault
from selenium.webdriver.common.keys import Keys

from openapi_client.sandbox import Fault

pytestmark = pytest.mark.browser

HOSTILE = "<script>document.title=1</script>"
STRUCK = ["200", "503 fault unavailable"]
# The picture in the docs is loaded by everyone who reads them.
LARGEST_PICTURE_BYTES = 150_000


# --- what happens appears -------------------------------------------------------------------------------------------


def test_a_run_appears_and_progresses(page, create):
    """A run that a client creates is there a moment later, and follows the clock that a button moves."""
    number = create()
    page.shows(f"#run-{number} strong", "Pending")
    page.click("+ 1 s")
    page.shows(f"#run-{number} strong", "Processing")
    page.click("+ 10 s")
    page.shows(f"#run-{number} strong", "Completed")
    page.unfold(".run details")
    bar = [each.text for each in page.find_all(f"#run-{number} .moments li")]
    assert [each.split(" ", 2)[2] for each in bar] == ["Pending, 1 s", "Processing, 2 s", "Completed"]


def test_changes_are_told(page, create):
    """A screen reader hears of a new status without losing its place."""
    number = create()
    page.hears(f"{number} is Pending")
    page.click("+ 1 s")
    page.hears(f"{number} is Processing")
    assert page.find("#news").get_attribute("aria-live") == "polite"


def test_a_request_shows_both_sides(page, create, sandbox):
    """An exchange opens into headers and bodies, and its credentials are nowhere."""
    create(zuora_track_id="close-2026-06")
    page.shows("#requests", "/v1/journal-runs")
    page.find("#requests summary").click()
    shown = page.text("#requests details")
    assert "authorization" not in shown
    page.unfold(".headers")
    shown = page.text("#requests details")
    for part in ("200", "track id close-2026-06", "authorization", "***", '"accountingPeriodName"', '"journalRun'):
        assert part in shown
    assert sandbox.client_secret not in page.browser.page_source


def test_what_a_request_says_is_only_text(page, create):
    """A script in a track id stays a text."""
    create(zuora_track_id=HOSTILE)
    page.shows("#requests", "/v1/journal-runs")
    page.find("#requests summary").click()
    page.shows("#requests", f"track id {HOSTILE}")
    assert page.browser.title == "Journal-runs sandbox"
    assert len(page.find_all("script")) == 1


def test_a_sandbox_that_ends_is_told(page, sandbox):
    """The last known state stays, and says that it is the last known."""
    sandbox.stop()
    page.shows("#connection[role=alert]", "does not answer")
    assert page.text("h1") == "Journal-runs sandbox"
    page.console()  # the browser tells of the refused connection, too


# --- buttons --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "seconds"), [("+ 1 s", 1), ("+ 10 s", 10), ("+ 1 min", 60), ("+ 1 h", 3600), ("+ 1 d", 86400)]
)
def test_the_clock_is_advanced(page, sandbox, name, seconds):
    """Each button moves the clock by what it says."""
    before = sandbox.clock.now()
    page.click(name)
    page.shows("#toast", "ahead")
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
    page.unfold(".run details")
    page.click("Hold")
    page.click("+ 1 h")
    page.shows(f"#run-{number} strong", "Processing (held)")
    page.click("Release")
    page.shows(f"#run-{number} strong", "Completed")


def test_a_run_fails(page, create):
    """A run is put into Error."""
    number = create()
    page.until(lambda: page.find(f"#run-{number}"))
    page.unfold(".run details")
    page.click("Fail")
    page.shows(f"#run-{number} strong", "Error")


def test_entries_are_transferred_one_by_one(page, sandbox, create):
    """The button is there as long as there is an entry left."""
    number = create()
    sandbox.clock.advance(3)
    page.until(lambda: page.find(f"#run-{number}"))
    page.unfold(".run details")
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
    page.unfold(".run details")
    page.click("Pause updates")
    sandbox.fail(number)
    page.click("Hold")
    page.shows("#toast.bad", f"That did not work: {number} is Error")
    page.click("Dismiss")
    assert page.text("#toast") == ""
    page.until(lambda: [each for each in page.console() if "Failed to load resource" in each])


def test_the_sandbox_starts_anew(page, sandbox, create):
    """Speed, time and runs are as at the start."""
    create()
    page.click("60×")
    page.until(lambda: sandbox.clock.speed == 60)
    page.until(lambda: page.button("60×").get_attribute("aria-pressed") == "true")
    page.unfold("#reset")
    page.click("Reset the sandbox")
    page.shows("#runs", "None yet")
    assert (sandbox.clock.speed, sandbox.clock.now(), sandbox.runs()) == (1, NOON, [])


def test_what_is_to_paste_is_copied(page):
    """Or one is told that the browser does not allow it."""
    permissions = {
        "origin": page.run("return origin;"),
        "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
    }
    page.browser.execute_cdp_cmd("Browser.grantPermissions", permissions)
    page.click("Copy: lines for a shell")
    page.shows("#toast", "Copied")
    script = "navigator.clipboard.readText().then(arguments[0]);"
    assert page.browser.execute_async_script(script).startswith("export ZUORA_HOST=http://127.0.0.1:")


# --- faults ---------------------------------------------------------------------------------------------------------


def test_a_fault_makes_one_call_fail_and_its_retry_succeed(page, create, api):
    """A fault from the form strikes the client's next call; both attempts are in the list."""
    number = create()
    add_fault(page, UNAVAILABLE, "GET", "1")
    page.shows("#faults", "1 unavailable")
    assert "GET /v1/*, strikes so far: 0 of 1" in page.text("#faults article")
    assert api.get_journal_run(number).status == "Pending"
    page.until(lambda: [each.text for each in page.find_all("#requests .status")][:2] == STRUCK)
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


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("429", Fault("rate-limit", times=1, retry_after=1)),
        ("503", Fault("unavailable", times=1)),
        ("Reset after commit", Fault("reset-after-commit", "POST", times=1)),
    ],
)
def test_a_fault_is_a_press_away(page, sandbox, name, fault):
    """The usual ones have buttons."""
    page.click(f"{name}: on the next request")
    page.shows("#faults", f"1 {fault.kind}")
    assert [each.fault for each in sandbox.faults.active] == [fault]


def test_a_fault_may_have_all_its_fields(page, sandbox):
    """Each kind shows the fields it has, and no other."""
    page.unfold("#any-fault")
    values = {
        "Path": "/v1/journal-runs*",
        "Times": "2",
        "Lasts, seconds": "60.5",
        "Probability": "0.5",
        "Delay, seconds": "0.1",
    }
    for label, value in values.items():
        page.fill(label, value)
    page.fill("Retry-After, seconds", "7")
    page.fill("Carried out", "yes")
    page.click("Add fault")
    page.shows("#faults", "1 unavailable")
    page.fill("Kind", "refusal: success: false with an error category")
    shown = [each.text for each in page.find_all("#add-fault label") if each.is_displayed()]
    assert shown == ["Kind", "Method", *values, "Category", "Message"]
    page.fill("Category", "50")
    page.fill("Message", "busy")
    page.click("Add fault")
    page.shows("#faults", "2 refusal")
    common = {"path": "/v1/journal-runs*", "times": 2, "seconds": 60.5, "probability": 0.5, "delay": 0.1}
    assert [each.fault for each in sandbox.faults.active] == [
        Fault("unavailable", **common, retry_after=7, commits=True),
        Fault("refusal", **common, category=50, message="busy"),
    ]
    every = {field.name for field in dataclasses.fields(Fault)}
    assert {each.get_attribute("name") for each in page.find_all("#add-fault [name]")} == every


def test_a_fault_that_makes_no_sense_is_refused_at_its_field(page):
    """What the sandbox says stands where it is wrong, and is gone when it is right."""
    page.unfold("#any-fault")
    page.fill("Path", "nothing")
    page.click("Add fault")
    page.shows("#fault-path-wrong", "path should begin with /")
    field = page.focused()
    assert (field.get_attribute("id"), field.get_attribute("aria-invalid")) == ("fault-path", "true")
    assert field.get_attribute("aria-describedby") == "fault-path-wrong"
    page.fill("Path", "/v1/*")
    page.click("Add fault")
    page.shows("#faults", "1 unavailable")
    assert page.text("#fault-path-wrong") == ""
    page.console()  # the browser tells of the status 400, too


# --- updates keep out of the way ------------------------------------------------------------------------------------


def test_an_update_keeps_focus_text_place_and_open_details(page, create):
    """What one is doing goes on while the page changes."""
    create()
    page.resize(1280, 500)
    page.shows("#requests", "/v1/journal-runs")
    page.unfold("#any-fault")
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
    page.unfold(".run details")
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


@pytest.mark.parametrize(("name", "scheme"), [("inspector.png", "light"), ("inspector-dark.png", "dark")])
def test_a_picture_for_the_docs(page, sandbox, create, api, screenshots, name, scheme):
    """The page with all its parts, small enough to be loaded by everyone who reads about it."""
    cancelled = create("Apr 2026", "2026-04-30")
    sandbox.clock.advance(4)
    api.cancel_journal_run(cancelled)
    sandbox.clock.advance(3)
    sandbox.fail(create("May 2026", "2026-05-31"))
    create("May 2026", "2026-05-31", zuora_track_id="close 2026-05")
    sandbox.clock.advance(4)
    held = create(zuora_track_id="close 2026-06")
    sandbox.hold(held)
    sandbox.clock.advance(9)
    sandbox.faults.add(Fault("unavailable", "GET", times=1))
    sandbox.faults.add(Fault("rate-limit", "POST", times=3))
    assert api.get_journal_run(held).status == "Processing"
    page.shows("#faults h2", "Faults 1")
    page.shows("#requests", "fault unavailable")
    page.unfold(f"#run-{held} details")
    page.prefer(scheme)
    page.resize(1280, 800)
    picture = screenshots / name
    page.save(picture)
    assert 10_000 < picture.stat().st_size < LARGEST_PICTURE_BYTES
