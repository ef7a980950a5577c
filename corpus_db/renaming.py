"""Names in an update: `mentions`, `quotes`, `entities`, `pinyin` and keywords, written anew where the change reaches.

A name means what the evidence of all documents says. So besides the articles that came, those are looked at again that
show a name of which the evidence now says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from corpus_db.analysis import quotes, spelt
from corpus_db.analysis.decisions import Decisions
from corpus_db.analysis.evidence import Evidence
from corpus_db.analysis.keywords import is_keyword, keywords
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.remembered import Remembered
from corpus_db.naming import CANDIDATES, REMEMBERED, mention_rows, quote_rows, rarities
from corpus_db.records import EntityKind
from corpus_db.store import json_list

if TYPE_CHECKING:
    from corpus_db.amended import Amended
    from corpus_db.analysis.entities import Entity
    from corpus_db.analysis.terms import TermSpool, Totals
    from corpus_db.prepared import Rows


class Change(NamedTuple):
    """What an update does to a corpus."""

    came: set[int]  # ids of articles
    gained: Evidence  # of the portions that came
    lost: Evidence  # of those that left


def rename(store: Amended, documents: Iterable[Rows], evidence: Evidence, change: Change, known: Lexicon) -> None:
    """Write the names of the articles that the change reaches. `documents` are the names that each article shows."""
    after = evidence.settle(known)
    other = _otherwise(after, evidence, change, known)
    ids = Remembered(store.entity_id, REMEMBERED)
    for number, shown in enumerate(documents):
        article = store.ids[number]
        if article in change.came or any((kind, raw) in other for _, raw, kind, _ in shown):
            mentions, anonymous = after.mentions_and_anonymous(shown)
            quoted: Rows = [tuple(quote) for quote in quotes.find(store.body(number), mentions + anonymous)]
            sentences = store.sentence_starts_of(article)
            of_article: Rows = [tuple(mention) for mention in mentions]
            store.set_names(
                article,
                mention_rows(of_article, article, ids, sentences),
                quote_rows(quoted, of_article, article, ids, sentences),
            )
    _recount(store)


def _otherwise(after: Decisions, evidence: Evidence, change: Change, known: Lexicon) -> set[tuple[EntityKind, str]]:
    """The strings that name something else, or are believed elsewhere, than before the change."""
    before = evidence.settle_without(change.gained, change.lost, known)
    heard = {(kind, raw) for part in (change.gained, change.lost) for kind, sums in part.sums.items() for raw in sums}
    return after.otherwise(before, heard)


def _recount(store: Amended) -> None:
    """Count the entities whose mentions have changed, and spell their forms."""
    old, new = set[spelt.Form](), set[spelt.Form]()
    for before, after in store.recounted():
        old.update(_forms(before))
        new.update(_forms(after))
    store.add_spellings(spelt.of_names(new - old))
    store.add_spellings((form, name, -times) for form, name, times in spelt.of_names(old - new))


def _forms(entity: Entity) -> Iterator[spelt.Form]:
    for form in (entity.name, *entity.aliases):
        if entity.mentions:
            yield form, entity.kind, entity.articles


def set_keywords(store: Amended, spool: TermSpool, totals: Totals) -> None:
    """The keywords of all articles: each change of the corpus moves the weight of every word."""

    rarity_of = rarities(spool, totals, store.articles_with)

    def found() -> Iterator[str | None]:
        for article, words in zip(store.ids, spool.telling(totals, is_keyword, CANDIDATES), strict=True):
            mentions = store.mentions(article)
            yield json_list(keywords(words, mentions, rarity_of))

    store.set_keywords(found())
