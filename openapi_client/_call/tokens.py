"""OAuth tokens by client credentials: fetched once for all threads (single-flight), renewed ahead of expiry."""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Union

from openapi_client._base import redact
from openapi_client._base.process import PerProcess
from openapi_client._call.request import Call
from openapi_client._policy.history import Failure, History
from openapi_client._policy.timeouts import Deadline
from openapi_client._policy.token import Token, TokenCache
from openapi_client.exceptions import DecodeException, RequestTimeoutException, UnauthorizedException

if TYPE_CHECKING:
    from openapi_client.configuration import Configuration

PATH = "/oauth/token"
#: Asks the token endpoint on behalf of a call, and gives the parsed answer or why there is none.
Ask = Callable[[Call, Deadline], Any]
#: Zuora docs, "Create an OAuth token": one hour, told as 3598 or 3599 seconds.
_USUAL_LIFETIME = 3598.0
#: Renewed so many seconds ahead of expiry, or a tenth of the lifetime ahead if that is less.
_AHEAD = 60.0
#: A renewed token that is refused at once is not renewed again for so many seconds.
_PAUSE = 60.0


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


class _Fetch:
    """One fetch in progress, which any number of threads wait for.

    :ivar outcome: the token, or the failure that all of them share; ``None`` when the thread that made it gave up for
        a reason of its own: its deadline, or Ctrl-C.
    """

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.done = threading.Event()
        self.outcome: Union[Token, Failure, None] = None


class _State:
    """What the threads of one process share.

    :ivar unproven: a token that was fetched because another one was refused, until a call with it succeeds.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.fetch: _Fetch | None = None
        self.unproven: str | None = None
        self.renewed = -math.inf


class TokenSource:
    """The tokens of one client.

    - Threads that need a token at the same time share one fetch, and its failure.
    - A token about to expire is renewed by one thread while the others go on using it.
    - A refused token is replaced once; when the new one is refused as well, that answer stands.

    """

    def __init__(self, configuration: Configuration, ask: Ask) -> None:
        self._configuration = configuration
        self._ask = ask
        self._own_cache = MemoryTokenCache()
        self._state = PerProcess(_State)
        self._was_renewed = False

    def token(self, call: Call, deadline: Deadline) -> Union[Token, Failure]:
        """A token to use now.

        :param call: the call that needs it.
        :param deadline: of that call.
        """
        known = self._cache.get(self._key)
        now = self._configuration.clock.wall()
        if known is not None and (known.renew_from > now or self._is_being_renewed(known, now)):
            return known
        return self._fetched(known, call, deadline)

    def _is_being_renewed(self, known: Token, now: float) -> bool:
        return known.expires > now and self._state.get().fetch is not None

    def renewed(self, refused: str, call: Call, deadline: Deadline) -> Union[Token, Failure, None]:
        """Another token after a 401, or ``None`` when a new one was refused just now."""
        known = self._cache.get(self._key)
        if known is not None and known.value != refused:
            return known
        state = self._state.get()
        if state.unproven == refused and self._configuration.clock.now() - state.renewed < _PAUSE:
            return None
        token = self._fetched(known, call, deadline)
        if isinstance(token, Token):
            self._was_renewed = True
            state.unproven, state.renewed = token.value, self._configuration.clock.now()
        return token

    def accepted(self) -> None:
        """A call with a token was not refused."""
        if self._was_renewed:
            self._was_renewed = False
            self._state.get().unproven = None

    @property
    def _cache(self) -> TokenCache:
        return self._configuration.token_cache or self._own_cache

    @property
    def _key(self) -> str:
        settings = self._configuration
        parts = (settings.base_url, settings.client_id, settings.client_secret)
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()

    def _fetched(self, stale: Token | None, call: Call, deadline: Deadline) -> Union[Token, Failure]:
        """The outcome of the one fetch in progress, begun here if there is none."""
        state = self._state.get()
        while True:
            with state.lock:
                known = self._cache.get(self._key)
                if known is not None and known != stale and known.expires > self._configuration.clock.wall():
                    return known
                fetch = state.fetch
                if fetch is None:
                    state.fetch = mine = _Fetch(deadline)
                    break
            left = deadline.left()
            if not fetch.done.wait(None if left is None else max(0.0, left)):
                return _late(left)
            if fetch.outcome is not None:
                return fetch.outcome
        return self._make(state, mine, call)

    def _make(self, state: _State, fetch: _Fetch, call: Call) -> Union[Token, Failure]:
        try:
            outcome = self._read(self._ask(call, fetch.deadline))
            if isinstance(outcome, Token):
                self._cache.put(self._key, outcome)
            is_my_own = isinstance(outcome, Failure) and outcome.phase is not None and fetch.deadline.at is not None
            fetch.outcome = None if is_my_own else outcome
            return outcome
        finally:
            with state.lock:
                state.fetch = None
            fetch.done.set()

    def _read(self, data: Any) -> Union[Token, Failure]:
        if isinstance(data, Failure):
            return data
        value = data.get("access_token") if isinstance(data, dict) else None
        if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not value.strip():
            # The body may hold a token, so nothing of it is shown.
            reason = f"the token endpoint's answer ({PATH}) holds no usable access_token"
            return Failure(reason, sent=False, attempted=False, error=DecodeException, status=200)
        seconds = _seconds(data.get("expires_in"))
        now = self._configuration.clock.wall()
        return Token(value, now + seconds, now + seconds - min(_AHEAD, seconds / 10))


def _late(left: float | None) -> Failure:
    reason = f"no token within the {max(0.0, left or 0.0):.3g} seconds left for it"
    return Failure(reason, sent=False, attempted=False, error=RequestTimeoutException, phase="token")


def _seconds(lifetime: Any) -> float:
    try:
        seconds = float(lifetime)
    except (TypeError, ValueError):
        return _USUAL_LIFETIME
    return seconds if 0 <= seconds < math.inf else _USUAL_LIFETIME


def failure_of_call(history: History, secret: str | None) -> Failure:
    """What a failed token request means to the call that needed the token: it was not sent."""
    failure = history.last
    status = failure.status
    error = failure.error
    if status is not None and 400 <= status < 500 and status not in (408, 429):
        error = UnauthorizedException
    answered = (
        f"the token endpoint ({PATH}) answered {status}" if status else f"no answer from the token endpoint ({PATH})"
    )
    body = None if failure.body is None else redact.text(str(failure.body))
    return failure._replace(
        reason=f"{answered}: {failure.reason}",
        sent=False,
        attempted=False,
        error=error,
        phase="token" if failure.phase is not None else None,
        body=body.replace(secret, redact.HIDDEN) if body and secret else body,
        reasons=tuple(
            reason._replace(message=reason.message.replace(secret, redact.HIDDEN)) if secret else reason
            for reason in failure.reasons
        ),
    )
