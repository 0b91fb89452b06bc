"""The table of faults. ``python test/support/faults.py`` prints case, expectation and result."""

from __future__ import annotations

import gzip
import io
import json
import logging
import pickle
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import openapi_client as oc
from support.clock import QuickClock
from support.wire import (
    Step,
    WireServer,
    answer,
    drip,
    endless,
    gzipped,
    hang_up,
    raw,
    reset,
    stall,
)

TOKEN = "S3CRET-token"
KEY = "the-key"
NUMBER = "JR-00000001"
RUN = {"number": NUMBER, "status": "Completed", "success": True}
NEW = {"journalRunNumber": NUMBER, "success": True}
DONE = {"success": True}
REQUEST = {"journalEntryDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}
BOMB = gzip.compress(b'"' + b"a" * 300_000_000 + b'"', 6)

Act = Callable[[oc.JournalRunsApi], Any]


def get(api: oc.JournalRunsApi) -> Any:
    return api.get_journal_run(NUMBER).number


def create(api: oc.JournalRunsApi) -> Any:
    return api.create_journal_run(REQUEST, idempotency_key=KEY).journal_run_number


def create_without_key(api: oc.JournalRunsApi) -> Any:
    return api.create_journal_run(REQUEST, idempotency_key=None).journal_run_number


def cancel(api: oc.JournalRunsApi) -> Any:
    return api.cancel_journal_run(NUMBER).success


def delete(api: oc.JournalRunsApi) -> Any:
    return api.delete_journal_run(NUMBER).success


def cancel_with_a_key(api: oc.JournalRunsApi) -> Any:
    return api.cancel_journal_run(NUMBER, _headers={"Idempotency-Key": KEY}).success


def gone(api: oc.JournalRunsApi) -> Any:
    return api.wait_for_journal_run_deleted(NUMBER, timeout=30.0)  # type: ignore[func-returns-value]  # None it is


def within(seconds: float) -> Act:
    return lambda api: api.get_journal_run(NUMBER, _request_timeout=seconds).number


def refusal(*codes: int, status: int = 200) -> Step:
    reasons = [{"code": code, "message": f"refused with {code}"} for code in codes]
    return answer(status, {"success": False, "processId": "747E0D5A53240416", "reasons": reasons})


@dataclass(frozen=True)
class Fault:
    """One case.

    :ivar act: the call.
    :ivar steps: what the server does.
    :ivar expected: the result, or the class of the exception.
    :ivar requests: how many requests have to arrive.
    :ivar facts: attributes the exception has to have.
    :ivar settings: of the configuration.
    :ivar waits: the waits between attempts, where they matter.
    """

    name: str
    act: Act
    steps: tuple[Step, ...]
    expected: Any
    requests: int
    facts: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    waits: tuple[float, ...] | None = None

    @property
    def expectation(self) -> str:
        """In words."""
        outcome = self.expected.__name__ if isinstance(self.expected, type) else repr(self.expected)
        facts = "".join(f", {name}={value!r}" for name, value in self.facts.items())
        return f"{outcome}{facts}; {self.requests} on the wire"


UNKNOWN = {"outcome_unknown": True}
KNOWN = {"outcome_unknown": False}
TOKENS = answer(200, {"access_token": "a-token", "expires_in": 3600})
SIGNED_IN = {"access_token": None, "client_id": "an-id", "client_secret": "of the table"}
JSON_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
FAULTS = [
    # What is retried, and what is not.
    Fault("hang-up, then an answer", get, (hang_up, answer(200, RUN)), NUMBER, 2),
    Fault("reset, then an answer", get, (reset, answer(200, RUN)), NUMBER, 2),
    Fault("reset for ever", get, (reset,), oc.TransportException, 4, {"attempts": 4, "is_retryable": True}),
    Fault("no retries wanted", get, (reset,), oc.TransportException, 1, settings={"retries": 0}),
    *(
        Fault(f"{status}, then an answer", get, (answer(status), answer(200, RUN)), NUMBER, 2)
        for status in (429, 500, 502, 503, 504)
    ),
    *(
        Fault(f"{status} is final", get, (answer(status, {"message": "no"}),), kind, 1, {"status": status})
        for status, kind in (
            (400, oc.BadRequestException),
            (401, oc.UnauthorizedException),
            (403, oc.ForbiddenException),
            (404, oc.NotFoundException),
            (405, oc.ApiException),
            (409, oc.ConflictException),
            (422, oc.UnprocessableEntityException),
            (501, oc.ServiceException),
        )
    ),
    Fault("500 for ever", get, (answer(500),), oc.ServiceException, 4, waits=(0.5, 1.0, 2.0)),
    Fault("locked, then an answer", get, (refusal(50000050), answer(200, RUN)), NUMBER, 2),
    Fault("temporary, then an answer", get, (refusal(50000061, status=500), answer(200, RUN)), NUMBER, 2),
    Fault("internal error twice", get, (refusal(50000060, status=500),), oc.ServiceException, 2),
    Fault("internal error, as text", get, (refusal(50000060), answer(200, RUN)), NUMBER, 2),
    Fault("temporary and a rule", get, (refusal(50000061, 50000030),), oc.OperationFailedException, 1),
    Fault("500 with a definite reason", get, (refusal(50000020, status=500),), oc.ServiceException, 1),
    Fault("success false", create, (refusal(50000030),), oc.OperationFailedException, 1, KNOWN),
    # Waits.
    Fault("Retry-After in seconds", get, (answer(429, b"", {"Retry-After": "7"}), answer(200, RUN)), NUMBER, 2, waits=(7.0,)),
    Fault("Retry-After on a 503", get, (answer(503, b"", {"Retry-After": "9"}), answer(200, RUN)), NUMBER, 2, waits=(9.0,)),
    Fault("RateLimit-Reset", get, (answer(429, b"", {"RateLimit-Reset": "11"}), answer(200, RUN)), NUMBER, 2, waits=(11.0,)),
    Fault(
        "Retry-After in the past", get,
        (answer(429, b"", {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}), answer(200, RUN)), NUMBER, 2, waits=(0.0,),
    ),
    Fault("nonsense in Retry-After", get, (answer(429, b"", {"Retry-After": "soon"}), answer(200, RUN)), NUMBER, 2, waits=(0.5,)),
    Fault("negative Retry-After", get, (answer(429, b"", {"Retry-After": "-5"}), answer(200, RUN)), NUMBER, 2, waits=(0.5,)),
    Fault(
        "Retry-After too long", get, (answer(429, b"", {"Retry-After": "3600"}),), oc.RateLimitException, 1,
        {"retry_after": 3600.0}, waits=(),
    ),
    Fault("Retry-After of 5000 digits", get, (answer(503, b"", {"Retry-After": "9" * 5000}),), oc.ServiceException, 1, waits=()),
    Fault(
        "Retry-After beyond the deadline", within(30.0), (answer(429, b"", {"Retry-After": "60"}),),
        oc.RateLimitException, 1, {"retry_after": 60.0}, waits=(),
    ),
    # Creates.
    Fault("create: reset, then done", create, (reset, answer(200, NEW)), NUMBER, 2),
    Fault("create: 502, then done", create, (answer(502, b"<html>"), answer(200, NEW)), NUMBER, 2),
    Fault("create: reset for ever", create, (reset,), oc.TransportException, 4, {**UNKNOWN, "idempotency_key": KEY}),
    Fault("create: replay as 409", create, (reset, answer(409, NEW)), NUMBER, 2),
    Fault("create: in progress, then done", create, (answer(409, {"message": "in progress"}), answer(200, NEW)), NUMBER, 2),
    Fault("create: replay of a refusal as 409", create, (reset, refusal(50000030, status=409)), oc.ConflictException, 2, KNOWN),
    Fault("create: key used otherwise", create, (refusal(50000030, status=422),), oc.UnprocessableEntityException, 1, KNOWN),
    Fault("create: reset, then a refusal", create, (reset, refusal(50000030)), oc.OperationFailedException, 2, KNOWN),
    Fault("create: reset, then 401", create, (reset, answer(401, {})), oc.UnauthorizedException, 2, UNKNOWN),
    Fault("create: HTML with 200", create, (answer(200, b"<html>"),), oc.DecodeException, 1, {**UNKNOWN, "idempotency_key": KEY}),
    Fault("create: short body, then done", create, (answer(200, NEW, length=500), answer(200, NEW)), NUMBER, 2),
    *(
        Fault(f"create: {name}", create, (step,), oc.DecodeException, 1, {**UNKNOWN, "idempotency_key": KEY})
        for name, step in (
            ("a success without anything", answer(200, {})),
            ("204", raw(b"HTTP/1.1 204 No Content\r\n\r\n", close=False)),
            ("a success spelt otherwise", answer(200, {"Success": False})),
            ("a success without a number", answer(200, DONE)),
            ("null for a number", answer(200, {**NEW, "journalRunNumber": None})),
            ("a blank number", answer(200, {**NEW, "journalRunNumber": " "})),
            ("a replay as 409 without a number", answer(409, DONE)),
        )
    ),
    Fault("create: a number without a flag", create, (answer(200, {"journalRunNumber": NUMBER}),), NUMBER, 1),
    Fault("create: replay as 409 without a flag", create, (reset, answer(409, {"journalRunNumber": NUMBER})), NUMBER, 2),
    Fault("create without key: a success without anything", create_without_key, (answer(200, {}),), oc.DecodeException, 1, UNKNOWN),
    Fault(
        "create: a success without anything, and failures as results", create, (answer(200, {}),), oc.DecodeException, 1,
        UNKNOWN, {"raise_on_failure": False},
    ),
    Fault("create without key: reset", create_without_key, (reset,), oc.TransportException, 1, UNKNOWN),
    Fault("create without key: 503", create_without_key, (answer(503),), oc.ServiceException, 1, UNKNOWN),
    Fault("create without key: 429", create_without_key, (answer(429),), oc.RateLimitException, 1, KNOWN),
    Fault(
        "create without key: stall", create_without_key, (stall,), oc.RequestTimeoutException, 1,
        {**UNKNOWN, "phase": "read"}, {"timeout": (5, 0.2)},
    ),
    # Cancel and delete.
    Fault("delete: reset, then 404", delete, (reset, refusal(50000040, status=404)), True, 2),
    Fault("delete: reset, then not found with 200", delete, (reset, refusal(50000040)), True, 2),
    Fault("delete: 404 at once", delete, (refusal(50000040, status=404),), oc.NotFoundException, 1, KNOWN),
    Fault("delete: 429, then 404", delete, (answer(429), refusal(50000040, status=404)), oc.NotFoundException, 2, KNOWN),
    Fault(
        "delete: reset, refused, but in progress", delete,
        (reset, refusal(50000030), answer(200, {**RUN, "status": "DeleteInprogress"})), True, 3,
    ),
    Fault(
        "delete: reset, refused, and gone by then", delete,
        (reset, refusal(50000030), refusal(50000040)), True, 3,
    ),
    Fault("cancel: reset, then done", cancel, (reset, answer(200, DONE)), True, 2),
    Fault(
        "cancel: reset, refused, but cancelling", cancel,
        (reset, refusal(50000030), answer(200, {**RUN, "status": "CancelInprogress"})), True, 3,
    ),
    Fault(
        "cancel: reset, refused, and cancelled", cancel,
        (reset, refusal(50000030), answer(200, {**RUN, "status": "Cancelled"})), True, 3,
    ),
    Fault(
        "cancel: reset, refused, and still processing", cancel,
        (reset, refusal(50000030), answer(200, {**RUN, "status": "Processing"})), oc.OperationFailedException, 3, KNOWN,
    ),
    Fault(
        "cancel: reset, refused, and unreadable", cancel,
        (reset, refusal(50000030), answer(403, {})), oc.OperationFailedException, 3, UNKNOWN,
    ),
    Fault("cancel: refused at once", cancel, (refusal(50000030),), oc.OperationFailedException, 1, KNOWN),
    Fault("cancel: no flag", cancel, (answer(200, {}),), None, 1),
    Fault("cancel: 204 without a body", cancel, (raw(b"HTTP/1.1 204 No Content\r\n\r\n", close=False),), None, 1),
    Fault("delete: no flag", delete, (answer(200, {}),), None, 1),
    Fault("delete: 204 without a body", delete, (raw(b"HTTP/1.1 204 No Content\r\n\r\n", close=False),), None, 1),
    # What settles an outcome, and what does not.
    *(
        Fault(f"{act.__name__}: 502, then {name}", act, (answer(502, b"<html>"), step), kind, 2, UNKNOWN)
        for act in (create, cancel, delete)
        for name, step, kind in (
            ("404 of a gateway", answer(404, {"message": "no Route matched with those values"}), oc.NotFoundException),
            ("400 in HTML", answer(400, b"<html>"), oc.BadRequestException),
            ("413 in HTML", answer(413, b"<html>"), oc.ApiException),
            ("a maintenance page", answer(302, b"", {"Location": "https://status.example/"}), oc.ApiException),
        )
    ),
    *(
        Fault(f"create: {name}", create, (step,), kind, requests, {**UNKNOWN, "is_retryable": True, "idempotency_key": KEY})
        for name, step, kind, requests in (
            ("no category", answer(200, {"success": False}), oc.OperationFailedException, 1),
            ("SystemError", answer(200, {"success": False, "reasons": [{"code": "SystemError", "message": "internal"}]}), oc.OperationFailedException, 4),
            ("408", answer(408, {"message": "timeout"}), oc.ApiException, 1),
            ("in progress for ever", answer(409, {"message": "in progress"}), oc.ConflictException, 4),
        )
    ),
    *(
        Fault(
            f"create: reset, 401, and no other token: {name}", create, (TOKENS, reset, answer(401, {}), step), kind, 4,
            {**UNKNOWN, "idempotency_key": KEY, "attempts": 2}, {**SIGNED_IN, "client_secret": name},
        )
        for name, step, kind in (
            ("403", answer(403, {"message": "deactivated"}), oc.UnauthorizedException),
            ("429", answer(429, {}, {"Retry-After": "600"}), oc.RateLimitException),
            ("nothing usable", answer(200, {}), oc.DecodeException),
        )
    ),
    Fault("no token: reset", get, (reset,), oc.TransportException, 4, {**KNOWN, "sent": False, "attempts": 0}, SIGNED_IN),
    Fault(
        "create without key: 500 with category 11", create_without_key, (TOKENS, refusal(90000011, status=500)),
        oc.ServiceException, 2, {**UNKNOWN, "attempts": 1}, SIGNED_IN,
    ),
    Fault("cancel: reset, refused, and Completed", cancel, (reset, refusal(50000030), answer(200, RUN)), oc.OperationFailedException, 3, UNKNOWN),
    Fault(
        "cancel: reset, refused, and being deleted", cancel,
        (reset, refusal(50000030), answer(200, {**RUN, "status": "DeleteInprogress"})), oc.OperationFailedException, 3, UNKNOWN,
    ),
    Fault("cancel with a key: 409 is a conflict", cancel_with_a_key, (answer(409, DONE),), oc.ConflictException, 1, KNOWN),
    Fault(
        "deleted? 502, 404 of a gateway, and there", gone, (answer(502), answer(404, {"message": "no Route matched"}), answer(200, RUN)),
        oc.RequestTimeoutException, 9, {"phase": "wait"},
    ),
    Fault("deleted? 404 of a gateway, then gone", gone, (answer(404), refusal(50000040, status=404)), None, 2),
    # Time.
    Fault("stall", get, (stall,), oc.RequestTimeoutException, 1, {"phase": "read"}, {"timeout": (5, 0.2), "retries": 0}),
    Fault("stall, retried", get, (stall, answer(200, RUN)), NUMBER, 2, settings={"timeout": (5, 0.2)}),
    Fault("headers that drip", within(0.4), (drip(JSON_HEAD + b"X: " + b"y" * 5000),), oc.RequestTimeoutException, 1, {"phase": "read"}),
    Fault(
        "a body that drips", within(0.4), (drip(JSON_HEAD + b"Content-Length: 5000\r\n\r\n" + b"[" * 5000),),
        oc.RequestTimeoutException, 1, {"phase": "read"},
    ),
    Fault(
        "a body that drips, with the default total", get,
        (drip(JSON_HEAD + b"Content-Length: 5000\r\n\r\n" + b"[" * 5000),), oc.RequestTimeoutException, 1,
        {"phase": "read"}, {"timeout": (5, 0.4), "retries": 0},
    ),
    Fault("a chunked body that drips", within(0.4), (drip(JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n[\r\n" * 900),), oc.RequestTimeoutException, 1),
    # Bodies.
    Fault("short body, then whole", get, (answer(200, RUN, length=1000), answer(200, RUN)), NUMBER, 2),
    Fault(
        "chunked body that breaks off", get, (raw(JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n[1,2,"), answer(200, RUN)), NUMBER, 2,
    ),
    Fault("a chunk size of nonsense", get, (raw(JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),), oc.TransportException, 4),
    *(
        Fault(f"a chunk size of {size}", get, (endless(JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + size.encode() + b"\r\n"),), oc.TransportException, 4)
        for size in ("-1", "-5", "+5", "5_0", "f" * 17)
    ),
    Fault("create: a chunk size of -5", create_without_key, (raw(JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n"),), oc.TransportException, 1, UNKNOWN),
    Fault(
        "chunks and a length of 5", get,
        (endless(JSON_HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", b"400\r\n" + b"x" * 1024 + b"\r\n"),),
        oc.DecodeException, 1, settings={"max_response_bytes": 1 << 20},
    ),
    Fault("a length of 5, 5", get, (endless(JSON_HEAD + b"Content-Length: 5, 5\r\n\r\n"),), oc.TransportException, 4),
    Fault("gzip", get, (gzipped(RUN),), NUMBER, 1),
    Fault("deflate", get, (answer(200, zlib.compress(json.dumps(RUN).encode()), {"Content-Encoding": "deflate"}),), NUMBER, 1),
    Fault(
        "gzip of two members", get,
        (answer(200, gzip.compress(b'{"number":') + gzip.compress(b'"JR-00000001"}'), {"Content-Encoding": "gzip"}),), NUMBER, 1,
    ),
    Fault(
        "corrupt gzip", get, (answer(200, gzip.compress(json.dumps(RUN).encode())[:-9] + b"x" * 9, {"Content-Encoding": "gzip"}), answer(200, RUN)), NUMBER, 2,
    ),
    Fault("no gzip at all", get, (answer(200, RUN, {"Content-Encoding": "gzip"}),), oc.TransportException, 4),
    Fault("gzip that breaks off", get, (answer(200, gzip.compress(json.dumps(RUN).encode())[:-12], {"Content-Encoding": "gzip"}),), oc.TransportException, 4),
    Fault("gzip bomb", get, (answer(200, BOMB, {"Content-Encoding": "gzip"}),), oc.DecodeException, 1),
    Fault("unknown coding", get, (answer(200, b"x", {"Content-Encoding": "zstd"}),), oc.DecodeException, 1),
    Fault("endless body", get, (endless(JSON_HEAD + b"\r\n"),), oc.DecodeException, 1, settings={"max_response_bytes": 1 << 20}),
    Fault(
        "endless chunks", get, (endless(JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"400\r\n" + b"x" * 1024 + b"\r\n"),),
        oc.DecodeException, 1, settings={"max_response_bytes": 1 << 20},
    ),
    Fault("endless header", get, (endless(b"HTTP/1.1 200 OK\r\nX: "),), oc.TransportException, 1, settings={"retries": 0}),
    Fault("endless headers", get, (endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000),), oc.TransportException, 1, settings={"retries": 0}),
    Fault("a length of nonsense", get, (raw(JSON_HEAD + b"Content-Length: many\r\n\r\n" + json.dumps(RUN).encode()),), NUMBER, 1),
    Fault("HTML with 200", get, (answer(200, b"<html>sign in</html>", {"Content-Type": "text/html"}),), oc.DecodeException, 1),
    Fault("nothing with 200", get, (answer(200, b""),), oc.DecodeException, 1),
    Fault("null with 200", get, (answer(200, b"null"),), oc.DecodeException, 1),
    Fault("a list with 200", get, (answer(200, [RUN]),), oc.DecodeException, 1),
    Fault("a number for text", get, (answer(200, {"number": {"a": 1}}),), oc.DecodeException, 1),
    Fault("text for a flag", get, (answer(200, {**RUN, "success": "false"}),), oc.DecodeException, 1),
    Fault("NaN", get, (answer(200, b'{"totalJournalEntryCount": NaN}'),), oc.DecodeException, 1),
    Fault("nested 100,000 deep", get, (answer(200, b"[" * 100_000 + b"]" * 100_000),), oc.DecodeException, 1),
    Fault("nested just too deep", get, (answer(200, b'{"number": ' + b"[" * 940 + b"]" * 940 + b"}"),), oc.DecodeException, 1),
    Fault("a million values in kilobytes", get, (answer(200, gzip.compress(b"[" + b"[]," * 9_000_000 + b"0]"), {"Content-Encoding": "gzip"}),), oc.DecodeException, 1),
    Fault("byte order mark", get, (answer(200, b"\xef\xbb\xbf" + json.dumps(RUN).encode()),), NUMBER, 1),
    Fault("Latin-1, named", get, (answer(200, b'{"number": "JR-\xe9"}', {"Content-Type": "application/json; charset=latin-1"}),), "JR-\xe9", 1),
    Fault("Latin-1, not named", get, (answer(200, b'{"number": "JR-\xe9"}'),), oc.DecodeException, 1),
    Fault("punycode", get, (answer(200, b"x" * 4_000_000, {"Content-Type": "application/json; charset=punycode"}),), oc.DecodeException, 1),
    Fault("unknown charset", get, (answer(200, RUN, {"Content-Type": "application/json; charset=klingon"}),), oc.DecodeException, 1),
    Fault("JSON as text/plain", get, (answer(200, RUN, {"Content-Type": "text/plain"}),), NUMBER, 1),
    Fault("no content type", get, (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n" + b'{"number": "JR-00000001" }', close=False),), NUMBER, 1),
    Fault("error in HTML", get, (answer(403, b"<html>Access Denied</html>", {"Content-Type": "text/html"}),), oc.ForbiddenException, 1),
    Fault("error that is not UTF-8", get, (answer(404, b"\xff\xfe<html>"),), oc.NotFoundException, 1),
    Fault("error with a body that breaks off", get, (answer(404, b"{", length=100),), oc.NotFoundException, 1),
    Fault("error with a gzip bomb", get, (answer(400, BOMB, {"Content-Encoding": "gzip"}),), oc.BadRequestException, 1),
    # Protocol.
    Fault("no HTTP", get, (raw(b"\x15\x03\x01\x00\x02\x02\x28\r\n\r\n"),), oc.TransportException, 4),
    Fault("SSH", get, (raw(b"SSH-2.0-OpenSSH_9.6\r\n"),), oc.TransportException, 4),
    Fault("a status of nonsense", get, (raw(b"HTTP/1.1 abc OK\r\n\r\n"),), oc.TransportException, 4),
    Fault("a status of 999", get, (answer(999, {}),), oc.ApiException, 1, {"status": 999}),
    Fault("two answers at once", get, (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n" + b'{"number": "JR-00000001" }' * 2),), NUMBER, 1),
    Fault("100 Continue first", get, (raw(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n" + b'{"number": "JR-00000001" }'),), NUMBER, 1),
    # Redirects.
    Fault("redirect to another origin", get, (answer(302, b"", {"Location": "http://127.0.0.2:1/elsewhere"}),), oc.ApiException, 1, {"status": 302}),
    Fault("redirect within the origin", get, (answer(307, b"", {"Location": "/v1/elsewhere"}), answer(200, RUN)), NUMBER, 2),
    Fault("redirect in a circle", get, (answer(302, b"", {"Location": "/again"}),), oc.ApiException, 6, {"status": 302}),
    Fault("redirect of a create", create, (answer(302, b"", {"Location": "/v1/elsewhere"}),), oc.ApiException, 1, {"status": 302}),
    Fault("redirect of a create with 307", create, (answer(307, b"", {"Location": "/v1/elsewhere"}),), oc.ApiException, 1),
    Fault("redirect without a target", get, (answer(301),), oc.ApiException, 1, {"status": 301}),
    Fault("redirect with 400 MB", get, (endless(b"HTTP/1.1 302 Found\r\nLocation: /v1/elsewhere\r\nContent-Length: 400000000\r\n\r\n"), answer(200, RUN)), NUMBER, 2),
    Fault("redirect to a file", get, (answer(302, b"", {"Location": "file:///etc/passwd"}),), oc.ApiException, 1),
]  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What happened.

    :ivar seen: everything a person or a log could see.
    """

    result: Any
    requests: int
    waits: list[float]
    keys: set[str | None]
    seen: str


def run(fault: Fault) -> Outcome:
    """Put the client to one fault."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logger = logging.getLogger("openapi_client")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    clock = QuickClock()
    try:
        with WireServer(fault.steps) as server:
            settings = {"access_token": TOKEN, "clock": clock, "debug": True, **fault.settings}
            with oc.ApiClient(oc.Configuration(host=server.url, **settings)) as client:
                try:
                    result: Any = fault.act(oc.JournalRunsApi(client))
                except oc.OpenApiException as error:
                    result = error
            calls = [request for request in server.requests if request.target != "/oauth/token"]
            keys = {request.headers.get("idempotency-key") for request in calls if request.method == "POST"}
            arrived = len(server.requests)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    shown = [log.getvalue(), repr(result), str(result), str(pickle.dumps(result)), repr(client.configuration)]
    return Outcome(result, arrived, clock.slept, keys, "\n".join(shown))


def verdict(fault: Fault, outcome: Outcome) -> str:
    """``ok``, or what is wrong."""
    result = outcome.result
    wrong = []
    if isinstance(fault.expected, type):
        if type(result) is not fault.expected:
            wrong.append(f"the outcome is {result!r}")
        wrong.extend(
            f"{name} is {getattr(result, name, None)!r}"
            for name, value in fault.facts.items()
            if getattr(result, name, None) != value
        )
    elif result != fault.expected:
        wrong.append(f"the outcome is {result!r}")
    if outcome.requests != fault.requests:
        wrong.append(f"{outcome.requests} requests arrived")
    if len(outcome.keys) > 1:
        wrong.append(f"the keys were {outcome.keys}")
    if fault.waits is not None and [wait for wait in outcome.waits if wait] != [wait for wait in fault.waits if wait]:
        wrong.append(f"the waits were {outcome.waits}")
    if TOKEN in outcome.seen:
        wrong.append("the token was shown")
    return "; ".join(wrong) or "ok"


def main() -> int:
    """Print the table.

    :returns: exit code, the number of cases that went wrong.
    """
    bad = 0
    for fault in FAULTS:
        result = verdict(fault, run(fault))
        bad += result != "ok"
        print(f"{fault.name:45} {fault.expectation:75} {result}")
    print(f"{len(FAULTS)} cases, {bad} wrong")
    return bad


if __name__ == "__main__":
    sys.exit(main())
