"""A bar for a wait, in a terminal or a notebook, by tqdm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from typing import Any

from openapi_client._runs.telling import WaitEvent
from openapi_client.exceptions import MissingExtraException

#: Notebooks show their own bar for ``{bar}``, which has to be spelled so.
_FORMAT = "{desc}: {bar} [{elapsed}{postfix}]"
#: How far a run is in a status; every way has two steps, and one that fails does not make the second.
_STEPS = {"Pending": 0, "Processing": 1, "CancelInprogress": 1, "DeleteInprogress": 1, "Error": 1}
_ALL = 2


def opener() -> Callable[[str], AbstractContextManager[Callable[[WaitEvent[Any]], None]]]:
    """Opens a bar for the run with a number; without a terminal or a notebook it shows nothing.

    :raises MissingExtraException: tqdm is not installed.
    """
    try:
        tqdm: Any = import_module("tqdm.auto").tqdm
    except ImportError:
        install = "pip install 'zuora-journal-runs[progress]', or in a checkout: pip install '.[progress]'"
        raise MissingExtraException(f"progress=True needs tqdm: {install}", "progress") from None
    # Otherwise tqdm starts a thread, which outlives the bar.
    kind = type("Bar", (tqdm,), {"monitor_interval": 0})

    @contextmanager
    def bar(number: str) -> Iterator[Callable[[WaitEvent[Any]], None]]:
        with kind(total=_ALL, desc=number, bar_format=_FORMAT, disable=None) as shown:

            def tell(event: WaitEvent[Any]) -> None:
                shown.n = _STEPS.get(event.status, _ALL)
                shown.set_postfix_str(str(event.status))  # draws it, too

            yield tell

    return bar
