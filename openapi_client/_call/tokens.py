"""OAuth tokens by client credentials: fetched once for all threads (single-flight), renewed ahead of expiry."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from contextlib import nullcontext
from threading import Lock
from typing import Any, Union

from openapi_client._base import redact
from openapi_client._base.process import PerProcess
from openapi_client._base.signal import Signal
from openapi_client._call.request import Call
from openapi_client._policy.advice import for_token
from openapi_client._policy.history import Failure, History
from openapi_client._policy.timeouts import Deadline
from openapi_client._policy.token import Token, TokenCache
from openapi_client.configuration import Configuration
from openapi_client.exceptions import DecodeException, RequestTimeoutException, UnauthorizedException

PATH = "/oauth/token"
#: Asks the token endpoint on behalf of a call, and gives the parsed answer or why there is none.
Ask = Callable[[Call, Deadline], Any]
#: Zuora docs, "Create an OAuth token": one hour, told as 3598 or 3599 seconds.
_USUAL_LIFETIME = 3598.0
#: Renewed so many seconds ahead of expiry, or a tenth of the lifetime ahead if that is less.
_AHEAD = 60.0
#: So many tokens may be fetched in so many seconds, whatever the answers say.
_BUDGET, _BUDGET_SECONDS = 5, 50.0
#: Of so many pairs of host and credentials a process keeps the tokens.
_MOST_CREDENTIALS = 100


class MemoryTokenCache(TokenCache):
    """Keeps the latest tokens in the memory of the process. Pickling and copying leave them out."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}

    def get(self, key: str) -> Token | None:
        """The token last put under ``key``, or ``None``."""
        return self._tokens.get(key)

    def put(self, key: str, token: Token) -> None:
        """Keep ``token``."""
        self._tokens[key] = token
        while len(self._tokens) > _MOST_CREDENTIALS:
            self._tokens.pop(next(iter(self._tokens)), None)

    def clear(self) -> None:
        """Forget all tokens."""
        self._tokens.clear()

    def __reduce__(self) -> tuple[Any, ...]:
        return MemoryTokenCache, ()


class _Fetch:
    """One fetch in progress, which any number of threads wait for.

    :ivar outcome: the token, or the failure that all of them share; ``None`` when the thread that made it gave up for
        a reason of its own: its deadline, or Ctrl-C.
    """

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.done = Signal()
        self.outcome: Union[Token, Failure, None] = None


class _State:
    """What all clients of one process with the same host and credentials share.

    :ivar minted: when the latest tokens were fetched.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.fetch: _Fetch | None = None
        self.minted: list[float] = []


class _Shared:
    """What belongs to one process: the states by key, and the tokens of clients without a cache of their own."""

    def __init__(self) -> None:
        self.states: dict[str, _State] = {}
        self.cache = MemoryTokenCache()

    def state(self, key: str) -> _State:
        """The state of a key; the oldest ones are forgotten."""
        state = self.states.setdefault(key, _State())
        while len(self.states) > _MOST_CREDENTIALS:
            self.states.pop(next(iter(self.states)), None)
        return state


_shared = PerProcess(_Shared)


class TokenSource:
    """The tokens of one client.

    - Threads that need a token at the same time share one fetch, and its failure. So do clients with equal host and
      credentials, unless they have a transport of their own. A cache with a ``lock`` extends that to processes.
    - A token about to expire is renewed by one thread while the others go on using it.
    - A refused token is replaced once for each call; when the new one is refused as well, that answer stands.
    - However short tokens live and however often they are refused, a few are fetched at once, and then one in so many
      seconds: the token endpoint allows 100 requests a minute (Zuora docs, "Rate limits").

    """

    def __init__(self, configuration: Configuration, ask: Ask, *, is_shared: bool) -> None:
        self._configuration = configuration
        self._ask = ask
        self._shared = _shared if is_shared else PerProcess(_Shared)
        self._known_key: tuple[Any, str] | None = None
        # What was in the cache is remembered together with the age in which it was read, and an age ends when the cache
        # is known to hold another token: so nobody goes on with an old one who has seen the new one.
        self._age = object()
        self._latest: tuple[object, str, Token] | None = None

    def token(self, call: Call, deadline: Deadline) -> Union[Token, Failure]:
        """A token to use now.

        :param call: the call that needs it.
        :param deadline: of that call.
        """
        latest, age, key, now = self._latest, self._age, self._key, self._configuration.clock.wall()
        if latest is not None and latest[:2] == (age, key) and latest[2].renew_from > now:
            return latest[2]
        known = self._cache.get(key)
        if known is not None:
            if known.renew_from > now:
                self._latest = age, key, known
                return known
            state = self._shared.get().state(key)
            is_being_renewed = known.expires > now and state.fetch is not None
            if is_being_renewed or self._is_spent(state):
                return known
        return self._fetched(known, call, deadline)

    def renewed(self, refused: str, call: Call, deadline: Deadline) -> Union[Token, Failure, None]:
        """Another token after a 401, or ``None`` when too many were fetched."""
        known = self._cache.get(self._key)
        if known is not None and known.value != refused:
            token: Union[Token, Failure] = known
        elif self._is_spent(self._shared.get().state(self._key)):
            return None
        else:
            token = self._fetched(known, call, deadline)
        self._age = object()
        return token

    @property
    def _cache(self) -> TokenCache:
        return self._configuration.token_cache or self._shared.get().cache

    @property
    def _key(self) -> str:
        settings = self._configuration
        parts = (settings.base_url, settings.client_id, settings.client_secret)
        if self._known_key is None or self._known_key[0] != parts:
            self._known_key = parts, hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
        return self._known_key[1]

    def _is_spent(self, state: _State) -> bool:
        """Whether the budget for new tokens is spent for now."""
        now = self._configuration.clock.now()
        state.minted = [moment for moment in state.minted if now - moment < _BUDGET_SECONDS]
        return len(state.minted) >= _BUDGET

    def _fetched(self, stale: Token | None, call: Call, deadline: Deadline) -> Union[Token, Failure]:
        """The outcome of the one fetch in progress, begun here if there is none."""
        state = self._shared.get().state(self._key)
        mine = _Fetch(deadline)
        try:
            while True:
                with state.lock:
                    known = self._fresh(stale)
                    if known is not None:
                        return known
                    fetch = state.fetch
                    if fetch is None or fetch.done.given:
                        state.fetch = mine
                        break
                left = deadline.left()
                if not fetch.done.wait(left):
                    return _late(left)
                if fetch.outcome is not None:
                    return fetch.outcome
            return self._make(state, mine, stale, call)
        finally:
            # Wherever an interrupt strikes, those who wait go on: the first step cannot be divided.
            mine.done.given = True
            mine.done.give()
            if state.fetch is mine:
                state.fetch = None

    def _fresh(self, stale: Token | None) -> Token | None:
        known = self._cache.get(self._key)
        is_fresh = known is not None and known != stale and known.expires > self._configuration.clock.wall()
        return known if is_fresh else None

    def _make(self, state: _State, fetch: _Fetch, stale: Token | None, call: Call) -> Union[Token, Failure]:
        lock = getattr(self._cache, "lock", None)
        with lock(self._key) if lock is not None else nullcontext():
            # Another process may have fetched one while this one waited for the lock.
            known = self._fresh(stale)
            outcome = known or self._read(self._ask(call, fetch.deadline))
            if known is None and isinstance(outcome, Token):
                state.minted = [*state.minted, self._configuration.clock.now()]
                self._cache.put(self._key, outcome)
        is_my_own = isinstance(outcome, Failure) and outcome.phase is not None and fetch.deadline.at is not None
        fetch.outcome = None if is_my_own else outcome
        return outcome

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
    except (TypeError, ValueError, OverflowError):
        return _USUAL_LIFETIME
    return seconds if 0 <= seconds < math.inf else _USUAL_LIFETIME


def failure_of_call(history: History, host: str) -> Failure:
    """What a failed token request means to the call that needed the token: it was not sent.

    :param host: base URL that was asked.
    """
    failure = history.last
    status = failure.status
    error = failure.error
    if status is not None and 400 <= status < 500 and status not in (408, 429):
        error = UnauthorizedException
    answered = (
        f"the token endpoint ({PATH}) answered {status}" if status else f"no answer from the token endpoint ({PATH})"
    )
    return failure._replace(
        reason=f"{answered}: {failure.reason}",
        sent=False,
        attempted=False,
        error=error,
        phase="token" if failure.phase is not None else None,
        advice=for_token(failure, host),
        body=None if failure.body is None else redact.text(str(failure.body)),
    )
