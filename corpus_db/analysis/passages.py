"""Two articles to what they share: how much of one stands in the other, and the longest passage, located.

Compared without punctuation and space, folded: a reprint in traditional characters is a reprint.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus_db.text.fold import Codes, code_points, fold_all, fold_map, from_code_points, is_word

SHINGLE = 5  # characters of the runs that are counted: a changed word costs few of them
PASSAGE = 24  # characters; a shorter common passage is not located
REPRINT_FROM = 0.5  # common share of all shingles of both; one character in ten changed leaves .6
OVERLAP_FROM = 60  # characters of the longest common passage
_MOST_MATCHES = 8  # equal runs, for each of the two texts' characters, that are listed one by one

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
_BASE = 0x9E3779B97F4A7C15

Place = tuple[int, int, int]  # start in the first text, start in the second, length


def hash_runs(codes: Codes, size: int) -> Hashes:
    """A hash of each run of `size` characters: a polynomial, made of those of its halves, and mixed."""
    hashes, done = codes.astype(np.uint64), 1
    parts = {1: hashes}
    while done < size and len(hashes):
        step = max(part for part in parts if part <= size - done)
        n = min(len(hashes), len(parts[step]) - done)
        hashes = hashes[: max(n, 0)] + parts[step][done : done + max(n, 0)] * np.uint64(pow(_BASE, done, 1 << 64))
        done += step
        parts[done] = hashes
    hashes = hashes ^ hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(32)
    return hashes


def distinct(hashes: Hashes) -> Hashes:
    """Ascending, each once."""
    ordered = np.sort(hashes)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


class Comparable:
    """A body made ready to be compared; what takes time is made when it is asked for."""

    def __init__(self, body: str) -> None:
        self.body = body
        (self._folded,) = fold_all([body])
        codes = code_points(self._folded.whole)
        self._kept = is_word(codes)
        self._codes = codes[self._kept]
        self.text = from_code_points(self._codes)  # folded, without punctuation and space

    @cached_property
    def shingles(self) -> Hashes:
        """The hashes of its runs of `SHINGLE` characters, ascending, each once."""
        codes = self._codes
        if len(codes) < SHINGLE:
            codes = np.pad(codes, (0, SHINGLE - len(codes)))
        return distinct(hash_runs(codes, SHINGLE))

    @cached_property
    def runs(self) -> tuple[Hashes, Numbers]:
        """The hashes of its runs of `PASSAGE` characters, ascending, and where in `text` each run begins."""
        hashes = hash_runs(self._codes, PASSAGE) if len(self._codes) >= PASSAGE else np.empty(0, np.uint64)
        order = np.argsort(hashes, kind="stable")
        return hashes[order], order

    @cached_property
    def offsets(self) -> Numbers:
        """Of each character of `text`, where it stands in `body`."""
        kept = np.flatnonzero(self._kept)
        if self._folded.whole == self._folded.aligned:  # character for character
            return kept
        return np.array(fold_map(self.body)[1], np.int64)[kept]


def compare(a: Comparable, b: Comparable) -> tuple[str | None, float, Place]:
    """The relation of two texts, the share of the shorter one's shingles that the other has, and their longest common
    passage."""
    if a.text == b.text:
        return "same", 1.0, (0, 0, len(a.text))
    common = len(a.shingles) + len(b.shingles) - len(distinct(np.concatenate([a.shingles, b.shingles])))
    score = common / (min(len(a.shingles), len(b.shingles)) or 1)
    place = longest_common(a, b)
    if common >= REPRINT_FROM * (len(a.shingles) + len(b.shingles) - common):
        return "reprint", score, place
    return ("overlap" if place[2] >= OVERLAP_FROM else None), score, place


def longest_common(a: Comparable, b: Comparable) -> Place:
    """Longest common passage of two bare texts, if it has at least `PASSAGE` characters, the first of several; (0, 0, 0):
    none.

    >>> longest_common(Comparable("xx" + "一二三四五六七八" * 3 + "甲"), Comparable("一二三四五六七八" * 3 + "乙"))
    (2, 0, 24)
    """
    (of_a, at_a), (of_b, at_b) = a.runs, b.runs
    if not len(of_a) or not len(of_b):
        return 0, 0, 0
    first = np.searchsorted(of_b, of_a, "left")
    shared = of_b[np.minimum(first, len(of_b) - 1)] == of_a
    of_a, at_a, first = of_a[shared], at_a[shared], first[shared]
    if not len(of_a):
        return 0, 0, 0
    matches = np.searchsorted(of_b, of_a, "right") - first
    total = int(matches.sum())
    if total > _MOST_MATCHES * (len(a.text) + len(b.text)):
        return _longest_of_repetitive(a.text, b.text)
    starts = np.repeat(at_a, matches)
    within = np.arange(total) - np.repeat(np.cumsum(matches) - matches, matches)
    others = at_b[np.repeat(first, matches) + within]
    return _longest_diagonal(starts, others)


def _longest_diagonal(starts: Numbers, others: Numbers) -> Place:
    """Of pairs of places where runs are equal, the longest stretch of neighbours: each pair a character on in both texts."""
    order = np.lexsort((starts, starts - others))
    starts, others = starts[order], others[order]
    begins = np.append(True, (np.diff(starts) != 1) | (np.diff(others) != 1))
    at = np.flatnonzero(begins)
    sizes = np.diff(at, append=len(starts))
    longest = at[sizes == sizes.max()]
    best = longest[np.lexsort((others[longest], starts[longest]))[0]]
    return int(starts[best]), int(others[best]), int(sizes.max()) + PASSAGE - 1


def _longest_of_repetitive(a: str, b: str) -> Place:
    """The same for texts that repeat themselves so often that listing the matches would take too long.

    By bisection over its length: a text that shares a passage shares every part of it. Takes n log² n, whatever
    repeats in the texts.
    """
    of_a, of_b = _Runs(a), _Runs(b)
    low, high = PASSAGE, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if np.isin(of_a.hashes(middle), of_b.hashes(middle)).any():
            low = middle
        else:
            high = middle - 1
    i = int(np.isin(of_a.hashes(low), of_b.hashes(low)).argmax())
    j = b.find(a[i : i + low])
    return (i, j, low) if j >= 0 else (0, 0, 0)  # not found: two hashes were equal by chance


class _Runs:
    """Hashes of the runs of a text of any length, from the sums of one polynomial (Karp and Rabin 1987)."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
        codes *= np.uint64(0xBF58476D1CE4E5B9)
        codes ^= codes >> np.uint64(31)
        self._sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(codes * _powers(_BASE, len(codes)), out=self._sums[1:])
        self._shifts = _powers(pow(_BASE, -1, 1 << 64), len(codes))  # bring every run to the same power

    def hashes(self, size: int) -> Hashes:
        """Of the run of `size` characters at each place; few enough that it fits."""
        return (self._sums[size:] - self._sums[:-size]) * self._shifts[: len(self._sums) - size]


def _powers(base: int, n: int) -> Hashes:
    powers = np.full(n, base, np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


def located(place: Place, a: Comparable, b: Comparable) -> tuple[int | None, int | None, int | None, int | None]:
    """The place of a passage of bare texts in the bodies: start and end in `a`, start and end in `b`."""
    start, other, length = place
    if not length:
        return None, None, None, None
    of_a, of_b = a.offsets[[start, start + length - 1]].tolist(), b.offsets[[other, other + length - 1]].tolist()
    return of_a[0], of_a[1] + 1, of_b[0], of_b[1] + 1
