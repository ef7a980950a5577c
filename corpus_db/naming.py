"""The names that all documents show to the tables `entities`, `mentions`, `quotes`, to `pinyin` and to keywords.

Twice over the documents, portion by portion: what their names mean follows from the evidence of all of them (`decided`),
and the number of an entity from how often all of them name it (`Describer`).
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from corpus_db.analysis import quotes, spelt
from corpus_db.analysis.decisions import Decisions, Mention
from corpus_db.analysis.entities import Entities
from corpus_db.analysis.keywords import Chosen, choose, rarity
from corpus_db.analysis.remembered import Remembered
from corpus_db.analysis.terms import TermSpool, Totals, telling
from corpus_db.analysis.word_counts import Counted
from corpus_db.pieces import AHEAD, Aside, ordered, pieces
from corpus_db.records import EntityKind
from corpus_db.spool import Spool
from corpus_db.store import json_list
from corpus_db.text.arrays import Bools

if TYPE_CHECKING:
    from corpus_db.crew import Crew
    from corpus_db.prepared import Rows
    from corpus_db.store import Store
    from corpus_db.text.sentences import SentenceStarts

_FORMS = 1_000  # forms of names that are one piece of work
_FEW = 4  # such pieces under way, beside others
CANDIDATES = 60  # words of an article among which its keywords are chosen
REMEMBERED = 1 << 14  # names whose rarity is kept at hand, and entities whose number is
_SAMPLE = "记者张三5日在北京报道，李四说：“好。”"  # asks what quotations are told by, when it is first needed

Ids = Mapping[tuple[str, EntityKind], int]


class Shown(NamedTuple):
    """What the documents of a portion show."""

    names: bytes  # pickled: of each document what `names.find` gave for it
    articles: Sequence[int]  # ids


class Decided(NamedTuple):
    """What the names of documents mean."""

    documents: bytes  # pickled: of each its mentions (decisions.Mention) and quotations (records.Quote), as `Rows`
    entities: Entities


def decided(decisions: Decisions, names: bytes, bodies: Sequence[str]) -> Decided:
    """What the names of the documents of a portion mean, and who is quoted there; `names` as in `Shown`."""
    entities = Entities()
    documents: list[tuple[Rows, Rows]] = []
    for shown, body in zip(pickle.loads(names), bodies, strict=True):
        mentions, anonymous = decisions.mentions_and_anonymous(shown)
        entities.add(mentions)
        quoted = quotes.find(body, mentions + anonymous)
        documents.append(([mention[:] for mention in mentions], [quote[:] for quote in quoted]))
    return Decided(pickle.dumps(documents, pickle.HIGHEST_PROTOCOL), entities)


class Choice(NamedTuple):
    """What keywords are chosen from, and what they were chosen by."""

    spool: TermSpool
    totals: Totals
    wanted: Bools  # words that may be keywords
    chosen: Spool[list[Chosen]] | None  # of the articles of each portion; None: nobody asks


class Described(NamedTuple):
    """What the tables say of the articles of a portion."""

    mentions: Rows
    quotes: Rows
    chosen: list[Chosen]  # the keywords of each


class Describer:
    """Describes articles: knows all that their keywords and the rows of their names follow from."""

    def __init__(self, choice: Choice, ids: Ids, rarities: Sequence[float]) -> None:
        """`ids` are those of the entities, from 1, and `rarities` theirs, in that order."""
        self._words, self._places = choice.spool.words()
        self._weights = choice.spool.weights(choice.totals, choice.wanted)
        self._ids, self._rarities = ids, rarities

    def described(
        self, documents: bytes, articles: Sequence[int], sentences: Sequence[SentenceStarts], counted: Counted
    ) -> Described:
        """Describe the articles of a portion: what was `decided` of them, their ids, where their sentences begin, and their
        words by number."""
        found = Described([], [], [])
        of_portion: list[tuple[Rows, Rows]] = pickle.loads(documents)
        named = {(name, kind) for mentions, _ in of_portion for _, _, name, kind in mentions}
        ids = {one: self._ids[one] for one in named}
        rarity_of = {name: self._rarities[number - 1] for (name, _), number in ids.items()}.__getitem__
        words = telling(self._words, counted._replace(ids=self._places[counted.ids]), self._weights, CANDIDATES)
        for (mentions, quoted), article, starts, of_article in zip(of_portion, articles, sentences, words, strict=True):
            found.mentions.extend(mention_rows(mentions, article, ids, starts))
            found.quotes.extend(quote_rows(quoted, mentions, article, ids, starts))
            found.chosen.append(choose(of_article, mentions, rarity_of))
        return found


class Named(NamedTuple):
    """What the names of all documents mean."""

    documents: Spool[tuple[Sequence[int], bytes]]  # of each portion the ids of its articles, and `Decided.documents`
    entities: Entities


def decide(store: Store, portions: Iterable[Shown], crew: Crew, decisions: Decisions) -> Named:
    """What the names of all documents mean."""
    named = Named(Spool(), Entities())
    quotes.find(_SAMPLE, [Mention(2, "张三", "张三", "person")])  # loads what processes share that are forked now
    store.let_go()
    with crew.knowing(decisions) as helpers:
        for shown, found in ordered(
            lambda shown: helpers.ask(decided, shown.names, store.bodies(shown.articles)), portions, ahead=AHEAD
        ):
            named.documents.add((shown.articles, found.documents))
            named.entities.merge(found.entities)
    return named


def describe(store: Store, named: Named, choice: Choice, crew: Crew) -> None:
    """Write the entities, and the mentions, quotations and keywords of all articles; the spellings of names."""
    forms, describer = _write_entities(store, named.entities, choice)
    sentences = store.sentence_starts()
    portions = zip(named.documents, choice.spool.numbered(), strict=True)
    spelt.warm()
    store.let_go()
    with crew.knowing(describer) as helpers:

        def submit(portion: tuple[tuple[Sequence[int], bytes], Counted]) -> Future[Described]:
            (articles, documents), counted = portion
            starts = list(islice(sentences, len(articles)))
            return helpers.ask(Describer.described, documents, articles, starts, counted)

        work = ordered(submit, portions, ahead=AHEAD)
        with (
            Aside(
                lambda some: helpers.pool.submit(spelt.of_names, some), pieces(forms, _FORMS), ahead=_FEW
            ) as spelling,
            store.gathering() as rows,
        ):
            for ((articles, _), _), found in spelling.beside(work):
                rows["mentions"] += found.mentions
                rows["quotes"] += found.quotes
                store.set_keywords(articles, [json_list(chosen.words) for chosen in found.chosen])
                if choice.chosen is not None:
                    choice.chosen.add(found.chosen)
            for spellings in spelling.once():
                store.add_spellings(spellings)


def _write_entities(store: Store, entities: Entities, choice: Choice) -> tuple[Spool[spelt.Form], Describer]:
    """Write the entities; their forms, as `spelt.of_names` takes them, and what else follows from all of them."""
    forms: Spool[spelt.Form] = Spool()
    ids, rarities = Remembered(entities.number, REMEMBERED), array("d")
    spool, totals = choice.spool, choice.totals
    articles_of_names = entities.articles_of_names().tolist()
    with store.gathering() as rows:
        for number, (name, kind, aliases, mentions, articles) in enumerate(entities, 1):
            rows["entities"] += [(number, name, kind, json_list(aliases), mentions, articles)]
            known = spool.frequency(totals, name) or articles_of_names[number - 1]
            rarities.append(rarity(known, len(spool)))
            if number <= REMEMBERED:  # those named most often come first
                ids[name, kind] = number
            for form in (name, *aliases):
                forms.add((form, kind, articles))
    return forms, Describer(choice, ids, rarities)


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
