"""Tables with a version: what a database file has to hold, and how an older one gets there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Migration = Callable[[sqlite3.Connection], None]

_VERSIONS = "schema_version"
# Release 1.0.0 kept no versions: tables without one are of this.
_FIRST = 1


@dataclass(frozen=True)
class Schema:
    """The tables of one owner.

    - A change of a table counts the version up and adds a migration from the version before; a new table needs none.
    - A file without a table of the owner gets all of them as they are now, without a migration.

    :param owner: the name under which a file keeps the version; a file knows its tables by it, so it never changes
    :param tables: name -> columns, as ``CREATE TABLE`` takes them
    :param indexes: name -> what is indexed, such as ``run (status)``
    :param version: 1 at first
    :param migrations: version -> what makes tables of that version ones of the next; runs in one transaction with all
        other changes
    :raises ValueError: when a migration is missing, or leads from no older version
    """

    owner: str
    tables: Mapping[str, str]
    indexes: Mapping[str, str] = field(default_factory=dict)
    version: int = _FIRST
    migrations: Mapping[int, Migration] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if sorted(self.migrations) != list(range(_FIRST, self.version)):
            raise ValueError(f"{self.owner} should have one migration from each version before {self.version}")


class NewerFile(ValueError):
    """A file that a later release has written."""


def bring_up_to_date(db: sqlite3.Connection, schemas: Sequence[Schema]) -> None:
    """Create what is missing and migrate what is old, inside the caller's transaction.

    :raises NewerFile: when the file holds tables of a version that is not known here; nothing is changed then
    """
    db.execute(
        f"CREATE TABLE IF NOT EXISTS {_VERSIONS} "
        "(owner TEXT PRIMARY KEY, version INTEGER NOT NULL, is_new INTEGER NOT NULL)"
    )
    kept = {row[0]: int(row[1]) for row in db.execute(f"SELECT owner, version FROM {_VERSIONS}")}  # noqa: S608 - a constant
    for schema in schemas:
        if kept.get(schema.owner, _FIRST) > schema.version:
            raise NewerFile(_newer(schema, kept[schema.owner]))
    present = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for schema in schemas:
        version = kept.get(schema.owner)
        if version is None and not present.isdisjoint(schema.tables):
            version = _FIRST
        _update(db, schema, version)


def _update(db: sqlite3.Connection, schema: Schema, version: int | None) -> None:
    for step in range(version or schema.version, schema.version):
        schema.migrations[step](db)
    for name, columns in schema.tables.items():
        db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
    for name, what in schema.indexes.items():
        db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")
    db.execute(
        f"INSERT INTO {_VERSIONS} (owner, version, is_new) VALUES (?, ?, ?) "  # noqa: S608 - a constant
        "ON CONFLICT (owner) DO UPDATE SET version = excluded.version",
        (schema.owner, schema.version, version is None),
    )


def take_new_owners(db: sqlite3.Connection) -> set[str]:
    """Return the owners whose tables nobody has filled yet, once: the caller does so in the same transaction."""
    found = {row[0] for row in db.execute(f"SELECT owner FROM {_VERSIONS} WHERE is_new")}  # noqa: S608 - a constant
    db.execute(f"UPDATE {_VERSIONS} SET is_new = 0 WHERE is_new")  # noqa: S608 - a constant
    return found


def _newer(schema: Schema, version: int) -> str:
    return (
        f"a newer release has written this file: its {schema.owner} tables have version {version}, "
        f"and this release knows them up to {schema.version}. Take the newer release "
        "(pip install --upgrade 'zuora-journal-runs[sandbox]', or update the checkout), or another file"
    )
