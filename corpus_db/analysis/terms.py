"""Word counts of documents → the tables `terms`, `term_years`, `term_sites`.

A worker counts the words of a portion against a vocabulary of that portion alone (`TermCounts`); the writer joins the
vocabularies and spools the counts to disk (`TermSpool`): of the vocabulary, memory holds some sums and 20 bytes a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.sorted_rows import SortedRows, summed
from corpus_db.analysis.strings import Strings
from corpus_db.analysis.vocabulary import Known, Vocabulary, Words
from corpus_db.analysis.word_counts import Counted, CountSpool, TermCounts
from corpus_db.text.arrays import Bools, Floats, Ints, Ints32

Group = tuple[int | None, str | None]  # year and site of a document
_SLICE = 1 << 14  # rows that are made at a time


class TermSpool:
    """The word counts of a whole corpus: sums in memory, counts per document and, where they are many, words on disk."""

    def __init__(self, known: Known | None = None) -> None:
        """`known` are the words of an earlier build."""
        self._met: Vocabulary | Known = known or Vocabulary()
        self._settled: Words | None = None
        self._counts = CountSpool()
        self._groups: list[Group] = []  # of each document
        self._same: dict[Group, Group] = {}  # one object for each group

    def add(self, portion: TermCounts, groups: Iterable[Group]) -> Counted:
        """Add the counts of a portion, and the group of each of its documents; the same counts by the words' numbers."""
        known = self._met.numbers(portion.words.split("\n")[:-1])
        counted = Counted(portion.documents, known[portion.ids] if len(portion.ids) else portion.ids, portion.counts)
        self.add_counted(counted, groups)
        return counted

    def add_counted(self, counted: Counted, groups: Iterable[Group]) -> None:
        """Add counts by the numbers of words that are known."""
        self._counts.add(counted)
        self._groups.extend(self._same.setdefault(group, group) for group in groups)
        self._settled = None

    def let_go(self) -> None:
        """Hold no words in memory, where they are many."""
        self._met.let_go()

    def __len__(self) -> int:
        return len(self._groups)

    def words(self) -> Words:
        """The vocabulary; a word's id is its place in it."""
        if self._settled is None:
            self._settled = self._met.settled()
        return self._settled

    def portions(self) -> Iterator[tuple[Counted, list[Group]]]:
        """The portions, as they came, by the ids of words, with the groups of their documents."""
        start, places = 0, self.words().places
        for portion in self._counts.portions():
            end = start + len(portion.documents)
            yield portion._replace(ids=places[portion.ids]), self._groups[start:end]
            start = end

    def numbered(self) -> Iterator[Counted]:
        """The portions, as they came, by the numbers of words."""
        return self._counts.portions()

    def _large(self) -> Iterator[tuple[Ints32, Ints32, Ints32, int]]:
        """(ids, counts, distinct words of each document, number of the first document) of several portions at a time."""
        start, places = 0, self.words().places
        for sizes, numbers, counts in self._counts.large():
            yield places[numbers], counts, sizes, start
            start += len(sizes)

    def totals(self) -> Totals:
        """Sums over the corpus, and the dispersion of every word. Two passes over the spool."""
        size = len(self.words().words)
        occurrences, articles = np.zeros(size, np.int64), np.zeros(size, np.int64)
        first, last = np.full(size, 9999, np.int32), np.zeros(size, np.int32)
        years = np.array([year or 0 for year, _ in self._groups], np.int32)
        for ids, counts, sizes, start in self._large():
            _sum(occurrences, ids, counts)
            _sum(articles, ids, np.ones(len(ids), np.int32))
            year = np.repeat(years[start : start + len(sizes)], sizes)
            dated = year > 0
            np.minimum.at(first, ids[dated], year[dated])
            np.maximum.at(last, ids[dated], year[dated])
        return Totals(occurrences, articles, first * (last > 0), last, self._dispersion(occurrences))

    def _dispersion(self, occurrences: Ints) -> Floats:
        """Deviation of proportions, DP = 1 - sum(min(v, s)): v a word's share of its occurrences that an article
        holds, s the article's share of the corpus (Gries 2008, doi:10.1075/ijcl.13.4.02gri; this form follows from
        sum(v) = sum(s) = 1). To six places."""
        total = max(1, int(occurrences.sum()))
        shared: Floats = np.zeros(len(occurrences))
        for ids, counts, sizes, _ in self._large():
            lengths = np.add.reduceat(np.append(counts, 0), np.cumsum(sizes) - sizes) * (sizes > 0)  # words of each
            share = np.repeat(lengths / total, sizes)
            _sum(shared, ids, np.minimum(counts / occurrences[ids], share))
        return np.maximum(1 - shared, 0).round(6)

    def rows(self, totals: Totals, pos: Callable[[str], str | None]) -> TermRows:
        """The rows of all three tables, in the order of their words; articles of unknown year or site are left out."""
        return TermRows(
            term_rows(self.words().words, np.arange(len(totals.articles)), totals, pos), self.by_year(), self.by_site()
        )

    def by_year(self) -> Iterator[tuple[str, int, int, int]]:
        """Word, year, occurrences and articles, in that order."""
        return self._by([year for year, _ in self._groups])

    def by_site(self) -> Iterator[tuple[str, str, int, int]]:
        """Word, site, occurrences and articles, in that order."""
        return self._by([site for _, site in self._groups])

    def _by(self, labels: Sequence[Any]) -> Iterator[tuple[str, Any, int, int]]:
        """Rows by word and label, both ascending. One pass over the spool. Negative counts are taken off."""
        words = self.words().words
        names = sorted({label for label in labels if label is not None})
        number = {name: i for i, name in enumerate(names)}
        columns = np.fromiter((number.get(label, -1) for label in labels), np.int64, len(labels))
        sums = SortedRows(np.int64, np.int64, np.int32, join=summed)
        for ids, counts, sizes, start in self._large():
            column = np.repeat(columns[start : start + len(sizes)], sizes)
            wanted = column >= 0
            ids, column, counts = ids[wanted], column[wanted], counts[wanted]
            sums.add(ids * np.int64(len(names)) + column, counts, np.sign(counts))
        for rows in sums.stretches():
            for keys, occurrences, articles in _slices(*rows):
                of_word, of_label = divmod(keys, max(1, len(names)))
                of_name = map(names.__getitem__, of_label.tolist())
                yield from zip(words.at(of_word), of_name, occurrences.tolist(), articles.tolist(), strict=True)

    def wanted(self, test: Callable[[str], bool]) -> Bools:
        """Of each word, whether it passes a test."""
        words = self.words().words
        return np.fromiter(map(test, words), np.bool_, len(words))

    def weights(self, totals: Totals, wanted: Bools) -> Floats:
        """Of each word how rare it is, as `telling` takes it; of those that are not `wanted`, -1."""
        weights: Floats = np.where(wanted, rarities(totals.articles, len(self)), -1)
        return weights

    def frequency(self, totals: Totals, word: str) -> int:
        """How many documents `word` occurs in."""
        place = self.words().words.find(word)
        return 0 if place is None else int(totals.articles[place])


class TermRows(NamedTuple):
    """The rows of `terms`, `term_years` and `term_sites`, to be taken one table after the other."""

    terms: Iterator[tuple[object, ...]]
    by_year: Iterator[tuple[str, int, int, int]]
    by_site: Iterator[tuple[str, str, int, int]]


def term_rows(
    words: Strings, places: npt.NDArray[np.integer], totals: Totals, pos: Callable[[str], str | None]
) -> Iterator[tuple[object, ...]]:
    """The rows of `terms` of the words at some places; `pos` is asked for the part of speech."""
    for some in (places[start : start + _SLICE] for start in range(0, len(places), _SLICE)):
        named = words.at(some)
        occurrences, articles, first, last, dispersion = (column[some].tolist() for column in totals)
        years = ([year or None for year in column] for column in (first, last))
        yield from zip(named, map(pos, named), occurrences, articles, *years, dispersion, strict=True)


def telling(words: Strings, counted: Counted, weights: Floats, n: int) -> Iterator[dict[str, float]]:
    """Word → TF-IDF of the `n` words of each document where that is highest, of equal ones the first in the order of their
    characters; those of negative weight are left out. `words` are in the order of their ids.
    """
    scores = (1 + np.log(counted.counts)) * weights[counted.ids]
    kept = scores > 0
    document, ids, scores = counted.of_documents()[kept], counted.ids[kept], scores[kept]
    order = np.lexsort((ids, -scores, document))
    starts = np.searchsorted(document, np.arange(len(counted.documents) + 1)).tolist()
    for start, end in pairwise(starts):
        best = order[start : min(end, start + n)]
        yield dict(zip(words.at(ids[best]), scores[best].tolist(), strict=True))


def rarities(articles: npt.NDArray[np.integer], documents: int) -> Floats:
    """Inverse document frequency of what stands in so many of all documents: `keywords.rarity` of many at once."""
    weights: Floats = np.log((documents + 1) / (articles + 0.5))
    return weights


def _slices(*columns: npt.NDArray[Any]) -> Iterator[tuple[npt.NDArray[Any], ...]]:
    """Parallel arrays in slices small enough to be made into Python's numbers."""
    for start in range(0, len(columns[0]), _SLICE):
        yield tuple(column[start : start + _SLICE] for column in columns)


def _sum(totals: npt.NDArray[Any], ids: Ints32, values: npt.NDArray[Any]) -> None:
    """Add `values` to `totals` at `ids`, where an id may come again."""
    totals += np.bincount(ids, weights=values, minlength=len(totals)).astype(totals.dtype)


class Totals(NamedTuple):
    """Sums over a corpus, as arrays parallel to its words in order."""

    occurrences: Ints
    articles: Ints
    first: Ints32
    last: Ints32  # 0: no dated article has the word
    dispersion: Floats

    def at(self, places: npt.NDArray[np.integer]) -> Totals:
        """Those of words at some places."""
        occurrences, articles, first, last, dispersion = self
        return Totals(occurrences[places], articles[places], first[places], last[places], dispersion[places])
