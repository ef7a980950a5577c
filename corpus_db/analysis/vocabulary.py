"""Words, portion after portion → the vocabulary of a corpus, in bounded memory.

What is met of it is held until it is much, then put away in order and forgotten. A word that comes again has another
number then: which numbers are one word is seen when all that was put away is merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress, islice
from operator import ne
from typing import NamedTuple

import numpy as np

from corpus_db.analysis.remembered import Remembered
from corpus_db.analysis.strings import Strings
from corpus_db.spool import Runs
from corpus_db.text.arrays import Ints32
from corpus_db.text.tokens import Numbering

_HELD = 1 << 17  # words, 150 bytes each: as many as some 50 MB of text have
_RECENT = 1 << 16  # words whose number is at hand
_PIECE = 1 << 14  # of the vocabulary that is settled at a time


class Words(NamedTuple):
    """The distinct words of a corpus."""

    words: Strings
    places: Ints32  # among them, of the numbers that they have


class Vocabulary:
    """The words met so far.

    >>> met = Vocabulary()
    >>> met.numbers(["电商", "平台"]).tolist(), met.numbers(["天气", "电商"]).tolist()
    ([0, 1], [2, 0])
    >>> words, places = met.settled()
    >>> list(words), places.tolist()
    (['天气', '平台', '电商'], [2, 1, 0])
    """

    def __init__(self, held: int = _HELD) -> None:
        """`held` is the number of words that are held in memory, or some more."""
        self._held = held
        self._index = Numbering[str]()
        self._before = 0  # the number that those words are counted from
        self._runs = Runs[tuple[str, int]]()

    def numbers(self, words: Iterable[str]) -> Ints32:
        """A number for each of the words."""
        if len(self._index) >= self._held:
            self._put_away()
        return self._index.of(words) + np.int32(self._before)

    def let_go(self) -> None:
        """Put away what is held, where some is away already."""
        if len(self._runs):
            self._put_away()

    def settled(self) -> Words:
        """All words."""
        self.let_go()
        places = np.empty(self._before + len(self._index), np.int32)

        def distinct() -> Iterator[str]:
            merged = self._runs.merged(self._in_order())
            last, before = None, 0
            while piece := list(islice(merged, _PIECE)):
                words, numbers = zip(*piece, strict=True)
                number, new = np.array(numbers, np.int32), np.fromiter(map(ne, words, (last, *words)), np.bool_)
                places[number] = before + np.cumsum(new) - 1
                last, before = words[-1], before + int(new.sum())
                yield from compress(words, new.tolist())

        return Words(Strings(distinct()), places)

    def _put_away(self) -> None:
        self._runs.add(self._in_order())
        self._before += len(self._index)
        self._index = Numbering()

    def _in_order(self) -> list[tuple[str, int]]:
        return [(word, self._before + self._index[word]) for word in sorted(self._index)]


class Known:
    """A vocabulary that an earlier build settled, and what is met besides. A word keeps the number that it has.

    >>> known = Known(Words(Strings(["平台", "电商"]), np.array([0, 1], np.int32)))
    >>> known.numbers(["电商", "天气"]).tolist()
    [1, 2]
    >>> words, places = known.settled()
    >>> list(words), places.tolist()
    (['天气', '平台', '电商'], [1, 2, 0])
    """

    def __init__(self, words: Words) -> None:
        """`words` each have one number."""
        self._recent = Remembered(self._number, _RECENT)
        self._know(words)

    def _know(self, words: Words) -> None:
        self._words = words
        self._numbers = np.empty_like(words.places)  # of each place
        self._numbers[words.places] = np.arange(len(words.places))
        self._new: dict[str, int] = {}

    def numbers(self, words: Iterable[str]) -> Ints32:
        """A number for each of the words."""
        return np.fromiter(map(self._recent.__getitem__, words), np.int32)

    def number(self, word: str) -> int | None:
        """The number of a word; None: it has none."""
        place = self._words.words.find(word)
        return self._new.get(word) if place is None else int(self._numbers[place])

    def let_go(self) -> None:
        """Nothing to do."""

    @property
    def size(self) -> int:
        """How many words have numbers."""
        return len(self._numbers) + len(self._new)

    def settled(self) -> Words:
        """All words, those that nobody says any more too."""
        if self._new:
            new = sorted(self._new)
            words, moved = self._words.words.changed([], new)
            places = np.empty(len(words), np.int32)
            places[: len(moved)] = moved[self._words.places]
            places[[self._new[word] for word in new]] = [words.place(word) for word in new]
            self._know(Words(words, places))
        return self._words

    def _number(self, word: str) -> int:
        number = self.number(word)
        return self._new.setdefault(word, self.size) if number is None else number
