"""What follows from all documents together: words of the corpus, keywords, names, similar articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from corpus_db.analysis.reprints import Fingerprints, Pair, originals
from corpus_db.analysis.terms import TermSpool
from corpus_db.records import Reject
from corpus_db.text.bigrams import char_kinds
from corpus_db.text.fold import fold_table
from corpus_db.text.segment import dictionary

if TYPE_CHECKING:
    from corpus_db.prepare import Batch, Context
    from corpus_db.store import Store

KEYWORDS = 8  # per article


class Corpus:
    """What the writer hears of every batch and needs at the end; memory follows the vocabulary, not the text."""

    def __init__(self) -> None:
        self.terms = TermSpool()
        self.fingerprints = Fingerprints()
        self.published: list[str | None] = []

    def add(self, batch: Batch) -> None:
        """Hear a batch."""
        if batch.terms is None:
            return
        documents = [document for document in batch.documents if not isinstance(document, Reject)]
        articles = [document.cleaned.article for document in documents]
        self.terms.add(batch.terms, [(article_year(article.published), article.site) for article in articles])
        self.published += [article.published for article in articles]
        for document in documents:
            if document.analysed is not None:
                self.fingerprints.add(document.analysed.fingerprints)


def conclude(store: Store, corpus: Corpus, context: Context) -> None:
    """Write the tables that need the whole corpus."""
    store.insert("folds", fold_table())
    store.insert("char_kinds", char_kinds())
    if context.analyse:
        _terms(store, corpus.terms)
        _similar(store, corpus)


def _terms(store: Store, spool: TermSpool) -> None:
    tags = dictionary()
    totals = spool.totals()
    store.insert("terms", spool.terms(totals, tags.get))
    store.insert("term_years", spool.by_year())
    store.insert("term_sites", spool.by_site())
    keywords = spool.top(lambda word: _telling(word, tags.get(word)), totals, KEYWORDS)
    store.set_keywords(json.dumps(words, ensure_ascii=False) if words else None for words in keywords)


def _similar(store: Store, corpus: Corpus) -> None:
    """Pairs of articles, numbered from 0 in analysis, by their id, from 1, in the tables."""
    pairs = list(corpus.fingerprints.pairs(lambda i: store.body(i + 1)))
    store.insert("similar", sorted(row for pair in pairs for row in _both_ways(pair)))
    store.set_reprints((i + 1, first + 1) for i, first in originals(pairs, corpus.published).items())


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


def _telling(word: str, tag: str | None) -> float:
    """How far a word can stand for what an article is about: names most, then nouns; function words not at all."""
    if len(word) < 2 or word[0].isdigit():
        return 0.0
    if tag is None:
        return 1.0
    return _TAG_WEIGHTS.get(tag[:2], _TAG_WEIGHTS.get(tag[0], 0.0))


# By ICTCLAS tag: names nr ns nt nz, nouns n, working verbs vn, foreign words eng, abbreviations j, idioms i l.
_TAG_WEIGHTS = {
    "nr": 1.3,
    "ns": 1.2,
    "nt": 1.3,
    "nz": 1.3,
    "n": 1.0,
    "vn": 0.8,
    "en": 0.8,
    "j": 1.0,
    "i": 0.5,
    "l": 0.6,
    "v": 0.3,
}


def article_year(published: str | None) -> int | None:
    """The year of an ISO date that may be missing."""
    return int(published[:4]) if published else None
