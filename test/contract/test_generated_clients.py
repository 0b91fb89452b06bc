"""The real OpenAPI Generator 4.3.1 against us: its clients on our runtime, and its behaviour side by side with ours."""

from __future__ import annotations

import copy
import datetime
import importlib
import json
import os
import pprint
import re
import shutil
import subprocess
import sys
import weakref
from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import urllib3
from support.echo import EchoServer
from support.generator import generate

from openapi_client.rest import USER_AGENT

pytestmark = [
    pytest.mark.contract,
    # Generated code calls it on the unread answer; some versions of urllib3 warn of that.
    pytest.mark.filterwarnings("ignore:HTTPResponse.getheader:DeprecationWarning"),
]
ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "test" / "data"
PATIENCE = 10.0
#: Seconds for the tests that the generator writes.
GENERATION = 120
#: The runtime: what a generated package has besides its models and operations.
RUNTIME = ("api_client", "configuration", "exceptions", "rest")
Answer = namedtuple("Answer", "data")


@dataclass
class Side:
    """One of the two runtimes to compare: a pet store and a journal-runs client on it."""

    pet: Any
    zuora: Any
    server: EchoServer
    folder: Path

    def client(self, **settings: Any) -> Any:
        """A client of the pet store for the echo server."""
        configuration = self.pet.Configuration()
        for name, value in {"host": self.server.url, "retries": False, **settings}.items():
            setattr(configuration, name, value)
        return self.pet.ApiClient(configuration)

    def api(self, **settings: Any) -> Any:
        """The operations of the pet store."""
        return self.pet.PetApi(self.client(**settings))

    def runs(self, **settings: Any) -> Any:
        """The journal-run operations."""
        configuration = self.zuora.Configuration()
        for name, value in {"host": self.server.url, "retries": False, **settings}.items():
            setattr(configuration, name, value)
        return self.zuora.JournalRunsApi(self.zuora.ApiClient(configuration))

    def sent(self, call: Callable[[], Any]) -> Any:
        """What the server was sent by a call whose answer does not matter."""
        self.server.seen.clear()
        try:
            call()
        except Exception:
            if not self.server.seen:
                raise
        return _comparable(self.server.seen[-1])

    def decode(self, data: Any, kind: Any, **settings: Any) -> Any:
        """``data``, or text that is no JSON, decoded as ``kind``."""
        return self.client(**settings).deserialize(Answer(json.dumps(data)), kind)


def _comparable(seen: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(seen)
    boundary = re.search(r"boundary=(\w+)", text)
    text = text.replace(boundary[1], "BOUNDARY") if boundary else text
    found: dict[str, Any] = json.loads(text)
    del found["headers"]["host"]
    return found


def _put_on_our_runtime(source: Path, target: Path) -> None:
    """A copy of a generated package with our runtime in place of its own, renamed and otherwise untouched."""
    shutil.copytree(source, target)
    for path in target.rglob("*.py"):
        path.write_text(path.read_text("utf-8").replace(source.name, target.name), "utf-8")
    ours = ROOT / "openapi_client"
    for path in ours.rglob("*.py"):
        part = path.relative_to(ours).parts[0].removesuffix(".py")
        if part in RUNTIME or (part.startswith("_") and part != "__init__"):
            copy = target / path.relative_to(ours)
            copy.parent.mkdir(exist_ok=True)
            copy.write_text(path.read_text("utf-8").replace("openapi_client", target.name), "utf-8")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both clients as generated, and the pet store once more on our runtime."""
    folder = tmp_path_factory.mktemp("generated")
    generate(DATA / "petstore.json", "petstore_generated", folder)
    generate(DATA / "journal_runs_2021.json", "journal_runs_generated", folder)
    _put_on_our_runtime(folder / "petstore_generated", folder / "petstore_on_ours")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


def _run_tests_of(project: Path, packages: Path) -> None:
    """Run the tests that the generator writes beside its client, in another process."""
    search = os.pathsep.join((str(ROOT), str(packages)))
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            os.devnull,
            project / "test",
        ],
        capture_output=True,
        text=True,
        timeout=GENERATION,
        check=False,
        cwd=project,
        env={**os.environ, "PYTHONPATH": search, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


@pytest.mark.parametrize(
    ("project", "package", "ours"),
    [
        ("journal_runs_generated", "journal_runs_generated", "openapi_client"),
        ("petstore_generated", "petstore_generated", "petstore_on_ours"),
    ],
)
def test_generated_tests(packages: Path, tmp_path: Path, project: str, package: str, ours: str) -> None:
    """The tests that the generator writes beside its client pass on ours."""
    copied = tmp_path / project
    copied.mkdir()
    shutil.copytree(packages / f"{project}-project" / "test", copied / "test")
    for path in copied.rglob("*.py"):
        path.write_text(path.read_text("utf-8").replace(package, ours), "utf-8")
    _run_tests_of(copied, packages)


def test_exit_closes_the_threads(packages: Path) -> None:
    """A client that nobody closed closes its threads when the interpreter ends, as the generator's tests ask for."""
    code = """
import atexit, petstore_on_ours
client = petstore_on_ours.ApiClient()
assert client.pool is not None and client._pool is not None
atexit._run_exitfuncs()
assert client._pool is None
"""
    subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        timeout=PATIENCE * 3,
        check=True,
        env={**os.environ, "PYTHONPATH": str(packages)},
    )


@pytest.fixture(scope="module")
def server() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


@pytest.fixture
def theirs(packages: Path, server: EchoServer, tmp_path: Path) -> Iterator[Side]:
    (tmp_path / "theirs").mkdir()
    server.canned.clear()
    modules = [importlib.import_module(name) for name in ("petstore_generated", "journal_runs_generated")]
    yield Side(*modules, server, tmp_path / "theirs")
    for module in modules:
        module.Configuration.set_default(None)


@pytest.fixture
def ours(packages: Path, server: EchoServer, tmp_path: Path) -> Iterator[Side]:
    (tmp_path / "ours").mkdir()
    modules = [importlib.import_module(name) for name in ("petstore_on_ours", "openapi_client")]
    yield Side(*modules, server, tmp_path / "ours")
    for module in modules:
        module.Configuration.set_default(None)


# Side by side

Case = Callable[[Side], Any]
CASES: dict[str, Case] = {}
DAY, MOMENT = datetime.date(2026, 3, 31), datetime.datetime(2026, 3, 31, 22, 5, 12)
PET = {
    "id": 1,
    "category": {"id": 2, "name": "dog"},
    "name": "kitty",
    "photoUrls": ["a", "b"],
    "tags": [{"id": 3, "name": "t"}],
    "status": "sold",
    "born": "2026-03-31",
    "seen": "2026-03-31T22:05:12+01:00",
}


def pet_of(side: Side) -> Any:
    pet = side.pet.Pet(name="kitty", photo_urls=["a", "b"])
    pet.id, pet.status, pet.born, pet.seen = 1, "sold", DAY, MOMENT
    pet.category = side.pet.Category(id=2, name="dog")
    pet.tags = [side.pet.Tag(id=3, name="t"), side.pet.Tag()]
    return pet


def case(name: str) -> Callable[[Case], Case]:
    def add(function: Case) -> Case:
        assert name not in CASES
        CASES[name] = function
        return function

    return add


def cases(name: str, function: Callable[..., Any], *arguments: Any) -> None:
    for argument in arguments:
        CASES[f"{name} {argument!r}"] = lambda side, argument=argument: function(side, argument)


cases(
    "sanitize",
    lambda side, value: side.client().sanitize_for_serialization(value),
    None, "a", 1, 1.5, True, b"a", DAY, MOMENT, [1, DAY], (1, DAY), {"a": {"b": [MOMENT]}}, [], {},
)  # fmt: skip
case("sanitize a model")(lambda side: side.client().sanitize_for_serialization([pet_of(side), {"p": pet_of(side)}]))
case("sanitize a set")(lambda side: side.client().sanitize_for_serialization({1}))
cases(
    "parameters_to_tuples",
    lambda side, value: side.client().parameters_to_tuples(*value),
    ({"a": 1}, None),
    ([("a", [1, 2])], {"a": "multi"}),
    ({"a": [1, 2]}, {"a": "csv"}),
    ({"a": [1, 2]}, {"a": "ssv"}),
    ({"a": [1, 2]}, {"a": "tsv"}),
    ({"a": [1, 2]}, {"a": "pipes"}),
    ({"a": [1, 2]}, {}),
)
cases(
    "select_header_accept",
    lambda side, value: side.client().select_header_accept(value),
    [], None, ["APPLICATION/JSON", "APPLICATION/XML"], ["application/xml", "application/json"],
    ["text/plain", "application/xml"], ["application/json; charset=utf-8"],
)  # fmt: skip
cases(
    "select_header_content_type",
    lambda side, value: side.client().select_header_content_type(value),
    [], None, ["APPLICATION/JSON"], ["text/plain", "*/*"], ["text/plain", "application/xml"],
    ["application/json; charset=utf-8"],
)  # fmt: skip
cases(
    "deserialize",
    lambda side, value: side.decode(*value),
    ("test", "str"), (5, "str"), ({"a": 1}, "str"), (1, "int"), ("2", "int"), (2.0, "int"), (1, "float"),
    (True, "bool"), ({"a": 1}, "object"), ([["foo"]], "list[list[str]]"),
    ({"foo": {"bar": 1}}, "dict(str, dict(str, int))"),
    ({"a": [1]}, "dict(str, list[int])"), (None, "int"), (None, "Pet"), ("1997-07-16", "date"),
    ("1997-07-16T19:20:30.45+01:00", "date"), ("1997-07-16T19:20:30.45+01:00", "datetime"),
    ("1997-07-16 19:20:30", "datetime"), (PET, "Pet"), ([PET, PET], "list[Pet]"), ({"pet": PET}, "dict(str, Pet)"),
    ({"className": "Dog", "breed": "Jack"}, "Dog"), ({"className": "Cat"}, "Animal"),
    ({"enum_string_required": "lower", "enum_integer": 1, "outerEnum": "placed"}, "EnumTest"),
    ("placed", "OuterEnum"), ({"just_symbol": ">=", "array_enum": ["fish"]}, "EnumArrays"),
    ({"map_map_of_string": {"a": {"b": "c"}}, "map_of_enum_string": {"a": "UPPER"}}, "MapTest"),
    ({"name": "k", "photoUrls": [], "unknown": 1}, "Pet"), ({"photoUrls": []}, "Pet"),
    ({"name": "k", "photoUrls": [], "status": "new"}, "Pet"), ({"hi": "a23"}, "dict(str, int)"), ("soon", "date"),
    ("soon", "datetime"), ("false", "bool"), (2.5, "int"), ("ab", "list[str]"), ("Nov 15, 2014", "date"),
    ("2014", "date"),
    ([PET], "Pet"), (PET, "NoModel"),
)  # fmt: skip
case("deserialize without validation")(
    lambda side: side.decode({"photoUrls": [], "status": "new"}, "Pet", client_side_validation=False)
)
case("deserialize text that is no JSON")(lambda side: side.client().deserialize(Answer("plain"), "str"))
case("deserialize by class")(lambda side: side.client().deserialize(Answer("5"), int))
cases(
    "a model",
    lambda side, method: getattr(pet_of(side), method)(),
    "to_dict", "to_str", "__repr__",
)  # fmt: skip
case("equal models")(lambda side: (pet_of(side) == pet_of(side), pet_of(side) != pet_of(side), pet_of(side) == 5))
case("a model without a required value")(lambda side: side.pet.Pet(photo_urls=[]))
case("a model with a wrong enum value")(lambda side: setattr(pet_of(side), "status", "gone"))
case("a model out of bounds")(lambda side: side.pet.FormatTest(number=1, byte="YQ==", date=DAY, password="long enough"))


# Configuration


@case("configuration defaults")
def _(side: Side) -> Any:
    configuration = side.zuora.Configuration()
    names = ("host", "api_key", "username", "verify_ssl", "proxy", "retries", "logger_format", "debug", "logger_file")
    return {name: getattr(configuration, name) for name in names}


@case("configuration copies")
def _(side: Side) -> Any:
    first = side.pet.Configuration(host="http://example.com")
    first.api_key["a"] = "1"
    side.pet.Configuration.set_default(first)
    second = side.pet.Configuration.get_default_copy()
    third = copy.deepcopy(first)
    return (
        second.host,
        second.api_key,
        second is first,
        second.api_key is first.api_key,
        third.api_key is first.api_key,
    )


@case("configuration keys")
def _(side: Side) -> Any:
    configuration = side.pet.Configuration(api_key={"a": "k"}, api_key_prefix={"a": "P"}, username="u", password="p")
    before = [configuration.get_api_key_with_prefix(name) for name in ("a", "b")]
    configuration.refresh_api_key_hook = lambda conf: conf.api_key.update(a="new")
    return [*before, configuration.get_api_key_with_prefix("a"), configuration.get_basic_auth_token()]


case("basic token of nobody")(lambda side: side.pet.Configuration().get_basic_auth_token())
case("debug report")(lambda side: side.zuora.Configuration().to_debug_report())
case("the first host")(lambda side: side.zuora.Configuration().get_host_settings()[0]["url"])
case("a host by index")(lambda side: side.zuora.Configuration().get_host_from_settings(0))
case("a host beyond the list")(lambda side: side.zuora.Configuration().get_host_from_settings(99))
case("a host without scheme")(lambda side: side.pet.Configuration(host="example.com").host)


# Exceptions

case("an exception")(lambda side: str(side.pet.ApiException(404, "Not Found")))
case("an exception of an answer")(lambda side: _fields(side.pet.ApiException(http_resp=_response(side, b"text"))))
case("a message with headers and body")(lambda side: str(side.pet.ApiException(http_resp=_response(side, b"text"))))
cases(
    "an error about a value",
    lambda side, name: str(getattr(side.pet, name)("bad", ["a", 0, "b"])),
    "ApiTypeError", "ApiValueError", "ApiKeyError",
)  # fmt: skip
case("render_path")(lambda side: importlib.import_module(f"{side.pet.__name__}.exceptions").render_path(["a", 0]))


def _response(side: Side, body: bytes, status: int = 404) -> Any:
    rest = importlib.import_module(f"{side.pet.__name__}.rest")
    return rest.RESTResponse(urllib3.HTTPResponse(body, {"A": "b"}, status, reason="Not Found"))


def _fields(error: Any) -> Any:
    body = error.body if isinstance(error.body, str) else error.body.decode()
    return (error.status, error.reason, body, dict(error.headers))


# On the wire

case("post a model")(lambda side: side.sent(lambda: side.api().add_pet(pet_of(side))))
case("post a dict")(lambda side: side.sent(lambda: side.api().add_pet({"name": "k"})))
case("a bearer token")(lambda side: side.sent(lambda: side.api(access_token="T").add_pet({"name": "k"})))
case("an API key")(lambda side: side.sent(lambda: side.api(api_key={"api_key": "K"}).get_pet_by_id(5)))
case("an API key with prefix")(
    lambda side: side.sent(
        lambda: side.api(api_key={"api_key": "K"}, api_key_prefix={"api_key": "P"}).get_pet_by_id("a/b c")
    )
)
case("an API key in the query")(
    lambda side: side.sent(lambda: side.api(api_key={"api_key_query": "K"}).get_inventory())
)
case("basic authentication")(lambda side: side.sent(lambda: side.api(username="u", password="p").login("abc", count=2)))
case("a collection with commas")(lambda side: side.sent(lambda: side.api().find_pets_by_status(["sold", "pending"])))
case("a repeated parameter")(
    lambda side: side.sent(lambda: side.api().find_pets_by_tags(tags=["a b", "c"], ids=[1, 2]))
)
case("a form")(lambda side: side.sent(lambda: side.api().update_pet_with_form(1, name="a&b", status="sold")))
case("a header parameter")(lambda side: side.sent(lambda: side.api().delete_pet(1, api_key="k")))
case("a header parameter that is None")(lambda side: side.sent(lambda: side.api().delete_pet(1, api_key=None)))
case("dates and a list in a header")(
    lambda side: side.sent(lambda: side.api().get_moment(since=MOMENT, day=DAY, x_ids=["a", "b"], sid="s"))
)
case("text as a body")(lambda side: side.sent(lambda: side.api().plain("text é")))
case("an enum as a body")(lambda side: side.sent(lambda: side.api().outer_enum("placed")))
case("the host of an operation")(lambda side: side.sent(lambda: side.api().update_pet(pet_of(side), _host_index=7)))
case("a dot segment")(lambda side: side.sent(lambda: side.api().get_pet_by_id("..")))
case("a falsy body")(lambda side: side.sent(lambda: side.client().call_api("/x", "POST", body=[pet_of(side)][:0])))
case("a dict body that is empty")(lambda side: side.sent(lambda: side.client().call_api("/x", "POST", body={})))


@case("a file")
def _(side: Side) -> Any:
    (side.folder / "foo.png").write_bytes(b"\x89PNG")
    return side.sent(
        lambda: side.api().upload_file(1, additional_metadata="special", file=str(side.folder / "foo.png"))
    )


@case("a client's own headers")
def _(side: Side) -> Any:
    client = side.pet.ApiClient(side.client().configuration, "X-Default", "1", "cookie=1")
    client.user_agent = "mine/1"
    client.set_default_header("X-More", "2")
    return side.sent(lambda: side.pet.PetApi(client).get_pet_by_id(1))


@case("a default header and one of the call")
def _(side: Side) -> Any:
    client = side.client()
    client.set_default_header("api_key", "default")
    return side.sent(lambda: side.pet.PetApi(client).delete_pet(1, api_key="call"))["headers"]["api_key"]


class _Recorder:
    """What the generator's own tests put in place of ``pool_manager``."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def request(self, *args: Any, **kwargs: Any) -> Any:
        limits = kwargs["timeout"]
        kwargs["timeout"] = limits and (limits.total, str(limits._connect), str(limits._read))
        self.calls.append((args, kwargs))
        return urllib3.HTTPResponse(status=200, body=b"test")


def replaced(side: Side, call: Callable[[Any], Any], **settings: Any) -> Any:
    api = side.api(host="http://localhost/v2", **settings)
    api.api_client.rest_client.pool_manager = pool = _Recorder()
    call(api)
    return pool.calls


cases(
    "a replaced transport with the timeout",
    lambda side, limit: replaced(
        side, lambda api: api.add_pet(pet_of(side), _request_timeout=limit), access_token="ACCESS_TOKEN"
    ),
    None, 5, (1, 2), 2.5,
)  # fmt: skip
case("a replaced transport for a form")(
    lambda side: replaced(side, lambda api: api.update_pet_with_form(1, name="a", status="sold"))
)
case("a replaced transport for a query")(lambda side: replaced(side, lambda api: api.login("abc", count=1)))
case("a replaced transport for a delete")(lambda side: replaced(side, lambda api: api.delete_pet(1)))
case("separate clients")(
    lambda side: (
        side.pet.PetApi().api_client is side.pet.PetApi().api_client,
        side.pet.PetApi().api_client.configuration is side.pet.PetApi().api_client.configuration,
    )
)


# Answers


def given(side: Side, path: str, data: Any, status: int = 200, **headers: str) -> None:
    side.server.give(path, data, status, **headers)


@case("a pet")
def _(side: Side) -> Any:
    given(side, "/pet/1", PET)
    return side.api().get_pet_by_id(1)


@case("HTTP information")
def _(side: Side) -> Any:
    given(side, "/pet/1", PET, X_A="b")
    data, status, headers = side.api().get_pet_by_id_with_http_info(1)
    return (data, status, headers["X-A"], headers["x-a"])


@case("an unread answer")
def _(side: Side) -> Any:
    given(side, "/pet/1", {"a": 1})
    answer = side.api().get_pet_by_id(1, _preload_content=False)
    read = answer.read()
    answer.release_conn()
    return (type(answer).__name__, answer.status, read)


@case("an inventory")
def _(side: Side) -> Any:
    given(side, "/inventory", {"sold": 1})
    return side.api().get_inventory()


@case("a date")
def _(side: Side) -> Any:
    given(side, "/date", "2026-03-31")
    return side.api().get_date()


@case("text in another charset")
def _(side: Side) -> Any:
    given(side, "/plain", "é".encode("latin-1"), Content_Type="text/plain; charset=iso-8859-1")
    return side.api().plain("x")


@case("a download")
def _(side: Side) -> Any:
    given(side, "/download", b"\x00\xff", Content_Disposition='attachment; filename="r.bin"')
    path = Path(side.api(temp_folder_path=str(side.folder)).download())
    return (path.name, path.parent == side.folder, path.read_bytes())


@case("a download that wants to leave its folder")
def _(side: Side) -> Any:
    given(side, "/download", b"\x00", Content_Disposition='attachment; filename="../r.bin"')
    return Path(side.api(temp_folder_path=str(side.folder)).download()).resolve().parent == side.folder.resolve()


def failing(status: int, body: bytes) -> Case:
    def run(side: Side) -> Any:
        given(side, "/pet/1", body, status, X_A="b")
        try:
            side.api().get_pet_by_id(1)
        except side.pet.ApiException as error:
            return (error.status, error.reason, error.body, error.headers["X-A"])
        return None

    return run


for _status in (301, 400, 401, 404, 409, 500, 503):
    CASES[f"an error {_status}"] = failing(_status, b'{"message": "Pet not found"}')
CASES["an error that is not UTF-8"] = failing(502, b"\xff")


@case("an asynchronous call")
def _(side: Side) -> Any:
    given(side, "/pet/1", PET)
    given(side, "/pet/2", {}, 404)
    api = side.api()
    with api.api_client:
        found = [thread.get(PATIENCE) for thread in [api.get_pet_by_id(1, async_req=True) for _ in range(3)]]
        failed = api.get_pet_by_id(2, async_req=True)
        failed.wait(PATIENCE)
        return (found, failed.ready(), failed.successful())


@case("the thread pool of a client that is closed")
def _(side: Side) -> Any:
    with side.client() as client:
        pool = weakref.ref(client.pool)
        had = pool() is not None
    return (had, client._pool, pool())


# Arguments


CASES["a missing parameter"] = lambda side: side.api().get_pet_by_id(None)
CASES["an unknown keyword"] = lambda side: side.api().get_pet_by_id(1, nonsense=1)
CASES["a text that is too long"] = lambda side: side.api().login("abcdefghijk")
CASES["a missing run number"] = lambda side: side.runs().g_et_journal_run(None)
CASES["a missing request"] = lambda side: side.runs().p_ost_journal_run(None)
CASES["an unknown keyword of a run"] = lambda side: side.runs().d_elete_journal_run("JR-1", nonsense=1)
CASES["a form and a body"] = lambda side: side.client().rest_client.request(
    "POST", "http://h", body={"a": 1}, post_params={"a": 1}
)
CASES["an unknown verb"] = lambda side: side.client().request("TRACE", "http://h")


# Journal runs


def request_of(side: Side) -> Any:
    types = [side.zuora.POSTJournalRunTransactionType("Invoice Item")]
    return side.zuora.POSTJournalRunType("Mar 2026", DAY, None, None, types)


case("a request")(lambda side: side.runs().api_client.sanitize_for_serialization(request_of(side)))
case("a request without its date")(lambda side: side.zuora.POSTJournalRunType(transaction_types=[]))
case("a transaction type that does not exist")(lambda side: side.zuora.POSTJournalRunTransactionType("Invoices"))
case("a transaction type that is missing")(lambda side: side.zuora.POSTJournalRunTransactionType())
case("a request as a dict")(lambda side: {k: v for k, v in request_of(side).to_dict().items() if k[:3] != "org"})


@case("a run")
def _(side: Side) -> Any:
    body = {"number": "JR-1", "status": "Completed", "success": True, "executedOn": "2014-11-15 22:05:12",
            "targetEndDate": "2026-03-31", "transactionTypes": [{"type": "Invoice Item"}]}  # fmt: skip
    given(side, "/v1/journal-runs/JR-1", body)
    run = side.runs().g_et_journal_run("JR-1")
    kept = {name: value for name, value in run.to_dict().items() if value is not None}
    return (type(run).__name__, kept, run.transaction_types[0].type == "Invoice Item", run.discriminator)


@case("a run that is refused")
def _(side: Side) -> Any:
    given(side, "/v1/journal-runs/JR-1", {"success": False, "reasons": [{"code": "50000040", "message": "no"}]})
    return side.runs().d_elete_journal_run("JR-1").success


@case("a run with an unknown status")
def _(side: Side) -> Any:
    given(side, "/v1/journal-runs/JR-1", {"status": "Archived"})
    return side.runs().g_et_journal_run("JR-1").status


@case("a reason with a number as code")
def _(side: Side) -> Any:
    given(side, "/v1/journal-runs/JR-1", {"success": True, "reasons": [{"code": 50000040}]})
    return side.runs().d_elete_journal_run("JR-1").reasons[0].code


@case("what a delete sends")
def _(side: Side) -> Any:
    runs = side.runs()
    seen = side.sent(lambda: runs.d_elete_journal_run("JR-1", zuora_track_id="t", zuora_entity_ids="e"))
    del seen["headers"]["accept-encoding"]
    return seen


@case("what a create sends")
def _(side: Side) -> Any:
    seen = side.sent(lambda: side.runs().p_ost_journal_run(request_of(side)))
    for name in ("idempotency-key", "accept-encoding"):
        seen["headers"].pop(name, None)
    return seen


case("what a cancel sends")(lambda side: side.sent(lambda: side.runs().p_ut_journal_run("JR-1"))["body"])
case("a track id that is None")(
    lambda side: side.sent(lambda: side.runs().g_et_journal_run("JR-1", zuora_track_id=None))["headers"].get(
        "zuora-track-id"
    )
)
case("a track id that is too long")(lambda side: side.runs().g_et_journal_run("JR-1", zuora_track_id="x" * 65))

GENERATED_AGENT = "OpenAPI-Generator/1.0.0/python"
#: Where we differ on purpose, and why.
DELIBERATE = {
    "an exception": "its message is one line that begins with the cause, so that logs keep it together",
    "deserialize ('soon', 'date')": "the message of the same exception is one line",
    "deserialize ('soon', 'datetime')": "the message of the same exception is one line",
    "a replaced transport with the timeout 2.5": "they ignore timeouts that are no whole numbers",
    "sanitize a set": "their AttributeError tells nothing; ours names the class",
    "deserialize ('false', 'bool')": "they read the text 'false' as True",
    "deserialize (2.5, 'int')": "they cut 2.5 down to 2",
    "deserialize ('ab', 'list[str]')": "they take a text apart into a list of characters",
    "deserialize ('Nov 15, 2014', 'date')": "dates are ISO 8601; the rest is guesswork",
    "deserialize ('2014', 'date')": "they complete a year to a day of today's month",
    "deserialize ({'hi': 'a23'}, 'dict(str, int)')": "a wrong shape is a DecodeException, not a ValueError",
    f"deserialize ([{PET!r}], 'Pet')": "a wrong shape is a DecodeException; they ask for the required fields",
    f"deserialize ({PET!r}, 'NoModel')": "the same AttributeError, with a message of ours",
    "deserialize without validation": "they validate answers even with client_side_validation off",
    "a host by index": "their get_host_from_settings(0) crashes",
    "a host beyond the list": "the same message, with the number of data centres we know",
    "a message with headers and body": "headers are left out of the message, since they can hold secrets",
    "an API key in the query": "where another API wants its keys is in its own Configuration.auth_settings",
    "a header parameter that is None": "they crash",
    "a dot segment": "they send it, and reach another path",
    "a default header and one of the call": "the header of the call wins",
    "a download that wants to leave its folder": "they write outside of the folder",
    "an error that is not UTF-8": "they crash with UnicodeDecodeError",
    "a transaction type that does not exist": "they list all 29 values; ours tells the nearest ones",
    "a run that is refused": "success: false raises (raise_on_failure)",
    "a run with an unknown status": "they refuse what the server adds later",
    "what a cancel sends": "other cancels of Zuora answer 415 without a JSON body",
    "a track id that is None": "they crash",
    "a track id that is too long": "the same message, with the length it has",
}


def outcome(case: Case, side: Side) -> Any:
    """The result, or the error by its public classes and text, in a form that compares across packages."""
    try:
        return ("gave", shown(case(side)))
    except Exception as error:
        classes = [kind.__name__ for kind in type(error).__mro__]
        public = {
            "ApiException",
            "ApiTypeError",
            "ApiValueError",
            "ValueError",
            "TypeError",
            "AttributeError",
            "KeyError",
        }
        return ("raised", next((name for name in classes[::-1] if name in public), classes[0]), str(error))


def shown(value: Any) -> Any:
    if hasattr(value, "openapi_types") and not isinstance(value, type):
        return (type(value).__name__, shown(value.to_dict()))
    if isinstance(value, (list, tuple)):
        return [type(value) is tuple, *map(shown, value)]
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    # Our User-Agent begins with theirs, and goes on with versions.
    return value.removesuffix(USER_AGENT.removeprefix(GENERATED_AGENT)) if isinstance(value, str) else value


@pytest.mark.parametrize("name", CASES)
def test_side_by_side(name: str, theirs: Side, ours: Side) -> None:
    """Both runtimes do the same, or differ where a reason says so."""
    was, now = outcome(CASES[name], theirs), outcome(CASES[name], ours)
    if name in DELIBERATE:
        assert now != was, "this is no difference any more"
    else:
        assert now == was, pprint.pformat({"theirs": was, "ours": now}, width=120)


def test_differences_are_cases() -> None:
    """Each deliberate difference belongs to a case."""
    assert not DELIBERATE.keys() - CASES.keys()
