"""A corpus file to the list of what is wrong with it: the checks of sql/checks, and SQLite's own."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from corpus_db import about, sql

_SHOWN = 20  # problems of one check that are reported


class Examined(NamedTuple):
    """What a look at every row of a file found."""

    problems: list[str]  # each one line; none: the file is sound
    digest: str  # of the contents; '' where there are problems


def verify(path: Path) -> list[str]:
    """Problems of the corpus file at `path`, each one line; none: the file is sound.

    Reads every row, to compute the logical digest again. The file is not changed.
    """
    problems, digest = examine(path)
    if problems:
        return problems
    with _open(path) as db:
        stated = db.execute("SELECT value FROM about WHERE key = 'logical_digest'").fetchone()
    if stated is None or stated[0] != digest:
        return [f"logical_digest: the contents give {digest}, the file states {stated and stated[0]}"]
    return []


def examine(path: Path) -> Examined:
    """Check the corpus file at `path`, and compute the digest of its contents meanwhile."""
    try:
        with _open(path) as db:
            (application_id,) = db.execute("PRAGMA application_id").fetchone()
            if application_id != sql.APPLICATION_ID:
                return Examined(["not a corpus file: it was not made by corpus-db"], "")
            with ThreadPoolExecutor(1) as checking:  # SQLite checks without the interpreter's lock
                checked = checking.submit(_checked, path)
                digest = about.logical_digest(db)
                problems = checked.result()
        return Examined(problems, digest if not problems else "")
    except sqlite3.DatabaseError as error:
        return Examined([f"not a sound SQLite file ({error})"], "")


@contextlib.contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        yield db


def _checked(path: Path) -> list[str]:
    with _open(path) as db:
        problems = list(_problems(db))
    return list(_problems_of_storage(path)) or problems


def _problems(db: sqlite3.Connection) -> Iterator[str]:
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN):
        yield f"foreign_key_check: {table} row {rowid} has no parent in {parent}"
    for name, statement in sql.checks():
        for (message,) in db.execute(statement).fetchmany(_SHOWN):
            yield f"{name}: {message}"


def _problems_of_storage(path: Path) -> Iterator[str]:
    """What SQLite and FTS5 find. Both must open the file as one that could be written, though they write nothing:
    a connection that can only read does not even know the CHECK constraints, and FTS5 is asked by an INSERT.
    """
    try:
        yield from list(_check_storage(path))
    except sqlite3.OperationalError:
        with tempfile.TemporaryDirectory(prefix="corpus_db-") as folder:
            yield from _check_storage(Path(shutil.copy(path, folder)))


def _check_storage(path: Path) -> Iterator[str]:
    with contextlib.closing(
        sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    ) as db:
        for (message,) in db.execute(f"PRAGMA integrity_check({_SHOWN})"):
            if message != "ok":
                yield f"integrity_check: {message}"
        for (table,) in db.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
        ).fetchall():
            try:
                db.execute(f'INSERT INTO "{table}" ("{table}") VALUES (\'integrity-check\')')
            except sqlite3.DatabaseError as error:
                if "readonly" in str(error):
                    raise
                yield f"{table}: the full-text index is damaged ({error}); build again"
