"""What follows from all documents together: words of the corpus, keywords, names, similar articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from corpus_db.analysis import quotes, spelt
from corpus_db.analysis.entities import Entities
from corpus_db.analysis.evidence import Evidence, Mention
from corpus_db.analysis.index_statistics import IndexStatistics
from corpus_db.analysis.keywords import is_keyword, keywords, rarity
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.lexicon import load as lexicon
from corpus_db.analysis.reprints import Fingerprints, Pair, compared, originals
from corpus_db.analysis.terms import TermSpool, Totals
from corpus_db.executors import AHEAD, ordered
from corpus_db.records import EntityKind, Quote, Reject
from corpus_db.spool import Spool
from corpus_db.text.bigrams import char_kinds
from corpus_db.text.fold import fold_table
from corpus_db.text.segment import dictionary, segmenter

if TYPE_CHECKING:
    from corpus_db.prepare import Batch, Context, Rows
    from corpus_db.store import SentenceStarts, Store


T = TypeVar("T")
_PAIRS, _FORMS = 200, 4_000  # pairs of articles, and forms of names, that are one piece of work
_CANDIDATES = 60  # words of an article among which its keywords are chosen


class Corpus:
    """What the writer hears of every batch and needs at the end; memory follows the vocabulary, not the text."""

    def __init__(self) -> None:
        self.statistics = IndexStatistics()
        self.chars: set[str] = set()
        self.terms = TermSpool()
        self.fingerprints = Fingerprints()
        self.published: list[str | None] = []
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
            self.published.append(when)
            fingerprints.append(found.fingerprints)
            self.names.add(found.names)
        self.fingerprints.add(fingerprints)
        self.terms.add(batch.terms, groups)
        self.evidence.merge(batch.evidence)


def conclude(store: Store, corpus: Corpus, context: Context, pool: Executor) -> None:
    """Write the tables that need the whole corpus; what can be done piece by piece is done by `pool`."""
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
        _terms(store, corpus.terms, totals)
        _similar(store, corpus, pool)
        named = _names(store, corpus, lexicon(context.lexicon), pool)
        store.set_keywords(_keywords(corpus.terms, totals, named))


def _terms(store: Store, spool: TermSpool, totals: Totals) -> None:
    """Write the words of the corpus."""
    rows = spool.rows(totals, dictionary().get)
    store.insert("terms", rows.terms)
    store.insert("term_years", rows.by_year)
    store.insert("term_sites", rows.by_site)


def _similar(store: Store, corpus: Corpus, pool: Executor) -> None:
    """Pairs of articles, numbered from 0 in analysis, by their id, from 1, in the tables."""

    def submit(candidates: list[tuple[int, int]]) -> Future[list[Pair]]:
        bodies = {number: store.body(number + 1) for number in sorted({i for pair in candidates for i in pair})}
        return pool.submit(compared, bodies, candidates)

    found = ordered(submit, _pieces(corpus.fingerprints.sharing(), _PAIRS), ahead=AHEAD)
    pairs = [pair for _, of_piece in found for pair in of_piece]
    store.insert("similar", sorted(row for pair in pairs for row in _both_ways(pair)))
    store.set_reprints((i + 1, first + 1) for i, first in originals(pairs, corpus.published).items())


def _pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece


class _Named(NamedTuple):
    mentions: Spool[list[Mention]]  # one list for each article
    anonymous: Spool[list[Mention]]  # the same for people who are never named in full
    entities: Entities


def _names(store: Store, corpus: Corpus, known: Lexicon, pool: Executor) -> _Named:
    """Decide what the names of all documents mean, then write entities, mentions and the quotes of those people."""
    named = _decided(corpus, known)
    ids: dict[tuple[str, EntityKind], int] = {}
    with store.gathering() as rows:
        for number, (name, kind, aliases, *counts) in enumerate(named.entities, 1):
            rows["entities"] += [(number, name, kind, json_list(aliases), *counts)]
            ids[name, kind] = number
    forms = ((form, kind, n) for name, kind, aliases, _, n in named.entities for form in (name, *aliases))
    pieces = _pieces(forms, _FORMS)
    for _, spellings in ordered(lambda piece: pool.submit(spelt.of_names, piece), pieces, ahead=AHEAD):
        store.add_spellings(spellings)
    with store.gathering() as rows:
        documents = zip(named.mentions, named.anonymous, store.sentence_starts(), strict=True)
        for number, (mentions, anonymous, sentences) in enumerate(documents, 1):
            rows["mentions"] += _mention_rows(mentions, number, ids, sentences)
            people = {mention.raw: ids[mention.name, mention.kind] for mention in mentions}
            found = quotes.find(store.body(number), mentions + anonymous)
            rows["quotes"] += [_quote_row(quote, number, people, sentences) for quote in found]
    return named


def _decided(corpus: Corpus, known: Lexicon) -> _Named:
    """What the names of all documents mean; the evidence is given up, for it is large and has done its work."""
    decided = corpus.evidence.settle(known)
    named = _Named(Spool(), Spool(), Entities())
    for names in corpus.names:
        mentions, anonymous = decided.mentions_and_anonymous(names)
        named.mentions.add(mentions)
        named.anonymous.add(anonymous)
        named.entities.add(mentions)
    corpus.evidence = Evidence()
    return named


def _mention_rows(
    mentions: Iterable[Mention], number: int, ids: Mapping[tuple[str, EntityKind], int], sentences: SentenceStarts
) -> list[tuple[Any, ...]]:
    return sorted((ids[name, kind], number, sentences.at(start), start, raw) for start, raw, name, kind in mentions)


def _quote_row(quote: Quote, number: int, people: Mapping[str, int], sentences: SentenceStarts) -> tuple[Any, ...]:
    start, speaker, verb, text, direct = quote
    return None, number, sentences.at(start), start, speaker, people.get(speaker or ""), verb, text, direct


def _keywords(spool: TermSpool, totals: Totals, named: _Named) -> Iterator[str | None]:
    """The keywords of each article as a JSON array."""
    frequencies = spool.frequencies(totals)

    @cache
    def rarity_of(name: str) -> float:
        return rarity(frequencies.get(name) or named.entities.articles_with(name), len(spool))

    for words, mentions in zip(spool.telling(totals, is_keyword, _CANDIDATES), named.mentions, strict=True):
        yield json_list(keywords(words, mentions, rarity_of))


def json_list(values: Sequence[str]) -> str | None:
    """A JSON array; None for none, since empty is NULL."""
    return json.dumps(values, ensure_ascii=False) if values else None


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
