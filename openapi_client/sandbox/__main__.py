"""Command line: ``python -m openapi_client.sandbox`` serves until it is told to end."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, get_args

from openapi_client.sandbox.faults.fault import Fault, parse_fault
from openapi_client.sandbox.options import Compression, TransactionStore
from openapi_client.sandbox.state.clock import FASTEST, SandboxClock

if TYPE_CHECKING:
    from openapi_client.sandbox.server import Sandbox


_ENDING = (signal.SIGINT, signal.SIGTERM)
_OPEN = (
    "Warning: whoever reaches this machine over the network may read the recorded requests, steer the sandbox and "
    "reset it. Listen on 127.0.0.1, or ask for a token with --control-token."
)
# What Configuration.from_env() reads.
_VARIABLES = ("ZUORA_HOST", "ZUORA_CLIENT_ID", "ZUORA_CLIENT_SECRET")


def _speed(text: str) -> float:
    try:
        factor = float(text.removesuffix("x"))
    except ValueError:
        factor = 0.0
    if not 0 < factor <= FASTEST:
        raise argparse.ArgumentTypeError(f"should be a factor up to {FASTEST:g}, such as 60x, not {text!r}")
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
    parser.add_argument("--control-token", metavar="TEXT", help="ask for this on the page and in control requests")
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
    parser.add_argument("--speed", type=_speed, metavar="60x", help="let its time run faster")
    parser.add_argument("--strict", action="store_true", help="refuse a cancel without a JSON body")
    _add_kinds_of_tenants(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one line of JSON")
    form.add_argument("--export", action="store_true", help="print lines for a shell, with the variables of a client")
    return parser


def _add_kinds_of_tenants(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--failures-on-200", action="store_true", help="answer failures with HTTP 200 in all versions")
    parser.add_argument("--string-codes", action="store_true", help="write the codes of reasons as text")
    parser.add_argument("--gzip", choices=get_args(Compression), default="accepted", help="which answers to compress")
    parser.add_argument(
        "--transactions", choices=get_args(TransactionStore), default="generated", help="what journal runs find"
    )


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


@contextmanager
def _signals() -> Iterator[socket.socket]:
    """Give a socket that has something to read once a signal has told the process to end; later ones are ignored.

    A queue or a lock will not do: the main thread waits on if a signal comes when it has looked for signals and is not
    yet asleep, or if the system hands it to another thread. What is written to a socket stays there.
    """
    heard, told = socket.socketpair()
    with heard, told:
        told.setblocking(False)
        signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
        for number in _ENDING:
            signal.signal(number, lambda *_: None)
        try:
            yield heard
        finally:
            for number in _ENDING:
                signal.signal(number, signal.SIG_IGN)
            signal.set_wakeup_fd(-1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM, of which one that comes while it starts counts as well.

    :returns: exit code: 0 after a clean end, 1 when it cannot start
    """
    chosen = _parser().parse_args(arguments)
    with _signals() as signals:
        try:
            from openapi_client.sandbox import Sandbox

            sandbox = Sandbox(
                db=chosen.db,
                port=chosen.port,
                host=chosen.host,
                clock=SandboxClock(speed=chosen.speed),
                faults=chosen.faults,
                seed=chosen.chance,
                initial=chosen.seed,
                strict=chosen.strict,
                control_token=chosen.control_token,
                failures_on_200=chosen.failures_on_200,
                string_codes=chosen.string_codes,
                gzip=chosen.gzip,
                transactions=chosen.transactions,
            )
            with sandbox:
                if sandbox.is_open_to_network:
                    print(_OPEN, file=sys.stderr)
                print(_greeting(sandbox, as_json=chosen.json, as_export=chosen.export), flush=True)
                signals.recv(1)
        except ImportError as error:
            print(error, file=sys.stderr)
            return 1
        except (OSError, ValueError, sqlite3.Error) as error:
            print(f"The sandbox cannot start: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
