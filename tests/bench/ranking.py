"""Ranking, step by step: python -m tests.bench.ranking SETS [--every N]  →  MRR@10 of each set, their mean, ms a question (p50).

SETS holds folders with docs.jsonl ({id, title, text}) and queries.jsonl ({id, text, relevant: [ids]}). The mean is also
given for the odd and the even questions: a gain that only one half shows is no gain.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import corpus_db
from corpus_db.pipeline import build
from corpus_db.search import register
from corpus_db.text.bigrams import CJK, bigram_stream
from corpus_db.text.fold import fold
from corpus_db.text.segment import segmenter, words

Ask = Callable[[sqlite3.Connection, str], list[str]]
RANKED = """SELECT a.key FROM articles_fts f JOIN articles a ON a.id = f.rowid
            WHERE articles_fts MATCH ? ORDER BY {order} LIMIT 10"""


def any_of(columns: str, tokens: list[str]) -> str:
    quoted = " OR ".join(f'"{token}"' for token in dict.fromkeys(tokens) if token[0].isalnum())
    return f"{columns} : ({quoted})" if quoted else '""'


def words_alone(text: str) -> str:
    return any_of("{body title}", words(fold(text), segmenter().cut))


def pairs_alone(text: str) -> str:
    return any_of("{body_bigrams title_bigrams}", bigram_stream(fold(text)).split())


def by_index(match: Callable[[str], str]) -> Ask:
    """The index's order with every column alike."""
    sql = RANKED.format(order="bm25(articles_fts)")
    return lambda db, text: [key for (key,) in db.execute(sql, [match(text)])]


def by_characters(db: sqlite3.Connection, text: str) -> list[str]:
    """Single characters in the index, the question's words as phrases: the way of the best SQLite extension."""
    phrases = [spaced(word) for word in words(fold(text), segmenter().cut)]
    match = " OR ".join(f'"{phrase}"' for phrase in dict.fromkeys(phrases))
    sql = "SELECT key FROM characters WHERE characters MATCH ? ORDER BY rank LIMIT 10"
    return [key for (key,) in db.execute(sql, [match or '""'])]


def plain(db: sqlite3.Connection, text: str) -> list[str]:
    return [key for (key,) in db.execute(RANKED.format(order="f.rank").replace("?", "zh_query_any(?)"), [text])]


def second_stage(db: sqlite3.Connection, text: str) -> list[str]:
    return [hit.key for hit in corpus_db.search(db, text, any=True, limit=10)]


STEPS: dict[str, Ask] = {
    "words alone": by_index(words_alone),
    "pairs alone": by_index(pairs_alone),
    "their sum": by_index(lambda text: f"{words_alone(text)} OR {pairs_alone(text)}"),
    "characters, words as phrases": by_characters,
    "zh_query_any, ORDER BY rank": plain,
    "search(any=True)": second_stage,
}


def spaced(text: str) -> str:
    """Han characters parted by spaces, Latin words whole."""
    return " ".join(re.findall(rf"[{CJK}]|[^\W{CJK}]+", text))


def built(folder: Path, target: Path) -> sqlite3.Connection:
    """The real build of a set, and beside it an index of single characters."""
    build([folder / "docs.jsonl"], target)
    db = sqlite3.connect(target)
    register(db)
    db.execute("CREATE VIRTUAL TABLE temp.characters USING fts5(key UNINDEXED, text, tokenize = 'unicode61')")
    rows = db.execute("SELECT key, coalesce(title, '') || char(10) || body FROM articles").fetchall()
    db.executemany("INSERT INTO characters VALUES (?, ?)", [(key, spaced(fold(text))) for key, text in rows])
    return db


def read_jsonl(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--every", type=int, default=1, help="ask one question of so many")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folders = sorted(arguments.sets.iterdir())
        files = {folder.name: built(folder, Path(work, f"{folder.name}.db")) for folder in folders}
        compare(arguments.sets, files, arguments.every)


def compare(folder: Path, sets: dict[str, sqlite3.Connection], every: int) -> None:
    """Print a line of the table for each step."""
    questions = {name: read_jsonl(folder / name / "queries.jsonl")[::every] for name in sets}
    print("| step |", " | ".join(sets), "| mean | odd | even | ms |")
    print("|---" * (len(sets) + 5) + "|")
    for step, ask in STEPS.items():
        found, ms = [], []
        for name, db in sets.items():
            reciprocal = []
            for question in questions[name]:
                started = time.perf_counter()
                keys = ask(db, question["text"])
                ms.append((time.perf_counter() - started) * 1000)
                rank = next((i for i, key in enumerate(keys, 1) if key in question["relevant"]), None)
                reciprocal.append(1 / rank if rank else 0.0)
            found.append(reciprocal)
        means = [statistics.fmean(part) for part in found]
        halves = [statistics.fmean(statistics.fmean(part[half::2]) for part in found) for half in (0, 1)]
        figures = [*means, statistics.fmean(means), *halves]
        cells = " | ".join(f"{figure:.4f}" for figure in figures)
        print(f"| {step} | {cells} | {statistics.median(ms):.1f} |", flush=True)


if __name__ == "__main__":
    main()
