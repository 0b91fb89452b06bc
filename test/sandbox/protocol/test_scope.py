"""Multi-entity and Multi-Org tenants."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

ENTITIES = ("entity-a", "entity-b")
ORGANIZATIONS = {"org-1": "North", "org-2": "South"}


@pytest.fixture
def sandbox(sandbox_with):
    """A tenant with two entities and two organizations."""
    return sandbox_with(entities=ENTITIES, organizations=ORGANIZATIONS)


@pytest.fixture
def order(order):
    return {**order, "organizationLabels": [{"organizationId": "org-1"}]}


def made(caller, order, **headers):
    return caller.create(order, **{"Zuora_Entity_Ids": "entity-a", **headers}).body["journalRunNumber"]


@pytest.mark.parametrize("name", ["Zuora_Entity_Ids", "entityId", "ZUORA_ENTITY_IDS"])
def test_a_header_names_the_entity(caller, order, name):
    """The present and the older header both do."""
    number = caller.create(order, **{name: "entity-a"}).body["journalRunNumber"]
    assert caller.get(number, **{name: "entity-a"}).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"entityName": "Main"}, 200),
        ({"entityName": " Main "}, 200),
        ({"entityName": "entity-b"}, 200),
        ({"entityName": "Other"}, 400),
        ({"entityName": "main"}, 400),
        ({"entityName": ""}, 400),
        ({"entityName": "Other", "entityId": "entity-a"}, 200),
        ({"entityName": "Main", "Zuora_Entity_Ids": "other"}, 400),
    ],
)
def test_a_name_may_choose_the_entity(sandbox_with, caller_of, order, headers, status):
    """The older header; an id wins over it, and an entity without a name goes by its id."""
    named = sandbox_with(entities=ENTITIES, organizations=ORGANIZATIONS, entity_names={"entity-a": "Main"})
    caller = caller_of(named)
    assert caller.create(order, **headers).status == status


def test_a_token_may_be_for_an_entity_by_name(sandbox_with, caller_of):
    """As by its id."""
    named = sandbox_with(entities=ENTITIES, entity_names={"entity-a": "Main"})
    form = urlencode({"client_id": named.client_id, "client_secret": named.client_secret,
                      "grant_type": "client_credentials"})  # fmt: skip
    sent = {"Content-Type": "application/x-www-form-urlencoded", "entityName": "Main"}
    scope = caller_of(named).send("POST", "/oauth/token", form, sent).body["scope"].split()
    assert [each for each in scope if each.startswith("entity.")] == ["entity.entity-a"]


def test_a_name_belongs_to_an_entity(sandbox_with):
    """Of those that there are."""
    with pytest.raises(ValueError, match="entity_names should be one of: entity-a, entity-b"):
        sandbox_with(entities=ENTITIES, entity_names={"entity-c": "Other"})


def test_a_token_for_several_entities_needs_the_header(caller, order):
    """Without it the call is refused."""
    answer = caller.create(order)
    assert (answer.status, answer.codes) == (400, [90000020])


@pytest.mark.parametrize("entity", ["entity-c", "entity-a,entity-b", "ENTITY-A"])
def test_a_foreign_entity_is_refused(caller, order, entity):
    """Only one entity, spelled as it is, can be worked on."""
    answer = caller.create(order, Zuora_Entity_Ids=entity)
    assert (answer.status, answer.codes) == (400, [90000020])


def test_runs_of_another_entity_are_not_there(caller, order):
    """A run is found in its own entity only, by every operation."""
    number = made(caller, order)
    for act in (caller.get, caller.cancel, caller.delete):
        assert act(number, Zuora_Entity_Ids="entity-b").codes == [50000040]


def test_each_entity_has_its_own_active_run(caller, order):
    """A run of one entity does not block another's."""
    assert made(caller, order) == "JR-00000001"
    assert made(caller, order, Zuora_Entity_Ids="entity-b") == "JR-00000002"
    assert caller.create(order, Zuora_Entity_Ids="entity-b").status == 400


def test_one_entity_needs_no_header(sandbox_with, caller_of):
    """When the token covers a single entity, that is the one."""
    caller = caller_of(sandbox_with(entities=("only",)))
    assert caller.get(caller.create().body["journalRunNumber"]).status == 200


def test_a_plain_tenant_ignores_the_header(sandbox_with, caller_of):
    """Without Multi-entity the header means nothing."""
    assert caller_of(sandbox_with()).create(Zuora_Entity_Ids="anything").status == 200


def test_a_legacy_user_reaches_every_entity(sandbox, caller, order):
    """The key pair is not bound to a scope."""
    number = made(caller, order)
    headers = {"apiAccessKeyId": sandbox.access_key_id, "apiSecretAccessKey": sandbox.secret_access_key}
    answer = caller.send("GET", f"/v1/journal-runs/{number}", headers={**headers, "Zuora-Entity-Ids": "entity-a"})
    assert answer.body["number"] == number


def test_a_run_shows_its_organization(caller, order):
    """Id and name of the organization come back with the run."""
    shown = caller.get(made(caller, order), Zuora_Entity_Ids="entity-a").body
    assert shown["organizationLabels"] == [{"organizationId": "org-1", "organizationName": "North"}]


def test_multi_org_needs_a_label(caller, order):
    """A run without an organization is refused."""
    del order["organizationLabels"]
    answer = caller.create(order, Zuora_Entity_Ids="entity-a")
    assert (answer.status, answer.codes) == (400, [50000022])


def test_only_one_run_executes_at_a_time_across_organizations(caller, order):
    """The limit of one active run is the tenant's, not the organization's."""
    made(caller, order)
    order["organizationLabels"] = [{"organizationId": "org-2"}]
    assert caller.create(order, Zuora_Entity_Ids="entity-a").codes == [50000030]


@pytest.mark.parametrize(("named", "is_found"), [("org-1", True), ("org-1, org-2", True), ("org-2", False), ("", True)])
def test_the_header_narrows_the_organizations(caller, order, named, is_found):
    """Runs outside the organizations named are not there."""
    number = made(caller, order)
    answer = caller.get(number, Zuora_Entity_Ids="entity-a", Zuora_Org_Ids=named)
    assert (answer.status == 200) is is_found


def test_a_run_cannot_be_made_outside_the_header(caller, order):
    """The label has to be one of the organizations named."""
    answer = caller.create(order, Zuora_Entity_Ids="entity-a", Zuora_Org_Ids="org-2")
    assert answer.messages == ["Cannot find entity by key: 'org-1'."]


def test_a_foreign_organization_is_refused(caller, order):
    """The header names a subset of the user's organizations, otherwise the call fails."""
    answer = caller.create(order, Zuora_Entity_Ids="entity-a", Zuora_Org_Ids="org-1,org-9")
    assert (answer.status, answer.codes) == (400, [90000020])
    assert "org-9" in answer.messages[0]
