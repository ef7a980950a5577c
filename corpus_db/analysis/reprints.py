"""Articles to the pairs that share text: the same, reprints and near copies, partial overlap with its place.

Winnowing (Schleimer, Wilkerson and Aiken 2003, doi:10.1145/872757.872770): of the hashes of all runs of `GRAM`
characters, the smallest in every window of `WINDOW` is kept. Two texts that share a passage of ``GRAM + WINDOW - 1``
characters are certain to share a fingerprint. Pairs that share some are compared in full (`comparison`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from corpus_db.analysis.comparison import OVERLAP_FROM, compare
from corpus_db.analysis.passages import Hashes, distinct, hash_runs, window_minima
from corpus_db.analysis.sorted_rows import SortedRows, summed
from corpus_db.text.arrays import Ints, changes, chunks
from corpus_db.text.fold import code_points, is_word

GRAM = 12
WINDOW = 16
_COMPARED_CHARS = 1 << 16  # of pairs of bodies that are compared at a time; arrays of more fill the cache
CROWD = 16  # a passage in more articles than this is a formula or much reprinted: only neighbours are paired by it
REPEATING = ("same", "reprint")  # relations of which the later article repeats the earlier


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


def fingerprints(folded: Sequence[str]) -> list[Hashes]:
    """Of each folded text its fingerprints, sorted, each once; of a bare text shorter than `GRAM` there is one."""
    codes = code_points("".join(folded))
    kept = is_word(codes)
    ends = np.append(0, np.cumsum(kept))[np.append(0, np.cumsum(np.fromiter(map(len, folded), np.intp, len(folded))))]
    bare_codes = codes[kept]
    hashes = hash_runs(bare_codes, GRAM)
    smallest = window_minima(hashes, WINDOW)
    found = []
    for start, end in pairwise(ends.tolist()):
        runs = end - start - GRAM + 1
        if runs > WINDOW:
            of_text = smallest[start : start + runs - WINDOW + 1]
        elif runs > 0:
            of_text = hashes[start : start + runs].min(keepdims=True)
        else:
            of_text = hash_runs(np.pad(bare_codes[start:end], (0, 1 - runs)), GRAM) if end > start else hashes[:0]
        found.append(distinct(_changes(of_text)))
    return found


def _changes(hashes: Hashes) -> Hashes:
    """`hashes` without those that equal the one before: a smallest one is that of many windows in a row."""
    changed: Hashes = hashes[changes(hashes)]
    return changed


class Fingerprints:
    """The fingerprints of a corpus, on disk: memory follows neither them nor the pairs."""

    def __init__(self) -> None:
        self._rows = SortedRows(np.uint64, np.int32)  # fingerprint, article
        self._sizes = array("i")

    def add(self, articles: Sequence[Hashes]) -> None:
        """Add the fingerprints of the next articles."""
        sizes = [len(hashes) for hashes in articles]
        numbers = np.arange(len(self._sizes), len(self._sizes) + len(sizes), dtype=np.int32)
        self._rows.add(np.concatenate([_NO_HASHES, *articles]), np.repeat(numbers, sizes))
        self._sizes.extend(sizes)

    def sharing(self) -> Iterator[Ints]:
        """The pairs of articles that share enough fingerprints to be worth comparing, ``first << 32 | second``, in order,
        some at a time."""
        sizes = np.array(self._sizes, np.int64)
        shared = SortedRows(np.int64, np.int32, join=summed)  # pair, how many it shares
        for pairs in self._paired():
            shared.add(pairs, np.ones(len(pairs), np.int32))
        for pairs, times in shared.stretches():
            yield _worth_comparing(pairs, times, sizes)

    def _paired(self) -> Iterator[Ints]:
        """``first << 32 | second`` of two articles, once for each fingerprint that both have."""
        for hashes, numbers in self._rows.stretches():
            articles = numbers.astype(np.int64)
            starts = np.flatnonzero(np.diff(hashes, prepend=~hashes[:1]))
            sizes = np.diff(starts, append=len(hashes))
            for size in range(2, CROWD + 1):
                groups = articles[starts[sizes == size, None] + np.arange(size)]
                for a, b in combinations(range(size), 2):
                    yield groups[:, a] << 32 | groups[:, b]
            together = np.repeat(sizes > CROWD, sizes)
            together[starts + sizes - 1] = False  # the last of each has no next one
            at = np.flatnonzero(together)
            yield articles[at] << 32 | articles[at + 1]


def as_one(parts: Iterable[Ints]) -> Ints:
    """Pairs that come some at a time."""
    return np.concatenate([np.empty(0, np.int64), *parts])


def both(pair: int) -> tuple[int, int]:
    """The numbers of a pair of articles.

    >>> both(7 << 32 | 9)
    (7, 9)
    """
    return pair >> 32, pair & 0xFFFFFFFF


def compared(bodies: Mapping[int, str], candidates: Iterable[int]) -> list[Pair]:
    """Of pairs of articles (`Fingerprints.sharing`) those that share text, in order; `bodies` are those of all of them."""
    pairs = list(map(both, candidates))
    sizes = np.array([len(bodies[first]) + len(bodies[second]) for first, second in pairs], np.int64)
    found = []
    for low, high in chunks(sizes, _COMPARED_CHARS):
        numbers, places = np.unique(pairs[low:high], return_inverse=True)
        alike = compare([bodies[number] for number in numbers.tolist()], places.reshape(-1, 2))
        for (first, second), like in zip(pairs[low:high], alike, strict=True):
            if like is not None:
                passage = like.passage or (None, None, None, None)
                found.append(Pair(first, second, round(like.score, 4), like.relation, *passage))
    return found


_NO_HASHES: Hashes = np.empty(0, np.uint64)


def _worth_comparing(pairs: Ints, shared: Ints, sizes: Ints) -> Ints:
    """Of pairs, with the number of fingerprints that they share, those that may be an overlap or a reprint."""
    either = sizes[pairs >> 32] + sizes[pairs & 0xFFFFFFFF] - shared
    kept: Ints = pairs[(shared >= _OVERLAP_FINGERPRINTS) | (2 * shared >= either)]
    return kept


# A common passage of OVERLAP_FROM characters has at least this many fingerprints.
_OVERLAP_FINGERPRINTS = (OVERLAP_FROM - GRAM - WINDOW + 1) // WINDOW + 1


def originals(pairs: Iterable[tuple[int, int]], published: Callable[[int], str | None]) -> dict[int, int]:
    """Article → the earliest article that it repeats, over chains of pairs whose relation is one of `REPEATING`.

    Earliest by publication date (`published(i)`, undated last), then by input order.

    >>> originals([(0, 1), (1, 2)], ["2020-01-02", "2020-01-01", None].__getitem__)
    {0: 1, 2: 1}
    """
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        while parent.setdefault(i, i) != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for first, second in pairs:
        parent[root(second)] = root(first)
    clusters: dict[int, list[int]] = {}
    for i in sorted(parent):
        clusters.setdefault(root(i), []).append(i)
    found = {}
    for members in clusters.values():
        earliest = min(members, key=lambda i: (published(i) or "9999", i))
        found.update({i: earliest for i in members if i != earliest})
    return dict(sorted(found.items()))
