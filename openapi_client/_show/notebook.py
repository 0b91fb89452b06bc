"""What IPython asks for: tracebacks that begin with the message, and tables for lists."""

from __future__ import annotations

import copy
import re
import traceback
from collections.abc import Iterator
from importlib import import_module
from types import TracebackType
from typing import Any

from openapi_client._show.tables import table_of_models
from openapi_client.exceptions import OpenApiException

#: Packages whose frames are folded: this one and what it runs on; and the notebook itself, below the user's line.
_FOLDED = frozenset(
    {"openapi_client", "urllib3", "http", "ssl", "socket", "multiprocessing", "threading", "concurrent"}
)
_BELOW = frozenset({"IPython", "ipykernel"})
_ALL = "traceback.print_exception(sys.last_value) shows all"


def load_ipython_extension(shell: Any) -> None:
    """Show lists of models as tables, from ``%load_ext openapi_client`` on.

    :param shell: the running IPython.
    """
    shell.display_formatter.formatters["text/html"].for_type(list, table_of_models)


def render_traceback(error: OpenApiException) -> list[str]:
    """What IPython shows of an exception of ours that nobody caught.

    First the message, then the caller's frames as IPython shows them. The frames of this package and of what it runs on
    are left out, and the exceptions that led to this one; ``traceback.print_exception`` shows all of it.
    """
    shell = import_module("IPython").get_ipython()
    if shell is None:
        return traceback.format_exception(error)
    steps = [step for step in _steps(error.__traceback__) if _package(step) not in _BELOW]
    kept = [step for step in steps if _package(step) not in _FOLDED]
    shown: TracebackType | None = None
    for step in reversed(kept):
        shown = TracebackType(shown, step.tb_frame, step.tb_lasti, step.tb_lineno)
    # A copy has neither cause nor context, all frames of which would be shown.
    lines = shell.InteractiveTB.structured_traceback(type(error), copy.copy(error), shown, tb_offset=0)
    name = type(error).__name__
    frames = shell.InteractiveTB.stb2text([line for line in lines if not re.match(rf"\W*{name}: ", _plain(line))])
    told = [f"{name}: {error}", frames]
    if len(kept) < len(steps):
        told.append(f"({len(steps) - len(kept)} frames inside of openapi_client are left out; {_ALL})")
    return ["\n".join(told)]


def _steps(step: TracebackType | None) -> Iterator[TracebackType]:
    while step is not None:
        yield step
        step = step.tb_next


def _plain(line: str) -> str:
    """Without colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", line)


def _package(step: TracebackType) -> str:
    return str(step.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
