"""Tables with versions: what is created, what is migrated, and what is refused."""

from __future__ import annotations

import sqlite3

import pytest

from openapi_client.sandbox.state.schema import NewerFile, Schema, bring_up_to_date, take_new_owners

FIRST = Schema("notes", {"note": "text TEXT"}, {"note_text": "note (text)"})


def add_author(db):
    db.execute("ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody'")


def shout(db):
    db.execute("UPDATE note SET text = upper(text)")


THIRD = Schema(
    "notes",
    {"note": "text TEXT, author TEXT NOT NULL DEFAULT 'nobody'", "author": "name TEXT"},
    version=3,
    migrations={1: add_author, 2: shout},
)


@pytest.fixture
def db():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


def versions(db):
    return dict(db.execute("SELECT owner, version FROM schema_version"))


def tables(db):
    return {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_new_file_gets_the_newest_tables(db):
    """Without a migration, which would have nothing to work on."""
    bring_up_to_date(db, [THIRD])
    assert tables(db) == {"schema_version", "note", "author"}
    assert versions(db) == {"notes": 3}


def test_indexes_are_made(db):
    """With their names."""
    bring_up_to_date(db, [FIRST])
    assert ("note_text", "note") in db.execute(
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'"
    ).fetchall()


def test_an_old_file_takes_every_step(db):
    """In order, and new tables are added."""
    bring_up_to_date(db, [FIRST])
    db.execute("INSERT INTO note VALUES ('hello')")
    bring_up_to_date(db, [THIRD])
    assert db.execute("SELECT * FROM note").fetchall() == [("HELLO", "nobody")]
    assert (versions(db), "author" in tables(db)) == ({"notes": 3}, True)


def test_a_step_is_taken_once(db):
    """A second opening finds the version."""
    for _ in range(2):
        bring_up_to_date(db, [THIRD])
    db.execute("INSERT INTO note (text) VALUES ('hello')")
    bring_up_to_date(db, [THIRD])
    assert db.execute("SELECT text FROM note").fetchone() == ("hello",)


def test_a_file_without_versions_is_of_the_first(db):
    """As release 1.0.0 has left it."""
    db.execute("CREATE TABLE note (text TEXT)")
    db.execute("INSERT INTO note VALUES ('hello')")
    bring_up_to_date(db, [THIRD])
    assert db.execute("SELECT * FROM note").fetchall() == [("HELLO", "nobody")]


def test_owners_have_versions_of_their_own(db):
    """One may be new where the other is old."""
    bring_up_to_date(db, [FIRST])
    bring_up_to_date(db, [THIRD, Schema("pictures", {"picture": "data BLOB"})])
    assert versions(db) == {"notes": 3, "pictures": 1}


def test_new_owners_are_told_once(db):
    """Those whose tables were created; not those of a file without versions, nor those that were migrated."""
    db.execute("CREATE TABLE note (text TEXT)")
    for _ in range(2):
        bring_up_to_date(db, [THIRD, Schema("pictures", {"picture": "data BLOB"})])
    assert take_new_owners(db) == {"pictures"}
    bring_up_to_date(db, [THIRD, Schema("pictures", {"picture": "data BLOB"}), Schema("sounds", {})])
    assert take_new_owners(db) == {"sounds"}
    assert take_new_owners(db) == set()


def test_a_newer_file_is_refused_before_anything_changes(db):
    """Whichever owner is newer."""
    bring_up_to_date(db, [THIRD])
    with pytest.raises(NewerFile, match=r"its notes tables have version 3, and this release knows them up to 1\."):
        bring_up_to_date(db, [Schema("pictures", {"picture": "data BLOB"}), FIRST])
    assert (versions(db), "picture" in tables(db)) == ({"notes": 3}, False)


@pytest.mark.parametrize("migrations", [{}, {1: add_author}, {2: shout}, {1: add_author, 2: shout, 3: shout}])
def test_each_older_version_needs_its_step(migrations):
    """A gap is a mistake of whoever wrote the schema, and is found at once."""
    with pytest.raises(ValueError, match="notes should have one migration from each version before 3"):
        Schema("notes", {}, version=3, migrations=migrations)
