"""The inspector page as it is sent: what is on it, that nothing secret or foreign is, and who may use its buttons."""

from __future__ import annotations

import html
import json
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from urllib3.exceptions import HTTPError

from openapi_client.sandbox.inspector.exchanges import readable
from openapi_client.sandbox.web.app import create_app

HOSTILE = "<script>alert(1)</script>"
ATTRIBUTE = '" onfocus="alert(1)" x="'
FORM = "application/x-www-form-urlencoded"
VOID = frozenset({"meta", "link", "input", "br", "img"})


class Page(HTMLParser):
    """The elements and the text of a page; fails when a tag is not closed where it should be."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.words))

    def all(self, tag, **attributes):
        return [found for name, found in self.elements if name == tag and attributes.items() <= found.items()]


@pytest.fixture
def load(caller):
    """Load the page."""

    def load(query=""):
        answer = caller.send("GET", f"/{query}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        return Page(answer.data.decode())

    return load


@pytest.fixture
def add_fault(caller):
    """Put a fault into force."""

    def add(**fields):
        answer = caller.send("POST", "/_sandbox/faults", json.dumps(fields), {"Content-Type": "application/json"})
        assert answer.status == 200, answer.body

    return add


# --- what it shows --------------------------------------------------------------------------------------------------


def test_an_untouched_sandbox_has_a_page(load):
    """Without runs, faults and requests it says so."""
    page = load()
    assert page.all("article") == page.all("details", **{"class": "exchange"}) == []
    assert "Journal runs 0 None yet." in page.text
    assert "Requests 0" in page.text
    assert "2026-06-15 12:00:00 UTC" in page.text


def test_an_untouched_sandbox_says_what_to_paste(load, caller, sandbox):
    """What it shows for a shell and for Python makes a run, when pasted there."""
    texts = re.findall(r"<pre[^>]*>(.*?)</pre>", load().source, re.DOTALL)
    exports, code = (html.unescape(each) for each in texts)
    script = f"{exports}\nexec {shlex.quote(sys.executable)} -W error -c {shlex.quote(code)}"
    sandbox.clock.set_speed(1000)
    sandbox.clock.resume()
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("JR-00000001 Completed\n", "")
    assert sandbox.assert_created(accounting_period_name="Jun 2026") == ["JR-00000001"]
    assert "ZUORA_CLIENT_SECRET" not in load().source


def test_the_secret_to_paste_is_for_this_machine(sandbox):
    """Whoever reads the page from elsewhere is told where it was printed."""
    application = create_app(sandbox._tenant, "127.0.0.1").test_client()
    for address, is_shown in (("127.0.0.1", True), ("::1", True), ("192.0.2.7", False), ("", False)):
        source = application.get("/", environ_base={"REMOTE_ADDR": address}).text
        assert (html.escape(sandbox.client_secret) in source) is is_shown
        assert ("printed at the start" in source) is not is_shown


def test_a_run_has_a_line_with_its_status_number_period_and_bar(load, run_completed):
    """The bar is an image with a description, and the same stands below it as text."""
    page = load()
    assert [each["aria-label"] for each in page.all("svg", role="img")] == [
        f"Timeline of {run_completed}: Pending for 1 s, Processing for 2 s, Completed"
    ]
    assert f"Completed {run_completed} Jun 2026 Pending, 1 s Processing, 2 s Completed 3 s 2026-06-01" in page.text
    assert "06-15 12:00:00 Pending, 1 s" in page.text
    assert "06-15 12:00:01 Processing, 2 s" in page.text
    assert "06-15 12:00:03 Completed" in page.text
    assert "not to scale" not in page.text


def test_a_bar_that_is_not_to_scale_says_so(load, run_processing, sandbox, clock):
    """A second beside an hour."""
    sandbox.hold(run_processing)
    clock.advance(3600)
    assert "1 h not to scale" in load().text


def test_a_run_without_a_period_shows_its_days(load, caller):
    """As people write them."""
    days = {"targetStartDate": "2026-06-01", "targetEndDate": "2026-06-10", "journalEntryDate": "2026-06-10"}
    assert caller.create({**days, "transactionTypes": [{"type": "Invoice Item"}]}).status == 200
    assert "JR-00000001 1–10 Jun 2026" in load().text


def test_two_hundred_runs_have_pages(load, caller, clock):
    """Fifty on each, of runs and of requests, the latest first, with links to the others."""
    for _ in range(120):
        assert caller.create().status == 200
        clock.advance(3)

    def shown(page):
        runs = [each["id"] for each in page.all("article")]
        return runs[0], runs[-1], len(runs), len(page.all("details", **{"class": "exchange"}))

    page = load()
    assert shown(page) == ("run-JR-00000120", "run-JR-00000071", 50, 50)
    assert "1 to 50 of 120" in page.text
    assert "1 to 50 of 121" in page.text
    assert [each["href"] for each in page.all("a") if "=" in each["href"]] == ["?runs=2#runs", "?requests=2#requests"]
    assert shown(load("?runs=3")) == ("run-JR-00000020", "run-JR-00000001", 20, 50)
    last = load("?requests=3")
    assert shown(last) == ("run-JR-00000120", "run-JR-00000071", 50, 21)
    assert "101 to 121 of 121" in last.text
    assert {"href": "?requests=2#requests"} in last.all("a")
    assert {"href": "?requests=4#requests"} not in last.all("a")
    assert "50 of 50" not in load("?requests=99&runs=99").text


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "", "9" * 30])
def test_a_page_that_there_is_not_is_the_first(load, run_pending, page):
    """What a link never says does no harm."""
    shown = load(f"?{urlencode({'runs': page, 'requests': page})}")
    assert [each["id"] for each in shown.all("article")] == [f"run-{run_pending}"]


def test_an_exchange_shows_both_sides(load, caller, order):
    """Track id, status, bodies and headers of a request and its answer are there without a script."""
    caller.create(order, Zuora_Track_Id="close-2026-06")
    page = load()
    assert "06-15 12:00:00 POST /v1/journal-runs 200 track id close-2026-06" in page.text
    for part in ('{\n  "journalEntryDate": "2026-06-30",\n', '{\n  "journalRunNumber": "JR-00000001",\n'):
        assert html.escape(part, quote=True).replace("&quot;", "&#34;") in page.source
    for part in ("zuora-version 2025-08-12", "authorization ***"):
        assert part in page.text
    assert page.text.index('"journalEntryDate"') < page.text.index("headers of the request") < page.text.index("***")


@pytest.mark.parametrize(
    ("body", "headers", "shown"),
    [
        ('{"a":[1,"é"]}', {}, '{\n  "a": [\n    1,\n    "é"\n  ]\n}'),
        ("a=1&b=2", {"content-type": "application/x-www-form-urlencoded"}, "a=1\n&b=2"),
        ("<html>", {"content-type": "text/html"}, "<html>"),
        ('{"a": ', {}, '{"a": '),
        ("[" * 15_000, {}, "[" * 5000 + "… (10000 more characters)"),
        ("", {}, ""),
    ],
)
def test_bodies_are_made_readable(body, headers, shown):
    """As far as they are of a known form, and not too long."""
    assert readable(body, headers) == shown


def test_a_failure_under_status_200_is_told(load, caller):
    """Old minor versions hide failures; the page does not."""
    caller.create({"x": 1}, Zuora_Version="186.0")
    assert len(load().all("details", **{"class": "exchange failed"})) == 1
    assert "POST /v1/journal-runs 200, success: false" in load().text


def test_an_exchange_that_suffered_a_fault_says_so(load, caller, add_fault, run_pending):
    """The fault is named, and a reset connection is no answer."""
    add_fault(kind="reset-before-commit", method="GET", times=1)
    with pytest.raises(HTTPError):
        caller.get(run_pending)
    assert f"GET /v1/journal-runs/{run_pending} no answer fault reset-before-commit" in load().text


def test_a_fault_in_force_is_shown(load, caller, add_fault, run_pending):
    """Its kind, the requests it strikes, how often it has struck, and what else was set."""
    add_fault(kind="unavailable", method="GET", times=2, retry_after=7, path="/v1/<b>*")
    add_fault(kind="latency", delay=0.01)
    caller.get(run_pending)
    text = load().text
    assert "1 unavailable Clear 503 with an HTML page GET /v1/<b>*, strikes so far: 0 of 2, retry after 7" in text
    assert (
        "2 latency Clear The usual answer, delay seconds late any method /v1/*, strikes so far: 1, delay 0.01" in text
    )


def test_a_fault_for_every_path_spares_the_page(load, add_fault):
    """Otherwise nobody could clear it."""
    add_fault(kind="unavailable", path="*")
    assert "strikes so far: 0" in load().text


def test_the_page_itself_is_not_recorded(load, caller, sandbox):
    """Looking changes nothing."""
    load()
    for name in ("inspector.js", "inspector.css", "parts.css", "inspector.svg"):
        assert caller.send("GET", f"/_sandbox/static/{name}").status == 200
    assert sandbox.requests == []


def test_a_long_body_is_cut(load, caller):
    """A megabyte is not sent to the page each second."""
    caller.create({"journalEntryDate": "y" * 500_000})
    page = load()
    assert len(page.source) < 100_000
    assert "more characters" in page.text


# --- what it does not show ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hostile", [HOSTILE, ATTRIBUTE], ids=["element", "attribute"])
def test_what_a_request_says_is_only_text(load, caller, hostile):
    """Paths, queries, header names, header values, bodies and answers are escaped."""
    caller.call("GET", f"/v1/journal-runs/{quote(hostile, safe='')}?x={quote(hostile)}", Zuora_Track_Id=hostile)
    caller.call("POST", "/v1/journal-runs", {"journalEntryDate": hostile, hostile: hostile}, Zuora_Track_Id=hostile)
    caller.call("POST", "/v1/journal-runs", hostile.encode(), X_Other=hostile)
    page = load()
    assert hostile in page.text
    assert [each["src"] for each in page.all("script")] == ["/_sandbox/static/inspector.js"]
    assert {name for _, attributes in page.elements for name in attributes if name.startswith("on")} == set()


def test_no_secret_is_shown(load, caller, sandbox, run_pending):
    """Tokens, client secrets and legacy passwords are replaced."""
    legacy = {"apiAccessKeyId": sandbox.access_key_id, "apiSecretAccessKey": sandbox.secret_access_key}
    caller.send("GET", f"/v1/journal-runs/{run_pending}", headers=legacy)
    query = urlencode({"client_secret": sandbox.client_secret})
    caller.send("POST", f"/oauth/token?{query}", b"", {"Content-Type": FORM})
    text = load().text
    for secret in (sandbox.client_secret, quote(sandbox.client_secret, safe=""), sandbox.secret_access_key):
        assert secret not in text
    assert caller.token not in text


@pytest.mark.parametrize(
    "path", ["/", *(f"/_sandbox/static/{name}" for name in ("inspector.js", "inspector.css", "parts.css"))]
)
def test_nothing_foreign_is_loaded(caller, sandbox, path):
    """The policy allows the sandbox's own files only, and they name no other place."""
    answer = caller.send("GET", path)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    own = f"export ZUORA_HOST={sandbox.url}"
    assert re.findall(r"https?://|@import|url\(", answer.data.decode().replace(own, "")) == []


def test_no_script_or_style_is_inline(load, run_pending):
    """The policy would refuse it."""
    page = load()
    assert page.all("style") == []
    assert [attributes for _, attributes in page.elements if "style" in attributes] == []
    assert all("src" in each for each in page.all("script"))


# --- who may use its buttons ----------------------------------------------------------------------------------------


@pytest.fixture
def advance(caller, clock):
    """Press a button of the clock with further headers, and tell the status and whether the clock moved."""

    def advance(**headers):
        before = clock.now()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = caller.send("POST", "/_sandbox/clock", '{"advance": 10}', {"Content-Type": "application/json", **sent})
        return answer.status, (clock.now() - before).total_seconds()

    return advance


def test_programs_and_the_page_itself_may(advance, sandbox):
    """A program names no origin; the page names the sandbox's."""
    own = {"Origin": sandbox.url, "Sec_Fetch_Site": "same-origin"}
    assert [advance(), advance(**own), advance(Origin=sandbox.url)] == [(200, 10.0)] * 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1", "Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Origin": "http://rebound.example", "Host": "rebound.example", "Sec_Fetch_Site": "same-origin"},
    ],
    ids=["another site", "a file", "another port", "no origin", "a name that leads here"],
)
def test_another_page_may_not(advance, headers):
    """A page of another origin cannot steer the sandbox through its reader's browser."""
    assert advance(**headers) == (403, 0.0)


def test_a_page_is_not_shown_under_a_public_name(caller):
    """A page whose name leads here would be of the same origin, and could read all of it."""
    assert caller.send("GET", "/", headers={"Host": "rebound.example"}).status == 403


@pytest.mark.parametrize("host", ["localhost", "zuora:8080", "[::1]:8080", "10.0.0.7"])
def test_a_sandbox_may_be_called_by_local_names(advance, host):
    """An address, ``localhost`` and the name of a container are all the sandbox itself."""
    assert advance(Host=host, Origin=f"http://{host}")[0] == 200
