"""Mentions, article after article, to the entities of a corpus: how often each is named, and by which forms."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_db.analysis.evidence import Mention
from corpus_db.records import ENTITY_KINDS, EntityKind
from corpus_db.text.tokens import Numbering

Named = tuple[str, EntityKind]  # name and kind: what tells one entity from another


class Entity(NamedTuple):
    """One row of the table `entities`."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...]  # the other forms found in this corpus, by frequency
    mentions: int
    articles: int


class Entities:
    """The entities met so far. Memory follows their number: each name is held once, and forms only where they differ.

    >>> met = Entities()
    >>> met.add([Mention(0, "老葛", "葛平", "person"), Mention(9, "葛平", "葛平", "person")])
    >>> list(met), met.articles_with("葛平")
    ([Entity(name='葛平', kind='person', aliases=('老葛',), mentions=2, articles=1)], 1)
    """

    def __init__(self) -> None:
        self._numbers = Numbering[Named]()
        self._mentions, self._articles = array("l"), array("l")  # by number
        self._forms: Counter[tuple[str, EntityKind, str]] = Counter()  # those that are not the name

    def add(self, mentions: Sequence[Mention]) -> None:
        """Meet those that an article names."""
        named = Counter((mention.name, mention.kind) for mention in mentions)
        for number, times in zip(self._numbers.of(named).tolist(), named.values(), strict=True):
            if number == len(self._mentions):
                self._mentions.append(0)
                self._articles.append(0)
            self._mentions[number] += times
            self._articles[number] += 1
        self._forms.update((name, kind, raw) for _, raw, name, kind in mentions if raw != name)

    def __iter__(self) -> Iterator[Entity]:
        """All of them, those named most often first; the rows of the table in order."""
        forms: dict[Named, list[str]] = {}
        for (name, kind, raw), _ in sorted(self._forms.items(), key=lambda item: (-item[1], item[0][2])):
            forms.setdefault((name, kind), []).append(raw)
        order = sorted((-self._mentions[number], named, number) for named, number in self._numbers.items())
        for negated, named, number in order:
            yield Entity(*named, tuple(forms.get(named, ())), -negated, self._articles[number])

    def articles_with(self, name: str) -> int:
        """How many articles name an entity so, of whatever kind."""
        numbers = (self._numbers.get((name, kind)) for kind in ENTITY_KINDS)
        return sum(self._articles[number] for number in numbers if number is not None)
