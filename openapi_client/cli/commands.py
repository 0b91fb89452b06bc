"""The commands that call the API: each makes its call, waits if it is told to, and shows what came of it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from openapi_client import CommonResponseType, JournalRunsApi, JournalRunStatus
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
    number = api.create_journal_run(request, **given).journal_run_number
    _remember(console, number)
    if options.wait:
        console.progress(f"{number} is created")
        _show(console, _waited(api, number, given, options, console))
    else:
        made = {"journalRunNumber": number, "idempotencyKey": key}
        console.show(made, [("number", str(number)), ("idempotency key", key)])


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
        _wait_until_gone(api, given, options, console)
    else:
        until = options.until or JournalRunStatus.COMPLETED
        _show(console, _wait(api, given, options, console, until))


def cancel(api: JournalRunsApi, options: Namespace, console: Console) -> None:
    """Cancel a run, and wait for it with ``--wait``."""
    given = arguments_of("cancel_journal_run", options)
    answer = api.cancel_journal_run(**given)
    _remember(console, options.jr_number)
    if options.wait:
        _show(console, _wait(api, given, options, console, JournalRunStatus.CANCELLED))
    else:
        _accepted(console, answer, options.jr_number, "cancel accepted")


def delete(api: JournalRunsApi, options: Namespace, console: Console) -> None:
    """Delete a run, and wait until it is gone with ``--wait``."""
    given = arguments_of("delete_journal_run", options)
    answer = api.delete_journal_run(**given)
    _remember(console, options.jr_number)
    if options.wait:
        _wait_until_gone(api, given, options, console)
    else:
        _accepted(console, answer, options.jr_number, "delete accepted")


def environments(console: Console) -> None:
    """List Zuora's data centres."""
    found = [
        {name: setting[name] for name in ("name", "url", "description")}
        for setting in Configuration().get_host_settings()
    ]
    console.show(found, [tuple(setting.values()) for setting in found])


def _waited(api: JournalRunsApi, number: Any, given: dict[str, Any], options: Namespace, console: Console) -> Any:
    kept = {name: value for name, value in given.items() if name != "idempotency_key"}
    return _wait(api, {**kept, "jr_number": number}, options, console, JournalRunStatus.COMPLETED)


def _wait(api: JournalRunsApi, given: dict[str, Any], options: Namespace, console: Console, until: Any) -> Any:
    seen: list[str] = []

    def tell(event: Any) -> None:
        if [event.status] != seen[-1:]:
            seen.append(event.status)
            console.progress(f"{given['jr_number']} is {event.status}")

    return api.wait_for_journal_run(**given, until=until, timeout=options.timeout, progress=tell)


def _wait_until_gone(api: JournalRunsApi, given: dict[str, Any], options: Namespace, console: Console) -> None:
    api.wait_for_journal_run_deleted(**given, timeout=options.timeout)
    console.show({"number": options.jr_number, "deleted": True}, [("number", options.jr_number), ("status", "deleted")])


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
