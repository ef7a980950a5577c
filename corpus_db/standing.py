"""The sums that a build has of its corpus as a whole, kept for the next one: what has left is taken off, what is new is
added, and nothing else is counted again.

Each sum is kept in one piece. What is known of a portion is kept with what the portion was prepared to, by the numbers that
words have in the sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.index_statistics import IndexStatistics
from corpus_db.analysis.keyword_order import order
from corpus_db.analysis.terms import Totals
from corpus_db.analysis.vocabulary import Known, Words
from corpus_db.naming import CANDIDATES
from corpus_db.packing import as_bytes
from corpus_db.prepared import PreparedPortion
from corpus_db.spool import Spool
from corpus_db.text.arrays import Bools, Ints32
from corpus_db.text.fold import CODE_POINTS, code_points

if TYPE_CHECKING:
    from corpus_db.ledger import Entry
    from corpus_db.naming import Choice

WHOLE = b"whole"  # the key under which the sums are kept
STATISTICS, EVIDENCE, WORDS = range(3)  # its parts: `Statistics`, `WholeEvidence`, `KnownWords`
# Parts of a portion, behind those that it was prepared to: its words (`Counted`, groups), what its keywords were chosen by.
COUNTED, ORDER = range(len(PreparedPortion._fields), len(PreparedPortion._fields) + 2)


class Presence:
    """How many portions have each character."""

    def __init__(self) -> None:
        self.portions: Ints32 = np.zeros(CODE_POINTS, np.int32)

    def add(self, chars: str, times: int = 1) -> None:
        """Count a portion that has these characters, each given once."""
        self.portions[code_points(chars)] += times

    def __contains__(self, char: object) -> bool:
        return isinstance(char, str) and bool(self.portions[ord(char)] > 0)


class Statistics(NamedTuple):
    """What all articles together say of characters and tokens."""

    statistics: IndexStatistics
    chars: Presence


class KnownWords(NamedTuple):
    """The words of the corpus, and what is counted of them, by number. Names have numbers too."""

    words: Words
    totals: Totals
    wanted: Bools  # those that may be keywords
    named: Ints32  # of a name, how many articles name an entity so, of whatever kind
    documents: int


class Left:
    """What a build leaves to the next one, on disk until the file is in its place."""

    def __init__(self) -> None:
        self._parts: Spool[tuple[bytes, int, bytes]] = Spool()

    def add(self, key: bytes, part: int, value: Any) -> None:
        """Leave a part of what is kept under a key."""
        self._parts.add((key, part, as_bytes(value)))

    def __iter__(self) -> Iterator[tuple[bytes, int, bytes]]:
        return iter(self._parts)


def leave_words(left: Left, entries: Iterable[Entry], choice: Choice, named: Iterable[tuple[str, int]]) -> None:
    """Leave the words of a corpus, and of each portion of it what its keywords were chosen by.

    `entries` are the portions, `named` names, with the articles that name an entity so.
    """
    words, documents = choice.spool.words().words, len(choice.spool)
    known = Known(Words(words, np.arange(len(words), dtype=np.int32)))
    for entry, (counted, groups), chosen in zip(entries, choice.spool.portions(), choice.chosen or (), strict=True):
        left.add(entry.key, COUNTED, (counted, groups))
        left.add(entry.key, ORDER, order(counted, chosen, known.numbers, CANDIDATES))
    counts = np.zeros(known.size, np.int32)
    for name, articles in named:
        number = known.number(name)
        if number is not None:
            counts[number] = articles
    totals, wanted = padded(choice.totals, known.size), longer(choice.wanted, known.size)
    left.add(WHOLE, WORDS, KnownWords(known.settled(), totals, wanted, counts, documents))


def padded(totals: Totals, size: int) -> Totals:
    """With zeros for words that have numbers, but do not occur."""
    return Totals(*(longer(column, size) for column in totals))


def longer(column: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    """With zeros behind, up to a size."""
    return np.append(column, np.zeros(size - len(column), column.dtype))
