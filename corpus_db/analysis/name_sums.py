"""Sums by name and kind to a table of them all, which takes a tenth of the memory of a dictionary.

What sums up numbers of names holds `HELD` of them in dictionaries and then puts these away, in order (`keyed`, `Runs`);
the table is made of all that was put away.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from corpus_db.analysis.remembered import Remembered
from corpus_db.analysis.strings import Strings
from corpus_db.records import ENTITY_KINDS, EntityKind

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

    def of_name(self, name: str) -> list[int]:
        """The numbers of a name, of whatever kind."""
        places = (self._keys.find(name + code) for code in _CODES.values())
        return [self.numbers[place] for place in places if place is not None]


def keyed(sums: Mapping[EntityKind, Mapping[str, int]]) -> list[tuple[str, int]]:
    """Keys in ascending order with a number each, as `NameSums` takes them, of dictionaries by kind."""
    numbers = {name + _CODES[kind]: number for kind, of_kind in sums.items() for name, number in of_kind.items()}
    return [(key, numbers[key]) for key in sorted(numbers)]
