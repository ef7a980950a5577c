"""Postings of all batches, gathered in temporary files by ranges of terms, so that each range can be put in order alone."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.index.postings import Postings
from corpus_db.index.terms import Heads, is_long
from corpus_db.index.varints import Bytes

_HELD_BYTES = 32 << 20  # postings that are held in memory
_RANGE_BYTES = 512 << 10  # of the input, whose postings are put in order at once: some 120,000, which takes 30 MB
_ONE_IN = 16  # heads by which the ranges are parted


class Piece(NamedTuple):
    """Postings of a batch, or of several one after the other; the articles by their rowids."""

    heads: Heads
    long_terms: list[str]
    frequencies: npt.NDArray[np.uint16]
    rowids: npt.NDArray[np.uint32]
    sizes: npt.NDArray[np.uint32]
    positions: Bytes


class Gathered:
    """The postings of a build; `input_bytes` is about how much text they come from."""

    def __init__(self, input_bytes: int) -> None:
        self._ranges = 1 + input_bytes // _RANGE_BYTES
        self._bounds: Heads | None = None  # heads that the ranges but the first begin with
        self._held: list[Piece] = []
        self._held_bytes = 0
        self._file = tempfile.TemporaryFile(prefix="corpus_db-")  # noqa: SIM115 -- lives as long as this
        self._places: list[list[int]] = []  # of each range, in the file

    def add(self, postings: Postings, first: int) -> None:
        """Add those of a batch, whose first article has that rowid."""
        rowids = postings.documents.astype(np.uint32) + np.uint32(first)
        piece = Piece(*postings[:3], rowids, *postings[4:6])
        self._held.append(piece)
        self._held_bytes += sum(column.nbytes for column in piece if isinstance(column, np.ndarray))
        if self._held_bytes > _HELD_BYTES:
            self._put_away()

    def ranges(self) -> Iterator[list[Piece]]:
        """The pieces of each range of terms, in order."""
        if self._bounds is None:
            self._bounds = self._parted(min(self._ranges, 1 + self._held_bytes // _RANGE_BYTES))
        held = self._by_range()
        for n, pieces in enumerate(held):
            yield [*(self._read(place) for place in self._places[n]), *pieces]
            pieces.clear()

    def close(self) -> None:
        """Give back the room on disk."""
        self._file.close()

    def _put_away(self) -> None:
        if self._bounds is None:
            self._bounds = self._parted(self._ranges)
        self._file.seek(0, 2)
        for places, pieces in zip(self._places, self._by_range(), strict=True):
            places.append(self._file.tell())
            pickle.dump(joined(pieces), self._file, pickle.HIGHEST_PROTOCOL)

    def _read(self, place: int) -> Piece:
        self._file.seek(place)
        piece: Piece = pickle.load(self._file)
        return piece

    def _parted(self, ranges: int) -> Heads:
        """Bounds of so many ranges that hold about as many of the postings as each other."""
        self._places = [[] for _ in range(ranges)]
        heads = np.concatenate([piece.heads[::_ONE_IN] for piece in self._held] or [np.empty(0, np.uint64)])
        heads.sort()
        return heads[np.arange(1, ranges) * len(heads) // ranges] & ~np.uint64(1)

    def _by_range(self) -> list[list[Piece]]:
        """What is held, by range; it is let go of."""
        assert self._bounds is not None
        found: list[list[Piece]] = [[] for _ in self._places]
        for piece in self._held:
            for pieces, part in zip(found, _split(piece, self._bounds), strict=True):
                pieces.append(part)
        self._held, self._held_bytes = [], 0
        return found


def _split(piece: Piece, bounds: Heads) -> Iterator[Piece]:
    """The piece in parts: each ends before a bound."""
    terms = np.append(np.searchsorted(piece.heads, bounds), len(piece.heads)).tolist()
    postings = np.append(0, np.cumsum(piece.frequencies, dtype=np.int64))[terms].tolist()
    data = np.append(0, np.cumsum(piece.sizes, dtype=np.int64))[postings].tolist()
    longs = np.append(0, np.cumsum(is_long(piece.heads)))[terms].tolist()
    term = posting = byte = long = 0
    for next_term, next_posting, next_byte, next_long in zip(terms, postings, data, longs, strict=True):
        yield Piece(
            piece.heads[term:next_term],
            piece.long_terms[long:next_long],
            piece.frequencies[term:next_term],
            piece.rowids[posting:next_posting],
            piece.sizes[posting:next_posting],
            piece.positions[byte:next_byte],
        )
        term, posting, byte, long = next_term, next_posting, next_byte, next_long


def joined(pieces: Sequence[Piece]) -> Piece:
    """The pieces as one, whose terms are no longer in order."""
    heads, longs, *others = zip(*pieces, strict=True)
    return Piece(
        np.concatenate(heads), [term for terms in longs for term in terms], *(np.concatenate(one) for one in others)
    )
