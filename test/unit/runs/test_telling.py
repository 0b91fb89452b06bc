"""Who hears of a wait: callbacks, the log, and the bar; and what Ctrl-C says."""

from __future__ import annotations

import io
import logging
import pickle
import sys
import threading
from typing import Any

import pytest
from support.faults import NUMBER, RUN
from support.memory import RESET, Memory, api_over, refusal, reply

import openapi_client as oc
from openapi_client._base.compat import add_note
from openapi_client._base.redact import one_line

MISSING = refusal(50000040, status=404)
REQUEST: Any = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}


def seen(status: str) -> Any:
    """The run in a status."""
    return reply(200, {**RUN, "number": NUMBER, "status": status})


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_events() -> None:
    """An event has run, status, seconds since the beginning and until the next look; a failed look tells nothing."""
    events: list[Any] = []
    api = api_over(Memory(seen("Pending"), RESET, seen("Processing"), seen("Completed")), retries=0)
    run = api.wait_for_journal_run(NUMBER, progress=events.append)
    assert [(event.status, event.elapsed, event.delay) for event in events] == [
        ("Pending", 0.0, 1.25),
        ("Processing", 3.125, 2.8125),
        ("Completed", 5.9375, None),
    ]
    assert events[-1].run is run
    assert pickle.loads(pickle.dumps(events[0])) == events[0]
    with pytest.raises(AttributeError):
        events[0].status = "Completed"


def test_an_event_stands_in_for_the_run() -> None:
    """Callbacks of earlier versions were given the run: what they ask of it, they can ask of the event."""
    found: list[Any] = []
    api = api_over(Memory(seen("Completed")))
    api.wait_for_journal_run(NUMBER, progress=lambda event: found.append((event.number, event.journal_entry_date)))  # type: ignore[attr-defined]  # an old callback
    assert found[0][0] == NUMBER
    event: Any = oc.WaitEvent(found, "Completed", 0.0, None)
    with pytest.raises(AttributeError, match="nothing"):
        _ = event.nothing


def test_the_last_event_of_a_timeout() -> None:
    """The last look before the end of the time has no next one."""
    events: list[Any] = []
    with pytest.raises(oc.RequestTimeoutException):
        api_over(Memory(*[seen("Pending")] * 3)).wait_for_journal_run(NUMBER, timeout=2.0, progress=events.append)
    assert [event.delay for event in events] == [1.25, 0.75, None]


def test_a_callback_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    """An exception of the callback is logged, and does not disturb the wait."""

    def fail(event: Any) -> None:
        raise ValueError("of the callback")

    run = api_over(Memory(seen("Pending"), seen("Completed"))).wait_for_journal_run(NUMBER, progress=fail)
    assert run.status == "Completed"
    assert [record.getMessage() for record in caplog.records if record.exc_info] == [
        "The progress callback of a wait failed"
    ] * 2


def test_changes_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Each change of status is logged at INFO once, with fields for machines."""
    caplog.set_level(logging.INFO, "openapi_client")
    odd = "Odd\nstatus" + "!" * 200
    steps = [seen("Pending"), seen("Pending"), seen(odd), seen("Completed")]
    api_over(Memory(*steps)).wait_for_journal_run(NUMBER)
    records: list[Any] = [record for record in caplog.records if hasattr(record, "journal_run_status")]
    assert [
        (record.journal_run_previous_status, record.journal_run_status, record.journal_run_delay) for record in records
    ] == [(None, "Pending", 1.25), ("Pending", odd, 2.8125), (odd, "Completed", None)]
    assert {(record.levelname, record.journal_run_number) for record in records} == {("INFO", NUMBER)}
    assert records[1].getMessage() == f"{NUMBER} is {one_line(odd, 100)} after 3 seconds of waiting"


@pytest.mark.parametrize("progress", [1, "bar", object()])
def test_progress_of_a_wrong_type(progress: Any) -> None:
    """Anything but ``True`` and functions is refused before anything is sent."""
    api = api_over(Memory())
    for call in (
        lambda: api.wait_for_journal_run(NUMBER, progress=progress),
        lambda: api.create_and_wait({}, progress=progress),
        lambda: api.cancel_and_wait(NUMBER, progress=progress),
    ):
        with pytest.raises(oc.ApiTypeError, match="progress"):
            call()


@pytest.mark.parametrize("progress", [None, False])
def test_no_progress(progress: Any) -> None:
    """Neither asks for anything."""
    assert api_over(Memory(seen("Completed"))).wait_for_journal_run(NUMBER, progress=progress).status == "Completed"


def test_a_bar_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar shows number and status, and leaves no thread behind."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    before = threading.enumerate()
    api_over(Memory(seen("Pending"), seen("Completed"))).wait_for_journal_run(NUMBER, progress=True)
    api_over(Memory(seen("DeleteInprogress"), MISSING)).wait_for_journal_run_deleted(NUMBER, progress=True)
    assert all(text in terminal.getvalue() for text in (f"{NUMBER}:", "Pending", "Completed", "DeleteInprogress"))
    assert threading.enumerate() == before


def test_no_bar_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """In a cron job or a pipe nothing is shown."""
    api_over(Memory(seen("Pending"), seen("Completed"))).wait_for_journal_run(NUMBER, progress=True)
    assert capsys.readouterr() == ("", "")


def test_a_bar_without_tqdm(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra, is an ImportError as well, and comes before anything is sent."""
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    api = api_over(Memory())
    with pytest.raises(oc.MissingExtraException, match=r"pip install 'zuora-journal-runs\[progress\]'") as caught:
        api.create_and_wait({}, progress=True)
    assert isinstance(caught.value, ImportError)
    assert pickle.loads(pickle.dumps(caught.value)).extra == "progress"


def interrupt(_request: Any) -> Any:
    raise KeyboardInterrupt


def told(interrupted: pytest.ExceptionInfo[KeyboardInterrupt]) -> str:
    return "".join(map(str, (*interrupted.value.args, *getattr(interrupted.value, "__notes__", ()))))


@pytest.mark.parametrize("wait", ["wait_for_journal_run", "wait_for_journal_run_deleted"])
def test_ctrl_c_says_the_number(wait: str, caplog: pytest.LogCaptureFixture) -> None:
    """Ctrl-C leaves the run, and both the traceback and the log say which."""
    caplog.set_level(logging.INFO, "openapi_client")
    with pytest.raises(KeyboardInterrupt) as caught:
        getattr(api_over(Memory(seen("Pending"), interrupt)), wait)(NUMBER)
    assert told(caught) == f"the wait for {NUMBER} was interrupted; the run itself goes on"
    assert told(caught) in caplog.text


def test_ctrl_c_in_a_create_says_the_key() -> None:
    """A run may have been made: the key finds it."""
    for key, what in (("close-1", "ask again with idempotency_key='close-1'"), (None, "it had no idempotency key")):
        with pytest.raises(KeyboardInterrupt) as caught:
            api_over(Memory(interrupt)).create_and_wait(REQUEST, idempotency_key=key)
        assert told(caught) == f"the create was interrupted, and may have made a run; {what}"


def test_ctrl_c_while_another_run_is_waited_for() -> None:
    """Nothing of ours was made, and the other run goes on."""
    busy = {"code": 50000030, "message": "Another journal run JR-00000005 is in progress"}
    transport = Memory(reply(400, {"success": False, "reasons": [busy]}), interrupt)
    with pytest.raises(KeyboardInterrupt) as caught:
        api_over(transport).create_and_wait(REQUEST, when_busy="wait")
    assert "the wait for JR-00000005 was interrupted; the run itself goes on" in told(caught)
    assert told(caught).endswith("no run was created")


def test_notes_without_pep_678() -> None:
    """Where exceptions take no notes, the text becomes their own."""

    class Old(KeyboardInterrupt):
        add_note = None  # type: ignore[assignment]  # as in Python 3.10

    error = Old()
    add_note(error, "a note")
    assert str(error) == "a note"
