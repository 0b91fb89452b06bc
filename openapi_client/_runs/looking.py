"""Looking at a run: what it is now, or that it does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from openapi_client._base import reasons
from openapi_client._call.operation import Operation

if TYPE_CHECKING:
    from openapi_client._call.response import ApiResponse
    from openapi_client._policy.history import Failure

#: The arguments of an operation by name, those left out missing.
Given = Mapping[str, Any]
_NOT_FOUND = 40  # category of Zuora's error codes


def run_now(look: Operation, client: Any, method: str, arguments: Given) -> ApiResponse[Any]:
    """The run that an operation retrieves.

    :raises ApiException: it cannot be read. A refusal is raised whatever ``raise_on_failure`` says, since it has no
        status to go by.
    """
    answer: ApiResponse[Any] = look.call(client, method, arguments, info=True, raises=True)
    return answer


def is_missing(refusal: Failure | Exception) -> bool:
    """Whether the application itself says that the run does not exist; a gateway's 404 says nothing about it."""
    found = getattr(refusal, "reasons", ())
    is_answer = (getattr(refusal, "status", None) or 500) < 500
    return is_answer and reasons.are_own(found) and any(reason.category == _NOT_FOUND for reason in found)
