"""A file of `corpus_db/sql/pages` and its parameters → rows; the only SQL that the pages run, but for the search itself."""

from __future__ import annotations

import sqlite3
from functools import cache

from corpus_db import sql


def rows(db: sqlite3.Connection, query: str, /, **params: object) -> list[sqlite3.Row]:
    """What the query gives, whatever the row factory of `db` is."""
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(_text(query), params).fetchall()


def row(db: sqlite3.Connection, query: str, /, **params: object) -> sqlite3.Row | None:
    """The first row of `rows`; None where there is none."""
    return next(iter(rows(db, query, **params)), None)


@cache
def _text(name: str) -> str:
    return (sql.HERE / "pages" / f"{name}.sql").read_text("utf-8")
