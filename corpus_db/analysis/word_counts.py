"""Word counts of documents: of a portion, against a vocabulary of its own; of a whole corpus, on disk, by number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from corpus_db.text.arrays import Bools, Ints32
from corpus_db.text.fold import from_code_points
from corpus_db.text.tokens import Tokens

_TOGETHER = 1 << 18  # counts that are summed up at a time: each sum goes through the whole vocabulary


class TermCounts(NamedTuple):
    """The word counts of a portion of documents, as parallel arrays."""

    words: str  # all of them, each with a line feed behind it: one string crosses to another process sooner than many
    documents: Ints32  # number of distinct words of each document
    ids: Ints32  # numbers of words, from 0, documents one after the other
    counts: Ints32  # occurrences of that word in that document


def count(tokens: Tokens, each: int = 1) -> TermCounts:
    """Count the words of documents, of which every one has `each` of the texts of `tokens`.

    >>> counted = count(Tokens([["电商", "平台", ",", "电商"], ["平台"]]))
    >>> counted.words, counted.documents.tolist(), counted.ids.tolist(), counted.counts.tolist()
    ('电商\\n平台\\n', [2, 1], [0, 1, 1], [2, 1, 1])
    """
    ids = tokens.ids.astype(np.intp)
    is_word = tokens.is_word.take(ids)
    number = np.cumsum(tokens.is_word) - 1  # of each token of the vocabulary that is a word
    words = number.take(ids[is_word])
    edges = np.append(0, np.cumsum(is_word))[tokens.bounds[::each]].tolist()
    sizes, of_words, counts = [], [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for start, end in pairwise(edges):
        occurrences = np.bincount(words[start:end])
        distinct = np.flatnonzero(occurrences > 0)
        sizes.append(len(distinct))
        of_words.append(distinct)
        counts.append(occurrences.take(distinct))
    columns = (np.array(sizes), np.concatenate(of_words), np.concatenate(counts))
    return TermCounts(_lines(tokens), *(column.astype(np.int32) for column in columns))


def _lines(tokens: Tokens) -> str:
    """The words of the vocabulary, each with a line feed behind it; from their characters, which are side by side."""
    sizes = tokens.sizes[tokens.is_word]
    behind = np.cumsum(sizes + 1, dtype=np.intp)
    is_char = np.ones(int(behind[-1]) if len(behind) else 0, np.bool_)
    is_char[behind - 1] = False
    codes = np.full(len(is_char), ord("\n"), np.uint32)
    codes[is_char] = tokens.chars[np.repeat(tokens.is_word, tokens.sizes)]
    return from_code_points(codes)


class Counted(NamedTuple):
    """The word counts of some documents of a corpus, as parallel arrays."""

    documents: Ints32  # number of distinct words of each document
    ids: Ints32  # of the words, documents one after the other
    counts: Ints32  # occurrences of that word in that document

    def of_documents(self) -> Ints32:
        """Of each count, the document that it belongs to, from 0."""
        return np.repeat(np.arange(len(self.documents), dtype=np.int32), self.documents)

    def some(self, documents: Bools) -> Counted:
        """Those of some of the documents."""
        of_them = np.repeat(documents, self.documents)
        return Counted(self.documents[documents], self.ids[of_them], self.counts[of_them])


class CountSpool:
    """The word counts of a whole corpus, on disk."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="corpus_db-")  # noqa: SIM115 -- lives as long as the spool
        self._sizes: list[Ints32] = []  # distinct words per document, one array per portion

    def add(self, portion: Counted) -> None:
        """Add the counts of a portion."""
        self._file.write(np.stack([portion.ids, portion.counts], axis=1, dtype=np.int32).tobytes())
        self._sizes.append(portion.documents)

    def portions(self) -> Iterator[Counted]:
        """The portions, as they came."""
        self._file.seek(0)
        for sizes in self._sizes:
            yield self._read(sizes)

    def large(self) -> Iterator[Counted]:
        """The same, several portions together."""
        self._file.seek(0)
        waiting: list[Ints32] = []
        for sizes in self._sizes:
            waiting.append(sizes)
            if sum(int(some.sum()) for some in waiting) >= _TOGETHER:
                yield self._read(np.concatenate(waiting))
                waiting = []
        if waiting:
            yield self._read(np.concatenate(waiting))

    def _read(self, sizes: Ints32) -> Counted:
        pairs = np.frombuffer(self._file.read(8 * int(sizes.sum())), np.int32).reshape(-1, 2)
        return Counted(sizes, pairs[:, 0], pairs[:, 1])
