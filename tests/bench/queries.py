"""Milliseconds of the canned queries in stock SQLite: python tests/bench/queries.py corpus.db 平台 供应链 …"""

from __future__ import annotations

import sqlite3
import sys
import time

from corpus_db import sql

NAMES = ("search", "phrase", "concordance", "frequency", "figures", "timeline", "quotes", "word_list")
ROUNDS = 3


def main(path: str, words: list[str]) -> None:
    db = sqlite3.connect(path)
    for word in words:
        for name in NAMES:
            query = sql.load(name)
            args = {**dict.fromkeys(query.params), "q": word}
            times_ms = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                rows = db.execute(query.sql, args).fetchmany(1001)  # as many as Datasette fetches
                times_ms.append((time.perf_counter() - start) * 1000)
            print(f"{word}\t{name}\t{len(rows)} rows\t{min(times_ms):.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
