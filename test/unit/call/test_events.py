"""What is told of each attempt, to the log and to the hooks."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from support.clock import FrozenClock
from support.faults import KEY, NEW, NUMBER, REQUEST, RUN, create, get
from support.memory import RESET, Issuer, Memory, api_over, api_with_oauth, refusal, reply

import openapi_client as oc

PATH = f"/v1/journal-runs/{NUMBER}"


def told(*steps: Any, act: Any = get, **settings: Any) -> list[tuple[str, oc.AttemptEvent]]:
    """The events of a call, with the names of their hooks."""
    events: list[tuple[str, oc.AttemptEvent]] = []

    def hook(name: str) -> Any:
        return lambda event: events.append((name, event))

    hooks = {f"on_{name}": hook(name) for name in ("request", "response", "retry")}
    clock = FrozenClock()

    def slow(step: Any) -> Any:
        def answer(request: Any) -> Any:
            clock.sleep(2.0)
            return step

        return answer

    api = api_over(Memory(*map(slow, steps)), clock=clock, **hooks, **settings)
    try:
        act(api)
    except oc.ApiException:
        pass  # its events are what matters
    return events


def test_events_of_a_call() -> None:
    """Beginning and end of each attempt, and the pause between them, with all that is known."""
    event = oc.AttemptEvent
    assert told(reply(503, b"", {"Zuora-Request-Id": "rid"}), RESET, reply(200, RUN)) == [
        ("request", event("GET", PATH, 1)),
        ("response", event("GET", PATH, 1, 503, "ServiceException", 2.0, None, "rid")),
        ("retry", event("GET", PATH, 1, 503, "ServiceException", None, 1.0, "rid")),
        ("request", event("GET", PATH, 2)),
        ("response", event("GET", PATH, 2, None, "TransportException", 2.0)),
        ("retry", event("GET", PATH, 2, None, "TransportException", None, 2.0)),
        ("request", event("GET", PATH, 3)),
        ("response", event("GET", PATH, 3, 200, None, 2.0)),
    ]


def test_events_of_a_refusal() -> None:
    """A refusal with HTTP 200 is an error in its event, too."""
    events = told(refusal(50000030), act=create)
    assert [(name, event.status, event.error) for name, event in events] == [
        ("request", None, None),
        ("response", 200, "OperationFailedException"),
    ]


def logged(caplog: pytest.LogCaptureFixture, level: str, api: oc.JournalRunsApi, act: Any = get) -> list[Any]:
    """The records of a call at a level."""
    caplog.set_level(level, "openapi_client")
    act(api)
    return [record for record in caplog.records if record.name == "openapi_client"]


def test_log_of_a_call(caplog: pytest.LogCaptureFixture) -> None:
    """Attempts with their bodies at DEBUG, pauses as warnings, each with the fields of its event."""
    api = api_over(Memory(reply(503, {"message": "busy"}), reply(200, RUN)))
    records = logged(caplog, "DEBUG", api)
    assert [(record.levelname, record.getMessage().partition("\n")[0]) for record in records] == [
        ("DEBUG", f"GET {PATH}: attempt 1"),
        ("DEBUG", f"GET {PATH}: 503 ServiceException"),
        ("WARNING", f"GET {PATH}: 503 ServiceException in attempt 1, the next one follows in 1.00 seconds"),
        ("DEBUG", f"GET {PATH}: attempt 2"),
        ("DEBUG", f"GET {PATH}: 200"),
    ]
    assert records[1].getMessage().endswith('\n{"message": "busy"}')
    assert json.loads(records[4].getMessage().partition("\n")[2]) == RUN
    assert (records[2].http_attempt, records[2].http_status, records[2].http_delay) == (1, 503, 1.0)
    assert (records[4].http_method, records[4].http_path, records[4].http_elapsed) == ("GET", PATH, 0.0)


def test_log_of_a_body(caplog: pytest.LogCaptureFixture) -> None:
    """The body that is sent is shown at DEBUG."""
    records = logged(caplog, "DEBUG", api_over(Memory(refusal(50000061), reply(200, NEW))), create)
    assert json.loads(records[0].getMessage().partition("\n")[2]) == REQUEST


def test_an_immediate_repetition_is_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    """A refused token that is replaced at once is told at INFO."""
    answers = Memory(reply(401), reply(200, RUN))
    records = logged(caplog, "INFO", api_with_oauth(Issuer(answers._next)))
    assert [(record.levelname, record.getMessage()) for record in records] == [
        ("INFO", f"GET {PATH}: 401 UnauthorizedException in attempt 1, the next one follows in 0.00 seconds")
    ]


def test_log_above_debug(caplog: pytest.LogCaptureFixture) -> None:
    """Above DEBUG a call that works says nothing."""
    assert logged(caplog, "INFO", api_over(Memory(reply(200, RUN)))) == []


def test_bodies_of_token_requests_are_private(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing that goes to or comes from the token endpoint is shown."""
    records = logged(caplog, "DEBUG", api_with_oauth(Issuer(Memory(reply(200, RUN))._next)))
    mine = [record.getMessage() for record in records if record.http_path == "/oauth/token"]
    assert mine == ["POST /oauth/token: attempt 1", "POST /oauth/token: 200"]
    assert "the-secret" not in caplog.text
    assert "token-1" not in caplog.text


def test_an_unread_body_is_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    """A body that the caller reads is not shown."""

    def unread(api: oc.JournalRunsApi) -> Any:
        return api.get_journal_run(NUMBER, _preload_content=False)

    records = logged(caplog, "DEBUG", api_over(Memory(reply(200, RUN))), unread)
    assert records[-1].getMessage() == f"GET {PATH}: 200"


def test_secrets_in_bodies(caplog: pytest.LogCaptureFixture) -> None:
    """A secret is hidden by its name."""
    records = logged(caplog, "DEBUG", api_over(Memory(reply(200, {**RUN, "password": "hush"}))))
    assert "hush" not in caplog.text
    assert '"password"' in records[-1].getMessage()


def test_secrets_of_the_moment_in_answers(caplog: pytest.LogCaptureFixture) -> None:
    """An answer that repeats a token that no setting holds is shown without it."""
    step = reply(200, {**RUN, "echo": "the-token-of-now"})
    logged(caplog, "DEBUG", api_over(Memory(step), access_token=lambda: "the-token-of-now"))
    assert '"echo"' in caplog.text
    assert "the-token-of-now" not in caplog.text


def test_secrets_of_the_moment_in_requests(caplog: pytest.LogCaptureFixture) -> None:
    """A body that repeats the token that goes along is shown without it."""
    caplog.set_level("DEBUG", "openapi_client")
    client = api_over(Memory(reply(200, {})), access_token=lambda: "the-token-of-now").api_client
    client.call_api("/v1/x", "POST", body={"echo": "the-token-of-now"}, auth_settings=("configured",))
    assert '"echo"' in caplog.text
    assert "the-token-of-now" not in caplog.text


def test_secrets_in_the_id_of_a_refusal() -> None:
    """An id that repeats the token is told without it."""
    events = told(reply(400, b"", {"Zuora-Request-Id": "of the-token"}))
    assert [name for name, _ in events] == ["request", "response"]
    assert "of " in str(events[1][1].request_id)
    assert "the-token" not in str(events[1][1].request_id)


@pytest.mark.parametrize(("length", "cut"), [(10_000, False), (10_001, True)])
def test_long_bodies_are_cut(length: int, cut: bool, caplog: pytest.LogCaptureFixture) -> None:
    """A long body is cut, and its length told."""
    body = b'{"number": "' + b"x" * (length - 14) + b'"}'
    records = logged(caplog, "DEBUG", api_over(Memory(reply(200, body))), lambda api: api.get_journal_run(NUMBER))
    shown = records[-1].getMessage().partition("\n")[2]
    assert shown.endswith(f"... ({length} characters)") is cut
    assert len(shown.partition("...")[0]) == 10_000


def test_bodies_that_are_no_text(caplog: pytest.LogCaptureFixture) -> None:
    """Bytes that are no UTF-8 are shown escaped."""
    caplog.set_level("DEBUG", "openapi_client")
    with pytest.raises(oc.NotFoundException):
        get(api_over(Memory(reply(404, b"caf\xe9 caf\xc3\xa9"))))
    assert "caf\\xe9 caf\u00e9" in caplog.text


def test_form_fields_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The fields of a form are shown by name, secret ones hidden."""
    caplog.set_level("DEBUG", "openapi_client")
    client = api_over(Memory(reply(200, {}))).api_client
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    client.call_api("/v1/x", "POST", None, [], headers, post_params=[("name", "Rex"), ("password", "hush")])
    assert "'Rex'" in caplog.text
    assert "hush" not in caplog.text


def test_no_events_unasked() -> None:
    """Where nobody listens, nothing is looked at: not even the clock."""

    class Counting(FrozenClock):
        looks = 0

        def now(self) -> float:
            self.looks += 1
            return super().now()

    logging.getLogger("openapi_client").setLevel(logging.NOTSET)
    quiet, loud = Counting(), Counting()
    get(api_over(Memory(reply(200, RUN)), clock=quiet))
    get(api_over(Memory(reply(200, RUN)), clock=loud, on_response=lambda event: None))
    assert loud.looks == quiet.looks + 2


def test_key_is_not_told() -> None:
    """Events say nothing of headers."""
    events = told(reply(200, {"success": True}), act=create)
    assert KEY not in repr(events)
