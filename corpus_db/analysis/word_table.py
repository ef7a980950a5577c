"""A function of words to a table of its results in arrays: thousands of words are looked up at once.

Most words of a text are met seldom. A dictionary of as many words is four times as large, and to find a word there is
to wait for memory three times; here the waiting is for all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from corpus_db.analysis.remembered import Remembered
from corpus_db.text.fold import code_points
from corpus_db.text.tokens import Ints

_HASH = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 divided by the golden ratio (Knuth, TAOCP 3, 6.4)
_LONGEST = 4  # characters of 16 bits that make a key; longer words are few
_MOST_LONG = 1 << 13
Numbers = npt.NDArray[np.uint16]
Keys = npt.NDArray[np.uint64]


class WordTable:
    """What `reckon` gives for words, 0 … 65535, reckoned when it is first asked for.

    A word has two places, which it shares with few others: the two that were reckoned last stay.
    """

    def __init__(self, reckon: Callable[[str], int], pairs: int = 1 << 17) -> None:
        """`pairs` of places, a power of two; each place takes ten bytes."""
        self._reckon = reckon
        self._long = Remembered(reckon, _MOST_LONG)
        self._keys: Keys = np.zeros(2 * pairs, np.uint64)
        self._numbers: Numbers = np.zeros(2 * pairs, np.uint16)
        self._shift = np.uint64(65 - pairs.bit_length())

    def of(self, words: Sequence[str], sizes: Ints) -> Numbers:
        """The number of each of `words`, which are different ones of these `sizes`.

        >>> words = ["电商", "平台经济", "互联网时代", "𠀀"]
        >>> WordTable(len).of(words, np.array(list(map(len, words)), np.int32)).tolist()
        [2, 4, 5, 1]
        """
        keys = _keys(words, sizes)
        places = 2 * (keys * _HASH >> self._shift).astype(np.intp)
        places += self._keys[places] != keys
        found = self._numbers[places]
        for at in np.flatnonzero(keys == 0).tolist():
            found[at] = self._long[words[at]]
        new = np.flatnonzero((self._keys[places] != keys) & (keys != 0))
        if len(new):
            found[new] = [self._reckon(words[at]) for at in new.tolist()]
            first = places[new] - 1
            self._keys[first + 1], self._numbers[first + 1] = self._keys[first], self._numbers[first]
            self._keys[first], self._numbers[first] = keys[new], found[new]
        return found


def _keys(words: Sequence[str], sizes: Ints) -> Keys:
    """A number for each word of up to four characters of the basic plane; 0 for others."""
    chars = np.append(code_points("".join(words)), np.zeros(_LONGEST, np.uint32))
    ends = np.cumsum(sizes)
    within = np.arange(_LONGEST)
    of_word = chars[(ends - sizes)[:, None] + within]
    of_word[within >= sizes[:, None]] = 0
    keys: Keys = of_word.astype(np.uint16).view(np.uint64)[:, 0]
    keys[((of_word > 0) & (of_word <= 0xFFFF)).sum(axis=1) != sizes] = 0
    return keys
