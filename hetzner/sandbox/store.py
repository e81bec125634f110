"""Where the state is kept: nowhere, or in an SQLite file that several processes may have open."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from hetzner.sandbox.table import Id, Row

Change = tuple[str, str, Id, Row | None]
"""Project, kind, id, and the row or None when it was removed."""
Metas = dict[str, dict[str, Any]]


class Store(Protocol):
    """Every request is one transaction: `begin`, then `commit` or `rollback`."""

    def begin(self) -> tuple[list[Change], Metas]:
        """Open a transaction nobody else can write beside; return what others changed since the last one."""
        ...

    def commit(self, changes: Iterable[Change], metas: Metas) -> None:
        """Keep rows and metas, all or nothing."""
        ...

    def rollback(self) -> None:
        """Give the transaction up."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class MemoryStore:
    """Keeps nothing; the tables in memory are all there is."""

    def begin(self) -> tuple[list[Change], Metas]:
        """Nobody else can have changed anything."""
        return [], {}

    def commit(self, changes: Iterable[Change], metas: Metas) -> None:
        """Nothing to keep."""

    def rollback(self) -> None:
        """Nothing to give up."""

    def close(self) -> None:
        """Nothing to let go of."""


SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    project TEXT NOT NULL, kind TEXT NOT NULL, id NOT NULL, version INTEGER NOT NULL, body TEXT,
    PRIMARY KEY (project, kind, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_version ON objects (version);
CREATE TABLE IF NOT EXISTS metas (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
"""
TRIES = 100
"""How often somebody else may be about to open the same new file."""
LAYOUT = 3
"""To be raised whenever what is kept of an object changes."""
OTHER_VERSION = "it was written by another version: move it away, and a new one is made"


class FileStore:
    """One SQLite file: a killed process leaves every request done or not done, others see what was done.

    Raises `ValueError` when the file is of something else or of another version, `sqlite3.Error` when it
    cannot be opened.
    """

    def __init__(self, path: str | Path) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._db.close)  # nobody has to close what lasts as long as the process
        try:
            self._prepare(path)
        except BaseException as error:
            self._db.close()
            if isinstance(error, sqlite3.Error) and error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
                raise ValueError(f"{path}: it is no sandbox: move it away, and a new one is made") from None
            raise
        self._seen = 0

    def _write_ahead(self) -> None:
        """Switch to a log that readers do not wait for; SQLite does not wait for others who do the same."""
        for _ in range(TRIES):
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
            self._db.execute("BEGIN IMMEDIATE")  # it does wait for this, and the others are done by then
            self._db.execute("ROLLBACK")
        raise sqlite3.OperationalError("the file is busy")

    def _prepare(self, path: str | Path) -> None:
        self._write_ahead()
        for pragma in ("synchronous=NORMAL", "wal_autocheckpoint=4000", "cache_size=-16000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("BEGIN IMMEDIATE")
        layout = self._db.execute("PRAGMA user_version").fetchone()[0]
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if layout not in (0, LAYOUT) or (layout == 0 and tables):
            what = OTHER_VERSION if layout else "it is a database of something else"
            raise ValueError(f"{path}: {what}")
        for statement in SCHEMA.split(";"):
            self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version={LAYOUT}")
        self._db.execute("COMMIT")

    def begin(self) -> tuple[list[Change], Metas]:
        """Lock the file for writing, then read what is newer than the last version seen here."""
        self._db.execute("BEGIN IMMEDIATE")
        metas = {name: json.loads(body) for name, body in self._db.execute("SELECT name, body FROM metas")}
        version = metas.get("store", {}).get("version", 0)
        if version == self._seen:
            return [], metas
        rows = self._db.execute(
            "SELECT project, kind, id, body FROM objects WHERE version > ? ORDER BY version, kind, id",
            (self._seen,),
        )
        self._seen = version
        return [
            (project, kind, ident, body and json.loads(body)) for project, kind, ident, body in rows
        ], metas

    def commit(self, changes: Iterable[Change], metas: Metas) -> None:
        """Write the changed rows under a new version; removed ones stay as empty marks for others to see."""
        version = self._seen + 1
        rows = [
            (project, kind, ident, version, None if row is None else json.dumps(row, separators=(",", ":")))
            for project, kind, ident, row in changes
        ]
        if rows:
            self._db.executemany("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?)", rows)
            metas = {**metas, "store": {"version": version}}
        bodies = [(name, json.dumps(body)) for name, body in metas.items()]
        self._db.executemany("INSERT OR REPLACE INTO metas VALUES (?, ?)", bodies)
        self._db.execute("COMMIT")
        if rows:
            self._seen = version

    def rollback(self) -> None:
        """Leave the file as it was."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self._db.close()
