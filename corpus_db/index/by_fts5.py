"""Articles → a full-text index that FTS5 itself writes, one by one: for updates, and where nothing else may write it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import NamedTuple

from corpus_db import sql
from corpus_db.index import common
from corpus_db.index.words import indexed_words
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import fold, fold_aligned

_HASH = 16 << 20  # bytes that FTS5 holds in memory before it writes them


class IndexRow(NamedTuple):
    """The columns of `articles_fts`: tokens joined by single spaces."""

    body_bigrams: str
    body: str
    title: str
    title_bigrams: str


def index_row(title: str | None, body: str, cut: Callable[[str], list[str]]) -> IndexRow:
    """What the index holds of an article; `cut` is the segmenter of the file.

    >>> index_row(None, "電商", lambda text: [text] if text else [])
    IndexRow(body_bigrams='电商 商', body='电商', title='', title_bigrams='')
    """
    title = title or ""
    of_title, of_body = (" ".join(indexed_words(cut(fold_aligned(text)))) for text in (title, body))
    return IndexRow(bigram_stream(fold(body)), of_body, of_title, bigram_stream(fold(title)))


class ByFts5:
    """The index `articles_fts`, being written. The connection must allow another thread to use it (`written`)."""

    def __init__(self, db: sqlite3.Connection, cut: Callable[[str], list[str]]) -> None:
        self._db, self._cut = db, cut
        self._common: list[common.Row] = []
        for statement in sql.statements("loading"):
            db.execute(statement, {"hash": _HASH})

    def add(self, article: int, title: str | None, body: str) -> None:
        """Put an article in."""
        self._db.execute(_PUT_IN, (article, *index_row(title, body, self._cut)))

    def remove(self, article: int, title: str | None, body: str) -> None:
        """Take an article out: an index without contents must be told all that it put in."""
        self._db.execute(_TAKE_OUT, (article, *index_row(title, body, self._cut)))

    def let_go(self) -> None:
        """Nothing to do: what FTS5 holds is bounded."""

    @contextlib.contextmanager
    def written(self, pool: Executor) -> Iterator[None]:
        """Bring the index into one piece while the block runs, which must leave the database alone."""
        with ThreadPoolExecutor(1) as aside:  # SQLite merges without the interpreter's lock
            merged = aside.submit(self._merge)
            yield
            merged.result()

    def common_tokens(self) -> list[common.Row]:
        """Rows of the table, once the index is `written`."""
        return self._common

    def _merge(self) -> None:
        for statement in sql.statements("finish"):
            self._db.execute(statement)
        ((articles,),) = self._db.execute("SELECT count(*) FROM articles_fts_docsize")
        self._common = common.of_index(self._db, articles)


_NAMES = ", ".join(("rowid", *IndexRow._fields))
_PUT_IN = f"INSERT INTO articles_fts ({_NAMES}) VALUES (?, ?, ?, ?, ?)"
_TAKE_OUT = f"INSERT INTO articles_fts (articles_fts, {_NAMES}) VALUES ('delete', ?, ?, ?, ?, ?)"
