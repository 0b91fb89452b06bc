"""Tokens on the in-memory transport: who fetches, who waits, who shares an outcome, and what is kept where."""

from __future__ import annotations

import copy
import pickle
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock
from typing import Any

import pytest
from support.clock import FrozenClock
from support.faults import NUMBER, RUN, get
from support.memory import Issuer, api_with_oauth, reply

import openapi_client as oc
from openapi_client._call.tokens import MemoryTokenCache, TokenSource
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Deadline

LATE = Failure("too late", error=oc.RequestTimeoutException, phase="read")


class Server:
    """Answers a run to any token, and keeps the tokens that calls came with."""

    def __init__(self, **options: Any) -> None:
        self.used: list[str] = []
        self.issuer = Issuer(self._run, **options)

    def _run(self, request: Any) -> Any:
        self.used.append(request.headers["Authorization"].removeprefix("Bearer "))
        return reply(200, RUN)

    def api(self, **settings: Any) -> oc.JournalRunsApi:
        return api_with_oauth(self.issuer, **settings)


class CountingCache:
    """A cache that says when it has been looked into so many times."""

    def __init__(self) -> None:
        self.kept: dict[str, oc.Token] = {}
        self.looks = 0
        self._lock = Lock()
        self._waited_for: list[tuple[int, Event]] = []

    def after(self, looks: int) -> Event:
        """An event that is set at that look."""
        event = Event()
        self._waited_for.append((looks, event))
        return event

    def get(self, key: str) -> oc.Token | None:
        with self._lock:
            self.looks += 1
            for looks, event in self._waited_for:
                if self.looks >= looks:
                    event.set()
        return self.kept.get(key)

    def put(self, key: str, token: oc.Token) -> None:
        self.kept[key] = token


class Gate:
    """A step of the token endpoint that answers when it is told to."""

    def __init__(self, answer: Any) -> None:
        self.entered, self.leave = Event(), Event()
        self._answer = answer

    def __call__(self, request: Any) -> Any:
        self.entered.set()
        assert self.leave.wait(10)
        return self._answer


@pytest.mark.parametrize(
    ("name", "value"),
    [("client_secret", "rotated"), ("client_id", "another"), ("host", "https://rest.test.zuora.com")],
)
def test_other_credentials_find_no_old_token(name: str, value: str) -> None:
    """A rotated secret, another id or host does not find the token of the old one, shared cache or not."""
    server = Server()
    api = server.api()
    get(api)
    setattr(api.api_client.configuration, name, value)
    get(api)
    get(api)
    assert server.used == ["token-1", "token-2", "token-2"]
    cache = CountingCache()
    get(server.api(token_cache=cache))
    get(server.api(token_cache=cache, **{name: value}))
    get(server.api(token_cache=cache))
    assert server.used[3:] == ["token-3", "token-4", "token-3"]


def test_a_token_is_used_while_it_is_renewed() -> None:
    """While one thread renews a token that is still good, the others go on with it."""
    clock, server, gate = FrozenClock(), Server(), Gate(reply(200, {"access_token": "renewed", "expires_in": 3600}))
    api = server.api(clock=clock)
    get(api)
    clock.sleep(3600 - 30)
    server.issuer.steps = [gate]
    with ThreadPoolExecutor(2) as pool:
        renewing = pool.submit(get, api)
        try:
            assert gate.entered.wait(10)
            assert pool.submit(get, api).result(5) == NUMBER
            assert server.used == ["token-1", "token-1"]
        finally:
            gate.leave.set()
        assert renewing.result(10) == NUMBER
    assert server.used[2:] == ["renewed"]
    assert len(server.issuer.forms) == 2


@pytest.mark.parametrize("beyond", [0.0, 1.0])
def test_an_expired_token_is_not_used(beyond: float) -> None:
    """Once the old token has ended, all wait for the new one."""
    cache, clock = CountingCache(), FrozenClock()
    server, gate = Server(), Gate(reply(200, {"access_token": "renewed", "expires_in": 3600}))
    api = server.api(clock=clock, token_cache=cache)
    get(api)
    clock.sleep(3600 + beyond)
    server.issuer.steps = [gate]
    both_looked = cache.after(cache.looks + 4)
    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(get, api) for _ in range(2)]
        assert gate.entered.wait(10)
        assert both_looked.wait(10)
        gate.leave.set()
        assert [call.result(10) for call in calls] == [NUMBER] * 2
    assert server.used[1:] == ["renewed"] * 2
    assert len(server.issuer.forms) == 2


def two_calls(first: Any, second: Any, cache: CountingCache, gate: Gate) -> tuple[Future[Any], Future[Any]]:
    """Two calls; the first one fetches a token, and the fetch ends once the second one waits for it."""
    with ThreadPoolExecutor(2) as pool:
        fetching = pool.submit(first)
        assert gate.entered.wait(10)
        # Each looks before and inside the lock, where the second one finds the fetch of the first.
        both_looked = cache.after(4)
        waiting = pool.submit(second)
        assert both_looked.wait(10)
        gate.leave.set()
    return fetching, waiting


def test_a_fetch_that_ended_by_anothers_deadline_is_begun_again() -> None:
    """The deadline of the thread that fetches is its own: those who wait fetch for themselves then."""
    cache, server, gate = CountingCache(), Server(), Gate(LATE)
    server.issuer.steps = [gate]
    api = server.api(token_cache=cache, retries=0)
    fetching, waiting = two_calls(
        lambda: api.get_journal_run(NUMBER, _request_timeout=30), lambda: get(api), cache, gate
    )
    with pytest.raises(oc.RequestTimeoutException) as caught:
        fetching.result(10)
    assert (caught.value.phase, caught.value.sent, caught.value.attempts) == ("token", False, 0)
    assert waiting.result(10) == NUMBER
    assert server.used == ["token-2"]


@pytest.mark.parametrize(
    ("failure", "limit"), [(LATE, None), (Failure("reset"), 30), (reply(401), 30), (reply(200, {"token": ""}), None)]
)
def test_other_failures_are_shared(failure: Any, limit: float | None) -> None:
    """A time limit that all share, and what the endpoint says, is the outcome for all who wait."""
    cache, server, gate = CountingCache(), Server(), Gate(failure)
    server.issuer.steps = [gate]
    api = server.api(token_cache=cache, retries=0)
    calls = two_calls(lambda: api.get_journal_run(NUMBER, _request_timeout=limit), lambda: get(api), cache, gate)
    errors = [call.exception(10) for call in calls]
    assert all(isinstance(error, oc.ApiException) for error in errors)
    assert errors[0] is not errors[1]
    assert str(errors[0]) == str(errors[1])
    assert len(server.issuer.forms) == 1


def test_a_fetch_that_was_interrupted_is_begun_again() -> None:
    """Ctrl-C in the thread that fetches is no outcome for the others."""

    class Interrupting(Gate):
        def __call__(self, request: Any) -> Any:
            super().__call__(request)
            raise KeyboardInterrupt

    cache, server, gate = CountingCache(), Server(), Interrupting(None)
    server.issuer.steps = [gate]
    api = server.api(token_cache=cache, retries=0)
    fetching, waiting = two_calls(lambda: get(api), lambda: get(api), cache, gate)
    assert isinstance(fetching.exception(10), KeyboardInterrupt)
    assert waiting.result(10) == NUMBER


def test_who_waits_has_a_deadline() -> None:
    """A thread that waits for another's fetch gives up when its own total has passed."""
    server, gate = Server(), Gate(reply(200, {"access_token": "t"}))
    server.issuer.steps = [gate]
    api = server.api(retries=0)
    with ThreadPoolExecutor(1) as pool:
        fetching = pool.submit(get, api)
        try:
            assert gate.entered.wait(10)
            with pytest.raises(oc.RequestTimeoutException, match=r"no token within the 0.01 seconds left") as caught:
                api.get_journal_run(NUMBER, _request_timeout=0.01)
        finally:
            gate.leave.set()
        assert fetching.result(10) == NUMBER
    assert (caught.value.phase, caught.value.sent, caught.value.attempts) == ("token", False, 0)


@pytest.mark.parametrize(
    ("lifetime", "good_for", "ended_at"),
    [
        (3600, 3539, 3540),
        (600, 539, 540),
        (100, 89, 90),
        (0, None, 0),
        ("soon", 3537, 3538),
        (-1, 3537, 3538),
        ("inf", 3537, 3538),
    ],
)
def test_renewal_begins_ahead_of_expiry(lifetime: Any, good_for: float | None, ended_at: float) -> None:
    """A token is renewed a minute, or a tenth of its lifetime, before its end."""
    clock, server = FrozenClock(), Server(lifetime=lifetime)
    api = server.api(clock=clock)
    get(api)
    if good_for is not None:
        clock.sleep(good_for)
        get(api)
        assert server.used == ["token-1"] * 2
        clock.sleep(ended_at - good_for)
    get(api)
    assert server.used[-1] == "token-2"


@pytest.mark.parametrize(
    ("step", "body", "told"),
    [
        (reply(401, {"password": "hush"}), '{"password": "<redacted>"}', "client_secret; https://rest.zuora.com"),
        (
            reply(401, {"error": "no"}),
            '{"error": "no"}',
            "client_secret; https://rest.zuora.com was asked",
        ),
        (Failure("nobody listens", sent=False, advice="look elsewhere"), None, "look elsewhere"),
    ],
)
def test_a_failed_fetch(step: Any, body: str | None, told: str) -> None:
    """The caller hears what the endpoint said, and what helps."""
    server = Server()
    server.issuer.steps = [step]
    with pytest.raises(oc.ApiException) as caught:
        get(server.api(retries=0))
    assert caught.value.body == body
    assert told in str(caught.value)


@pytest.mark.parametrize("value", ["", " ", "a b\n", "t\u00f6ken", 5, None, ["t"]])
def test_tokens_that_cannot_be_sent(value: Any) -> None:
    """What a header cannot carry is no token, and nothing of it is shown."""
    server = Server()
    server.issuer.steps = [reply(200, {"access_token": value, "hint": "S3CRET"})]
    with pytest.raises(oc.DecodeException, match="no usable access_token") as caught:
        get(server.api())
    assert (caught.value.sent, caught.value.attempts, caught.value.status, caught.value.body) == (False, 0, 200, None)
    assert "S3CRET" not in str(caught.value)


@pytest.mark.parametrize("answer", [[], "t", None, 5])
def test_answers_that_are_no_object(answer: Any) -> None:
    """An answer without fields holds no token."""
    server = Server()
    server.issuer.steps = [reply(200, answer)]
    with pytest.raises(oc.DecodeException, match="no usable access_token"):
        get(server.api())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply(400), oc.UnauthorizedException),
        (reply(404), oc.UnauthorizedException),
        (reply(499), oc.UnauthorizedException),
        (reply(408), oc.ApiException),
        (reply(429), oc.RateLimitException),
        (reply(399), oc.ApiException),
        (reply(500), oc.ServiceException),
        (Failure("reset"), oc.TransportException),
    ],
)
def test_what_a_refused_token_request_means(answer: Any, kind: type[Exception]) -> None:
    """A refusal by the endpoint means wrong credentials; a failure that may pass stays what it is."""
    server = Server()
    server.issuer.steps = [answer]
    with pytest.raises(oc.ApiException) as caught:
        get(server.api(retries=0))
    assert type(caught.value) is kind
    told = f"(/oauth/token) answered {answer.status}" if answer.status else "endpoint (/oauth/token): reset"
    assert told in str(caught.value)


def test_secret_in_a_refusal() -> None:
    """A secret that the endpoint repeats is hidden in body and reasons."""
    server = Server()
    body = {"reasons": [{"code": "50000011", "message": "bad the-secret"}], "success": False, "note": "the-secret"}
    server.issuer.steps = [reply(401, body)]
    with pytest.raises(oc.UnauthorizedException, match="50000011") as caught:
        get(server.api())
    assert "the-secret" not in f"{caught.value}{caught.value.body}{caught.value.reasons}"
    assert "bad " in str(caught.value.reasons)
    assert '"note"' in str(caught.value.body)


def test_many_refusals_cause_few_fetches() -> None:
    """Five tokens are fetched, then one whenever the first of the last five is fifty seconds old."""
    clock = FrozenClock()
    issuer = Issuer(lambda request: reply(401))
    api = api_with_oauth(issuer, clock=clock)

    def refused() -> int:
        with pytest.raises(oc.UnauthorizedException):
            get(api)
        return len(issuer.forms)

    assert [refused() for _ in range(6)] == [2, 3, 4, 5, 5, 5]
    clock.sleep(49.0)
    assert refused() == 5
    clock.sleep(1.0)
    assert [refused() for _ in range(6)] == [6, 7, 8, 9, 10, 10]


def test_a_token_that_ends_before_its_first_use() -> None:
    """A renewed token that is refused at once is that call's last; the next call gets another, and not the 401 too."""
    used: list[str] = []

    def run(request: Any) -> Any:
        used.append(request.headers["Authorization"].removeprefix("Bearer "))
        return reply(200, RUN) if used[-1] == "token-3" else reply(401)

    api = api_with_oauth(Issuer(run))
    with pytest.raises(oc.UnauthorizedException):
        get(api)
    assert get(api) == NUMBER
    assert used == ["token-1", "token-2", "token-2", "token-3"]


def test_a_token_that_another_call_renewed_is_taken() -> None:
    """Who was refused with an old token takes the one that another call has fetched meanwhile."""
    server = Server()
    cache = CountingCache()
    api = server.api(token_cache=cache)
    get(api)
    (key,) = cache.kept

    def refused(request: Any) -> Any:
        cache.put(key, oc.Token("from elsewhere", 2e9, 2e9))
        server.issuer._rest = server._run
        return reply(401)

    server.issuer._rest = refused
    assert get(api) == NUMBER
    assert server.used == ["token-1", "from elsewhere"]
    assert len(server.issuer.forms) == 1


def test_memory_cache() -> None:
    """The cache of a client keeps tokens by key, and copies of it are empty."""
    cache, token = MemoryTokenCache(), oc.Token("t", 2.0, 1.0)
    cache.put("key", token)
    assert (cache.get("key"), cache.get("other")) == (token, None)
    for other in (copy.copy(cache), pickle.loads(pickle.dumps(cache))):
        assert isinstance(other, MemoryTokenCache)
        assert other.get("key") is None


def test_memory_cache_is_bounded() -> None:
    """Of a hundred keys the tokens are kept, the latest ones."""
    cache, token = MemoryTokenCache(), oc.Token("t", 2.0, 1.0)
    for index in range(100):
        cache.put(f"key-{index}", token)
    assert cache.get("key-0") is token
    cache.put("key-100", token)
    cache.put("key-101", token)
    assert [cache.get(f"key-{index}") for index in (0, 1, 2, 101)] == [None, None, token, token]


class Source:
    """A source of tokens, and the endpoint that it asks."""

    def __init__(self, *, is_shared: bool = False, lifetime: Any = 3600, **settings: Any) -> None:
        self.clock = settings.pop("clock", None) or FrozenClock()
        self.lifetime = lifetime
        self.asked = 0
        given = {"client_id": "the-id", "client_secret": "the-secret", "clock": self.clock, **settings}
        self.tokens = TokenSource(oc.Configuration(**given), self._ask, is_shared=is_shared)

    def _ask(self, call: Any, deadline: Deadline) -> Any:
        self.asked += 1
        return {"access_token": f"token-{self.asked}", "expires_in": self.lifetime}

    def token(self) -> str:
        """The value of a token to use now."""
        found = self.tokens.token(None, Deadline(self.clock))  # type: ignore[arg-type]  # it is only passed on
        assert isinstance(found, oc.Token)
        return found.value

    def renewed(self, refused: str) -> str | None:
        """The value of another token."""
        found = self.tokens.renewed(refused, None, Deadline(self.clock))  # type: ignore[arg-type]  # as above
        return None if found is None else found.value


def test_sources_that_share() -> None:
    """Sources of one process with equal host and credentials share a token; others do not."""
    name = str(uuid.uuid4())
    first, second = (Source(is_shared=True, client_id=name) for _ in range(2))
    other, own = Source(is_shared=True, client_id=name, client_secret="another"), Source(client_id=name)
    assert [source.token() for source in (first, second, other, own)] == ["token-1"] * 4
    assert [source.asked for source in (first, second, other, own)] == [1, 0, 1, 1]


def test_a_budget_for_tokens() -> None:
    """Five tokens are fetched at once, then one each ten seconds or so: what is there is used meanwhile."""
    source = Source(lifetime=0)
    assert [source.token() for _ in range(7)] == [
        "token-1",
        "token-2",
        "token-3",
        "token-4",
        "token-5",
        "token-5",
        "token-5",
    ]
    assert source.renewed("token-5") is None
    source.clock.sleep(49.9)
    assert source.token() == "token-5"
    source.clock.sleep(0.1)
    assert [source.token() for _ in range(6)] == [f"token-{number}" for number in (6, 7, 8, 9, 10, 10)]


def test_the_budget_slides() -> None:
    """Each fetch counts for fifty seconds of its own."""
    source = Source(lifetime=0)
    for _ in range(5):
        source.token()
        source.clock.sleep(9.0)
    assert source.token() == "token-5"
    source.clock.sleep(5.0)
    assert [source.token(), source.token()] == ["token-6", "token-6"]


def test_budgets_of_credentials() -> None:
    """A rotated secret has a budget of its own, and the old one is not forgotten."""
    source = Source(lifetime=0)
    settings = source.tokens._configuration
    for _ in range(5):
        source.token()
    settings.client_secret = "rotated"
    assert source.token() == "token-6"
    settings.client_secret = "the-secret"
    assert source.token() == "token-5"


def test_states_are_bounded() -> None:
    """Of a hundred pairs of host and credentials it is known what was fetched."""
    source = Source(lifetime=0)
    settings = source.tokens._configuration
    for _ in range(5):
        source.token()
    for index in range(99):
        settings.client_secret = f"secret-{index}"
        source.token()
    settings.client_secret = "the-secret"
    assert source.token() == "token-5"
    settings.client_secret = "one more"
    source.token()
    assert len(source.tokens._shared.get().states) == 100


def test_a_known_token_is_not_looked_up() -> None:
    """While a token is good, the cache is asked once."""
    cache = CountingCache()
    source = Source(token_cache=cache)
    source.token()
    looks = cache.looks
    assert [source.token() for _ in range(3)] == ["token-1"] * 3
    assert cache.looks == looks + 1
    source.clock.sleep(3600)
    assert source.token() == "token-2"


def test_a_renewed_token_is_used_from_then_on() -> None:
    """After a renewal the old token is not used again, whoever renewed it."""
    cache = CountingCache()
    source = Source(token_cache=cache)
    assert [source.token(), source.token()] == ["token-1"] * 2
    assert source.renewed("token-1") == "token-2"
    assert [source.token(), source.token()] == ["token-2"] * 2
    (key,) = cache.kept
    cache.put(key, oc.Token("from elsewhere", 2e9, 2e9))
    assert source.token() == "token-2"
    assert source.renewed("token-2") == "from elsewhere"
    assert source.token() == "from elsewhere"
    assert source.renewed("from elsewhere") == "token-3"
    assert [source.token(), source.token()] == ["token-3"] * 2


class LockingCache(CountingCache):
    """A cache with a lock, as processes share one; another process fetches a token while this one waits for it."""

    def __init__(self, found: oc.Token | None) -> None:
        super().__init__()
        self.locked: list[str] = []
        self._found = found

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        if self._found is not None:
            self.put(key, self._found)
        self.locked.append(key)
        yield
        self.locked.append("released")


def test_a_lock_of_the_cache() -> None:
    """A cache with a lock holds it, by key, around a fetch."""
    cache = LockingCache(None)
    assert Source(token_cache=cache).token() == "token-1"
    assert cache.locked == [*cache.kept, "released"]


@pytest.mark.parametrize(
    ("found", "asked"),
    [
        (oc.Token("from elsewhere", 2e9, 2e9), 0),
        (oc.Token("ended", 1_700_000_000.0, 1_700_000_000.0), 1),
        (oc.Token("is about to", 1_700_000_001.0, 1_700_000_000.0), 0),
    ],
)
def test_a_token_that_was_fetched_meanwhile(found: oc.Token, asked: int) -> None:
    """What another process fetched while this one waited for the lock is taken, if it is still good."""
    source = Source(token_cache=LockingCache(found))
    assert source.token() == ("token-1" if asked else found.value)
    assert source.asked == asked


def test_the_refused_token_is_not_taken_again() -> None:
    """The token that was refused is no fresh one, although it is still in the cache under the lock."""
    cache = LockingCache(None)
    source = Source(token_cache=cache)
    source.token()
    assert source.renewed("token-1") == "token-2"
    assert source.asked == 2


def test_keys_of_the_cache() -> None:
    """A key is a digest of host, id and secret, each apart."""
    cache = CountingCache()
    for first, second in (("a", "b"), ("a", "c"), ("ab", "")):
        Source(token_cache=cache, client_id=first, client_secret=second).token()
    assert len(cache.kept) == 3
    assert all(len(key) == 64 and int(key, 16) for key in cache.kept)
