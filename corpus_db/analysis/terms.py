"""Word counts of documents to the tables `terms`, `term_years`, `term_sites`.

A worker counts the words of a batch against a vocabulary of that batch alone (`TermCounts`); the writer joins the
vocabularies and spools the counts to disk (`TermSpool`), so that memory grows with the vocabulary, not with the text.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.text.tokens import Numbering, Tokens

Ints = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Group = tuple[int | None, str | None]  # year and site of a document
_MOST_ROWS = 1 << 18  # by year or site that are summed up at a time: 30 MB


class TermCounts(NamedTuple):
    """The word counts of a batch of documents, as parallel arrays."""

    vocabulary: list[str]
    documents: Ints  # number of distinct words of each document
    ids: Ints  # index into vocabulary, documents one after the other
    counts: Ints  # occurrences of that word in that document


def count(tokens: Tokens, each: int = 1) -> TermCounts:
    """Count the words of documents, of which every one has `each` of the texts of `tokens`.

    >>> counted = count(Tokens([["电商", "平台", ",", "电商"], ["平台"]]))
    >>> counted.vocabulary, counted.documents.tolist(), counted.counts.tolist()
    (['电商', '平台'], [2, 1], [2, 1, 1])
    """
    number = np.cumsum(tokens.is_word, dtype=np.int32) - 1  # of each token of the vocabulary that is a word
    sizes, ids, counts = [], [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for start, end in pairwise(tokens.bounds[::each]):
        found = tokens.ids[start:end]
        distinct, occurrences = np.unique(number[found[tokens.is_word[found]]], return_counts=True)
        sizes.append(len(distinct))
        ids.append(distinct)
        counts.append(occurrences.astype(np.int32))
    vocabulary = list(compress(tokens.vocabulary, tokens.is_word.tolist()))
    return TermCounts(vocabulary, np.array(sizes, np.int32), np.concatenate(ids), np.concatenate(counts))


class TermSpool:
    """The word counts of a whole corpus: vocabulary and totals in memory, counts per document on disk."""

    def __init__(self) -> None:
        self._index = Numbering[str]()
        self._file = tempfile.TemporaryFile(prefix="corpus_db-")  # noqa: SIM115 -- lives as long as the spool
        self._sizes: list[Ints] = []  # distinct words per document, one array per batch
        self._groups: list[Group] = []  # of each document
        self._same: dict[Group, Group] = {}  # one object for each group

    def add(self, batch: TermCounts, groups: Iterable[Group]) -> None:
        """Add the counts of a batch, and the group of each of its documents."""
        known = self._index.of(batch.vocabulary)
        pairs = np.empty((len(batch.ids), 2), np.int32)
        if len(batch.ids):
            pairs[:, 0] = known[batch.ids]
            pairs[:, 1] = batch.counts
        self._file.write(pairs.tobytes())
        self._sizes.append(batch.documents)
        self._groups.extend(self._same.setdefault(group, group) for group in groups)

    def __len__(self) -> int:
        return len(self._groups)

    def _batches(self) -> Iterator[tuple[Ints, Ints, Ints, int]]:
        """(ids, counts, distinct words of each document, number of the first document) of each batch, in order."""
        start = 0
        self._file.seek(0)
        for sizes in self._sizes:
            pairs = np.frombuffer(self._file.read(8 * int(sizes.sum())), np.int32).reshape(-1, 2)
            yield pairs[:, 0], pairs[:, 1], sizes, start
            start += len(sizes)

    def totals(self) -> Totals:
        """Sums over the corpus, and the dispersion of every word. Two passes over the spool."""
        size = len(self._index)
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
        words = sorted(self._index)
        ids = np.fromiter(map(self._index.__getitem__, words), np.int64, len(words))
        place = np.empty(len(words), np.int64)  # of each term among the words
        place[ids] = np.arange(len(words))
        years, sites = [year for year, _ in self._groups], [site for _, site in self._groups]
        articles = totals.articles[ids]
        return TermRows(
            _term_rows(words, map(pos, words), totals.at(ids)),
            self._by(years, words, place, articles),
            self._by(sites, words, place, articles),
        )

    def _by(
        self, labels: Sequence[Any], words: Sequence[str], place: Numbers, articles: Numbers
    ) -> Iterator[tuple[str, Any, int, int]]:
        """Rows by word and label, both ascending. One pass over the spool for as many words as fit into memory."""
        names = sorted({label for label in labels if label is not None})
        number = {name: i for i, name in enumerate(names)}
        columns = np.fromiter((number.get(label, -1) for label in labels), np.int64, len(labels))
        rows = np.minimum(articles, len(names))  # that each word can have at most
        for first, last in _stretches(rows, _MOST_ROWS):
            sums = _Sums()
            for ids, counts, sizes, start in self._batches():
                at, column = place[ids], np.repeat(columns[start : start + len(sizes)], sizes)
                wanted = (at >= first) & (at < last) & (column >= 0)
                sums.add(at[wanted] * len(names) + column[wanted], counts[wanted])
            keys, *counted = sums.totals()
            of_word, of_label = (part.tolist() for part in divmod(keys, max(1, len(names))))
            yield from zip(
                map(words.__getitem__, of_word), map(names.__getitem__, of_label), *map(_listed, counted), strict=True
            )

    def telling(self, totals: Totals, wanted: Callable[[str], bool], n: int) -> Iterator[dict[str, float]]:
        """Word → TF-IDF of the `n` words of each document where that is highest, of those that are `wanted`."""
        words = list(self._index)
        weights = np.log((len(self) + 1) / (totals.articles + 0.5))
        weights[~np.fromiter(map(wanted, words), np.bool_, len(words))] = -1
        for ids, counts, sizes, _ in self._batches():
            scores = (1 + np.log(counts)) * weights[ids]
            kept = scores > 0
            document = np.repeat(np.arange(len(sizes)), sizes)[kept]
            ids, scores = ids[kept], scores[kept]
            order = np.lexsort((ids, -scores, document))
            starts = np.searchsorted(document, np.arange(len(sizes) + 1)).tolist()
            for start, end in pairwise(starts):
                best = order[start : min(end, start + n)]
                yield dict(zip(map(words.__getitem__, ids[best].tolist()), scores[best].tolist(), strict=True))

    def frequency(self, totals: Totals, word: str) -> int:
        """How many documents `word` occurs in."""
        number = self._index.get(word)
        return 0 if number is None else int(totals.articles[number])


class TermRows(NamedTuple):
    """The rows of `terms`, `term_years` and `term_sites`, to be taken one table after the other."""

    terms: Iterator[tuple[object, ...]]
    by_year: Iterator[tuple[str, int, int, int]]
    by_site: Iterator[tuple[str, str, int, int]]


def _term_rows(words: Iterable[str], parts: Iterable[str | None], totals: Totals) -> Iterator[tuple[object, ...]]:
    first, last = (
        [year or None for year in years.tolist()] for years in (totals.first * (totals.last > 0), totals.last)
    )
    dispersion = np.round(np.maximum(totals.dispersion, 0), 6).tolist()
    return zip(
        words, parts, totals.occurrences.tolist(), totals.articles.tolist(), first, last, dispersion, strict=True
    )


def _listed(numbers: Numbers) -> list[int]:
    found: list[int] = numbers.tolist()
    return found


def _sum(totals: npt.NDArray[Any], ids: Ints, values: npt.NDArray[Any]) -> None:
    """Add `values` to `totals` at `ids`, where an id may come again."""
    totals += np.bincount(ids, weights=values, minlength=len(totals)).astype(totals.dtype)


def _stretches(sizes: Numbers, most: int) -> Iterator[tuple[int, int]]:
    """Stretches of `sizes`, (first, last), one after the other, each of sum `most` or less, or of one element.

    >>> list(_stretches(np.array([2, 2, 9, 1]), 4))
    [(0, 2), (2, 3), (3, 4)]
    """
    sums, first = np.cumsum(sizes), 0
    while first < len(sizes):
        before = sums[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(sums, before + most, "right")))
        yield first, last
        first = last


class _Sums:
    """Occurrences and articles by key, reduced whenever enough has come in: memory follows the distinct keys."""

    _REDUCE_AT = 1 << 18

    def __init__(self) -> None:
        self._waiting: list[tuple[Numbers, Numbers, Numbers]] = []
        self._size = 0

    def add(self, keys: Numbers, counts: Ints) -> None:
        self._waiting.append((keys, counts.astype(np.int64), np.ones(len(keys), np.int64)))
        self._size += len(keys)
        if self._size >= self._REDUCE_AT:
            self._waiting = [self.totals()]
            self._size = (
                len(self._waiting[0][0]) // 2
            )  # half: a table of many keys is not sorted anew for each few more

    def totals(self) -> tuple[Numbers, Numbers, Numbers]:
        """Keys, ascending, with the sum of occurrences and of articles of each."""
        empty = (np.empty(0, np.int64),) * 3
        keys, counts, ones = (np.concatenate(column) for column in zip(empty, *self._waiting, strict=True))
        if not len(keys):
            return empty
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
        return keys[starts], np.add.reduceat(counts[order], starts), np.add.reduceat(ones[order], starts)


class Totals(NamedTuple):
    """Sums over a corpus, as arrays parallel to its vocabulary."""

    occurrences: Numbers
    articles: Numbers
    first: Ints
    last: Ints  # 0: no dated article has the word
    dispersion: Floats

    def at(self, ids: Numbers) -> Totals:
        """The sums of those of the vocabulary, in that order."""
        return Totals(self.occurrences[ids], self.articles[ids], self.first[ids], self.last[ids], self.dispersion[ids])
