"""Credentials over real HTTP: one fetch for all, renewed in time, replayed once, shown to nobody."""

from __future__ import annotations

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import pytest
from support.clients import client_for
from support.clock import QuickClock
from support.faults import NEW, NUMBER, RUN, create_without_key, get
from support.wire import Request, WireServer, answer, reset, stall

import openapi_client as oc

ID, SECRET = "the-client-id", "S3CRET+/="


class Zuora:
    """A token endpoint and a run.

    :ivar valid: the tokens that are accepted; ``None`` accepts every issued one.
    """

    def __init__(self, lifetime: Any = 3598) -> None:
        self.lifetime = lifetime
        self.issued: list[str] = []
        self.refused: set[str] = set()
        self.token_steps: list[Any] = []
        self.delay = threading.Event()
        self.delay.set()
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> bool:
        if request.target == "/oauth/token":
            return self._token(request)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        is_good = scheme == "Bearer" and token in self.issued and token not in self.refused
        return (answer(200, {**RUN, **NEW}) if is_good else answer(401, {"message": "Authentication error"}))(request)

    def _token(self, request: Request) -> bool:
        assert self.delay.wait(10)
        with self._lock:
            if self.token_steps:
                return bool(self.token_steps.pop(0)(request))
            self.issued.append(f"token-{len(self.issued)}-{SECRET}")
            body = {"access_token": self.issued[-1], "token_type": "bearer", "expires_in": self.lifetime}
        return answer(200, body)(request)


def signed_in(server: WireServer, **settings: Any) -> oc.ApiClient:
    """A client with OAuth credentials, unless ``settings`` say otherwise."""
    return client_for(server, **{"client_id": ID, "client_secret": SECRET, **settings})


def tokens(server: WireServer) -> list[Request]:
    return [request for request in server.requests if request.target == "/oauth/token"]


def test_token_request() -> None:
    """The token call is a form without an ``Authorization`` header; the token is then used by all calls."""
    zuora = Zuora()
    with WireServer([zuora]) as server, signed_in(server) as client:
        for _ in range(3):
            assert get(oc.JournalRunsApi(client)) == NUMBER
    (request,) = tokens(server)
    assert request.method == "POST"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in request.headers
    assert "idempotency-key" not in request.headers
    assert parse_qs(request.body.decode()) == {
        "client_id": [ID],
        "client_secret": [SECRET],
        "grant_type": ["client_credentials"],
    }


def test_one_fetch_for_all_threads() -> None:
    """Thirty-two threads that need a token at once share one fetch."""
    zuora = Zuora()
    zuora.delay.clear()
    with WireServer([zuora]) as server, signed_in(server) as client, ThreadPoolExecutor(32) as pool:
        api = oc.JournalRunsApi(client)
        calls = [pool.submit(get, api) for _ in range(32)]
        zuora.delay.set()
        assert [call.result(20) for call in calls] == [NUMBER] * 32
        assert len(tokens(server)) == 1


def test_shared_failure() -> None:
    """Threads that wait for the same fetch share its failure, each with an exception of its own."""
    zuora = Zuora()
    zuora.token_steps = [answer(401, {"message": "Bad client credentials"})] * 100
    zuora.delay.clear()
    with WireServer([zuora]) as server, signed_in(server) as client, ThreadPoolExecutor(8) as pool:
        barrier = threading.Barrier(8)

        def call() -> BaseException:
            barrier.wait(10)
            with pytest.raises(oc.UnauthorizedException) as caught:
                get(oc.JournalRunsApi(client))
            return caught.value

        calls = [pool.submit(call) for _ in range(8)]
        while not server.requests:
            threading.Event().wait(0.01)
        threading.Event().wait(0.2)
        zuora.delay.set()
        errors = [call.result(20) for call in calls]
        assert len(tokens(server)) == 1
    assert len({id(error) for error in errors}) == 8


def test_renewed_ahead_of_expiry() -> None:
    """A token is renewed a minute before it ends."""
    clock = QuickClock()
    with WireServer([Zuora()]) as server, signed_in(server, clock=clock) as client:
        api = oc.JournalRunsApi(client)
        get(api)
        clock.sleep(3598 - 70)
        get(api)
        assert len(tokens(server)) == 1
        clock.sleep(15)
        get(api)
        assert len(tokens(server)) == 2


@pytest.mark.parametrize("lifetime", ["3598", 1800.5, None, "soon", -5, "1e999"])
def test_odd_lifetimes(lifetime: Any) -> None:
    """A lifetime as text counts; nonsense means the documented hour."""
    with WireServer([Zuora(lifetime)]) as server, signed_in(server) as client:
        get(oc.JournalRunsApi(client))
        get(oc.JournalRunsApi(client))
        assert len(tokens(server)) == 1


def test_short_lifetime_is_used() -> None:
    """A token for a minute serves most of that minute."""
    clock = QuickClock()
    with WireServer([Zuora(60)]) as server, signed_in(server, clock=clock) as client:
        get(oc.JournalRunsApi(client))
        clock.sleep(50)
        get(oc.JournalRunsApi(client))
        assert len(tokens(server)) == 1


def test_revoked_token_is_replaced() -> None:
    """A 401 fetches one new token and replays the call, with retries off and for a create without key too."""
    zuora = Zuora()
    with WireServer([zuora]) as server, signed_in(server, retries=0) as client:
        api = oc.JournalRunsApi(client)
        get(api)
        zuora.refused.update(zuora.issued)
        assert get(api) == NUMBER
        zuora.refused.update(zuora.issued)
        create_without_key(api)
        assert len(tokens(server)) == 3


def test_storm_of_refusals() -> None:
    """Thirty-two threads with a revoked token cause one fetch."""
    zuora = Zuora()
    with WireServer([zuora]) as server, signed_in(server) as client, ThreadPoolExecutor(32) as pool:
        api = oc.JournalRunsApi(client)
        get(api)
        zuora.refused.update(zuora.issued)
        assert list(pool.map(lambda _: get(api), range(32), timeout=30)) == [NUMBER] * 32
        assert len(tokens(server)) == 2


def test_tokens_that_are_never_accepted() -> None:
    """Where every token is refused, calls do not mint one each."""
    zuora = Zuora()
    with WireServer([zuora]) as server, signed_in(server) as client:
        api = oc.JournalRunsApi(client)
        zuora.refused.update(f"token-{index}-{SECRET}" for index in range(100))
        for _ in range(20):
            with pytest.raises(oc.UnauthorizedException):
                get(api)
        assert len(tokens(server)) == 5


def test_refused_under_http_200() -> None:
    """Tenants with an old version say 'not signed in' with HTTP 200; the token is replaced all the same."""
    body = {"success": False, "reasons": [{"code": 90000011, "message": "this resource is protected"}]}
    zuora = Zuora()

    def old(request: Request) -> bool:
        if request.target != "/oauth/token" and len(server.requests) == 2:
            return answer(200, body)(request)
        return zuora(request)

    with WireServer([old]) as server, signed_in(server) as client:
        assert get(oc.JournalRunsApi(client)) == NUMBER
        assert len(tokens(server)) == 2


@pytest.mark.parametrize(
    ("step", "kind", "attempts"),
    [
        (answer(400, {"status": 400, "message": "Invalid client id"}), oc.UnauthorizedException, 1),
        (answer(401, {"message": f"Bad client credentials {SECRET}"}), oc.UnauthorizedException, 1),
        (answer(403, {"message": "User is deactivated"}), oc.UnauthorizedException, 1),
        (answer(429, {"message": "API rate limit exceeded"}), oc.RateLimitException, 4),
        (answer(500, {"message": "internal"}), oc.ServiceException, 4),
        (answer(503, b"<html>"), oc.ServiceException, 4),
        (answer(200, {"token": SECRET}), oc.DecodeException, 1),
        (answer(200, f"not json {SECRET}".encode()), oc.DecodeException, 1),
        (answer(200, {"access_token": f"a\r\nb{SECRET}"}), oc.DecodeException, 1),
        (answer(302, b"", {"Location": "/elsewhere"}), oc.ApiException, 1),
        (reset, oc.TransportException, 4),
    ],
)
def test_token_endpoint_failures(
    step: Any, kind: type[Exception], attempts: int, caplog: pytest.LogCaptureFixture
) -> None:
    """What the token endpoint said is told, without the secret; the call itself was not sent."""
    caplog.set_level("DEBUG", "openapi_client")
    zuora = Zuora()
    zuora.token_steps = [step] * 100
    with WireServer([zuora]) as server, signed_in(server) as client, pytest.raises(oc.ApiException) as caught:
        create_without_key(oc.JournalRunsApi(client))
    assert type(caught.value) is kind
    assert len(tokens(server)) == len(server.requests) == attempts
    assert (caught.value.method, caught.value.path) == ("POST", "/v1/journal-runs")
    assert "/oauth/token" in str(caught.value)
    assert (caught.value.attempts, caught.value.idempotency_key) == (0, None)
    assert not caught.value.outcome_unknown
    seen = f"{caught.value}{caught.value!r}{pickle.dumps(caught.value)!r}{caplog.text}"
    assert SECRET not in seen


def test_token_endpoint_recovers() -> None:
    """A token fetch that fails for a moment is repeated."""
    zuora = Zuora()
    zuora.token_steps = [answer(503), reset]
    with WireServer([zuora]) as server, signed_in(server) as client:
        assert get(oc.JournalRunsApi(client)) == NUMBER
        assert len(tokens(server)) == 3


def test_stalling_token_endpoint() -> None:
    """The total of a call covers its token fetch, and the exception says so."""
    zuora = Zuora()
    zuora.token_steps = [stall]
    with WireServer([zuora]) as server, signed_in(server) as client:
        with pytest.raises(oc.RequestTimeoutException) as caught:
            oc.JournalRunsApi(client).get_journal_run(NUMBER, _request_timeout=0.3)
        assert caught.value.phase == "token"
        assert not caught.value.sent
        assert get(oc.JournalRunsApi(client)) == NUMBER


def test_waiting_thread_has_its_own_deadline() -> None:
    """A thread that waits for another's fetch gives up at its own deadline."""
    zuora = Zuora()
    zuora.delay.clear()
    with WireServer([zuora]) as server, signed_in(server) as client, ThreadPoolExecutor(1) as pool:
        api = oc.JournalRunsApi(client)
        first = pool.submit(get, api)
        while not server.requests:
            threading.Event().wait(0.01)
        with pytest.raises(oc.RequestTimeoutException, match="token"):
            api.get_journal_run(NUMBER, _request_timeout=0.2)
        zuora.delay.set()
        assert first.result(10) == NUMBER


def test_callable_token() -> None:
    """A function gives the token of each attempt, and a fresh one after a 401."""
    zuora = Zuora()
    zuora.issued = ["good"]
    given = iter(["old", "good", "good"])
    with WireServer([zuora]) as server:
        settings = {"client_id": None, "client_secret": None, "access_token": lambda: next(given)}
        with signed_in(server, **settings) as client:
            assert get(oc.JournalRunsApi(client)) == NUMBER
    assert [request.headers["authorization"] for request in server.requests] == ["Bearer old", "Bearer good"]


@pytest.mark.parametrize("value", [None, "", 5, "  "])
def test_callable_token_of_nonsense(value: Any) -> None:
    """A function that gives no text is an error of ours."""
    configuration = oc.Configuration(host="http://127.0.0.1:1", access_token=lambda: value)
    with oc.ApiClient(configuration) as client, pytest.raises(oc.ApiTypeError, match="access_token"):
        get(oc.JournalRunsApi(client))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"access_token": "abc"}, {"authorization": "Bearer abc"}),
        (
            {"api_access_key_id": "user", "api_secret_access_key": "word"},
            {"apiaccesskeyid": "user", "apisecretaccesskey": "word"},
        ),
        ({"username": "user", "password": "word"}, {"authorization": "Basic dXNlcjp3b3Jk"}),
        ({"api_key": {"X-Key": "k"}, "api_key_prefix": {"X-Key": "Key"}}, {"x-key": "Key k"}),
    ],
)
def test_other_ways(settings: dict[str, Any], expected: dict[str, str]) -> None:
    """Each way of authentication, the old ones included."""
    with WireServer([answer(200, RUN)]) as server:
        with oc.ApiClient(oc.Configuration(host=server.url, **settings)) as client:
            get(oc.JournalRunsApi(client))
    assert expected.items() <= server.requests[0].headers.items()


def test_refresh_hook() -> None:
    """The hook is called before a call although there is no key yet, and once more after a 401."""
    keys = iter(["first", "second", "third", "fourth"])

    def refresh(settings: oc.Configuration) -> None:
        settings.api_key["Authorization"] = next(keys)

    with WireServer([answer(401), answer(200, RUN), answer(401), answer(401)]) as server:
        with oc.ApiClient(oc.Configuration(host=server.url, refresh_api_key_hook=refresh)) as client:
            api = oc.JournalRunsApi(client)
            get(api)
            with pytest.raises(oc.UnauthorizedException):
                get(api)
    assert [request.headers["authorization"] for request in server.requests] == ["first", "second", "third", "fourth"]


def test_refresh_hook_of_a_token() -> None:
    """The hook may renew the token instead."""
    tokens = iter(["first", "second"])

    def refresh(settings: oc.Configuration) -> None:
        settings.access_token = next(tokens)

    with WireServer([answer(401), answer(200, RUN)]) as server:
        with oc.ApiClient(oc.Configuration(host=server.url, refresh_api_key_hook=refresh)) as client:
            get(oc.JournalRunsApi(client))
    assert [request.headers["authorization"] for request in server.requests] == ["Bearer first", "Bearer second"]


def test_own_authorization_wins() -> None:
    """A header of the caller's takes the place of the configured credentials; no token is fetched for it."""
    with WireServer([answer(200, RUN)]) as server, signed_in(server) as client:
        client.set_default_header("authorization", "ZSession abc")
        get(oc.JournalRunsApi(client))
        oc.JournalRunsApi(client).get_journal_run(NUMBER, _headers={"Authorization": "ZSession def"})
    assert [request.headers["authorization"] for request in server.requests] == ["ZSession abc", "ZSession def"]


@pytest.mark.parametrize("name", ["client_id", "client_secret", "api_access_key_id", "api_secret_access_key"])
def test_half_a_pair(name: str) -> None:
    """Half of a pair of credentials is refused before anything is sent."""
    configuration = oc.Configuration(host="http://127.0.0.1:1", **{name: "x"})
    with oc.ApiClient(configuration) as client, pytest.raises(oc.ApiValueError, match=name):
        get(oc.JournalRunsApi(client))


class SharedCache:
    """A cache such as several processes would use."""

    def __init__(self) -> None:
        self.kept: dict[str, oc.Token] = {}

    def get(self, key: str) -> oc.Token | None:
        return self.kept.get(key)

    def put(self, key: str, token: oc.Token) -> None:
        self.kept[key] = token


def test_shared_cache() -> None:
    """Clients that share a cache share their token, and its keys hold no secret."""
    cache = SharedCache()
    with WireServer([Zuora()]) as server:
        for _ in range(3):
            with signed_in(server, token_cache=cache) as client:
                get(oc.JournalRunsApi(client))
        assert len(tokens(server)) == 1
    assert SECRET not in repr(cache.kept)
    assert ID not in repr(cache.kept)


def test_pickled_client_brings_no_token() -> None:
    """Tokens and secrets stay behind when a client is pickled, and it says what is missing."""
    with WireServer([Zuora()]) as server, signed_in(server, clock=oc.Configuration.clock) as client:
        get(oc.JournalRunsApi(client))
        data = pickle.dumps(client)
        assert SECRET.encode() not in data
        copy = pickle.loads(data)
        with pytest.raises(oc.ApiValueError, match="client_secret"):
            get(oc.JournalRunsApi(copy))
        copy.configuration.client_id, copy.configuration.client_secret = ID, SECRET
        assert get(oc.JournalRunsApi(copy)) == NUMBER
        client.configuration.pickle_secrets = True
        assert get(oc.JournalRunsApi(pickle.loads(pickle.dumps(client)))) == NUMBER
