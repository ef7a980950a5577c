"""Milliseconds of the canned queries in stock SQLite: python tests/bench/queries.py corpus.db [平台 供应链 …]

Without words, one of about 2,000 occurrences is taken. Each figure is the median of five runs, by the clock and by the
processor (of use on a machine that does other things too), each for as many rows as Datasette fetches.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator

from corpus_db import sql

ROUNDS = 5
_WORD = """
SELECT term FROM terms WHERE length(term) = 2 AND term > '一' AND occurrences BETWEEN 1900 AND 2100
ORDER BY abs(occurrences - 2000), term LIMIT 1
"""
_OF_A_WORD = (
    "search",
    "phrase",
    "concordance",
    "collocates",
    "frequency",
    "ngrams",
    "figures",
    "timeline",
    "quotes",
    "word_list",
)


def calls(db: sqlite3.Connection, words: list[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """(query, parameters) of everything that is timed."""
    for word in words:
        for name in _OF_A_WORD:
            yield name, {"q": word}
        yield "concordance", {"q": word, "sort": "left", "sample": 100}
        yield "collocates", {"q": word, "measure": "log_likelihood", "year": "2000..2100"}
        yield "pattern", {"q": f"[v] * {word}"}
    for n in (2, 4):
        yield "ngrams", {"n": n}
    for field in ("year", "site", "publisher"):
        for (value,) in db.execute(
            f"SELECT {field} FROM articles WHERE {field} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        ).fetchall():
            yield "keyness", {"field": field, "value": value}
    yield "pattern", {"q": "[r] [v] [n]"}
    yield "word_list", {}
    for (key,) in db.execute("SELECT key FROM articles ORDER BY chars DESC LIMIT 1").fetchall():
        yield "similar", {"key": key}
    yield "reprints", {}


def main(path: str, words: list[str]) -> None:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    words = words or [word for (word,) in db.execute(_WORD)]
    print("query\tparameters\trows\tclock_ms\tprocessor_ms")
    for name, asked in calls(db, words):
        query = sql.load(name)
        times: list[tuple[float, float]] = []
        for _ in range(ROUNDS):
            clock, processor = time.perf_counter(), time.process_time()
            rows = db.execute(query.sql, {**dict.fromkeys(query.params), **asked}).fetchmany(1001)
            times.append((time.perf_counter() - clock, time.process_time() - processor))
        clock, processor = (sorted(column)[ROUNDS // 2] * 1000 for column in zip(*times, strict=True))
        told = " ".join(f"{key}={value}" for key, value in asked.items())
        print(f"{name}\t{told}\t{len(rows)}\t{clock:.0f}\t{processor:.0f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
