"""Word counts of documents to the tables `terms`, `term_years`, `term_sites`.

A worker counts the words of a batch against a vocabulary of that batch alone (`TermCounts`); the writer joins the
vocabularies and spools the counts to disk (`TermSpool`), so that memory grows with the vocabulary, not with the text.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


class TermCounts(NamedTuple):
    """The word counts of a batch of documents, as parallel arrays."""

    vocabulary: list[str]
    documents: Ints  # number of distinct words of each document
    ids: Ints  # index into vocabulary, documents one after the other
    counts: Ints  # occurrences of that word in that document


def count(documents: Iterable[Sequence[str]]) -> TermCounts:
    """Count the words of documents, each given as its words.

    >>> counted = count([["电商", "平台", "电商"], ["平台"]])
    >>> counted.vocabulary, counted.documents.tolist(), counted.counts.tolist()
    (['电商', '平台'], [2, 1], [2, 1, 1])
    """
    index: dict[str, int] = {}
    sizes, ids, counts = [], [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for words in documents:
        numbers = np.fromiter((index.setdefault(word, len(index)) for word in words), np.int32)
        distinct, occurrences = np.unique(numbers, return_counts=True)
        sizes.append(len(distinct))
        ids.append(distinct)
        counts.append(occurrences.astype(np.int32))
    return TermCounts(list(index), np.array(sizes, np.int32), np.concatenate(ids), np.concatenate(counts))


class TermSpool:
    """The word counts of a whole corpus: vocabulary and totals in memory, counts per document on disk."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}
        self._file = tempfile.TemporaryFile(prefix="corpus_db-")  # noqa: SIM115 -- lives as long as the spool
        self._sizes: list[Ints] = []  # distinct words per document, one array per batch
        self._groups: list[tuple[int | None, str | None]] = []  # year and site of each document

    def add(self, batch: TermCounts, groups: Iterable[tuple[int | None, str | None]]) -> None:
        """Add the counts of a batch; `groups` are the year and site of each of its documents."""
        index = self._index
        known = np.fromiter((index.setdefault(word, len(index)) for word in batch.vocabulary), np.int32)
        pairs = np.empty((len(batch.ids), 2), np.int32)
        if len(batch.ids):
            pairs[:, 0] = known[batch.ids]
            pairs[:, 1] = batch.counts
        self._file.write(pairs.tobytes())
        self._sizes.append(batch.documents)
        self._groups.extend(groups)

    def __len__(self) -> int:
        return len(self._groups)

    def _documents(self) -> Iterator[tuple[Ints, Ints]]:
        """(ids, counts) of each document, in order."""
        self._file.seek(0)
        for sizes in self._sizes:
            pairs = np.frombuffer(self._file.read(8 * int(sizes.sum())), np.int32).reshape(-1, 2)
            for document in np.split(pairs, np.cumsum(sizes)[:-1]) if len(sizes) else ():
                yield document[:, 0], document[:, 1]

    def totals(self) -> Totals:
        """Sums over the corpus, and the dispersion of every word. Two passes over the spool."""
        size = len(self._index)
        occurrences, articles = np.zeros(size, np.int64), np.zeros(size, np.int64)
        first, last = np.full(size, 9999, np.int32), np.zeros(size, np.int32)
        for (ids, counts), (year, _) in zip(self._documents(), self._groups, strict=True):
            occurrences[ids] += counts
            articles[ids] += 1
            if year is not None:
                first[ids] = np.minimum(first[ids], year)
                last[ids] = np.maximum(last[ids], year)
        return Totals(occurrences, articles, first, last, self._dispersion(occurrences))

    def _dispersion(self, occurrences: npt.NDArray[np.int64]) -> Floats:
        """Deviation of proportions, DP = 1 - sum(min(v, s)): v a word's share of its occurrences that an article
        holds, s the article's share of the corpus (Gries 2008, doi:10.1075/ijcl.13.4.02gri; this form follows from
        sum(v) = sum(s) = 1)."""
        total = max(1, int(occurrences.sum()))
        shared = np.zeros(len(occurrences))
        for ids, counts in self._documents():
            shared[ids] += np.minimum(counts / occurrences[ids], counts.sum() / total)
        return 1 - shared

    def terms(self, totals: Totals, pos: Callable[[str], str | None]) -> Iterator[tuple[object, ...]]:
        """Rows of `terms`, in the order of their words."""
        for term in sorted(self._index):
            i = self._index[term]
            years = (int(totals.first[i]), int(totals.last[i])) if totals.last[i] else (None, None)
            dispersion = round(max(0.0, float(totals.dispersion[i])), 6)
            yield term, pos(term), int(totals.occurrences[i]), int(totals.articles[i]), *years, dispersion

    def by_year(self) -> Iterator[tuple[str, int, int, int]]:
        """Rows of `term_years`: term, year, occurrences, articles; articles of unknown year are left out."""
        return self._by([year for year, _ in self._groups])

    def by_site(self) -> Iterator[tuple[str, str, int, int]]:
        """Rows of `term_sites`: term, site, occurrences, articles; articles of unknown site are left out."""
        return self._by([site for _, site in self._groups])

    def _by(self, labels: Sequence[Any]) -> Iterator[tuple[str, Any, int, int]]:
        words, names = list(self._index), sorted({label for label in labels if label is not None})
        number = {name: i for i, name in enumerate(names)}
        sums = _Sums()
        for (ids, counts), label in zip(self._documents(), labels, strict=True):
            if label is not None:
                sums.add(ids.astype(np.int64) * len(names) + number[label], counts)
        rows = (
            (words[key // len(names)], names[key % len(names)], occurrences, articles)
            for key, occurrences, articles in zip(*map(np.ndarray.tolist, sums.totals()), strict=True)
        )
        return iter(sorted(rows))

    def telling(self, totals: Totals, wanted: Callable[[str], bool], n: int) -> Iterator[dict[str, int]]:
        """Word → occurrences of the `n` words of each document with the highest TF-IDF, of those that are `wanted`."""
        words = list(self._index)
        weights = np.log((len(self) + 1) / (totals.articles + 0.5))
        weights[~np.fromiter(map(wanted, words), np.bool_, len(words))] = -1
        for ids, counts in self._documents():
            scores = (1 + np.log(counts)) * weights[ids]
            best = np.lexsort((ids, -scores))[:n]
            best = best[scores[best] > 0]
            yield dict(zip([words[i] for i in ids[best].tolist()], counts[best].tolist(), strict=True))

    def frequencies(self, totals: Totals) -> dict[str, int]:
        """Word → documents it occurs in."""
        return dict(zip(self._index, totals.articles.tolist(), strict=True))


class _Sums:
    """Occurrences and articles by key, reduced whenever enough has come in: memory follows the distinct keys."""

    _REDUCE_AT = 1 << 21

    def __init__(self) -> None:
        self._waiting: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]] = []
        self._size = 0

    def add(self, keys: npt.NDArray[np.int64], counts: Ints) -> None:
        self._waiting.append((keys, counts.astype(np.int64), np.ones(len(keys), np.int64)))
        self._size += len(keys)
        if self._size >= self._REDUCE_AT:
            self._waiting = [self.totals()]
            self._size = (
                len(self._waiting[0][0]) // 2
            )  # half: a table of many keys is not sorted anew for each few more

    def totals(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Keys, ascending, with the sum of occurrences and of articles of each."""
        if not self._waiting:
            return (np.empty(0, np.int64),) * 3
        keys, counts, ones = (np.concatenate(column) for column in zip(*self._waiting, strict=True))
        distinct, where = np.unique(keys, return_inverse=True)
        return distinct, _grouped(where, counts, len(distinct)), _grouped(where, ones, len(distinct))


def _grouped(where: npt.NDArray[np.int64], values: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.int64]:
    return np.bincount(where, weights=values, minlength=size).astype(np.int64)


class Totals(NamedTuple):
    """Sums over a corpus, as arrays parallel to its vocabulary."""

    occurrences: npt.NDArray[np.int64]
    articles: npt.NDArray[np.int64]
    first: Ints
    last: Ints  # 0: no dated article has the word
    dispersion: Floats
