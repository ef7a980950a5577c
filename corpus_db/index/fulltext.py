"""Postings of all portions → the full-text index of a new file, past FTS5: the tables that lie under it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

import numpy as np

from corpus_db.index import common
from corpus_db.index.gather import Gathered, Piece
from corpus_db.index.pages import Paged, paged
from corpus_db.index.postings import COLUMNS, Postings
from corpus_db.index.segment import Row, Segment
from corpus_db.index.varints import encoded, encoded_rows
from corpus_db.pieces import Aside

_AHEAD = 4  # ranges of terms under way: each is some megabytes
_TOTALS, _STRUCTURE = 1, 10  # rows of `_data` that are not pages


def can_be_written(db: sqlite3.Connection) -> bool:
    """Whether this SQLite lets the tables under an index be written: some systems' is built not to ("defensive")."""
    try:
        db.execute("DELETE FROM articles_fts_data WHERE id = 0")
    except sqlite3.DatabaseError:
        return False
    return True


class FullText:
    """The index `articles_fts`, which is empty, being written. FTS5 must not be asked before the file is opened again."""

    def __init__(self, db: sqlite3.Connection, input_bytes: int) -> None:
        self._db = db
        self._gathered = Gathered(input_bytes)
        self._articles = 0
        self._totals = np.zeros(COLUMNS, np.int64)  # tokens of each column
        self._common: list[tuple[str, int]] = []

    def add(self, postings: Postings, first: int) -> None:
        """Write those of a portion, whose first article has that id."""
        self._gathered.add(postings, first)
        self._articles += len(postings.lengths)
        self._totals += postings.lengths.sum(axis=0)
        sizes = enumerate(encoded_rows(postings.lengths), first)
        self._db.executemany("INSERT INTO articles_fts_docsize (id, sz) VALUES (?, ?)", sizes)

    def let_go(self) -> None:
        """Hold no postings in memory, where they are many."""
        self._gathered.let_go()

    @contextlib.contextmanager
    def written(self, pool: Executor) -> Iterator[None]:
        """Write the rest; `pool` makes pages of the postings while the block runs, which must leave the database alone."""

        def submit(pieces: list[Piece]) -> Any:
            return pool.submit(paged, pieces, common.threshold(self._articles))

        with Aside[list[Piece], Paged](submit, self._gathered.ranges(), ahead=_AHEAD) as made:
            yield
            self._write(made.once())
        self._gathered.close()

    def common_tokens(self) -> list[common.Row]:
        """Rows of the table, once the index is `written`."""
        return common.rows(self._common, self._articles)

    def _write(self, made: Iterator[Paged]) -> None:
        segment = Segment()
        insert = "INSERT INTO articles_fts_data (id, block) VALUES (?, ?)"
        enter = "INSERT INTO articles_fts_idx (segid, term, pgno) VALUES (?, ?, ?)"
        for some in made:
            self._db.executemany(insert, segment.add(some.pages))
            self._db.executemany(enter, segment.entered())
            self._common += some.common
        self._db.executemany(insert, segment.finish())
        self._db.executemany(enter, segment.entered())
        ((structure,),) = self._db.execute("SELECT block FROM articles_fts_data WHERE id = ?", (_STRUCTURE,))
        self._replace((_STRUCTURE, segment.structure(structure[:4])))
        self._replace((_TOTALS, encoded((self._articles, *self._totals.tolist()))))

    def _replace(self, row: Row) -> None:
        self._db.execute("UPDATE articles_fts_data SET block = ?2 WHERE id = ?1", row)
