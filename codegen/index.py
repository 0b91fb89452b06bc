"""The index of public names: what each is, in its own words, and the page that tells about it."""

from __future__ import annotations

import ast
from collections.abc import Collection
from importlib import import_module
from pathlib import Path

import openapi_client
from codegen.introspection import markdown, summary
from codegen.markdown import table
from openapi_client import exceptions, sandbox

_HEAD = ("Name", "What it is")
#: Where a name is documented that has no page of its own.
_PLACES = {
    **dict.fromkeys(exceptions.__all__, "errors.md#the-exceptions"),
    "ApiClient": "configuration.md#threads-forks-and-pickles",
    "ApiResponse": "JournalRunsApi.md#apiresponse",
    "AttemptEvent": "configuration.md#hooks",
    "Clock": "sandbox.md#time",
    "Configuration": "configuration.md",
    "Failure": "configuration.md#transports",
    "InMemoryTransport": "configuration.md#transports",
    "JournalRunPoller": "JournalRunsApi.md#journalrunpoller",
    "Limits": "configuration.md#transports",
    "RateLimit": "configuration.md#rate-and-concurrency-limits",
    "Reason": "errors.md#what-an-exception-carries",
    "Reply": "configuration.md#transports",
    "Request": "configuration.md#transports",
    "RetryPolicy": "errors.md#retries",
    "Token": "configuration.md#authentication",
    "TokenCache": "configuration.md#authentication",
    "Transport": "configuration.md#transports",
    "WaitEvent": "JournalRunsApi.md#waitevent",
    "__version__": "support.md#what-a-version-number-says",
    "idempotency_key_for": "errors.md#idempotency-keys",
    "load_ipython_extension": "howto/notebooks.md#lists-of-models",
    "to_frame": "howto/notebooks.md#a-dataframe",
}
#: The same of the sandbox, by the heading of its page; of all others, the first one tells.
_SANDBOX_PLACES = {
    "ActiveFault": "faults",
    "ClientClock": "in-tests",
    "Credentials": "steering-a-run",
    "Domain": "files-of-other-versions-and-other-domains",
    "Exchange": "what-was-sent",
    "Fault": "faults",
    "Faults": "faults",
    "Options": "kinds-of-tenants",
    "Permission": "steering-a-run",
    "RateProfile": "kinds-of-tenants",
    "SandboxClock": "time",
    "Timing": "time",
    "Transaction": "transactions",
    **dict.fromkeys(("Entry", "Run", "Status", "StatusChange"), "steering-a-run"),
}


def names(pages: Collection[str]) -> str:
    """The names of ``openapi_client``.

    :param pages: the names that have a page.
    :raises KeyError: a name is documented nowhere; ``_PLACES`` says where.
    """
    rows = []
    for name in import_module("openapi_client").__all__:
        subject = name.removesuffix("Dict")
        place = f"{subject}.md" if subject in pages else _PLACES[name]
        said = "The version of the distribution." if name == "__version__" else summary(getattr(openapi_client, name))
        rows.append((f"[`{name}`]({place})", said.split("\n\n")[0]))
    return table(_HEAD, rows)


def sandbox_names() -> str:
    """The names of ``openapi_client.sandbox``, from their sources, since the server needs more than there may be."""
    rows = []
    for name in sandbox.__all__:
        source = Path(str(sandbox.__file__)).parent / f"{sandbox._HOMES[name].replace('.', '/')}.py"
        tree = ast.parse(source.read_text("utf-8"))
        (node,) = (each for each in tree.body if isinstance(each, ast.ClassDef) and each.name == name)
        said = (ast.get_docstring(node) or "").split("\n\n")[0].partition("\n:")[0]
        place = _SANDBOX_PLACES.get(name, "in-tests")
        rows.append((f"[`{name}`](sandbox.md#{place})", markdown(said)))
    return table(_HEAD, rows)
