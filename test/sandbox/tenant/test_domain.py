"""What a domain registers, and that two domains do not get in each other's way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memos.domain import MEMOS

from openapi_client.sandbox import Domain
from openapi_client.sandbox.journal_runs.domain import JOURNAL_RUNS
from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.calls import Route
from openapi_client.sandbox.state.schema import Schema
from openapi_client.sandbox.tenant.domain import Control, ControlCall, Seeding, Steering, checked, permissions_of

EMPTY = Schema("other", {})


def test_domains_that_share_nothing_are_good():
    """In the order given."""
    assert checked(iter([JOURNAL_RUNS, MEMOS])) == (JOURNAL_RUNS, MEMOS)


@pytest.mark.parametrize(
    ("other", "complaint"),
    [
        (MEMOS, "name memos"),
        (Domain(Schema("protocol", {})), "name protocol"),
        (Domain(Schema("other", {"memo": "x"})), "table memo"),
        (Domain(Schema("other", {"counter": "x"})), "table counter"),
        (Domain(Schema("other", {"token": "x"})), "table token"),
        (Domain(EMPTY, routes=(Route("/v1/boxes/<other>/memos", {}),)), "path /v1/boxes/<>/memos"),
        (Domain(EMPTY, controls=(Control("GET", "/boxes", lambda *_: {}),)), "control endpoint GET /boxes"),
        (
            Domain(EMPTY, steering=(Steering("/boxes/<b>/memos/<m>", {}, lambda *_: {}),)),
            "control endpoint POST /boxes/<>/memos/<>/<>",
        ),
        (Domain(EMPTY, seeding=Seeding(("memos",), lambda _: lambda *_: None)), "field of the seed memos"),
        (Domain(EMPTY, seeding=Seeding(("clients",), lambda _: lambda *_: None)), "field of the seed clients"),
        (replace(MEMOS, tables=EMPTY, routes=(), steering=(), controls=(), seeding=None), "anchor memos"),
    ],
)
def test_what_two_claim_is_refused(other, complaint):
    """With what it is, before a sandbox starts."""
    with pytest.raises(ValueError, match=f"the {complaint} is claimed twice"):
        checked([MEMOS, other])


def test_a_control_endpoint_may_have_one_verb_of_each():
    """The same path under another verb is another endpoint."""
    assert checked([MEMOS, Domain(EMPTY, controls=(Control("POST", "/boxes", lambda *_: {}),))])


def test_every_permission_comes_once():
    """Those of the domains, and the one for every change."""
    assert permissions_of([JOURNAL_RUNS, MEMOS]) == (
        "Create Journal Run",
        "Cancel Journal Run",
        "Delete Cancelled Journal Run",
        "API Write Access",
        "Manage Memos",
    )
    assert permissions_of([]) == ("API Write Access",)


@pytest.mark.parametrize(
    ("data", "complaint"), [(b"{", "the body should be JSON"), (b"[]", "the body should be a JSON object")]
)
def test_a_wrong_body_is_explained(data, complaint):
    """No body is an empty one."""
    with pytest.raises(ValueError, match=complaint):
        ControlCall({}, {}, data, Options()).fields()
    assert ControlCall({}, {}, b"", Options()).fields() == {}
