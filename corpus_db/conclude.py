"""What follows from all documents together: words of the corpus, keywords, names, similar articles."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from corpus_db.analysis import quotes
from corpus_db.analysis.evidence import Evidence, Mention
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.lexicon import load as lexicon
from corpus_db.analysis.reprints import Fingerprints, Pair, originals
from corpus_db.analysis.terms import TermSpool
from corpus_db.records import NameEvidence, Reject
from corpus_db.spool import Spool
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
        self.evidence = Evidence()
        self.names: Spool[list[NameEvidence]] = Spool()

    def add(self, batch: Batch) -> None:
        """Hear a batch."""
        if batch.terms is None or batch.evidence is None:
            return
        groups = []
        for document in batch.documents:
            if isinstance(document, Reject) or document.analysed is None:
                continue
            article, found = document.cleaned.article, document.analysed
            when = article.published or found.estimate.published
            groups.append((int(when[:4]) if when else None, article.site))
            self.published.append(when)
            self.fingerprints.add(found.fingerprints)
            self.names.add(found.names)
        self.terms.add(batch.terms, groups)
        self.evidence.merge(batch.evidence)


def conclude(store: Store, corpus: Corpus, context: Context) -> None:
    """Write the tables that need the whole corpus."""
    store.insert("folds", fold_table())
    store.insert("char_kinds", char_kinds())
    if context.analyse:
        _terms(store, corpus.terms)
        _similar(store, corpus)
        _names(store, corpus, lexicon(context.lexicon))


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


def _names(store: Store, corpus: Corpus, known: Lexicon) -> None:
    """Decide what the names of all documents mean, then write entities, mentions and the quotes of those people."""
    decided = corpus.evidence.settle(known)
    found: Spool[list[Mention]] = Spool()
    places: Counter[tuple[str, str]] = Counter()
    articles: Counter[tuple[str, str]] = Counter()
    for names in corpus.names:
        mentions = decided.mentions(names)
        found.add(mentions)
        places.update((mention.name, mention.kind) for mention in mentions)
        articles.update({(mention.name, mention.kind) for mention in mentions})
    entities = decided.entities(mention for mentions in found for mention in mentions)
    entities.sort(key=lambda entity: (-places[entity.name, entity.kind], entity.name, entity.kind))
    ids = {(entity.name, entity.kind): number for number, entity in enumerate(entities, 1)}
    store.insert("entities", (
        (ids[key], *key, json.dumps(entity.aliases, ensure_ascii=False) if entity.aliases else None, places[key], articles[key])
        for entity in entities if (key := (entity.name, entity.kind))
    ))  # fmt: skip
    for number, (mentions, sentences) in enumerate(zip(found, store.sentence_starts(), strict=True), 1):
        store.insert("mentions", sorted(
            (ids[mention.name, mention.kind], number, sentences.at(mention.start), mention.start, mention.raw)
            for mention in mentions
        ))  # fmt: skip
        people = {mention.raw: ids[mention.name, mention.kind] for mention in mentions}
        store.insert("quotes", (
            (None, number, sentences.at(quote.start), quote.start, quote.speaker, people.get(quote.speaker or ""),
             quote.verb, quote.text, quote.direct)
            for quote in quotes.find(store.body(number), mentions)
        ))  # fmt: skip


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
