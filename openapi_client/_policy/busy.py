"""Refusals of a create that say that another run is in progress: they have no code of their own, so their text decides.

Zuora executes one journal run at a time (Zuora docs, "Create a journal run"); in which words it refuses a second one is
not documented. So the patterns are a setting, ``Configuration.run_in_progress_patterns``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from openapi_client._base.reasons import are_own
from openapi_client.exceptions import ApiException, ApiTypeError, ApiValueError, JournalRunInProgressException

if TYPE_CHECKING:
    from openapi_client._policy.history import Failure

PATTERNS = (
    r"\banother journal run\b",
    r"\bjournal run\b.{0,60}\b(in progress|is (currently |already |still )?(pending|processing|running|active))\b",
    r"\bonly one( journal run)? can (run|be (run|executed|created))\b",
)
#: A message of so many characters is looked at.
_MOST = 1000


def checked_patterns(name: str, value: Any) -> tuple[str, ...]:
    """Regular expressions, as they are set.

    :raises ApiTypeError: no collection of texts. :raises ApiValueError: a text that is no regular expression.
    """
    is_list = isinstance(value, Collection) and not isinstance(value, str)
    if not is_list or not all(isinstance(pattern, str) for pattern in value):
        raise ApiTypeError(f"Invalid type for `{name}`: {value!r}; pass a collection of regular expressions")
    for pattern in value:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ApiValueError(f"Invalid value for `{name}`: {pattern!r} is no regular expression: {error}") from None
    return tuple(value)


def refusal_of_a_create(failure: Failure, settings: Any) -> type[ApiException]:
    """The class of the exception for a refused create.

    A refusal says that another run is in progress if each of its reasons does: what breaks a rule as well will never
    succeed by waiting.
    """
    is_busy = are_own(failure.reasons) and all(
        any(re.search(pattern, reason.message[:_MOST], re.IGNORECASE) for pattern in settings.run_in_progress_patterns)
        for reason in failure.reasons
    )
    return JournalRunInProgressException if is_busy and (failure.status or 500) < 500 else failure.error
