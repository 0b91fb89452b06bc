"""Tables for notebooks: what they show, how much of it, and what they never show."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from support.faults import NUMBER, RUN
from support.memory import Memory, api_over, reply
from support.package import run as run_code

import openapi_client as oc
from openapi_client._runs.telling import WaitEvent
from openapi_client._show import tables

SECRET = "s3cr3t-0123456789"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "quotes": "\"'><img src=x onerror=alert(1)>",
    "long": "x" * 100_000,
    "controls": "a\x00b\x1b[31mc\u202ed\ud800e",
    "secret": f'{{"access_token": "{SECRET}"}}',
}
#: What a table is made of, and what its tags may say.
TAGS = {"div", "table", "caption", "tbody", "tr", "th", "td", "span", "br", "wbr", "svg", "title", "desc", "rect"}
ATTRIBUTES = {"class", "style", "scope", "colspan", "role", "aria-label", "viewbox", "preserveaspectratio",
              "x", "width", "height", "rx", "fill"}  # fmt: skip


class Html(HTMLParser):
    """What a browser makes of a table.

    :ivar rows: the texts of the cells of each line. :ivar text: all of the text.
    """

    def __init__(self, thing: Any) -> None:
        super().__init__()
        self.source: str = thing._repr_html_() if hasattr(thing, "_repr_html_") else thing
        self.rows: list[list[str]] = []
        self.text, self.styles, self._open = "", "", []
        self.feed(self.source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= ATTRIBUTES
        self.styles += f"{dict(attrs).get('style', '')};"
        if tag not in ("br", "wbr"):
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def test_a_model() -> None:
    """The fields that are known, by the names that Python code uses, the status as a badge."""
    run = oc.GETJournalRunType(
        number=NUMBER, status="Completed", journal_entry_date="2026-03-31", aggregate_currency=False
    )
    html = Html(run)
    assert html.rows == [
        ["aggregate_currency", "False"],
        ["journal_entry_date", "2026-03-31"],
        ["number", NUMBER],
        ["status", "Completed"],
    ]
    assert f'background:{tables.GREEN}">Completed<' in html.source
    assert html.text.startswith("GETJournalRunType")


def test_lists_of_models_are_tables_in_it() -> None:
    """The items of a list are lines with a column for each field that is known."""
    response = oc.POSTJournalRunResponseType(
        success=False, reasons=[{"code": "1", "message": "one"}, {"code": "2", "message": "two"}]
    )
    assert Html(response).rows[-3:] == [["code", "message"], ["1", "one"], ["2", "two"]]


def test_a_large_model_stays_small() -> None:
    """Of 100,000 items the first few are shown, and how many there are more."""
    run = oc.GETJournalRunType(number=NUMBER, transaction_types=[{"type": "Invoice Item"}] * 100_000)
    html = Html(run)
    assert html.text.count("Invoice Item") == 5
    assert html.rows[-1] == ["and 99,995 more"]
    assert len(html.source) < 5_000


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", [name for name, kind in oc.GETJournalRunType.openapi_types.items() if kind == "str"])
def test_hostile_text_in_a_field(name: str, text: str) -> None:
    """Whatever a server writes into a text is shown as text, cut, on one line, and without what looks like a secret."""
    run = oc.GETJournalRunType.from_dict({oc.GETJournalRunType.attribute_map[name]: text})
    check_hostile(run, text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_anywhere(text: str) -> None:
    """The same holds for unknown fields and their names, items, answers, exceptions and pollers."""
    run = oc.GETJournalRunType.from_dict(
        {"reasons": [{"code": text, "message": text}], "new": text, text: {text: [text]}}
    )
    response = oc.ApiResponse(run, 200, {"Zuora-Request-Id": text, "Zuora-Track-Id": text})
    facts = dict.fromkeys(("body", "method", "path", "given_up", "idempotency_key", "advice"), text)
    error = oc.JournalRunFailedException(200, text, run=run, **facts)
    refused = oc.BadRequestException(400, text, reasons=(oc.Reason(text, text),), **facts)
    for thing in (run, response, error, refused, oc.ApiTypeError(text), oc.ApiValueError(text, [text])):
        check_hostile(thing, text)
    event = WaitEvent(run, text, 1.0, None)
    check_hostile(tables._timeline(text, [event, event]), text)


def check_hostile(thing: Any, text: str) -> None:
    html = Html(thing)
    everything = html.source + html.text
    assert SECRET not in everything
    assert text not in html.text or text in (HOSTILE["script"], HOSTILE["quotes"])
    assert "<script" not in html.source
    assert "<img" not in html.source
    assert everything.isprintable()
    assert len(html.source) < 30_000
    everything.encode()


def test_secret_names_are_hidden() -> None:
    """The value of an unknown field with a secret name is not shown, whatever it is."""
    run = oc.GETJournalRunType.from_dict({"accessToken": SECRET, "secret": [SECRET], "o": {"password": SECRET}})
    html = Html(run)
    assert SECRET not in html.source
    assert html.text.count("<redacted>") == 3


def test_names_of_any_kind() -> None:
    """What a user put into the unknown fields is shown, whatever its name is."""
    run = oc.GETJournalRunType(number=NUMBER)
    run.additional_properties = {1: "one"}
    assert Html(run).rows[-1] == ["1", "one"]


def test_looking_changes_nothing() -> None:
    """A table takes nothing from a model and adds nothing to it."""
    run = oc.GETJournalRunType(number=NUMBER, status="Completed")
    before = dict(vars(run))
    Html(run)
    assert vars(run) == before


def test_repr_stays() -> None:
    """``repr`` is what generated clients print."""
    assert repr(oc.POSTJournalRunTransactionType("Invoice Item")) == "{'type': 'Invoice Item'}"


def test_an_answer() -> None:
    """What is known of the call, then the data; no header."""
    run = oc.GETJournalRunType(number=NUMBER)
    headers = {"Zuora-Request-Id": "id-1", "Set-Cookie": f"ZSession={SECRET}"}
    html = Html(oc.ApiResponse(run, 200, headers, 2, 0.5))
    assert html.rows[:4] == [["status_code", "200"], ["attempts", "2"], ["elapsed", "0.5"], ["request_id", "id-1"]]
    assert html.rows[-1] == ["number", NUMBER]
    assert SECRET not in html.source


def test_an_exception() -> None:
    """The call, what was said, what to do, and what to quote."""
    error = oc.BadRequestException(
        400,
        "Bad Request",
        method="GET",
        path="/v1/journal-runs/JR-1",
        reasons=(oc.Reason("50000030", "closed"),),
        advice="open it",
        headers={"Zuora-Request-Id": "id-1"},
    )
    html = Html(error)
    assert html.text.startswith("BadRequestException 400")
    assert html.rows == [
        ["call", "GET /v1/journal-runs/JR-1"],
        ["reason", "Bad Request"],
        ["reasons", ""],
        ["code", "message", "category_name"],
        ["50000030", "closed", "rule restriction"],
        ["advice", "open it"],
        ["request_id", "id-1"],
    ]


def test_an_exception_about_a_value() -> None:
    """One that speaks of no answer has its message."""
    with pytest.raises(oc.ApiValueError) as caught:
        oc.POSTJournalRunTransactionType("Invoice")
    assert Html(caught.value).rows[0][0] == "message"


def polled(*statuses: str) -> oc.JournalRunPoller[Any]:
    """A poller that has seen these statuses, and is done."""
    looks = [reply(200, {**RUN, "number": NUMBER, "status": status}) for status in statuses]
    poller = api_over(Memory(*looks)).poll_journal_run(NUMBER)
    assert poller.wait(20)
    return poller


def test_a_poller() -> None:
    """The number, the status, and each status it had, as lines and as a drawing that says in words what it shows."""
    html = Html(polled("Pending", "Processing", "Processing", "Completed"))
    assert html.text.startswith(f"{NUMBER} Completed")
    assert [row[0] for row in html.rows] == ["done", "status", "Pending", "Processing", "Completed"]
    assert f'role="img" aria-label="Statuses of {NUMBER}"' in html.source
    assert re.search(
        r"<desc>Pending after 0\.0 seconds, Processing after [\d.]+ seconds, Completed after ", html.source
    )
    fills = re.findall(r'fill="(#\w+)"', html.source)
    assert fills == [tables.COLOURS[status] for status in ("Pending", "Processing", "Completed")]


def test_a_poller_that_failed() -> None:
    """What its result would raise is a part of it."""
    html = Html(polled("Error"))
    assert ["done", "True"] in html.rows
    assert "JournalRunFailedException" in html.text


def test_the_drawing_fits() -> None:
    """Segments follow each other in the width there is, to scale, and each can be seen."""
    events = [WaitEvent(None, status, elapsed, None) for status, elapsed in
              (("Pending", 0.0), ("Processing", 0.001), ("Completed", 3600.0))]  # fmt: skip
    drawn = re.findall(r'x="([\d.]+)" width="([\d.]+)"', tables._timeline(NUMBER, events))
    places = [(float(x), float(width)) for x, width in drawn]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert all(x + width <= 600 for x, width in places)
    assert min(width for _, width in places) > 15
    assert places[1][1] > 500


# --- colours ------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [tables.GREEN, tables.BLUE, tables.AMBER, tables.RED, tables.GREY])
def test_badges_can_be_read(colour: str) -> None:
    """The text of a badge has 4.5 to 1, and a segment 3 to 1 on light and on dark (WCAG 2.2, 1.4.3 and 1.4.11)."""
    assert contrast("#ffffff", colour) >= 4.5
    assert all(contrast(page, colour) >= 3 for page in ("#ffffff", "#131416", "#111111"))


def test_all_else_has_the_colours_of_the_page() -> None:
    """Texts inherit their colour, and nothing but a badge has a background."""
    html = Html(polled("Pending", "Error"))
    assert {*re.findall(r"(?<![\w-])color:([^;]+)", html.styles)} == {"inherit", "#fff"}
    backgrounds = {*re.findall(r"background:([^;]+)", html.styles)}
    assert backgrounds == {"transparent", tables.RED, tables.GREY}
    assert html.source.count("color:#fff") == len(re.findall(r"background:#", html.source))


def test_every_status_has_a_colour() -> None:
    """Only a status that is at rest, or not known, is grey."""
    grey = {status.value for status in oc.JournalRunStatus if tables.COLOURS.get(status, tables.GREY) == tables.GREY}
    assert grey == {"Pending", "Cancelled"}


# --- lists, and what is loaded ------------------------------------------------------------------------------------


def test_a_list_of_models() -> None:
    """A list of models is a table, on request; any other list stays what it is."""
    html = Html(tables.table_of_models([oc.GETJournalRunType(number=NUMBER, status="Error")] * 7))
    assert html.rows == [["number", "status"], *[[NUMBER, "Error"]] * 5, ["and 2 more"]]
    assert tables.table_of_models([]) is None
    assert tables.table_of_models([oc.GETJournalRunType(), 1]) is None
    assert tables.table_of_models([datetime.date(2026, 3, 31)]) is None


def test_it_is_loaded_when_somebody_looks() -> None:
    """A model, an exception and their ``repr`` load nothing of it."""
    code = """
import sys, openapi_client as oc
run, error = oc.GETJournalRunType(number="JR-1"), oc.ApiException(404, "Not Found")
repr(run), repr(error), str(error), hasattr(run, "_repr_html_"), hasattr(error, "_render_traceback_")
print([name for name in sys.modules if name.startswith("openapi_client._show")])
run._repr_html_()
print([name for name in sys.modules if name.startswith(("openapi_client._show", "pandas", "IPython"))])
"""
    assert run_code(code).splitlines() == ["[]", "['openapi_client._show', 'openapi_client._show.tables']"]
