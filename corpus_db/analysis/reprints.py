"""Articles to the pairs that share text: the same, reprints and near copies, partial overlap with its place.

Winnowing (Schleimer, Wilkerson and Aiken 2003, doi:10.1145/872757.872770): of the hashes of all runs of `GRAM`
characters, the smallest in every window of `WINDOW` is kept. Two texts that share a passage of ``GRAM + WINDOW - 1``
characters are certain to share a fingerprint. Pairs that share some are compared by the share of common runs of
`SHINGLE` characters, which a changed word costs little. Compared without punctuation and space, folded: a reprint in traditional characters is a reprint.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.text.fold import fold, fold_map

GRAM = 12
WINDOW = 16
CROWD = 16  # a passage in more articles than this is a formula or much reprinted: only neighbours are paired by it
SHINGLE = 5
REPRINT_FROM = 0.5  # common share of all shingles of both; one character in ten changed leaves .6
OVERLAP_FROM = 60  # characters of the longest common passage
_PARTITIONS = 16

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
_BARE = re.compile(r"[\W_]+")
_BASE = 0x9E3779B97F4A7C15
_POWERS = np.array([pow(_BASE, i, 1 << 64) for i in range(GRAM)], np.uint64)


class Pair(NamedTuple):
    """Two articles that share text (table `similar`); numbers of articles count from 0."""

    first: int
    second: int
    score: float  # share of the shorter one's text that stands in the other, 0 … 1
    relation: str  # 'same', 'reprint', 'overlap'
    start: int | None  # longest common passage in the body of `first`: where it begins; None: only short ones
    end: int | None  # and ends
    other_start: int | None  # where it begins in the body of `second`
    other_end: int | None  # and ends


def bare(folded: str) -> str:
    """What is compared: a folded text without punctuation and space."""
    return _BARE.sub("", folded)


def fingerprints(bare_text: str) -> Hashes:
    """Fingerprints of a bare text, sorted, each once; a text shorter than `GRAM` has one."""
    hashes = _hashes(bare_text, GRAM)
    if len(hashes) <= WINDOW:
        return np.unique(hashes.min(keepdims=True)) if len(hashes) else hashes
    return np.unique(np.lib.stride_tricks.sliding_window_view(hashes, WINDOW).min(axis=1))


def _hashes(text: str, size: int) -> Hashes:
    """A hash of each run of `size` characters of a text; of one that is shorter, one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if not len(codes):
        return np.empty(0, np.uint64)
    if len(codes) < size:
        codes = np.pad(codes, (0, size - len(codes)))
    n = len(codes) - size + 1
    hashes = np.zeros(n, np.uint64)
    for i in range(size):
        hashes += codes[i : i + n] * _POWERS[i]
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(32)
    return hashes


class Fingerprints:
    """The fingerprints of a corpus, spooled to disk in partitions by hash: memory follows one partition and the pairs."""

    def __init__(self) -> None:
        self._files = [tempfile.TemporaryFile(prefix="corpus_db-") for _ in range(_PARTITIONS)]  # noqa: SIM115
        self._sizes: list[int] = []

    def add(self, hashes: Hashes) -> None:
        """Add the fingerprints of the next article."""
        row = np.empty(len(hashes), _ROW)
        row["hash"], row["article"] = hashes, len(self._sizes)
        cuts = np.searchsorted(hashes, _BOUNDS)
        for file, part in zip(self._files, np.split(row, cuts), strict=True):
            if len(part):
                file.write(part.tobytes())
        self._sizes.append(len(hashes))

    def sharing(self) -> Iterator[tuple[int, int]]:
        """The pairs of articles that share enough fingerprints to be worth comparing, in order."""
        sizes = np.array(self._sizes, np.int64)
        found = [_worth_comparing(pairs, sizes) for pairs in _partitions(self._paired())]
        numbers = np.sort(np.concatenate(found))
        yield from zip((numbers >> 32).tolist(), (numbers & 0xFFFFFFFF).tolist(), strict=True)

    def _paired(self) -> Iterator[Numbers]:
        """``first << 32 | second`` of two articles, once for each fingerprint that both have."""
        for file in self._files:
            file.seek(0)
            rows = np.frombuffer(file.read(), _ROW)
            rows = rows[np.argsort(rows["hash"], kind="stable")]
            articles = rows["article"].astype(np.int64)
            starts = np.flatnonzero(np.diff(rows["hash"], prepend=~rows["hash"][:1]))
            sizes = np.diff(starts, append=len(rows))
            for size in range(2, CROWD + 1):
                groups = articles[starts[sizes == size, None] + np.arange(size)]
                for a, b in combinations(range(size), 2):
                    yield groups[:, a] << 32 | groups[:, b]
            together = np.repeat(sizes > CROWD, sizes)
            together[starts + sizes - 1] = False  # the last of each has no next one
            at = np.flatnonzero(together)
            yield articles[at] << 32 | articles[at + 1]

    def pairs(self, text: Callable[[int], str]) -> Iterator[Pair]:
        """Pairs of articles that share text, in order; `text(i)` gives the body of article i."""
        compared = lru_cache(maxsize=64)(lambda i: _comparable(text(i)))
        for first, second in self.sharing():
            relation, score, place = compare(compared(first), compared(second))
            if relation is not None:
                yield Pair(first, second, round(score, 4), relation, *_place(place, text(first), text(second)))


_ROW = np.dtype([("hash", np.uint64), ("article", np.int32)])
_BOUNDS = np.array([i * ((1 << 64) // _PARTITIONS) for i in range(1, _PARTITIONS)], np.uint64)


def _partitions(pairs: Iterable[Numbers]) -> Iterator[Numbers]:
    """The numbers parted over files, all of one value in one, and read again file by file: memory follows one of them."""
    with contextlib.ExitStack() as opened:
        files = [opened.enter_context(tempfile.TemporaryFile(prefix="corpus_db-")) for _ in range(_PARTITIONS)]
        for numbers in pairs:
            part = (numbers ^ numbers >> 32) % _PARTITIONS
            for i in np.unique(part).tolist():
                files[i].write(numbers[part == i].tobytes())
        for file in files:
            file.seek(0)
            yield np.frombuffer(file.read(), np.int64)


def _worth_comparing(pairs: Numbers, sizes: Numbers) -> Numbers:
    """Of pairs, each as often as it shares a fingerprint, those that may be an overlap or a reprint; each once."""
    numbers, shared = np.unique(pairs, return_counts=True)
    either = sizes[numbers >> 32] + sizes[numbers & 0xFFFFFFFF] - shared
    kept: Numbers = numbers[(shared >= _OVERLAP_FINGERPRINTS) | (2 * shared >= either)]
    return kept


# A common passage of OVERLAP_FROM characters has at least this many fingerprints.
_OVERLAP_FINGERPRINTS = (OVERLAP_FROM - GRAM - WINDOW + 1) // WINDOW + 1

Place = tuple[int, int, int]  # start in the first text, start in the second, length


class Comparable(NamedTuple):
    """A body made ready to be compared."""

    text: str  # bare
    shingles: Hashes  # each once


def _comparable(body: str) -> Comparable:
    text = bare(fold(body))
    return Comparable(text, np.unique(_hashes(text, SHINGLE)))


def compare(a: Comparable, b: Comparable) -> tuple[str | None, float, Place]:
    """The relation of two texts, the share of the shorter one's shingles that the other has, and their longest common
    passage."""
    if a.text == b.text:
        return "same", 1.0, (0, 0, len(a.text))
    common = len(np.intersect1d(a.shingles, b.shingles, assume_unique=True))
    score = common / (min(len(a.shingles), len(b.shingles)) or 1)
    place = longest_common(a.text, b.text)
    if common >= REPRINT_FROM * (len(a.shingles) + len(b.shingles) - common):
        return "reprint", score, place
    return ("overlap" if place[2] >= OVERLAP_FROM else None), score, place


def longest_common(a: str, b: str) -> Place:
    """Longest common passage of two texts, if it has at least ``2 * GRAM`` characters; (0, 0, 0): none.

    By bisection over its length: a text that shares a passage shares every part of it. Takes n log² n, whatever
    repeats in the texts.

    >>> longest_common("xx" + "一二三四五六七八" * 3 + "甲", "一二三四五六七八" * 3 + "乙")
    (2, 0, 24)
    """
    of_a, of_b = _Runs(a), _Runs(b)
    low, high = 2 * GRAM, min(len(a), len(b))
    if low > high or not _have_common(of_a, of_b, low):
        return 0, 0, 0
    while low < high:
        middle = (low + high + 1) // 2
        if _have_common(of_a, of_b, middle):
            low = middle
        else:
            high = middle - 1
    i = int(np.isin(of_a.hashes(low), of_b.hashes(low)).argmax())
    j = b.find(a[i : i + low])
    return (i, j, low) if j >= 0 else (0, 0, 0)  # not found: two hashes were equal by chance


def _have_common(a: _Runs, b: _Runs, size: int) -> bool:
    # Sets of Python numbers: for texts as short as articles several times faster than sorting arrays.
    return not set(a.hashes(size).tolist()).isdisjoint(b.hashes(size).tolist())


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


def _place(place: Place, a: str, b: str) -> tuple[int | None, int | None, int | None, int | None]:
    """The place of a passage of bare texts in the texts themselves: start and end in `a`, start and end in `b`."""
    start, other, length = place
    if not length:
        return None, None, None, None
    at_a, at_b = _bare_offsets(a), _bare_offsets(b)
    return at_a[start], at_a[start + length - 1] + 1, at_b[other], at_b[other + length - 1] + 1


def _bare_offsets(text: str) -> list[int]:
    folded, offsets = fold_map(text)
    return [offset for char, offset in zip(folded, offsets, strict=False) if char.isalnum()]


def originals(pairs: Iterable[Pair], published: Sequence[str | None]) -> dict[int, int]:
    """Article → the earliest article that it repeats, over chains of 'same' and 'reprint'.

    Earliest by publication date (`published[i]`, undated last), then by input order.

    >>> pairs = [Pair(0, 1, 1.0, "same", 0, 9, 0, 9), Pair(1, 2, 0.9, "reprint", 0, 9, 0, 9)]
    >>> originals(pairs, ["2020-01-02", "2020-01-01", None])
    {0: 1, 2: 1}
    """
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        while parent.setdefault(i, i) != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for pair in pairs:
        if pair.relation in ("same", "reprint"):
            parent[root(pair.second)] = root(pair.first)
    clusters: dict[int, list[int]] = {}
    for i in sorted(parent):
        clusters.setdefault(root(i), []).append(i)
    found = {}
    for members in clusters.values():
        first = min(members, key=lambda i: (published[i] or "9999", i))
        found.update({i: first for i in members if i != first})
    return dict(sorted(found.items()))
