"""``python -m openapi_client.quickstart``: the life of one journal run, told against a simulated or a real tenant."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import textwrap
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import openapi_client
from openapi_client import (
    ApiException,
    Clock,
    Configuration,
    JournalRunsApi,
    JournalRunStatus,
    POSTJournalRunTransactionType,
    POSTJournalRunType,
)
from openapi_client._base.process import discard

if TYPE_CHECKING:
    from openapi_client.sandbox import Sandbox

_TENANT_VARIABLES = ("ZUORA_HOST", "ZUORA_ENVIRONMENT", "ZUORA_CLIENT_ID", "ZUORA_ACCESS_TOKEN")
_NOT_FOUND = 40
_WIDTH = 76
#: How long a simulated run stays in each status; a real one takes minutes, too.
_SECONDS = {"pending": 20.0, "processing": 150.0, "cancelling": 40.0, "deleting": 10.0}
_LOST_ANSWER = {"kind": "reset-after-commit", "method": "POST", "path": "/v1/journal-runs", "times": 1}
_NEXT = """
Next
  python -m openapi_client.sandbox     a tenant like this one to try things in,
                                       with a page to watch it in a browser
  zuora-journal-runs doctor            whether your own tenant can be reached,
                                       once ZUORA_ENVIRONMENT, ZUORA_CLIENT_ID
                                       and ZUORA_CLIENT_SECRET are set
  docs/tutorial.md                     the same in your own program, by steps
"""


class _StepFailed(Exception):
    """A step did not do what it says."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m openapi_client.quickstart",
        description="Create, wait for, show, cancel and delete a journal run. Without options and ZUORA_... variables "
        "a simulated tenant on this machine is used.",
    )
    parser.add_argument("--sandbox", action="store_true", help="use a simulated tenant whatever the environment says")
    parser.add_argument("--host", help="base URL of a real tenant (ZUORA_HOST)")
    parser.add_argument("--environment", help="data centre by name, such as CSBX (ZUORA_ENVIRONMENT)")
    parser.add_argument("--client-id", help="OAuth client ID (ZUORA_CLIENT_ID)")
    parser.add_argument("--client-secret", help="deprecated, since other users can see it: set ZUORA_CLIENT_SECRET")
    parser.add_argument("--period", help="accounting period of the run (default: this month, such as 'Mar 2026')")
    parser.add_argument("--entry-date", help="date of the journal entries, YYYY-MM-DD (default: today)")
    parser.add_argument("--type", action="append", dest="types", help="transaction type, repeatable")
    parser.add_argument("--timeout", type=float, default=600.0, help="seconds to wait for each status")
    parser.add_argument("--yes", action="store_true", help="do not ask before a real tenant is changed")
    return parser


def _tenant(options: argparse.Namespace) -> Configuration | None:
    """The configuration of a real tenant, or ``None`` for a simulated one."""
    chosen = {
        "ZUORA_HOST": options.host,
        "ZUORA_ENVIRONMENT": options.environment,
        "ZUORA_CLIENT_ID": options.client_id,
        "ZUORA_CLIENT_SECRET": options.client_secret,
    }
    if options.client_secret:
        print(
            "--client-secret goes away with 2.0: other users of this machine can see it; set ZUORA_CLIENT_SECRET",
            file=sys.stderr,
        )
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


def _say(text: str) -> None:
    """Print a paragraph of a step."""
    print(textwrap.fill(text, _WIDTH, initial_indent="   ", subsequent_indent="   ", break_long_words=False))


def _count(number: int | None, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _expect(is_so: bool, what: str) -> None:
    if not is_so:
        raise _StepFailed(what)


class _Story:
    """The steps, each of which checks that it did what it says.

    :param sandbox: the simulated tenant, or ``None`` for a real one, where nothing is made to go wrong.
    """

    def __init__(self, api: JournalRunsApi, options: argparse.Namespace, sandbox: Sandbox | None) -> None:
        self._api = api
        self._clock: Clock = api.api_client.configuration.clock
        self._options = options
        self._sandbox = sandbox
        self._attempts: list[str] = []
        self.number: str | None = None

    def tell(self) -> None:
        """Walk through the life of a run."""
        number = self._create()
        self._wait(number)
        self._show(number)
        self._cancel(number)
        self._delete(number)
        self._refuse()

    def _create(self) -> str:
        print("\n1. Create the run" + (", over a line that breaks" if self._sandbox else ""))
        request = POSTJournalRunType(
            accounting_period_name=self._options.period,
            journal_entry_date=self._options.entry_date,
            transaction_types=self._types(),
        )
        if self._sandbox:
            self._break_the_line(self._sandbox)
        configuration = self._api.api_client.configuration
        configuration.on_response = self._note_attempt
        answer = self._api.create_journal_run_with_http_info(request)
        configuration.on_response = None
        self.number = answer.data.journal_run_number
        _expect(bool(self.number), "the answer to the create names no run")
        print("\n".join(f"   {attempt}" for attempt in self._attempts))
        if self._sandbox:
            self._prove(self._sandbox)
        print(f"   created {self.number} (request id {answer.request_id})")
        return str(self.number)

    def _types(self) -> list[POSTJournalRunTransactionType]:
        return [POSTJournalRunTransactionType(name) for name in self._options.types]

    def _break_the_line(self, sandbox: Sandbox) -> None:
        from openapi_client.sandbox import Fault

        sandbox.faults.add(Fault(**_LOST_ANSWER))  # type: ignore[arg-type]  # a table of the names that it takes
        _say(
            "The tenant is told to create the run and to cut the connection before the answer is out. A program that "
            "just asked again could end up with two runs. The client asks again with the same Idempotency-Key, by "
            "which the tenant knows the request:"
        )

    def _note_attempt(self, event: openapi_client.AttemptEvent) -> None:
        if event.method == "POST" and event.path.endswith("/journal-runs"):
            came = "no answer, the connection broke" if event.status is None else f"answered {event.status}"
            self._attempts.append(f"attempt {event.attempt}  {event.method} {event.path}: {came}")

    def _prove(self, sandbox: Sandbox) -> None:
        sent = [each for each in sandbox.requests if each.method == "POST" and each.path.endswith("/journal-runs")]
        keys = {each.request_headers.get("idempotency-key", "") for each in sent}
        runs = len(sandbox.runs())
        _expect((runs, len(keys)) == (1, 1), f"{runs} runs under {len(keys)} keys after one create")
        print(f"   their key  {keys.pop()}")
        print(
            f"   the tenant has seen {_count(len(sent), 'request', 'requests')}, and has {_count(runs, 'run', 'runs')}"
        )

    def _wait(self, number: str) -> None:
        print(f"\n2. Wait until it is {JournalRunStatus.COMPLETED}")
        _say("A run goes on in the background; the client looks at it in growing intervals.")
        run = self._watched(number, JournalRunStatus.COMPLETED)
        _expect(run.status == JournalRunStatus.COMPLETED, f"{number} is {run.status}")

    def _show(self, number: str) -> None:
        print("\n3. Look at the result")
        run = self._api.get_journal_run(number)
        _expect(run.number == number, f"asked for {number}, got {run.number}")
        types = [str(item.type) for item in run.transaction_types or []]
        entries = _count(run.total_journal_entry_count, "journal entry", "journal entries")
        _say(f"period: {run.target_start_date} to {run.target_end_date}")
        _say(f"result: {entries}, dated {run.journal_entry_date}")
        _say(f"{'type' if len(types) == 1 else 'types'}: {', '.join(types)}")

    def _cancel(self, number: str) -> None:
        print("\n4. Cancel it")
        _say(
            "A run cannot be changed. If it was made with a wrong date or type, cancel it: its journal entries are "
            "cancelled, and their transactions are free for the next run."
        )
        self._api.cancel_journal_run(number)
        run = self._watched(number, JournalRunStatus.CANCELLED)
        _expect(run.status == JournalRunStatus.CANCELLED, f"{number} is {run.status}")

    def _delete(self, number: str) -> None:
        print("\n5. Delete it")
        _say("Only cancelled runs can be deleted. Then the tenant knows nothing of the run any more:")
        self._api.delete_journal_run(number)
        self._api.wait_for_journal_run_deleted(number, timeout=self._options.timeout)
        refused = _refused(lambda: self._api.get_journal_run(number), f"{number} still exists")
        _expect(any(reason.category == _NOT_FOUND for reason in refused.reasons), f"not a 'not found': {refused}")
        self._show_reasons(refused)

    def _refuse(self) -> None:
        print("\n6. Make a mistake")
        _say('Zuora may answer a refusal with 200 and "success": false. The client raises it with its reasons:')
        wrong = POSTJournalRunType(
            journal_entry_date=self._options.entry_date,
            target_start_date="2026-03-31",
            target_end_date="2026-03-01",
            transaction_types=self._types(),
        )
        refused = _refused(lambda: self._api.create_journal_run(wrong), "the request was accepted")
        _expect(bool(refused.reasons), f"the refusal names no reason: {refused}")
        self._show_reasons(refused)

    def _show_reasons(self, refused: ApiException) -> None:
        for reason in refused.reasons:
            _say(f"{type(refused).__name__}: {reason}")

    def _watched(self, number: str, until: JournalRunStatus) -> openapi_client.GETJournalRunType:
        """Wait, and print each status when it is first seen, with the seconds since the wait began."""
        began, seen = self._clock.now(), [""]

        def show(run: Any) -> None:
            if run.status != seen[-1]:
                seen.append(run.status)
                print(f"   after {self._clock.now() - began:3.0f} s  {run.status}", flush=True)

        return self._api.wait_for_journal_run(number, until=until, timeout=self._options.timeout, progress=show)


def _refused(call: Callable[[], Any], otherwise: str) -> ApiException:
    try:
        call()
    except ApiException as error:
        return error
    raise _StepFailed(otherwise)


def _simulated(stack: ExitStack) -> tuple[Sandbox, Configuration]:
    """A tenant on this machine, whose clock moves ahead where its clients would wait.

    :raises ImportError: the extra of the sandbox is not installed.
    """
    from openapi_client.sandbox import Sandbox, Timing

    sandbox = stack.enter_context(Sandbox(timing=Timing(**_SECONDS), skips_waits=True))
    return sandbox, sandbox.configuration()


def _introduce(options: argparse.Namespace, configuration: Configuration, sandbox: Sandbox | None) -> None:
    print("A journal run collects the billing transactions of a period into journal")
    print("entries for the general ledger. This is the life of one.\n")
    if sandbox:
        print(f"Tenant  simulated, on this machine ({configuration.base_url});")
        print("        its clock moves ahead where you would have to wait")
    else:
        print(f"Tenant  {configuration.base_url}")
    run = f"{options.period}, {', '.join(options.types)}; entries dated {options.entry_date}"
    print(textwrap.fill(run, _WIDTH, initial_indent="Run     ", subsequent_indent=" " * 8))


def _prepared(arguments: Sequence[str] | None) -> argparse.Namespace:
    options = _parser().parse_args(arguments)
    today = datetime.date.today()  # noqa: DTZ011 - the user's own day is meant
    options.period = options.period or today.strftime("%b %Y")
    options.entry_date = options.entry_date or today.isoformat()
    options.types = options.types or ["Invoice Item"]
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell the story.

    :returns: exit code: 0 when every step did what it says, 1 when one did not, 2 when nothing was done, 130 when it
        was interrupted.
    """
    options = _prepared(arguments)
    with ExitStack() as stack:
        try:
            return _start(options, stack)
        except BrokenPipeError:  # ``| head``
            discard(sys.stdout)
            return 1


def _start(options: argparse.Namespace, stack: ExitStack) -> int:
    sandbox = None
    try:
        configuration = _tenant(options)
        if configuration is None:
            sandbox, configuration = _simulated(stack)
        elif not options.yes and not _is_allowed(configuration.base_url):
            return 2
    except (ImportError, openapi_client.OpenApiException) as error:
        print(error, file=sys.stderr)
        return 2
    _introduce(options, configuration, sandbox)
    client = stack.enter_context(openapi_client.ApiClient(configuration))
    code = _told(JournalRunsApi(client), options, sandbox)
    if code == 0:
        print("\nEvery step did what it says.")
        print(_NEXT.rstrip(), flush=True)
    return code


def _told(api: JournalRunsApi, options: argparse.Namespace, sandbox: Sandbox | None) -> int:
    story = _Story(api, options, sandbox)
    try:
        story.tell()
    except (_StepFailed, openapi_client.OpenApiException) as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        left = f"; {story.number} stays as it is" if story.number and sandbox is None else ""
        print(f"Interrupted{left}.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
