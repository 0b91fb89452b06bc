"""What helps against a failure, in a sentence: all advice that exceptions give stands here."""

from __future__ import annotations

from collections.abc import Mapping

from openapi_client._base import redact
from openapi_client._policy.history import Failure
from openapi_client.exceptions import ApiException, JournalRunInProgressException, UnprocessableEntityException

UNTRUSTED = (
    "for a certificate of a private CA set ssl_ca_cert to the CA's file, or trust_env=True with SSL_CERT_FILE in the "
    "environment"
)
NOT_TLS = "the answer is not TLS: a host without a scheme means https://, so write http:// in host if that is meant"
UNRESOLVED = "check the name in host, and whether hosts outside are reached by a proxy only (proxy, trust_env=True)"
NOT_LISTENING = "check host and its port, and whether hosts outside are reached by a proxy only (proxy, trust_env=True)"
PROXY = "check proxy, or the variables HTTPS_PROXY and NO_PROXY with trust_env=True"
_NO_CREDENTIALS = (
    "the call carried no credentials: set access_token, or client_id and client_secret, or take them from the "
    "environment by Configuration.from_env()"
)
_PERMISSION = (
    "the API user's role lacks a permission of Zuora Finance: Create Journal Run, Cancel Journal Run or Delete "
    "Cancelled Journal Run"
)

_ELSEWHERE = "each data centre has its own, see Configuration().get_host_settings(); they may also have expired"
_NOT_FOUND = "check the number or name, and the entity and organization of the call (zuora_entity_ids, zuora_org_ids)"
_BY_ERROR: dict[type[ApiException], str] = {
    JournalRunInProgressException: "wait for that run: create_journal_run_when_free does, under a key that counts",
    UnprocessableEntityException: "the key belongs to another request: send this one with another key",
}
WAIT_ON = "the run goes on, and nothing is lost: wait again, with a larger timeout"


def advised(failure: Failure, host: str, headers: Mapping[str, str]) -> Failure:
    """A failed attempt with what helps against it, where that is known.

    :param host: base URL that was asked.
    :param headers: what was sent along.
    """
    advice = failure.advice or _for_refusal(failure, host, headers)
    return failure._replace(advice=advice) if advice else failure


def _for_refusal(failure: Failure, host: str, headers: Mapping[str, str]) -> str | None:
    if failure.is_refused_token:
        if not any(map(redact.is_secret, headers)):
            return _NO_CREDENTIALS
        return f"the credentials were not accepted by {host}: {_ELSEWHERE}"
    if failure.status == 403 or 10 in failure.categories:
        return _PERMISSION
    return _NOT_FOUND if failure.categories == {40} else _BY_ERROR.get(failure.error)


def for_token(failure: Failure, host: str) -> str | None:
    """What helps when the token endpoint refuses.

    :param host: base URL that was asked.
    """
    if failure.status not in (400, 401, 403):
        return failure.advice
    return f"check client_id and client_secret; {host} was asked, and {_ELSEWHERE}"
