"""How many articles have each token → the rows of `common_tokens`: those too common to tell articles apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

COMMON_SHARE = 0.05  # of the articles: tokens of fewer are not listed
FEWEST = 2_000  # articles; with fewer every token can be asked for
Row = tuple[str, float]


def threshold(articles: int) -> float:
    """More articles than that have a common token."""
    return COMMON_SHARE * articles if articles >= FEWEST else float("inf")


def rows(counted: Iterable[tuple[str, int]], articles: int) -> list[Row]:
    """(token, share) of the common ones among tokens, each with the number of its articles; by token.

    >>> rows([("电商", 900), ("平台", 100)], 2_000)
    [('电商', 0.45)]
    """
    least = threshold(articles)
    return sorted((token, round(count / articles, 4)) for token, count in counted if count > least)


def of_index(db: sqlite3.Connection, articles: int) -> list[Row]:
    """The rows, asked of a finished index."""
    if threshold(articles) > articles:
        return []
    db.execute("CREATE VIRTUAL TABLE temp.tokens USING fts5vocab(main, articles_fts, row)")
    found = rows(db.execute("SELECT term, doc FROM temp.tokens"), articles)
    db.execute("DROP TABLE temp.tokens")
    return found
