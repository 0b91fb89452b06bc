"""Exceptions: their tree, what they carry, how they read, and that they pickle without secrets."""

from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any

import pytest
import urllib3
from hypothesis import given, settings
from hypothesis import strategies as st
from support.wire import WireServer, answer

import openapi_client as oc
from openapi_client import Reason, exceptions
from openapi_client.rest import RESTResponse

SECRET = "S3CRET-value"
PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)
BODY = '{"success": false, "reasons": [{"code": 50000040, "message": "No such run."}], "requestId": "r-1"}'
ANSWERED = [
    value
    for value in vars(exceptions).values()
    if inspect.isclass(value) and issubclass(value, exceptions.ApiException)
]
ARGUMENT = [oc.ApiTypeError, oc.ApiValueError, oc.ApiKeyError, oc.ApiAttributeError]


def response(status: int = 404, body: bytes = BODY.encode(), **headers: str) -> RESTResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = urllib3.HTTPResponse(body, given, status, reason="Reason phrase", preload_content=True)
    return RESTResponse(raw, body)


def same(one: BaseException, other: BaseException) -> None:
    assert type(other) is type(one)
    assert other.args == one.args
    assert str(other) == str(one)
    assert repr(other) == repr(one)
    assert vars(other).keys() == vars(one).keys()


# The tree


@pytest.mark.parametrize(
    ("name", "bases"),
    [
        ("ApiTypeError", (oc.OpenApiException, TypeError)),
        ("ApiValueError", (oc.OpenApiException, ValueError)),
        ("ApiKeyError", (oc.OpenApiException, KeyError)),
        ("ApiAttributeError", (oc.OpenApiException, AttributeError)),
        ("ApiException", (oc.OpenApiException,)),
        ("BadRequestException", (oc.ApiException,)),
        ("UnauthorizedException", (oc.ApiException,)),
        ("ForbiddenException", (oc.ApiException,)),
        ("NotFoundException", (oc.ApiException,)),
        ("ConflictException", (oc.ApiException,)),
        ("UnprocessableEntityException", (oc.ApiException,)),
        ("RateLimitException", (oc.ApiException,)),
        ("ServiceException", (oc.ApiException,)),
        ("OperationFailedException", (oc.ApiException,)),
        ("JournalRunFailedException", (oc.OperationFailedException,)),
        ("DecodeException", (oc.ApiException,)),
        ("TransportException", (oc.ApiException, urllib3.exceptions.HTTPError)),
        ("RequestTimeoutException", (oc.TransportException, TimeoutError)),
    ],
)
def test_bases(name: str, bases: tuple[type, ...]) -> None:
    """Each exception is what its page says, so that old handlers still catch it."""
    assert all(issubclass(getattr(oc, name), base) for base in bases)
    assert name in exceptions.__all__


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequestException"),
        (401, "UnauthorizedException"),
        (403, "ForbiddenException"),
        (404, "NotFoundException"),
        (409, "ConflictException"),
        (422, "UnprocessableEntityException"),
        (429, "RateLimitException"),
        (500, "ServiceException"),
        (503, "ServiceException"),
        (599, "ServiceException"),
        (302, "ApiException"),
        (405, "ApiException"),
        (418, "ApiException"),
        (600, "ApiException"),
    ],
)
def test_class_by_status(status: int, name: str) -> None:
    """The status decides the class; one without a class of its own is a plain ``ApiException``."""
    assert exceptions.for_status(status).__name__ == name


@pytest.mark.parametrize("kind", ARGUMENT)
def test_path_to_item(kind: type[Exception]) -> None:
    """The four errors about values take the generated ``path_to_item`` and show it."""
    error: Any = kind("bad value", ["runs", 0, "type"])  # type: ignore[call-arg]  # wrong on purpose
    assert error.args == ("bad value at ['runs'][0]['type']",)
    assert error.path_to_item == ["runs", 0, "type"]
    assert kind("bad value").args == ("bad value",)


def test_type_error_arguments() -> None:
    """``ApiTypeError`` takes the generated arguments, by position too."""
    error = oc.ApiTypeError("bad", None, (int, str), True)
    assert (error.valid_classes, error.key_type, error.path_to_item) == ((int, str), True, None)


def test_render_path() -> None:
    """A path reads as Python would reach the item."""
    assert exceptions.render_path(["a", 0, "b"]) == "['a'][0]['b']"
    assert exceptions.render_path([]) == ""


# What an ApiException carries


def test_from_an_answer() -> None:
    """Status, reason, text of the body, headers, reasons and ids come from the answer."""
    error = oc.ApiException(http_resp=response(Zuora_Request_Id="q-1", Zuora_Track_Id="mine"))
    assert (error.status, error.reason, error.body) == (404, "Reason phrase", BODY)
    assert error.headers["zuora-request-id"] == "q-1"
    assert error.reasons == (Reason("50000040", "No such run."),)
    assert (error.request_id, error.track_id) == ("q-1", "mine")


def test_request_id_of_the_body() -> None:
    """Without the header the id of the body is taken."""
    assert oc.ApiException(http_resp=response()).request_id == "r-1"
    assert oc.ApiException(status=500, body=BODY).request_id == "r-1"


def test_by_position() -> None:
    """The generated arguments are positional: status, reason, answer."""
    error = oc.ApiException(500, "broken")
    assert (error.status, error.reason, error.body, error.headers) == (500, "broken", None, None)
    assert (oc.ApiException(1, "x", response()).status, oc.ApiException().status) == (404, None)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x80", b"<html>502</html>", b"null", b"[]", b"5", b'{"reasons": 5}'])
def test_odd_bodies(body: bytes) -> None:
    """HTML, empty and non-UTF-8 bodies are kept as text, and do not disturb."""
    error = oc.ApiException(http_resp=response(502, body))
    assert isinstance(error.body, str)
    assert error.reasons == ()
    assert error.request_id is None
    assert "502" in str(error)


def test_old_style_response() -> None:
    """Any object with the generated attributes will do, as tests of users pass."""

    class Old:
        status, reason, data = 404, "Not Found", "Pet not found"

        def getheaders(self) -> dict[str, str]:
            return {"A": "b"}

    error = oc.ApiException(http_resp=Old())
    assert (error.status, error.body, error.headers) == (404, "Pet not found", {"A": "b"})


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (oc.ApiException(429), True),
        (oc.ApiException(503), True),
        (oc.ApiException(400), False),
        (oc.ApiException(408), True),
        (oc.ApiException(409), False),
        (oc.ApiException(409, idempotency_key="k"), True),
        (oc.OperationFailedException(200, body='{"reasons": [{"code": "SystemError"}]}'), True),
        (oc.OperationFailedException(200, body='{"reasons": [{"code": 50000030}]}'), False),
        (oc.ApiException(None), False),
        (oc.ApiException(200, body='{"reasons": [{"code": 50000050}]}'), True),
        (oc.ApiException(200, body='{"reasons": [{"code": 50000050}, {"code": 50000020}]}'), False),
        (oc.ApiException(500, body='{"reasons": [{"code": 50000020}]}'), False),
        (oc.ApiException(500, body='{"reasons": [{"code": "SystemError"}]}'), True),
        (oc.TransportException(0, "reset"), True),
        (oc.RequestTimeoutException(0, "late"), True),
        (oc.DecodeException(200, "no JSON"), False),
    ],
)
def test_is_retryable(error: oc.ApiException, expected: bool) -> None:
    """The reasons decide whether trying again can help, and the status where there are none."""
    assert error.is_retryable is expected


# How they read


def test_message() -> None:
    """One line: the cause (verb, path, status, reason), then the details, last the id for Zuora's support."""
    facts = {"method": "GET", "path": "/v1/journal-runs/JR-1", "attempts": 3, "outcome_unknown": True}
    error = oc.NotFoundException(http_resp=response(), idempotency_key="key-1", retry_after=3600.0, **facts)
    assert str(error) == (
        "GET /v1/journal-runs/JR-1: 404 Reason phrase: 50000040 (not found): No such run.; after 3 attempts; "
        "the server asks to wait 3600 seconds; the call may have taken effect, its outcome is unknown; "
        "Idempotency-Key: key-1; Zuora request id: r-1"
    )
    assert repr(error) == f"<NotFoundException {error}>"


def test_message_without_an_answer() -> None:
    """Where nothing was answered, that is said, and no status is made up."""
    error = oc.TransportException(0, "reset", method="GET", path="/v1/x")
    assert str(error) == "GET /v1/x: no answer: reset"


def test_message_without_a_call() -> None:
    """An exception that nobody raised from a call says its status and reason."""
    assert str(oc.ApiException(404, "Not Found")) == "404 Not Found"
    assert str(oc.ApiException()) == ""


@pytest.mark.parametrize("body", [b"a\nb\x1b[31mred\x00", "line\u2028separator \u202e".encode()])
def test_message_is_one_line(body: bytes) -> None:
    """Whatever the server sent, the message is one line without control characters."""
    shown = str(oc.ApiException(http_resp=response(502, body)))
    assert shown.isprintable()
    assert shown == shown.strip()


def test_unknown_fact() -> None:
    """A fact that no exception has is a typing error."""
    with pytest.raises(TypeError, match="ApiException got an unexpected keyword argument 'attempt'"):
        oc.ApiException(404, attempt=3)


def test_caught_as_generated_code_catches() -> None:
    """What handlers of generated code caught for connections, time limits and TLS, they still catch."""
    for kind in (oc.TransportException, oc.RequestTimeoutException):
        error: Any = kind(0, "reset", path="/v1/x")
        assert isinstance(error, urllib3.exceptions.MaxRetryError)
        assert isinstance(error, urllib3.exceptions.HTTPError)
        assert (error.url, error.pool, error.reason) == ("/v1/x", None, "reset")


def test_long_body_is_cut() -> None:
    """A body of megabytes does not fill the log; the attribute keeps it."""
    error = oc.ApiException(http_resp=response(502, b"x" * 1_000_000))
    assert len(str(error)) < 3000
    assert len(error.body) == 1_000_000


# Secrets


@pytest.mark.parametrize("kind", ANSWERED)
def test_no_secret_is_shown(kind: type[oc.ApiException]) -> None:
    """Neither ``str`` nor ``repr`` shows a token that the answer or the reason echoes."""
    body = f'{{"access_token": "{SECRET}", "message": "Bearer {SECRET} refused"}}'.encode()
    error = kind(http_resp=response(401, body, Set_Cookie=f"ZSession={SECRET}", Authorization=SECRET))
    error.reason = f"cannot reach http://user:{SECRET}@proxy"
    for shown in (str(error), repr(error), str(error.headers), f"{error}"):
        assert SECRET not in shown
    assert error.headers["Set-Cookie"] == "<redacted>"


def test_hidden_headers_leave_the_answer_alone() -> None:
    """Hiding a header in the exception does not change the answer it came from."""
    answered = response(Set_Cookie="a=1")
    oc.ApiException(http_resp=answered)
    assert answered.getheader("Set-Cookie") == "a=1"


def test_call_with_credentials() -> None:
    """An exception of a real call shows and pickles none of the client's credentials."""
    settings = {"access_token": SECRET, "retries": 0}
    with WireServer([answer(500, {"message": "no"})]) as server:
        with oc.ApiClient(oc.Configuration(host=server.url, **settings)) as client:
            with pytest.raises(oc.ServiceException) as caught:
                oc.JournalRunsApi(client).get_journal_run("JR-1")
    assert server.requests[0].headers["authorization"] == f"Bearer {SECRET}"
    assert SECRET not in str(caught.value) + repr(caught.value)
    assert SECRET.encode() not in pickle.dumps(caught.value)


# Pickling


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("kind", ANSWERED)
def test_answered_pickle(kind: type[oc.ApiException], protocol: int) -> None:
    """Each exception of a call survives pickling and copying with all that it knows."""
    error = kind(http_resp=response(404, Zuora_Request_Id="q-1"))
    error.method, error.path, error.attempts, error.retry_after = "GET", "/v1/x", 2, 1.5
    for other in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error), copy.deepcopy(error)):
        same(error, other)
        assert (other.status, other.body, other.retry_after, other.request_id) == (404, BODY, 1.5, "q-1")
        assert other.headers["ZUORA-REQUEST-ID"] == "q-1"
        assert other.reasons == error.reasons


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("kind", ARGUMENT)
def test_argument_pickle(kind: type[Exception], protocol: int) -> None:
    """Each error about a value does, too, and its path is not added twice."""
    error = kind("bad", ["a", 0])  # type: ignore[call-arg]  # wrong on purpose
    other = pickle.loads(pickle.dumps(error, protocol))
    same(error, other)
    assert other.path_to_item == ["a", 0]


def test_extras_pickle() -> None:
    """What only some exceptions carry survives as well."""
    failed = oc.JournalRunFailedException(200, "ended in Error")
    failed.run = oc.GETJournalRunType(number="JR-1", status="Error")
    late = oc.RequestTimeoutException(0, "late")
    late.phase, late.sent = "connect", False
    assert pickle.loads(pickle.dumps(failed)).run == failed.run
    other = pickle.loads(pickle.dumps(late))
    assert (other.phase, other.sent, other.reason) == ("connect", False, "late")


def test_subclass_pickles() -> None:
    """A subclass of a user with another constructor pickles without one of its own being called."""
    error = Own("a", "b")
    other = pickle.loads(pickle.dumps(error))
    assert (other.extra, other.status) == ("b", 5)


class Own(oc.ApiException):
    def __init__(self, one: str, extra: str) -> None:
        super().__init__(5, one)
        self.extra = extra


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(100, 999), st.dictionaries(st.text("abcdef-", min_size=1), st.text("xyz ")))
def test_any_answer(body: bytes, status: int, headers: dict[str, str]) -> None:
    """Whatever the server answers, the exception can be made, shown, asked and pickled."""
    raw = urllib3.HTTPResponse(body, headers, status, reason=None, preload_content=True)
    error = exceptions.for_status(status)(http_resp=RESTResponse(raw))
    same(error, pickle.loads(pickle.dumps(error)))
    assert error.is_retryable in (True, False)
    assert str(status) in str(error)


def test_reason_is_public() -> None:
    """The decoded reason can be imported from where the exceptions are."""
    assert exceptions.Reason is oc.Reason
