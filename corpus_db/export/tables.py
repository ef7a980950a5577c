"""A corpus file → the tables of a release: their columns, typed and described, and their rows, streamed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

Kind = Literal["integer", "number", "boolean", "date", "text", "list", "object"]
Row = tuple[Any, ...]

# In the order in which a reader meets them.
TABLES = (
    "articles",
    "paragraphs",
    "sentences",
    "figures",
    "dates",
    "quotes",
    "entities",
    "mentions",
    "similar",
    "terms",
    "sources",
    "rejects",
)
REFERENCES = {  # the table whose id a column of that name holds
    "article_id": "articles",
    "other_id": "articles",
    "reprint_of": "articles",
    "paragraph_id": "paragraphs",
    "sentence_id": "sentences",
    "entity_id": "entities",
    "source_id": "sources",
}
# Views that show pieces of articles. SQLite would read an article anew for each of its pieces; here it is read once.
_PIECES = {
    "paragraphs": 'SELECT id, article_id, position, kind, start, "end" FROM paragraph_bounds ORDER BY id',
    "sentences": 'SELECT id, article_id, paragraph_id, position, start, "end" FROM sentence_bounds ORDER BY id',
}
# Of the tables whose rows have no number; they are in this order, the others in that of the numbers.
_KEYS = {"mentions": ("article_id", "start", "entity_id"), "similar": ("article_id", "other_id"), "terms": ("term",)}
_KINDS: dict[str, Kind] = {"INTEGER": "integer", "REAL": "number", "TEXT": "text", "": "text"}
# What a declared type of SQLite can not say.
_KINDS_OF: dict[tuple[str, str], Kind] = {
    ("articles", "keywords"): "list",
    ("articles", "extra"): "object",
    ("entities", "aliases"): "list",
    ("dates", "start_date"): "date",
    ("dates", "end_date"): "date",
    ("quotes", "direct"): "boolean",
}
# What columns of the file are made from; a release has only what is made.
_LEFT_OUT = {("articles", "title_start"), ("articles", "title_end"), ("sources", "digest")}
_LICENCE = """coalesce(json_extract(extra, '$.license'), json_extract(extra, '$.licence'), json_extract(extra, '$.rights'),
json_extract(extra, '$.copyright'), (SELECT value FROM about WHERE key = 'licence'))"""
_LICENCE_MEANS = (
    "licence of the article: as its source states it (license, licence, rights or copyright in extra), "
    "else that of the whole corpus (about.licence)"
)
_MAX_ROWS = 65_536
_MAX_CHARS = 2_000_000


class Column(NamedTuple):
    """A column of a release's table."""

    name: str
    kind: Kind
    description: str
    required: bool = False  # never NULL
    sql: str | None = None  # the expression that gives it; None: the column of that name


class Table(NamedTuple):
    """A table of a release. Values are as SQLite has them: dates as ISO days, lists and objects as JSON text."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]  # columns that tell its rows apart; (): none do

    def rows(self, db: sqlite3.Connection) -> Iterator[Row]:
        """Its rows, in the order of the file."""
        if self.name in _PIECES:
            return _pieces(db, _PIECES[self.name])
        selected = ", ".join(column.sql or f'"{column.name}"' for column in self.columns)
        order = ", ".join(_KEYS.get(self.name, ("rowid",)))
        return iter(db.execute(f'SELECT {selected} FROM "{self.name}" ORDER BY {order}'))

    def count(self, db: sqlite3.Connection) -> int:
        """How many rows it has."""
        (count,) = db.execute(f'SELECT count(*) FROM "{self.name}"').fetchone()
        return int(count)

    @property
    def references(self) -> dict[str, str]:
        """Column → the table whose id it holds."""
        return {c.name: REFERENCES[c.name] for c in self.columns if c.name in REFERENCES}


def tables(db: sqlite3.Connection, *, raw: bool = False) -> tuple[Table, ...]:
    """The tables of a release of `db`; with `raw`, the sources' text too."""
    return tuple(_table(db, name, raw) for name in TABLES)


def _table(db: sqlite3.Connection, name: str, raw: bool) -> Table:
    left_out = _LEFT_OUT if raw else _LEFT_OUT | {("sources", "raw")}
    means = dict(db.execute("SELECT column_name, description FROM descriptions WHERE table_name = ?", (name,)))
    columns = [
        Column(
            column,
            _KINDS_OF.get((name, column)) or _KINDS[declared],
            means.get(column, ""),
            # Of a view, SQLite does not know which columns are never NULL: of these, all.
            bool(not_null or in_key or name in _PIECES),
        )
        for _, column, declared, not_null, _, in_key, _ in db.execute(f'PRAGMA table_xinfo("{name}")')
        if (name, column) not in left_out
    ]
    if name == "articles":
        columns.append(Column("licence", "text", _LICENCE_MEANS, sql=_LICENCE))
    key = _KEYS.get(name) or (("id",) if any(column.name == "id" for column in columns) else ())
    return Table(name, means.get("", ""), tuple(columns), key)


def _pieces(db: sqlite3.Connection, bounds: str) -> Iterator[Row]:
    """The rows of `bounds` (…, article in the second column, …, start, end), with the text in the place of the end."""
    article, body = None, ""
    for *cells, start, end in db.execute(bounds):
        if cells[1] != article:
            article = cells[1]
            (body,) = db.execute("SELECT body FROM articles WHERE id = ?", (article,)).fetchone()
        yield (*cells, start, body[start:end])


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """`rows` in lists of bounded size, in rows and in characters.

    >>> [len(batch) for batch in batches([("x" * 1_200_000,)] * 5)]
    [2, 2, 1]
    """
    batch: list[Row] = []
    chars = 0
    for row in rows:
        batch.append(row)
        chars += sum(len(value) for value in row if isinstance(value, str))
        if len(batch) == _MAX_ROWS or chars >= _MAX_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch
