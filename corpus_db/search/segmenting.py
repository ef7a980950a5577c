"""A built file → how its text was cut into words, so that what is asked of it is cut the same way.

Only ranking depends on it: character pairs, which no segmenter makes, decide what is found.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from corpus_db.text.segment import Segmenter, segmenter

MAX_WORDS = 100_000  # a file may come from anywhere


_taught: dict[str, Segmenter] = {}  # by the digest of the lexicon: reading its words again takes longer than a search


def file_segmenter(db: sqlite3.Connection) -> Segmenter:
    """The installed segmenter with the names that the file's builder taught it (table `lexicon_words`)."""
    ((digest,),) = _rows(db, "SELECT value FROM about WHERE key = 'lexicon_sha256' LIMIT ?", 1) or [(None,)]
    if digest is None:
        return segmenter()
    if digest not in _taught:
        rows = _rows(db, "SELECT word FROM lexicon_words ORDER BY word LIMIT ?", MAX_WORDS)
        _taught[digest] = segmenter(tuple(word for (word,) in rows))
    return _taught[digest]


def drift(db: sqlite3.Connection) -> str | None:
    """What to tell, in one line, where the file was cut by another segmenter than is installed; None: by the same."""
    facts: dict[str, str] = dict(
        _rows(db, "SELECT key, value FROM about WHERE key IN ('segmenter', 'segmenter_version') LIMIT ?", 2)
    )
    made_by = (facts.get("segmenter"), facts.get("segmenter_version"))
    installed = segmenter()
    if None in made_by or made_by == (installed.name, installed.version):
        return None
    return (
        f"words were cut by {' '.join(map(str, made_by))}, installed is {installed.name} {installed.version}: everything"
        " is still found, but perhaps in another order; build the file again, or install that version"
    )


def _rows(db: sqlite3.Connection, sql: str, limit: int) -> list[Any]:
    """The rows; none where the file has no such table."""
    try:
        return db.execute(sql, (limit,)).fetchall()
    except sqlite3.OperationalError:
        return []
