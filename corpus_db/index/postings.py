"""Folded texts of a batch → the postings of the full-text index: which term stands where, in the order of FTS5.

FTS5 would part the tokens of every document, hash them, and sort them; most of a build's time for search went there. A
batch is sorted at once here, by array operations in the process that prepared it, and a position list leaves it as the
bytes that FTS5 stores (https://www.sqlite.org/fts5.html, fts5_index.c, "Position lists").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.index.terms import Coded, Heads, Parts
from corpus_db.index.varints import Bytes, Ints, lengths, put
from corpus_db.index.words import Words
from corpus_db.text.arrays import changes, slices
from corpus_db.text.streams import bigram_streams

COLUMNS = 4
_BODY_BIGRAMS, _BODY, _TITLE, _TITLE_BIGRAMS = range(COLUMNS)  # as the table has them
_FIRST = 2  # position 0 of a column, as it is written; a smaller number would be a mark
_MARK = 1  # stands before the number of a column, where another than the first begins


class Postings(NamedTuple):
    """T terms in order; P postings, each a term in a document, in the order of terms and documents; D documents."""

    heads: Heads  # T: the beginnings of the terms
    long_terms: list[str]  # those terms that go on behind their head, in order
    frequencies: npt.NDArray[np.uint16]  # T: in how many documents
    documents: npt.NDArray[np.uint16]  # P: number in the batch
    sizes: npt.NDArray[np.uint32]  # P: bytes of the position list
    positions: Bytes  # the position lists
    lengths: npt.NDArray[np.int32]  # D × COLUMNS: tokens


def postings(folded: Sequence[str], words: Words) -> Postings:
    """The postings of documents, given as the folded title and body of each, and the words of both.

    >>> from corpus_db.index.words import words_of
    >>> from corpus_db.text.tokens import Cut
    >>> found = postings(["", "电商电商"], words_of(["", "电商电商"], Cut(np.array([2, 2]), np.array([0, 2]))))
    >>> found.frequencies.tolist(), found.sizes.tolist(), found.lengths.tolist()
    ([1, 1, 1], [1, 1, 6], [[4, 2, 0, 0]])
    """
    streams = bigram_streams(folded)
    terms = Coded(streams, words.strings)
    columns = (
        (terms.bigrams, streams.sizes, [_TITLE_BIGRAMS, _BODY_BIGRAMS]),
        (terms.words, words.sizes, [_TITLE, _BODY]),
    )
    counts = np.empty((len(folded) // 2, COLUMNS), np.int64)
    for _, sizes, places in columns:
        counts[:, places] = sizes.reshape(-1, 2)
    starts = np.cumsum(counts).reshape(counts.shape) - counts
    parts = Parts(*(np.empty(int(counts.sum()), part.dtype) for part in terms.words))
    for some, sizes, places in columns:
        at = slices(starts[:, places].ravel(), sizes)
        for part, of_some in zip(parts, some, strict=True):
            part[at] = of_some
    order = _order(parts)
    run = np.repeat(np.arange(counts.size, dtype=np.int32), counts.ravel())[order]  # of a column of a document
    ordered = Parts(*(part[order] for part in parts))
    return _listed(terms, ordered, run, order - starts.ravel()[run])._replace(lengths=counts.astype(np.int32))


def _order(terms: Parts) -> Ints:
    """The places of terms, in the order of the terms; equal ones in the order of their places.

    By the last part first, the first one last (radix sort). Most terms have no third part.
    """
    has_rest = terms.rest > 0
    longer = np.flatnonzero(has_rest)
    order = np.concatenate((np.flatnonzero(~has_rest), longer[np.argsort(terms.rest[longer], kind="stable")]))
    for part in (terms.second, terms.first):
        order = order[np.argsort(part[order], kind="stable")]
    return order


def _listed(terms: Coded, ordered: Parts, run: npt.NDArray[np.int32], position: Ints) -> Postings:
    """The postings of tokens in order: of each, its term, its column of a document, its position there."""
    column, document = run % COLUMNS, run // COLUMNS
    new_term = changes(ordered.first) | changes(ordered.second) | changes(ordered.rest)
    new_run = new_term | changes(run)
    new_document = new_term | changes(document)
    steps = position + _FIRST
    steps[1:] -= position[:-1] * ~new_run[1:]
    marked = np.flatnonzero(new_run & (column != _BODY_BIGRAMS))
    sizes = lengths(steps)
    with_mark = sizes.copy()
    with_mark[marked] += 2
    ends = np.cumsum(with_mark)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    put(out, ends, steps, sizes)
    starts = ends - with_mark
    out[starts[marked]], out[starts[marked] + 1] = _MARK, column[marked]
    first = np.flatnonzero(new_document)
    first_of_term = np.flatnonzero(new_term[first])
    return Postings(
        terms.heads(Parts(*(part[first[first_of_term]] for part in ordered))),
        terms.long_terms,
        _sizes(first_of_term, len(first)).astype(np.uint16),
        document[first].astype(np.uint16),
        _sizes(starts[first], len(out)).astype(np.uint32),
        out,
        np.empty((0, COLUMNS), np.int32),
    )


def _sizes(starts: Ints, end: int) -> Ints:
    """How far it is from each start to the next, or to the end."""
    return np.diff(np.append(starts, end))
