"""Postings of a range of terms → terms and doclists, as FTS5 would write them on a page without end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus_db.index.gather import Piece, joined
from corpus_db.index.postings import changes
from corpus_db.index.terms import is_long, shared, spelt
from corpus_db.index.varints import Ints, lengths, put, slices


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
    first_of_term: Ints  # T: which posting is the first

    def term(self, number: int) -> bytes:
        """A term, whole."""
        return self.terms[int(self.term_ends[number - 1]) if number else 0 : int(self.term_ends[number])]


def doclists(pieces: Sequence[Piece]) -> Doclists:
    """The doclists of pieces, whose rowids go on from each to the next."""
    piece = joined(pieces)
    long_terms = sorted(set(piece.long_terms))
    ties = _ties(piece, long_terms)
    order = np.lexsort((ties, piece.heads)) if long_terms else np.argsort(piece.heads, kind="stable")
    heads, frequencies = piece.heads[order], piece.frequencies.astype(np.int64)
    first = np.flatnonzero(changes(heads) | changes(ties[order]))  # of a term's, over the batches
    postings = slices((np.cumsum(frequencies) - frequencies)[order], frequencies[order])
    rowids, sizes = piece.rowids.astype(np.int64)[postings], piece.sizes.astype(np.int64)
    documents = np.add.reduceat(frequencies[order], first) if len(first) else first
    first_of_term = np.cumsum(documents) - documents
    whole = spelt(heads[first], long_terms)
    common = shared(whole)
    term_sizes = np.diff(whole.ends, prepend=0)

    at = np.arange(len(first)) + 2 * first_of_term
    rowid_at = 2 * np.arange(len(rowids)) + np.repeat(np.arange(1, len(first) + 1), documents)
    steps = np.diff(rowids, prepend=0)
    steps[first_of_term] = rowids[first_of_term]
    listed = sizes[postings]
    step_sizes, listed_sizes = lengths(steps), lengths(2 * listed)
    common_sizes, beyond = lengths(common), term_sizes - common
    beyond_sizes = lengths(beyond)
    of_element = np.empty(len(first) + 2 * len(rowids), np.int64)
    of_element[at] = common_sizes + beyond_sizes + beyond
    of_element[rowid_at] = step_sizes + listed_sizes
    of_element[rowid_at + 1] = listed
    starts = np.append(0, np.cumsum(of_element))
    out = np.empty(int(starts[-1]), np.uint8)
    put(out, starts[at] + common_sizes, common, common_sizes)
    put(out, starts[at + 1] - beyond, beyond, beyond_sizes)
    out[slices(starts[at + 1] - beyond, beyond)] = whole.data[slices(whole.ends - beyond, beyond)]
    put(out, starts[rowid_at] + step_sizes, steps, step_sizes)
    put(out, starts[rowid_at + 1], 2 * listed, listed_sizes)
    out[slices(starts[rowid_at + 1], listed)] = piece.positions[slices((np.cumsum(sizes) - sizes)[postings], listed)]
    return Doclists(out.tobytes(), starts, at, rowids, listed, whole.data.tobytes(), whole.ends, first_of_term)


def _ties(piece: Piece, long_terms: Sequence[str]) -> Ints:
    """What parts terms of one head: of long ones their number in `long_terms`, which are in order, from 1; of others 0."""
    found = np.zeros(len(piece.heads), np.int64)
    number = {term: n for n, term in enumerate(long_terms, 1)}
    found[is_long(piece.heads)] = [number[term] for term in piece.long_terms]
    return found
