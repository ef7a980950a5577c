"""A corpus file to the list of what is wrong with it: the checks of sql/checks, and SQLite's own."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus_db import about, sql

_SHOWN = 20  # problems of one check that are reported


def verify(path: Path) -> list[str]:
    """Problems of the corpus file at `path`, each one line; none: the file is sound.

    Reads every row, to compute the logical digest again. The file is not changed.
    """
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            problems = list(_problems(db))
        return problems or list(_index_problems(path))
    except sqlite3.DatabaseError as error:
        return [f"not a sound SQLite file ({error})"]


def _problems(db: sqlite3.Connection) -> Iterator[str]:
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    if application_id != sql.APPLICATION_ID:
        yield "not a corpus file: it was not made by corpus-db"
        return
    for (message,) in db.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield f"integrity_check: {message}"
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN):
        yield f"foreign_key_check: {table} row {rowid} has no parent in {parent}"
    for name, statement in sql.checks():
        for (message,) in db.execute(statement).fetchmany(_SHOWN):
            yield f"{name}: {message}"
    stated = db.execute("SELECT value FROM about WHERE key = 'logical_digest'").fetchone()
    found = about.logical_digest(db)
    if stated is None or stated[0] != found:
        yield f"logical_digest: the contents give {found}, the file states {stated and stated[0]}"


def _index_problems(path: Path) -> Iterator[str]:
    """FTS5's own check of its index. It is an INSERT that writes nothing, but asks for a file that could be written."""
    try:
        yield from _check_index(path)
    except sqlite3.OperationalError:
        with tempfile.TemporaryDirectory(prefix="corpus_db-") as folder:
            yield from _check_index(Path(shutil.copy(path, folder)))


def _check_index(path: Path) -> Iterator[str]:
    with contextlib.closing(
        sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    ) as db:
        for (table,) in db.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
        ).fetchall():
            try:
                db.execute(f'INSERT INTO "{table}" ("{table}") VALUES (\'integrity-check\')')
            except sqlite3.DatabaseError as error:
                if "readonly" in str(error):
                    raise
                yield f"{table}: the full-text index is damaged ({error}); build again"
