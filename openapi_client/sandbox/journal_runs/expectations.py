"""What a test expects to have been created, held against what was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openapi_client._schema.kinds import json_value
from openapi_client.sandbox.journal_runs.ledger import Run
from openapi_client.sandbox.journal_runs.periods import Period, name_of
from openapi_client.sandbox.protocol.finding import line_of, matching
from openapi_client.sandbox.protocol.recording import Exchange

_CREATES = ("POST", "/v1/journal-runs")
_MOST_SHOWN = 20


@dataclass(frozen=True)
class Created:
    """A run that the API created, with the body that asked for it."""

    number: str
    body: Mapping[str, Any]


def expected_body(expected: object, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a body should have, under their names on the wire.

    :param expected: a request model, or a mapping with names as in Python or as on the wire; ``None`` for nothing
    :param fields: further fields
    """
    given = json_value(expected) or {}
    return {_wire_name(name): _wire(json_value(value)) for name, value in {**given, **fields}.items()}


def created(
    exchanges: Sequence[Exchange], runs: Iterable[Run], periods: Iterable[Period], planted: Iterable[str]
) -> list[Created]:
    """Return what the API created, oldest number first: also runs that are deleted, or whose answer got lost.

    :param planted: numbers of runs that came otherwise
    """
    known = [*periods]
    found = {run.number: _stored_body(run, known) for run in runs if run.number not in set(planted)}
    for each in matching(exchanges, *_CREATES):
        answer = _json_object(each.response_body)
        if answer.get("success") is True:
            found[str(answer.get("journalRunNumber"))] = _json_object(each.request_body)
    return [Created(number, body) for number, body in sorted(found.items())]


def difference(
    wanted: Mapping[str, Any], times: int, fits: Sequence[Created], all_created: Sequence[Created], sent: list[Exchange]
) -> str:
    """Return in words what was expected, what there is instead, and what was sent."""
    fields = f" with {_text(wanted)}" if wanted else ""
    lines = [f"expected {times} journal run{'' if times == 1 else 's'} created{fields}, found {len(fits)}"]
    for each in all_created:
        wrong = unlike(wanted, each.body)
        lines += [f"  {each.number} {'differs:' if wrong else 'fits'}", *(f"    {text}" for text in wrong)]
    creates = matching(sent, *_CREATES)
    shown, title = (creates, "sent:") if creates else (sent, "no create request was sent, only:")
    lines.append(title if shown else "nothing was sent")
    lines += [f"  {line_of(each)}{_details(each)}" for each in shown[-_MOST_SHOWN:]]
    return "\n".join(lines)


def unlike(wanted: Mapping[str, Any], body: Mapping[str, Any]) -> list[str]:
    """Return a line for each field that is not as wanted."""
    return [
        f"{name}: {_text(body[name]) if name in body else 'not sent'}, expected {_text(value)}"
        for name, value in wanted.items()
        if name not in body or body[name] != value
    ]


def _stored_body(run: Run, periods: Iterable[Period]) -> dict[str, Any]:
    order = run.order
    body: dict[str, Any] = {
        "journalEntryDate": order.journal_entry_date,
        "targetStartDate": order.target_start_date,
        "targetEndDate": order.target_end_date,
        "transactionTypes": [{"type": each} for each in order.transaction_types],
    }
    period = name_of(periods, order.target_start_date, order.target_end_date)
    return {**body, "accountingPeriodName": period} if period else body


def _details(exchange: Exchange) -> str:
    """Return the reasons of a refusal, and the body that was sent."""
    reasons = _json_object(exchange.response_body).get("reasons")
    said = [each.get("message") for each in reasons if isinstance(each, dict)] if isinstance(reasons, list) else []
    refused = f": {'; '.join(map(str, said))}" if said else ""
    return f"{refused}\n    {exchange.request_body}" if exchange.request_body else refused


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _json_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _wire_name(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def _wire(value: Any) -> Any:
    if isinstance(value, dict):
        return {_wire_name(name): _wire(each) for name, each in value.items()}
    return [_wire(each) for each in value] if isinstance(value, (list, tuple)) else value
