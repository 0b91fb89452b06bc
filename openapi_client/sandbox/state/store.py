"""SQLite storage: the connections, and one short transaction at a time."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from openapi_client.sandbox.state.schema import NewerFile, Schema, bring_up_to_date

# How long a transaction waits for another process before it gives up, in seconds.
BUSY_TIMEOUT_SECONDS = 30.0
_WAL_TRIES = 100

#: What every store has, whoever uses it.
OWN_TABLES = Schema("state", {"counter": "name TEXT PRIMARY KEY, value INTEGER NOT NULL"})
# Its only row is the clock, which goes on when everything else is erased.
_CLOCK_TABLE = Schema(
    "clock",
    {
        "clock": (
            "id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL, shown TEXT NOT NULL, "
            "since REAL NOT NULL, speed REAL NOT NULL, is_frozen INTEGER NOT NULL"
        )
    },
)


class Store:
    """The sandbox's data: a file shared by threads and processes, or private memory.

    - A file is in WAL mode: readers never wait, writers queue, an acknowledged change survives
      the sudden death of the process.
    - Memory is one connection behind a lock.
    - What leaves a ``writing`` block by an exception is rolled back.
    - Once closed, it stays closed.

    :param path: database file, created when missing; ``None`` for memory
    :param schemas: the tables it has, besides its own
    :raises sqlite3.Error: when the file cannot be opened, or is no database
    :raises NewerFile: when a later release has written the file; it is left as it is
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, schemas: Sequence[Schema] = ()) -> None:
        self._path = None if path is None else os.fspath(path)
        #: Whether other processes may use it as well.
        self.is_shared: bool = path is not None
        self._schemas = (OWN_TABLES, *schemas)
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._opened: list[sqlite3.Connection] = []
        self._is_closed = False
        self._pid = os.getpid()
        try:
            self._create_tables()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one unchanging state."""
        if self._path is None:
            # Nobody else can write meanwhile, so a transaction would only cost time.
            with self._connection() as db:
                yield db
        else:
            with self._transaction("BEGIN") as db:
                yield db

    @contextmanager
    def glancing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for a single ``SELECT``, which is a transaction in itself."""
        with self._connection() as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the only connection that writes; commit when the block ends normally."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    def erase(self, db: sqlite3.Connection) -> None:
        """Delete every row of every table but the clock's, inside the caller's transaction."""
        for schema in self._schemas:
            for name in schema.tables:
                db.execute(f"DELETE FROM {name}")  # noqa: S608 - the names are those of the schemas

    def close(self) -> None:
        """Close all connections, in the process that opened them: SQLite's may not be used after a fork."""
        if os.getpid() != self._pid:
            return
        with self._lock:
            self._is_closed = True
            for db in self._opened:
                db.close()
            self._opened.clear()
            self._idle.clear()

    def _create_tables(self) -> None:
        with self.writing() as db:
            try:
                bring_up_to_date(db, (_CLOCK_TABLE, *self._schemas))
            except NewerFile as error:
                raise NewerFile(f"{self._path}: {error}") from None

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._connection() as db:
            db.execute(begin)
            try:
                yield db
            except BaseException:
                # Some failures, a full disk for one, have rolled it back already.
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if self._path is None:
            self._turn.acquire()
        try:
            with self._lock:
                if self._is_closed:
                    raise RuntimeError("the sandbox is closed")
                db = self._idle.pop() if self._idle else None
            db = db or self._open()
            try:
                yield db
            finally:
                with self._lock:
                    self._idle.append(db)
        finally:
            if self._path is None:
                self._turn.release()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            self._path or ":memory:",
            timeout=BUSY_TIMEOUT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        db.row_factory = sqlite3.Row
        with self._lock:
            self._opened.append(db)
        if self._path is not None:
            _use_wal(db)
            # In WAL mode a commit survives a killed process without a sync for each one.
            db.execute("PRAGMA synchronous=NORMAL")
        return db


def _use_wal(db: sqlite3.Connection) -> None:
    # When several processes open a new file at once, the change of mode fails instead of waiting for its turn
    # (SQLite, "Write-Ahead Logging"); a transaction does wait.
    for _ in range(_WAL_TRIES):
        try:
            db.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
        else:
            return
    raise sqlite3.OperationalError("database is locked")


def next_number(db: sqlite3.Connection, prefix: str) -> str:
    """Allocate the next number such as ``JR-00000001``, inside the caller's transaction."""
    db.execute("INSERT OR IGNORE INTO counter (name, value) VALUES (?, 0)", (prefix,))
    db.execute("UPDATE counter SET value = value + 1 WHERE name = ?", (prefix,))
    row = db.execute("SELECT value FROM counter WHERE name = ?", (prefix,)).fetchone()
    return f"{prefix}-{row['value']:08d}"
