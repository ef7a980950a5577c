"""What follows from all documents together: words of the corpus, keywords, names, similar articles."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus_db import naming
from corpus_db.analysis import spelt
from corpus_db.analysis.decisions import Decisions
from corpus_db.analysis.evidence import Evidence
from corpus_db.analysis.index_statistics import IndexStatistics
from corpus_db.analysis.keywords import Chosen, is_keyword
from corpus_db.analysis.lexicon import load as lexicon
from corpus_db.analysis.reprints import REPEATING, Fingerprints, Pair, both, compared, originals
from corpus_db.analysis.terms import TermSpool, Totals
from corpus_db.naming import Shown
from corpus_db.pieces import AHEAD, Aside
from corpus_db.prepared import HASHED, NAMES, TOLD
from corpus_db.spool import Spool, in_order
from corpus_db.standing import EVIDENCE, STATISTICS, WHOLE, Left, Presence, Statistics
from corpus_db.text.arrays import Ints
from corpus_db.text.bigrams import char_kinds
from corpus_db.text.fold import fold_table
from corpus_db.text.segment import dictionary

if TYPE_CHECKING:
    from corpus_db.calls import Result
    from corpus_db.prepared import Context, Told
    from corpus_db.store import Store
    from corpus_db.work import Work

_PAIRS = 200  # pairs of articles that are one piece of work


class Corpus:
    """What the writer hears of every portion and needs at the end; memory is bounded, whatever the text."""

    def __init__(self) -> None:
        self.statistics = IndexStatistics()
        self.chars = Presence()
        self.terms = TermSpool()
        self.fingerprints = Fingerprints()
        self.evidence = Evidence()
        self.shown: Spool[Shown] = Spool()  # of each portion
        self.candidates: Spool[Ints] = Spool()  # pairs of articles (`Fingerprints.sharing`), some at a time

    def add(self, result: Result, articles: Sequence[int]) -> None:
        """Hear a portion (`prepared.PreparedPortion`), whose articles have those ids."""
        told: Told = result.part(TOLD)
        self.statistics.merge(told.statistics)
        self.chars.add(told.chars)
        if told.facts is None:
            return
        self.shown.add(Shown(result.part(NAMES), articles))
        self.fingerprints.add(result.part(HASHED).fingerprints)
        self.terms.add(told.facts.terms, told.facts.groups)
        self.evidence.merge(told.facts.evidence)

    def let_go(self) -> None:
        """Hold no words and names in memory, where they are many: copies of this process would hold them for good."""
        self.terms.let_go()
        self.evidence.let_go()


def conclude(store: Store, corpus: Corpus, work: Work, left: Left | None) -> naming.Choice | None:
    """Write the tables that need the whole corpus; what can be done piece by piece is done by the crew, meanwhile.

    `left` takes what the next build needs to know, but for the words, which may be left later: what they were chosen from
    is given back. None: the words were not counted.
    """
    context, crew, progress = work.context, work.crew, work.progress
    progress.stage("index", None)
    store.let_go()
    corpus.let_go()
    with crew.knowing(None) as helpers:
        totals = search_tables(store, corpus, context, helpers.pool)
    if left is not None:
        left.add(WHOLE, STATISTICS, Statistics(corpus.statistics, corpus.chars))
    if len(store.ids) <= spelt.MAX_TITLES:
        store.add_spellings(spelt.of_titles(store.titles()))
    if totals is None:
        return None
    progress.stage("words, reprints", None)
    store.let_go()
    with crew.knowing(None) as helpers:  # others, who do not hold what the index took
        _compare(store, corpus, totals, helpers.pool)
    progress.stage("names", None)
    named = naming.decide(store, corpus.shown, crew, _settled(corpus, context, left))
    progress.stage("keywords", None)
    chosen = Spool[list[Chosen]]() if left is not None else None
    choice = naming.Choice(corpus.terms, totals, corpus.terms.wanted(is_keyword), chosen)
    naming.describe(store, named, choice, crew)
    return choice


def _compare(store: Store, corpus: Corpus, totals: Totals, pool: Executor) -> None:
    """Compare articles that may share text, and write the words of the corpus meanwhile."""
    for pairs in corpus.fingerprints.sharing():
        corpus.candidates.add(pairs)
    corpus.fingerprints = Fingerprints()  # they have done their work
    with comparing(store, corpus.candidates, pool) as aside:
        terms(store, corpus.terms, totals, aside)
        _similar(store, aside)


def _settled(corpus: Corpus, context: Context, left: Left | None) -> Decisions:
    """What names mean. The evidence, which is large, has then done its work."""
    known = lexicon(context.lexicon)
    whole = corpus.evidence.whole(known)
    corpus.evidence = Evidence()
    if left is not None:
        left.add(WHOLE, EVIDENCE, whole)
    return whole.settle(known)


def search_tables(store: Store, corpus: Corpus, context: Context, pool: Executor) -> Totals | None:
    """Finish the index, and write what search needs to know of the corpus; the sums over its words."""
    with store.indexing(pool):
        folds, kinds, chars = fold_rows(corpus.chars), char_kinds(), corpus.statistics.char_rows()
        totals = corpus.terms.totals() if context.analyse else None
    store.replace("folds", folds)
    store.replace("char_kinds", kinds)
    store.replace("lexicon_words", ((word,) for word in sorted(context.lexicon_words)))
    store.replace("char_stats", chars)
    store.replace("common_tokens", store.common_tokens())
    return totals


def fold_rows(chars: Container[str]) -> list[tuple[str, str, bool]]:
    """The rows of `folds`; `chars` are those that occur."""
    return sorted((char, folded, char in chars) for char, folded in fold_table())


def terms(store: Store, spool: TermSpool, totals: Totals, aside: Aside[Any, Any]) -> None:
    """Write the words of the corpus, and keep at it those who work `aside`."""
    rows = spool.rows(totals, dictionary().get)
    store.replace("terms", aside.beside(rows.terms))
    store.replace("term_years", aside.beside(rows.by_year))
    store.replace("term_sites", aside.beside(rows.by_site))


def comparing(store: Store, candidates: Iterable[Ints], pool: Executor) -> Aside[Any, list[Pair]]:
    """The comparison of pairs of articles (`Fingerprints.sharing`), which are numbered from 0 in input order."""

    def submit(piece: list[int]) -> Future[list[Pair]]:
        numbers = sorted({number for pair in piece for number in both(pair)})
        return pool.submit(compared, {number: store.body(number) for number in numbers}, piece)

    some = (pairs[start : start + _PAIRS].tolist() for pairs in candidates for start in range(0, len(pairs), _PAIRS))
    return Aside(submit, some, ahead=AHEAD)


def id_pairs(store: Store, pairs: Ints) -> Ints:
    """``first << 32 | second``, numbers of articles, → the same of their ids."""
    ids = np.array(store.ids, np.int64)
    paired: Ints = ids[pairs >> 32] << 32 | ids[pairs & 0xFFFFFFFF]
    return paired


def _similar(store: Store, compared: Aside[Any, list[Pair]]) -> None:
    """Write the pairs of articles that share text."""

    def pairs() -> Iterator[Pair]:
        return chain.from_iterable(compared.results())

    store.insert("similar", in_order(similar_rows(store, pairs())))
    repeating = ((pair.first, pair.second) for pair in pairs() if pair.relation in REPEATING)
    set_reprints(store, repeating)


def set_reprints(store: Store, pairs: Iterable[tuple[int, int]]) -> None:
    """Write which articles repeat which; `pairs` are the numbers of those of which one repeats the other."""
    found = originals(pairs, store.published)
    store.set_reprints((store.ids[number], store.ids[first]) for number, first in found.items())


def similar_rows(store: Store, pairs: Iterable[Pair]) -> Iterator[tuple[object, ...]]:
    """The rows of `similar`: each pair both ways."""
    for pair in pairs:
        a, b = store.ids[pair.first], store.ids[pair.second]
        yield a, b, pair.score, pair.relation, pair.start, pair.end, pair.other_start
        yield b, a, pair.score, pair.relation, pair.other_start, pair.other_end, pair.start
