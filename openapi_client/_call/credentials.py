"""OAuth tokens by client credentials: fetched once for all threads, renewed ahead of expiry."""

from __future__ import annotations

import copy
import hashlib
import math
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from openapi_client._base import redact as _redact
from openapi_client._base.process import PerProcess
from openapi_client._policy import checks as _checks
from openapi_client.exceptions import (
    ApiException,
    ApiTypeError,
    ApiValueError,
    DecodeException,
    RequestTimeoutException,
    TransportException,
    UnauthorizedException,
)

if TYPE_CHECKING:
    from typing import Protocol

    from openapi_client.configuration import Configuration
else:
    Protocol = object

PATH = "/oauth/token"
#: Asks the token endpoint, before a deadline or without one, and gives the parsed answer.
Fetch = Callable[[Union[float, None]], Any]
#: Zuora docs, "Create an OAuth token": one hour, told as 3598 or 3599 seconds.
_USUAL_LIFETIME = 3598.0
#: Renewed so many seconds ahead of expiry, or a tenth of the lifetime ahead if that is less.
_SKEW = 60.0
#: A renewed token that is refused at once is not renewed again for so many seconds.
_PAUSE = 60.0


class Token(NamedTuple):
    """A bearer token.

    :ivar value: the token itself.
    :ivar expires: when it ends, in seconds since the epoch.
    :ivar renew_from: from when on it should be renewed, in seconds since the epoch.
    """

    value: str
    expires: float
    renew_from: float

    def __repr__(self) -> str:
        return f"Token({_redact.HIDDEN}, expires={self.expires})"


class TokenCache(Protocol):
    """Where tokens are kept. Processes that share one share their tokens; it must be safe to use from many threads."""

    def get(self, key: str) -> Token | None:
        """The token last put under ``key``, or ``None``."""

    def put(self, key: str, token: Token) -> None:
        """Keep ``token`` until it expires."""


class MemoryTokenCache(TokenCache):
    """Keeps tokens in the memory of the process. Pickling and copying leave them out."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}

    def get(self, key: str) -> Token | None:
        """The token last put under ``key``, or ``None``."""
        return self._tokens.get(key)

    def put(self, key: str, token: Token) -> None:
        """Keep ``token``."""
        self._tokens[key] = token

    def __reduce__(self) -> tuple[Any, ...]:
        return MemoryTokenCache, ()


class _Flight:
    """One fetch that any number of threads wait for."""

    def __init__(self, deadline: float | None) -> None:
        self.deadline = deadline
        self.landed = threading.Event()
        self.token: Token | None = None
        self.error: BaseException | None = None

    def is_lost(self) -> bool:
        """Whether it failed for a reason of its pilot alone: a deadline of its own, or Ctrl-C."""
        if isinstance(self.error, RequestTimeoutException):
            return self.deadline is not None
        return not isinstance(self.error, Exception)


class _State:
    """What the threads of one process share."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.flight: _Flight | None = None
        self.on_probation: str | None = None
        self.renewed = -math.inf


class TokenSource:
    """The tokens of one client.

    - Threads that need a token at the same time share one fetch, and its failure.
    - A token about to expire is renewed by one thread while the others go on using it.
    - A refused token is replaced once; when the new one is refused as well, that answer stands.

    """

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._own_cache = MemoryTokenCache()
        self._state = PerProcess(_State)

    def token(self, fetch: Fetch, deadline: float | None) -> str:
        """A token to use now.

        :param fetch: asks the token endpoint, before a deadline, and gives the parsed answer.
        :param deadline: the moment of the clock by which it must be there, or ``None``.
        :raises ApiException: the token endpoint refused or failed.
        """
        known = self._cache.get(self._key)
        now = self._configuration.clock.wall()
        if known is not None and (known.renew_from > now or self._is_being_renewed(known, now)):
            return known.value
        return self._fetched(known, fetch, deadline).value

    def _is_being_renewed(self, known: Token, now: float) -> bool:
        return known.expires > now and self._state.get().flight is not None

    def renewed(self, refused: str, fetch: Fetch, deadline: float | None) -> str | None:
        """Another token after a 401, or ``None`` when a new one was refused just now."""
        known = self._cache.get(self._key)
        if known is not None and known.value != refused:
            return known.value
        state = self._state.get()
        if state.on_probation == refused and self._configuration.clock.now() - state.renewed < _PAUSE:
            return None
        token = self._fetched(known, fetch, deadline).value
        state.on_probation, state.renewed = token, self._configuration.clock.now()
        return token

    def accepted(self) -> None:
        """A call with a token was not refused."""
        state = self._state.get()
        if state.on_probation is not None:
            state.on_probation = None

    @property
    def _cache(self) -> TokenCache:
        return self._configuration.token_cache or self._own_cache

    @property
    def _key(self) -> str:
        settings = self._configuration
        parts = (settings.base_url, settings.client_id, settings.client_secret)
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()

    def _fetched(self, stale: Token | None, fetch: Fetch, deadline: float | None) -> Token:
        """The result of the one fetch in progress, begun here if there is none."""
        state = self._state.get()
        while True:
            with state.lock:
                known = self._cache.get(self._key)
                if known is not None and known != stale and known.expires > self._configuration.clock.wall():
                    return known
                flight = state.flight
                if flight is None:
                    state.flight = mine = _Flight(deadline)
                    break
            self._await(flight, deadline)
            if flight.token is not None:
                return flight.token
            if not flight.is_lost():
                # Every thread raises an exception of its own, since a traceback belongs to one thread.
                raise copy.copy(flight.error)  # type: ignore[misc]  # a flight without a token has an error
        return self._fly(state, mine, fetch)

    def _await(self, flight: _Flight, deadline: float | None) -> None:
        left = None if deadline is None else max(0.0, deadline - self._configuration.clock.now())
        if not flight.landed.wait(left):
            error = RequestTimeoutException(status=0, reason=f"no token within the {left:.3g} seconds left for it")
            error.phase, error.sent = "token", False
            raise error

    def _fly(self, state: _State, flight: _Flight, fetch: Fetch) -> Token:
        try:
            flight.token = self._read(fetch(flight.deadline))
            self._cache.put(self._key, flight.token)
        except BaseException as error:
            flight.error = error
            raise
        finally:
            with state.lock:
                state.flight = None
            flight.landed.set()
        return flight.token

    def _read(self, data: Any) -> Token:
        value = data.get("access_token") if isinstance(data, dict) else None
        if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not value.strip():
            # The body may hold a token, so nothing of it is shown.
            reason = "The token endpoint's answer holds no usable access_token"
            raise DecodeException(200, reason, method="POST", path=PATH)
        seconds = _seconds(data.get("expires_in"))
        now = self._configuration.clock.wall()
        return Token(value, now + seconds, now + seconds - min(_SKEW, seconds / 10))


def _seconds(lifetime: Any) -> float:
    try:
        seconds = float(lifetime)
    except (TypeError, ValueError):
        return _USUAL_LIFETIME
    return seconds if 0 <= seconds < math.inf else _USUAL_LIFETIME


class Credentials:
    """Adds what the configuration has to the headers of calls to its own host.

    In this order: ``api_key`` entries; then the first of access token, OAuth client, legacy key pair, and user name
    with password.
    """

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._tokens = TokenSource(configuration)

    def add_to(self, headers: dict[str, str], fetch: Fetch, deadline: float | None) -> str | None:
        """Complete ``headers``.

        :returns: the bearer token, if another one can be had in its place.
        :raises ApiException: no token could be had. :raises ApiValueError: credentials are incomplete.
        """
        settings = self._configuration
        settings.require_secrets()
        for name in settings.api_key:
            self._add(headers, name, settings.get_api_key_with_prefix(name))
        token = renewable = None
        if settings.access_token is not None:
            token = _current(settings.access_token)
            renewable = token if callable(settings.access_token) else None
        elif _pair(settings, "client_id", "client_secret"):
            token = renewable = self._tokens.token(fetch, deadline)
        elif _pair(settings, "api_access_key_id", "api_secret_access_key"):
            self._add(headers, "apiAccessKeyId", settings.api_access_key_id)
            self._add(headers, "apiSecretAccessKey", settings.api_secret_access_key)
        elif settings.username is not None and settings.password is not None:
            self._add(headers, "Authorization", settings.get_basic_auth_token())
        if token is not None:
            self._add(headers, "Authorization", f"Bearer {token}")
        return renewable

    def renew(self, refused: str, fetch: Fetch, deadline: float | None) -> bool:
        """Whether there is another token after ``refused`` got a 401."""
        token = self._configuration.access_token
        if callable(token):
            return _current(token) != refused
        return self._tokens.renewed(refused, fetch, deadline) is not None

    def accepted(self) -> None:
        """A call was not refused."""
        self._tokens.accepted()

    @staticmethod
    def _add(headers: dict[str, str], name: str, value: str | None) -> None:
        if value is not None:
            headers[name] = _checks.header_value(name, value)


def _current(access_token: Any) -> str:
    token = access_token() if callable(access_token) else access_token
    if not isinstance(token, str) or not token.strip():
        raise ApiTypeError(f"Configuration.access_token must give a non-empty str, not {type(token).__name__}")
    return token


def _pair(settings: Configuration, first: str, second: str) -> bool:
    given = [name for name in (first, second) if getattr(settings, name) is not None]
    if len(given) == 1:
        missing = second if given == [first] else first
        raise ApiValueError(f"Configuration.{given[0]} is set, but {missing} is not; set both")
    return bool(given)


def form(settings: Configuration) -> list[tuple[str, str | None]]:
    """The form fields of a token request."""
    return [
        ("client_id", settings.client_id),
        ("client_secret", settings.client_secret),
        ("grant_type", "client_credentials"),
    ]


def is_refusal(error: ApiException) -> bool:
    """Whether a call failed because its token was refused, whatever the HTTP status says."""
    return isinstance(error, UnauthorizedException) or any(reason.category == 11 for reason in error.reasons)


def refusal(error: ApiException, secret: str | None) -> ApiException:
    """A token endpoint's error as the caller should see it; refused credentials are ``Unauthorized``."""
    if isinstance(error, TransportException):
        # The call itself was not sent, whatever became of the token request.
        error.sent = False
        if isinstance(error, RequestTimeoutException):
            error.phase = "token"
        return error
    status, kind = error.status or 0, type(error)
    if 400 <= status < 500 and status not in (408, 429):
        kind = UnauthorizedException
    raised = kind(status, f"The token endpoint refused: {error.reason}", body=_hidden(error.body, secret))
    raised.__dict__.update(
        {name: getattr(error, name) for name in ("method", "path", "headers", "attempts", "retry_after")}
    )
    return raised


def _hidden(body: Any, secret: str | None) -> str | None:
    text = None if body is None else _redact.text(str(body))
    return text.replace(secret, _redact.HIDDEN) if text and secret else text
