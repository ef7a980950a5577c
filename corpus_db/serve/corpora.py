"""Which of Datasette's databases are corpus files, and what each says of itself; read once, when Datasette starts."""

from __future__ import annotations

import logging
import sqlite3
import sys
from typing import Any

from corpus_db.search import drift
from corpus_db.serve.profile import Profile, profile
from corpus_db.sql import APPLICATION_ID, too_new
from corpus_db.text.fold import fold
from corpus_db.text.segment import segmenter

_log = logging.getLogger(__name__)
_ATTRIBUTE = "_corpus_db_corpora"  # kept on the Datasette object: two of them in one process share nothing
_MAX_ROWS = 1_000
# Datasette checks its time limit in Python, every 1,000 steps of SQLite, some thousand times in a query. Where other threads
# are busy in Python, each check waits until one of them gives up the interpreter, which by default it does after 5 ms.
_SWITCH_INTERVAL_S = 0.0005


def is_corpus(conn: sqlite3.Connection) -> bool:
    """Whether the main database of `conn` is a file of ours, of a schema that is known here."""
    return _is_marked(conn) and too_new(conn) is None


def _is_marked(conn: sqlite3.Connection) -> bool:
    return bool(conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def corpora(datasette: Any) -> dict[str, Profile]:
    """Database name → profile, of the corpus files found when `datasette` started."""
    return getattr(datasette, _ATTRIBUTE, {})


async def find_corpora(datasette: Any) -> dict[str, Profile]:
    """Looks through the databases of `datasette` and remembers the corpus files among them."""
    found = {}
    for name, database in datasette.databases.items():
        told = None if database.is_memory else await database.execute_fn(_read)
        if told:
            found[name] = told
            if drifted := await database.execute_fn(drift):
                _log.warning("%s: %s", name, drifted)
        elif newer := await database.execute_fn(_newer):
            _log.warning("%s: %s; until then it is shown as any other database", name, newer)
    if found:
        segmenter().cut(fold("預熱"))  # so that the first search does not wait for the dictionaries
        _suggest_no_facets(datasette, found)
        sys.setswitchinterval(min(sys.getswitchinterval(), _SWITCH_INTERVAL_S))
    setattr(datasette, _ATTRIBUTE, found)
    return found


def _suggest_no_facets(datasette: Any, found: dict[str, Profile]) -> None:
    """Turns off suggested facets where only corpora are served: looking for some in every column takes seconds on a
    large one, and the tables name theirs. There is no setting for a single database."""
    files = {name for name, database in datasette.databases.items() if not database.is_memory}
    if files == set(found) and hasattr(datasette, "_settings"):
        datasette._settings["suggest_facets"] = False


def _newer(conn: sqlite3.Connection) -> str | None:
    return too_new(conn) if _is_marked(conn) else None


def _read(conn: sqlite3.Connection) -> Profile | None:
    if not is_corpus(conn):
        return None
    try:
        about = dict(conn.execute("SELECT key, value FROM about LIMIT ?", [_MAX_ROWS]).fetchall())
        rows = conn.execute(
            "SELECT table_name, column_name, description FROM descriptions LIMIT ?", [_MAX_ROWS]
        ).fetchall()
    except sqlite3.DatabaseError:  # marked as ours, but not: nothing is told about it
        return None
    found = profile(map(tuple, rows), about)
    # What the search box understands is made for this index; without the plugin, Datasette finds `articles_search`.
    found["tables"]["articles"]["fts_table"] = "articles_fts"
    return found
