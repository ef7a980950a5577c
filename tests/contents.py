"""A corpus file → its rows, ids aside: two files of the same input have the same, however they were made."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]
_TABLES = """SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND name NOT GLOB '*_fts*' AND name NOT GLOB '*_search*'"""
_OF_THE_FILE = {"logical_digest", "version"}  # facts about the ids too
# What tells a row from the others of its table without its id; parents come first.
_NATURAL = {
    "articles": ("key",),
    "sources": ("path", "member"),
    "span_kinds": ("role", "reason"),
    "entities": ("name", "kind"),
    "paragraph_bounds": ("article_id", "position"),
    "sentence_bounds": ("article_id", "position"),
}


def contents(path: Path, *, entries: bool = True) -> dict[str, list[Row]]:
    """Table → its rows, sorted: an id stands as what it is the id of. Of an index, its entries, or else its tokens."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        names: dict[str, dict[int, Row]] = {}
        for table, columns in _NATURAL.items():
            names[table] = {row[0]: row[1:] for row in _rows(db, table, ("id", *columns), names)}
        tables = [name for (name,) in db.execute(_TABLES)]
        found = {table: sorted(_contents(db, table, names), key=repr) for table in tables}
        for (index,) in db.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
        ).fetchall():
            found[index] = sorted(_entries(db, index, names["articles"]) if entries else _tokens(db, index), key=repr)
    return found


def _contents(db: sqlite3.Connection, table: str, names: dict[str, dict[int, Row]]) -> Iterator[Row]:
    columns = [name for _, name, *_ in db.execute(f'PRAGMA table_info("{table}")')]
    place: Counter[Any] = Counter()  # of a row among those of its article, by id
    for row in _rows(db, table, columns, names):
        values = dict(zip(columns, row, strict=True))
        if values.pop("id", None) is not None and "article_id" in values:
            place[values["article_id"]] += 1
            values["id"] = place[values["article_id"]]
        if table != "about" or values["key"] not in _OF_THE_FILE:
            yield tuple(values.values())


def _rows(
    db: sqlite3.Connection, table: str, columns: Sequence[str], names: dict[str, dict[int, Row]]
) -> Iterator[Row]:
    """The columns of all rows, by id where there is one, with the names of what they refer to."""
    parents = {column: parent for _, _, parent, column, *_ in db.execute(f'PRAGMA foreign_key_list("{table}")')}
    quoted = ", ".join(f'"{column}"' for column in columns)
    for row in db.execute(f'SELECT {quoted} FROM "{table}" ORDER BY 1').fetchall():
        yield tuple(
            names[parents[column]][value] if column in parents and value is not None else value
            for column, value in zip(columns, row, strict=True)
        )


def _entries(db: sqlite3.Connection, index: str, articles: dict[int, Row]) -> Iterator[Row]:
    db.execute(f"CREATE VIRTUAL TABLE temp.{index}_entries USING fts5vocab('main', '{index}', 'instance')")
    for term, doc, *rest in db.execute(f"SELECT term, doc, col, offset FROM temp.{index}_entries"):
        yield term, articles[doc], *rest


def _tokens(db: sqlite3.Connection, index: str) -> Iterator[Row]:
    db.execute(f"CREATE VIRTUAL TABLE temp.{index}_tokens USING fts5vocab('main', '{index}', 'col')")
    yield from db.execute(f"SELECT term, col, doc, cnt FROM temp.{index}_tokens")
