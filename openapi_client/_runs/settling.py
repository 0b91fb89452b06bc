"""What became of a cancel or delete that was refused when it was repeated: a look at the run tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Any

from openapi_client._call.operation import Operation
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline
from openapi_client.exceptions import ApiException

_NOT_FOUND = 40
#: Of the arguments of the call, those that the look needs as well.
_NOT_FOR_LOOKS = frozenset({"async_req", "_preload_content", "_request_timeout", "_return_http_data_only"})


class Settling:
    """Decides about one operation.

    :param retrieve: the operation that looks.
    :param done: the statuses that show that an earlier attempt has worked.
    :param open: the statuses in which the call is allowed, so that it may have been accepted and not show yet.
    :param gone: whether a run that does not exist shows that an earlier attempt has worked.
    """

    def __init__(
        self,
        retrieve: Operation,
        *,
        done: Collection[str],
        open: Collection[str],  # noqa: A002 - nothing is opened here
        gone: bool = False,
    ) -> None:
        self._retrieve = retrieve
        self._done = frozenset(done)
        self._open = frozenset(open)
        self._gone = gone

    def verdict(
        self, client: Any, method: str, arguments: Mapping[str, Any], refusal: Failure, deadline: Deadline
    ) -> bool | None:
        """Whether an earlier attempt has worked.

        :param arguments: those of the call.
        :param refusal: of the repetition.
        :param deadline: of the call; the look gets what is left of it.
        :returns: ``None`` when it cannot be known.
        """
        if self._gone and _NOT_FOUND in refusal.categories:
            return True
        looking = {name: value for name, value in arguments.items() if name not in _NOT_FOR_LOOKS}
        left = deadline.left()
        if left is not None:
            if left <= 0:
                return None
            looking["_request_timeout"] = left
        try:
            run = self._retrieve.call(client, method, looking, info=False)
        except ApiException as failure:
            is_gone = any(reason.category == _NOT_FOUND for reason in failure.reasons)
            return True if self._gone and is_gone else None
        if run.status in self._done:
            return True
        # No status, or one that this version does not know and leaves as plain text, proves nothing.
        is_telling = run.status not in self._open and isinstance(run.status, Enum)
        return False if is_telling and getattr(run, "success", None) is not False else None
