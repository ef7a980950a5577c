"""Mentions, article after article, to the entities of a corpus: how often each is named, and by which forms."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.evidence import Mention
from corpus_db.analysis.strings import Strings
from corpus_db.records import ENTITY_KINDS, EntityKind
from corpus_db.spool import Runs
from corpus_db.text.tokens import Numbering

Named = tuple[str, EntityKind]  # name and kind: what tells one entity from another
_HELD = 1 << 17  # entities, 200 bytes each


class Entity(NamedTuple):
    """One row of the table `entities`."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...]  # the other forms found in this corpus, by frequency
    mentions: int
    articles: int


class Entities:
    """The entities met so far. Memory is bounded: when many, they are put to disk and forgotten, to be met anew.

    >>> met = Entities()
    >>> met.add([Mention(0, "老葛", "葛平", "person"), Mention(9, "葛平", "葛平", "person")])
    >>> list(met), met.articles_with("葛平"), met.number(("葛平", "person"))
    ([Entity(name='葛平', kind='person', aliases=('老葛',), mentions=2, articles=1)], 1, 1)
    """

    def __init__(self, held: int = _HELD) -> None:
        """`held` is the number of entities that are held in memory, or some more."""
        self._held = held
        self._numbers = Numbering[Named]()
        self._mentions, self._articles = array("l"), array("l")  # by number
        self._runs = Runs[_Met]()
        self._forms: Counter[tuple[str, EntityKind, str]] = Counter()  # those that are not the name
        self._counted: _Counted | None = None

    def add(self, mentions: Sequence[Mention]) -> None:
        """Meet those that an article names."""
        if len(self._numbers) >= self._held:
            self._runs.add(self._in_order())
            self._numbers, self._mentions, self._articles = Numbering(), array("l"), array("l")
        named = Counter((mention.name, mention.kind) for mention in mentions)
        for number, times in zip(self._numbers.of(named).tolist(), named.values(), strict=True):
            if number == len(self._mentions):
                self._mentions.append(0)
                self._articles.append(0)
            self._mentions[number] += times
            self._articles[number] += 1
        self._forms.update((name, kind, raw) for _, raw, name, kind in mentions if raw != name)
        self._counted = None

    def __iter__(self) -> Iterator[Entity]:
        """All of them, those named most often first; the rows of the table in order."""
        forms: dict[Named, list[str]] = {}
        for (name, kind, raw), _ in sorted(self._forms.items(), key=lambda item: (-item[1], item[0][2])):
            forms.setdefault((name, kind), []).append(raw)
        keys, mentions, articles, _ = counted = self._all()
        for place in counted.order():
            named = _named(keys[place])
            yield Entity(*named, tuple(forms.get(named, ())), mentions[place], articles[place])

    def number(self, named: Named) -> int:
        """The number of an entity in that order, from 1. Raises `KeyError` if it was not met."""
        counted = self._all()
        place = counted.keys.find(_key(*named))
        if place is None:
            raise KeyError(named)
        return int(counted.numbers[place])

    def articles_with(self, name: str) -> int:
        """How many articles name an entity so, of whatever kind."""
        keys, _, articles, _ = self._all()
        first, last = keys.place(_key(name, _KINDS[0])), keys.place(name + chr(len(_KINDS)))
        return sum(articles[first:last])

    def _all(self) -> _Counted:
        if self._counted is None:
            self._counted = _counted(self._runs.merged(self._in_order()))
        return self._counted

    def _in_order(self) -> list[_Met]:
        return sorted(
            (_key(*named), self._mentions[number], self._articles[number]) for named, number in self._numbers.items()
        )


_KINDS = sorted(ENTITY_KINDS)
_Met = tuple[str, int, int]  # key, mentions, articles


def _key(name: str, kind: EntityKind) -> str:
    """One string for an entity: in their order are the names, and of one name the kinds."""
    return name + chr(_KINDS.index(kind))


def _named(key: str) -> Named:
    return key[:-1], _KINDS[ord(key[-1])]


class _Counted(NamedTuple):
    """All entities, in the order of their keys."""

    keys: Strings
    mentions: array[int]
    articles: array[int]
    numbers: npt.NDArray[np.int32]  # of each, from 1: those named most often first

    def order(self) -> Iterator[int]:
        """The places of the entities, by their numbers."""
        return map(int, np.argsort(self.numbers))


def _counted(met: Iterable[_Met]) -> _Counted:
    """Those of one key, which stand beside each other, as one."""
    mentions, articles = array("l"), array("l")

    def keys() -> Iterator[str]:
        last = None
        for key, more_mentions, more_articles in met:
            if key != last:
                mentions.append(0)
                articles.append(0)
                last = key
                yield key
            mentions[-1] += more_mentions
            articles[-1] += more_articles

    strings = Strings(keys())
    numbers = np.empty(len(strings), np.int32)
    numbers[np.argsort(-np.array(mentions), kind="stable")] = np.arange(1, len(strings) + 1)
    return _Counted(strings, mentions, articles, numbers)
