"""The names that all documents show to the tables `entities`, `mentions`, `quotes`, to `pinyin` and to keywords.

Twice over the documents: what their names mean follows from the evidence of all of them, and the number of an entity
from how often all of them name it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from corpus_db.analysis import quotes, spelt
from corpus_db.analysis.decisions import Decisions
from corpus_db.analysis.entities import Entities
from corpus_db.analysis.keywords import Chosen, choose, rarity
from corpus_db.analysis.remembered import Remembered
from corpus_db.analysis.terms import Bools, TermSpool, Totals
from corpus_db.executors import AHEAD, Aside, pieces
from corpus_db.records import EntityKind
from corpus_db.spool import Spool
from corpus_db.store import json_list

if TYPE_CHECKING:
    from corpus_db.prepared import Rows
    from corpus_db.store import Store
    from corpus_db.text.sentences import SentenceStarts

_FORMS = 4_000  # forms of names that are one piece of work
_MANY = 200_000  # forms; the keywords of so large a corpus are chosen when the pool, which holds much memory, has ended
CANDIDATES = 60  # words of an article among which its keywords are chosen
REMEMBERED = 1 << 14  # names whose rarity is kept at hand, and entities whose number is

Ids = Mapping[tuple[str, EntityKind], int]


class Decided(NamedTuple):
    """What the names of all documents mean."""

    documents: Spool[tuple[Rows, Rows]]  # of each its mentions (decisions.Mention) and quotations (records.Quote)
    entities: Entities


def decide(store: Store, documents: Iterable[Rows], decisions: Decisions) -> Decided:
    """What the names of each document mean, in the order of the articles, and who is quoted there.

    `documents` are the names that each shows, as `names.find` gave them.
    """
    decided = Decided(Spool(), Entities())
    for number, shown in enumerate(documents):
        mentions, anonymous = decisions.mentions_and_anonymous(shown)
        quoted = quotes.find(store.body(number), mentions + anonymous)
        decided.entities.add(mentions)
        decided.documents.add(([tuple(mention) for mention in mentions], [tuple(quote) for quote in quoted]))
    return decided


class Choice(NamedTuple):
    """What keywords are chosen from, and what they were chosen by."""

    spool: TermSpool
    totals: Totals
    wanted: Bools  # words that may be keywords
    chosen: Spool[Chosen] | None  # of each article; None: nobody asks


def write(store: Store, decided: Decided, choice: Choice, pool: Executor, release: Callable[[], None]) -> None:
    """Write the entities with their mentions, quotations and spellings, and the keywords of the articles.

    `release`: to be called when the pool has nothing more to do.
    """
    forms, ids = _entities(store, decided.entities)

    def write_keywords(documents: Iterable[tuple[Rows, Rows]]) -> None:
        store.set_keywords(_keywords(store, documents, decided.entities, ids, choice))

    with Aside(lambda piece: pool.submit(spelt.of_names, piece), pieces(forms, _FORMS), ahead=AHEAD) as spelling:
        if len(forms) <= _MANY:
            write_keywords(spelling.beside(decided.documents))
        for spellings in spelling.once():
            store.add_spellings(spellings)
    release()
    if len(forms) > _MANY:
        write_keywords(decided.documents)


def _entities(store: Store, entities: Entities) -> tuple[Spool[spelt.Form], Ids]:
    """Write the entities; their forms, as `spelt.of_names` takes them, and their numbers."""
    forms: Spool[spelt.Form] = Spool()
    ids = Remembered(entities.number, REMEMBERED)
    with store.gathering() as rows:
        for number, (name, kind, aliases, mentions, articles) in enumerate(entities, 1):
            rows["entities"] += [(number, name, kind, json_list(aliases), mentions, articles)]
            if number <= REMEMBERED:  # those named most often come first
                ids[name, kind] = number
            for form in (name, *aliases):
                forms.add((form, kind, articles))
    return forms, ids


def _keywords(
    store: Store, documents: Iterable[tuple[Rows, Rows]], entities: Entities, ids: Ids, choice: Choice
) -> Iterator[str | None]:
    """The keywords of each article as a JSON array; its mentions and quotations are written on the way."""

    spool, totals, wanted, chosen = choice
    rarity_of = rarities(spool, totals, entities.articles_with)
    telling = spool.telling(totals, wanted, CANDIDATES)
    with store.gathering() as rows:
        for article, (mentions, quoted), words, sentences in zip(
            store.ids, documents, telling, store.sentence_starts(), strict=True
        ):
            rows["mentions"] += mention_rows(mentions, article, ids, sentences)
            rows["quotes"] += quote_rows(quoted, mentions, article, ids, sentences)
            best = choose(words, mentions, rarity_of)
            if chosen is not None:
                chosen.add(best)
            yield json_list(best.words)


def rarities(spool: TermSpool, totals: Totals, articles_with: Callable[[str], int]) -> Callable[[str], float]:
    """How rare a name is, by the articles that have it as a word, or else as a name."""

    @lru_cache(REMEMBERED)
    def rarity_of(name: str) -> float:
        return rarity(spool.frequency(totals, name) or articles_with(name), len(spool))

    return rarity_of


def mention_rows(mentions: Rows, article: int, ids: Ids, sentences: SentenceStarts) -> Rows:
    """The rows of `mentions` of an article; `ids` are those of the entities."""
    return [(ids[name, kind], article, sentences.at(start), start, raw) for start, raw, name, kind in mentions]


def quote_rows(quoted: Rows, mentions: Rows, article: int, ids: Ids, sentences: SentenceStarts) -> Rows:
    """The rows of `quotes` of an article."""
    if not quoted:
        return []
    people = {raw: ids[name, kind] for _, raw, name, kind in mentions}
    return [
        (None, article, sentences.at(start), start, speaker, people.get(speaker or ""), verb, text, direct)
        for start, speaker, verb, text, direct in quoted
    ]
