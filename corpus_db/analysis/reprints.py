"""Articles to the pairs that share text: the same, reprints and near copies, partial overlap with its place.

Winnowing (Schleimer, Wilkerson and Aiken 2003, doi:10.1145/872757.872770): of the hashes of all runs of `GRAM`
characters, the smallest in every window of `WINDOW` is kept. Two texts that share a passage of ``GRAM + WINDOW - 1``
characters are certain to share a fingerprint, and the share of common fingerprints follows the share of common text.
Compared without punctuation and space, folded: a reprint in traditional characters is a reprint.
"""

from __future__ import annotations

import contextlib
import os
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
REPRINT_FROM = 0.5  # common share of all fingerprints of both; every changed character costs up to GRAM of them
OVERLAP_FROM = 60  # characters of the longest common passage
_PARTITIONS = 16

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
_BARE = re.compile(r"[\W_]+")
_POWERS = np.array([pow(0x9E3779B97F4A7C15, i, 1 << 64) for i in range(GRAM)], np.uint64)


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
    codes = np.frombuffer(bare_text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if not len(codes):
        return np.empty(0, np.uint64)
    if len(codes) < GRAM:
        codes = np.pad(codes, (0, GRAM - len(codes)))
    n = len(codes) - GRAM + 1
    hashes = np.zeros(n, np.uint64)
    for i in range(GRAM):
        hashes += codes[i : i + n] * _POWERS[i]
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(32)
    if n <= WINDOW:
        return np.unique(hashes.min(keepdims=True))
    return np.unique(np.lib.stride_tricks.sliding_window_view(hashes, WINDOW).min(axis=1))


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

    def shared(self) -> Iterator[tuple[int, int, int]]:
        """(first, second, fingerprints that they share) of the pairs of articles that share enough to look at, in order."""
        sizes = np.array(self._sizes, np.int64)
        found = [_worth_comparing(pairs, sizes) for pairs in _partitions(self._paired())]
        first, second, shared = np.concatenate(found, axis=1) if found else np.empty((3, 0), np.int64)
        order = np.lexsort((second, first))
        yield from zip(first[order].tolist(), second[order].tolist(), shared[order].tolist(), strict=True)

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
        folded = lru_cache(maxsize=64)(lambda i: bare(fold(text(i))))
        for first, second, shared in self.shared():
            common = shared / (self._sizes[first] + self._sizes[second] - shared)
            relation, place = compare(folded(first), folded(second), common)
            if relation is not None:
                contained = round(shared / min(self._sizes[first], self._sizes[second]), 4)
                yield Pair(first, second, contained, relation, *_place(place, text(first), text(second)))


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
    """Rows first, second, shared of the pairs that share enough fingerprints for an overlap or a reprint."""
    numbers, shared = np.unique(pairs, return_counts=True)
    first, second = numbers >> 32, numbers & 0xFFFFFFFF
    either = sizes[first] + sizes[second] - shared
    enough = (shared >= _OVERLAP_FINGERPRINTS) | (shared >= REPRINT_FROM * either)
    return np.stack((first[enough], second[enough], shared[enough]))


# A common passage of OVERLAP_FROM characters has at least this many fingerprints.
_OVERLAP_FINGERPRINTS = (OVERLAP_FROM - GRAM - WINDOW + 1) // WINDOW + 1

Place = tuple[int, int, int]  # start in the first text, start in the second, length


def compare(a: str, b: str, common: float) -> tuple[str | None, Place]:
    """The relation of two bare texts that share `common` of their fingerprints, and their longest common passage."""
    if a == b:
        return "same", (0, 0, len(a))
    place = longest_common(a, b)
    if common >= REPRINT_FROM:
        return "reprint", place
    return ("overlap" if place[2] >= OVERLAP_FROM else None), place


def longest_common(a: str, b: str) -> Place:
    """Longest common passage of two texts, of those of at least ``2 * GRAM`` characters; (0, 0, 0): none.

    Looks for every `GRAM`-th run of `GRAM` characters of `a` in `b` and extends what it finds: a passage that long
    holds one of them whole.

    >>> longest_common("xx" + "一二三四五六七八" * 3 + "甲", "一二三四五六七八" * 3 + "乙")
    (2, 0, 24)
    """
    best = (0, 0, 0)
    i = 0
    while i <= len(a) - GRAM:
        j = b.find(a[i : i + GRAM])
        end = i + GRAM
        while j >= 0:
            back = _common_suffix(a[:i], b[:j])
            length = back + GRAM + _common_prefix(a[i + GRAM :], b[j + GRAM :])
            if length > best[2]:
                best = (i - back, j - back, length)
            end = max(end, i - back + length)
            j = b.find(a[i : i + GRAM], max(j + 1, j - back + length - GRAM + 1))
        i += GRAM * max(1, (end - i) // GRAM)
    return best


def _common_prefix(a: str, b: str) -> int:
    return len(os.path.commonprefix((a, b)))  # noqa: RUF071 -- of characters, which is what is asked for here


def _common_suffix(a: str, b: str) -> int:
    return _common_prefix(a[::-1], b[::-1])


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
