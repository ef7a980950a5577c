"""Word counts of documents to the tables `terms`, `term_years`, `term_sites`.

A worker counts the words of a batch against a vocabulary of that batch alone (`TermCounts`); the writer joins the
vocabularies and spools the counts to disk (`TermSpool`): of the vocabulary, memory holds some sums and 20 bytes a word.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.sorted_rows import SortedRows, summed
from corpus_db.analysis.strings import Strings
from corpus_db.analysis.vocabulary import Vocabulary, Words
from corpus_db.text.tokens import Tokens

Ints = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Group = tuple[int | None, str | None]  # year and site of a document
_SLICE = 1 << 14  # rows that are made at a time


class TermCounts(NamedTuple):
    """The word counts of a batch of documents, as parallel arrays."""

    words: str  # all of them, each with a line feed behind it: one string crosses to another process sooner than many
    documents: Ints  # number of distinct words of each document
    ids: Ints  # numbers of words, from 0, documents one after the other
    counts: Ints  # occurrences of that word in that document


def count(tokens: Tokens, each: int = 1) -> TermCounts:
    """Count the words of documents, of which every one has `each` of the texts of `tokens`.

    >>> counted = count(Tokens([["电商", "平台", ",", "电商"], ["平台"]]))
    >>> counted.words, counted.documents.tolist(), counted.ids.tolist(), counted.counts.tolist()
    ('电商\\n平台\\n', [2, 1], [0, 1, 1], [2, 1, 1])
    """
    is_word = tokens.is_word[tokens.ids]
    number = np.cumsum(tokens.is_word, dtype=np.int32) - 1  # of each token of the vocabulary that is a word
    words = number[tokens.ids[is_word]]
    edges = np.append(0, np.cumsum(is_word))[tokens.bounds[::each]].tolist()
    sizes, ids, counts = [], [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for start, end in pairwise(edges):
        occurrences = np.bincount(words[start:end])
        distinct = np.flatnonzero(occurrences > 0)
        sizes.append(len(distinct))
        ids.append(distinct)
        counts.append(occurrences[distinct])
    vocabulary = "\n".join([*compress(tokens.vocabulary, tokens.is_word.tolist()), ""])
    columns = (np.array(sizes), np.concatenate(ids), np.concatenate(counts))
    return TermCounts(vocabulary, *(column.astype(np.int32) for column in columns))


class TermSpool:
    """The word counts of a whole corpus: sums in memory, counts per document and, where they are many, words on disk."""

    def __init__(self) -> None:
        self._met = Vocabulary()
        self._settled: Words | None = None
        self._file = tempfile.TemporaryFile(prefix="corpus_db-")  # noqa: SIM115 -- lives as long as the spool
        self._sizes: list[Ints] = []  # distinct words per document, one array per batch
        self._groups: list[Group] = []  # of each document
        self._same: dict[Group, Group] = {}  # one object for each group

    def add(self, batch: TermCounts, groups: Iterable[Group]) -> None:
        """Add the counts of a batch, and the group of each of its documents."""
        known = self._met.numbers(batch.words.split("\n")[:-1])
        pairs = np.empty((len(batch.ids), 2), np.int32)
        if len(batch.ids):
            pairs[:, 0] = known[batch.ids]
            pairs[:, 1] = batch.counts
        self._file.write(pairs.tobytes())
        self._sizes.append(batch.documents)
        self._groups.extend(self._same.setdefault(group, group) for group in groups)
        self._settled = None

    def __len__(self) -> int:
        return len(self._groups)

    def _words(self) -> Words:
        """The vocabulary; a word's id is its place in it."""
        if self._settled is None:
            self._settled = self._met.settled()
        return self._settled

    def _batches(self) -> Iterator[tuple[Ints, Ints, Ints, int]]:
        """(ids, counts, distinct words of each document, number of the first document) of each batch, in order."""
        start, places = 0, self._words().places
        self._file.seek(0)
        for sizes in self._sizes:
            pairs = np.frombuffer(self._file.read(8 * int(sizes.sum())), np.int32).reshape(-1, 2)
            yield places[pairs[:, 0]], pairs[:, 1], sizes, start
            start += len(sizes)

    def totals(self) -> Totals:
        """Sums over the corpus, and the dispersion of every word. Two passes over the spool."""
        size = len(self._words().words)
        occurrences, articles = np.zeros(size, np.int64), np.zeros(size, np.int64)
        first, last = np.full(size, 9999, np.int32), np.zeros(size, np.int32)
        years = np.array([year or 0 for year, _ in self._groups], np.int32)
        for ids, counts, sizes, start in self._batches():
            _sum(occurrences, ids, counts)
            _sum(articles, ids, np.ones(len(ids), np.int32))
            year = np.repeat(years[start : start + len(sizes)], sizes)
            dated = year > 0
            np.minimum.at(first, ids[dated], year[dated])
            np.maximum.at(last, ids[dated], year[dated])
        return Totals(occurrences, articles, first, last, self._dispersion(occurrences))

    def _dispersion(self, occurrences: Numbers) -> Floats:
        """Deviation of proportions, DP = 1 - sum(min(v, s)): v a word's share of its occurrences that an article
        holds, s the article's share of the corpus (Gries 2008, doi:10.1075/ijcl.13.4.02gri; this form follows from
        sum(v) = sum(s) = 1)."""
        total = max(1, int(occurrences.sum()))
        shared = np.zeros(len(occurrences))
        for ids, counts, sizes, _ in self._batches():
            lengths = np.add.reduceat(np.append(counts, 0), np.cumsum(sizes) - sizes) * (sizes > 0)  # words of each
            share = np.repeat(lengths / total, sizes)
            _sum(shared, ids, np.minimum(counts / occurrences[ids], share))
        return 1 - shared

    def rows(self, totals: Totals, pos: Callable[[str], str | None]) -> TermRows:
        """The rows of all three tables, in the order of their words; articles of unknown year or site are left out."""
        words = self._words().words
        return TermRows(
            _term_rows(words, pos, totals),
            self._by([year for year, _ in self._groups], words),
            self._by([site for _, site in self._groups], words),
        )

    def _by(self, labels: Sequence[Any], words: Strings) -> Iterator[tuple[str, Any, int, int]]:
        """Rows by word and label, both ascending. One pass over the spool."""
        names = sorted({label for label in labels if label is not None})
        number = {name: i for i, name in enumerate(names)}
        columns = np.fromiter((number.get(label, -1) for label in labels), np.int64, len(labels))
        sums = SortedRows(np.int64, np.int64, np.int32, join=summed)
        for ids, counts, sizes, start in self._batches():
            column = np.repeat(columns[start : start + len(sizes)], sizes)
            wanted = column >= 0
            ids, column = ids[wanted], column[wanted]
            sums.add(ids * np.int64(len(names)) + column, counts[wanted], np.ones(len(ids), np.int32))
        for rows in sums.stretches():
            for keys, occurrences, articles in _slices(*rows):
                of_word, of_label = divmod(keys, max(1, len(names)))
                of_name = map(names.__getitem__, of_label.tolist())
                yield from zip(words.at(of_word), of_name, occurrences.tolist(), articles.tolist(), strict=True)

    def telling(self, totals: Totals, wanted: Callable[[str], bool], n: int) -> Iterator[dict[str, float]]:
        """Word → TF-IDF of the `n` words of each document where that is highest, of those that are `wanted`; of equal
        ones those that the corpus had first."""
        words, _, first = self._words()
        weights = np.log((len(self) + 1) / (totals.articles + 0.5))
        weights[~np.fromiter(map(wanted, words), np.bool_, len(words))] = -1
        for ids, counts, sizes, _ in self._batches():
            scores = (1 + np.log(counts)) * weights[ids]
            kept = scores > 0
            document = np.repeat(np.arange(len(sizes)), sizes)[kept]
            ids, scores = ids[kept], scores[kept]
            order = np.lexsort((first[ids], -scores, document))
            starts = np.searchsorted(document, np.arange(len(sizes) + 1)).tolist()
            for start, end in pairwise(starts):
                best = order[start : min(end, start + n)]
                yield dict(zip(words.at(ids[best]), scores[best].tolist(), strict=True))

    def frequency(self, totals: Totals, word: str) -> int:
        """How many documents `word` occurs in."""
        place = self._words().words.find(word)
        return 0 if place is None else int(totals.articles[place])


class TermRows(NamedTuple):
    """The rows of `terms`, `term_years` and `term_sites`, to be taken one table after the other."""

    terms: Iterator[tuple[object, ...]]
    by_year: Iterator[tuple[str, int, int, int]]
    by_site: Iterator[tuple[str, str, int, int]]


def _term_rows(words: Strings, pos: Callable[[str], str | None], totals: Totals) -> Iterator[tuple[object, ...]]:
    for places, *of_words in _slices(np.arange(len(words)), *totals):
        occurrences, articles, first, last, dispersion = of_words
        named = words.at(places)
        yield from zip(
            named,
            map(pos, named),
            occurrences.tolist(),
            articles.tolist(),
            [year or None for year in (first * (last > 0)).tolist()],
            [year or None for year in last.tolist()],
            np.round(np.maximum(dispersion, 0), 6).tolist(),
            strict=True,
        )


def _slices(*columns: npt.NDArray[Any]) -> Iterator[tuple[npt.NDArray[Any], ...]]:
    """Parallel arrays in slices small enough to be made into Python's numbers."""
    for start in range(0, len(columns[0]), _SLICE):
        yield tuple(column[start : start + _SLICE] for column in columns)


def _sum(totals: npt.NDArray[Any], ids: Ints, values: npt.NDArray[Any]) -> None:
    """Add `values` to `totals` at `ids`, where an id may come again."""
    totals += np.bincount(ids, weights=values, minlength=len(totals)).astype(totals.dtype)


class Totals(NamedTuple):
    """Sums over a corpus, as arrays parallel to its words in order."""

    occurrences: Numbers
    articles: Numbers
    first: Ints
    last: Ints  # 0: no dated article has the word
    dispersion: Floats
