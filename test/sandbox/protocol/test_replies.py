"""Answers and the bytes they become."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.replies import GZIP_ABOVE_BYTES, Reply

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reply_of_size(size):
    return Reply(200, {"a": "x" * (size - len('{"a":""}'))})


@pytest.mark.parametrize("accepted", ["gzip", "deflate, gzip", "GZIP", "gzip;q=0.5", "br;q=1, gzip ; q=0.001"])
def test_a_large_answer_is_compressed_when_asked(accepted):
    """Above 1000 bytes a caller that accepts gzip gets it."""
    answer = reply_of_size(GZIP_ABOVE_BYTES + 1).encoded(accepted, Options())
    data, headers = answer.data, answer.headers
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert len(gzip.decompress(data)) == GZIP_ABOVE_BYTES + 1


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.000", "notgzip"])
def test_a_large_answer_stays_plain_unless_asked(accepted):
    """Without a wish for gzip the answer is readable as it is."""
    answer = reply_of_size(GZIP_ABOVE_BYTES + 1).encoded(accepted, Options())
    data, headers = answer.data, answer.headers
    assert "Content-Encoding" not in headers
    assert len(data) == GZIP_ABOVE_BYTES + 1


def test_a_small_answer_stays_plain():
    """At 1000 bytes nothing is compressed."""
    headers = reply_of_size(GZIP_ABOVE_BYTES).encoded("gzip", Options()).headers
    assert "Content-Encoding" not in headers


@UNHURRIED
@given(st.text(st.characters(categories=["Cs", "L", "N"])))
@example("\ud83d")
def test_any_text_can_be_answered(text):
    """An echoed text, half a character pair included, never breaks the answer."""
    data = Reply(400, {"message": text}).encoded("", Options()).data
    assert json.loads(data.decode()).keys() == {"message"}


@UNHURRIED
@given(st.text())
def test_valid_text_is_answered_unchanged(text):
    """What is valid Unicode comes through as it is."""
    data = Reply(400, {"message": text}).encoded("", Options()).data
    assert json.loads(data) == {"message": text}


def test_its_own_headers_win():
    """Headers put beneath a reply do not replace those it has."""
    reply = Reply(200, {}, {"A": "own"}).beneath({"A": "other", "B": "new"})
    assert reply.headers == {"A": "own", "B": "new"}


def test_every_answer_may_be_compressed():
    """With the option, also short ones, and for those who do not accept it."""
    answer = Reply(200, {"success": True}).encoded("", Options(gzip="always"))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.data)) == {"success": True}


def test_codes_may_be_text():
    """With the option, in every form that has reasons."""
    body = {"reasons": [{"code": 50000040, "message": "x"}, {"code": "SystemError", "message": "y"}]}
    shown = json.loads(Reply(404, body).encoded("", Options(string_codes=True)).data)
    assert [each["code"] for each in shown["reasons"]] == ["50000040", "SystemError"]
    assert json.loads(Reply(404, {"message": "x"}).encoded("", Options(string_codes=True)).data) == {"message": "x"}
