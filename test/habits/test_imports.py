"""What importing and using the package loads and touches."""

from __future__ import annotations

from support.package import run
from support.wire import Request, WireServer, answer

LATE = (
    "asyncio", "dataclasses", "dateutil", "difflib", "flask", "inspect", "mimetypes", "multiprocessing", "pprint",
    "six", "tempfile", "openapi_client.sandbox",
)  # fmt: skip
LATE += ("argparse", "openapi_client.cli")
#: Modules that are loaded by the first wait that needs them.
OF_WAITS = ("tqdm", "openapi_client._show", *(f"openapi_client._runs.{name}" for name in (
    "waiting", "statuses", "telling", "acting", "creating", "poller")))  # fmt: skip
CLIENT = "import openapi_client as oc; oc.ApiClient(); oc.JournalRunsApi; oc.RetryPolicy; oc.ApiException"


def test_import_budget() -> None:
    """The import, and the submodules a generated client imports, load nothing that few calls need."""
    loaded = run("import openapi_client, sys; print(*sys.modules)").split()
    assert not [name for name in loaded if name.startswith(LATE)]


def test_client_budget() -> None:
    """A client loads nothing of that either, apart from what urllib3 and certifi load themselves."""
    floor = run("import urllib3, certifi, sys; certifi.where(); print(*sys.modules)").split()
    loaded = run(f"{CLIENT}; import sys; print(*sys.modules)").split()
    assert not [name for name in {*loaded} - {*floor} if name.startswith(LATE)]


def test_waits_are_loaded_when_they_are_used() -> None:
    """A client that never waits loads nothing of waits, pollers and bars."""
    loaded = run(f"{CLIENT}; import sys; print(*sys.modules)").split()
    assert not [name for name in loaded if name.startswith(OF_WAITS)]


def test_modules_of_a_client() -> None:
    """A client with its API loads a bounded number of modules, each of which costs a look at the disk; 72 are ours."""
    floor = run("import urllib3, certifi, sys; certifi.where(); print(*sys.modules)").split()
    loaded = {*run(f"{CLIENT}; import sys; print(*sys.modules)").split()} - {*floor}
    print(sorted(loaded))
    assert len([name for name in loaded if name.startswith("openapi_client")]) <= 78
    assert len(loaded) <= 92


def test_patterns_are_compiled_late() -> None:
    """Importing a client compiles few regular expressions: each costs as much as a module."""
    code = """
import re, urllib3, certifi, json, logging
compile, seen = re._compiler.compile if hasattr(re, "_compiler") else re.sre_compile.compile, []
def counted(pattern, flags=0):
    seen.append(pattern)
    return compile(pattern, flags)
if hasattr(re, "_compiler"): re._compiler.compile = counted
else: re.sre_compile.compile = counted
import openapi_client; openapi_client.ApiClient; openapi_client.JournalRunsApi
print(len(seen))
"""
    assert int(run(code)) <= 3


def test_bare_import_is_small() -> None:
    """The import alone loads the package and its version, nothing else of ours, and no urllib3."""
    loaded = run("import openapi_client, sys; print(*sys.modules)").split()
    assert sorted(name for name in loaded if name.startswith("openapi_client")) == [
        "openapi_client",
        "openapi_client._version",
    ]
    assert "urllib3" not in loaded


def test_globals_are_not_touched() -> None:
    """Importing, configuring and making models changes no logger, handler, ``http.client`` flag, hook or filter."""
    run(
        """
import atexit, datetime, http.client, logging, logging.handlers, warnings
import urllib3, concurrent.futures  # what they register themselves is not ours
hooks = []
atexit.register = lambda *args, **kwargs: hooks.append(args)
def state():
    manager = logging.Logger.manager
    loggers = {name: (log.level, list(log.handlers), log.propagate) for name, log in manager.loggerDict.items()
               if isinstance(log, logging.Logger)}
    root = logging.getLogger()
    return (loggers, root.level, list(root.handlers), http.client.HTTPConnection.debuglevel, list(warnings.filters),
            atexit._ncallbacks(), manager.disable)
before = state()
import openapi_client as oc
for name in oc.__all__:
    getattr(oc, name)
oc.Configuration(); oc.Configuration.get_default_copy(); oc.ApiClient(); oc.JournalRunsApi()
for _ in range(10_000):
    oc.POSTJournalRunTransactionType("Invoice Item")
oc.GETJournalRunType.from_dict({"status": "Completed", "executedOn": "2014-11-15 22:05:12"}).to_dict()
assert state() == before, (state(), before)
assert not hooks, hooks
"""
    )


def test_first_calls_import_nothing() -> None:
    """What calls need is loaded when a client is made: a child forked during an import waits for ever for its lock."""

    def zuora(request: Request) -> bool:
        body = {"access_token": "t", "expires_in": 60} if request.target == "/oauth/token" else {"success": True}
        return answer(200, {**body, "journalRunNumber": "JR-00000001"})(request)

    with WireServer([zuora]) as server:
        late = run(
            f"""
import sys
import openapi_client as oc
client = oc.ApiClient(oc.Configuration(host="http://localhost:{server.port}", client_id="id", client_secret="secret"))
api = oc.JournalRunsApi(client)
before = set(sys.modules)
api.get_journal_run("JR-00000001")
api.create_journal_run({{"journalEntryDate": "2026-03-31", "transactionTypes": [{{"type": "Invoice Item"}}]}})
api.get_journal_run("JR-00000001", async_req=True).get(20)
print(*set(sys.modules) - before)
"""
        )
    assert late.split() == []
