"""What a test may do to a run behind the API's back."""

from __future__ import annotations

from openapi_client.sandbox.journal_runs.ledger import Run, find_run, set_status
from openapi_client.sandbox.journal_runs.lifecycle import ACTIVE, Status
from openapi_client.sandbox.state.sessions import Session
from openapi_client.sandbox.tenant.domain import WrongState


def hold(session: Session, number: str) -> None:
    """Keep a run in Processing, once it gets there, until it is released."""
    _set_held(session, number, is_held=True)


def release(session: Session, number: str) -> None:
    """Let a held run go on from now; it completes at once when its time has passed."""
    run = _set_held(session, number, is_held=False)
    if run.is_held:
        session.db.execute("UPDATE run SET released = ? WHERE number = ?", (session.now, number))


def fail(session: Session, number: str) -> None:
    """Put a run that is Pending or Processing into Error."""
    _active(session, number)
    set_status(session, number, Status.ERROR)


def transfer_entry(session: Session, number: str, entry_number: str | None) -> str:
    """Mark an entry of a run as transferred to accounting and return its number."""
    run = existing_run(session, number)
    wanted = [
        entry.number
        for entry in run.entries
        if entry.number == (entry_number or entry.number) and entry.status == "Created"
    ]
    if not wanted:
        raise WrongState(f"{number} has no entry {entry_number or ''}".rstrip() + " that could be transferred")
    session.db.execute("UPDATE entry SET transferred = 'Yes' WHERE number = ?", wanted[:1])
    return wanted[0]


def existing_run(session: Session, number: str) -> Run:
    """Return a run.

    :raises LookupError: when there is no such run
    """
    run = find_run(session, number)
    if run is None:
        raise LookupError(f"no journal run {number}")
    return run


def _set_held(session: Session, number: str, *, is_held: bool) -> Run:
    run = _active(session, number)
    session.db.execute("UPDATE run SET is_held = ? WHERE number = ?", (is_held, number))
    return run


def _active(session: Session, number: str) -> Run:
    run = existing_run(session, number)
    if run.status not in ACTIVE:
        raise WrongState(f"{number} is {run.status.value}, neither Pending nor Processing")
    return run
