"""An API that nobody has, rendered into a package of its own and driven against a loopback server.

It shows that another API class needs data for the tool and no line of Python below ``api/``.
"""

from __future__ import annotations

import datetime
import importlib
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.echo import EchoServer
from support.package import ROOT
from support.tool import make_importable

import openapi_client as oc

make_importable()

from codegen import introspection, pages, python, tree  # noqa: E402 - the tool is made importable above
from codegen.model import Surface  # noqa: E402 - as above
from codegen.reading import Description, Unsupported, load  # noqa: E402 - as above

DATA = ROOT / "test" / "data" / "invented"
OPTIONS = load(ROOT / "codegen" / "options.yaml")
PACKAGE = "depot"
ORDERS = "/v1/depots/7/orders"
ORDER = {
    "orderNo": "A/1",
    "status": "in-transit",
    "lines": [{"sku": "x", "quantity": 2, "isGift": True, "parts": [{"name": "lid", "count": 3}]}],
    "customer": {"name": "Ann", "address": {"city": "Bern", "class": "B"}},
    "placedAt": "2026-03-31T22:05:12Z",
    "total": 12.5,
    "extra": {"any": [1, None]},
    "later": "unknown",
}
WANTED: dict[str, Any] = {
    "customer": {"name": "Ann", "address": {"_class": "B"}},
    "lines": [{"sku": "x", "quantity": 2, "is_gift": False, "parts": [{"name": "lid"}]}],
    "wantedOn": datetime.date(2026, 4, 1),
    "deliver_at": "2026-04-01T08:00:00",
    "x-note": "ring twice",
    "tags": ["a", "b"],
    "extra": {"since": datetime.date(2026, 1, 1)},
}
SENT = {
    "customer": {"name": "Ann", "address": {"class": "B"}},
    "lines": [{"sku": "x", "quantity": 2, "isGift": False, "parts": [{"name": "lid"}]}],
    "wantedOn": "2026-04-01",
    "deliverAt": "2026-04-01T08:00:00",
    "x-note": "ring twice",
    "tags": ["a", "b"],
    "extra": {"since": "2026-01-01"},
}


def surface(change: Any = None) -> tuple[Surface, Description]:
    data = load(DATA / "description.yaml")
    if change is not None:
        change(data)
    description = Description(data)
    return Surface(description, load(DATA / "names.yaml")), description


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the rendered package."""
    folder = tmp_path_factory.mktemp("rendered")
    for path, text in python.Renderer(surface()[0], OPTIONS, PACKAGE).files().items():
        assert path.startswith(("api/", "models/"))
        tree.write(folder / PACKAGE / path, text)
    (folder / PACKAGE / "__init__.py").touch()
    (folder / PACKAGE / "py.typed").touch()
    return folder


@pytest.fixture(scope="module")
def models(home: Path) -> Iterator[Any]:
    """The rendered models."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(home))
        yield importlib.import_module(f"{PACKAGE}.models")
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


@pytest.fixture
def server() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


@pytest.fixture
def api(models: Any, server: EchoServer) -> Iterator[Any]:
    """The rendered API class, on our runtime."""
    with oc.ApiClient(oc.Configuration(host=server.url, access_token="token")) as client:
        yield importlib.import_module(f"{PACKAGE}.api").DepotOrdersApi(client)


def test_query_and_header_parameters(api: Any, models: Any, server: EchoServer) -> None:
    """Arrays, enums, dates, flags and numbers travel as the description says."""
    server.give(ORDERS, [ORDER])
    api.list_orders(
        7, status=["new", models.OrderStatus.IN_TRANSIT], sku=["a,b", "c"], since="2026-03-01", is_open=True,
        page_size=50, sort="desc", x_regions=["CH", "LI"],
    )  # fmt: skip
    (seen,) = server.seen
    assert (seen["verb"], seen["path"]) == ("GET", ORDERS)
    assert seen["query"] == [
        ("status", "new"),
        ("status", "in-transit"),
        ("sku", "a,b,c"),
        ("since", "2026-03-01"),
        ("isOpen", "true"),
        ("pageSize", "50"),
        ("sort", "desc"),
    ]
    assert seen["headers"]["x-regions"] == "CH,LI"
    assert seen["headers"]["authorization"] == "Bearer token"
    assert seen["headers"]["accept"] == "application/json"
    assert seen["body"] == ""


def test_what_is_left_out_is_not_sent(api: Any, server: EchoServer) -> None:
    """Optional parameters without a value leave no trace."""
    server.give(ORDERS, [])
    assert api.list_orders(depot_id=7, status=None, is_open=None) == []
    assert server.seen[0]["query"] == []
    assert "x-regions" not in server.seen[0]["headers"]


def test_a_list_of_models(api: Any, models: Any, server: EchoServer) -> None:
    """An answer that is a list is a list of models, with nested models inside."""
    server.give(ORDERS, [ORDER, {"orderNo": "2", "status": "lost", "lines": []}])
    one, other = api.list_orders(7)
    assert isinstance(one, models.Order)
    assert one.status is models.OrderStatus.IN_TRANSIT
    assert one.lines == [models.OrderLine("x", 2, True, [models.Part("lid", 3)])]
    assert one.customer.address._class == "B"
    assert one.placed_at == datetime.datetime(2026, 3, 31, 22, 5, 12, tzinfo=datetime.timezone.utc)
    assert (one.total, one.extra, one.additional_properties) == (12.5, {"any": [1, None]}, {"later": "unknown"})
    assert (other.status, other.customer, other.total) == ("lost", None, None)


@pytest.mark.parametrize("name", ["place_order", "p_ost_order"])
@pytest.mark.parametrize("as_model", [False, True])
def test_a_nested_body(api: Any, models: Any, server: EchoServer, name: str, as_model: bool) -> None:
    """A request as a dict, in both spellings, and as a model, under both names."""
    server.give(ORDERS, {**ORDER, "hint": "slow"}, 201)
    given = models.OrderRequest._from_user(WANTED, "order_request") if as_model else WANTED
    order = getattr(api, name)(7, given, x_dry_run=False)
    (seen,) = server.seen
    assert (seen["verb"], seen["path"], seen["query"]) == ("POST", ORDERS, [])
    assert json.loads(seen["body"]) == SENT
    assert seen["headers"]["content-type"] == "application/json"
    assert seen["headers"]["x-dry-run"] == "false"
    assert isinstance(order, models.Order)
    assert order.hint == "slow"  # the other form of the same answer


def test_two_path_parameters(api: Any, models: Any, server: EchoServer) -> None:
    """Each goes to its place, percent-encoded."""
    server.give(f"{ORDERS}/A%2F1", ORDER)
    order, status, _ = api.get_order_with_http_info(7, "A/1")
    assert (server.seen[0]["path"], status) == (f"{ORDERS}/A%2F1", 200)
    assert order == models.Order.from_dict(ORDER)
    assert order.to_json() == json.dumps(ORDER | {"placedAt": "2026-03-31T22:05:12+00:00"})


@pytest.mark.parametrize("name", ["replace_order_lines", "p_ut_order_lines"])
def test_a_body_that_is_a_list(api: Any, models: Any, server: EchoServer, name: str) -> None:
    """A list of dicts and models is sent as it is meant; an answer without a body is ``None``."""
    path = f"{ORDERS}/A1/lines"
    server.give(path, b"", 204)
    lines = [{"sku": "x", "quantity": 1.5}, models.OrderLine("y", 2)]
    assert getattr(api, name)(7, "A1", lines) is None
    assert (server.seen[0]["verb"], server.seen[0]["path"]) == ("PUT", path)
    assert json.loads(server.seen[0]["body"]) == [{"sku": "x", "quantity": 1.5}, {"sku": "y", "quantity": 2}]


def test_other_answers(api: Any, server: EchoServer) -> None:
    """Another thread, and the bare response of urllib3."""
    server.give(f"{ORDERS}/A1", ORDER)
    assert api.get_order(7, "A1", async_req=True).get(10).order_no == "A/1"
    response = api.get_order(7, "A1", _preload_content=False)
    assert json.loads(response.data) == ORDER


@pytest.mark.parametrize(
    ("name", "arguments", "error", "message"),
    [
        ("list_orders", {"depot_id": 0}, oc.ApiValueError, "`depot_id`.*greater than or equal to `1`"),
        ("list_orders", {"depot_id": "7"}, oc.ApiTypeError, "`depot_id`.*whole number"),
        ("list_orders", {"depot_id": None}, oc.ApiValueError, "Missing the required parameter `depot_id`"),
        ("list_orders", {"depot_id": 7, "page_size": 101}, oc.ApiValueError, "`page_size`.*less than .* `100`"),
        ("list_orders", {"depot_id": 7, "sku": ["a"] * 4}, oc.ApiValueError, "`sku`.*number of items .* equal to `3`"),
        ("list_orders", {"depot_id": 7, "sku": [1]}, oc.ApiTypeError, r"`sku\[0\]`"),
        ("list_orders", {"depot_id": 7, "sort": "up"}, oc.ApiValueError, r"`sort` \(up\).*\['asc', 'desc'\]"),
        ("list_orders", {"depot_id": 7, "status": ["gone"]}, oc.ApiValueError, r"`status\[0\]` \(gone\)"),
        ("list_orders", {"depot_id": 7, "since": "soon"}, oc.ApiValueError, "`since`"),
        ("list_orders", {"depot_id": 7, "is_open": "yes"}, oc.ApiTypeError, "`is_open`.*true or false"),
        ("list_orders", {"depot_id": 7, "pagesize": 5}, oc.ApiTypeError, "'pagesize' .* did you mean 'page_size'"),
        ("list_orders", {"depot_id": 7, "timeout": 5}, oc.ApiTypeError, "did you mean '_request_timeout'"),
        ("get_order", {"depot_id": 7, "order_no": "123456789"}, oc.ApiValueError, "`order_no`.*length.*`8`"),
        ("get_order", {"depot_id": 7, "order_no": ".."}, oc.ApiValueError, "`order_no`.*dot segment"),
        ("get_order", {"depot_id": 7}, TypeError, "order_no"),
        ("place_order", {"depot_id": 7, "order_request": {**WANTED, "lines": None}}, oc.ApiValueError,
         "`order_request.lines`, must not be `None`"),
        ("place_order", {"depot_id": 7, "order_request": {**WANTED, "lines": [{"sku": "x"}]}}, oc.ApiValueError,
         r"`order_request.lines\[0\].quantity`, must not be `None`"),
        ("place_order", {"depot_id": 7, "order_request": {**WANTED, "lines": [
            {"sku": "x", "quantity": 1, "parts": [{"name": "lid"}, {"nam": "lid"}]}]}}, oc.ApiTypeError,
         r"'nam' in `order_request.lines\[0\].parts\[1\]`; did you mean 'name'"),
        ("replace_order_lines", {"depot_id": 7, "order_no": "A1", "lines": {}}, oc.ApiTypeError, "`lines`.*a list"),
    ],
)  # fmt: skip
def test_refused(
    api: Any, server: EchoServer, name: str, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    """What the description forbids is refused before anything is sent, with its place."""
    with pytest.raises(error, match=message):
        getattr(api, name)(**arguments)
    assert server.seen == []


def test_signatures(api: Any) -> None:
    """Positional are the required ones, path before body; everything else is by keyword, with its default."""
    parameters = inspect.signature(api.replace_order_lines).parameters.values()
    positional = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    assert positional == ["depot_id", "order_no", "lines"]
    assert all(each.kind is each.KEYWORD_ONLY for each in parameters if each.name not in positional)
    assert inspect.signature(api.place_order) == inspect.signature(api.p_ost_order)
    assert "page_size: 'int | None' = None" in str(inspect.signature(api.list_orders))


def test_pages(home: Path) -> None:
    """The pages can be rendered as well, with a row for each parameter and a link for each model."""
    found = pages.Pages(*surface(), OPTIONS, introspection.BESIDE_AN_API).files()
    assert {"DepotOrdersApi.md", "OrderLine.md", "OrderStatus.md"} <= {*found}
    page = found["DepotOrdersApi.md"]
    assert "> list[Order] list_orders(depot_id, status=status, sku=sku," in page
    assert "**order_request** | [**OrderRequest**](OrderRequest.md) | The order. |\n" in page
    assert "**IN_TRANSIT** | `in-transit` |" in found["OrderStatus.md"]


@pytest.mark.full
def test_types(home: Path, tmp_path: Path) -> None:
    """Type checkers find nothing wrong with what is rendered."""
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "-p", PACKAGE]
    # mypy finds an installed package by itself, and must be told where a checkout lies.
    place = Path(oc.__file__).parents[1]
    where = {} if "site-packages" in place.parts else {"MYPYPATH": str(place)}
    done = subprocess.run(
        command, cwd=home, env={**os.environ, **where}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def cookie(data: dict[str, Any]) -> None:
    data["paths"][f"{ORDERS.replace('7', '{depot-id}')}"]["get"]["parameters"][0]["in"] = "cookie"


def form(data: dict[str, Any]) -> None:
    body = data["paths"][f"{ORDERS.replace('7', '{depot-id}')}"]["post"]["requestBody"]
    body["content"] = {"multipart/form-data": body["content"]["application/json"]}


def choice(data: dict[str, Any]) -> None:
    data["components"]["schemas"]["Order"]["properties"]["total"] = {"oneOf": [{"type": "boolean"}, {"type": "number"}]}


def inline(data: dict[str, Any]) -> None:
    data["components"]["schemas"]["Order"]["properties"]["total"] = {"type": "string", "enum": ["a", "b"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (cookie, "a parameter in cookie"),
        (form, "a body of multipart/form-data"),
        (choice, "Order.total: there is no form for a choice"),
        (inline, "Order.total: an enum needs a name"),
    ],
)
def test_what_cannot_be_rendered(change: Any, message: str) -> None:
    """What the templates have no form for is an error that says where, and is not rendered wrong."""
    with pytest.raises(Unsupported, match=message):
        surface(change)
