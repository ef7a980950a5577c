"""Postings of a range of terms → terms and doclists, as FTS5 would write them on a page without end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus_db.index.gather import NOTHING, Piece, joined
from corpus_db.index.terms import Heads, is_long, shared, stored
from corpus_db.index.varints import BLOCK, Blocks, Lengths, as_blocks, blocks_of, lengths, put
from corpus_db.text.arrays import Bools, Bytes, Ints, changes, chunks, slices

_AT_ONCE = 1 << 20  # bytes of postings that are written at once: what says where each goes is eight times as large
_END = NOTHING._replace(positions=np.zeros(BLOCK, np.uint8))  # so that every position list begins with a block


class Doclists(NamedTuple):
    """T terms, P postings, E = T + 2 P elements: each term, and behind it of each of its postings rowid and positions.

    A term is written as what it shares with the one before it and what it has beyond; a rowid as its distance from the
    one before it, and the size of the position list behind it.
    """

    data: memoryview
    starts: Ints  # E + 1: where each element begins in `data`, and the end
    at: Ints  # T: which elements are terms
    rowid_at: Ints  # P: which are rowids
    rowids: Ints  # P
    sizes: Ints  # P: bytes of the position list
    terms: bytes  # whole
    term_ends: Ints  # T: where each ends there
    documents: Ints  # T: in how many

    def term(self, number: int) -> bytes:
        """A term, whole."""
        return self.terms[int(self.term_ends[number - 1]) if number else 0 : int(self.term_ends[number])]


def doclists(pieces: Sequence[Piece]) -> Doclists:
    """The doclists of pieces, whose rowids go on from each to the next."""
    piece = joined([*pieces, _END])
    long_terms = sorted(set(piece.long_terms))
    listed = _listed(piece, long_terms)
    whole = stored(listed.heads, long_terms)
    common = shared(whole)
    beyond = np.diff(whole.ends, prepend=0) - common
    steps = np.diff(listed.rowids, prepend=0)
    steps[listed.first] = listed.rowids[listed.first]

    common_sizes, beyond_sizes = lengths(common), lengths(beyond)
    step_sizes, size_sizes = lengths(steps), lengths(2 * listed.sizes)
    documents = np.diff(listed.first, append=len(steps))
    at = np.arange(len(documents)) + 2 * listed.first
    rowid_at = 2 * np.arange(len(steps)) + np.repeat(np.arange(1, len(documents) + 1), documents)
    before = step_sizes + size_sizes  # bytes of a posting before its position list
    of_element = np.empty(len(at) + 2 * len(steps), np.int64)
    of_element[at] = common_sizes + beyond_sizes + beyond
    of_element[rowid_at] = before
    of_element[rowid_at + 1] = listed.sizes
    starts = np.append(0, np.cumsum(of_element))

    out = np.empty(int(starts[-1]) + BLOCK, np.uint8)
    for first, end in chunks(before + listed.sizes, _AT_ONCE):
        some = slice(first, end)
        blocks = as_blocks(steps[some], step_sizes[some])
        blocks |= as_blocks(2 * listed.sizes[some], size_sizes[some]) << _bits(step_sizes[some])
        moved = piece.positions, listed.begins[some], listed.sizes[some]
        _put_postings(out, starts[rowid_at[some]], blocks, before[some], *moved)
    put(out, starts[at] + common_sizes, common, common_sizes)
    put(out, starts[at + 1] - beyond, beyond, beyond_sizes)
    out[slices(starts[at + 1] - beyond, beyond)] = whole.data[slices(whole.ends - beyond, beyond)]
    data = memoryview(out)[: int(starts[-1])]  # type: ignore[arg-type]
    return Doclists(
        data, starts, at, rowid_at, listed.rowids, listed.sizes, whole.data.tobytes(), whole.ends, documents
    )


def _put_postings(
    out: Bytes, places: Ints, blocks: Blocks, before: Lengths, positions: Bytes, begins: Ints, sizes: Ints
) -> None:
    """Write postings, each to its place: rowid and size, the blocks, which take so many bytes `before` the position list,
    and that, which begins there in `positions`.

    Below 2**28 articles, and position lists of 2**27 bytes, a rowid and the size behind it are a block at most. Most
    postings are: what of the position list has no room in the block comes behind it.
    """
    blocks_of(out)[places] = blocks | blocks_of(positions)[begins] << _bits(before)
    long = np.flatnonzero(before + sizes > BLOCK)
    in_block = BLOCK - before[long]
    rest = sizes[long] - in_block
    out[slices(places[long] + BLOCK, rest)] = positions[slices(begins[long] + in_block, rest)]


def _bits(sizes: Lengths) -> Blocks:
    """Bytes as bits, to shift blocks by."""
    return 8 * sizes.astype(np.uint64)


class _Listed(NamedTuple):
    """T terms, and the P postings of each, in order."""

    heads: Heads  # T
    first: Ints  # T: which posting is the first of each
    rowids: Ints  # P
    begins: Ints  # P: where the position list begins
    sizes: Ints  # P: bytes of it


def _listed(piece: Piece, long_terms: Sequence[str]) -> _Listed:
    order = np.argsort(piece.heads, kind="stable")
    heads = piece.heads[order]
    new_term = changes(heads)
    if long_terms:
        _part(order, heads, new_term, _numbers(piece, long_terms))
    first = np.flatnonzero(new_term)  # of a term's, over the portions
    frequencies = piece.frequencies.astype(np.int64)
    ends = np.cumsum(frequencies)
    ordered = frequencies[order]
    postings = slices((ends - frequencies)[order], ordered)
    before = np.cumsum(ordered) - ordered
    sizes = piece.sizes.astype(np.int64)
    begins = (np.cumsum(sizes) - sizes)[postings]
    return _Listed(heads[first], before[first], piece.rowids[postings].astype(np.int64), begins, sizes[postings])


def _numbers(piece: Piece, long_terms: Sequence[str]) -> Ints:
    """Of each item that is a long term its number among `long_terms`; of others 0."""
    number = dict(zip(long_terms, range(len(long_terms)), strict=True))
    found = np.zeros(len(piece.heads), np.int64)
    found[is_long(piece.heads)] = [number[term] for term in piece.long_terms]
    return found


def _part(order: Ints, heads: Heads, new_term: Bools, numbers: Ints) -> None:
    """Put long terms that share a head in order, by their `numbers`, and note where each begins.

    `heads` are in order already; `order` says which item each is of.
    """
    places = np.flatnonzero(is_long(heads))
    items = order[places]
    of_places = numbers[items]
    by_term = np.lexsort((of_places, heads[places]))
    order[places] = items[by_term]
    new_term[places] = changes(of_places[by_term])
