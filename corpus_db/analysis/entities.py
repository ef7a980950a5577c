"""Mentions, article after article, to the entities of a corpus: how often each is named, and by which forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.decisions import Mention
from corpus_db.analysis.name_sums import HELD, Named, NameSums, keyed
from corpus_db.records import ENTITY_KINDS, EntityKind
from corpus_db.spool import Runs


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
        self._held = held
        self._sums = _none()  # of mentions and articles
        self._away: Runs[tuple[str, int]] | None = None  # on disk; what crosses to another process has none
        self._forms: Counter[tuple[str, EntityKind, str]] = Counter()  # those that are not the name
        self._all: _All | None = None

    def add(self, mentions: Sequence[Mention]) -> None:
        """Meet those that an article names."""
        for (name, kind), times in Counter((mention.name, mention.kind) for mention in mentions).items():
            of_kind = self._sums[kind]
            of_kind[name] = of_kind.get(name, 0) + times * _MENTION + 1
        self._forms.update((name, kind, raw) for _, raw, name, kind in mentions if raw != name)
        self._met_more()

    def merge(self, other: Entities) -> None:
        """Meet those that `other` met, in memory, in other articles. The order of merging makes no difference."""
        for kind, met in other._sums.items():
            sums = self._sums[kind]
            for name, number in met.items():
                sums[name] = sums.get(name, 0) + number
        self._forms.update(other._forms)
        self._met_more()

    def _met_more(self) -> None:
        self._all = None
        if sum(map(len, self._sums.values())) >= self._held:
            self._put_away()

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

    def articles_of_names(self) -> npt.NDArray[np.int64]:
        """Of each entity, in the order of their numbers, how many articles name one so, of whatever kind."""
        sums, numbers = self._met()
        articles = np.array(sums.numbers) % _MENTION
        group = sums.groups()
        of_names = np.empty_like(articles)
        of_names[numbers - 1] = np.bincount(group, weights=articles)[group] if len(group) else articles
        return of_names

    def _put_away(self) -> Runs[tuple[str, int]]:
        if self._away is None:
            self._away = Runs()
        self._away.add(keyed(self._sums))
        self._sums = _none()
        return self._away

    def _met(self) -> _All:
        if self._all is None:
            sums = NameSums(self._put_away().merged())
            numbers = np.empty(len(sums), np.int32)
            numbers[np.argsort(-(np.array(sums.numbers) // _MENTION), kind="stable")] = np.arange(1, len(sums) + 1)
            self._all = _All(sums, numbers)
        return self._all


class _All(NamedTuple):
    sums: NameSums
    numbers: npt.NDArray[np.int32]  # of each entity, from 1: those named most often first, then by name and kind


_MENTION = 1 << 32  # mentions and articles are summed in one number: above, and below


def _none() -> dict[EntityKind, dict[str, int]]:
    return {kind: {} for kind in ENTITY_KINDS}
