"""Milliseconds of the canned queries in stock SQLite: python -m tests.bench.queries FILE [WORD …]

Without words, the three nearest to 2,000 occurrences are taken. Every query is asked for each word, and so in each way that
it can be asked; p50 and p95 are over these and five rounds, by the processor (of use on a machine that does other things too)
and by the clock, for as many rows as Datasette fetches.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Iterator

from corpus_db import sql

ROUNDS = 5
ROWS = 1001  # Datasette shows 1,000 and asks for one more, to know whether there are more
MAPPED = "PRAGMA mmap_size = 2147483648"  # as corpus_db.connect and the plugin set it
_WORDS = """
SELECT term FROM terms WHERE length(term) >= 2 AND term > '一' ORDER BY abs(occurrences - 2000), term LIMIT 3
"""
_OF_A_WORD = ("search", "phrase", "concordance", "collocates", "frequency", "ngrams", "figures", "timeline", "quotes")
_LARGEST = "SELECT {0} FROM articles WHERE {0} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"

Asked = dict[str, object]


def calls(db: sqlite3.Connection, words: list[str]) -> Iterator[tuple[str, Asked]]:
    """(query, parameters) of everything that is timed; every canned query is among them."""
    for word in words:
        for name in _OF_A_WORD:
            yield name, {"q": word}
        for sort in ("left", "left_characters", "date", "random"):
            yield "concordance", {"q": word, "sort": sort}
        yield "concordance", {"q": word, "sample": 100}
        yield "collocates", {"q": word, "measure": "log_likelihood"}
        yield "pattern", {"q": f"[v] * {word}"}
        yield "word_list", {"q": word[0]}
    yield "word_list", {}
    yield "pattern", {"q": "[r] [v] [n]"}
    for n in (2, 3, 4):
        yield "ngrams", {"n": n}
    for field in ("year", "site", "publisher", "section"):
        for (value,) in db.execute(_LARGEST.format(field)).fetchall():
            yield "keyness", {"field": field, "value": value}
    yield "keyness", {"field": "subcorpus", "value": "originals"}
    yield "figures", {"kind": "money", "min": 1e8}
    yield "timeline", {"start": "2013", "end": "2014"}
    for (name,) in db.execute("SELECT name FROM entities ORDER BY mentions DESC LIMIT 3").fetchall():
        yield "entity", {"name": name}
        yield "quotes", {"speaker": name}
    for (key,) in db.execute("SELECT key FROM articles ORDER BY chars DESC LIMIT 3").fetchall():
        yield "similar", {"key": key}
        yield "removed", {"key": key}
    for name in ("people", "reprints", "about"):
        yield name, {}


def timed(db: sqlite3.Connection, name: str, asked: Asked) -> tuple[float, float]:
    """(processor, clock) milliseconds of one answer."""
    query = sql.load(name)
    processor, clock = time.process_time(), time.perf_counter()
    db.execute(query.sql, {**dict.fromkeys(query.params), **asked}).fetchmany(ROWS)
    return (time.process_time() - processor) * 1000, (time.perf_counter() - clock) * 1000


def of_rank(times: list[float], share: float) -> float:
    """The time that `share` of them do not exceed."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    db = sqlite3.connect(f"file:{arguments.file}?mode=ro", uri=True)
    db.execute(MAPPED)
    words = arguments.words or [word for (word,) in db.execute(_WORDS)]
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in sql.QUERIES}
    for _ in range(ROUNDS):
        for name, asked in calls(db, words):
            times[name].append(timed(db, name, asked))
    print(f"words: {' '.join(words)}\nquery\tasked\tprocessor p50\tp95\tclock p50\tp95")
    for name, measured in times.items():
        columns = [list(column) for column in zip(*measured, strict=True)]
        told = "\t".join(f"{of_rank(column, share):.0f}" for column in columns for share in (0.5, 0.95))
        print(f"{name}\t{len(measured)}\t{told}")


if __name__ == "__main__":
    main()
