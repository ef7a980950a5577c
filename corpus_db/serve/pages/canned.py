"""A canned query and its parameters → its rows, as Datasette's own page of the query has them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from time import perf_counter
from typing import NamedTuple

from datasette.utils import sqlite_timelimit

from corpus_db import sql
from corpus_db.serve.pages.memo import Memo
from corpus_db.text.function_words import function_words

# ICTCLAS tags, by first letter, beside those of `function_words`: adverbs, numerals, measure words, localities.
_GRAMMAR = frozenset("dmqf")
_MOST_KEPT = 64  # collocates: at most 300 short rows each, some 100 kB
_MAX_KEPT_CHARS = 200  # of what was asked


class Answer(NamedTuple):
    """What a query gave."""

    rows: list[sqlite3.Row]
    late: bool = False  # it was stopped: it took too long


_memo: Memo[Answer] = Memo(_MOST_KEPT)


def ask(db: sqlite3.Connection, name: str, given: Mapping[str, object], limit_ms: float) -> Answer:
    """The rows of the canned query `name`; parameters that are not `given` are empty, those it does not have are left out.

    It is stopped after `limit_ms`. From then on no limit holds for `db`, whichever held before: SQLite knows one at a time.
    """
    query = sql.load(name)
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    until = perf_counter() + limit_ms / 1000
    try:
        with sqlite_timelimit(db, limit_ms):
            return Answer(cursor.execute(query.sql, {param: given.get(param, "") for param in query.params}).fetchall())
    except sqlite3.OperationalError:
        if perf_counter() < until:
            raise
        return Answer([], late=True)  # whatever it says: FTS5, stopped while it opens its table, says something else


def collocates(db: sqlite3.Connection, given: Mapping[str, object], limit_ms: float) -> Answer:
    """`ask` for the collocates, which take most of a page's time: kept while the file is the same, unless they came late."""
    asked = tuple(sorted((name, str(value)) for name, value in given.items()))
    if sum(map(len, map("".join, asked))) > _MAX_KEPT_CHARS:
        return ask(db, "collocates", given, limit_ms)
    return _memo.get(db, lambda db: ask(db, "collocates", given, limit_ms), asked, lambda answer: not answer.late)


def given(name: str, args: Mapping[str, str]) -> dict[str, str]:
    """Those of the arguments that are parameters of the canned query `name`.

    >>> given("phrase", {"q": "平台", "_version": "1", "page": "2"})
    {'q': '平台'}
    """
    return {param: args[param] for param in sql.load(name).params if args.get(param)}


def content_words(found: Answer, most: int) -> list[sqlite3.Row]:
    """The first of the collocates that say something of what is talked about: function words and the like are passed over."""
    passed_over = function_words()
    return [row for row in found.rows if row["word"] not in passed_over and (row["pos"] or "")[:1] not in _GRAMMAR][
        :most
    ]
