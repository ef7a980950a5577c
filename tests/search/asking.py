"""What the tests of search share."""

from __future__ import annotations

import sqlite3
from typing import Any

from corpus_db.search import search


def keys(db: sqlite3.Connection, text: str, **options: Any) -> list[str]:
    """The keys of the articles that `search` finds, in its order."""
    return [hit.key for hit in search(db, text, **options)]
