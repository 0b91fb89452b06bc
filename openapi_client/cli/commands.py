"""The commands that call the API: each makes its call, waits if it is told to, and shows what came of it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from openapi_client import CommonResponseType, JournalRunsApi, JournalRunStatus, WaitEvent
from openapi_client._runs.keys import random_key
from openapi_client._schema.kinds import StrEnum
from openapi_client.cli.console import Console
from openapi_client.cli.fields import by_option, request_from
from openapi_client.cli.operations import arguments_of, body_of
from openapi_client.configuration import Configuration
from openapi_client.exceptions import ApiTypeError, ApiValueError

PROGRAM = "zuora-journal-runs"


def create(api: JournalRunsApi, options: Namespace, console: Console) -> None:
    """Create a run, and wait for it with ``--wait``."""
    request = request_of(options)
    for problem in request.problems() if options.dry_run else ():
        console.note(f"Zuora is likely to refuse this: {problem}")
    given = arguments_of("create_journal_run", options)
    key = given.setdefault("idempotency_key", random_key())
    console.facts["idempotencyKey"] = key
    console.left = (
        f"Whether there is a run now, the same command with --idempotency-key {key} can tell: it never makes two."
    )
    number = _created(api, request, given, options, console).journal_run_number
    _remember(console, number)
    if options.wait:
        console.progress(f"{number} is created")
        looking = {name: value for name, value in given.items() if name != "idempotency_key"}
        _show(console, api.wait_for_journal_run(number, **looking, **_waiting(options, console)))
    else:
        made = {"journalRunNumber": number, "idempotencyKey": key}
        console.show(made, [("number", str(number)), ("idempotency key", key)])


def _created(api: JournalRunsApi, request: Any, given: dict[str, Any], options: Namespace, console: Console) -> Any:
    if options.when_busy == "wait":
        return api.create_journal_run_when_free(request, **given, **_waiting(options, console))
    return api.create_journal_run(request, **given)


def request_of(options: Namespace) -> Any:
    """The request that the options of a create describe.

    :raises ApiValueError: see :func:`openapi_client.cli.fields.request_from`. :raises ApiTypeError: the same.
    """
    model = body_of("create_journal_run")
    try:
        return request_from(model, options, options.file, sys.stdin)
    except (ApiValueError, ApiTypeError) as error:
        raise ApiValueError(by_option(str(error), model)) from None


def get(api: JournalRunsApi, options: Namespace, console: Console) -> None:
    """Show a run."""
    _show(console, api.get_journal_run(**arguments_of("get_journal_run", options)))


def wait(api: JournalRunsApi, options: Namespace, console: Console) -> None:
    """Wait until a run has a status, or is gone."""
    _remember(console, options.jr_number)
    given = arguments_of("get_journal_run", options)
    if options.deleted:
        api.wait_for_journal_run_deleted(**given, **_waiting(options, console))
        _gone(console, options.jr_number)
    else:
        until = options.until or JournalRunStatus.COMPLETED
        _show(console, api.wait_for_journal_run(**given, until=until, **_waiting(options, console)))


def cancel(api: JournalRunsApi, options: Namespace, console: Console) -> None:
    """Cancel a run, and wait for it with ``--wait``."""
    given = arguments_of("cancel_journal_run", options)
    _remember(console, options.jr_number)
    if options.wait:
        _show(console, api.cancel_and_wait(**given, **_waiting(options, console)))
    else:
        _accepted(console, api.cancel_journal_run(**given), options.jr_number, "cancel accepted")


def delete(api: JournalRunsApi, options: Namespace, console: Console) -> None:
    """Delete a run, and wait until it is gone with ``--wait``."""
    given = arguments_of("delete_journal_run", options)
    _remember(console, options.jr_number)
    if options.wait:
        api.delete_and_wait(**given, **_waiting(options, console))
        _gone(console, options.jr_number)
    else:
        _accepted(console, api.delete_journal_run(**given), options.jr_number, "delete accepted")


def environments(console: Console) -> None:
    """List Zuora's data centres."""
    found = [
        {name: setting[name] for name in ("name", "url", "description")}
        for setting in Configuration().get_host_settings()
    ]
    console.show(found, [tuple(setting.values()) for setting in found])


def _waiting(options: Namespace, console: Console) -> dict[str, Any]:
    """The arguments of a wait: its limit, and a line for each change of status."""
    seen: list[tuple[str, str]] = []

    def tell(event: WaitEvent[Any]) -> None:
        if [(event.run.number, event.status)] != seen[-1:]:
            seen.append((event.run.number, event.status))
            console.progress(f"{event.run.number} is {event.status} after {event.elapsed:.0f} seconds of waiting")

    return {"timeout": options.timeout, "progress": tell}


def _gone(console: Console, number: str) -> None:
    console.show({"number": number, "deleted": True}, [("number", number), ("status", "deleted")])


def _remember(console: Console, number: Any) -> None:
    console.facts["journalRunNumber"] = number
    console.left = f"{number} goes on in Zuora; wait for it with: {PROGRAM} wait {number}"


def _accepted(console: Console, answer: Any, number: str, status: str) -> None:
    console.show(json.loads(answer.to_json()), [("number", number), ("status", status)])


def _show(console: Console, run: Any) -> None:
    about_call = CommonResponseType.openapi_types
    shown = {name: value for name in run.openapi_types if (value := getattr(run, name)) is not None}
    rows = [(name.replace("_", " "), _text(value)) for name, value in shown.items() if name not in about_call]
    first = [row for row in rows if row[0] in ("number", "status")]
    console.show(json.loads(run.to_json()), [*first, *(row for row in rows if row not in first)])


def _text(value: Any) -> str:
    """A value of a model for people: a model as its values, a list with commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return str(value) if isinstance(value, StrEnum) else " ".join(_parts(value))


def _parts(value: Any) -> Iterator[str]:
    if not hasattr(value, "openapi_types"):
        yield str(value)
        return
    for name in value.openapi_types:
        part = getattr(value, name)
        if part is not None:
            yield str(part)
