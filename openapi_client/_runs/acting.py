"""Create, cancel or delete a run, and wait for the end of it."""

from __future__ import annotations

from typing import Any

from openapi_client._call.operation import Operation
from openapi_client._runs.creating import Creation
from openapi_client._runs.looking import Given
from openapi_client._runs.statuses import CANCELLED, wanted_statuses
from openapi_client._runs.telling import Progress, opener
from openapi_client._runs.waiting import Wait, looking_at
from openapi_client.exceptions import ApiValueError


def create_and_wait(
    client: Any,
    method: str,
    create: Operation,
    look: Operation,
    given: Given,
    *,
    until: Any,
    timeout: float,
    progress: Progress,
    when_busy: str,
) -> Any:
    """Create a run, and wait until it has one of the wanted statuses.

    :param create: the operation that creates. :param look: the operation that retrieves a run.
    :param given: the arguments of the create.
    :returns: the run.
    """
    wanted, open_ = wanted_statuses(until), opener(progress)
    if when_busy not in ("raise", "wait"):
        raise ApiValueError(f'Invalid value for `when_busy` ({when_busy!r}): it must be "raise" or "wait"')
    creation = Creation(client, method, create, look, given, timeout, open_)
    number = (creation.when_free() if when_busy == "wait" else creation.now()).journal_run_number
    wait = Wait(client, method, look, looking_at(look, number, given), timeout, open_, began=creation.began)
    return wait.until(wanted)


def cancel_and_wait(
    client: Any, method: str, cancel: Operation, look: Operation, given: Given, *, timeout: float, progress: Progress
) -> Any:
    """Cancel a run, and wait until it is cancelled; the parameters are those of :func:`create_and_wait`."""
    wait = Wait(client, method, look, given, timeout, opener(progress), was_cancelled=True)
    cancel.call(client, method, given, raises=True)
    return wait.until({CANCELLED})


def delete_and_wait(
    client: Any, method: str, delete: Operation, look: Operation, given: Given, *, timeout: float, progress: Progress
) -> None:
    """Delete a run, and wait until it is gone; the parameters are those of :func:`create_and_wait`."""
    wait = Wait(client, method, look, given, timeout, opener(progress))
    delete.call(client, method, given, raises=True)
    wait.until_gone()
