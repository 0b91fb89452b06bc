"""Request bodies: media type, compression and JSON."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openapi_client.sandbox.protocol.errors import GatewayRefusal, Refusal
from openapi_client.sandbox.protocol.payload import LARGEST_BODY_BYTES, json_object, plain_body

# A loaded machine is slow, which is no mistake of the code under test.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
JSON = {"Content-Type": "application/json"}


def refusal_of(headers, data):
    with pytest.raises(Refusal) as caught:
        json_object(headers, data)
    return caught.value.reasons[0].category, caught.value.status


@pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_is_recognized(media_type):
    """Parameters and capitals do not matter."""
    assert json_object({"Content-Type": media_type}, b'{"a":1}') == {"a": 1}


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/jsonp", "application/x-www-form-urlencoded"])
def test_another_media_type_is_refused(media_type):
    """Anything but JSON is 415 in category 45."""
    assert refusal_of({"Content-Type": media_type}, b"{}") == (45, 415)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"{'a': 1}", b'{"a": NaN}', b'{"a": -Infinity}', b"\xff\xfe\xfa", b"[" * 200_000, b'{"a": 1}}'],
)
def test_malformed_json_is_refused(data):
    """What no JSON parser should accept is category 90."""
    assert refusal_of(JSON, data) == (90, 400)


@pytest.mark.parametrize("data", [b"[]", b"null", b'"text"', b"12"])
def test_the_body_is_an_object(data):
    """Other JSON values are category 20."""
    assert refusal_of(JSON, data) == (20, 400)


@UNHURRIED
@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.lists(st.booleans())), st.booleans())
def test_every_object_is_read_back(value, is_compressed):
    """Any JSON object comes through, compressed or not."""
    data = json.dumps(value).encode()
    headers = {**JSON, "Content-Encoding": "gzip"} if is_compressed else JSON
    assert json_object(headers, gzip.compress(data) if is_compressed else data) == value


@UNHURRIED
@given(st.binary(max_size=200), st.sampled_from(["gzip", "identity", "GZIP", "", "br"]))
def test_no_bytes_break_the_reader(data, encoding):
    """Whatever arrives is either an object or a refusal."""
    try:
        value = json_object({**JSON, "Content-Encoding": encoding}, data)
    except Refusal:
        return
    assert isinstance(value, dict)


@pytest.mark.parametrize("cut", [1, 10, 20])
def test_broken_compression_is_refused(cut):
    """A compressed body that ends early is category 90."""
    data = gzip.compress(b'{"a": 1}')[:-cut]
    assert refusal_of({**JSON, "Content-Encoding": "gzip"}, data) == (90, 400)


def test_an_unknown_compression_is_refused():
    """Only gzip is understood."""
    assert refusal_of({**JSON, "Content-Encoding": "br"}, b"{}") == (45, 415)


@pytest.mark.parametrize("is_compressed", [False, True])
def test_a_body_that_is_too_large_is_refused(is_compressed):
    """The limit holds for what a body unpacks to, so that a small one cannot fill the memory."""
    data = b" " * (LARGEST_BODY_BYTES + 1)
    headers = {"Content-Encoding": "gzip"} if is_compressed else {}
    with pytest.raises(GatewayRefusal) as caught:
        plain_body(headers, gzip.compress(data) if is_compressed else data)
    assert caught.value.status == 413


@pytest.mark.parametrize("is_compressed", [False, True])
def test_a_body_of_the_largest_size_is_taken(is_compressed):
    """The limit itself is allowed."""
    data = b" " * LARGEST_BODY_BYTES
    headers = {"Content-Encoding": "gzip"} if is_compressed else {}
    assert plain_body(headers, gzip.compress(data) if is_compressed else data) == data
