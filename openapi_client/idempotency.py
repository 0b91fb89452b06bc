"""Idempotency keys that are derived from a job, for jobs that may be started again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from openapi_client._policy import hosts as _hosts
from openapi_client._schema import wire as _wire
from openapi_client.configuration import Configuration
from openapi_client.exceptions import ApiTypeError, ApiValueError
from openapi_client.models.post_journal_run_type import POSTJournalRunType

if TYPE_CHECKING:
    from openapi_client.models.post_journal_run_type import POSTJournalRunTypeDict


def idempotency_key_for(
    request: POSTJournalRunType | POSTJournalRunTypeDict,
    scope: str,
    configuration: Configuration | None = None,
    *,
    zuora_entity_ids: str | None = None,
    zuora_org_ids: str | None = None,
) -> str:
    """A key that is the same whenever the same job asks for the same run.

    A job that crashed between request and answer, and is started again with this key, gets the run it made instead
    of a second one. The limits:

    - Zuora keeps keys for 24 hours (Zuora docs, "Idempotent requests"); after that the key makes a new run.
    - A refusal is kept as well: after one, change the request or the ``scope``.
    - Once the run was cancelled, a wanted second run needs another ``scope``.

    :param request: what will be sent; the order of keys in a dict does not matter.
    :param scope: your name of the job, such as ``2026-10-close``.
    :param configuration: its host, however it is written, becomes part of the key; ``None`` takes the stored default.
    :param zuora_entity_ids: as the create is given it; ``None`` takes that of the configuration.
    :param zuora_org_ids: as the create is given it; ``None`` takes that of the configuration.
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
    entity = configuration.zuora_entity_ids if zuora_entity_ids is None else zuora_entity_ids
    organization = configuration.zuora_org_ids if zuora_org_ids is None else zuora_org_ids
    parts = [_hosts.one_spelling(configuration.base_url), entity, scope, _wire.sanitize(request)]
    if organization is not None:
        parts.append(organization)  # only then: keys that earlier versions made stay what they are
    return "jr-" + hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
