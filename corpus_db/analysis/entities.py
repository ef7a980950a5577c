"""Mentions, article after article → the entities of a corpus: how often each is named, and by which forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from corpus_db.analysis.decisions import Mention
from corpus_db.analysis.name_sums import HELD, HeldSums, Named, NameSums
from corpus_db.records import EntityKind
from corpus_db.text.arrays import Ints, Ints32


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
    >>> list(met), met.articles_of_names().tolist(), met.number(("葛平", "person"))
    ([Entity(name='葛平', kind='person', aliases=('老葛',), mentions=2, articles=1)], [1], 1)
    """

    def __init__(self, held: int = HELD) -> None:
        """`held` is the number of entities that are held in memory, or some more."""
        self._sums = HeldSums(held)  # of mentions and articles
        self._forms: Counter[tuple[str, EntityKind, str]] = Counter()  # those that are not the name
        self._all: _All | None = None

    def add(self, mentions: Sequence[Mention]) -> None:
        """Meet those that an article names."""
        for (name, kind), times in Counter((mention.name, mention.kind) for mention in mentions).items():
            of_kind = self._sums.by_kind[kind]
            of_kind[name] = of_kind.get(name, 0) + times * _MENTION + 1
        self._forms.update((name, kind, raw) for _, raw, name, kind in mentions if raw != name)
        self._sums.bound()
        self._all = None

    def merge(self, other: Entities) -> None:
        """Meet those that `other` met, in memory, in other articles. The order of merging makes no difference."""
        self._sums.merge(other._sums)
        self._forms.update(other._forms)
        self._all = None

    def __iter__(self) -> Iterator[Entity]:
        """All of them, those named most often first; the rows of the table in order."""
        forms: dict[Named, list[str]] = {}
        for (name, kind, raw), _ in sorted(self._forms.items(), key=lambda item: (-item[1], item[0][2])):
            forms.setdefault((name, kind), []).append(raw)
        sums, numbers = self._met()
        for place in map(int, np.argsort(numbers)):
            named = sums.named(place)
            yield Entity(*named, tuple(forms.get(named, ())), *divmod(sums.numbers[place], _MENTION))

    def number(self, named: Named) -> int:
        """The number of an entity in that order, from 1. Raises `KeyError` if it was not met."""
        sums, numbers = self._met()
        place = sums.find(named)
        if place is None:
            raise KeyError(named)
        return int(numbers[place])

    def articles_of_names(self) -> Ints:
        """Of each entity, in the order of their numbers, how many articles name one so, of whatever kind."""
        sums, numbers = self._met()
        articles = np.array(sums.numbers) % _MENTION
        group = sums.groups()
        of_names = np.empty_like(articles)
        of_names[numbers - 1] = np.bincount(group, weights=articles)[group] if len(group) else articles
        return of_names

    def _met(self) -> _All:
        if self._all is None:
            sums = self._sums.table()
            numbers = np.empty(len(sums), np.int32)
            numbers[np.argsort(-(np.array(sums.numbers) // _MENTION), kind="stable")] = np.arange(1, len(sums) + 1)
            self._all = _All(sums, numbers)
        return self._all


class _All(NamedTuple):
    sums: NameSums
    numbers: Ints32  # of each entity, from 1: those named most often first, then by name and kind


_MENTION = 1 << 32  # mentions and articles are summed in one number: above, and below
