"""How fast is asking? python -m tests.bench.search_speed DB [--count N] [--seed N]  →  p50 and p95 of each kind of query, ms of the processor and of the wall clock.

Queries are sampled from the articles of DB: two words, one character, runs of 16 characters; asked in SQL (top 20 by
rank) and by `corpus_db.search`, which also reads the bodies and cuts snippets.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable

import corpus_db
from corpus_db.text.segment import segmenter

SQL = """SELECT a.key FROM articles_fts f JOIN articles a ON a.id = f.rowid
         WHERE articles_fts MATCH {function}(?) ORDER BY f.rank LIMIT 20"""
_HAN = re.compile("[\u4e00-\u9fff]{16,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    db = corpus_db.connect(options.db)
    rng = random.Random(options.seed)
    bodies = [body for (body,) in db.execute("SELECT body FROM articles WHERE id % 40 = 7")]
    two = [query for body in bodies if (query := two_words(body, rng))][: options.count]
    runs = [rng.choice(found) for body in bodies if (found := _HAN.findall(body))]
    sixteen = [run[start : start + 16] for run in runs if (start := rng.randrange(len(run) - 15)) >= 0][: options.count]
    one = [rng.choice(run) for run in runs][: options.count]

    def in_sql(function: str) -> Callable[[str], object]:
        return lambda text: db.execute(SQL.format(function=function), [text]).fetchall()

    print("| query | asked by | processor p50 ms | p95 ms | wall p50 ms | p95 ms |\n|---|---|---|---|---|---|")
    report("two words", "zh_query, ORDER BY rank", in_sql("zh_query"), two)
    report("two words", "search", lambda text: corpus_db.search(db, text), two)
    report("16 characters", "zh_query_any, ORDER BY rank", in_sql("zh_query_any"), sixteen)
    report("16 characters", "search(any=True)", lambda text: corpus_db.search(db, text, any=True), sixteen)
    report("one character", "zh_query, ORDER BY rank", in_sql("zh_query"), one)
    report("one character", "search", lambda text: corpus_db.search(db, text), one)
    print(
        f"\nindex {index_bytes(db) / text_bytes(db):.2f} times the text; load of the machine {os.getloadavg()[0]:.1f}"
    )


def two_words(body: str, rng: random.Random) -> str | None:
    found = [word for word in segmenter().cut(body[:1_000]) if len(word) > 1 and word.isalpha()]
    return " ".join(rng.sample(found, 2)) if len(found) > 1 else None


def report(what: str, how: str, ask: Callable[[str], object], queries: list[str]) -> None:
    ask(queries[0])  # loads dictionaries
    processor_ms, wall_ms = [], []
    for query in queries:
        wall, processor = time.perf_counter(), time.process_time()
        ask(query)
        processor_ms.append((time.process_time() - processor) * 1_000)
        wall_ms.append((time.perf_counter() - wall) * 1_000)
    figures = [figure for ms in (processor_ms, wall_ms) for figure in (statistics.median(ms), p95(ms))]
    print(f"| {what} | {how} | {' | '.join(f'{figure:.1f}' for figure in figures)} |", flush=True)


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def index_bytes(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT sum(length(block)) FROM articles_fts_data").fetchone()[0])


def text_bytes(db: sqlite3.Connection) -> int:
    sql = "SELECT sum(length(CAST(coalesce(title, '') AS BLOB)) + length(CAST(body AS BLOB))) FROM articles"
    return int(db.execute(sql).fetchone()[0])


if __name__ == "__main__":
    main()
