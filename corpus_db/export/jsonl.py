"""Articles → JSON Lines: one article a line, with its source and all its facts inside.

The flat tables are in the Parquet and CSV files. Who takes JSONL reads document by document, with no join: so each line
stands alone, refers to other articles by key, and has the same names in the same order, NULL as null.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus_db.export.tables import Table

# Columns that mean nothing outside of the file's own tables; `paragraphs` is the list here, not the count.
_LEFT_OUT = ("id", "source_id", "reprint_of", "paragraphs", "keywords", "extra")
# What stands inside an article: name → rows in the order of their articles, the article's id first.
_FACTS = {
    "paragraphs": 'SELECT article_id, kind, start, "end" FROM paragraph_bounds ORDER BY article_id, id',
    "figures": """SELECT article_id, start, raw, value, value_max, unit, kind, currency, qualifier, noun
                  FROM figures ORDER BY article_id, start""",
    "dates": """SELECT article_id, start, raw, start_date, end_date, precision, basis
                FROM dates ORDER BY article_id, start""",
    "quotes": """SELECT article_id, start, speaker, verb, text, direct
                 FROM quotes ORDER BY article_id, start""",
    "names": """SELECT m.article_id, m.start, m.raw, e.name, e.kind
                FROM mentions m JOIN entities e ON e.id = m.entity_id ORDER BY m.article_id, m.start""",
    "similar": """SELECT s.article_id, o.key, s.score, s.relation
                  FROM similar s JOIN articles o ON o.id = s.other_id ORDER BY s.article_id, s.other_id""",
}
_SOURCES = "SELECT id, path, member, format, encoding, sha256, bytes FROM sources ORDER BY id"
_ORIGINALS = "SELECT a.id, o.key FROM articles a JOIN articles o ON o.id = a.reprint_of ORDER BY a.id"


def write(db: sqlite3.Connection, articles: Table, path: Path) -> None:
    """Write every article of `db` to `path`. Memory does not grow with the corpus."""
    names = [column.name for column in articles.columns]
    facts = {name: _ByArticle(db, sql) for name, sql in _FACTS.items()}
    sources, originals = _ByArticle(db, _SOURCES), _ByArticle(db, _ORIGINALS)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in articles.rows(db):
            values = dict(zip(names, row, strict=True))
            number = values["id"]
            article = {name: value for name, value in values.items() if name not in _LEFT_OUT}
            article["keywords"] = json.loads(values["keywords"] or "[]")
            article["extra"] = json.loads(values["extra"] or "{}")
            article["reprint_of"] = next((original["key"] for original in originals.of(number)), None)
            article["source"] = next(iter(sources.of(values["source_id"])), None)
            article.update((name, found.of(number)) for name, found in facts.items())
            file.write(json.dumps(article, ensure_ascii=False, separators=(",", ":")) + "\n")


class _ByArticle:
    """The rows of a query, taken number by number: its first column, by which it is ordered."""

    def __init__(self, db: sqlite3.Connection, sql: str) -> None:
        rows = db.execute(sql)
        self._names = [name for name, *_ in rows.description][1:]
        self._rows: Iterator[tuple[Any, ...]] = iter(rows)
        self._row = next(self._rows, None)

    def of(self, number: int) -> list[dict[str, Any]]:
        """The rows of `number`, which is greater at each call."""
        found = []
        while self._row is not None and self._row[0] <= number:
            if self._row[0] == number:
                found.append(dict(zip(self._names, self._row[1:], strict=True)))
            self._row = next(self._rows, None)
        return found
