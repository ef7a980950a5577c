"""Pairs of bodies to what they share: how they are related, how much of one stands in the other, which passage.

Compared without punctuation and space, folded: a reprint in traditional characters is a reprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus_db.analysis.passages import Hashes, Place, Texts, distinct, hash_runs, in_both, longest_common
from corpus_db.text.arrays import Ints
from corpus_db.text.fold import code_points, fold_all, fold_offsets, is_word

SHINGLE = 5  # characters of the runs that are counted: a changed word costs few of them
REPRINT_FROM = 0.5  # common share of all shingles of both; one character in ten changed leaves .6
OVERLAP_FROM = 60  # characters of the longest common passage


class Likeness(NamedTuple):
    """What two bodies share."""

    relation: str  # 'same', 'reprint', 'overlap'
    score: float  # share of the shingles of the one with fewer that the other has, 0 … 1
    passage: tuple[int, int, int, int] | None  # the longest: its start and end in each of them; None: all are short


def compare(bodies: Sequence[str], pairs: Ints) -> list[Likeness | None]:
    """What pairs of bodies, rows of two numbers, share; None: too little.

    >>> compare(["電商，電商！", "电商电商", "平台"], np.array([[0, 1], [1, 2]]))
    [Likeness(relation='same', score=1.0, passage=(0, 5, 0, 4)), None]
    """
    bare = _Bare(bodies)
    shingles = _shingles(bare.texts)
    sizes = np.diff(bare.texts.ends).tolist()
    found: list[Likeness | None] = []
    for (a, b), place in zip(pairs.tolist(), _places(bare.texts, pairs), strict=True):
        is_same = place[2] == sizes[a] == sizes[b]
        relation, score = ("same", 1.0) if is_same else _related(shingles[a], shingles[b], place[2])
        found.append(Likeness(relation, score, bare.located(a, b, place)) if relation else None)
    return found


def _places(texts: Texts, pairs: Ints) -> list[Place]:
    """Of each pair the longest common passage; of two texts that are the same, all of it."""
    sizes = np.diff(texts.ends)[pairs]
    places: list[Place] = [(0, 0, size) for size in sizes[:, 0].tolist()]
    same = np.zeros(len(pairs), np.bool_)
    for number in np.flatnonzero(sizes[:, 0] == sizes[:, 1]).tolist():
        same[number] = np.array_equal(texts.text(pairs[number, 0]), texts.text(pairs[number, 1]))
    others = np.flatnonzero(~same)
    for number, place in zip(others.tolist(), longest_common(texts, pairs[others]), strict=True):
        places[number] = place
    return places


def _shingles(texts: Texts) -> list[Hashes]:
    """Of each text the hashes of its runs of `SHINGLE` characters, ascending, each once; of a shorter one there is one."""
    hashes = hash_runs(texts.codes, SHINGLE)
    found = []
    for number, (start, end) in enumerate(zip(texts.ends[:-1].tolist(), texts.ends[1:].tolist(), strict=True)):
        missing = start + SHINGLE - end
        if missing > 0:
            found.append(hash_runs(np.pad(texts.text(number), (0, missing)), SHINGLE))
        else:
            found.append(distinct(hashes[start : end - SHINGLE + 1]))
    return found


def _related(a: Hashes, b: Hashes, longest: int) -> tuple[str | None, float]:
    """The relation of two texts that are not the same, by their shingles and their longest common passage; the score."""
    both, fewer = len(a) + len(b), min(len(a), len(b))
    if longest < OVERLAP_FROM and fewer < REPRINT_FROM * (both - fewer):
        return None, 0.0  # however many they share
    common = len(in_both(a, b))
    score = common / fewer
    if common >= REPRINT_FROM * (both - common):
        return "reprint", score
    return ("overlap" if longest >= OVERLAP_FROM else None), score


class _Bare:
    """Bodies as they are compared, and where what is compared stands in them."""

    def __init__(self, bodies: Sequence[str]) -> None:
        self._bodies, self._folded = bodies, fold_all(bodies)
        wholes = [folded.whole for folded in self._folded]
        codes = code_points("".join(wholes))
        kept = is_word(codes)
        self._ends = np.append(0, np.cumsum(np.fromiter(map(len, wholes), np.int64, len(wholes))))
        self._places = np.flatnonzero(kept)  # of what is compared, in all folded texts
        self.texts = Texts(codes[kept], np.searchsorted(self._places, self._ends))

    def located(self, a: int, b: int, place: Place) -> tuple[int, int, int, int] | None:
        """The place of a passage of bare texts in the bodies."""
        start, other, length = place
        return (*self._located(a, start, length), *self._located(b, other, length)) if length else None

    def _located(self, number: int, start: int, length: int) -> tuple[int, int]:
        first = int(self.texts.ends[number]) + start
        places = self._places[[first, first + length - 1]] - self._ends[number]
        folded = self._folded[number]
        if folded.whole != folded.aligned:  # else it is folded character for character
            places = fold_offsets(self._bodies[number], folded)[places]
        begin, last = places.tolist()
        return begin, last + 1
