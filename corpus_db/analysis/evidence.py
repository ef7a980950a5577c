"""Evidence of many documents: what all of them say about all strings that may be names.

Sums only, and where the strings are many, on disk; `merge` joins what several workers heard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from corpus_db.analysis.aliases import Alias
from corpus_db.analysis.decisions import Decisions, Overall
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.name_sums import HELD, WEIGHTS, HeldSums, NameSums, keyed
from corpus_db.records import EntityKind, Heard


class Evidence:
    """What all documents say about all strings."""

    def __init__(self, held: int = HELD) -> None:
        """`held` is the number of strings that are held in memory, or some more, when evidence is merged."""
        self._sums = HeldSums(held)  # of `name_sums.weight`, by string
        self.pairs: Counter[tuple[str, str, EntityKind]] = Counter()  # (alias, name, kind)

    @property
    def sums(self) -> dict[EntityKind, dict[str, int]]:
        """By kind and string, those that are held in memory."""
        return self._sums.by_kind

    def add(self, names: Iterable[Heard], aliases: Iterable[Alias] = ()) -> None:
        """Hear one document: the names and aliases that `names.find_all` gave for it."""
        by_kind = self.sums
        for _, raw, kind, strength in names:
            sums = by_kind[kind]
            sums[raw] = sums.get(raw, 0) + WEIGHTS[strength]
        for alias in aliases:
            self.pairs[alias.alias, alias.name, alias.kind] += 1

    def merge(self, other: Evidence) -> None:
        """Hear all that `other` heard. The order of merging makes no difference."""
        self._sums.merge(other._sums)
        self.pairs.update(other.pairs)

    @property
    def put_away(self) -> bool:
        """Whether there are sums on disk."""
        return self._sums.put_away

    def let_go(self) -> None:
        """Put away what is held, where some is away already."""
        self._sums.let_go()

    def totals(self) -> NameSums:
        """The sums of all strings."""
        return self._sums.table()

    def settle(self, lexicon: Lexicon) -> Decisions:
        """The decisions that all evidence together supports."""
        return self.whole(lexicon).settle(lexicon)

    def whole(self, lexicon: Lexicon) -> WholeEvidence:
        """All of it, as it is kept for the next build."""
        totals = self.totals()
        return WholeEvidence(totals, self.pairs, Overall.of(totals, lexicon))


class WholeEvidence(NamedTuple):
    """What all documents of a corpus say; what is changed is changed in a copy."""

    totals: NameSums
    pairs: Counter[tuple[str, str, EntityKind]]  # as in `Evidence`
    overall: Overall

    def settle(self, lexicon: Lexicon) -> Decisions:
        """The decisions that it supports."""
        return Decisions(self.totals, self.pairs, lexicon, self.overall)

    def changed(self, gained: Evidence, lost: Evidence, lexicon: Lexicon) -> WholeEvidence:
        """With what some documents say, and without what others said; neither is much."""
        change = sorted([*keyed(gained.sums), *((key, -total) for key, total in keyed(lost.sums))])
        totals, pairs = self.totals.changed(change), self.pairs + gained.pairs
        pairs.subtract(lost.pairs)
        asked = {(raw, kind) for part in (gained, lost) for kind, sums in part.sums.items() for raw in sums}
        return WholeEvidence(totals, +pairs, self.overall.changed(self.totals, totals, asked, lexicon))
