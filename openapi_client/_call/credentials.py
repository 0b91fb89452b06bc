"""What a call brings along to be let in, by the settings of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Union
from urllib.parse import unquote, urlsplit

from openapi_client._base import redact
from openapi_client._base.redact import Secret
from openapi_client._call.request import Call
from openapi_client._call.tokens import Ask, TokenSource
from openapi_client._policy import checks
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline
from openapi_client._transport.exchange import Headers
from openapi_client.configuration import SECRETS, Configuration, prefixed_key
from openapi_client.exceptions import ApiTypeError, ApiValueError


class Pass(NamedTuple):
    """The headers of one attempt, complete.

    :ivar headers: those of the call and those that let it in.
    :ivar is_renewable: whether another token can be had when this one is refused.
    """

    headers: Headers
    is_renewable: bool = False

    @property
    def token(self) -> str:
        """The bearer token among the headers."""
        return Secret(self.headers.get("Authorization", "").removeprefix("Bearer "))


class Credentials:
    """Adds what the configuration has to the headers of calls to its own host.

    In this order: ``api_key`` entries; then the first of access token, OAuth client, legacy key pair, and user name
    with password.
    """

    def __init__(self, configuration: Configuration, ask: Ask, *, is_shared: bool) -> None:
        self._configuration = configuration
        self._tokens = TokenSource(configuration, ask, is_shared=is_shared)

    def add_to(self, call: Call, deadline: Deadline) -> Union[Pass, Failure]:
        """The headers to send, or why no token could be had.

        :raises ApiValueError: credentials are incomplete.
        """
        settings = self._configuration
        settings.require_secrets()
        headers = Headers(call.request.headers)
        hook = settings.refresh_api_key_hook
        if hook is not None:
            hook(settings)
        for name in settings.api_key:
            _add(headers, name, prefixed_key(settings, name))
        if settings.access_token is not None:
            _add(headers, "Authorization", f"Bearer {_current(settings.access_token)}")
            return Pass(headers, hook is not None or callable(settings.access_token))
        if _pair(settings, "client_id", "client_secret"):
            token = self._tokens.token(call, deadline)
            if isinstance(token, Failure):
                return token
            headers["Authorization"] = f"Bearer {token.value}"
            return Pass(headers, True)
        if _pair(settings, "api_access_key_id", "api_secret_access_key"):
            _add(headers, "apiAccessKeyId", settings.api_access_key_id)
            _add(headers, "apiSecretAccessKey", settings.api_secret_access_key)
        elif settings.username is not None and settings.password is not None:
            _add(headers, "Authorization", settings.get_basic_auth_token())
        return Pass(headers, hook is not None)

    def renew(self, refused: Pass, call: Call, deadline: Deadline) -> Union[bool, Failure]:
        """Whether there is another token after one got a 401, or why the token endpoint gave none."""
        settings = self._configuration
        if callable(settings.access_token):
            return _current(settings.access_token) != refused.token
        if settings.access_token is not None or settings.client_id is None:
            return True  # the hook is asked again before the next attempt
        renewed = self._tokens.renewed(refused.token, call, deadline)
        return renewed if isinstance(renewed, Failure) else renewed is not None


def _add(headers: Headers, name: str, value: str | None) -> None:
    if value is not None:
        value = Secret(value) if type(value) is str else value
        headers[name] = checks.header_value(name, value)


#: Shorter texts are found everywhere.
_SHORTEST = 6


def secrets_of(settings: Configuration, headers: Mapping[str, str]) -> list[str]:
    """What is secret in a call: settings, and headers with their parts, the longest first."""
    found: list[Any] = []
    for name in SECRETS:
        value = getattr(settings, name)
        found.extend(value.values() if isinstance(value, Mapping) else (value,))
    for name, value in headers.items():
        if type(value) is Secret or redact.is_secret(name):
            parts = (part.partition("=")[2] for part in value.split(";"))
            found.extend((value, value.rpartition(" ")[2], *parts))
    if settings.proxy:
        password = urlsplit(settings.proxy).password or ""
        found.extend((password, unquote(password)))
    texts = {text.strip() for text in found if isinstance(text, str)}
    return sorted((text for text in texts if len(text) >= _SHORTEST), key=len, reverse=True)


def hidden(failure: Failure, settings: Configuration, headers: Mapping[str, str]) -> Failure:
    """A failure without the secrets of its call, wherever the server has repeated them."""
    secrets = secrets_of(settings, headers)
    cause, body = failure.cause, failure.body
    return failure._replace(
        reason=redact.known(failure.reason, secrets),
        body=redact.known(body, secrets) if isinstance(body, str) else body,
        headers=failure.headers and redact.headers(failure.headers, secrets),
        reasons=tuple(
            reason._replace(code=redact.known(reason.code, secrets), message=redact.known(reason.message, secrets))
            for reason in failure.reasons
        ),
        cause=None if redact.known(str(cause), secrets) != str(cause) else cause,
    )


def _current(access_token: Any) -> str:
    token = access_token() if callable(access_token) else access_token
    if not isinstance(token, str) or not token.strip():
        given = "str" if isinstance(token, str) else type(token).__name__
        raise ApiTypeError(f"Configuration.access_token must give a non-empty str, not {given}")
    return token


def _pair(settings: Configuration, first: str, second: str) -> bool:
    has_first, has_second = getattr(settings, first) is not None, getattr(settings, second) is not None
    if has_first is not has_second:
        given, missing = (first, second) if has_first else (second, first)
        raise ApiValueError(f"Configuration.{given} is set, but {missing} is not; set both")
    return has_first


def form(settings: Configuration) -> list[tuple[str, str | None]]:
    """The form fields of a token request (Zuora API reference, "Create an OAuth token")."""
    return [
        ("client_id", settings.client_id),  # a Secret, as the other one
        ("client_secret", settings.client_secret),
        ("grant_type", "client_credentials"),
    ]
