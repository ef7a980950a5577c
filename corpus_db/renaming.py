"""Names in an update: `mentions`, `quotes`, `entities`, `pinyin` and keywords, written anew where the change reaches.

A name means what the evidence of all documents says. So besides the articles that came, those are looked at again that
show a name of which the evidence now says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from corpus_db.analysis import quotes, spelt
from corpus_db.analysis.evidence import Decisions, Evidence, without
from corpus_db.analysis.keywords import is_keyword, keywords, rarity
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.naming import CANDIDATES, json_list, mention_rows, quote_rows
from corpus_db.records import EntityKind

if TYPE_CHECKING:
    from corpus_db.amended import Amended
    from corpus_db.analysis.terms import TermSpool, Totals
    from corpus_db.prepare import Rows


class Change(NamedTuple):
    """What an update does to a corpus."""

    came: set[int]  # ids of articles
    gained: Evidence  # of the portions that came
    lost: Evidence  # of those that left


def rename(store: Amended, documents: Iterable[Rows], evidence: Evidence, change: Change, known: Lexicon) -> None:
    """Write the names of the articles that the change reaches. `documents` are the names that each article shows."""
    after = evidence.settle(known)
    other = None if evidence.forgot else _otherwise(after, evidence, change, known)
    ids = _Ids(store)
    for number, shown in enumerate(documents):
        article = store.ids[number]
        if other is None or article in change.came or any((kind, raw) in other for _, raw, kind, _ in shown):
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
    before = without(evidence, change.gained, change.lost).settle(known)
    heard = {(kind, raw) for part in (change.gained, change.lost) for kind, sums in part.sums.items() for raw in sums}
    return after.otherwise(before, heard)


class _Ids(dict[tuple[str, EntityKind], int]):
    """The ids of entities; one that is not there yet is written, to be counted later."""

    def __init__(self, store: Amended) -> None:
        super().__init__()
        self._db = store.db

    def __missing__(self, named: tuple[str, EntityKind]) -> int:
        row = self._db.execute("SELECT id FROM entities WHERE name = ? AND kind = ?", named).fetchone()
        if row is None:
            new = "INSERT INTO entities (name, kind, mentions, articles) VALUES (?, ?, 0, 0) RETURNING id"
            row = self._db.execute(new, named).fetchone()
        self[named] = row[0]
        return self[named]


def _recount(store: Amended) -> None:
    """Count the entities whose mentions have changed, and spell their forms."""
    new: list[spelt.Form] = []
    old: list[spelt.Form] = []
    for entity in sorted(store.touched):
        name, kind, aliases, *counts = store.db.execute(_ENTITY, (entity,)).fetchone()
        old += [(form, kind, counts[1]) for form in _forms(store, name, aliases)]
        found = store.db.execute(_COUNTED, (entity,)).fetchone()
        others = json_list([raw for (raw,) in store.db.execute(_OTHER_FORMS, (entity, name))])
        if not found[0]:
            store.db.execute("DELETE FROM entities WHERE id = ?", (entity,))
            continue
        new += [(form, kind, found[1]) for form in _forms(store, name, others)]
        if (others, *found) != (aliases, *counts):
            store.db.execute(_SET_ENTITY, (others, *found, entity))
    same = set(new).intersection(old)
    store.add_spellings(spelt.of_names(form for form in new if form not in same))
    removed = spelt.of_names(form for form in old if form not in same)
    store.add_spellings((form, name, -times) for form, name, times in removed)


def _forms(store: Amended, name: str, aliases: str | None) -> list[str]:
    """The name and the others, which are a JSON array."""
    others = store.db.execute("SELECT value FROM json_each(?)", (aliases or "[]",))
    return [name, *(form for (form,) in others)]


def set_keywords(store: Amended, spool: TermSpool, totals: Totals) -> None:
    """The keywords of all articles: each change of the corpus moves the weight of every word."""

    @lru_cache(1 << 16)
    def rarity_of(name: str) -> float:
        ((articles,),) = store.db.execute("SELECT total(articles) FROM entities WHERE name = ?", (name,))
        return rarity(spool.frequency(totals, name) or int(articles), len(spool))

    def found() -> Iterator[str | None]:
        for article, words in zip(store.ids, spool.telling(totals, is_keyword, CANDIDATES), strict=True):
            mentions = store.db.execute(_MENTIONED, (article,)).fetchall()
            yield json_list(keywords(words, mentions, rarity_of))

    store.set_keywords(found())


_ENTITY = "SELECT name, kind, aliases, mentions, articles FROM entities WHERE id = ?"
_COUNTED = "SELECT count(*), count(DISTINCT article_id) FROM mentions WHERE entity_id = ?"
_OTHER_FORMS = """SELECT raw FROM mentions WHERE entity_id = ? AND raw <> ? GROUP BY raw ORDER BY count(*) DESC, raw"""
_SET_ENTITY = "UPDATE entities SET aliases = ?, mentions = ?, articles = ? WHERE id = ?"
_MENTIONED = """SELECT m.start, m.raw, e.name, e.kind FROM mentions m JOIN entities e ON e.id = m.entity_id
                WHERE m.article_id = ? ORDER BY m.start"""
