"""Words in an update: `terms`, `term_years`, `term_sites` and keywords, written anew where they are others than before.

What is counted of each portion was kept by the numbers of words. So all sums are made again, by array operations, and
compared with those that the file was written from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from corpus_db.analysis.keyword_order import Order, order, unsettled
from corpus_db.analysis.keywords import choose, described, rarity
from corpus_db.analysis.terms import Group, TermSpool, rarities, telling, term_rows
from corpus_db.analysis.vocabulary import Known
from corpus_db.analysis.word_counts import Counted, TermCounts
from corpus_db.naming import CANDIDATES, REMEMBERED
from corpus_db.standing import ORDER, WHOLE, WORDS, KnownWords, Left, longer, padded
from corpus_db.store import json_list
from corpus_db.text.arrays import Floats, Ints, Ints32

if TYPE_CHECKING:
    from corpus_db.amended import Amended
    from corpus_db.renaming import KeptPortion, Renamed


class Rewording:
    """The words of the corpus as they were, and, portion by portion in input order, as they are."""

    def __init__(self, before: KnownWords) -> None:
        self._before = before
        self._known = Known(before.words)
        self._spool, self._change = TermSpool(self._known), TermSpool(self._known)
        self._wanted = before.wanted

    def stay(self, counted: Counted, groups: list[Group]) -> None:
        """Hear the next portion, one that stays."""
        self._spool.add_counted(counted, groups)

    def come(self, counts: TermCounts, groups: list[Group]) -> Counted:
        """Hear the next portion, one that is new; its counts by number."""
        counted = self._spool.add(counts, groups)
        self._change.add_counted(counted, groups)
        return counted

    def leave(self, counted: Counted, groups: list[Group]) -> None:
        """Hear of a portion that has left."""
        self._change.add_counted(counted._replace(counts=-counted.counts), groups)

    def sum_up(self) -> None:
        """Make the sums."""
        self._words = self._spool.words()
        self._by_place = self._spool.totals()
        self._totals = self._by_place.at(self._words.places)  # by number

    def write(self, store: Amended, pool: Executor) -> None:
        """Write the rows of the three tables that differ."""
        (words, places), before = self._words, padded(self._before.totals, len(self._words.places))
        differs = np.any([new != old for new, old in zip(self._totals, before, strict=True)], axis=0)
        were, are = before.articles > 0, self._totals.articles > 0
        new = np.flatnonzero(are & ~were)
        store.set_terms(term_rows(words, places[differs & were & are], self._by_place, lambda _: None))
        store.insert("terms", term_rows(words, places[new], self._by_place, self._describe(new, pool).get))
        store.drop_terms(words.at(places[were & ~are]))
        store.add_counts("term_years", self._change.by_year())
        store.add_counts("term_sites", self._change.by_site())

    def _describe(self, new: Ints, pool: Executor) -> dict[str, str | None]:
        """The parts of speech of words that are new; note which of them may be keywords."""
        self._wanted = longer(self._wanted, len(self._words.places))
        if not len(new):
            return {}
        named = self._words.words.at(self._words.places[new])
        found = pool.submit(described, named).result()  # there the dictionary is loaded
        self._wanted[new] = [may_be for _, may_be in found]
        return {word: part for word, (part, _) in zip(named, found, strict=True)}

    def write_keywords(
        self,
        store: Amended,
        portions: Iterable[KeptPortion],
        renamed: Renamed,
        order_of: Callable[[bytes], Order | None],
        left: Left,
    ) -> None:
        """Write the keywords of articles that have others, and leave to the next build what they were chosen by.

        `order_of` tells of a portion, by its key, what its keywords were chosen by; None: it is new.
        """
        named = self._named(store, renamed.names)
        articles = longer(self._totals.articles, len(named))
        before, after = self._rarities(before=True, named=named), self._rarities(before=False, named=named)
        places, documents = self._words.places, len(self._spool)
        weights = np.where(self._wanted, rarities(self._totals.articles, documents), -1)[np.argsort(places)]

        @lru_cache(REMEMBERED)
        def rarity_of(name: str) -> float:
            number = self._known.number(name)
            assert number is not None
            return rarity(int(articles[number] or named[number]), documents)

        for (key, ids, _), counted in zip(portions, self._spool.numbered(), strict=True):
            known = order_of(key)
            if known is None:
                asked = np.ones(len(ids), np.bool_)
            else:
                asked = unsettled(counted, known, before, after, self._wanted)
                asked |= np.fromiter((article in renamed.articles for article in ids), np.bool_, len(ids))
            if known is not None and not asked.any():
                continue
            some, chosen = counted.some(asked), []
            words = telling(self._words.words, some._replace(ids=places[some.ids]), weights, CANDIDATES)
            for place, of_article in zip(np.flatnonzero(asked).tolist(), words, strict=True):
                chosen.append(choose(of_article, store.mentions(ids[place]), rarity_of))
                store.set_keywords_of(ids[place], json_list(chosen[-1].words))
            found = order(some, chosen, self._known.numbers, CANDIDATES)
            left.add(key, ORDER, found if known is None else known.replaced(asked, found))
        self._leave(left, named)

    def _named(self, store: Amended, names: Iterable[str]) -> Ints32:
        """By number, how many articles name an entity so; `names` are those that may be named by more or fewer now."""
        ordered = sorted(names)
        numbers = self._known.numbers(ordered)
        named = longer(self._before.named, self._known.size)
        named[numbers] = [store.articles_with(name) for name in ordered]
        return named

    def _rarities(self, *, before: bool, named: Ints32) -> Floats:
        """How rare each word or name is, by number: as it was, or as it is."""
        totals, documents = (
            (self._before.totals, self._before.documents) if before else (self._totals, len(self._spool))
        )
        known = longer(self._before.named, len(named)) if before else named
        articles = longer(totals.articles, len(named))
        return rarities(np.clip(np.where(articles > 0, articles, known), 1, documents), documents)

    def _leave(self, left: Left, named: Ints32) -> None:
        size = self._known.size
        totals, wanted = padded(self._totals, size), longer(self._wanted, size)
        known = KnownWords(self._known.settled(), totals, wanted, longer(named, size), len(self._spool))
        left.add(WHOLE, WORDS, known)
