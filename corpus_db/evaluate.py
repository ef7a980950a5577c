"""Questions with their articles → how well a built file answers them; the figures of ``corpus-db eval``."""

from __future__ import annotations

import json
import sqlite3
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from corpus_db.errors import UsageError
from corpus_db.search import search

DEPTH = 10  # how far down the list a hit still counts
_HAS_KEY = "SELECT EXISTS (SELECT 1 FROM articles WHERE key = ?)"


class _Question(NamedTuple):
    text: str
    relevant: frozenset[str]  # keys of the articles that answer it


def evaluate(
    db: sqlite3.Connection, queries: str | Path, mode: Literal["any", "all"] = "any"
) -> dict[str, str | int | float]:
    """Asks every question of a .jsonl file of ``{"id", "text", "relevant": [article keys]}`` and counts.

    `mode` is "any" for questions and paragraphs, "all" for what is typed into a search box. The result has `queries`,
    `mode`, `mrr@10` (mean of 1 / place of the first relevant article), `recall@1` and `recall@10` (share of questions
    with a relevant article so far up), `zero_hits` (questions without any result), `unknown_keys` (relevant keys that no
    article has, which no search can find), `p50_ms` and `p95_ms`.

    Raises `UsageError` for a file that is missing, empty, or has a line that is no question.
    """
    places: list[int | None] = []
    ms: list[float] = []
    zero_hits = unknown_keys = 0
    for question in _questions(Path(queries)):
        unknown_keys += sum(not db.execute(_HAS_KEY, [key]).fetchone()[0] for key in question.relevant)
        started = time.perf_counter()
        hits = search(db, question.text, any=mode == "any", limit=DEPTH)
        ms.append((time.perf_counter() - started) * 1000)
        zero_hits += not hits
        places.append(next((place for place, hit in enumerate(hits, 1) if hit.key in question.relevant), None))
    if not places:
        raise UsageError(f"{queries}: no question in it")
    return {
        "queries": len(places),
        "mode": mode,
        "mrr@10": round(statistics.fmean(1 / place if place else 0 for place in places), 4),
        "recall@1": round(statistics.fmean(place == 1 for place in places), 4),
        "recall@10": round(statistics.fmean(place is not None for place in places), 4),
        "zero_hits": zero_hits,
        "unknown_keys": unknown_keys,
        "p50_ms": round(statistics.median(ms), 2),
        "p95_ms": round(sorted(ms)[int(len(ms) * 0.95)], 2),
    }


def _questions(path: Path) -> Iterator[_Question]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can not be read ({error})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield _Question(str(record["text"]), frozenset(map(str, record["relevant"])))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f'{path}:{number}: not a question like {{"text": "…", "relevant": ["key"]}}') from error
