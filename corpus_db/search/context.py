"""Words in context from Python: the canned queries `concordance` and `collocates` as records."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from corpus_db import sql


class Line(NamedTuple):
    """A place where the text stands, with what stands around it: a line of a concordance."""

    key: str  # of the article
    title: str | None
    site: str | None
    published: str | None
    left: str  # characters before it in its paragraph
    node: str  # the text as it stands there
    right: str
    left_words: str | None  # the nearest words of its sentence, joined by spaces; None: none, or a file without tokens
    right_words: str | None
    start: int  # of the node, in the article's body
    articles_read: int  # fewer than there are with the text where it stands in too many places: a sample, by `seed`
    articles_found: int


class Collocate(NamedTuple):
    """A word that stands near the text; see `collocates.sql` for what the measures are and where they come from."""

    word: str
    pos: str | None
    together: int
    occurrences: int
    expected: float
    log_dice: float
    mi: float
    mi3: float
    t_score: float
    log_likelihood: float
    log_ratio: float
    articles_read: int  # as in `Line`: the counts and measures are then of the sample
    articles_found: int


def concordance(db: sqlite3.Connection, text: str, **options: object) -> list[Line]:
    """Every place where `text` stands; `options` are the further parameters of `concordance.sql`: width, words, sort,
    sample, seed, site, publisher, year, subcorpus, version. Raises `TypeError` for any other."""
    return [Line(*row) for row in _rows(db, "concordance", text, options)]


def collocates(db: sqlite3.Connection, text: str, **options: object) -> list[Collocate]:
    """Words near `text`; `options` are the further parameters of `collocates.sql`: window, measure, least, seed,
    site, publisher, year, subcorpus, version. Raises `TypeError` for any other."""
    return [Collocate(*row) for row in _rows(db, "collocates", text, options)]


def _rows(db: sqlite3.Connection, name: str, text: str, options: dict[str, object]) -> list[Any]:
    query = sql.load(name)
    if unknown := options.keys() - query.params:
        raise TypeError(f"{name}: no parameter {', '.join(sorted(unknown))}; it has {', '.join(query.params)}")
    return db.execute(query.sql, {**dict.fromkeys(query.params), **options, "q": text}).fetchall()
