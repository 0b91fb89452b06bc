"""The statuses of a journal run and every way from one to the next, as data and pure functions.

Sources: Zuora docs, "Journal Runs", and Zuora API reference: the enumeration, and the statuses that may be cancelled
or deleted. That cancelling and deleting pass through their in-progress status is inferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from openapi_client.sandbox.options import Timing


class Status(str, Enum):
    """Status of a journal run, spelled as on the wire."""

    PENDING = "Pending"
    PROCESSING = "Processing"
    COMPLETED = "Completed"
    ERROR = "Error"
    CANCEL_IN_PROGRESS = "CancelInprogress"
    CANCELLED = "Cancelled"
    DELETE_IN_PROGRESS = "DeleteInprogress"


ACTIVE = frozenset({Status.PENDING, Status.PROCESSING})
CANCELLABLE = frozenset({Status.PENDING, Status.ERROR, Status.COMPLETED})
DELETABLE = frozenset({Status.CANCELLED})
MOVING = frozenset({Status.PENDING, Status.PROCESSING, Status.CANCEL_IN_PROGRESS, Status.DELETE_IN_PROGRESS})


@dataclass(frozen=True)
class Progress:
    """Where a run stands.

    :param status: its status
    :param since: when it entered that status, seconds of the sandbox clock
    :param is_held: whether a test keeps it in Processing
    :param released: when a test let it go on again; it completes no earlier
    :param has_transferred: whether one of its entries can no longer be cancelled
    """

    status: Status
    since: float
    is_held: bool = False
    has_transferred: bool = False
    released: float = 0.0


@dataclass(frozen=True)
class Transition:
    """One change of status; a target of ``None`` means that the run is gone."""

    source: Status
    target: Status | None
    at: float


def _next_status(progress: Progress) -> Status | None:
    if progress.status is Status.PENDING:
        return Status.PROCESSING
    if progress.status is Status.PROCESSING:
        return Status.COMPLETED
    if progress.status is Status.CANCEL_IN_PROGRESS:
        return Status.COMPLETED if progress.has_transferred else Status.CANCELLED
    return None


def due_transitions(progress: Progress, now: float, timing: Timing) -> list[Transition]:
    """Return the changes of status that time has brought since ``progress`` was stored.

    :param progress: the state as stored
    :param now: seconds of the sandbox clock
    :param timing: how long each status lasts
    :returns: the changes in order, none when nothing is due
    """
    due: list[Transition] = []
    status, since = progress.status, progress.since
    while status in MOVING and not (status is Status.PROCESSING and progress.is_held):
        at = since + timing.stay(status)
        if status is Status.PROCESSING:
            at = max(at, progress.released)
        if at > now:
            break
        target = _next_status(Progress(status, since, progress.is_held, progress.has_transferred))
        due.append(Transition(status, target, at))
        if target is None:
            break
        status, since = target, at
    return due
