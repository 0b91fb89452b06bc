"""The sentences and examples of the rendered pages that stand in no docstring."""

from __future__ import annotations

INTRO = """\
Every operation has two names: the one that OpenAPI Generator gives it, and a readable one. Both do the same, and both
exist with `_with_http_info` at the end: those return an [ApiResponse](#apiresponse) instead of the data alone.

The examples take host and credentials from the environment (`ZUORA_HOST`, `ZUORA_CLIENT_ID`, `ZUORA_CLIENT_SECRET`; see
[configuration.md](configuration.md#environment-variables)). What can go wrong stands in [errors.md](errors.md)."""

#: Readable name -> title, in the words of the Zuora API reference.
TITLES = {
    "create_journal_run": "Create a journal run",
    "get_journal_run": "Retrieve a journal run",
    "cancel_journal_run": "Cancel a journal run",
    "delete_journal_run": "Delete a journal run",
    "wait_for_journal_run": "Wait until a journal run has a status",
    "wait_for_journal_run_deleted": "Wait until a journal run is gone",
}

#: Readable name -> what to know beyond the docstring (Zuora API reference and Knowledge Center, "Journal runs").
NOTES = {
    "create_journal_run": """\
The answer comes as soon as the run is queued as `Pending`. Use [wait_for_journal_run](#wait_for_journal_run) to learn
how it ends.

A run covers either an accounting period (`accounting_period_name`) or a range of days inside one (`target_start_date`
and `target_end_date`). Which combinations are refused is listed at [POSTJournalRunType](POSTJournalRunType.md).""",
    "get_journal_run": """\
The statuses are listed at [JournalRunStatus](JournalRunStatus.md). A number that does not exist raises an exception
with a reason of category 40; its class depends on the version of the API, see
[errors.md](errors.md#http-status-or-success-false).""",
    "cancel_journal_run": """\
Zuora cancels the summary journal entries of the run in the background. An accepted call therefore says one thing only:
the run was `Pending`, `Error` or `Completed`, so it may be cancelled. Look at the status afterwards, or wait for it:

* `Cancelled`: every entry was cancelled.
* `Completed`: at least one entry could not be cancelled. An entry can be cancelled only while its "Transferred to
  Accounting" state is `No`, `Error` or `Ignore`; the other entries of the run are cancelled all the same.""",
    "delete_journal_run": """\
Deleting goes on in the background, too: the run is `DeleteInprogress` for a while, and then a retrieve does not find
it any more.""",
    "wait_for_journal_run": "",
    "wait_for_journal_run_deleted": "",
}

#: Readable name -> type and description of the required parameter.
SUBJECTS = {
    "request": ("POSTJournalRunType", "What to collect: the model, or a dict with the fields of the model."),
    "jr_number": ("str", "Number of the journal run, in the format `JR-00000001`."),
}
CANCEL_SUBJECT = " The run has to be `Pending`, `Error` or `Completed`."

#: Keyword argument -> description.
OPTIONS = {
    "zuora_track_id": "Your own identifier of the call, to find it again: the answer carries it back as "
    '`Zuora-Track-Id`. At most 64 US-ASCII characters, without colon (`:`), semicolon (`;`), double quote (`"`) and '
    "quote (`'`).",
    "zuora_entity_ids": "ID of the entity to work in. Required when [Zuora Multi-entity]"
    "(https://knowledgecenter.zuora.com/BB_Introducing_Z_Business/Multi-entity) is enabled and the OAuth token is "
    "valid for more than one entity; not needed otherwise.",
    "zuora_org_ids": "Comma-separated IDs of the organizations to work in (Multi-Org only). They have to be among the "
    "organizations of the user.",
    "zuora_version": "Minor version of the API for this call. From `2024-05-20` on, failures come with a matching HTTP "
    "status; see [errors.md](errors.md#http-status-or-success-false).",
    "idempotency_key": "Key that makes repeating the create safe, at most 255 characters. Left out: a random one. "
    "`None`: none is sent, and nothing that may have arrived is sent again. See "
    "[errors.md](errors.md#idempotency-keys).",
    "async_req": "`True` runs the call on another thread and returns an object with `get(timeout)`.",
    "_headers": "Further headers; they win over all others.",
    "_preload_content": "`False` returns the urllib3 response with its body unread.",
    "_request_timeout": "Seconds for the whole call, or `(connect, read)` seconds for each attempt.",
    "_retries": "As the setting [retries](configuration.md#limits-and-retries), for this call.",
    "_return_http_data_only": "`True` makes a `_with_http_info` method return the data alone.",
    "until": "The wanted [JournalRunStatus](JournalRunStatus.md), or a collection of them; `Completed` if left out.",
    "timeout": "Seconds to wait at most.",
    "progress": "Function that is called with the run after each look.",
}

AUTHORIZATION = (
    "Whatever the configuration holds: OAuth client credentials, a bearer token, or a legacy key pair. See "
    "[configuration.md](configuration.md#authentication)."
)

#: Header -> description (Zuora docs, "Rate limits" and "Concurrent request limits").
RESPONSE_HEADERS = {
    "RateLimit-Limit": "Quota of the time window that is closest to exhaustion, then the quotas of all windows.",
    "RateLimit-Remaining": "Requests left in that window.",
    "RateLimit-Reset": "Seconds until that window starts again.",
    "Concurrency-Limit-Type": "Pool that counted the call; journal runs are in `Default`.",
    "Concurrency-Limit-Limit": "Requests that may be in flight at once in that pool.",
    "Concurrency-Limit-Remaining": "Free places in that pool.",
    "Zuora-Request-Id": "Zuora's own identifier of the call. Quote it to their support.",
    "Zuora-Track-Id": "The identifier you sent as `zuora_track_id`; without one, this header is missing.",
}

_BEGIN = """\
import openapi_client
from pprint import pprint

configuration = openapi_client.Configuration.from_env()

with openapi_client.ApiClient(configuration) as api_client:
    api = openapi_client.JournalRunsApi(api_client)
"""
_END = """
    except openapi_client.ApiException as error:
        print(f"Exception when calling JournalRunsApi->{name}: {{error}}")
"""


def _example(name: str, lines: str) -> str:
    body = "".join(f"    {line}\n" if line else "\n" for line in lines.strip("\n").split("\n"))
    return (_BEGIN + body).rstrip("\n") + _END.format(name=name)


#: Readable name -> a complete program.
EXAMPLES = {
    "create_journal_run": _example(
        "p_ost_journal_run",
        """
request = openapi_client.POSTJournalRunType(
    accounting_period_name="Mar 2026",
    journal_entry_date="2026-03-31",
    transaction_types=[{"type": "Invoice Item"}, {"type": "Credit Memo Item (Charge)"}],
)

try:
    # Create a journal run; api.create_journal_run(...) is the same.
    answer = api.p_ost_journal_run(request, zuora_track_id="close-2026-03")
    pprint(answer)
""",
    ),
    "get_journal_run": _example(
        "g_et_journal_run",
        """
jr_number = "JR-00000002"

try:
    # Retrieve a journal run; api.get_journal_run(...) is the same.
    run = api.g_et_journal_run(jr_number)
    pprint(run)
""",
    ),
    "cancel_journal_run": _example(
        "p_ut_journal_run",
        """
jr_number = "JR-00000002"  # a run that is Pending, Error or Completed

try:
    # Cancel a journal run; api.cancel_journal_run(...) is the same.
    api.p_ut_journal_run(jr_number)

    # The call was accepted. How does the cancel end?
    run = api.wait_for_journal_run(jr_number, until="Cancelled", timeout=600)
    print(run.status)
""",
    ),
    "delete_journal_run": _example(
        "d_elete_journal_run",
        """
jr_number = "JR-00000001"  # a run that is Cancelled

try:
    # Delete a journal run; api.delete_journal_run(...) is the same.
    answer = api.d_elete_journal_run(jr_number)
    pprint(answer)
""",
    ),
    "wait_for_journal_run": _example(
        "wait_for_journal_run",
        """
jr_number = "JR-00000003"

try:
    run = api.wait_for_journal_run(
        jr_number, until="Completed", timeout=3600, progress=lambda run: print(run.number, run.status)
    )
    print(run.total_journal_entry_count, "journal entries")
except openapi_client.JournalRunFailedException as error:
    print("The run ended as", error.run.status)
except openapi_client.RequestTimeoutException as error:
    print("Not there after an hour; last seen:", error.run)
""",
    ),
    "wait_for_journal_run_deleted": _example(
        "wait_for_journal_run_deleted",
        """
jr_number = "JR-00000001"  # a run for which delete_journal_run was called

try:
    api.wait_for_journal_run_deleted(jr_number, timeout=600)
    print(jr_number, "is gone")
""",
    ),
}

RESPONSE = """\
`_with_http_info` methods return it. It unpacks as the `(data, status, headers)` of generated clients, and pickles."""

#: Model or enum -> what to know beyond the docstring.
MODEL_NOTES = {
    "POSTJournalRunType": """\
## Rules
The server refuses a request that breaks one of these (Zuora Knowledge Center, "Create a journal run"):

* `accounting_period_name`, or `target_start_date` with `target_end_date`, is required; `target_end_date` without
  `target_start_date` is refused.
* Next to `accounting_period_name`, a target date has to be empty or that of the period.
* The accounting period may be open or closed, but not the open-ended one (`Open-Ended`).
* A range of days has to lie inside one accounting period, and cannot begin before 2015-01-01.
* `Revenue Event Item` needs an `accounting_period_name`.
* With Multi-Org, `organization_labels` is required, for one organization per run.
* One journal run is executed at a time; while one is pending, no other can be created.

`problems()` lists what a request breaks, as far as that can be known without the server. Nothing calls it before a
create.

## Example
```python
import openapi_client

request = openapi_client.POSTJournalRunType(
    journal_entry_date="2026-03-31",
    target_end_date="2026-03-31",
    transaction_types=[{"type": "Revenue Event Item"}],
)
for problem in request.problems():
    print(problem)
```
```text
target_start_date is required when target_end_date is given
Revenue Event Item can only be collected for an accounting_period_name
```
""",
    "JournalRunStatus": """\
## Life of a run
From | What happens | To
------------ | ------------- | -------------
 | a create is accepted | `Pending`
`Pending` | the run is picked up | `Processing`
`Processing` | it ends | `Completed` or `Error`
`Pending`, `Error`, `Completed` | a cancel is accepted | `CancelInprogress`
`CancelInprogress` | every entry is cancelled | `Cancelled`
`CancelInprogress` | some entry cannot be cancelled | `Completed` again
`Cancelled` | a delete is accepted | `DeleteInprogress`, then the run is gone

The spellings `CancelInprogress` and `DeleteInprogress` (small p) and `Cancelled` (two l) are those of the API. That a
cancel and a delete show as `CancelInprogress` and `DeleteInprogress` on their way follows from the list of statuses;
Zuora's documentation does not spell it out.
""",
}

#: Pattern for transaction types -> when a tenant has them (Zuora docs, "Create a journal run").
TYPE_NOTES = {
    r"(Debit|Credit) Memo .*": "with Invoice Settlement",
    r"(Electronic|External) (Payment|Refund)": "without Invoice Settlement",
    r"(Electronic|External) (Payment|Refund) Application": "with Invoice Settlement",
    r"(Electronic|External) (Payment|Refund) Application Item": "with Invoice Item Settlement",
    r"Invoice (Item )?Adjustment.*": "not with Multi-Org",
    r".* Credit Balance (Payment|Refund)|Credit Balance Adjustment.*": "not with Multi-Org",
    r"Revenue Event Item": "only for an accounting period",
}

#: First setting of a group in the source -> heading of the group.
SETTING_GROUPS = {
    "host": "Server, and credentials of generated code",
    "access_token": "Zuora's ways to authenticate",
    "zuora_entity_ids": "Defaults of call parameters",
    "timeout": "Limits and retries",
    "verify_ssl": "TLS, connections and proxies",
    "client_side_validation": "Checks, hooks and the rest",
    "logger_stream_handler": "Logging",
}
#: Settings whose default reads better in words.
DEFAULTS = {
    "connection_pool_maxsize": "5 per CPU",
    "clock": "the system's",
    "logger_formatter": "made of logger_format",
}

#: Category of an error code -> HTTP status (Zuora docs, "API upgrades", minor version 2024-05-20).
CATEGORY_STATUSES = {
    10: "403",
    11: "401",
    20: "400",
    21: "400",
    22: "400",
    23: "400",
    27: "400",
    30: "400",
    40: "404",
    45: "405, 406 or 415",
    50: "409",
    60: "500",
    61: "500",
    70: "429",
    90: "400",
    99: "500",
}
