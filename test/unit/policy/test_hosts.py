"""Base URLs: what is accepted, how it is normalized, and Zuora's data centres."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openapi_client import ApiTypeError, ApiValueError
from openapi_client._policy import hosts as _hosts

#: The data centres of the Zuora API reference.
DATA_CENTRES = {
    "PROD": "https://rest.zuora.com",
    "PROD_NA": "https://rest.na.zuora.com",
    "PROD_EU": "https://rest.eu.zuora.com",
    "PROD_AP": "https://rest.ap.zuora.com",
    "CSBX": "https://rest.test.zuora.com",
    "CSBX_EU": "https://rest.test.eu.zuora.com",
    "CSBX_AP": "https://rest.test.ap.zuora.com",
    "SBX": "https://rest.apisandbox.zuora.com",
    "SBX_NA": "https://rest.sandbox.na.zuora.com",
    "SBX_EU": "https://rest.sandbox.eu.zuora.com",
}


@pytest.mark.parametrize(
    ("given_url", "url"),
    [
        ("https://rest.zuora.com", "https://rest.zuora.com"),
        ("https://rest.zuora.com/", "https://rest.zuora.com"),
        (" https://rest.zuora.com// ", "https://rest.zuora.com"),
        ("rest.zuora.com", "https://rest.zuora.com"),
        ("rest.zuora.com:8443/base/", "https://rest.zuora.com:8443/base"),
        ("localhost", "https://localhost"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("HTTPS://REST.ZUORA.COM", "HTTPS://REST.ZUORA.COM"),
    ],
)
def test_base_url(given_url: str, url: str) -> None:
    """A base URL has no trailing slash, and is ``https`` unless it says otherwise."""
    assert _hosts.base_url(given_url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "/",
        "https://",
        "https:/host",
        "https:host",
        "ftp://host",
        "file:///etc/passwd",
        "javascript://host",
        "https://host?query=1",
        "https://host#fragment",
        "https://host:notaport",
        "https://host:99999",
        "https://ho st",
        "https://host/\r\nX-Injected: 1",
        "https://host/\x00",
        "https://[::1",
        "user:pass@host",
        "https://user@host",
        "https://user:pass@host",
    ],
)
def test_bad_url(url: str) -> None:
    """Anything else is refused where it is set, instead of failing at the first call."""
    with pytest.raises(ApiValueError, match="Invalid value for `host`"):
        _hosts.base_url(url)


@pytest.mark.parametrize("url", [None, 5, b"https://host", ["https://host"]])
def test_no_text(url: Any) -> None:
    """A host has to be text."""
    with pytest.raises(ApiTypeError, match="Invalid type for `host`"):
        _hosts.base_url(url)


@pytest.mark.parametrize(
    "url",
    ["https://user:S3CRET@host", "user:S3CRET@host", "https://user:S3CRET@host:x", "https://user:S3CRET/S3CRET#@host"],
)
def test_refusal_shows_no_password(url: str) -> None:
    """The message about credentials in a URL does not repeat the password."""
    with pytest.raises(ApiValueError) as caught:
        _hosts.base_url(url)
    assert "S3CRET" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    """Whatever the text, it is a usable URL or an ``ApiValueError``; what was accepted is accepted again."""
    try:
        url = _hosts.base_url(text)
    except ApiValueError:
        return
    assert _hosts.base_url(url) == url
    assert url.lower().startswith(("http://", "https://"))
    assert all(char > " " for char in url)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://host", "https://host:443/path", True),
        ("https://HOST", "https://host", True),
        ("http://host", "http://host:80", True),
        ("http://host", "https://host", False),
        ("https://host", "https://host:8443", False),
        ("https://host", "https://host.evil", False),
        ("https://host", "https://host@evil", False),
    ],
)
def test_origin(one: str, other: str, same: bool) -> None:
    """Two URLs are of one origin when scheme, host and port are (RFC 6454)."""
    assert (_hosts.origin_of(one) == _hosts.origin_of(other)) is same


@pytest.mark.parametrize(("name", "url"), DATA_CENTRES.items())
def test_data_centre(name: str, url: str) -> None:
    """Each data centre is found by name, in any case, and by its description."""
    setting = _hosts.by_name(name)
    assert setting["url"] == url
    assert _hosts.by_name(f" {name.lower()} ") is setting
    assert _hosts.by_name(setting["description"]) is setting


def test_all_data_centres() -> None:
    """The list holds these data centres, the production one first."""
    assert {setting["name"]: setting["url"] for setting in _hosts.SETTINGS} == DATA_CENTRES
    assert _hosts.SETTINGS[0]["url"] == _hosts.DEFAULT


def test_placeholders() -> None:
    """Placeholders of other descriptions are filled with the given or the default value, and checked."""
    variables = {
        "server": {"default_value": "petstore", "enum_values": ["petstore", "qa"]},
        "port": {"default_value": "80"},
    }
    settings = [{"url": "http://{server}.test:{port}/v2", "variables": variables}, {"url": "https://plain.test"}]
    assert _hosts.url_of(settings, 0, {}) == "http://petstore.test:80/v2"
    assert _hosts.url_of(settings, 0, {"server": "qa", "port": "8080"}) == "http://qa.test:8080/v2"
    assert _hosts.url_of(settings, 1, {}) == "https://plain.test"
    with pytest.raises(ApiValueError, match=r"`server` in the host URL has invalid value prod. Must be \['petstore'"):
        _hosts.url_of(settings, 0, {"server": "prod"})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://A.example", "https://a.example"),
        ("https://a.example:443/Sub", "https://a.example/Sub"),
        ("http://a.example:80", "http://a.example"),
        ("https://a.example:80", "https://a.example:80"),
        ("http://a.example:443", "http://a.example:443"),
        ("http://a.example:8080/b", "http://a.example:8080/b"),
    ],
)
def test_spellings_of_a_url(url: str, expected: str) -> None:
    """Host in lower case and no default port; the path is kept."""
    assert _hosts.one_spelling(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b", ("https", "a.example", 443)),
        ("http://a.example", ("http", "a.example", 80)),
        ("http://a.example:443", ("http", "a.example", 443)),
        ("https:///b", ("https", "", 443)),
    ],
)
def test_origins(url: str, expected: tuple[str, str, int]) -> None:
    """Scheme, host and port, the default one if none is named."""
    assert _hosts.origin_of(url) == expected


def test_names_in_messages() -> None:
    """An unknown name is refused with the known ones, an index with their number."""
    with pytest.raises(ApiValueError, match="Unknown Zuora data centre 'MARS'; the names are PROD, PROD_NA, PROD_"):
        _hosts.url_of([], "MARS", {})
    with pytest.raises(ApiValueError, match=r"Invalid index 1 when selecting the host settings. Must be less than 1$"):
        _hosts.url_of([{"url": "https://a"}], 1, {})
    assert _hosts.url_of([], "prod_eu", {}) == "https://rest.eu.zuora.com"


@pytest.mark.parametrize(
    "url",
    [
        "http://p.example:8080",
        "https://p.example",
        "http://p.example/",
        "http://user:w%20rd@p.example:1",
        "http://[::1]:3128",
    ],
)
def test_proxy_urls(url: str) -> None:
    """What a proxy's URL looks like; it is kept as it is."""
    assert _hosts.proxy_url(url) == url


@pytest.mark.parametrize("value", [None, ""])
def test_no_proxy(value: Any) -> None:
    """Nothing is no proxy."""
    assert _hosts.proxy_url(value) == value


@pytest.mark.parametrize(
    "url",
    [
        "ftp://p.example",
        "http://",
        "http://:8080",
        "http://p.example:0",
        "http://p.example:",
        "http://p.example:99999",
        "http://p.example/path",
        "http://p.example?query",
        "http://p.example#fragment",
        "http://us er:S3CRET@p.example",
        "http://user:S3\u00adCRET@p.example",
        "http://[p.example",
        "file:///S3CRET",
    ],
)
def test_what_is_no_proxy_url(url: str) -> None:
    """Anything more or less is refused, and nothing of it is shown."""
    with pytest.raises(ApiValueError) as caught:
        _hosts.proxy_url(url)
    assert str(caught.value) == (
        "Invalid value for `proxy`: pass a URL such as http://proxy.example:8080, and percent-encode "
        "what is special in user name and password"
    )


@pytest.mark.parametrize("url", ["p.example:8080", "user:S3CRET@p.example"])
def test_a_proxy_without_a_scheme(url: str) -> None:
    """A missing scheme is told."""
    with pytest.raises(ApiValueError, match=r"`proxy`: the scheme is missing; pass a URL") as caught:
        _hosts.proxy_url(url)
    assert "S3CRET" not in str(caught.value)


@pytest.mark.parametrize("value", [5, b"http://p.example", ["http://p.example"]])
def test_proxies_of_other_types(value: Any) -> None:
    """A proxy is text."""
    with pytest.raises(ApiTypeError, match=f"`proxy`: it must be a str, not {type(value).__name__}$"):
        _hosts.proxy_url(value)
