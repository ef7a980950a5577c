"""Folded texts of a portion → the postings of the full-text index: which term stands where, in the order of FTS5.

FTS5 would part the tokens of every document, hash them, and sort them; most of a build's time for search went there. A
portion is sorted at once here, by array operations in the process that prepared it, and a position list leaves it as the
bytes that FTS5 stores (https://www.sqlite.org/fts5.html, fts5_index.c, "Position lists").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from corpus_db.index.terms import Coded, Heads, Parts, Ranks
from corpus_db.index.varints import lengths
from corpus_db.index.words import Words
from corpus_db.text.arrays import Bools, Bytes, Ints, Ints32, Unsigned, changes, chunks, narrow, slices
from corpus_db.text.streams import bigram_streams

COLUMNS = 4
_BODY_BIGRAMS, _BODY, _TITLE, _TITLE_BIGRAMS = range(COLUMNS)  # as the table has them
_FIRST = 2  # position 0 of a column, as it is written; a smaller number would be a mark
_MARK = 1  # stands before the number of a column, where another than the first begins
_POSITION_BITS = 40  # of a place: above them stands the number of the column, counted over all documents
_AT_ONCE = 1 << 19  # tokens that are put in order at a time: 100 bytes each, and a book has millions


class Postings(NamedTuple):
    """T terms in order; P postings, each a term in a document, in the order of terms and documents; D documents."""

    heads: Heads  # T: the beginnings of the terms
    long_terms: list[str]  # those terms that go on behind their head, in order
    frequencies: Unsigned  # T: in how many documents
    documents: Unsigned  # P: number in the portion
    sizes: Unsigned  # P: bytes of the position list
    positions: Bytes  # the position lists
    lengths: Ints32  # D × COLUMNS: tokens


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
    sizes = counts.ravel()  # tokens of each column of each document
    starts = np.cumsum(sizes) - sizes
    parts = Parts(*(np.empty(int(counts.sum()), part.dtype) for part in terms.words))
    for some, of_texts, places in columns:
        at = slices(starts.reshape(counts.shape)[:, places].ravel(), of_texts)
        for part, of_some in zip(parts, some, strict=True):
            part[at] = of_some
    zeros = (np.arange(len(sizes)) << _POSITION_BITS) - starts
    token_places = np.repeat(zeros, sizes) + np.arange(len(parts.first))
    listed = [_listed(terms, parts.at(some), token_places[some]) for some in _stretches(parts.first)]
    return _joined(listed)._replace(long_terms=terms.long_terms, lengths=counts.astype(np.int32))


def _stretches(first: Ranks) -> Iterator[Ints | slice]:
    """Tokens by the first parts of their terms, some of these at a time, in the order of both."""
    if len(first) <= _AT_ONCE:
        yield slice(None)
        return
    for low, high in chunks(np.bincount(first), _AT_ONCE):
        yield np.flatnonzero((first >= low) & (first < high))


def _joined(stretches: Sequence[Postings]) -> Postings:
    columns: Any = map(np.concatenate, zip(*stretches, strict=True))
    return stretches[0] if len(stretches) == 1 else Postings(*columns)


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


def _listed(terms: Coded, parts: Parts, places: Ints) -> Postings:
    """The postings of tokens, given as the parts of their terms and their places, which ascend."""
    order = _order(parts)
    ordered, places = parts.at(order), places[order]
    new_term = changes(ordered.first) | changes(ordered.second) | changes(ordered.rest)
    columns = places >> _POSITION_BITS  # of all documents
    new_column = new_term | changes(columns)
    new_document = new_term | changes(columns // COLUMNS)
    steps = places.copy()
    steps[1:] -= places[:-1] * ~new_column[1:]
    steps = (steps & (1 << _POSITION_BITS) - 1) + _FIRST
    out, starts = _written(steps, (columns % COLUMNS).astype(np.uint8), new_column)
    first = np.flatnonzero(new_document)
    first_of_term = np.flatnonzero(new_term[first])
    term_places = first[first_of_term]
    return Postings(
        terms.heads(ordered.at(term_places)),
        [],
        narrow(_sizes(first_of_term, len(first))),
        narrow(columns[first] // COLUMNS),
        narrow(_sizes(starts[first], len(out))),
        out,
        np.empty((0, COLUMNS), np.int32),
    )


def _written(steps: Ints, columns: Bytes, new_column: Bools) -> tuple[Bytes, Ints]:
    """The position lists of tokens, and where each token begins in them: mark and column, where one begins, and the step.

    All are written at full width, then the bytes that are wanted are taken.
    """
    marked = new_column & (columns != _BODY_BIGRAMS)
    bytes_of_step = int(lengths(steps.max(initial=_FIRST, keepdims=True))[0])
    written = np.empty((len(steps), 2 + bytes_of_step), np.uint8)
    wanted = np.empty(written.shape, np.bool_)
    written[:, 0], written[:, 1] = _MARK, columns
    wanted[:, 0] = wanted[:, 1] = marked
    written[:, -1], wanted[:, -1] = steps & 0x7F, True
    sizes = 1 + 2 * marked.astype(np.int64)
    for byte in range(1, bytes_of_step):
        rest = steps >> 7 * byte
        written[:, -1 - byte], wanted[:, -1 - byte] = rest & 0x7F | 0x80, rest > 0
        sizes += rest > 0
    return written.ravel().take(np.flatnonzero(wanted)), np.cumsum(sizes) - sizes


def _sizes(starts: Ints, end: int) -> Ints:
    """How far it is from each start to the next, or to the end."""
    return np.diff(np.append(starts, end))
