"""What a sandbox starts with: clients, the file it is read from, and when."""

from __future__ import annotations

import json

import pytest

from openapi_client.sandbox.journal_runs.domain import JOURNAL_RUNS
from openapi_client.sandbox.tenant.seeding import read_seed, seed_from

DOMAINS = (JOURNAL_RUNS,)
RUN = {
    "journalEntryDate": "2026-03-31",
    "accountingPeriodName": "Mar 2026",
    "transactionTypes": [{"type": "Invoice Item"}, {"type": "External Payment"}],
}
CLIENT_ID = "5c3e7c1f-6c0e-4a0e-9a58-0f4f3c9d3f11"
SEED = {
    "clients": [
        {"client_id": CLIENT_ID, "client_secret": "known", "permissions": ["Create Journal Run", "API Write Access"]},
        {"access_key_id": "jo@example.com", "secret_access_key": "open", "active": False},
    ],
    "runs": [
        {**RUN, "status": "Completed"},
        {**RUN, "status": "Cancelled"},
        RUN,
    ],
}


@pytest.fixture
def seeded(sandbox_with):
    """A sandbox that started with the whole example."""
    return sandbox_with(initial=SEED)


def test_a_seeded_client_signs_in(seeded, caller_of):
    """With known credentials, and only its permissions; one that is not active may not."""
    known = type("Known", (), {"client_id": CLIENT_ID, "client_secret": "known"})
    caller = caller_of(seeded, known)
    assert caller.cancel("JR-00000001").codes == [50000010]
    legacy = {"apiAccessKeyId": "jo@example.com", "apiSecretAccessKey": "open"}
    assert caller.send("GET", "/v1/journal-runs/JR-00000001", headers=legacy).status == 401


def test_a_reset_goes_back_to_the_seed(seeded, caller_of):
    """Whatever happened since."""
    before = seeded.runs()
    caller_of(seeded).cancel("JR-00000001")
    seeded.reset()
    assert [(run.number, run.status) for run in seeded.runs()] == [(run.number, run.status) for run in before]


def test_a_file_is_seeded_once(sandbox_with, tmp_path):
    """A second start finds what is there, and adds nothing."""
    for _ in range(2):
        sandbox = sandbox_with(db=tmp_path / "sandbox.db", initial=SEED)
        assert len(sandbox.runs()) == 3
        sandbox.close()


def test_a_seed_can_be_a_file(sandbox_with, tmp_path):
    """As on the command line."""
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(SEED))
    assert len(sandbox_with(initial=path).runs()) == 3


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ([], "the seed should be a JSON object"),
        ({"run": []}, "the seed has an unknown field 'run'; known are: clients, periods, runs"),
        ({"clients": [{"client_id": "me"}]}, r"clients\[0\].client_id should be a UUID"),
        ({"clients": [{"permissions": ["All"]}]}, r"clients\[0\].permissions should be a list of: Create Journal Run"),
        ({"clients": [{"permissions": "API Write Access"}]}, r"clients\[0\].permissions should be a list of"),
        ({"clients": [{"active": "no"}]}, r"clients\[0\].active should be true or false"),
    ],
)
def test_a_wrong_value_is_explained(document, complaint):
    """The message names the place and what is allowed there."""
    with pytest.raises(ValueError, match=complaint):
        seed_from(document, DOMAINS)


def test_a_file_without_json_is_explained(tmp_path):
    """With the place of the mistake."""
    path = tmp_path / "seed.json"
    path.write_text('{"runs": [}')
    with pytest.raises(ValueError, match="the seed should be JSON: Expecting value: line 1 column 11"):
        read_seed(path, DOMAINS)
