"""What a sandbox has to know of journal runs."""

from __future__ import annotations

from openapi_client.sandbox.journal_runs.controls import CONTROLS, STEERING, show_runs
from openapi_client.sandbox.journal_runs.ledger import TABLES, due_changes
from openapi_client.sandbox.journal_runs.operations import ROUTES
from openapi_client.sandbox.journal_runs.permissions import Permission
from openapi_client.sandbox.journal_runs.section import SECTION
from openapi_client.sandbox.journal_runs.seeding import SEEDING
from openapi_client.sandbox.tenant.domain import Domain

#: The domain of journal runs.
JOURNAL_RUNS = Domain(
    TABLES,
    routes=ROUTES,
    permissions=tuple(each.value for each in Permission),
    jobs=(due_changes,),
    steering=(STEERING,),
    controls=CONTROLS,
    seeding=SEEDING,
    state=show_runs,
    section=SECTION,
)
