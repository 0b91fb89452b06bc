"""Tables for notebooks: of models, answers, exceptions and pollers; everything escaped, nothing secret."""

from __future__ import annotations

import html
import reprlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from openapi_client._base import redact
from openapi_client._base.reasons import Reason
from openapi_client._call.response import ApiResponse
from openapi_client._runs.poller import JournalRunPoller
from openapi_client._runs.telling import WaitEvent
from openapi_client._schema.model import Model
from openapi_client.exceptions import ApiException, OpenApiException

GREEN, BLUE, AMBER, RED, GREY = "#15803d", "#1d6fd8", "#a05a00", "#c62828", "#6b7280"
#: White text on each has a contrast of 4.5 to 1, and each stands out by 3 to 1 from white and from the usual black.
COLOURS: Mapping[str, str] = {
    "Pending": GREY,
    "Processing": BLUE,
    "Completed": GREEN,
    "Error": RED,
    "CancelInprogress": AMBER,
    "DeleteInprogress": AMBER,
}
#: How many items of a list, and characters of a text, are shown.
_ITEMS, _LENGTH = 5, 300
# Notebooks and sites colour rows for one background, and read ``$`` as mathematics.
_OUTER = '<div class="tex2jax_ignore mathjax_ignore" style="color:inherit;overflow-x:auto">{}</div>'
_PLAIN = "background:transparent;color:inherit"
_CELL = "border:0;padding:.15em .8em .15em 0;text-align:left;vertical-align:top;max-width:40em;overflow-wrap:break-word"
_CAPTION = f"{_CELL};caption-side:top;color:inherit;font-weight:bold;white-space:nowrap"
_TABLE = f'<table style="{_PLAIN};border:0;border-collapse:collapse;margin:.2em 0">{{}}</table>'
_BADGE = "color:#fff;padding:.05em .5em;border-radius:.6em"
#: What is told of an exception, apart from its reasons.
_FACTS = ("advice", "given_up", "attempts", "retry_after", "outcome_unknown", "is_replay", "idempotency_key",
          "request_id", "track_id", "run")  # fmt: skip
_OF_ANSWER = ("status_code", "attempts", "elapsed", "is_replay", "request_id", "track_id")
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _LENGTH
_WIDTH, _HEIGHT = 600, 14


def table_of(thing: Any) -> str:
    """The HTML of something that this package gave; it needs no style sheet and no script."""
    return _OUTER.format(_table_of(thing))


def table_of_models(things: list[Any]) -> str | None:
    """The HTML of a list of models; ``None`` for any other list, which is shown as ever."""
    return table_of(things) if things and all(isinstance(each, Model) for each in things) else None


def _table_of(thing: Any) -> str:
    if isinstance(thing, ApiResponse):
        facts = ((name, getattr(thing, name)) for name in _OF_ANSWER)
        return _facts(type(thing).__name__, "", [*facts, ("data", thing.data)])
    if isinstance(thing, Model):
        return _facts(type(thing).__name__, "", _fields(thing).items())
    if isinstance(thing, OpenApiException):
        return _error(thing)
    if isinstance(thing, JournalRunPoller):
        return _poller(thing)
    return _list(thing)


def _fields(item: Model | Reason) -> dict[str, Any]:
    """What is known of a model or a reason, by name."""
    if isinstance(item, Reason):
        return {**item._asdict(), "category_name": item.category_name}
    given = {name: getattr(item, name) for name in item._fields}
    extras = vars(item).get("additional_properties") or {}
    return {name: value for name, value in {**given, **extras, **given}.items() if value is not None}


def _error(error: OpenApiException) -> str:
    name = type(error).__name__
    if not isinstance(error, ApiException):
        return _facts(name, "", [("message", str(error))])
    call = f"{error.method} {error.path}" if error.method else None
    said = ("reasons", error.reasons) if error.reasons else ("body", error.body or None)
    facts = ((fact, getattr(error, fact, None) or None) for fact in _FACTS)
    return _facts(
        name, error.status and _badge(error.status, RED), [("call", call), ("reason", error.reason), said, *facts]
    )


def _poller(poller: JournalRunPoller[Any]) -> str:
    history = poller.history
    told = [{"status": event.status, "after": f"{event.elapsed:.1f} s"} for event in history]
    rows: list[tuple[str, Any]] = [("done", poller.done())]
    if poller.done():
        try:
            poller.result(0)
        except OpenApiException as error:
            rows.append(("error", error))
    status = poller.status()
    drawn = _timeline(poller.number, history) + _grid(told) if told else ""
    return _facts(poller.number, status and _badge(status), rows) + drawn


def _timeline(number: str, history: Sequence[WaitEvent[Any]]) -> str:
    """The statuses as a bar, to scale; each is wide enough to be seen, the last one too, whose end is not known."""
    least = max((history[-1].elapsed - history[0].elapsed) / 25, 0.001)
    spans = [*(max(after.elapsed - before.elapsed, least) for before, after in pairwise(history)), least]
    bars, start = "", 0.0
    for event, span in zip(history, spans, strict=True):
        width = span * _WIDTH / sum(spans)
        place = f'x="{start:.1f}" width="{max(width - 2, 1):.1f}" height="{_HEIGHT}" rx="2"'
        bars += f'<rect {place} fill="{_colour(event.status)}"></rect>'
        start += width
    said = ", ".join(f"{_text(event.status)} after {event.elapsed:.1f} seconds" for event in history)
    title = f"Statuses of {_text(number)}"
    style = f"width:100%;max-width:{_WIDTH}px;height:1em"
    frame = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" style="{style}"'
    return f'<svg role="img" aria-label="{title}" {frame}><title>{title}</title><desc>{said}</desc>{bars}</svg>'


def _facts(title: str, badge: Any, rows: Iterable[tuple[str, Any]]) -> str:
    """A table with a line for each thing that is known."""
    shown = "".join(
        f'<tr style="{_PLAIN}"><th scope="row" style="{_CELL}">{_name(name)}</th>{_cell(name, value)}</tr>'
        for name, value in rows
        if value is not None
    )
    caption = f'<caption style="{_CAPTION}">{_text(title)} {badge or ""}</caption>'
    return _TABLE.format(f"{caption}<tbody>{shown}</tbody>")


def _list(items: Sequence[Any]) -> str:
    """The first items of a list, and how many there are more."""
    first = items[:_ITEMS]
    if first and all(isinstance(each, (Model, Reason)) for each in first):
        return _grid([_fields(each) for each in first], len(items) - len(first))
    return "<br>".join([*map(_text, first), *_more(len(items) - len(first))])


def _more(count: int) -> list[str]:
    return [f"and {count:,} more"] if count else []


def _grid(rows: Sequence[Mapping[str, Any]], count: int = 0) -> str:
    """A table with a line for each row; there are ``count`` more of them."""
    names = dict.fromkeys(name for row in rows for name in row)
    head = "".join(f'<th scope="col" style="{_CELL}">{_name(name)}</th>' for name in names)
    lines = [head, *("".join(_cell(name, row.get(name)) for name in names) for row in rows)]
    lines += [f'<td colspan="{max(len(names), 1)}" style="{_CELL}">{more}</td>' for more in _more(count)]
    return _TABLE.format("".join(f'<tr style="{_PLAIN}">{line}</tr>' for line in lines))


def _cell(name: str, value: Any) -> str:
    return f'<td style="{_CELL}">{_value(name, value)}</td>'


def _value(name: str, value: Any) -> str:
    if value is None:
        return ""
    if redact.is_secret(str(name)):
        return _text(redact.HIDDEN)
    if name == "status" and isinstance(value, str):
        return _badge(value)
    if isinstance(value, (list, tuple)) and not isinstance(value, Reason):
        return _list(value)
    return _table_of(value) if isinstance(value, (Model, OpenApiException)) else _text(value)


def _badge(status: Any, colour: str | None = None) -> str:
    return f'<span style="{_BADGE};background:{colour or _colour(status)}">{_text(status)}</span>'


def _colour(status: str) -> str:
    return COLOURS.get(status, GREY)


def _name(name: str) -> str:
    """The name of a field, which may be broken where a telephone has no room for it."""
    return _text(name).replace("_", "_<wbr>")


def _text(value: Any) -> str:
    """Anything on one line, as HTML."""
    is_deep = isinstance(value, (Mapping, list, tuple))
    return html.escape(redact.one_line(_SHORT.repr(value) if is_deep else str(value), _LENGTH))
