"""Idempotency keys that are derived from a job, for jobs that may be started again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from openapi_client._schema import wire as _wire
from openapi_client.configuration import Configuration
from openapi_client.exceptions import ApiTypeError, ApiValueError
from openapi_client.models.post_journal_run_type import POSTJournalRunType

if TYPE_CHECKING:
    from openapi_client.models.post_journal_run_type import POSTJournalRunTypeDict


def idempotency_key_for(
    request: POSTJournalRunType | POSTJournalRunTypeDict, scope: str, configuration: Configuration | None = None
) -> str:
    """A key that is the same whenever the same job asks for the same run.

    A job that crashed between request and answer, and is started again with this key, gets the run it made instead
    of a second one. The limits:

    - Zuora keeps keys for 24 hours (Zuora docs, "Idempotent requests"); after that the key makes a new run.
    - A refusal is kept as well: after one, change the request or the ``scope``.
    - Once the run was cancelled, a wanted second run needs another ``scope``.

    :param request: what will be sent; the order of keys in a dict does not matter.
    :param scope: your name of the job, such as ``2026-10-close``.
    :param configuration: its host and entity become part of the key; ``None`` takes the stored default.
    :raises ApiValueError: an empty scope.
    :raises ApiTypeError: a scope that is no text, or a key of the request that is no field.
    """
    if not isinstance(scope, str):
        raise ApiTypeError(f"Invalid type for `scope`: it must be a str, not {type(scope).__name__}")
    if not scope.strip():
        raise ApiValueError("Invalid value for `scope`: it is empty; name the job, such as '2026-10-close'")
    if configuration is None:
        configuration = Configuration.get_default_copy()
    if isinstance(request, Mapping):
        request = POSTJournalRunType._from_user(request, "request")
    parts = [configuration.base_url, configuration.zuora_entity_ids, scope, _wire.sanitize(request)]
    return "jr-" + hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
