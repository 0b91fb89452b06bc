"""Pages of a list, as pure functions of a request."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openapi_client.sandbox import Options
from openapi_client.sandbox.protocol.calls import Call
from openapi_client.sandbox.protocol.errors import Refusal
from openapi_client.sandbox.protocol.paging import Paging

ENTRIES = Paging(default=8, maximum=300)
PERIODS = Paging(default=300, maximum=300)


def call(query=""):
    return Call("GET", "/v1/things/a%2Fb", query, {}, {"Host": "sandbox:8080"}, b"", Options())


@pytest.mark.parametrize(
    ("paging", "query", "number", "size"),
    [
        (ENTRIES, "", 1, 8),
        (PERIODS, "", 1, 300),
        (ENTRIES, "pageSize=20", 1, 20),
        (ENTRIES, "pageSize=300", 1, 300),
        (ENTRIES, "pageSize=301", 1, 300),
        (ENTRIES, "page=3&pageSize=5", 3, 5),
        (ENTRIES, "pageSize=5&page=3&other=7", 3, 5),
    ],
)
def test_a_page_is_chosen(paging, query, number, size):
    """The size has a default and a maximum of its own for each list, to which a larger one is lowered."""
    page = paging.page(call(query))
    assert (page.number, page.size, page.offset) == (number, size, (number - 1) * size)


@pytest.mark.parametrize(
    "query",
    [
        "page=0&pageSize=5",
        "page=x&pageSize=5",
        f"page={'9' * 5000}&pageSize=5",
        "pageSize=0",
        "pageSize=-1",
        "pageSize=",
        "pageSize=x",
        "pageSize=1.5",
        "pageSize=%C2%B2",
    ],
)
def test_what_is_no_number_is_refused(query):
    """With category 20 and the name of the parameter."""
    with pytest.raises(Refusal) as caught:
        ENTRIES.page(call(query))
    (reason,) = caught.value.reasons
    assert (reason.code, caught.value.status) == (50000020, 400)
    name = "page" if query.startswith("page=") else "pageSize"
    assert reason.message == f"'{name}' should be a whole number of 1 or more"


def test_a_page_without_a_size_is_refused():
    """With category 23, a missing parameter."""
    with pytest.raises(Refusal, match="pageSize may not be null when page is given") as caught:
        ENTRIES.page(call("page=2"))
    assert caught.value.reasons[0].code == 50000023


def test_the_next_page_is_an_absolute_address():
    """With the other parameters of the request, and the size that is in effect."""
    address = ENTRIES.page(call("sort=a%26b&pageSize=1000&x=")).next_page(301)["nextPage"]
    assert address == "http://sandbox:8080/v1/things/a%2Fb?sort=a%26b&x=&page=2&pageSize=300"


def test_a_request_without_a_host_gets_a_path():
    """An old client that does not say where it sends to is not led elsewhere."""
    asked = replace(call("pageSize=1"), headers={})
    assert ENTRIES.page(asked).next_page(2) == {"nextPage": "/v1/things/a%2Fb?page=2&pageSize=1"}


@pytest.mark.parametrize(("total", "has_next"), [(0, False), (8, False), (9, True)])
def test_the_last_page_leads_nowhere(total, has_next):
    """The field is absent, not null."""
    assert ("nextPage" in ENTRIES.page(call()).next_page(total)) is has_next


def test_a_page_behind_the_end_is_empty():
    """However far, it leads nowhere, and its offset is one that a database takes."""
    page = ENTRIES.page(call(f"page={'9' * 18}&pageSize=300"))
    assert page.next_page(10**6) == {}
    assert page.offset < 2**63


@given(st.integers(0, 200), st.integers(1, 40), st.integers(1, 40), st.one_of(st.none(), st.integers(1, 60)))
def test_every_item_comes_once(total, default, maximum, size):
    """Following the pages of any list, by any sizes."""
    paging, items, seen = Paging(default, maximum), list(range(total)), []
    query = "" if size is None else f"pageSize={size}"
    for _ in range(total + 1):
        page = paging.page(call(query))
        seen += items[page.offset : page.offset + page.size]
        following = page.next_page(total)
        if not following:
            break
        query = urlsplit(following["nextPage"]).query
        assert parse_qs(query)["page"] == [str(page.number + 1)]
    assert seen == items
