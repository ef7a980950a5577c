"""The second stage of ranking: the index's first candidates, weighed again by the characters of the question they have.

    score = (index score + CHARACTER_WEIGHT × BM25 over single characters) × (MIN_COVERAGE + covered share)

Single characters see what words and pairs miss: abbreviations, other word orders, words that share a root. Coverage is
the part of the question's characters, weighed by their rarity, that the article has at all: a text that answers the
whole question stands above one that repeats a part of it. Measured by tests/bench/ranking.py.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Sequence

from corpus_db.search.question import content_runs, look_up
from corpus_db.search.segmenting import file_segmenter
from corpus_db.text.bigrams import CJK
from corpus_db.text.fold import fold

CANDIDATES = 50
CHARACTER_WEIGHT = 0.8
MIN_COVERAGE = 0.5
MAX_BODY_CHARS = 20_000  # of a body that are counted: beyond, an article has nearly every character
_RAREST = 0.001  # share of the articles below which a character is as rare as can be
_K1, _B = 1.2, 0.75  # BM25's usual constants
_PARTS = re.compile(rf"[{CJK}]|[^\W{CJK}]+")  # one Han character, or one Latin word or number


def rerank(db: sqlite3.Connection, question: str, texts: Sequence[str], scores: Sequence[float]) -> list[float]:
    """The score of each candidate: its text (title and body), and its score by the index (larger is better)."""
    runs = content_runs(question, file_segmenter(db).cut)
    parts = list(dict.fromkeys(part for run in runs for part in _PARTS.findall("".join(run))))
    weights = _rarity(db, parts)
    total = sum(weights.values()) or 1.0
    folded = [fold(text[:MAX_BODY_CHARS]) for text in texts]
    mean_chars = sum(map(len, folded)) / (len(folded) or 1) or 1.0
    result = []
    for text, score in zip(folded, scores, strict=True):
        counts = _counts(text, parts)
        room = _K1 * (1 - _B + _B * len(text) / mean_chars)
        bm25 = sum(weights[part] * n * (_K1 + 1) / (n + room) for part, n in counts.items())
        covered = sum(weights[part] for part in counts) / total
        result.append((score + CHARACTER_WEIGHT * bm25) * (MIN_COVERAGE + covered))
    return result


def _rarity(db: sqlite3.Connection, parts: Sequence[str]) -> dict[str, float]:
    """The inverse document frequency (BM25's) of each part; a Latin word or number counts as rare as can be.

    A year or a model's name is what a question is about, however often a corpus of news has it.
    """
    sql = "SELECT char, share FROM char_stats WHERE char IN (SELECT value FROM json_each(?))"
    shares = look_up(db, sql, [part for part in parts if len(part) == 1])
    rarity = {part: shares.get(part, 0.0) for part in parts}
    return {part: math.log(1 + (1 - share) / (share + _RAREST)) for part, share in rarity.items()}


def _counts(text: str, parts: Sequence[str]) -> dict[str, int]:
    """How often each part stands in a folded text; Latin words and numbers whole."""
    counts = {}
    for part in parts:
        found = text.count(part)
        if found and len(part) > 1:
            found = len(re.findall(rf"(?<![^\W{CJK}]){part}(?![^\W{CJK}])", text))
        if found:
            counts[part] = found
    return counts
