"""The second stage of ranking: the index's first candidates, weighed again by what of the question they have.

    score = (index score + CHARACTER_WEIGHT × BM25 over single characters) × (MIN_COVERAGE + covered share)
            × (1 + ANSWER_WEIGHT, where a fact of the kind that is asked for stands amid the question's characters)

Single characters see what words and pairs miss: abbreviations, other word orders, words that share a root. Coverage is
the part of the question's characters, weighed by their rarity, that the article has at all: a text that answers the
whole question stands above one that repeats a part of it. Who asks 什么时候 is answered by a day, and not by a text that
says the same without one. Measured by tests/bench/ranking.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from corpus_db.search.marks import Mark
from corpus_db.search.question import Question
from corpus_db.text.bigrams import CJK
from corpus_db.text.fold import fold_all

CANDIDATES = 50
CHARACTER_WEIGHT = 0.8
MIN_COVERAGE = 0.5
ANSWER_WEIGHT = 0.2
NEAR_CHARS = 40  # before and behind a fact
NEAR_SHARE = 0.7  # of what an article has of the question: so much must stand near a fact that answers it
PAIR_WORTH = ANSWER_WORTH = 0.5  # of a snippet, beside all the question's characters
MAX_BODY_CHARS = 20_000  # of a body that are counted: beyond, an article has nearly every character
_K1, _B = 1.2, 0.75  # BM25's usual constants


class Candidate(NamedTuple):
    """An article that the index found."""

    title: str
    body: str
    score: float  # by the index; larger is better
    answers: Collection[Mark]  # where in the body facts stand that may answer the question


def rerank(question: Question, candidates: Sequence[Candidate]) -> list[float]:
    """The score of each candidate, in their order."""
    texts = fold_all([f"{one.title}\n{one.body}"[:MAX_BODY_CHARS] for one in candidates])
    mean_chars = sum(len(text.whole) for text in texts) / (len(texts) or 1) or 1.0
    total = sum(question.rarity.values()) or 1.0
    result = []
    for text, one in zip(texts, candidates, strict=True):
        counts = _counts(text.whole, question.rarity)
        room = _K1 * (1 - _B + _B * len(text.whole) / mean_chars)
        bm25 = sum(question.rarity[part] * n * (_K1 + 1) / (n + room) for part, n in counts.items())
        covered = sum(question.rarity[part] for part in counts)
        shift = len(one.title) + 1
        near = (
            text.aligned[max(0, start + shift - NEAR_CHARS) : end + shift + NEAR_CHARS] for start, end in one.answers
        )
        answered = any(question.weight(part) >= NEAR_SHARE * covered > 0 for part in near)
        score = (one.score + CHARACTER_WEIGHT * bm25) * (MIN_COVERAGE + covered / total)
        result.append(score * (1 + ANSWER_WEIGHT * answered))
    return result


def worth(question: Question, answers: Iterable[Mark], text: str, stretch: Mark) -> float:
    """How well a stretch of a body, folded, shows what was asked: its share of the question's characters and pairs, and
    whether it has one of the answers."""
    total = sum(question.rarity.values()) or 1.0
    pairs = sum(pair in text for pair in question.pairs) / (len(question.pairs) or 1)
    answered = any(stretch[0] <= start and end <= stretch[1] for start, end in answers)
    return question.weight(text) / total + PAIR_WORTH * pairs + ANSWER_WORTH * answered


def _counts(text: str, parts: Iterable[str]) -> dict[str, int]:
    """How often each part stands in a folded text; Latin words and numbers whole."""
    counts = {}
    for part in parts:
        found = text.count(part)
        if found and len(part) > 1:
            found = len(re.findall(rf"(?<![^\W{CJK}]){part}(?![^\W{CJK}])", text))
        if found:
            counts[part] = found
    return counts
