"""``python -m openapi_client.quickstart``: the life of one journal run, against a private sandbox or a real tenant."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import openapi_client
from openapi_client import ApiException, Configuration, JournalRunsApi, JournalRunStatus, POSTJournalRunType

if TYPE_CHECKING:
    from collections.abc import Sequence

_TENANT_VARIABLES = ("ZUORA_HOST", "ZUORA_ENVIRONMENT", "ZUORA_CLIENT_ID", "ZUORA_ACCESS_TOKEN")
_NOT_FOUND = 40


class _StepFailed(Exception):
    """A step did not do what it says."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m openapi_client.quickstart",
        description="Create, wait for, show, cancel and delete a journal run. Without options and ZUORA_... variables "
        "a private sandbox on this machine is used.",
    )
    parser.add_argument("--sandbox", action="store_true", help="use a private sandbox whatever the environment says")
    parser.add_argument("--host", help="base URL of a real tenant (ZUORA_HOST)")
    parser.add_argument("--environment", help="data centre by name, such as CSBX (ZUORA_ENVIRONMENT)")
    parser.add_argument("--client-id", help="OAuth client ID (ZUORA_CLIENT_ID)")
    parser.add_argument("--client-secret", help="OAuth client secret; better in ZUORA_CLIENT_SECRET")
    parser.add_argument("--period", help="accounting period of the run (default: this month, such as 'Mar 2026')")
    parser.add_argument("--entry-date", help="date of the journal entries, YYYY-MM-DD (default: today)")
    parser.add_argument("--type", action="append", dest="types", help="transaction type, repeatable")
    parser.add_argument("--timeout", type=float, default=600.0, help="seconds to wait for each status")
    parser.add_argument("--yes", action="store_true", help="do not ask before a real tenant is changed")
    return parser


def _tenant(options: argparse.Namespace) -> Configuration | None:
    """The configuration of a real tenant, or ``None`` for the sandbox."""
    chosen = {
        "ZUORA_HOST": options.host,
        "ZUORA_ENVIRONMENT": options.environment,
        "ZUORA_CLIENT_ID": options.client_id,
        "ZUORA_CLIENT_SECRET": options.client_secret,
    }
    given = {name: value for name, value in chosen.items() if value}
    if options.sandbox or not (given or any(os.environ.get(name) for name in _TENANT_VARIABLES)):
        return None
    environment = dict(os.environ)
    if "ZUORA_ENVIRONMENT" in given and "ZUORA_HOST" not in given:
        environment.pop("ZUORA_HOST", None)
    return Configuration.from_env({**environment, **given})


def _is_allowed(host: str) -> bool:
    if not sys.stdin.isatty():
        print(f"This would create and delete a journal run at {host}; pass --yes to allow it.", file=sys.stderr)
        return False
    return input(f"Create, cancel and delete a journal run at {host}? [y/N] ").strip().lower() in ("y", "yes")


def _expect(is_so: bool, what: str) -> None:
    if not is_so:
        raise _StepFailed(what)


def _create(api: JournalRunsApi, options: argparse.Namespace) -> str:
    request = POSTJournalRunType(
        accounting_period_name=options.period,
        journal_entry_date=options.entry_date,
        transaction_types=[{"type": name} for name in options.types],
    )
    print(f"1. Create a journal run for {options.period}")
    answer = api.create_journal_run_with_http_info(request)
    number = answer.data.journal_run_number
    _expect(bool(number), "the answer to the create names no run")
    print(f"   created {number} (request id {answer.request_id})")
    return str(number)


def _walk(api: JournalRunsApi, options: argparse.Namespace) -> None:
    number = _create(api, options)

    print(f"2. Wait until it is {JournalRunStatus.COMPLETED}")
    run = api.wait_for_journal_run(number, timeout=options.timeout, progress=_show_status)
    _expect(run.status == JournalRunStatus.COMPLETED, f"{number} is {run.status}")

    print("3. Show it")
    run = api.get_journal_run(number)
    _expect(run.number == number, f"asked for {number}, got {run.number}")
    types = ", ".join(str(item.type) for item in run.transaction_types or [])
    print(f"   {run.target_start_date} to {run.target_end_date}, {run.total_journal_entry_count} entries, {types}")

    print("4. Cancel it, and wait")
    api.cancel_journal_run(number)
    run = api.wait_for_journal_run(
        number, until=JournalRunStatus.CANCELLED, timeout=options.timeout, progress=_show_status
    )
    _expect(run.status == JournalRunStatus.CANCELLED, f"{number} is {run.status}")

    print("5. Delete it, and wait")
    api.delete_journal_run(number)
    api.wait_for_journal_run_deleted(number, timeout=options.timeout)
    refused = _refused(lambda: api.get_journal_run(number), f"{number} still exists")
    _expect(any(reason.category == _NOT_FOUND for reason in refused.reasons), f"not a 'not found': {refused}")
    print(f"   gone: {refused.reasons[0]}")

    print("6. Send a request that has to be refused: it ends before it starts")
    wrong = POSTJournalRunType(
        journal_entry_date=options.entry_date,
        target_start_date="2026-03-31",
        target_end_date="2026-03-01",
        transaction_types=[{"type": name} for name in options.types],
    )
    refused = _refused(lambda: api.create_journal_run(wrong), "the request was accepted")
    _expect(bool(refused.reasons), f"the refusal names no reason: {refused}")
    for reason in refused.reasons:
        print(f"   {type(refused).__name__}: {reason}")


def _refused(call: Any, otherwise: str) -> ApiException:
    try:
        call()
    except ApiException as error:
        return error
    raise _StepFailed(otherwise)


def _show_status(event: openapi_client.WaitEvent[openapi_client.GETJournalRunType]) -> None:
    print(f"   {event.status}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the story.

    :returns: exit code: 0 when every step did what it says, 1 when one did not, 2 when nothing was done.
    """
    options = _parser().parse_args(arguments)
    today = datetime.date.today()  # noqa: DTZ011 - the user's own day is meant
    options.period = options.period or today.strftime("%b %Y")
    options.entry_date = options.entry_date or today.isoformat()
    options.types = options.types or ["Invoice Item"]
    with ExitStack() as stack:
        try:
            configuration = _tenant(options)
            if configuration is None:
                from openapi_client.sandbox import Sandbox, SandboxClock

                sandbox = stack.enter_context(Sandbox(clock=SandboxClock(speed=10)))
                configuration = sandbox.configuration()
            elif not options.yes and not _is_allowed(configuration.base_url):
                return 2
        except (ImportError, openapi_client.OpenApiException) as error:
            print(error, file=sys.stderr)
            return 2
        print(f"Journal runs at {configuration.base_url}")
        client = stack.enter_context(openapi_client.ApiClient(configuration))
        try:
            _walk(JournalRunsApi(client), options)
        except (_StepFailed, openapi_client.OpenApiException) as error:
            print(f"FAILED: {error}", file=sys.stderr)
            return 1
    print("Every step did what it says.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
