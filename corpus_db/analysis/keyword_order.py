"""What the keywords of articles were chosen by, kept from build to build → the articles whose keywords may have changed.

Each change of a corpus makes every word a little rarer or commoner, but hardly changes the keywords of any article. They
were chosen by an order of weights: where those that decided are still in the same order, the article keeps its keywords.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.keywords import COUNT, NAME_WEIGHT, Chosen
from corpus_db.analysis.word_counts import Counted
from corpus_db.text.arrays import Bools, Floats, Ints32


class Order(NamedTuple):
    """Of some documents, by the numbers of words; names have numbers among them."""

    chosen: Ints32  # a row of COUNT for each document: its keywords, best first; -1: it has fewer
    times: Ints32  # likewise: how often they stand in it; those that were chosen as names: times -1
    names: Ints32  # that might have been chosen, of each document the most telling first
    name_times: Ints32  # how often each of them stands in it
    sizes: Ints32  # number of names of each document
    again: Bools  # documents whose keywords must be chosen again whatever has changed

    def replaced(self, documents: Bools, other: Order) -> Order:
        """With what is known of some of the documents now: `other` is of them alone."""
        names, name_times = self._by_document(self.names), self._by_document(self.name_times)
        others = other._by_document(other.names), other._by_document(other.name_times)
        for place, of_names, of_times in zip(np.flatnonzero(documents).tolist(), *others, strict=True):
            names[place], name_times[place] = of_names, of_times
        return Order(
            _with(self.chosen, documents, other.chosen),
            _with(self.times, documents, other.times),
            np.concatenate(names),
            np.concatenate(name_times),
            _with(self.sizes, documents, other.sizes),
            _with(self.again, documents, other.again),
        )

    def _by_document(self, column: Ints32) -> list[Ints32]:
        return np.split(column, np.cumsum(self.sizes))[:-1]


def order(
    counted: Counted, chosen: Sequence[Chosen], numbers: Callable[[Iterable[str]], Ints32], candidates: int
) -> Order:
    """What the keywords of documents were chosen by, of no more than so many `candidates` each."""
    sizes = np.fromiter((len(one.names) for one in chosen), np.int32, len(chosen))
    words = np.full((len(chosen), COUNT), -1, np.int32)
    times = np.ones((len(chosen), COUNT), np.int32)
    kept = np.arange(COUNT) < np.array([len(one.words) for one in chosen], np.int32).reshape(-1, 1)
    words[kept] = numbers(chain.from_iterable(one.words for one in chosen))
    named = (dict(one.names) for one in chosen)
    times[kept] = [-of.get(word, 0) for one, of in zip(chosen, named, strict=True) for word in one.words]
    document, place = np.nonzero(kept & (times == 0))
    keys = counted.of_documents().astype(np.int64) << 32 | counted.ids
    in_order = np.argsort(keys)
    found = np.searchsorted(keys, document.astype(np.int64) << 32 | words[document, place], sorter=in_order)
    times[document, place] = counted.counts[in_order[found]]
    names = list(chain.from_iterable(one.names for one in chosen))
    return Order(
        words,
        times,
        numbers(name for name, _ in names),
        np.fromiter((n for _, n in names), np.int32, len(names)),
        sizes,
        np.fromiter((one.exhausted for one in chosen), np.bool_, len(chosen)) & (counted.documents > candidates),
    )


def unsettled(counted: Counted, known: Order, before: Floats, after: Floats, wanted: Bools) -> Bools:
    """Which of the documents may have other keywords, now that the rarity of words, by number, is another.

    `wanted` are the words that may be keywords. The keywords stay where these three stay: their own order, that of the
    names, and which words and names score more than the last of them.
    """
    documents = len(known.sizes)
    found = known.again.copy()
    if not documents:
        return found
    there = known.chosen >= 0
    factors = _factors(known.times)
    of_name = np.repeat(np.arange(documents), known.sizes)
    names = _factors(-known.name_times)
    of_word, words = counted.of_documents(), 1 + np.log(counted.counts)
    full = there[:, -1]
    asked = wanted[counted.ids] & full[of_word]
    of_word, words, ids = of_word[asked], words[asked], counted.ids[asked]
    signs = []
    for rarity in (before, after):
        scores = factors * rarity[known.chosen]
        of_names = names * rarity[known.names]
        last = scores[:, -1]
        signs.append(
            (
                np.sign(scores[:, :-1] - scores[:, 1:]) * there[:, 1:],
                np.sign(np.diff(of_names)) * (np.diff(of_name) == 0),
                np.sign(of_names - last[of_name]) * full[of_name],
                np.sign(words * rarity[ids] - last[of_word]),
            )
        )
    own, between, above, words_above = (one != other for one, other in zip(*signs, strict=True))
    found |= own.any(axis=1)
    found[of_name[1:][between]] = True
    found[of_name[above]] = True
    found[of_word[words_above]] = True
    return found


def _with(column: npt.NDArray[Any], documents: Bools, new: npt.NDArray[Any]) -> npt.NDArray[Any]:
    changed = column.copy()
    changed[documents] = new
    return changed


def _factors(times: Ints32) -> Floats:
    """What the rarity of words is multiplied by, that stand so often in a document; of names, times -1."""
    factors: Floats = (1 + np.log(np.abs(times))) * np.where(times < 0, NAME_WEIGHT, 1.0)
    return factors
