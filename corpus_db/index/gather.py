"""Postings of all portions, gathered in temporary files by ranges of terms, so that each range can be put in order alone."""

from __future__ import annotations

import pickle
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.index.postings import Postings
from corpus_db.index.terms import Heads, is_long
from corpus_db.text.arrays import Bytes, Ints, Unsigned

_HELD_BYTES = 24 << 20  # postings that are held in memory
_RANGE_BYTES = 256 << 10  # of the input, whose postings are put in order at once: some 60,000, which take 15 MB
_ONE_IN = 16  # heads by which the ranges are parted


class Piece(NamedTuple):
    """Postings of a portion, or of several one after the other; the articles by their rowids."""

    heads: Heads
    long_terms: list[str]
    frequencies: Unsigned
    rowids: npt.NDArray[np.uint32]
    sizes: Unsigned
    positions: Bytes


NOTHING = Piece(
    np.empty(0, np.uint64),
    [],
    np.empty(0, np.uint8),
    np.empty(0, np.uint32),
    np.empty(0, np.uint8),
    np.empty(0, np.uint8),
)


class Gathered:
    """The postings of a build; `input_bytes` is about how much text they come from."""

    def __init__(self, input_bytes: int) -> None:
        self._ranges = 1 + input_bytes // _RANGE_BYTES
        self._bounds: Heads | None = None  # heads that the ranges but the first begin with
        self._held: list[Piece] = []
        self._held_bytes = 0
        self._file = tempfile.TemporaryFile(prefix="corpus_db-")  # noqa: SIM115 -- lives as long as this
        self._places: list[array[int]] = []  # in the file, of each range that was put away together

    def add(self, postings: Postings, first: int) -> None:
        """Add those of a portion, whose first article has that rowid."""
        rowids = postings.documents.astype(np.uint32) + np.uint32(first)
        piece = Piece(*postings[:3], rowids, *postings[4:6])
        self._held.append(piece)
        self._held_bytes += sum(column.nbytes for column in piece if isinstance(column, np.ndarray))
        if self._held_bytes > _HELD_BYTES:
            self._put_away()

    def let_go(self) -> None:
        """Put away what is held, where some is away already."""
        if self._bounds is not None and self._held:
            self._put_away()

    def ranges(self) -> Iterator[list[Piece]]:
        """The pieces of each range of terms, in order."""
        if self._bounds is None:
            self._bounds = self._parted(min(self._ranges, 1 + self._held_bytes // _RANGE_BYTES))
        for number, held in enumerate(self._by_range()):
            yield [*(self._read(places[number]) for places in self._places), held]

    def close(self) -> None:
        """Give back the room on disk."""
        self._file.close()

    def _put_away(self) -> None:
        if self._bounds is None:
            self._bounds = self._parted(self._ranges)
        self._file.seek(0, 2)
        places = array("q")
        for piece in self._by_range():
            places.append(self._file.tell())
            pickle.dump(piece, self._file, pickle.HIGHEST_PROTOCOL)
        self._places.append(places)

    def _read(self, place: int) -> Piece:
        self._file.seek(place)
        piece: Piece = pickle.load(self._file)
        return piece

    def _parted(self, ranges: int) -> Heads:
        """Bounds of so many ranges that hold about as many of the postings as each other."""
        heads = np.concatenate([piece.heads[::_ONE_IN] for piece in self._held] or [np.empty(0, np.uint64)])
        heads.sort()
        return heads[np.arange(1, ranges) * len(heads) // ranges] & ~np.uint64(1)

    def _by_range(self) -> Iterator[Piece]:
        """What is held, by range; it is let go of."""
        assert self._bounds is not None
        held, self._held, self._held_bytes = [NOTHING, *self._held], [], 0
        edges = np.stack([_edges(piece, self._bounds) for piece in held], axis=2)
        columns = list(zip(*held, strict=True))
        for starts, ends in pairwise(map(np.ndarray.tolist, edges)):
            yield _as_one(
                [part[start:end] for part, start, end in zip(column, starts[n], ends[n], strict=True)]
                for column, n in zip(columns, _EDGES_OF, strict=True)
            )


_TERMS, _LONG_TERMS, _POSTINGS, _BYTES = range(4)
_EDGES_OF = (_TERMS, _LONG_TERMS, _TERMS, _POSTINGS, _POSTINGS, _BYTES)  # columns of a piece


def _edges(piece: Piece, bounds: Heads) -> Ints:
    """Where each part of a piece begins, that ends before a bound, and the end: ranges + 1, by what is counted."""
    terms = np.concatenate(([0], np.searchsorted(piece.heads, bounds), [len(piece.heads)]))
    long_terms = _before(is_long(piece.heads), terms)
    postings = _before(piece.frequencies, terms)
    return np.stack((terms, long_terms, postings, _before(piece.sizes, postings)), axis=1)


def _before(counts: npt.NDArray[Any], places: Ints) -> Ints:
    """The sums of what stands before each place."""
    return np.append(0, np.cumsum(counts, dtype=np.int64))[places]


def joined(pieces: Sequence[Piece]) -> Piece:
    """The pieces as one, whose terms are no longer in order."""
    return _as_one(zip(*pieces, strict=True))


def _as_one(columns: Iterable[Sequence[Any]]) -> Piece:
    """A piece of columns that are each in parts."""
    heads, long_terms, *others = columns
    return Piece(np.concatenate(heads), list(chain.from_iterable(long_terms)), *map(np.concatenate, others))
