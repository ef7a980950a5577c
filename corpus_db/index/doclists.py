"""Postings of a range of terms → terms and doclists, as FTS5 would write them on a page without end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus_db.index.gather import Piece, joined
from corpus_db.index.terms import Heads, is_long, shared, spelt
from corpus_db.index.varints import WORD, Ints, as_words, lengths, put, words_of
from corpus_db.text.arrays import changes, slices


class Doclists(NamedTuple):
    """T terms, P postings, E = T + 2 P elements: each term, and behind it of each of its postings rowid and positions.

    A term is written as what it shares with the one before it and what it has beyond; a rowid as its distance from the
    one before it, and the size of the position list behind it.
    """

    data: bytes
    starts: Ints  # E + 1: where each element begins in `data`, and the end
    at: Ints  # T: which elements are terms
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
    piece = joined(pieces)
    listed = _listed(piece)
    whole = spelt(listed.heads, sorted(set(piece.long_terms)))
    common = shared(whole)
    beyond = np.diff(whole.ends, prepend=0) - common
    steps = np.diff(listed.rowids, prepend=0)
    steps[listed.first] = listed.rowids[listed.first]

    common_sizes, beyond_sizes = lengths(common), lengths(beyond)
    step_sizes, size_sizes = lengths(steps), lengths(2 * listed.sizes)
    documents = np.diff(listed.first, append=len(steps))
    at = np.arange(len(documents)) + 2 * listed.first
    rowid_at = 2 * np.arange(len(steps)) + np.repeat(np.arange(1, len(documents) + 1), documents)
    of_element = np.empty(len(at) + 2 * len(steps), np.int64)
    of_element[at] = common_sizes + beyond_sizes + beyond
    of_element[rowid_at] = step_sizes + size_sizes
    of_element[rowid_at + 1] = listed.sizes
    starts = np.append(0, np.cumsum(of_element))

    out = np.empty(int(starts[-1]) + WORD, np.uint8)
    # Below 2**28 articles, and position lists of 2**27 bytes, a rowid and the size behind it are a word at most.
    words = np.empty((len(steps), 2), np.uint64)
    words[:, 0] = as_words(steps, step_sizes) | as_words(2 * listed.sizes, size_sizes) << (8 * step_sizes).view(
        np.uint64
    )
    words[:, 1] = words_of(np.append(piece.positions, np.zeros(WORD, np.uint8)))[listed.begins]
    words_of(out)[np.stack((starts[rowid_at], starts[rowid_at + 1]), axis=1)] = words
    long = np.flatnonzero(listed.sizes > WORD)
    sizes = listed.sizes[long]
    out[slices(starts[rowid_at[long] + 1], sizes)] = piece.positions[slices(listed.begins[long], sizes)]
    put(out, starts[at] + common_sizes, common, common_sizes)
    put(out, starts[at + 1] - beyond, beyond, beyond_sizes)
    out[slices(starts[at + 1] - beyond, beyond)] = whole.data[slices(whole.ends - beyond, beyond)]
    data = out[: starts[-1]].tobytes()
    return Doclists(data, starts, at, listed.rowids, listed.sizes, whole.data.tobytes(), whole.ends, documents)


class _Listed(NamedTuple):
    """T terms, and the P postings of each, in order."""

    heads: Heads  # T
    first: Ints  # T: which posting is the first of each
    rowids: Ints  # P
    begins: Ints  # P: where the position list begins
    sizes: Ints  # P: bytes of it


def _listed(piece: Piece) -> _Listed:
    ties = _ties(piece)
    order = np.lexsort((ties, piece.heads)) if piece.long_terms else np.argsort(piece.heads, kind="stable")
    heads, frequencies = piece.heads[order], piece.frequencies.astype(np.int64)
    first = np.flatnonzero(changes(heads) | changes(ties[order]))  # of a term's, over the batches
    postings = slices((np.cumsum(frequencies) - frequencies)[order], frequencies[order])
    before = np.cumsum(frequencies[order]) - frequencies[order]
    sizes = piece.sizes.astype(np.int64)
    begins = (np.cumsum(sizes) - sizes)[postings]
    return _Listed(heads[first], before[first], piece.rowids.astype(np.int64)[postings], begins, sizes[postings])


def _ties(piece: Piece) -> Ints:
    """What parts terms of one head: the number of long ones among all of them, in order, from 1; of others 0."""
    found = np.zeros(len(piece.heads), np.int64)
    number = {term: n for n, term in enumerate(sorted(set(piece.long_terms)), 1)}
    found[is_long(piece.heads)] = [number[term] for term in piece.long_terms]
    return found
