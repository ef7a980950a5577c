"""A folder of Chinese articles becomes one SQLite file that anyone can search, query and cite."""

from __future__ import annotations

from corpus_db.search import Hit, connect, search

__version__ = "0.1.0"
__all__ = ["Hit", "connect", "search"]
