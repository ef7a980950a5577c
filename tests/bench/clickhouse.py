"""A release and its corpus file: do ClickHouse over the Parquet and SQLite find the same articles, and how long do both take?

    python -m tests.bench.clickhouse RELEASE [--searches N]

Samples runs of 2, 3, 4, 6 and 8 Han characters of the corpus (seeded), asks each as a phrase, two together, and one without
the other, and prints how many answers agree; then the times of loading, indexing and asking.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import statistics
import time
from pathlib import Path

import corpus_db
from corpus_db.search.language import zh_query
from corpus_db.text.fold import fold

SET_UP = """
CREATE TABLE articles ENGINE = MergeTree ORDER BY id AS SELECT * FROM file('{}/parquet/articles.parquet');
ALTER TABLE articles ADD INDEX title_pairs title_bigrams TYPE text(tokenizer = 'array');
ALTER TABLE articles ADD INDEX body_pairs body_bigrams TYPE text(tokenizer = 'array');
ALTER TABLE articles MATERIALIZE INDEX title_pairs SETTINGS mutations_sync = 2;
ALTER TABLE articles MATERIALIZE INDEX body_pairs SETTINGS mutations_sync = 2;
CREATE FUNCTION has_phrase AS (list, pairs) -> hasAllTokens(list, pairs) AND hasSubstr(list, pairs)
"""
LENGTHS = (2, 3, 4, 6, 8)
_HAN = re.compile("[\u4e00-\u9fff]{8,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("--searches", type=int, default=200)
    arguments = parser.parse_args()
    from chdb.session import Session

    session = Session()
    for statement in SET_UP.format(arguments.release.resolve()).strip().split(";"):
        started = time.perf_counter()
        session.query(statement.strip())
        print(f"{time.perf_counter() - started:6.2f} s  {' '.join(statement.split())[:100]}")
    size = str(session.query("SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND table = 'articles'"))
    print(f"{int(size) / 1e6:.0f} MB on disk, indexes included")
    db = corpus_db.connect(arguments.release / "corpus.db")
    agree, times = 0, ([], [])
    searches = sample(db, arguments.searches)
    for typed, condition in searches:
        started = time.perf_counter()
        answer = str(session.query(f"SELECT key FROM articles WHERE {condition}", "TabSeparated"))
        between = time.perf_counter()
        expected = keys(db, typed)
        times[0].append(between - started)
        times[1].append(time.perf_counter() - between)
        agree += set(answer.splitlines()) == expected
        if set(answer.splitlines()) != expected:
            print("differs:", typed)
    print(f"{agree} of {len(searches)} answers agree")
    for name, seconds in zip(("ClickHouse", "SQLite, every key without ranking"), times, strict=True):
        ordered = sorted(seconds)
        print(
            f"{name}: median {statistics.median(ordered) * 1e3:.0f} ms, p95 {ordered[int(0.95 * len(ordered))] * 1e3:.0f} ms"
        )


def sample(db: sqlite3.Connection, n: int) -> list[tuple[str, str]]:
    """(as typed, as ClickHouse's condition) of `n` searches: phrases, and pairs of phrases."""
    chance = random.Random(7)
    runs = [run for (body,) in db.execute("SELECT body FROM articles ORDER BY id") for run in _HAN.findall(fold(body))]
    pieces = [piece(chance.choice(runs), chance.choice(LENGTHS), chance) for _ in range(2 * n)]
    searches = []
    for i, (one, other) in enumerate(zip(pieces[:n], pieces[n:], strict=True)):
        typed, condition = one, found(one)
        if i % 4 == 1:
            other = other[:2]
            typed, condition = f"{one[:2]} {other}", f"{found(one[:2])} AND {found(other)}"
        elif i % 4 == 2:
            other = other[:2]
            typed, condition = f"{one[:2]} -{other}", f"{found(one[:2])} AND NOT {found(other)}"
        searches.append((typed, condition))
    return searches


def piece(run: str, length: int, chance: random.Random) -> str:
    start = chance.randrange(len(run) - length + 1)
    return run[start : start + length]


def found(text: str) -> str:
    return " OR ".join(f"has_phrase({part}_bigrams, ngrams('{text}', 2))" for part in ("title", "body")).join("()")


def keys(db: sqlite3.Connection, typed: str) -> set[str]:
    rows = db.execute(
        "SELECT key FROM articles WHERE id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)",
        (zh_query(typed),),
    )
    return {key for (key,) in rows}


if __name__ == "__main__":
    main()
