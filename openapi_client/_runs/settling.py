"""What became of a cancel or delete whose repetition was refused: had an earlier attempt worked?"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from openapi_client._call.operation import ANSWER_OPTIONS, Operation
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline
from openapi_client._runs.looking import is_missing, run_now


class ByLooking(NamedTuple):
    """Looks at what the call was about.

    A repeated call is refused when the first attempt has worked and only its answer was lost: nothing can be
    cancelled or deleted twice. That is a success, and not what the refusal says.

    :ivar look: the operation that retrieves what the call was about.
    :ivar done: the statuses that show that an earlier attempt has worked.
    :ivar undecided: the statuses in which the call is allowed: it may have been accepted and not show yet, or have come
        back to one of them.
    :ivar missing_is_done: whether its absence shows that an earlier attempt has worked.
    """

    look: Operation
    done: frozenset[str]
    undecided: frozenset[str]
    missing_is_done: bool = False

    def __call__(
        self, client: Any, method: str, arguments: Mapping[str, Any], refusal: Failure, deadline: Deadline
    ) -> bool | None:
        """Whether an earlier attempt has worked; ``None`` when it cannot be known.

        :param arguments: those of the call.
        :param refusal: of the repetition.
        :param deadline: of the call; the look gets what is left of it.
        """
        if self.missing_is_done and is_missing(refusal):
            return True
        looking = {
            name: value for name, value in arguments.items() if name in self.look.known and name not in ANSWER_OPTIONS
        }
        left = deadline.left()
        if left is not None:
            looking["_request_timeout"] = left  # with nothing left, the look is refused as any that fails
        try:
            found = run_now(self.look, client, method, looking).data
        except Exception as failure:  # whatever it is, the caller has to hear of the call and not of the look
            return True if self.missing_is_done and is_missing(failure) else None
        if found.status in self.done:
            return True
        # No status, or one that this version does not know and leaves as plain text, proves nothing.
        is_telling = found.status not in self.undecided and isinstance(found.status, Enum)
        return False if is_telling else None
