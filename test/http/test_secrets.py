"""Secrets never show: in tracebacks with variables, in what a server echoes, in results, and at other origins."""

from __future__ import annotations

import copy
import html
import io
import json
import logging
import pickle
import socket
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from rich.console import Console
from rich.traceback import Traceback
from support.clients import client_for
from support.clock import QuickClock
from support.faults import NUMBER, RUN, create, get
from support.wire import Request, Step, WireServer, answer, reset

import openapi_client as oc

#: Ways to authenticate, by name. None of these values is in the variables of a test.
WAYS: dict[str, dict[str, Any]] = {
    "bearer": {"access_token": "S3CRET-token/+="},
    "oauth": {"client_id": "the-clients-id", "client_secret": "cl1ent-s3cret"},
    "legacy": {"api_access_key_id": "l3gacy-id", "api_secret_access_key": "l3gacy-s3cret"},
    "key": {"api_key": {"X-Strange": "k3y-of-api"}},
    "basic": {"username": "user", "password": "p4ssw0rd"},
}
PROXY_PASSWORD = "pr0xy-p4ss"
SECRETS = ("S3CRET-token", "cl1ent-s3cret", "l3gacy-id", "l3gacy-s3cret", "k3y-of-api", "p4ssw0rd")
SECRETS += ("dXNlcjpwNHNzdzByZA", "t0ken-fetched", PROXY_PASSWORD)
TOKEN = answer(200, {"access_token": "t0ken-fetched", "expires_in": 3600})


def steps_of(way: str, *steps: Step) -> list[Step]:
    return [TOKEN, *steps] if way == "oauth" else [*steps]


def call(url: str, way: str, act: Callable[[oc.JournalRunsApi], Any], **settings: Any) -> Any:
    configuration = oc.Configuration(host=url, **{"retries": 0, "clock": QuickClock(), **WAYS[way], **settings})
    with oc.ApiClient(configuration) as client:
        return act(oc.JournalRunsApi(client))


def error_of(act: Callable[[], Any]) -> BaseException:
    try:
        act()
    except oc.OpenApiException as error:
        return error
    raise AssertionError("it did not fail")


def shown_by(error: BaseException) -> str:
    """All that a traceback with variables shows, but for the frames of these tests, which make the secrets."""

    def without_tests(part: traceback.TracebackException | None) -> None:
        if part is not None:
            part.stack[:] = [frame for frame in part.stack if frame.filename != __file__]
            without_tests(part.__cause__)
            without_tests(part.__context__)

    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    without_tests(told)
    return "".join(told.format())


def assert_hidden(text: str) -> None:
    for secret in SECRETS:
        assert secret not in text


def generated(api: oc.JournalRunsApi) -> Any:
    """A call as generated code makes it."""
    schemes = ["X-Strange", "basicAuth", "legacyKeyId", "legacyKeySecret", "bearerAuth"]
    return api.api_client.call_api("/x", "GET", response_type="GETJournalRunType", auth_settings=schemes)


FAILURES = {
    "reset": reset,
    "decode": answer(200, b"<html>"),
    "wrong shape": answer(200, {"number": [1], "journalRunNumber": [1]}),
    "404": answer(404, {}, {"Set-Cookie": "sid=c00kie-of-server"}),
    "refusal": answer(200, {"success": False, "reasons": [{"code": 50000030, "message": "no"}]}),
}


@pytest.mark.parametrize("act", [get, create, generated])
@pytest.mark.parametrize("step", FAILURES.values(), ids=FAILURES.keys())
@pytest.mark.parametrize("way", WAYS)
def test_traceback_with_variables(way: str, step: Step, act: Any) -> None:
    """Neither our frames nor those below show a credential when a call fails."""
    with WireServer(steps_of(way if act is not generated else "", step)) as server:
        shown = shown_by(error_of(lambda: call(server.url, way, act)))
    assert_hidden(shown)
    assert "c00kie" not in shown


def test_traceback_with_default_headers() -> None:
    """The same for secrets that are default headers of the client, and for its cookie."""
    with WireServer([reset]) as server:
        configuration = oc.Configuration(host=server.url, retries=0)
        with oc.ApiClient(configuration, "Authorization", "Bearer S3CRET-token", cookie="sid=c00kie") as client:
            shown = shown_by(error_of(lambda: get(oc.JournalRunsApi(client))))
    assert "S3CRET-token" not in shown
    assert "c00kie" not in shown


@pytest.fixture
def nobody() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return f"127.0.0.1:{sock.getsockname()[1]}"


@pytest.mark.parametrize("way", WAYS)
def test_traceback_without_a_connection(way: str, nobody: str) -> None:
    """The same for a refused connection, a server without TLS, and a proxy that is not there."""
    assert_hidden(shown_by(error_of(lambda: call(f"http://{nobody}", way, get))))
    proxy = f"http://user:{quote(PROXY_PASSWORD)}@{nobody}"
    assert_hidden(shown_by(error_of(lambda: call("https://zuora.invalid", way, get, proxy=proxy))))
    with WireServer([answer(200, RUN)]) as server:
        url = server.url.replace("http", "https")
        assert_hidden(shown_by(error_of(lambda: call(url, way, get))))


@pytest.mark.parametrize(
    "step", [reset, answer(401, {"message": "bad"}), answer(200, b"<html>"), answer(200, {"access_token": 5})]
)
def test_traceback_without_a_token(step: Step) -> None:
    """The same for a token endpoint that fails."""
    with WireServer([step]) as server:
        assert_hidden(shown_by(error_of(lambda: call(server.url, "oauth", get))))


def test_traceback_of_a_transport_that_raises() -> None:
    """The same for a transport of the user's that raises where it should return."""

    class Broken:
        def send(self, request: Any, limits: Any) -> Any:
            raise RuntimeError("broken")

        def close(self) -> None:
            pass

    for way, settings in WAYS.items():
        with oc.ApiClient(oc.Configuration(**settings), transport=Broken()) as client:
            with pytest.raises(RuntimeError) as caught:
                (generated if way == "key" else get)(oc.JournalRunsApi(client))
        assert_hidden(shown_by(caught.value))


def test_rich_traceback(nobody: str) -> None:
    """The same as ``rich`` shows it."""
    error = error_of(lambda: call(f"http://{nobody}", "bearer", get))
    while error.__traceback__ is not None and error.__traceback__.tb_frame.f_code.co_filename == __file__:
        error.__traceback__ = error.__traceback__.tb_next
    out = io.StringIO()
    told = Traceback.from_exception(type(error), error, error.__traceback__, show_locals=True)
    Console(file=out, width=200).print(told)
    assert "outcome" in out.getvalue()
    assert_hidden(out.getvalue())


BROKEN = {
    "bearer": {"access_token": "S3CRET-token\nx"},
    "folded": {"access_token": "S3CRET-token\r\n x"},
    "called": {"access_token": lambda: "S3CRET-token\nx"},
    "legacy": {"api_access_key_id": "l3gacy-id", "api_secret_access_key": "l3gacy-s3cret\n x"},
    "key": {"api_key": {"X-Strange": "k3y-of-api\r\n\tx"}},
    "prefix": {"api_key": {"X-Strange": "k3y-of-api"}, "api_key_prefix": {"X-Strange": "Bearer\n"}},
    "basic": {"username": "user", "password": "p4ssw0rd\n"},
    "surrogate": {"username": "user", "password": "p4ssw0rd\udc00"},
}


@pytest.mark.parametrize("act", [get, generated])
@pytest.mark.parametrize("settings", BROKEN.values(), ids=BROKEN.keys())
def test_credentials_with_newlines(settings: dict[str, Any], act: Any) -> None:
    """Credentials that would add a header are refused before anything is sent, and not shown."""
    with WireServer([answer(200, RUN)]) as server, client_for(server, retries=0, **settings) as client:
        with pytest.raises(oc.ApiValueError) as caught:
            act(oc.JournalRunsApi(client))
        assert server.requests == []
    assert_hidden(shown_by(caught.value))


def test_cookie_scheme_with_a_newline() -> None:
    """A cookie that is a security scheme is checked as well."""

    class Settings(oc.Configuration):
        def auth_settings(self) -> dict[str, dict[str, Any]]:
            return {"sid": {"type": "api_key", "in": "cookie", "key": "sid", "value": "sid=1\r\nX: y"}}

    with WireServer([answer(200, RUN)]) as server, oc.ApiClient(Settings(host=server.url)) as client:
        with pytest.raises(oc.ApiValueError, match="Cookie"):
            client.call_api("/x", "GET", auth_settings=["sid"])


def test_key_in_a_query() -> None:
    """A key that travels in the query is hidden too."""

    class Settings(oc.Configuration):
        def auth_settings(self) -> dict[str, dict[str, Any]]:
            found = super().auth_settings()
            found["X-Strange"]["in"] = "query"
            return found

    with WireServer([reset]) as server:
        with oc.ApiClient(Settings(host=server.url, retries=0, **WAYS["key"])) as client:
            shown = shown_by(error_of(lambda: generated(oc.JournalRunsApi(client))))
        assert server.requests[0].target.startswith("/x?X-Strange=k3y")
    assert_hidden(shown)


@pytest.mark.parametrize(
    "settings", [{"timeout": -1}, {"host": "ftp://x"}, {"proxy": "x"}, {"nonsense": 1}, {"retries": "many"}]
)
def test_setting_that_is_refused(settings: dict[str, Any]) -> None:
    """A traceback of a setting that is refused does not show the others."""
    everything = {name: value for way in WAYS.values() for name, value in way.items()}
    shown = shown_by(error_of(lambda: oc.Configuration(**everything, **settings)))
    assert_hidden(shown)


def test_environment_that_is_refused() -> None:
    """A traceback of ``from_env`` does not show the environment."""
    error = error_of(lambda: oc.Configuration.from_env({"ZUORA_CLIENT_SECRET": "cl1ent-s3cret"}))
    assert "ZUORA_CLIENT_ID" in str(error)
    assert "cl1ent-s3cret" not in shown_by(error).replace("environ = {'ZUORA_CLIENT_SECRET': 'cl1ent-s3cret'}", "")


# What a server echoes.


def echo(form: Callable[[str], str], place: str, status: int) -> Step:
    """An answer that repeats the credentials of the request in some form and place."""

    def step(request: Request) -> bool:
        names = ("authorization", "apisecretaccesskey", "apiaccesskeyid", "x-strange", "cookie")
        found = [value for name in names if (value := request.headers.get(name))]
        text = " and ".join(form(part) for value in found for part in (value, value.split()[-1]))
        if request.target == "/oauth/token":
            text = form(request.body.decode().partition("client_secret=")[2].partition("&")[0])
        body: Any = {"reasons": {"success": False, "reasons": [{"code": 50000030, "message": text}]}}.get(place, text)
        if place == "html":
            body = f"<p>bad\n  token\n :\n\t{text}</p>".encode()
        if place == "reason":
            return answer(status, {}, reason=text)(request)
        if place == "header":
            return answer(status, {}, {"X-Echo": text, "Zuora-Request-Id": text})(request)
        if place == "status line":
            request.sock.sendall(f"HTTP/1.1 {text}\r\n\r\n".encode())
            return False
        return answer(status, body if isinstance(body, (bytes, dict)) else body.encode())(request)

    return step


FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "percent-encoded": lambda text: quote(text, safe=""),
    "percent-encoded in lower case": lambda text: quote(text, safe="").replace("%2F", "%2f").replace("%2B", "%2b"),
    "JSON": lambda text: json.dumps(text),
    "HTML": html.escape,
}


PLACES = ("reason", "reasons", "html", "header", "status line")


@pytest.mark.parametrize(
    ("place", "status"),
    [*((place, status) for place in PLACES for status in (400, 401)), ("reasons", 200), ("html", 200)],
)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("way", WAYS)
def test_echoes(
    way: str, form: Callable[[str], str], place: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """What the client knows to be secret is hidden wherever a server repeats it."""
    caplog.set_level(logging.DEBUG, "openapi_client")
    with WireServer(steps_of(way, echo(form, place, status))) as server:
        error = error_of(lambda: call(server.url, way, get))
    assert isinstance(error, oc.ApiException)
    logged = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    for text in (str(error), repr(error.__dict__), str(pickle.dumps(error)), shown_by(error), logged):
        for shown in (text, text.replace("%2F", "/").replace("%2f", "/")):
            assert_hidden(shown)


def test_echo_of_the_token_endpoint(caplog: pytest.LogCaptureFixture) -> None:
    """The same for what the token endpoint repeats."""
    caplog.set_level(logging.DEBUG, "openapi_client")
    for place in ("reason", "reasons", "html", "header"):
        with WireServer([echo(str, place, 401)]) as server:
            error = error_of(lambda url=server.url: call(url, "oauth", get))
        assert_hidden(f"{error} {error.__dict__} {shown_by(error)} {caplog.text}")


def test_echo_in_a_success(caplog: pytest.LogCaptureFixture) -> None:
    """An answer that is no failure is hidden in the log, and given to the caller as it is."""
    caplog.set_level(logging.DEBUG, "openapi_client")

    def step(request: Request) -> bool:
        return answer(200, {**RUN, "number": request.headers["authorization"]})(request)

    with WireServer([step]) as server:
        assert "S3CRET-token" in call(server.url, "bearer", get)
    assert_hidden(caplog.text)


# Results.


def test_response_keeps_no_cookie() -> None:
    """Neither ``repr`` nor a pickle of a response has its cookie; the response itself has."""
    headers = {"Set-Cookie": "sid=c00kie", "X-Plain": "plain"}
    with WireServer([answer(200, RUN, headers)]) as server, client_for(server) as client:
        response = oc.JournalRunsApi(client).get_journal_run_with_http_info(NUMBER)
    assert response.headers["set-cookie"] == "sid=c00kie"
    assert "c00kie" not in repr(response)
    assert "plain" in repr(response)
    assert repr(response.data) in repr(response)
    for again in (pickle.loads(pickle.dumps(response)), copy.copy(response)):
        assert "c00kie" not in again.headers["set-cookie"]
        assert (again.headers["x-plain"], again.data, again.attempts) == ("plain", response.data, 1)
    assert b"c00kie" not in pickle.dumps(response)


# Other origins.


def test_other_origin_gets_no_secret() -> None:
    """``_host`` of another origin gets neither ``auth_settings`` nor the cookie nor default headers that are secret."""
    settings = {name: value for way in WAYS.values() for name, value in way.items()}
    with WireServer([answer(200, RUN)]) as other, WireServer([answer(200, RUN)]) as home:
        with oc.ApiClient(oc.Configuration(host=home.url, **settings), cookie="sid=c00kie") as client:
            for name in ("Authorization", "X-Api-Key", "apiAccessKeyId", "Proxy-Authorization"):
                client.set_default_header(name, "S3CRET-token")
            client.set_default_header("X-Plain", "plain")
            for host in (other.url, home.url):
                for schemes in (["bearerAuth", "X-Strange", "legacyKeySecret", "basicAuth"], None):
                    client.call_api("/x", "GET", response_type="object", auth_settings=schemes, _host=host)
            client.call_api("/x", "GET", {}, {}, {"Authorization": "Bearer for-them"}, _host=other.url)
    for request in other.requests[:2]:
        assert set(request.headers) == {"host", "user-agent", "x-plain", "content-type", "accept-encoding"}
    assert other.requests[2].headers["authorization"] == "Bearer for-them"
    for request in home.requests:
        assert request.headers["cookie"] == "sid=c00kie"
        assert "authorization" in request.headers


# Proxies.


PROXIES = {
    "without a scheme": f"user:{PROXY_PASSWORD}@proxy.example:8080",
    "an open bracket": f"http://user:{PROXY_PASSWORD}[@proxy.example:8080",
    "a port of nonsense": f"http://user:{PROXY_PASSWORD}@proxy.example:80a",
    "a slash in the password": f"http://user:{PROXY_PASSWORD}/x@proxy.example:8080",
    "a hash in the password": f"http://user:{PROXY_PASSWORD}#@proxy.example:8080",
    "a question mark in the password": f"http://user:{PROXY_PASSWORD}?@proxy.example:8080",
    "another scheme": f"socks5://user:{PROXY_PASSWORD}@proxy.example:8080",
    "no host": f"http://user:{PROXY_PASSWORD}@",
    "a newline": f"http://user:{PROXY_PASSWORD}\n@proxy.example:8080",
    "a surrogate": f"http://user:{PROXY_PASSWORD}\udc00@proxy.example:8080",
}


@pytest.mark.parametrize("proxy", PROXIES.values(), ids=PROXIES.keys())
def test_unusable_proxy(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy is checked when it is set, or taken from the environment, and its password is not shown."""
    errors = [error_of(lambda: oc.Configuration(proxy=proxy))]
    if "\udc00" not in proxy:
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, proxy)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        errors.append(error_of(lambda: call("http://zuora.invalid", "bearer", get, trust_env=True)))
    for error in errors:
        assert isinstance(error, oc.ApiValueError)
        assert "`proxy`" in str(error)
        assert "http://proxy.example:8080" in str(error)
        assert ("scheme is missing" in str(error)) is ("://" not in proxy)
        assert_hidden(shown_by(error))


def test_proxy_without_a_scheme() -> None:
    """The message names the fix."""
    with pytest.raises(oc.ApiValueError, match=r"scheme is missing; pass a URL such as http://"):
        oc.Configuration(proxy="proxy.example:8080")
    with pytest.raises(oc.ApiTypeError):
        oc.Configuration(proxy=5)  # type: ignore[arg-type]  # a mistake
    assert oc.Configuration(proxy="").proxy == ""
    assert oc.Configuration(proxy="https://proxy.example").proxy == "https://proxy.example"


def test_proxy_with_any_password() -> None:
    """A password is sent as UTF-8 (RFC 7617 section 2.1), whatever characters it has."""
    seen: list[str] = []

    def step(request: Request) -> bool:
        seen.append(request.headers["proxy-authorization"])
        return answer(200, RUN)(request)

    with WireServer([step]) as server:
        proxy = f"http://user:p%C3%A4ss\u20ac@127.0.0.1:{server.port}"
        assert call("http://zuora.invalid", "bearer", get, proxy=proxy) == NUMBER
    assert seen == ["Basic dXNlcjpww6Rzc+KCrA=="]


def test_proxy_headers_are_checked() -> None:
    """A header for the proxy that would add another one is refused."""
    with pytest.raises(oc.ApiValueError, match="X-Team") as caught:
        oc.Configuration(proxy_headers={"X-Team": f"{PROXY_PASSWORD}\r\nX: y"})
    assert_hidden(str(caught.value))


def test_header_with_a_newline_sent_directly() -> None:
    """The REST client of generated code checks its headers as well."""
    with WireServer([answer(200, RUN)]) as server, client_for(server) as client:
        with pytest.raises(oc.ApiValueError):
            client.rest_client.GET(server.url, headers={"Authorization": "Bearer x\r\nX: y"})
        assert server.requests == []
