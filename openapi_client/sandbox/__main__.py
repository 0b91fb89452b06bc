"""Command line: ``python -m openapi_client.sandbox`` serves until it is told to end."""

from __future__ import annotations

import argparse
import json
import os
import queue
import shlex
import signal
import sqlite3
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from openapi_client.sandbox.faults.fault import Fault, parse_fault
from openapi_client.sandbox.state.clock import SandboxClock

if TYPE_CHECKING:
    from openapi_client.sandbox.server import Sandbox


# A year in half a minute; much more would run out of years.
_FASTEST = 1e6
# What Configuration.from_env() reads.
_VARIABLES = ("ZUORA_HOST", "ZUORA_CLIENT_ID", "ZUORA_CLIENT_SECRET")


def _speed(text: str) -> float:
    try:
        factor = float(text.removesuffix("x"))
    except ValueError:
        factor = 0.0
    if not 0 < factor <= _FASTEST:
        raise argparse.ArgumentTypeError(f"should be a factor up to {_FASTEST:g}, such as 60x, not {text!r}")
    return factor


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"should be a number from 0 to 65535, not {text!r}")
    return int(text)


def _fault(text: str) -> Fault:
    try:
        return parse_fault(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m openapi_client.sandbox",
        description="Serve a local Zuora tenant with journal runs.",
    )
    parser.add_argument("--port", type=_port, default=0, help="port, 0 for any free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--db", metavar="FILE", help="keep the data in this SQLite file")
    parser.add_argument("--seed", metavar="FILE.json", help="begin with these periods, clients and runs")
    parser.add_argument(
        "--fault",
        dest="faults",
        action="append",
        default=[],
        type=_fault,
        metavar="'KIND METHOD PATH field=value'",
        help="let something go wrong, such as 'reset-after-commit POST /v1/journal-runs times=1'; may be repeated",
    )
    parser.add_argument("--chance", metavar="TEXT", help="makes the chances of faults repeatable")
    parser.add_argument("--speed", type=_speed, default=1.0, metavar="60x", help="let its time run faster")
    parser.add_argument("--strict", action="store_true", help="refuse a cancel without a JSON body")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one line of JSON")
    form.add_argument("--export", action="store_true", help="print lines for a shell, with the variables of a client")
    return parser


def _greeting(sandbox: Sandbox, *, as_json: bool, as_export: bool) -> str:
    facts = {
        "url": sandbox.url,
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "access_key_id": sandbox.access_key_id,
        "secret_access_key": sandbox.secret_access_key,
    }
    if as_json:
        return json.dumps({**facts, "pid": os.getpid()})
    if as_export:
        values = (facts[name] for name in ("url", "client_id", "client_secret"))
        return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in zip(_VARIABLES, values, strict=True))
    width = max(map(len, facts))
    lines = [f"  {name:<{width}}  {value}" for name, value in facts.items()]
    return "\n".join(["Journal-runs sandbox is serving; Ctrl-C ends it.", *lines])


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM.

    :returns: exit code: 0 after a clean end, 1 when it cannot start
    """
    chosen = _parser().parse_args(arguments)
    try:
        from openapi_client.sandbox import Sandbox
    except ImportError as error:
        print(error, file=sys.stderr)
        return 1
    # A signal may come in the middle of anything; of the waiting tools, only this one allows for that.
    signals: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: signals.put(received))
    clock = SandboxClock(speed=chosen.speed)
    try:
        sandbox = Sandbox(
            db=chosen.db,
            port=chosen.port,
            host=chosen.host,
            clock=clock,
            faults=chosen.faults,
            seed=chosen.chance,
            initial=chosen.seed,
            strict=chosen.strict,
        )
        with sandbox:
            print(_greeting(sandbox, as_json=chosen.json, as_export=chosen.export), flush=True)
            signals.get()
    except (OSError, ValueError, sqlite3.Error) as error:
        print(f"The sandbox cannot start: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
