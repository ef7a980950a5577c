"""A folder of Chinese articles becomes one SQLite file that anyone can search, query and cite.

report = corpus_db.build(["my-articles"], "corpus.db")
db = corpus_db.connect("corpus.db")
hits = corpus_db.search(db, "在线交易")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

from corpus_db.search import Hit, connect, search

if TYPE_CHECKING:
    from corpus_db.options import BuildReport
    from corpus_db.pipeline import build

__all__ = ["BuildReport", "Hit", "build", "connect", "search"]


def __getattr__(name: str) -> Any:
    """What only a build needs is imported when it is asked for: searching starts in half the time without."""
    if name == "build":
        from corpus_db.pipeline import build

        return build
    if name == "BuildReport":
        from corpus_db.options import BuildReport

        return BuildReport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
