"""What became of a cancel or delete whose repetition was refused: had an earlier attempt worked?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from openapi_client._call.operation import ANSWER_OPTIONS, Operation
from openapi_client.exceptions import ApiException, NotFoundException, OperationFailedException

_NOT_FOUND = 40  # category of Zuora's error codes


class ByLooking(NamedTuple):
    """Looks at what the call was about.

    A repeated call is refused when the first attempt has worked and only its answer was lost: nothing can be
    cancelled or deleted twice. That is a success, and not what the refusal says.

    :ivar look: the operation that retrieves what the call was about.
    :ivar done: the statuses that show that an earlier attempt has worked.
    :ivar missing_is_done: whether its absence shows that, too.
    """

    look: Operation
    done: frozenset[str]
    missing_is_done: bool = False

    def __call__(self, client: Any, method: str, arguments: Mapping[str, Any], error: ApiException) -> Any:
        """The answer that the earlier attempt had.

        :raises ApiException: ``error``, when no earlier attempt has worked, or when that cannot be known.
        """
        if not error.follows_unclear_attempt or error.outcome_unknown:
            raise error
        if not (self.missing_is_done and is_missing(error)) and not self._shows_done(client, method, arguments, error):
            raise error
        return {"success": True}

    def _shows_done(self, client: Any, method: str, arguments: Mapping[str, Any], error: ApiException) -> bool:
        looking = {
            name: value for name, value in arguments.items() if name in self.look.known and name not in ANSWER_OPTIONS
        }
        try:
            return self.look.call(client, method, looking, info=False).status in self.done
        except ApiException as failure:
            error.outcome_unknown = not is_missing(failure)
            return self.missing_is_done and is_missing(failure)


def is_missing(error: ApiException) -> bool:
    """Whether the server says that there is no such thing, whichever way its version of the API says so."""
    return isinstance(error, (NotFoundException, OperationFailedException)) and (
        error.status == 404 or any(reason.category == _NOT_FOUND for reason in error.reasons)
    )
