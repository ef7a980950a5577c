"""Names in an update: `mentions`, `quotes`, `entities`, `pinyin`, written anew where the change reaches.

A name means what the evidence of all documents says. So besides the articles that came, those are looked at again that
show a name of which the evidence now says something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus_db.analysis import quotes, spelt
from corpus_db.analysis.decisions import Decisions
from corpus_db.analysis.name_sums import hashes
from corpus_db.analysis.remembered import Remembered
from corpus_db.naming import REMEMBERED, Ids, mention_rows, quote_rows
from corpus_db.records import EntityKind

if TYPE_CHECKING:
    from corpus_db.amended import Amended
    from corpus_db.analysis.entities import Entity
    from corpus_db.prepared import Rows
    from corpus_db.text.fold import Codes


class KeptPortion(NamedTuple):
    """A portion of the corpus, and by what the names that it shows are found."""

    key: bytes  # of the result that it was prepared to
    articles: list[int]  # ids
    names: Codes  # their hashes (`name_sums.hashes`), ascending


class Renamed(NamedTuple):
    """What was written."""

    articles: set[int]  # ids of those whose names were
    names: set[str]  # of entities that are named more or less often now


class Meaning(NamedTuple):
    """What names meant before the change, and what they mean now."""

    before: Decisions
    after: Decisions
    other: set[tuple[EntityKind, str]]  # the strings that name something else, or are believed elsewhere


def rename(
    store: Amended,
    portions: Iterable[KeptPortion],
    names_of: Callable[[bytes], list[Rows]],
    meaning: Meaning,
    came: set[int],
) -> Renamed:
    """Write the names of the articles that the change reaches: of those that `came`, and where others mean others now.

    `names_of` gives the names that each article of a portion shows, by its key.
    """
    asked = hashes(_by_kind(meaning.other))
    ids = Remembered(store.entity_id, REMEMBERED)
    reached = set()
    for key, articles, hashed in portions:
        if came.isdisjoint(articles) and not np.isin(asked, hashed, assume_unique=True).any():
            continue
        for article, shown in zip(articles, names_of(key), strict=True):
            if article in came or _differs(shown, meaning):
                reached.add(article)
                _write(store, article, shown, meaning.after, ids)
    return Renamed(reached, set(_recount(store)))


def _differs(shown: Rows, meaning: Meaning) -> bool:
    """Whether the names that an article shows mean something else than before."""
    before, after, other = meaning
    if not any((kind, raw) in other for _, raw, kind, _ in shown):
        return False
    return before.mentions_and_anonymous(shown) != after.mentions_and_anonymous(shown)


def _write(store: Amended, article: int, shown: Rows, decisions: Decisions, ids: Ids) -> None:
    mentions, anonymous = decisions.mentions_and_anonymous(shown)
    quoted: Rows = [tuple(quote) for quote in quotes.find(store.body_of(article), mentions + anonymous)]
    sentences = store.sentence_starts_of(article)
    of_article: Rows = [tuple(mention) for mention in mentions]
    store.set_names(
        article,
        mention_rows(of_article, article, ids, sentences),
        quote_rows(quoted, of_article, article, ids, sentences),
    )


def _by_kind(strings: Iterable[tuple[EntityKind, str]]) -> dict[EntityKind, set[str]]:
    found: dict[EntityKind, set[str]] = {}
    for kind, raw in strings:
        found.setdefault(kind, set()).add(raw)
    return found


def _recount(store: Amended) -> Iterator[str]:
    """Count the entities whose mentions have changed, and spell their forms; the names of these entities."""
    old, new = set[spelt.Form](), set[spelt.Form]()
    for before, after in store.recounted():
        old.update(_forms(before))
        new.update(_forms(after))
        yield after.name
    store.add_spellings(spelt.of_names(new - old))
    store.add_spellings((form, name, -times) for form, name, times in spelt.of_names(old - new))


def _forms(entity: Entity) -> Iterator[spelt.Form]:
    for form in (entity.name, *entity.aliases):
        if entity.mentions:
            yield form, entity.kind, entity.articles
