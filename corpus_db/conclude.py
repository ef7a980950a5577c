"""What follows from all documents together: words of the corpus, keywords, names, similar articles."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from itertools import chain
from typing import TYPE_CHECKING, Any

from corpus_db import naming
from corpus_db.analysis import spelt
from corpus_db.analysis.evidence import Evidence
from corpus_db.analysis.index_statistics import IndexStatistics
from corpus_db.analysis.lexicon import load as lexicon
from corpus_db.analysis.reprints import Fingerprints, Pair, compared, originals
from corpus_db.analysis.terms import TermSpool, Totals
from corpus_db.executors import AHEAD, Aside, pieces
from corpus_db.records import Reject
from corpus_db.spool import Spool, in_order
from corpus_db.text.bigrams import char_kinds
from corpus_db.text.fold import fold_table
from corpus_db.text.segment import dictionary, segmenter

if TYPE_CHECKING:
    from corpus_db.prepare import Batch, Context, Rows
    from corpus_db.store import Store

_PAIRS = 200  # pairs of articles that are one piece of work


class Corpus:
    """What the writer hears of every batch and needs at the end; memory is bounded, whatever the text."""

    def __init__(self) -> None:
        self.statistics = IndexStatistics()
        self.chars: set[str] = set()
        self.terms = TermSpool()
        self.fingerprints = Fingerprints()
        self.evidence = Evidence()
        self.names: Spool[Rows] = Spool()

    def add(self, batch: Batch) -> None:
        """Hear a batch."""
        self.statistics.merge(batch.statistics)
        self.chars.update(batch.chars)
        if batch.terms is None or batch.evidence is None:
            return
        groups, fingerprints = [], []
        for document in batch.documents:
            if isinstance(document, Reject) or document.analysed is None:
                continue
            article, found = document.article, document.analysed
            when = article.published or found.estimate.published
            groups.append((int(when[:4]) if when else None, article.site))
            fingerprints.append(found.fingerprints)
            self.names.add(found.names)
        self.fingerprints.add(fingerprints)
        self.terms.add(batch.terms, groups)
        self.evidence.merge(batch.evidence)


def conclude(store: Store, corpus: Corpus, context: Context, pool: Executor) -> None:
    """Write the tables that need the whole corpus; what can be done piece by piece is done by `pool`, meanwhile."""
    with store.merging():
        folds = [(char, folded, char in corpus.chars) for char, folded in fold_table()]
        kinds, chars = char_kinds(), corpus.statistics.char_rows()
        common = corpus.statistics.token_rows(segmenter(context.lexicon_words).cut)
        totals = corpus.terms.totals()
    store.insert("folds", folds)
    store.insert("char_kinds", kinds)
    store.insert("lexicon_words", ((word,) for word in context.lexicon_words))
    store.insert("char_stats", chars)
    store.insert("common_tokens", common)
    if store.articles <= spelt.MAX_TITLES:
        store.add_spellings(spelt.of_titles(store.titles()))
    if context.analyse:
        with _comparing(store, corpus.fingerprints, pool) as comparing:
            _terms(store, corpus.terms, totals)
            decided = naming.decide(store, comparing.beside(corpus.names), corpus.evidence, lexicon(context.lexicon))
            corpus.evidence = Evidence()  # it is large, and has done its work
            _similar(store, comparing)
        naming.write(store, decided, corpus.terms, totals, pool)


def _terms(store: Store, spool: TermSpool, totals: Totals) -> None:
    """Write the words of the corpus."""
    rows = spool.rows(totals, dictionary().get)
    store.insert("terms", rows.terms)
    store.insert("term_years", rows.by_year)
    store.insert("term_sites", rows.by_site)


def _comparing(store: Store, fingerprints: Fingerprints, pool: Executor) -> Aside[Any, list[Pair]]:
    """The comparison of all articles that may share text; numbered from 0 there, their ids count from 1."""

    def submit(candidates: list[tuple[int, int]]) -> Future[list[Pair]]:
        bodies = {number: store.body(number + 1) for number in sorted({i for pair in candidates for i in pair})}
        return pool.submit(compared, bodies, candidates)

    return Aside(submit, pieces(fingerprints.sharing(), _PAIRS), ahead=AHEAD)


def _similar(store: Store, comparing: Aside[Any, list[Pair]]) -> None:
    """Write the pairs of articles that share text."""

    def pairs() -> Iterator[Pair]:
        return chain.from_iterable(comparing.results())

    store.insert("similar", in_order(row for pair in pairs() for row in _both_ways(pair)))
    found = originals(pairs(), lambda number: store.published(number + 1))
    store.set_reprints((number + 1, first + 1) for number, first in found.items())


def _both_ways(pair: Pair) -> tuple[tuple[object, ...], tuple[object, ...]]:
    a, b = pair.first + 1, pair.second + 1
    start, end, other = pair.start, pair.end, pair.other_start
    return (a, b, pair.score, pair.relation, start, end, other), (
        b,
        a,
        pair.score,
        pair.relation,
        other,
        pair.other_end,
        start,
    )
