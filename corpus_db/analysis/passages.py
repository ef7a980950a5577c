"""Pairs of texts to the longest passage that both have, many pairs at a time.

Of each text some runs of `_GRAM` characters are its seeds, so chosen (winnowing: Schleimer, Wilkerson and Aiken 2003,
doi:10.1145/872757.872770) that two texts which have `PASSAGE` characters in common have a seed in common there. Where seeds
stand in both, one after the other and as far apart, characters are compared one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from corpus_db.text.arrays import Bools, Ints, changes, chunks, slices
from corpus_db.text.fold import Codes, from_code_points

PASSAGE = 24  # characters; a shorter common passage is not looked for
_WINDOW = 8  # neighbouring runs, the smallest of which are seeds
_GRAM = PASSAGE - _WINDOW + 1  # a common passage has a whole window
_MOST_SEEDS = 4  # pairs of equal seeds, for each of two texts' characters, that are listed one by one
_AT_ONCE = 1 << 16  # characters that are compared at a time

Hashes = npt.NDArray[np.uint64]
Kind = TypeVar("Kind", bound=np.generic)
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


def window_minima(values: npt.NDArray[Kind], size: int) -> npt.NDArray[Kind]:
    """The smallest of every `size` neighbours, a power of two."""
    while size > 1 and len(values):
        size //= 2
        values = np.minimum(values[:-size], values[size:])
    return values


def distinct(values: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
    """Ascending, each once."""
    ordered = np.sort(values)
    return ordered[changes(ordered)]


def in_both(a: npt.NDArray[Kind], b: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
    """What stands in both, of `distinct` values.

    >>> in_both(np.array([1, 3, 5]), np.array([3, 4, 5])).tolist()
    [3, 5]
    """
    together = np.sort(np.concatenate([a, b]), kind="stable")  # which merges the two
    shared: npt.NDArray[Kind] = together[1:][~changes(together)[1:]]
    return shared


class Texts(NamedTuple):
    """Texts, one after the other."""

    codes: Codes  # their characters
    ends: Ints  # 0, and where each one ends

    def text(self, number: int) -> Codes:
        """The characters of one."""
        return self.codes[self.ends[number] : self.ends[number + 1]]


def longest_common(texts: Texts, pairs: Ints) -> list[Place]:
    """Of pairs of texts, rows of two numbers, the longest passage of at least `PASSAGE` characters that both have, the
    first of several; (0, 0, 0): none.

    >>> from corpus_db.text.fold import code_points
    >>> texts = Texts(code_points("xx" + "一二三四五六七八" * 3 + "甲" + "一二三四五六七八" * 3), np.array([0, 27, 51]))
    >>> longest_common(texts, np.array([[0, 1]]))
    [(2, 0, 24)]
    """
    stretches, repetitive = _stretches(texts, pairs)
    found = np.zeros((len(pairs), 3), np.int64)
    pair, start, other, size = np.concatenate(list(_common_runs(texts.codes, stretches)), axis=1)
    order = np.lexsort((other, start, -size, pair))
    best = order[changes(pair[order])]
    pair = pair[best]
    bounds = texts.ends[pairs[pair]]
    found[pair] = np.stack([start[best] - bounds[:, 0], other[best] - bounds[:, 1], size[best]], axis=1)
    places: list[Place] = [(a, b, length) for a, b, length in found.tolist()]
    for number in np.flatnonzero(repetitive).tolist():
        a, b = (from_code_points(texts.text(text)) for text in pairs[number].tolist())
        places[number] = _longest_of_repetitive(a, b)
    return places


class _Seeds(NamedTuple):
    """Runs of `_GRAM` characters by which texts are compared."""

    at: Ints  # where each begins, ascending
    keys: Ints  # of each, ``number of the text << 32 | hash``
    ends: Ints  # 0, and where those of each text end


def _seeds(texts: Texts) -> _Seeds:
    hashes = (hash_runs(texts.codes, _GRAM) >> np.uint64(32)).astype(np.uint32)
    at = _smallest_of_windows(hashes)  # some begin in one text and end in the next: they lead nowhere
    keys = (np.searchsorted(texts.ends, at, "right") - 1) << 32 | hashes[at]
    return _Seeds(at, keys, np.searchsorted(at, texts.ends))


def _smallest_of_windows(hashes: npt.NDArray[np.uint32]) -> Ints:
    """Where one stands that is the smallest of some `_WINDOW` neighbours, or as small: as large as the largest of the
    smallest of all the windows that it is in."""
    if len(hashes) < _WINDOW:
        return np.empty(0, np.int64)
    smallest = np.pad(window_minima(hashes, _WINDOW), _WINDOW - 1)
    largest = ~window_minima(~smallest, _WINDOW)
    return np.flatnonzero(largest == hashes)


class _Stretches(NamedTuple):
    """Where two texts are to be compared, character by character."""

    pair: Ints
    start: Ints  # in the first
    other: Ints  # in the second
    size: Ints


def _stretches(texts: Texts, pairs: Ints) -> tuple[_Stretches, Bools]:
    """Where pairs have seeds in common, one overlapping the next; which pairs have so many that theirs are left out."""
    characters = np.diff(texts.ends)[pairs].sum(axis=1)
    pair, start, other, repetitive = _equal_seeds(_seeds(texts), pairs, _MOST_SEEDS * characters)
    total = len(texts.codes)
    diagonal = pair * (2 * total) + start - other + total
    order = np.argsort(diagonal, kind="stable")
    diagonal, pair, start, other = diagonal[order], pair[order], start[order], other[order]
    begins = changes(diagonal)
    begins[1:] |= start[1:] - start[:-1] > _WINDOW
    first = np.flatnonzero(begins)
    last = np.append(first, len(start))[1:] - 1
    # A common passage begins and ends in the window of a seed, and no window in it is without one.
    pair, (a, b) = pair[first], pairs[pair[first]].T
    before = np.minimum(start[first] - texts.ends[a], other[first] - texts.ends[b]).clip(max=_WINDOW - 1)
    behind = np.minimum(texts.ends[a + 1] - start[last], texts.ends[b + 1] - other[last]).clip(max=PASSAGE)
    size = before + start[last] - start[first] + behind
    long = np.flatnonzero(size >= PASSAGE)
    return _Stretches(pair[long], (start[first] - before)[long], (other[first] - before)[long], size[long]), repetitive


def _equal_seeds(seeds: _Seeds, pairs: Ints, most: Ints) -> tuple[Ints, Ints, Ints, Bools]:
    """Seeds that two texts have in common, as columns: the pair's place in `pairs`, where they begin in the first text,
    in the order of both, and in the second.

    And which pairs have more than `most` of them: theirs are left out.
    """
    first, second = pairs.T
    many = np.diff(seeds.ends)[first]
    ours, pair = slices(seeds.ends[first], many), np.repeat(np.arange(len(pairs)), many)
    order = np.argsort(seeds.keys, kind="stable")
    keys = seeds.keys[order]
    wanted = second[pair] << 32 | seeds.keys[ours] & 0xFFFFFFFF
    theirs = np.searchsorted(keys, wanted)
    shared = np.flatnonzero(np.append(keys, -1)[theirs] == wanted)
    ours, pair, theirs = ours[shared], pair[shared], theirs[shared]
    times = np.searchsorted(keys, wanted[shared], "right") - theirs
    too_many = np.bincount(pair, times, len(pairs)) > most
    times[too_many[pair]] = 0
    starts, others = np.repeat(seeds.at[ours], times), seeds.at[order[slices(theirs, times)]]
    return np.repeat(pair, times), starts, others, too_many


def _common_runs(codes: Codes, stretches: _Stretches) -> Iterator[Ints]:
    """Runs of at least `PASSAGE` equal characters, as columns: pair, start, other start, size."""
    yield np.empty((4, 0), np.int64)
    for low, high in chunks(stretches.size, _AT_ONCE):
        pair, start, other, size = (column[low:high] for column in stretches)
        ends = np.cumsum(size + 1)
        differs = np.ones(ends[-1], np.bool_)  # so do the places behind the ends
        for i, j, n, end in zip(start.tolist(), other.tolist(), size.tolist(), ends.tolist(), strict=True):
            np.not_equal(codes[i : i + n], codes[j : j + n], out=differs[end - n - 1 : end - 1])
        stops = np.flatnonzero(differs)
        sizes = np.append(stops[:1], stops[1:] - stops[:-1] - 1)
        long = np.flatnonzero(sizes >= PASSAGE)
        stops, sizes = stops[long], sizes[long]
        on = np.searchsorted(ends, stops, "right")
        along = stops - sizes - (ends - size - 1)[on]
        yield np.stack([pair[on], start[on] + along, other[on] + along, sizes])


def _longest_of_repetitive(a: str, b: str) -> Place:
    """The same for texts that repeat themselves so often that listing their seeds would take too long.

    By bisection over its length: a text that shares a passage shares every part of it. Takes n log² n, whatever
    repeats in the texts: 1.6 s of processor time for two of two million characters.
    """
    of_a, of_b = _Runs(a), _Runs(b)

    def common(size: int) -> Hashes:
        return in_both(distinct(of_a.hashes(size)), distinct(of_b.hashes(size)))

    low, high = PASSAGE - 1, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if len(common(middle)):
            low = middle
        else:
            high = middle - 1
    if low < PASSAGE:
        return 0, 0, 0
    i = int(np.isin(of_a.hashes(low), common(low)).argmax())
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
