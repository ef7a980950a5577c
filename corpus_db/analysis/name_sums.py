"""Sums by name and kind → a table of them all, which takes a tenth of the memory of a dictionary.

What sums up numbers of names holds `HELD` of them in dictionaries and then puts these away, in order (`HeldSums`); the
table is made of all that was put away.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter, ne
from zlib import crc32

import numpy as np

from corpus_db.analysis.remembered import Remembered
from corpus_db.analysis.strings import Strings
from corpus_db.records import ENTITY_KINDS, EntityKind
from corpus_db.spool import Runs
from corpus_db.text.arrays import Ints
from corpus_db.text.fold import Codes

HELD = 1 << 17  # names that are held in memory, 200 bytes each
Named = tuple[str, EntityKind]  # name and kind
_KINDS = sorted(ENTITY_KINDS)
_CODES = {kind: chr(code) for code, kind in enumerate(_KINDS)}  # less than any character of a name


# What is heard of a string is summed in one number, a third of the memory of two: places above, and below how far they
# are above one half, in hundredths, 0 … 100 each.
PLACE = 1 << 40


def weight(strength: float) -> int:
    """What one place adds to the sum."""
    return PLACE + max(0, round(200 * strength) - 100)


def heard(total: int) -> tuple[int, float]:
    """How many places, and how far they are above one half, 0 … 1 each."""
    return total >> 40, (total & PLACE - 1) / 100


WEIGHTS = Remembered(weight, 256)  # strengths have two places


class NameSums:
    """Names and kinds in order, each with a number.

    >>> sums = NameSums([*keyed({"person": {"葛平": 3}}), *keyed({"person": {"葛平": 4, "青石": 1}})])
    >>> list(sums.items()), sums.find(("青石", "person")), sums.numbers[1], sums.find(("青石", "place"))
    ([(('葛平', 'person'), 7), (('青石', 'person'), 1)], 1, 1, None)
    """

    def __init__(self, items: Iterable[tuple[str, int]]) -> None:
        """`items` are keys in ascending order with a number; those of the same key are summed, and sums of 0 left out."""
        self.numbers = array("q")
        self._keys = Strings(self._distinct(items))

    def changed(self, items: Iterable[tuple[str, int]]) -> NameSums:
        """The sums with others added to them, given as to the constructor.

        >>> sums = NameSums(keyed({"person": {"葛平": 3, "马云": 1}}))
        >>> list(sums.changed(keyed({"person": {"葛平": 4, "马云": -1, "青石": 2}})).items())
        [(('葛平', 'person'), 7), (('青石', 'person'), 2)]
        """
        numbers, new = np.array(self.numbers), dict[str, int]()
        for key, number in items:
            place = self._keys.find(key)
            if place is None:
                new[key] = new.get(key, 0) + number
            else:
                numbers[place] += number
        new = {key: number for key, number in new.items() if number}
        stays = numbers != 0
        changed = NameSums(())
        changed._keys, places = self._keys.changed(np.flatnonzero(~stays).tolist(), list(new))
        all_numbers = np.empty(len(changed._keys), np.int64)
        all_numbers[places[stays]] = numbers[stays]
        all_numbers[[changed._keys.place(key) for key in new]] = list(new.values())
        changed.numbers = array("q", all_numbers.tobytes())
        return changed

    def beginning(self, start: str) -> Iterator[tuple[Named, int]]:
        """Those whose name begins with `start`, in order."""
        for place in range(self._keys.place(start), len(self._keys)):
            if not self._keys[place].startswith(start):
                return
            yield self.named(place), self.numbers[place]

    def _distinct(self, items: Iterable[tuple[str, int]]) -> Iterator[str]:
        for key, same in groupby(items, itemgetter(0)):
            total = sum(number for _, number in same)
            if total:
                self.numbers.append(total)
                yield key

    def __len__(self) -> int:
        return len(self._keys)

    def named(self, place: int) -> Named:
        """The name and the kind at a place."""
        key = self._keys[place]
        return key[:-1], _KINDS[ord(key[-1])]

    def items(self) -> Iterator[tuple[Named, int]]:
        """All of them, in order."""
        for key, number in zip(self._keys, self.numbers, strict=True):
            yield (key[:-1], _KINDS[ord(key[-1])]), number

    def find(self, named: Named) -> int | None:
        """The place of a name of a kind; None: it is not there."""
        name, kind = named
        return self._keys.find(name + _CODES[kind])

    def total(self, named: Named) -> int:
        """The number of a name of a kind; 0: it is not there."""
        place = self.find(named)
        return 0 if place is None else self.numbers[place]

    def groups(self) -> Ints:
        """Of each place a number, from 0, that those of one name have in common.

        >>> NameSums(keyed({"person": {"葛平": 3, "青石": 1}, "place": {"青石": 1}})).groups().tolist()
        [0, 1, 1]
        """
        names, before = (key[:-1] for key in self._keys), chain([""], (key[:-1] for key in self._keys))
        return np.cumsum(np.fromiter(map(ne, names, before), np.int64, len(self))) - 1


class HeldSums:
    """Sums by kind and name, to be added to. Memory is bounded: where names are many, their sums are put on disk and begun
    anew.

    >>> held, other = HeldSums(), HeldSums()
    >>> held.by_kind["person"]["葛平"] = other.by_kind["person"]["葛平"] = 3
    >>> held.merge(other)
    >>> list(held.table().items())
    [(('葛平', 'person'), 6)]
    """

    def __init__(self, held: int = HELD) -> None:
        """`held` is the number of names that are held in memory, or some more."""
        self.by_kind = _none()  # those that are held
        self._held = held
        self._away: Runs[tuple[str, int]] | None = None  # on disk; what crosses to another process has none

    def merge(self, other: HeldSums) -> None:
        """Add sums of which none are on disk. The order of merging makes no difference."""
        for kind, numbers in other.by_kind.items():
            sums = self.by_kind[kind]
            for name, number in numbers.items():
                sums[name] = sums.get(name, 0) + number
        self.bound()

    def bound(self) -> None:
        """Put away what is held, where it is much."""
        if sum(map(len, self.by_kind.values())) >= self._held:
            self._put_away()

    @property
    def put_away(self) -> bool:
        """Whether there are sums on disk."""
        return self._away is not None

    def let_go(self) -> None:
        """Put away what is held, where some is away already."""
        if self._away is not None:
            self._put_away()

    def table(self) -> NameSums:
        """All sums; what was held is put away."""
        return NameSums(self._put_away().merged())

    def _put_away(self) -> Runs[tuple[str, int]]:
        if self._away is None:
            self._away = Runs()
        self._away.add(keyed(self.by_kind))
        self.by_kind = _none()
        return self._away


def _none() -> dict[EntityKind, dict[str, int]]:
    return {kind: {} for kind in ENTITY_KINDS}


def hashes(sums: Mapping[EntityKind, Iterable[str]]) -> Codes:
    """A hash for each name of each kind, ascending, each once; seldom that of another one too."""
    found = [
        crc32((name + _CODES[kind]).encode("utf-8", "surrogatepass")) for kind, names in sums.items() for name in names
    ]
    return np.unique(np.array(found, np.uint32))


def keyed(sums: Mapping[EntityKind, Mapping[str, int]]) -> list[tuple[str, int]]:
    """Keys in ascending order with a number each, as `NameSums` takes them, of dictionaries by kind."""
    numbers = {name + _CODES[kind]: number for kind, of_kind in sums.items() for name, number in of_kind.items()}
    return [(key, numbers[key]) for key in sorted(numbers)]
