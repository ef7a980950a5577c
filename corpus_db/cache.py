"""Where builds keep what they made: a file for each target, in the user's cache folder. Each may be removed at any time."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path

_TIDY_AFTER = 7 * 24 * 3600  # seconds
_LAYOUT = 4  # number of this layout of the tables; a file of another one is made anew
_TABLES = (
    "target (path BLOB PRIMARY KEY)",
    "results (key BLOB, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (key, part))",
    "made (recipe BLOB, settings BLOB, sha256 TEXT, report BLOB, ledger BLOB)",
    "entries (position INTEGER PRIMARY KEY, identity BLOB NOT NULL, portion BLOB NOT NULL, entry BLOB NOT NULL)",
)


def folder() -> Path | None:
    """The folder; None: the user has none."""
    import platformdirs

    place = platformdirs.user_cache_path("corpus-db", appauthor=False)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return place


def opened(path: Path, target: Path) -> sqlite3.Connection | None:
    """The file, made anew if it is not sound; None where there can be none."""
    for _ in range(2):
        with contextlib.suppress(sqlite3.Error):
            return _opened(path, target)
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    return None


def _opened(path: Path, target: Path) -> sqlite3.Connection:
    """The file, with its tables. Raises `sqlite3.Error` where it is damaged or has another layout."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        (layout,) = db.execute("PRAGMA user_version").fetchone()
        if layout != _LAYOUT and path.stat().st_size:
            raise sqlite3.DatabaseError("another layout")
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.execute(f"PRAGMA user_version = {_LAYOUT}")
        db.execute("PRAGMA synchronous = OFF")  # what a power cut damages is made again
        for table in _TABLES:
            db.execute(f"CREATE TABLE IF NOT EXISTS {table}")
        db.execute("INSERT OR IGNORE INTO target VALUES (?)", (os.fsencode(target),))  # a name need not be UTF-8
    except sqlite3.Error:
        db.close()
        raise
    return db


def tidy(place: Path) -> None:
    """Remove what was kept, some time ago, for targets that are gone."""
    for file in place.glob("*.kept"):
        with contextlib.suppress(sqlite3.Error, OSError, TypeError):
            if time.time() - file.stat().st_mtime < _TIDY_AFTER:
                continue
            with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
                (path,) = db.execute("SELECT path FROM target").fetchone()
            if not Path(os.fsdecode(path)).exists():
                file.unlink()
