"""A corpus file → the list of what is wrong with it: the checks of sql/checks, and SQLite's own."""

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
_ASKS_INDEXES = (3, 44)  # from here on, SQLite's integrity_check asks FTS5 too
_AT_ONCE = 2  # checks that run side by side: SQLite and SHA-256 work without the interpreter's lock


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
    with _reading(path) as db:
        stated = db.execute("SELECT value FROM about WHERE key = 'logical_digest'").fetchone()
    if stated is None or stated[0] != digest:
        return [f"logical_digest: the contents give {digest}, the file states {stated and stated[0]}"]
    return []


def examine(path: Path) -> Examined:
    """Check the corpus file at `path`, and compute the digest of its contents meanwhile."""
    if too_old := sql.sqlite_too_old():
        return Examined([too_old], "")
    try:
        with _reading(path) as db:
            (application_id,) = db.execute("PRAGMA application_id").fetchone()
            too_new = sql.too_new(db)
        if application_id != sql.APPLICATION_ID:
            return Examined(["not a corpus file: it was not made by corpus-db"], "")
        if too_new:
            return Examined([too_new], "")
        with _writable(path) as copy, _side_by_side() as threads:
            index = threads.submit(_problems_of_indexes, copy)  # the longest that can not be parted comes first
            digest = threads.submit(_digest, path)
            storage = threads.submit(_problems_of_storage, copy)
            keys = threads.submit(_problems_of_keys, path)
            checks = [threads.submit(_problems_by, path, name, statement) for name, statement in sql.checks()]
            problems = storage.result() + index.result()
            problems = problems or [problem for check in (keys, *checks) for problem in check.result()]
            return Examined(problems, digest.result() if not problems else "")
    except sqlite3.DatabaseError as error:
        return Examined([f"not a sound SQLite file ({error})"], "")


@contextlib.contextmanager
def _side_by_side() -> Iterator[ThreadPoolExecutor]:
    """Threads; where the block ends early, what has not begun is left undone."""
    threads = ThreadPoolExecutor(_AT_ONCE)
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with _opened(path, "ro") as db:
        yield db


@contextlib.contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    address = f"{path.resolve().as_uri()}?mode={mode}"
    with contextlib.closing(sqlite3.connect(address, uri=True, isolation_level=None)) as db:
        yield db


@contextlib.contextmanager
def _writable(path: Path) -> Iterator[Path]:
    """The file, or a copy where it may not be written. SQLite and FTS5 must open what they check as a file that could be
    written, though they write nothing: a connection that can only read does not even know the CHECK constraints, and
    FTS5 is asked by an INSERT.
    """
    try:
        path.open("rb+").close()  # of a file that can only be read, SQLite begins to write without a word
        with _opened(path, "rw") as db:
            db.execute("BEGIN IMMEDIATE")
    except (sqlite3.OperationalError, OSError):
        with tempfile.TemporaryDirectory(prefix="corpus_db-") as folder:
            yield Path(shutil.copyfile(path, Path(folder) / path.name))  # not its permissions: it is to be written
    else:
        yield path


def _digest(path: Path) -> str:
    with _reading(path) as db:
        return about.logical_digest(db)


def _problems_of_storage(path: Path) -> list[str]:
    with _opened(path, "rw") as db:
        found = [message for (message,) in db.execute(f"PRAGMA integrity_check({_SHOWN})")]
    return [f"integrity_check: {message}" for message in found if message != "ok"]


def _problems_of_indexes(path: Path) -> list[str]:
    problems: list[str] = []
    if sqlite3.sqlite_version_info >= _ASKS_INDEXES:
        return problems
    with _opened(path, "rw") as db:
        db.execute("BEGIN")  # and no COMMIT: it would wait for all who read the file, five seconds, and then fail
        for (index,) in db.execute(_INDEXES).fetchall():
            try:
                db.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'integrity-check\')')
            except sqlite3.DatabaseError as error:
                problems.append(f"{index}: the full-text index is damaged ({error}); build again")
    return problems


def _problems_of_keys(path: Path) -> list[str]:
    with _reading(path) as db:
        found = db.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN)
    return [f"foreign_key_check: {table} row {rowid} has no parent in {parent}" for table, rowid, parent, _ in found]


def _problems_by(path: Path, name: str, statement: str) -> list[str]:
    """What a file of sql/checks finds."""
    with _reading(path) as db:
        return [f"{name}: {message}" for (message,) in db.execute(statement).fetchmany(_SHOWN)]


_INDEXES = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
