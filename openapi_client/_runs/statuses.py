"""The statuses of a run: which can still lead where, and which of them is a dead end."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from openapi_client.exceptions import ApiTypeError, ApiValueError

#: A run that was cancelled from ``Completed`` and still is after so many seconds has not been cancelled (see below).
_SETTLED = 60.0
COMPLETED, CANCELLING, CANCELLED = "Completed", "CancelInprogress", "Cancelled"
#: Every status, and what it can become without another call (Zuora docs, "Journal runs"). A cancel that some entry
#: withstands ends in ``Completed`` again, but nobody who waits for ``Completed`` means that one.
_LEADS_TO: dict[str, set[str]] = {
    "Pending": {"Processing", COMPLETED, "Error"},
    "Processing": {COMPLETED, "Error"},
    COMPLETED: set(),
    "Error": set(),
    CANCELLING: {CANCELLED},
    CANCELLED: set(),
    "DeleteInprogress": set(),
}
#: In any other status a run leaves room for the next one.
ENDED = frozenset(_LEADS_TO) - {"Pending", "Processing"}
#: A cancel may be accepted some time before the status shows it.
_CANCELLABLE = frozenset({"Pending", "Error", COMPLETED})


class Sighting(NamedTuple):
    """What is known when a run has been looked at.

    :ivar status: its status now.
    :ivar unchanged: for how many seconds it has been seen in it.
    :ivar was_cancelling: whether it has been seen in ``CancelInprogress``.
    """

    status: Any
    unchanged: float = 0.0
    was_cancelling: bool = False

    def after(self, status: Any, seconds: float) -> Sighting:
        """What is known when it is seen again, so many seconds later."""
        unchanged = self.unchanged + seconds if status == self.status else 0.0
        return Sighting(status, unchanged, self.was_cancelling or status == CANCELLING)


def wanted_statuses(until: Any) -> frozenset[Any]:
    """The statuses to wait for.

    :raises ApiTypeError: no status or collection of them. :raises ApiValueError: an unknown status, or none at all.
    """
    given = [until] if isinstance(until, str) else until
    if not isinstance(given, Collection) or not all(isinstance(status, str) for status in given):
        raise ApiTypeError(f"Invalid type for `until`: {until!r}; pass a status or a collection of statuses")
    unknown = [status for status in given if status not in _LEADS_TO]
    if unknown or not given:
        raise ApiValueError(f"Invalid value for `until` ({until!r}): the statuses are {', '.join(_LEADS_TO)}")
    return frozenset(given)


def is_dead_end(seen: Sighting, wanted: Collection[Any]) -> bool:
    """Whether a run in this status can no longer reach a wanted one without another call."""
    if seen.status not in _LEADS_TO:
        return False  # a status that this version does not know may lead anywhere
    if _LEADS_TO[seen.status] & set(wanted):
        return False
    waits_for_cancel = CANCELLED in wanted and seen.status in _CANCELLABLE
    return not waits_for_cancel or seen.was_cancelling or seen.unchanged >= _SETTLED


def is_partly_cancelled(seen: Sighting, wanted: Collection[Any], *, was_accepted: bool) -> bool:
    """Whether a dead end is a cancel that some entry has withstood.

    :param was_accepted: whether a cancel of the run is known to have been accepted. Its end may come between two looks.
    """
    return CANCELLED in wanted and seen.status == COMPLETED and (seen.was_cancelling or was_accepted)
